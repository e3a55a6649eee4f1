"""Tables of duties, the passages they come from, and what happened to them."""

from django.db import models
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents.models import Clause, Rendition
from lotrinh.apps.journal.append_only import append_only_triggers
from lotrinh.apps.journal.services import Named
from lotrinh.apps.units.models import Person, Unit
from lotrinh.rules.duty_states import DutyState, Step, Terms


class Duty(models.Model):
    """What ``unit`` owes ``owed_to``.

    ``version`` rises with every step and guards against two at once.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(max_length=30, default="task")
    state = models.CharField(
        max_length=12, choices=[(state, state) for state in DutyState], default=DutyState.DRAFT
    )
    version = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=500)
    language = models.CharField(max_length=2)
    owed_to = models.ForeignKey(Unit, models.PROTECT, related_name="duties_claimed")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="duties")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="duties")
    due = models.DateField(null=True)
    recurrence = models.CharField(max_length=60, blank=True)
    responsibility = models.CharField(max_length=500, blank=True)
    deliverable = models.CharField(max_length=500, blank=True)
    authority = models.CharField(max_length=500, blank=True)
    issued_on = models.DateField(null=True)

    class Meta:
        db_table = "duties_duty"
        indexes = [
            models.Index(fields=["unit", "state", "due"], name="duties_by_unit"),
            models.Index(fields=["owed_to", "state"], name="duties_by_creditor"),
        ]
        constraints = [
            models.CheckConstraint(
                name="duties_issued_whole",
                condition=~models.Q(state=DutyState.ISSUED)
                | models.Q(issued_on__isnull=False, unit__isnull=False, person__isnull=False),
            ),
            models.CheckConstraint(
                name="duties_state", condition=models.Q(state__in=list(DutyState))
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def named(self) -> Named:
        """What the journal calls this duty."""
        return Named("duty", self.uid)

    @property
    def terms(self) -> Terms:
        """What the duty says so far, as the rules judge it."""
        return Terms(
            lead=self.unit_id is not None,
            person=self.person_id is not None,
            work=self.title,
            due=self.due,
            recurrence=self.recurrence,
            responsibility=self.responsibility,
            deliverable=self.deliverable,
            authority=self.authority,
        )


class DutySource(models.Model):
    """The passage of a document that asks for a duty; several sources may each state a deadline."""

    append_only = True

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="sources")
    rendition = models.ForeignKey(Rendition, models.PROTECT, related_name="+")
    clause = models.ForeignKey(Clause, models.PROTECT, null=True, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    stated_due = models.CharField(max_length=30, blank=True)

    class Meta:
        db_table = "duties_source"
        triggers = append_only_triggers()
        constraints = [
            models.CheckConstraint(
                name="duties_source_not_empty", condition=models.Q(end__gt=models.F("start"))
            )
        ]


class DutyEvent(models.Model):
    """A step that was taken, with what the duty said before and after.

    By the client's key, sending it twice is sending it once.
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

    class Meta:
        db_table = "duties_event"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(fields=["duty", "version"], name="duties_event_version"),
            models.UniqueConstraint(
                fields=["duty", "step", "client_key"], name="duties_event_once_a_key"
            ),
        ]
