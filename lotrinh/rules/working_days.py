"""Days on which offices work: Monday to Friday, less the holidays, plus the days worked instead.

A week-end before a long holiday is often worked so that the days between are free. Which days
these are is decided year by year, so that they are data; here stands only how they are counted.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


class DayKind(StrEnum):
    """How a day departs from the week: nobody works, or a week-end is worked instead."""

    HOLIDAY = "holiday"
    WORKED = "worked"


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The days that depart from the week; a day that is both is a holiday."""

    holidays: frozenset[date] = field(default_factory=frozenset)
    worked: frozenset[date] = field(default_factory=frozenset)

    def works_on(self, day: date) -> bool:
        """Say whether offices work on that day."""
        if day in self.holidays:
            return False
        return day.weekday() < _SATURDAY or day in self.worked

    def next_from(self, day: date) -> date:
        """Return the first working day from ``day`` on, ``day`` included.

        >>> WorkingDays().next_from(date(2025, 6, 14))
        datetime.date(2025, 6, 16)
        """
        while not self.works_on(day):
            day += _ONE_DAY
        return day

    def after(self, day: date, count: int) -> date:
        """Return the ``count``-th working day after ``day``, which is not counted itself.

        The first day of a period is never counted (Civil Code 2015, art. 147). A count of 0 gives
        ``day``. Raises ValueError below that.

        >>> WorkingDays(holidays=frozenset({date(2025, 9, 2)})).after(date(2025, 8, 29), 5)
        datetime.date(2025, 9, 8)
        """
        if count < 0:
            raise ValueError(f"{count} working days")
        for _ in range(count):
            day = self.next_from(day + _ONE_DAY)
        return day

    def count(self, after: date, until: date) -> int:
        """Return how many working days lie after the first day, up to and with the second."""
        span = (until - after).days
        return sum(self.works_on(after + timedelta(days=n)) for n in range(1, span + 1))
