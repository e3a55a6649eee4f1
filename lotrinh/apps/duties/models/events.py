"""Tables of what happened to a duty: every step, and what was handed in with it."""

from django.db import models
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents.models import Document
from lotrinh.apps.duties.models.duty import Duty
from lotrinh.apps.files.models import Blob
from lotrinh.apps.journal.append_only import append_only_triggers
from lotrinh.rules.duty_states import Step


class DutyEvent(models.Model):
    """A step that was taken, with what the duty said before and after.

    ``on`` is the legal day (None: before days were kept, the local day of ``at``), ``note`` what
    was said with it, ``basis`` the document that orders it, ``details`` its codes and numbers. By
    the client's key, sending it twice is sending it once.
    """

    append_only = True

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="events")
    step = models.CharField(max_length=12, choices=[(step, step) for step in Step])
    from_state = models.CharField(max_length=12)
    to_state = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    client_key = models.UUIDField()
    words_before = models.JSONField(default=dict)
    words_after = models.JSONField(default=dict)
    on = models.DateField(null=True)
    note = models.CharField(max_length=4000, blank=True)
    basis = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    details = models.JSONField(default=dict)

    class Meta:
        db_table = "duties_event"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(fields=["duty", "version"], name="duties_event_version"),
            models.UniqueConstraint(
                fields=["duty", "step", "client_key"], name="duties_event_once_a_key"
            ),
        ]


class Evidence(models.Model):
    """A file that was handed in with a step: the deliverable, a photograph, minutes."""

    append_only = True

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    event = models.ForeignKey(DutyEvent, models.PROTECT, related_name="evidence")
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)

    class Meta:
        db_table = "duties_evidence"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(fields=["event", "blob"], name="duties_evidence_once")
        ]
