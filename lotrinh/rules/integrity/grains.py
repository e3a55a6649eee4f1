"""How finely a measure is told: in ones, in tenths, in millions of đồng.

A figure is round only against what its measure allows: where everybody tells millions, six noughts
are no sign of anything.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from lotrinh.rules.integrity.facts import Told

FEWEST_DIGITS = 3
"""Of shorter numbers the last digit is not left to chance."""
_FINER = 10
"""One figure of so many may be finer than the others."""


class Grain(NamedTuple):
    """A figure counted in the grains of its measure: ``digits`` long, ``noughts`` at its end."""

    told: Told
    last: int
    digits: int
    noughts: int

    @property
    def ends_round(self) -> bool:
        """Whether it ends in 0 or 5."""
        return self.last % 5 == 0

    @property
    def has_two_figures(self) -> bool:
        """Whether nothing but noughts follows its first two digits."""
        return self.noughts >= self.digits - 2


def grains_of(told: Iterable[Told]) -> Mapping[int, int]:
    """Return by measure the power of ten of which nine in ten of its figures are multiples.

    >>> rows = [Told(str(n), n, 7, 0, Decimal(n * 1000)) for n in range(101, 120)]
    >>> grains_of(rows)
    {7: 3}
    """
    ends = defaultdict(list)
    for one in told:
        if one.value:
            ends[one.measure].append(_noughts(one.value))
    return {measure: sorted(held)[len(held) // _FINER] for measure, held in ends.items()}


def counted(told: Iterable[Told], grains: Mapping[int, int]) -> Iterable[Grain]:
    """Yield the figures whose last digit may tell something: no shares, long enough."""
    for one in told:
        if one.over is not None or not one.value:
            continue
        power = grains[one.measure]
        noughts, digits = _noughts(one.value) - power, one.value.adjusted() - power + 1
        if digits >= FEWEST_DIGITS and noughts >= 0:
            last = int(one.value.copy_abs().scaleb(-power)) % 10
            yield Grain(one, last, digits, noughts)


def in_grains(one: Told, grains: Mapping[int, int]) -> Decimal:
    """Return the size of a figure in the grains of its measure."""
    return one.value.copy_abs().scaleb(-grains[one.measure]) if one.value else Decimal(0)


def _noughts(value: Decimal) -> int:
    """Return how many noughts end a number; below zero: how many decimals it has."""
    return int(value.normalize().as_tuple().exponent)
