"""The run sheet of a conference by the clock: when each item begins."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

_SOME_DAY = datetime(2000, 1, 1)  # noqa: DTZ001  # of which only the hours are looked at
MOST_ITEMS = 60
MOST_MINUTES = 600


def starts_of(begins: time | None, minutes: Iterable[int | None]) -> tuple[time | None, ...]:
    """Return when each item begins; None from the first item on whose beginning nobody can tell.

    >>> starts_of(time(14), [10, 45, None, 5])
    (datetime.time(14, 0), datetime.time(14, 10), datetime.time(14, 55), None)
    """
    found: list[time | None] = []
    at = None if begins is None else datetime.combine(_SOME_DAY, begins)
    for lasts in minutes:
        found.append(at.time() if at else None)
        at = at + timedelta(minutes=lasts) if at and lasts is not None else None
    return tuple(found)
