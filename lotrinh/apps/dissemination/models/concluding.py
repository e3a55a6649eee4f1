"""After the afternoon: what was concluded, the notice of it, and the record."""

from django.db import models
from django.db.models.functions import Now
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.dissemination.models.conferences import Conference
from lotrinh.apps.documents.models import Document
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.journal.append_only import append_only_triggers
from lotrinh.apps.journal.services import Named


class Conclusion(models.Model):
    """A line of the concluding remarks, with the duty that came of it, if one did."""

    append_only = True

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    conference = models.ForeignKey(Conference, models.PROTECT, related_name="conclusions")
    text = models.CharField(max_length=500)
    duty = models.OneToOneField(Duty, models.PROTECT, null=True, related_name="conclusion")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    client_key = models.UUIDField(unique=True)

    class Meta:
        db_table = "dissemination_conclusion"
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return self.text


class ConclusionNotice(models.Model):
    """The document that announces what a conference concluded. The last one counts."""

    append_only = True

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="notices")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    client_key = models.UUIDField(unique=True)

    class Meta:
        db_table = "dissemination_conclusion_notice"
        triggers = append_only_triggers()


class ConferenceRecord(models.Model):
    """A conference as it was when its record was frozen, once; ``content`` is canonical JSON."""

    append_only = True

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    conference = models.OneToOneField(Conference, models.PROTECT, related_name="record")
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    frozen_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    frozen_on = models.DateField()
    frozen_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "dissemination_record"
        triggers = append_only_triggers()
        constraints = [
            models.CheckConstraint(
                name="dissemination_record_sha256",
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"),
            )
        ]

    @property
    def named(self) -> Named:
        """What the journal calls this record."""
        return Named("record", self.uid)
