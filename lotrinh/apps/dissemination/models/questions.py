"""Questions of sites, and what the office did with each."""

from django.db import models
from django.db.models.functions import Now
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.dissemination.models.conferences import Site
from lotrinh.apps.journal.append_only import append_only_triggers
from lotrinh.apps.journal.services import Named
from lotrinh.rules.conferences.questions import QuestionStep


class Question(models.Model):
    """What a site asks in writing."""

    append_only = True

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="questions")
    text = models.CharField(max_length=2000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    client_key = models.UUIDField(unique=True)

    class Meta:
        db_table = "dissemination_question"
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return self.text

    @property
    def named(self) -> Named:
        """What the journal calls this question."""
        return Named("question", self.uid)


class QuestionEvent(models.Model):
    """A step that the office took with a question; ``words`` are the answer, or the reason."""

    append_only = True

    question = models.ForeignKey(Question, models.PROTECT, related_name="events")
    step = models.CharField(max_length=10, choices=[(one, one) for one in QuestionStep])
    words = models.CharField(max_length=4000, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    client_key = models.UUIDField(unique=True)

    class Meta:
        db_table = "dissemination_question_event"
        triggers = append_only_triggers()
        constraints = [
            models.CheckConstraint(
                name="dissemination_question_said",
                condition=models.Q(step=QuestionStep.SHOW) | ~models.Q(words=""),
            )
        ]
