"""Some months in a row, by their first days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_IN_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Months:
    """So many (``count``) months from the one that begins on ``first``."""

    first: date
    count: int

    def __iter__(self) -> Iterator[date]:
        """Yield the first day of each month."""
        return (shifted(self.first, n) for n in range(self.count))

    @property
    def last(self) -> date:
        """The last day of the last month."""
        return end_of(shifted(self.first, self.count - 1))


def months_to(day: date, count: int) -> Months:
    """Return so many months up to the one in which a day lies.

    >>> [one.isoformat() for one in months_to(date(2024, 1, 31), 3)]
    ['2023-11-01', '2023-12-01', '2024-01-01']
    """
    return Months(shifted(day.replace(day=1), 1 - count), count)


def shifted(month: date, by: int) -> date:
    """Return the first day of the month so many months later; earlier where ``by`` is below 0."""
    years, at = divmod(month.year * _IN_A_YEAR + month.month - 1 + by, _IN_A_YEAR)
    return date(years, at + 1, 1)


def end_of(month: date) -> date:
    """Return the last day of the month that begins on a day."""
    return shifted(month, 1) - timedelta(days=1)
