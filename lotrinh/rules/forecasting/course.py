"""The course of a measure: what was told of each period, as amounts or as levels.

Periods of one length are numbered through all years, so that a gap is seen and the same period of
another year is found by subtraction. What a measure adds up, or counts since New Year, is brought
to the amount of each period; of everything else the level stands as it was told. Numbers of the
machine are used from here on: no result is made of them, and what is told was told exactly.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from statistics import median

from lotrinh.rules.periods import YEAR, Period, PeriodKind, first_of, month_of

_USUAL = 6
"""From so many periods it is known how many units usually answer."""


class Flow(StrEnum):
    """What the number of a period is."""

    ADDED = "added"  # what happened in it; periods add up from New Year
    GROWN = "grown"  # what has happened since New Year
    LEVEL = "level"  # how things stood


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of one period, and how many units told it."""

    value: Fraction
    answers: int = 1


@dataclass(frozen=True)
class Course:
    """What was told of periods of ``every`` months, by their number."""

    every: int
    flow: Flow
    told: Mapping[int, Told]

    @property
    def is_flow(self) -> bool:
        """Whether amounts are summed from New Year, rather than a level followed."""
        return self.flow is not Flow.LEVEL

    @property
    def season(self) -> int:
        """How many periods a year has; 0 where the year has one and there are no seasons."""
        return YEAR // self.every if self.every < YEAR else 0

    @property
    def last(self) -> int:
        """The number of the last period told of."""
        return max(self.told)

    def first_of_year(self, number: int) -> int:
        """Return the first period of the year in which one lies."""
        return (number * self.every - 1) // YEAR * (YEAR // self.every) + 1

    def reached(self, number: int) -> Fraction | None:
        """Return the level at the end of a period by what was told until then.

        Of amounts it is what was told since New Year, 0 where that is nothing; of a level the last
        one told, None where there is none.
        """
        until = [pk for pk in self.told if pk <= number]
        if self.flow is Flow.LEVEL:
            return self.told[max(until)].value if until else None
        first = self.first_of_year(number)
        within = [pk for pk in until if pk >= first]
        if self.flow is Flow.GROWN:
            return self.told[max(within)].value if within else Fraction(0)
        return sum((self.told[pk].value for pk in within), Fraction(0))

    def numbers(self) -> dict[int, float]:
        """Return amounts by period, or levels; what several periods grew by is spread over them."""
        if self.flow is not Flow.GROWN:
            return {number: float(self.told[number].value) for number in sorted(self.told)}
        found: dict[int, float] = {}
        for number in sorted(self.told):
            first = self.first_of_year(number)
            before = max((one for one in found if one >= first), default=first - 1)
            base = float(self.told[before].value) if before >= first else 0.0
            grown = (float(self.told[number].value) - base) / (number - before)
            found |= dict.fromkeys(range(before + 1, number + 1), grown)
        return found

    def well_told(self, answered: Fraction) -> "Course":
        """Return the course without last periods of which too few units have told so far.

        Too few is less than so much of what the periods before had. What a late unit has still to
        tell would pass for a slower pace.
        """
        kept = dict(self.told)
        while len(kept) > 1:
            last = max(kept)
            before = sorted(number for number in kept if number < last)[-_USUAL:]
            usual = median(kept[number].answers for number in before)
            if kept[last].answers >= answered * Fraction(usual):
                break
            del kept[last]
        return Course(self.every, self.flow, kept)


def has_rhythm(kind: PeriodKind | None) -> bool:
    """Say whether periods of a kind follow each other without a gap, several or one a year."""
    if kind is None or YEAR % kind.every or kind.last % kind.every:
        return False
    return kind.tiles or (kind.is_cumulative and kind.cycle == YEAR)


def number_of(day: date, every: int) -> int:
    """Return the number of the period of so many months in which a day lies.

    >>> number_of(date(2024, 7, 31), 1) - number_of(date(2023, 7, 1), 1)
    12
    """
    return month_of(day) // every + 1


def number_of_period(period: Period, every: int) -> int:
    """Return the number of a period, which is that of its last day."""
    return number_of(period.last, every)


def last_day(number: int, every: int) -> date:
    """Return the last day of a numbered period.

    >>> last_day(number_of(date(2024, 2, 1), 1), 1)
    datetime.date(2024, 2, 29)
    """
    return first_of(number * every) - timedelta(days=1)
