"""How a duty stands on a day, in the six classes of every report. Derived, never stored."""

from datetime import date
from enum import StrEnum


class Standing(StrEnum):
    """The six classes into which the duties that count split on a day."""

    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    OPEN_IN_TERM = "open_in_term"
    OPEN_OVERDUE = "open_overdue"
    DONE_WITHOUT_DEADLINE = "done_without_deadline"
    OPEN_WITHOUT_DEADLINE = "open_without_deadline"


def standing(due: date | None, on: date) -> Standing:
    """Judge an open duty on ``on``. It is overdue from the day after ``due``.

    >>> standing(date(2024, 8, 6), date(2024, 8, 7)).value
    'open_overdue'
    """
    if due is None:
        return Standing.OPEN_WITHOUT_DEADLINE
    return Standing.OPEN_OVERDUE if overdue_days(due, on) else Standing.OPEN_IN_TERM


def standing_when_done(due: date | None, handed_in_on: date) -> Standing:
    """Judge a duty that is done by the day on which the claim was handed in.

    >>> standing_when_done(date(2024, 8, 6), date(2024, 8, 6)).value
    'done_on_time'
    """
    if due is None:
        return Standing.DONE_WITHOUT_DEADLINE
    return Standing.DONE_LATE if overdue_days(due, handed_in_on) else Standing.DONE_ON_TIME


def overdue_days(due: date, on: date) -> int:
    """Return by how many days ``due`` has passed on ``on``; 0 on the day itself."""
    return max((on - due).days, 0)
