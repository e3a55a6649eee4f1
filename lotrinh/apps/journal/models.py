"""Tables of the journal: entries that nothing changes, their seals, names that can be erased."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from uuid_utils.compat import uuid7

from lotrinh.apps.journal.append_only import append_only_triggers


class Entry(models.Model):
    """One thing that was done. ``payload`` is the proof; the other columns are for finding it."""

    append_only = True

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    actor_kind = models.CharField(max_length=20)
    actor_uid = models.UUIDField(null=True)
    object_kind = models.CharField(max_length=40)
    object_uid = models.UUIDField()
    unit_uid = models.UUIDField(null=True)
    payload = models.TextField()
    leaf = models.BinaryField(max_length=32)

    class Meta:
        db_table = "journal_entry"
        triggers = append_only_triggers()
        indexes = [
            models.Index(fields=["object_uid", "id"], name="journal_by_object"),
            models.Index(fields=["actor_uid", "id"], name="journal_by_actor"),
            models.Index(fields=["unit_uid", "id"], name="journal_by_unit"),
        ]


class Subject(models.Model):
    """The name of somebody whom entries speak of; erasing it breaks no proof.

    Payloads carry sha256(salt ‖ uid) instead of a name. Without the salt nobody can tell
    any more whom a payload means.
    """

    uid = models.UUIDField(unique=True)
    salt = models.BinaryField(max_length=16, null=True)
    name = models.CharField(max_length=200, blank=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "journal_subject"
        constraints = [
            models.CheckConstraint(
                name="journal_subject_erased_whole",
                condition=models.Q(erased_at__isnull=True, salt__isnull=False)
                | models.Q(erased_at__isnull=False, salt__isnull=True, name=""),
            )
        ]


class Seal(models.Model):
    """The seal of a batch of entries (``rules.sealing`` says what it says and proves)."""

    append_only = True

    number = models.BigIntegerField(unique=True)
    previous = models.BinaryField(max_length=32)
    through = models.BigIntegerField(unique=True)
    count = models.PositiveIntegerField()
    root = models.BinaryField(max_length=32)
    rows = models.BinaryField(max_length=32)
    day = models.DateField()
    sealed_at = models.DateTimeField()
    head = models.BinaryField(max_length=32)

    class Meta:
        db_table = "journal_seal"
        triggers = append_only_triggers()


class DaySignature(models.Model):
    """The signature over the head that the chain of seals had at the end of a legal day."""

    append_only = True

    day = models.DateField(unique=True)
    number = models.BigIntegerField(unique=True)
    head = models.BinaryField(max_length=32)
    previous = models.BinaryField(max_length=32)
    public_key = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)
    signed_at = models.DateTimeField()

    class Meta:
        db_table = "journal_day_signature"
        triggers = append_only_triggers()


class SealMark(models.Model):
    """Up to where the next seal will reach, once those have ended who were writing then.

    One row or none; losing it loses nothing but time.
    """

    up_to = models.BigIntegerField()
    waits_for = ArrayField(models.TextField())

    class Meta:
        db_table = "journal_seal_mark"
        constraints = [
            models.CheckConstraint(name="journal_seal_mark_one", condition=models.Q(id=1))
        ]
