"""What sites tell: how they are connected, and how many of each class are there."""

from django.db import models
from django.db.models.functions import Now
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.dissemination.models.conferences import AttendeeClass, Site
from lotrinh.apps.journal.append_only import append_only_triggers
from lotrinh.rules.conferences import Link


class Signal(models.Model):
    """How a site said that it is connected. The last one counts; all are kept."""

    append_only = True

    site = models.ForeignKey(Site, models.PROTECT, related_name="signals")
    link = models.CharField(max_length=10, choices=[(one, one) for one in Link])
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    client_key = models.UUIDField(unique=True)

    class Meta:
        db_table = "dissemination_signal"
        triggers = append_only_triggers()
        indexes = [models.Index(fields=["site", "-id"], name="dissemination_last_signal")]


class Headcount(models.Model):
    """How many of a class a site told of. The last one counts; who told what is kept."""

    append_only = True

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="headcounts")
    attendees = models.ForeignKey(AttendeeClass, models.PROTECT, related_name="+")
    present = models.PositiveIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    client_key = models.UUIDField()

    class Meta:
        db_table = "dissemination_headcount"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(
                fields=["site", "attendees", "client_key"], name="dissemination_told_once"
            )
        ]
        indexes = [
            models.Index(fields=["site", "attendees", "-id"], name="dissemination_last_count")
        ]
