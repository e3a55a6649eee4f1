"""Tables of what is owed: the duty, the passages it comes from, who takes part, the kinds."""

from datetime import date
from typing import Any

import pgtrigger
from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Greatest
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents.models import Clause, Rendition
from lotrinh.apps.duties.models.bare import Bare
from lotrinh.apps.duties.models.tally import tally_triggers
from lotrinh.apps.journal.append_only import append_only_triggers
from lotrinh.apps.journal.services import Named
from lotrinh.apps.units.models import Person, Unit
from lotrinh.rules.clarities import Terms
from lotrinh.rules.due_days import Precision
from lotrinh.rules.duty_states import BINDING, OPEN, TRANSITIONS, WORKED_ON, DutyState
from lotrinh.rules.parts import Part

LAST_WORD = Greatest("issued_on", "updated_on", "heard_from")
"""The day from which silence is counted; the database passes over empty ones."""

TO_DECIDE = models.Q(
    state__in=[DutyState.CLAIMED, DutyState.REFUSING, DutyState.CONTESTED]
) | models.Q(asked_due__isnull=False)
"""The duties that may wait for a decision of those to whom they are owed."""


class Duty(models.Model):
    """What ``unit`` owes ``owed_to``.

    ``version`` rises with every step and guards against two at once. ``due`` is the original
    deadline and stays once the duty binds; ``approved_due`` is the last one that was granted,
    ``binding_due`` (kept beside them, for conditions) the one that holds. The last claim
    (``handed_in_on``, ``claimed_by``) counts once somebody else has verified it.
    ``superior`` is the duty which this one serves: the one that was carried to a group, the one
    that a unit has broken down, or the one that is to be explained. ``drafting_key`` is the key of
    the form that broke it down, or of the row of a sheet that it comes from.
    ``leader`` answers for it: he leads the unit that owes it, or the one to which it is owed.
    A duty that recurs is itself never late: ``due`` is the last day of its last period, no deadline
    of its own. What is owed for one ``period`` ("2025-Q2") is a duty that serves it; from the first
    of them on it is ``counted_by_periods``: they count, and it no longer counts beside them.
    ``updated_on`` is the day of the unit's last word, ``heard_from`` the one on which the work was
    last laid before a unit anew: silence is counted from the later one, else from the issue.
    ``search_key`` is the title without marks, kept by the database.
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
    superior = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    period = models.CharField(max_length=30, blank=True)
    counted_by_periods = models.BooleanField(default=False)
    leader = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    drafting_key = models.UUIDField(null=True, unique=True)
    approved_due = models.DateField(null=True)
    binding_due = models.DateField(null=True)
    asked_due = models.DateField(null=True)
    extensions = models.PositiveSmallIntegerField(default=0)
    percent = models.PositiveSmallIntegerField(null=True)
    updated_on = models.DateField(null=True)
    heard_from = models.DateField(null=True)
    handed_in_on = models.DateField(null=True)
    claimed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    verified_on = models.DateField(null=True)
    verified_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField(null=True)
    search_key = models.GeneratedField(
        expression=Bare("title"), output_field=models.TextField(), db_persist=True
    )

    class Meta:
        db_table = "duties_duty"
        triggers = [
            pgtrigger.FSM(
                name="only_steps",
                field="state",
                transitions=sorted(
                    {(source, to) for (source, _), to in TRANSITIONS.items() if source != to}
                ),
            ),
            *tally_triggers(),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "binding_due"], name="duties_by_unit"),
            models.Index(fields=["owed_to", "state"], name="duties_by_creditor"),
            models.Index(fields=["person", "state", "binding_due"], name="duties_by_person"),
            models.Index(
                fields=["binding_due", "id"],
                condition=models.Q(state__in=list(OPEN)),
                name="duties_open_by_due",
            ),
            GinIndex(fields=["search_key"], name="duties_search", opclasses=["gin_trgm_ops"]),
            models.Index(
                LAST_WORD,
                "id",
                condition=models.Q(state__in=list(WORKED_ON)),
                name="duties_by_last_word",
            ),
            models.Index(fields=["owed_to", "state"], condition=TO_DECIDE, name="duties_to_decide"),
        ]
        constraints = [
            models.CheckConstraint(
                name="duties_issued_whole",
                condition=~models.Q(state__in=list(BINDING))
                | models.Q(issued_on__isnull=False, unit__isnull=False, person__isnull=False),
            ),
            models.CheckConstraint(
                name="duties_state", condition=models.Q(state__in=list(DutyState))
            ),
            models.CheckConstraint(
                name="duties_done_is_verified",
                condition=~models.Q(state=DutyState.DONE)
                | models.Q(
                    handed_in_on__isnull=False,
                    claimed_by__isnull=False,
                    verified_on__isnull=False,
                    verified_by__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="duties_binding_due",
                condition=~models.Q(recurrence="") & models.Q(binding_due__isnull=True)
                | models.Q(recurrence="")
                & (
                    models.Q(approved_due__isnull=False, binding_due=models.F("approved_due"))
                    | models.Q(approved_due__isnull=True, binding_due=models.F("due"))
                    | models.Q(
                        approved_due__isnull=True, due__isnull=True, binding_due__isnull=True
                    )
                ),
            ),
            models.UniqueConstraint(
                fields=["superior", "period"],
                condition=~models.Q(period=""),
                name="duties_once_a_period",
            ),
            models.CheckConstraint(
                name="duties_period_of_one",
                condition=models.Q(period="") | models.Q(superior__isnull=False, recurrence=""),
            ),
            models.CheckConstraint(
                name="duties_two_people",
                condition=models.Q(verified_by__isnull=True)
                | ~models.Q(verified_by=models.F("claimed_by")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the deadline that holds beside the two that it comes from."""
        self.binding_due = self.deadline
        super().save(*args, **kwargs)

    @property
    def named(self) -> Named:
        """What the journal calls this duty."""
        return Named("duty", self.uid)

    @property
    def deadline(self) -> date | None:
        """The day by which it is owed: the last one granted, else the original.

        What recurs has none: each of its periods has one.
        """
        return None if self.recurrence else self.approved_due or self.due

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
            leader=self.leader_id is not None,
        )


class DutySource(models.Model):
    """The passage of a document that asks for a duty; several sources may each state a deadline.

    ``stated_due`` is the time as it is named there; ``due`` the last day in term by the rules,
    ``precision`` how exactly it was said, ``is_inferred`` that the text left the year out.
    """

    append_only = True

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="sources")
    rendition = models.ForeignKey(Rendition, models.PROTECT, related_name="+")
    clause = models.ForeignKey(Clause, models.PROTECT, null=True, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    stated_due = models.CharField(max_length=30, blank=True)
    due = models.DateField(null=True)
    precision = models.CharField(
        max_length=10, blank=True, choices=[(one, one) for one in Precision]
    )
    is_inferred = models.BooleanField(default=False)

    class Meta:
        db_table = "duties_source"
        triggers = append_only_triggers()
        constraints = [
            models.CheckConstraint(
                name="duties_source_not_empty", condition=models.Q(end__gt=models.F("start"))
            )
        ]


class DutyPart(models.Model):
    """The part that a unit takes in a duty which another one owes, while ``ended_on`` is empty."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="taken_parts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="parts_taken")
    part = models.CharField(max_length=12, choices=[(part, part) for part in Part])
    since = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        db_table = "duties_part"
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "unit", "part"],
                condition=models.Q(ended_on__isnull=True),
                name="duties_part_once",
            ),
            models.CheckConstraint(
                name="duties_part_known", condition=models.Q(part__in=list(Part))
            ),
        ]


class DutyKind(models.Model):
    """What kinds of duty there are, each valid for an interval: reference data.

    All of them pass through the same steps; ``legal_basis`` names the rule that asks for the kind.
    """

    code = models.CharField(max_length=30)
    name_vi = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    valid = DateRangeField()
    legal_basis = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "duties_kind"
        constraints = [models.UniqueConstraint(fields=["code", "valid"], name="duties_kind_once")]

    def __str__(self) -> str:
        return self.code
