"""Duties that come again: "hằng tháng", "ngày 20 hằng tháng", "hằng quý", "6 tháng/lần".

How often is a code. Behind a colon may stand by when in each period: a day of its last month
("monthly:20"), or month and day of a year ("yearly:11-30"); without one the period's last day.
Periods are those of the calendar, each named as documents name them: "2025-06", "2025-Q2",
"2025-01/2025-06", "2025". What goes on all the time or every day has no periods of its own: it is
judged by what is reported of it.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.rrule import MONTHLY, WEEKLY, rrule

CONTINUOUS = frozenset({"continuous", "daily"})
"""What has no periods: never overdue, and nothing of it is made to fall due."""

MONTHS = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12, "every-5-years": 60}
"""How many months a period has, by the code; a week is counted apart."""

PERIODIC = (
    r"(?:weekly|monthly|quarterly|half-yearly|yearly|every-5-years)(?::(?:[0-9]{2}-)?[0-9]{1,2})?"
)
"""What a code looks like that has periods, as Python and the database both read it."""

_DAY = re.compile(r"(?:(\d{2})-)?(\d{1,2})")
_FIVE_YEARS_FROM = 2021  # plans of five years: 2021-2025, 2026-2030
_WEEK = timedelta(days=6)
_YEAR = 12


@dataclass(frozen=True, slots=True)
class Period:
    """One time round: ``key`` names it, both days belong to it, ``due`` is the last in term."""

    key: str
    first: date
    last: date
    due: date


def has_periods(recurrence: str) -> bool:
    """Say whether a duty that recurs so is owed anew in each period.

    >>> [has_periods(code) for code in ("monthly:20", "continuous", "")]
    [True, False, False]
    """
    return re.fullmatch(PERIODIC, recurrence) is not None


def base_of(recurrence: str) -> str:
    """Return how often, without by when: "monthly:20" is monthly."""
    return recurrence.partition(":")[0]


def by_when(recurrence: str) -> tuple[int | None, int] | None:
    """Return month and day by which a period is due; None where its last day is.

    >>> by_when("monthly:20"), by_when("yearly:11-30"), by_when("yearly")
    ((None, 20), (11, 30), None)
    """
    found = _DAY.fullmatch(recurrence.partition(":")[2])
    return (int(found[1]) if found[1] else None, int(found[2])) if found else None


def periods(recurrence: str, *, since: date, until: date) -> Iterator[Period]:
    """Yield the periods whose work begins by ``until`` and is due on ``since`` or later.

    A duty that was given on ``since`` is owed for the period in which it was given, unless that
    was due already.

    >>> [period.key for period in
    ...  periods("quarterly", since=date(2025, 2, 3), until=date(2025, 7, 1))]
    ['2025-Q1', '2025-Q2', '2025-Q3']
    """
    if not has_periods(recurrence):
        return
    for first in _starts(base_of(recurrence), since, until):
        found = _period(recurrence, first)
        if found.due >= since:
            yield found


def _starts(base: str, since: date, until: date) -> Iterator[date]:
    if base == "weekly":
        begin = since - timedelta(days=since.weekday())
        rule = rrule(WEEKLY, dtstart=_instant(begin), until=_instant(until))
    else:
        months = MONTHS[base]
        begin = _aligned(since, months)
        rule = rrule(MONTHLY, interval=months, dtstart=_instant(begin), until=_instant(until))
    for moment in rule:
        yield moment.date()


def _aligned(day: date, months: int) -> date:
    """Return the first day of the period of so many months in which ``day`` lies."""
    passed = (day.year - _FIVE_YEARS_FROM) * _YEAR + day.month - 1
    year, month = divmod(passed - passed % months, _YEAR)
    return date(_FIVE_YEARS_FROM + year, month + 1, 1)


def _period(recurrence: str, first: date) -> Period:
    base = base_of(recurrence)
    last = first + _WEEK if base == "weekly" else _end(first, MONTHS[base])
    told = by_when(recurrence)
    due = last
    if told is not None and base != "weekly":
        month = told[0] if told[0] and base in {"yearly", "every-5-years"} else last.month
        month = min(max(month, 1), _YEAR)
        due = date(last.year, month, min(max(told[1], 1), monthrange(last.year, month)[1]))
    return Period(_key(base, first, last), first, last, due)


def _end(first: date, months: int) -> date:
    year, month = divmod(first.month - 1 + months - 1, _YEAR)
    year, month = first.year + year, month + 1
    return date(year, month, monthrange(year, month)[1])


def _key(base: str, first: date, last: date) -> str:
    if base == "weekly":
        return f"{first.isoformat()}/{last.isoformat()}"
    if base == "monthly":
        return f"{first.year:04}-{first.month:02}"
    if base == "quarterly":
        return f"{first.year:04}-Q{last.month // 3}"
    if base == "half-yearly":
        return f"{first.year:04}-{first.month:02}/{last.year:04}-{last.month:02}"
    return f"{first.year:04}" if base == "yearly" else f"{first.year:04}/{last.year:04}"


def _instant(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - midnight of a day, no instant
