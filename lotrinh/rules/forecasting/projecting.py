"""Where a course leads: its robust pace, with the seasons of the years before where they are known.

The pace is the median of the slopes between all pairs of points (Theil 1950, Sen 1968). Of levels
the points are the levels, of which a fourth may be wrong without moving it far; of amounts they are
the running sum, which a huge amount in the middle of the window still moves. Where periods to come
have the same periods of years before, these are followed, times or plus by how much this year
differs from them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean, median

Numbers = Mapping[int, float]
_ANCHORS = 3
"""The line begins where so many last levels put it."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a course is projected: see ``Course.is_flow``, ``Course.season`` and ``Setting``."""

    is_flow: bool
    season: int
    window: int
    season_pairs: int


@dataclass(frozen=True, slots=True)
class Projection:
    """What is to be expected: the sum of periods, or the level at the last of them.

    ``pace`` is what each period adds; ``is_seasonal``: seasons were followed.
    """

    value: float
    pace: float
    is_seasonal: bool


def project(known: Numbers, manner: Manner, first: int, last: int) -> Projection:
    """Return what the periods ``first`` to ``last`` are expected to add, or the level at the last.

    ``known`` are amounts or levels in their order, two at least.

    >>> months = {number: 10.0 * number for number in range(1, 8)}
    >>> project(months, Manner(False, 12, 12, 3), 9, 9).value
    90.0
    """
    latest = list(known)[-manner.window :]
    slope = _slope(known, latest, manner)
    before = {number: _years_before(known, number, manner.season) for number in latest}
    ahead = [_years_before(known, number, manner.season) for number in range(first, last + 1)]
    pairs = [(known[number], base) for number, base in before.items() if base is not None]
    bases = [base for base in ahead if base is not None]
    is_seasonal = len(pairs) >= manner.season_pairs and len(bases) == len(ahead)
    if manner.is_flow:
        by_season = _by_ratio(pairs, bases) if is_seasonal else None
        value = slope * (last - first + 1) if by_season is None else by_season
        return Projection(value, slope, by_season is not None)
    if is_seasonal:
        value = bases[-1] + median(now - base for now, base in pairs)
        return Projection(value, slope, is_seasonal=True)
    anchors = latest[-_ANCHORS:]
    value = median(known[number] + slope * (last - number) for number in anchors)
    return Projection(value, slope, is_seasonal=False)


def _slope(known: Numbers, latest: Sequence[int], manner: Manner) -> float:
    """Return the median slope; of amounts through their sum, where what is missing adds nothing."""
    if not manner.is_flow:
        points = [(float(number), known[number]) for number in latest]
    else:
        points, so_far = [(0.0, 0.0)], 0.0
        for place, number in enumerate(latest, start=1):
            so_far += known[number]
            points.append((float(place), so_far))
    if len(points) < 2:
        return 0.0
    return median(
        (after[1] - one[1]) / (after[0] - one[0]) for one, after in combinations(points, 2)
    )


def _years_before(known: Numbers, number: int, season: int) -> float | None:
    """Return what the same period of years before was; None where no year is known."""
    if not season:
        return None
    earliest = min(known)
    found = [known[at] for at in range(number - season, earliest - 1, -season) if at in known]
    return median(found) if found else None


def _by_ratio(pairs: Sequence[tuple[float, float]], bases: Sequence[float]) -> float | None:
    """Return the same periods of years before, times how this year compares with them.

    None where the years before were nothing, of which there are no multiples.
    """
    whole = fmean(base for _now, base in pairs)
    ratios = [now / base for now, base in pairs if base > whole / 10]
    if whole <= 0 or not ratios:
        return None
    return median(ratios) * sum(bases)
