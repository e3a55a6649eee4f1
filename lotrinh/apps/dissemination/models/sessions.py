"""Later sessions for the absent, and what units acknowledge of those who came to none."""

from django.db import models
from django.db.models.functions import Now

from lotrinh.apps.accounts.models import User
from lotrinh.apps.dissemination.models.conferences import AttendeeClass, Conference, Site
from lotrinh.apps.journal.append_only import append_only_triggers


class LaterSession(models.Model):
    """That a conference is held again for those who were absent the first time."""

    append_only = True

    later = models.OneToOneField(Conference, models.PROTECT, related_name="follows")
    first = models.ForeignKey(Conference, models.PROTECT, related_name="later_sessions")

    class Meta:
        db_table = "dissemination_later_session"
        triggers = append_only_triggers()
        constraints = [
            models.CheckConstraint(
                name="dissemination_follows_another",
                condition=~models.Q(later=models.F("first")),
            )
        ]


class Acknowledgement(models.Model):
    """How many absent of a class have read the documents, as their site says.

    The last word counts, and all are kept.
    """

    append_only = True

    site = models.ForeignKey(Site, models.PROTECT, related_name="acknowledgements")
    attendees = models.ForeignKey(AttendeeClass, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    client_key = models.UUIDField()

    class Meta:
        db_table = "dissemination_acknowledgement"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(
                fields=["site", "attendees", "client_key"],
                name="dissemination_acknowledged_once",
            )
        ]
