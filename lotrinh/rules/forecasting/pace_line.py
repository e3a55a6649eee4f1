"""What must have been reached by a day: through the days on the way, else in a straight line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

Spot = tuple[date, Fraction]


@dataclass(frozen=True, slots=True)
class PaceLine:
    """Where a target should stand day by day: straight between the spots, in order of days."""

    spots: Sequence[Spot]

    def by(self, day: date) -> Fraction | None:
        """Return what must have been reached by a day; None before the line begins.

        >>> january, december = date(2024, 1, 1), date(2024, 12, 31)
        >>> line = PaceLine([(january, Fraction(0)), (december, Fraction(730))])
        >>> line.by(date(2024, 7, 1)), line.by(date(2025, 3, 1)), line.by(date(2023, 1, 1))
        (Fraction(364, 1), Fraction(730, 1), None)
        """
        if not self.spots or day < self.spots[0][0]:
            return None
        for (since, low), (until, high) in pairwise(self.spots):
            if day <= until:
                return low + (high - low) * Fraction((day - since).days, (until - since).days)
        return self.spots[-1][1]


def pace_line(begins: Spot | None, on_the_way: Iterable[Spot], ends: Spot) -> PaceLine:
    """Return the line from where it begins, through the days on the way, to the day it is due.

    Days on the way before it begins, or from the last day on, are passed over. Without a beginning
    the line is there from the first day on the way.
    """
    since = begins[0] if begins else date.min
    way = {day: value for day, value in on_the_way if since < day < ends[0]}
    first = [begins] if begins and begins[0] < ends[0] else []
    return PaceLine((*first, *sorted(way.items()), ends))
