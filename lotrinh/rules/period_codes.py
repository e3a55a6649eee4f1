"""What machines call a period, read again: 202407, 2024Q3, 2024, 2024-01-01_2024-07-31.

A month, a quarter and a year have codes of their own; whatever else there is goes by its first and
last day. Many kinds may share a code: which one is meant, the kinds that are handed in say.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from lotrinh.rules.periods import QUARTER, YEAR, Period, PeriodKind, first_of

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""The years of which a code may name a period; around each of them others can be counted."""

_CODE = re.compile(
    r"(?P<year>[0-9]{4})(?:(?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4]))?"
    r"|(?P<first>[0-9-]{10})_(?P<last>[0-9-]{10})"
)
_ONE_DAY = timedelta(days=1)


class PeriodUnreadable(ValueError):
    """A code names no period."""


def from_code(code: str, kinds: Iterable[PeriodKind] = ()) -> Period:
    """Return the period of a code, of the first kind of which it is one. Raises PeriodUnreadable.

    >>> from_code("2024Q3").last
    datetime.date(2024, 9, 30)
    """
    found = _CODE.fullmatch(code)
    try:
        period = _coded(found) if found else None
    except (ValueError, OverflowError) as error:  # 30 February, or a last day before the first
        raise PeriodUnreadable(code) from error
    if period is None or period.since.year < FIRST_YEAR or period.last.year > LAST_YEAR:
        raise PeriodUnreadable(code)
    return of_kind(period, kinds)


def of_kind(period: Period, kinds: Iterable[PeriodKind]) -> Period:
    """Return the same days under the first kind of which they are a period, else under ``any``."""
    for kind in kinds:
        found = kind.on(period.last)
        if found is not None and (found.since, found.until) == (period.since, period.until):
            return found
    return Period(period.since, period.until)


def _coded(found: re.Match[str]) -> Period:
    if found["first"]:
        last = date.fromisoformat(found["last"])
        return Period(date.fromisoformat(found["first"]), last + _ONE_DAY)
    month, length = 1, YEAR
    if found["month"]:
        month, length = int(found["month"]), 1
    elif found["quarter"]:
        month, length = int(found["quarter"]) * QUARTER - 2, QUARTER
    begins = int(found["year"]) * YEAR + month - 1
    return Period(first_of(begins), first_of(begins + length))
