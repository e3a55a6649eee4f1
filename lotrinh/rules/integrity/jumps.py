"""A figure that leaves its unit's own history, season and common movement taken out.

What all units of a measure do at once, such as spending before the new year, is no jump of one. So
each figure is held against the middle of the others of its period; where there are too few of
them, against the same period of a year before. How far is far is said by the middle distance of the
unit's own earlier figures, and never less than that of its measure (Iglewicz and Hoaglin, 1993,
take such a distance for the spread).
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from lotrinh.rules.integrity.chances import as_number, middle
from lotrinh.rules.integrity.facts import IntegrityRule, Limits, Numbers, Question, Told
from lotrinh.rules.integrity.grains import grains_of, in_grains

_AS_NORMAL = 1.4826
"""The middle distance of what is spread as chance spreads it is the spread divided by this."""
_FEWEST_PEERS = 8
_A_YEAR = 12
_LEAST_SPREAD = 0.02

Line = dict[int, float]
"""By ``back``, what is left of a figure on the scale on which a ratio is a distance."""


class Jump(NamedTuple):
    """A figure, how many usual spreads it is off, and how many times what was expected."""

    told: Told
    spreads: float
    ratio: float


def jumps(told: Sequence[Told], limits: Limits, *, season: int = _A_YEAR) -> Iterator[Question]:
    """Yield a question to each unit with figures that leave their own history.

    ``season`` is how many periods make a year.
    """
    grains = grains_of(told)
    by_measure: dict[int, list[Told]] = defaultdict(list)
    for one in told:
        if in_grains(one, grains) >= limits.smallest and one.value > 0:
            by_measure[one.measure].append(one)
    found: dict[int, list[Jump]] = defaultdict(list)
    for rows in by_measure.values():
        for jump in _of_measure(rows, grains, limits, season):
            found[jump.told.unit].append(jump)
    for unit, held in sorted(found.items()):
        farthest = max(held, key=lambda jump: jump.spreads)
        data: Numbers = {
            "jumps": len(held),
            "ratio": as_number(farthest.ratio),
            "spreads": as_number(farthest.spreads),
        }
        keys = tuple(sorted(jump.told.key for jump in held))
        yield Question(IntegrityRule.JUMPS, unit, keys, data)


def _of_measure(
    rows: Iterable[Told], grains: Mapping[int, int], limits: Limits, season: int
) -> Iterator[Jump]:
    """Yield the figures of one measure that jump."""
    held: dict[int, dict[int, Told]] = defaultdict(dict)
    for one in rows:
        held[one.unit][one.back] = one
    lines = {
        unit: line
        for unit, line in _left(held, season).items()
        if 0 in line and len(line) > limits.history
    }
    if not lines:
        return
    usual = {unit: _usual(line) for unit, line in lines.items()}
    common = middle(spread for _, spread in usual.values())
    for unit, line in lines.items():
        centre, own = usual[unit]
        told = held[unit][0]
        size = float(in_grains(told, grains))
        spread = max(own, common, _LEAST_SPREAD, math.sqrt(2 / size))
        off = line[0] - centre
        if abs(off) > float(limits.spreads) * spread and abs(off) > math.log(limits.jump):
            yield Jump(told, abs(off) / spread, math.exp(off))


def _left(held: Mapping[int, Mapping[int, Told]], season: int) -> dict[int, Line]:
    """Return by unit what is left of its figures once what all do is taken out."""
    sizes = {
        unit: {back: math.log(one.value / (one.over or 1)) for back, one in line.items()}
        for unit, line in held.items()
        if all(one.over is None or one.over > 0 for one in line.values())
    }
    if len(sizes) >= _FEWEST_PEERS:
        return _beside_peers(sizes)
    return {
        unit: {
            back: size - line[back + season] for back, size in line.items() if back + season in line
        }
        for unit, line in sizes.items()
    }


def _beside_peers(sizes: Mapping[int, Line]) -> dict[int, Line]:
    """Return sizes less the middle movement of all units; periods of few units are left out."""
    own = {unit: middle(line.values()) for unit, line in sizes.items()}
    moved: dict[int, list[float]] = defaultdict(list)
    for unit, line in sizes.items():
        for back, size in line.items():
            moved[back].append(size - own[unit])
    common = {
        back: middle(all_of) for back, all_of in moved.items() if len(all_of) >= _FEWEST_PEERS
    }
    return {
        unit: {back: size - common[back] for back, size in line.items() if back in common}
        for unit, line in sizes.items()
    }


def _usual(line: Line) -> tuple[float, float]:
    """Return the middle and the spread of what came before."""
    earlier = [size for back, size in line.items() if back]
    centre = middle(earlier)
    return centre, _AS_NORMAL * middle(abs(size - centre) for size in earlier)
