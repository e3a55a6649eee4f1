"""Tables of duties, the passages they come from, and what happened to them."""

from datetime import date
from typing import Any

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents.models import Clause, Document, Rendition
from lotrinh.apps.files.models import Blob
from lotrinh.apps.journal.append_only import append_only_triggers
from lotrinh.apps.journal.services import Named
from lotrinh.apps.units.models import Person, Unit
from lotrinh.rules.clarities import Terms
from lotrinh.rules.due_days import Before, Precision
from lotrinh.rules.duty_states import BINDING, OPEN, TRANSITIONS, DutyState, Step
from lotrinh.rules.letters import Trouble
from lotrinh.rules.parts import Part
from lotrinh.rules.reminders import Informed, Rung
from lotrinh.rules.working_days import DayKind


class Duty(models.Model):
    """What ``unit`` owes ``owed_to``.

    ``version`` rises with every step and guards against two at once. ``due`` is the original
    deadline and stays once the duty binds; ``approved_due`` is the last one that was granted,
    ``binding_due`` (kept beside them, for conditions) the one that holds. The last claim
    (``handed_in_on``, ``claimed_by``) counts once somebody else has verified it.
    ``superior`` is the duty which this one serves: the one that was carried to a group, the one
    that a unit has broken down, or the one that is to be explained. ``drafting_key`` is the key of
    the form that broke it down, or of the row of a sheet that it comes from.
    A duty that recurs is itself never late: ``due`` is the last day of its last period, no deadline
    of its own. What is owed for one ``period`` ("2025-Q2") is a duty that serves it.
    ``updated_on`` is the day of the unit's last word, ``heard_from`` the one on which the work was
    last laid before a unit anew: silence is counted from the later one, else from the issue.
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

    class Meta:
        db_table = "duties_duty"
        triggers = [
            pgtrigger.FSM(
                name="only_steps",
                field="state",
                transitions=sorted(
                    {(source, to) for (source, _), to in TRANSITIONS.items() if source != to}
                ),
            )
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


class CalendarDay(models.Model):
    """A day that departs from the working week, by the decision that says so.

    One that was entered wrongly is withdrawn and stays readable; of the others there is one a day.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    day = models.DateField()
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in DayKind])
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    basis = models.CharField(max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    client_key = models.UUIDField(unique=True, null=True)

    class Meta:
        db_table = "duties_calendar_day"
        constraints = [
            models.UniqueConstraint(
                fields=["day"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="duties_calendar_one_a_day",
            ),
            models.CheckConstraint(
                name="duties_calendar_kind", condition=models.Q(kind__in=list(DayKind))
            ),
        ]

    @property
    def named(self) -> Named:
        """What the journal calls this day."""
        return Named("calendar_day", self.uid)


class CountingRule(models.Model):
    """How a unit, and every unit below it that says nothing else, counts deadlines for some days.

    An empty column is inherited from above; see ``rules.due_days.Counting``. A unit has at most one
    rule for a day.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="counting_rules")
    before = models.CharField(max_length=12, blank=True, choices=[(one, one) for one in Before])
    closes_at = models.PositiveSmallIntegerField(null=True)
    default_days = models.PositiveSmallIntegerField(null=True)
    soon_days = models.PositiveSmallIntegerField(null=True)
    report_days = models.PositiveSmallIntegerField(null=True)
    silent_periods = models.PositiveSmallIntegerField(null=True)
    valid = DateRangeField()
    client_key = models.UUIDField(unique=True, null=True)

    class Meta:
        db_table = "duties_counting_rule"
        constraints = [
            ExclusionConstraint(
                name="duties_counting_one_rule_a_day",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            )
        ]


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


class LadderRung(models.Model):
    """A rung of the ladder of reminders, for the days of ``valid``; see ``rules.reminders``.

    ``days`` are counted from the deadline that holds, negative before it; ``kind`` empty means
    every kind of duty that has no rungs of its own.
    """

    code = models.CharField(max_length=30)
    kind = models.CharField(max_length=30, blank=True)
    days = models.SmallIntegerField()
    informed = ArrayField(models.CharField(max_length=10))
    name_vi = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    valid = DateRangeField()

    class Meta:
        db_table = "duties_ladder_rung"
        constraints = [
            ExclusionConstraint(
                name="duties_ladder_one_rung_a_day",
                expressions=[
                    ("kind", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            )
        ]

    @property
    def as_rule(self) -> Rung:
        """Return the rung as the rules read it."""
        return Rung(self.code, self.days, tuple(map(Informed, self.informed)), self.kind)


class Notice(models.Model):
    """That a duty has climbed a rung on the legal day ``on``, told to one person.

    ``due`` is the deadline that held: a later one begins the ladder anew.
    """

    append_only = True

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="notices")
    rung = models.CharField(max_length=30)
    due = models.DateField()
    on = models.DateField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="notices")
    at = models.DateTimeField()

    class Meta:
        db_table = "duties_notice"
        triggers = append_only_triggers()
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "rung", "due", "person"], name="duties_notice_once"
            )
        ]
        indexes = [models.Index(fields=["person", "-on", "-id"], name="duties_notice_by_person")]


class NoticeReading(models.Model):
    """That the person has marked a notice as read; a notice is of one person, so once."""

    append_only = True

    notice = models.OneToOneField(Notice, models.PROTECT, related_name="reading")
    at = models.DateTimeField()

    class Meta:
        db_table = "duties_notice_reading"
        triggers = append_only_triggers()


class Digest(models.Model):
    """The one letter of a person for a legal day, kept until the mail server has taken it.

    ``trouble`` is why the last try failed, ``next_at`` from when it may be tried again. One that
    has nothing left to say, or was refused too often, is dropped. While it waits it takes up what
    its person is told later, and is then the letter of that day. Neither the address nor the words
    are kept.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="digests")
    on = models.DateField()
    made_at = models.DateTimeField()
    next_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    refusals = models.PositiveIntegerField(default=0)
    trouble = models.CharField(
        max_length=20, choices=[(one.value, one.value) for one in Trouble], blank=True
    )
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "duties_digest"
        constraints = [
            models.UniqueConstraint(fields=["person", "on"], name="duties_digest_one_a_day")
        ]
        indexes = [
            models.Index(
                fields=["next_at", "id"],
                name="duties_digest_waiting",
                condition=models.Q(sent_at=None, dropped_at=None),
            )
        ]

    @property
    def named(self) -> Named:
        """What the journal calls this letter."""
        return Named("digest", self.uid)


class DigestLine(models.Model):
    """That a notice stands in a digest; it stands in one at most."""

    append_only = True

    digest = models.ForeignKey(Digest, models.PROTECT, related_name="lines")
    notice = models.OneToOneField(Notice, models.PROTECT, related_name="digest_line")

    class Meta:
        db_table = "duties_digest_line"
        triggers = append_only_triggers()
