"""Adding duties up: the steps of each put it into one class on a day, and the classes are counted.

A share is never averaged: it is made from the counts of a tally, and says what is divided by what.
Tallies may be added in any order. What was refused and what was cancelled stands beside the total,
never in it: ending a duty is not doing it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Self

from lotrinh.rules.deadlines import SOON
from lotrinh.rules.duty_states import BINDING, COUNTED_ANEW, WORKED_ON, DutyState, Step
from lotrinh.rules.standing import Standing, standing, standing_when_done


class Aside(StrEnum):
    """Where a duty that was issued stands when it counts no longer."""

    REFUSED = "refused"
    CANCELLED = "cancelled"


class Mark(StrEnum):
    """What is said of a duty beside its class; marks overlap."""

    DUE_SOON = "due_soon"
    SILENT = "silent"
    AWAITING = "awaiting"  # claimed, not yet verified
    RETURNED = "returned"
    SUSPENDED = "suspended"
    ASKED = "asked"  # more time was asked for, and nobody has answered


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a unit says how far it is, and after how many such periods it is silent."""

    days: int
    periods: int

    @property
    def patience(self) -> timedelta:
        """For how long nothing need be heard."""
        return timedelta(days=self.days * self.periods)


USUAL = Rhythm(days=30, periods=2)
"""A word each month; silent after two months without one."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One step of a duty: the state after it, its day, for EXTEND the day to which it gave time."""

    step: Step
    to: DutyState
    on: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """A duty from its steps, oldest first. ``due`` is the deadline with which it was issued.

    Of one that ``has_periods`` is heard by the duties for its periods: itself it is never silent.
    Once it has been owed for one, it is counted by them.
    """

    due: date | None
    taken: tuple[Taken, ...]
    has_periods: bool = False
    is_counted_by_periods: bool = False

    def by(self, on: date) -> Self:
        """Return the course as far as it had run at the end of that day."""
        return replace(self, taken=tuple(one for one in self.taken if one.on <= on))

    @property
    def state(self) -> DutyState:
        """Where its paper lies after the last step."""
        return self.taken[-1].to if self.taken else DutyState.DRAFT

    @property
    def deadline(self) -> date | None:
        """The last deadline that was granted, else the original."""
        granted = [one.until for one in self.taken if one.step is Step.EXTEND]
        return granted[-1] if granted else self.due

    def last(self, *steps: Step) -> date | None:
        """Return the day of the last of these steps."""
        days = [one.on for one in self.taken if one.step in steps]
        return days[-1] if days else None

    @property
    def heard_on(self) -> date | None:
        """The day from which silence is counted: the latest of three.

        That of issue, that on which the unit last said how far it is, and that on which the work
        was last laid before a unit anew.
        """
        said = self.last(Step.REPORT, Step.CLAIM)
        days = (self.last(Step.ISSUE), said, self.last(*COUNTED_ANEW))
        return max((day for day in days if day), default=None)


_ASIDE = {DutyState.REFUSED: Aside.REFUSED, DutyState.CANCELLED: Aside.CANCELLED}
_OF_STATE = {
    DutyState.CLAIMED: Mark.AWAITING,
    DutyState.RETURNED: Mark.RETURNED,
    DutyState.SUSPENDED: Mark.SUSPENDED,
}


def class_of(course: Course, on: date, *, by_original: bool = False) -> Standing | Aside | None:
    """Return the class of a duty at the end of that day; None while it binds nobody.

    None, too, of what is counted by its periods, as long as it has not ended beside the total.
    Judged by the deadline that holds, or by the one with which it was issued. What is done is
    judged by the day of the claim that was accepted.
    """
    course = course.by(on)
    if course.state in _ASIDE:
        return _ASIDE[course.state]
    if course.state not in BINDING or course.is_counted_by_periods:
        return None
    due = course.due if by_original else course.deadline
    claimed_on = course.last(Step.CLAIM)
    if course.state is DutyState.DONE and claimed_on is not None:
        return standing_when_done(due, claimed_on)
    return standing(due, on)


def marks_of(course: Course, on: date, *, rhythm: Rhythm = USUAL) -> frozenset[Mark]:
    """Return what is said of a duty beside its class that day."""
    course = course.by(on)
    found = {_OF_STATE[course.state]} if course.state in _OF_STATE else set()
    if class_of(course, on) is Standing.OPEN_IN_TERM and course.deadline is not None:
        found |= {Mark.DUE_SOON} if course.deadline - on <= SOON else set()
    is_awaited = course.state in WORKED_ON and not course.has_periods
    if is_awaited and is_silent(course.heard_on, on, rhythm=rhythm):
        found.add(Mark.SILENT)
    if _is_asked(course):
        found.add(Mark.ASKED)
    return frozenset(found)


def is_silent(heard_on: date | None, on: date, *, rhythm: Rhythm = USUAL) -> bool:
    """Say whether more than the patience of the rhythm has passed since the last word.

    >>> is_silent(date(2024, 6, 8), date(2024, 8, 7)), is_silent(date(2024, 6, 7), date(2024, 8, 7))
    (False, True)
    """
    return heard_on is not None and on - heard_on > rhythm.patience


def _is_asked(course: Course) -> bool:
    asked = [one.step for one in course.taken if one.step in {Step.ASK, Step.EXTEND, Step.DECLINE}]
    return course.state in BINDING and bool(asked) and asked[-1] is Step.ASK


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many. ``part`` is counted among ``whole``, or set against it."""

    part: int
    whole: int

    def percent(self, places: int = 1) -> Decimal | None:
        """Return it in percent, halves rounded up; None of nothing.

        >>> Share(1, 16).percent(), Share(0, 0).percent()
        (Decimal('6.3'), None)
        """
        if not self.whole:
            return None
        exact = Decimal(100 * self.part) / Decimal(self.whole)
        return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


Numbers = tuple[int, ...]
"""A tally as bare numbers: the six classes in their order, then refused and cancelled."""

_CLASSES = tuple(Standing)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many duties stand in each class, and how many beside the total."""

    counts: Mapping[Standing, int] = field(default_factory=dict)
    refused: int = 0
    cancelled: int = 0

    @classmethod
    def of(cls, numbers: Numbers) -> Self:
        """Return the tally that bare numbers tell.

        >>> Tally.of((1, 0, 4, 2, 0, 0, 3, 0)).overdue, Tally.of((1, 0, 4, 2, 0, 0, 3, 0)).refused
        (2, 3)
        """
        *classes, refused, cancelled = numbers
        return cls(dict(zip(_CLASSES, classes, strict=True)), refused, cancelled)

    @property
    def numbers(self) -> Mapping[str, int]:
        """The same by the name of each class, those beside the total last."""
        by_class = {str(one): self[one] for one in Standing}
        return {**by_class, Aside.REFUSED: self.refused, Aside.CANCELLED: self.cancelled}

    def __add__(self, other: Self) -> Self:
        """Return both together."""
        return type(self)(
            {one: self[one] + other[one] for one in Standing},
            self.refused + other.refused,
            self.cancelled + other.cancelled,
        )

    def __getitem__(self, one: Standing) -> int:
        """Return how many stand in a class."""
        return self.counts.get(one, 0)

    @property
    def total(self) -> int:
        """All that count: the sum of the six classes."""
        return sum(self[one] for one in Standing)

    @property
    def done(self) -> int:
        """Done, on time or late or without a deadline."""
        return self.done_of_due + self[Standing.DONE_WITHOUT_DEADLINE]

    @property
    def done_of_due(self) -> int:
        """Done of those that had a deadline."""
        return self[Standing.DONE_ON_TIME] + self[Standing.DONE_LATE]

    @property
    def open(self) -> int:
        """Binding and not done."""
        return self.total - self.done

    @property
    def overdue(self) -> int:
        """Open past the deadline."""
        return self[Standing.OPEN_OVERDUE]

    @property
    def judged(self) -> int:
        """Those of which one can say whether the deadline was kept: done by one, or overdue."""
        return self.done_of_due + self.overdue

    @property
    def done_of_judged(self) -> Share:
        """Done, of done and overdue."""
        return Share(self.done_of_due, self.judged)

    @property
    def on_time_of_judged(self) -> Share:
        """Done on time, of done and overdue."""
        return Share(self[Standing.DONE_ON_TIME], self.judged)

    @property
    def on_time_of_all(self) -> Share:
        """Done on time, of all that count."""
        return Share(self[Standing.DONE_ON_TIME], self.total)

    @property
    def overdue_of_judged(self) -> Share:
        """Open and overdue, of done and overdue."""
        return Share(self.overdue, self.judged)


def tally(classes: Iterable[Standing | Aside | None]) -> Tally:
    """Count classes; None counts nowhere."""
    found = list(classes)
    return Tally(
        {one: found.count(one) for one in Standing},
        refused=found.count(Aside.REFUSED),
        cancelled=found.count(Aside.CANCELLED),
    )
