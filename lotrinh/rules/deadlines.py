"""Deadlines as documents state them, and the day by which they bind.

A text says "by 2030", "in quarter III" or "from 2021 to 2025" as often as it names a day. Whatever
it names, what is due then is in term to the last day of it: the day is derived here and the words
are kept beside it, so that nobody takes 31 December for something that the text said.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

SOON = timedelta(days=7)
"""An open duty is due soon from a week before its deadline, where its unit says nothing else."""

_YEAR = re.compile(r"\d{4}")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def last_day(iso: str) -> date | None:
    """Return the last day of a day, month, quarter, year or interval; None where it names no year.

    >>> last_day("2024-Q2"), last_day("2021/2025")
    (datetime.date(2024, 6, 30), datetime.date(2025, 12, 31))
    >>> last_day("XXXX-05-09") is None
    True
    """
    ending = iso.rpartition("/")[2]
    try:
        if _DAY.fullmatch(ending):
            return date.fromisoformat(ending)
        if _YEAR.fullmatch(ending):
            return date(int(ending), 12, 31)
        quarter = _QUARTER.fullmatch(ending)
        if quarter:
            return _end_of_month(int(quarter[1]), int(quarter[2]) * 3)
        month = _MONTH.fullmatch(ending)
        return _end_of_month(int(month[1]), int(month[2])) if month else None
    except ValueError:  # the thirteenth month, 30 February, the year 0
        return None


def first_day(iso: str) -> date | None:
    """Return the first day of a day, month, quarter, year or interval; None where it names no year.

    >>> first_day("2024-Q2"), first_day("2021/2025")
    (datetime.date(2024, 4, 1), datetime.date(2021, 1, 1))
    """
    opening = iso.partition("/")[0]
    last = last_day(opening)
    if last is None or states_a_day(opening):
        return last
    if _YEAR.fullmatch(opening):
        return date(last.year, 1, 1)
    return date(last.year, last.month - 2 if _QUARTER.fullmatch(opening) else last.month, 1)


def states_a_day(iso: str) -> bool:
    """Say whether the text names the very day, so that the day alone says all that was said.

    >>> states_a_day("2024-05-09"), states_a_day("2024-05")
    (True, False)
    """
    return _DAY.fullmatch(iso) is not None


def end_of_week(day: date) -> date:
    """Return the Sunday of the week in which ``day`` lies; weeks begin on Monday."""
    return day + timedelta(days=6 - day.weekday())


def _end_of_month(year: int, month: int) -> date:
    if not 1 <= month <= 12:
        raise ValueError(f"no month {month}")
    return date(year, month, monthrange(year, month)[1])


def stated_day(iso: str | None) -> date | None:
    """Return the day of a full ISO date; a month, a year or an unknown year is no day.

    >>> stated_day("2024-05-09"), stated_day("2024-05"), stated_day("XXXX-05-09")
    (datetime.date(2024, 5, 9), None, None)
    """
    if iso is None or len(iso) != 10 or not iso[:4].isdigit():
        return None
    return date.fromisoformat(iso)
