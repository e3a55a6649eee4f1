"""Periods of reporting: named intervals, and what lies before, within and a year before them.

Which kinds of period there are is data: the first and the last month of a kind, and every how many
months it comes again. A month, a quarter, a half, the first seven months, the last five, a term of
five years are all written so; a period of any other days bears the kind ``any``. A period holds the
days ``[since, until)``, its kind only says how it came about.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

ANY = "any"
"""The kind of a period that is none of the calendar's."""

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""The years of which a code may name a period; around each of them others can be counted."""

YEAR = 12
_QUARTER = 3
_ONE_DAY = timedelta(days=1)
_CODE = re.compile(
    r"(?P<year>[0-9]{4})(?:(?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4]))?"
    r"|(?P<first>[0-9-]{10})_(?P<last>[0-9-]{10})"
)


class PeriodUnreadable(ValueError):
    """A code names no period."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days ``[since, until)``; there is at least one. Raises ValueError where there is none."""

    since: date
    until: date
    kind: str = ANY

    def __post_init__(self) -> None:
        if self.until <= self.since:
            raise ValueError(f"no day in [{self.since}, {self.until})")

    @property
    def last(self) -> date:
        """The last day that belongs to it."""
        return self.until - _ONE_DAY

    @property
    def has_whole_months(self) -> bool:
        """Whether it begins with a month and ends with one."""
        return self.since.day == self.until.day == 1

    @property
    def months(self) -> int:
        """How many months it has, counted from month to month whatever the days."""
        return _month_of(self.until) - _month_of(self.since)

    @property
    def code(self) -> str:
        """What machines call its days: YYYYMM, YYYYQn, YYYY, else first and last day.

        Two periods of the same days have one code, whatever their kinds.

        >>> Period(date(2024, 7, 1), date(2024, 8, 1)).code
        '202407'
        >>> Period(date(2024, 1, 1), date(2024, 8, 1)).code
        '2024-01-01_2024-07-31'
        """
        year = f"{self.since.year:04}"
        if self.has_whole_months and self.months == 1:
            return f"{year}{self.since.month:02}"
        if self.has_whole_months and self.months == _QUARTER and self.since.month % _QUARTER == 1:
            return f"{year}Q{self.since.month // _QUARTER + 1}"
        if self.has_whole_months and self.months == YEAR and self.since.month == 1:
            return year
        return f"{self.since.isoformat()}_{self.last.isoformat()}"

    def holds(self, other: "Period") -> bool:
        """Say whether every day of the other is one of its own."""
        return self.since <= other.since and other.until <= self.until

    def meets(self, other: "Period") -> bool:
        """Say whether both share a day."""
        return self.since < other.until and other.since < self.until


@dataclass(frozen=True, slots=True)
class PeriodKind:
    """A kind of period: the months ``first`` to ``last``, both belonging, again ``every`` so many.

    Counted from January of ``from_year``, which matters where a kind comes in other years than in
    each. Of a kind that ``is_cumulative`` each period begins with its year (or with its cycle,
    where that is longer) and ends where the plain one would: "2 months", "3 months", "4 months".
    Raises ValueError where two plain periods would meet, or none fits into a year.
    """

    code: str
    first: int
    last: int
    every: int = YEAR
    from_year: int = 2021
    is_cumulative: bool = False

    def __post_init__(self) -> None:
        fits = self.every > 0 and (YEAR % self.every == 0 or self.every % YEAR == 0)
        if not fits or not 1 <= self.first <= self.last or self.length > self.every:
            raise ValueError(f"no kind of period: {self.first} to {self.last} every {self.every}")

    @property
    def length(self) -> int:
        """How many months a plain period has."""
        return self.last - self.first + 1

    @property
    def tiles(self) -> bool:
        """Whether each day lies in exactly one of its periods."""
        return self.length == self.every and not self.is_cumulative

    def on(self, day: date) -> Period | None:
        """Return the period in which a day lies, of cumulative ones the first; None in a gap.

        >>> PeriodKind("half", 1, 6, every=6).on(date(2024, 8, 14))
        Period(since=datetime.date(2024, 7, 1), until=datetime.date(2025, 1, 1), kind='half')
        """
        number = (_month_of(day) - self._base) // self.every
        return self._numbered(number) if day < self._until(number) else None

    def next(self, period: Period) -> Period:
        """Return the one that follows. Raises ValueError where the period is none of this kind."""
        return self._numbered(self._number(period) + 1)

    def previous(self, period: Period) -> Period:
        """Return the one before. Raises ValueError where the period is none of this kind."""
        return self._numbered(self._number(period) - 1)

    def between(self, since: date, until: date) -> Iterator[Period]:
        """Yield the periods whose last day is one of ``[since, until)``, in their order.

        >>> [found.code for found in
        ...  PeriodKind("quarter", 1, 3, every=3).between(date(2024, 6, 30), date(2024, 12, 31))]
        ['2024Q2', '2024Q3']
        """
        number = (_month_of(since) - self._base) // self.every
        while self._until(number) <= until:
            if self._until(number) > since:
                yield self._numbered(number)
            number += 1

    @property
    def _base(self) -> int:
        return self.from_year * YEAR + self.first - 1

    def _until(self, number: int) -> date:
        return _first_of(self._base + number * self.every + self.length)

    def _numbered(self, number: int) -> Period:
        begins = self._base + number * self.every
        if self.is_cumulative:
            cycle = max(self.every, YEAR)
            begins -= (begins - self.from_year * YEAR) % cycle
        return Period(_first_of(begins), self._until(number), self.code)

    def _number(self, period: Period) -> int:
        number = (_month_of(period.last) - self._base) // self.every
        if self._numbered(number) != period:
            raise ValueError(f"{period.code} is no {self.code}")
        return number


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


def a_year_before(period: Period, *, years: int = 1) -> Period | None:
    """Return the same days so many years earlier; None where they were none: 29 February alone.

    What ends with February ends with it in every year.

    >>> a_year_before(Period(date(2024, 2, 1), date(2024, 3, 1))).last
    datetime.date(2023, 2, 28)
    """
    since, until = _earlier(period.since, years), _earlier(period.until, years)
    return Period(since, until, period.kind) if since < until else None


def so_far(period: Period) -> Period:
    """Return what has passed of the year at the end of a period: from 1 January to its last day.

    >>> so_far(from_code("202407")).code
    '2024-01-01_2024-07-31'
    """
    return Period(date(period.last.year, 1, 1), period.until)


def just_before(period: Period) -> Period:
    """Return as many days as a period has, right before it; for periods of no kind."""
    return Period(period.since - (period.until - period.since), period.since)


def just_after(period: Period) -> Period:
    """Return as many days as a period has, right after it; for periods of no kind."""
    return Period(period.until, period.until + (period.until - period.since))


def within(periods: Iterable[Period], whole: Period) -> tuple[Period, ...]:
    """Return those of the periods that lie in the whole one, in their order."""
    return tuple(period for period in periods if whole.holds(period))


def make_up(parts: Iterable[Period], whole: Period) -> bool:
    """Say whether the parts hold each day of the whole once, and no other.

    >>> make_up([from_code("2024Q1"), from_code("202404")], from_code("2024"))
    False
    """
    day = whole.since
    for part in sorted(parts, key=lambda part: part.since):
        if part.since != day:
            return False
        day = part.until
    return day == whole.until


def _coded(found: re.Match[str]) -> Period:
    if found["first"]:
        last = date.fromisoformat(found["last"])
        return Period(date.fromisoformat(found["first"]), last + _ONE_DAY)
    month, length = 1, YEAR
    if found["month"]:
        month, length = int(found["month"]), 1
    elif found["quarter"]:
        month, length = int(found["quarter"]) * _QUARTER - 2, _QUARTER
    begins = int(found["year"]) * YEAR + month - 1
    return Period(_first_of(begins), _first_of(begins + length))


def _earlier(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return date(day.year - years, 3, 1)


def _month_of(day: date) -> int:
    return day.year * YEAR + day.month - 1


def _first_of(month: int) -> date:
    year, passed = divmod(month, YEAR)
    return date(year, passed + 1, 1)
