"""Study after a conference: by when reflections are due, and what each unit told of them."""

from django.db import models
from django.db.models.functions import Now

from lotrinh.apps.accounts.models import User
from lotrinh.apps.dissemination.models.conferences import Conference
from lotrinh.apps.journal.append_only import append_only_triggers
from lotrinh.apps.units.models import Unit


class StudyCall(models.Model):
    """By which day reflections are due. The last word counts."""

    append_only = True

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="study_calls")
    until = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    client_key = models.UUIDField(unique=True)

    class Meta:
        db_table = "dissemination_study_call"
        triggers = append_only_triggers()


class Reflections(models.Model):
    """How many reflections a unit said are due and were handed in. The last word counts.

    The texts themselves are not kept.
    """

    append_only = True

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="reflections")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    due = models.PositiveIntegerField()
    handed_in = models.PositiveIntegerField()
    is_confirmed = models.BooleanField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    client_key = models.UUIDField(unique=True)

    class Meta:
        db_table = "dissemination_reflections"
        triggers = append_only_triggers()
        constraints = [
            models.CheckConstraint(
                name="dissemination_no_more_than_due",
                condition=models.Q(handed_in__lte=models.F("due")),
            )
        ]
        indexes = [
            models.Index(fields=["conference", "unit", "-id"], name="dissemination_last_study")
        ]
