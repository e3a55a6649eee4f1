"""Periods of reporting: named intervals, and what lies before, within and a year before them.

Which kinds of period there are is data: the first and the last month of a kind, and every how many
months it comes again. A month, a quarter, a half, the first seven months, the last five, a term of
five years are all written so; a period of any other days bears the kind ``any``. A period holds the
days ``[since, until)``, its kind only says how it came about.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

ANY = "any"
"""The kind of a period that is none of the calendar's."""

YEAR = 12
QUARTER = 3
_ONE_DAY = timedelta(days=1)


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
        return month_of(self.until) - month_of(self.since)

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
        if self.has_whole_months and self.months == QUARTER and self.since.month % QUARTER == 1:
            return f"{year}Q{self.since.month // QUARTER + 1}"
        if self.has_whole_months and self.months == YEAR and self.since.month == 1:
            return year
        return f"{self.since.isoformat()}_{self.last.isoformat()}"

    @property
    def stated(self) -> str:
        """Its days as documents state times, and duties their periods: 2024-07, 2024-Q3, 2024.

        >>> Period(date(2024, 1, 1), date(2024, 7, 1)).stated
        '2024-01/2024-06'
        """
        first, last = self.since.isoformat(), self.last.isoformat()
        if not self.has_whole_months:
            return first if first == last else f"{first}/{last}"
        if self.months % YEAR == 0 and self.since.month == 1:
            return first[:4] if self.months == YEAR else f"{first[:4]}/{last[:4]}"
        if self.months == 1:
            return first[:7]
        return self.code.replace("Q", "-Q") if "Q" in self.code else f"{first[:7]}/{last[:7]}"

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
    each. Of a kind with a ``cycle`` each period is cumulative: it begins with its cycle of so many
    months, a year or a term, and ends where the plain one would: "2 months", "3 months", "4
    months". Raises ValueError where two plain periods would meet, or none fits into a year.
    """

    code: str
    first: int
    last: int
    every: int = YEAR
    from_year: int = 2021
    cycle: int = 0

    def __post_init__(self) -> None:
        fits = self.every > 0 and (YEAR % self.every == 0 or self.every % YEAR == 0)
        fits = fits and self.cycle % self.every == 0 and self.cycle >= 0
        if not fits or not 1 <= self.first <= self.last or self.length > self.every:
            raise ValueError(f"no kind of period: {self.first} to {self.last} every {self.every}")

    @property
    def length(self) -> int:
        """How many months a plain period has."""
        return self.last - self.first + 1

    @property
    def is_cumulative(self) -> bool:
        """Whether its periods count from the beginning of a year or a term."""
        return self.cycle > 0

    @property
    def tiles(self) -> bool:
        """Whether each day lies in exactly one of its periods."""
        return self.length == self.every and not self.is_cumulative

    def on(self, day: date) -> Period | None:
        """Return the period in which a day lies, of cumulative ones the first; None in a gap.

        >>> PeriodKind("half", 1, 6, every=6).on(date(2024, 8, 14))
        Period(since=datetime.date(2024, 7, 1), until=datetime.date(2025, 1, 1), kind='half')
        """
        number = (month_of(day) - self._base) // self.every
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
        number = (month_of(since) - self._base) // self.every
        while self._until(number) <= until:
            if self._until(number) > since:
                yield self._numbered(number)
            number += 1

    @property
    def _base(self) -> int:
        return self.from_year * YEAR + self.first - 1

    def _until(self, number: int) -> date:
        return first_of(self._base + number * self.every + self.length)

    def _numbered(self, number: int) -> Period:
        begins = self._base + number * self.every
        if self.is_cumulative:
            begins -= (begins - self.from_year * YEAR) % self.cycle
        return Period(first_of(begins), self._until(number), self.code)

    def _number(self, period: Period) -> int:
        number = (month_of(period.last) - self._base) // self.every
        if self._numbered(number) != period:
            raise ValueError(f"{period.code} is no {self.code}")
        return number


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

    >>> so_far(Period(date(2024, 7, 1), date(2024, 8, 1))).code
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

    >>> january, march = date(2024, 1, 1), date(2024, 3, 1)
    >>> make_up([Period(january, march)], Period(january, date(2024, 4, 1)))
    False
    """
    day = whole.since
    for part in sorted(parts, key=lambda part: part.since):
        if part.since != day:
            return False
        day = part.until
    return day == whole.until


def _earlier(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return date(day.year - years, 3, 1)


def month_of(day: date) -> int:
    """Return which month a day lies in, counted from January of the year 0."""
    return day.year * YEAR + day.month - 1


def first_of(month: int) -> date:
    """Return the first day of a month, counted from January of the year 0."""
    year, passed = divmod(month, YEAR)
    return date(year, passed + 1, 1)
