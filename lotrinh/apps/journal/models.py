"""Tables of the journal: entries that nothing changes, and names that can be erased."""

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
