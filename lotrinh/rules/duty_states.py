"""The life of a duty: which step leads where, what must be clear before it binds, how it stands.

The table of transitions is frozen and is the only one: services, buttons and documentation are made
from it. How a duty stands on a day is derived and never stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DutyState(StrEnum):
    """Where the paper of a duty lies."""

    DRAFT = "draft"  # proposed and confirmed, not yet binding
    ISSUED = "issued"  # binding since a day
    WITHDRAWN = "withdrawn"  # a draft that was given up; kept, never counted


class Step(StrEnum):
    """What can be done to a duty."""

    AMEND = "amend"
    ISSUE = "issue"
    WITHDRAW = "withdraw"


TRANSITIONS: Mapping[tuple[DutyState, Step], DutyState] = {
    (DutyState.DRAFT, Step.AMEND): DutyState.DRAFT,
    (DutyState.DRAFT, Step.ISSUE): DutyState.ISSUED,
    (DutyState.DRAFT, Step.WITHDRAW): DutyState.WITHDRAWN,
}


class Clarity(StrEnum):
    """The six clarities ("6 rõ") without which a duty is not issued.

    Source: the acceptance rule of tasks in the steering of Resolution 57-NQ/TW.
    """

    PERSON = "person"
    WORK = "work"
    TIME = "time"
    RESPONSIBILITY = "responsibility"
    DELIVERABLE = "deliverable"
    AUTHORITY = "authority"


class Standing(StrEnum):
    """How an issued duty that nobody has finished stands on a day."""

    OPEN_IN_TERM = "open_in_term"
    OPEN_OVERDUE = "open_overdue"
    OPEN_WITHOUT_DEADLINE = "open_without_deadline"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a duty says so far. Empty text and None both mean: not clear yet.

    ``lead`` is whether a unit answers for it; a person without the unit is not a clear person.
    """

    lead: bool
    person: bool
    work: str
    due: date | None
    recurrence: str
    responsibility: str
    deliverable: str
    authority: str


def missing_clarities(terms: Terms) -> tuple[Clarity, ...]:
    """Return what still has to be made clear, in the order of the six clarities.

    A recurring duty ("hằng tháng") is clear in time without a day of its own.
    """
    clear = {
        Clarity.PERSON: terms.lead and terms.person,
        Clarity.WORK: bool(terms.work.strip()),
        Clarity.TIME: terms.due is not None or bool(terms.recurrence.strip()),
        Clarity.RESPONSIBILITY: terms.lead and bool(terms.responsibility.strip()),
        Clarity.DELIVERABLE: bool(terms.deliverable.strip()),
        Clarity.AUTHORITY: bool(terms.authority.strip()),
    }
    return tuple(clarity for clarity in Clarity if not clear[clarity])


def standing(due: date | None, on: date) -> Standing:
    """Judge an open duty on ``on``. It is overdue from the day after ``due``.

    >>> standing(date(2024, 8, 6), date(2024, 8, 7)).value
    'open_overdue'
    """
    if due is None:
        return Standing.OPEN_WITHOUT_DEADLINE
    return Standing.OPEN_OVERDUE if overdue_days(due, on) else Standing.OPEN_IN_TERM


def overdue_days(due: date, on: date) -> int:
    """Return by how many days ``due`` has passed on ``on``; 0 on the day itself."""
    return max((on - due).days, 0)


def steps_from(state: DutyState) -> tuple[Step, ...]:
    """Return what can be done to a duty in this state."""
    return tuple(step for (source, step) in TRANSITIONS if source is state)
