"""How likely something is by chance: exact tails of sums, and one of squares.

These are probabilities and no figures of anybody, so they are numbers of the machine. Every term is
positive: nothing cancels, and a tail of one in a million is as exact as one of a half.
"""

import math
from collections.abc import Iterable, Sequence
from decimal import Decimal

DIGITS = 10
_MOST_POWER = 12


def at_least(wanted: int, chances: Sequence[float]) -> float:
    """Return how likely it is that at least so many of independent things happen.

    >>> round(at_least(2, [0.5, 0.5, 0.5]), 6)
    0.5
    """
    if wanted <= 0:
        return 1.0
    if wanted > len(chances):
        return 0.0
    ways = [1.0] + [0.0] * (wanted - 1)  # by how many have happened, as long as it is fewer
    reached = 0.0
    for chance in chances:
        reached += ways[-1] * chance
        for count in range(wanted - 1, 0, -1):
            ways[count] = ways[count] * (1 - chance) + ways[count - 1] * chance
        ways[0] *= 1 - chance
    return reached


def squares_at_least(counts: Sequence[int], expected: Sequence[float]) -> float:
    """Return how likely counts of ten kinds are at least so far from what is expected.

    Pearson's sum of squares with nine degrees of freedom; to be used where about five or more
    are expected. Source: the upper tail of the chi-square distribution, in closed form for odd
    degrees (Abramowitz and Stegun 26.4.4).
    """
    if len(counts) != DIGITS or len(expected) != DIGITS:
        raise ValueError("there are ten digits")
    pairs = zip(counts, expected, strict=True)
    half = math.fsum((count - mean) ** 2 / mean for count, mean in pairs) / 2
    rest = (half ** (power - 0.5) / math.gamma(power + 0.5) for power in range(1, DIGITS // 2))
    return math.erfc(math.sqrt(half)) + math.exp(-half) * math.fsum(rest)


def one_in(chance: float) -> int:
    """Return that something happens once in so many times, as a power of ten never too high.

    >>> one_in(0.0004), one_in(1.0), one_in(0.0)
    (1000, 1, 1000000000000)
    """
    if chance <= 10.0**-_MOST_POWER:
        return int(10**_MOST_POWER)
    power = max(0, math.floor(-math.log10(chance) + 1e-9))
    return int(10**power)


def share_of(happened: int, seen: int, *, least: float, weight: int = 10) -> float:
    """Return how usual something is among those seen, leaning on ``least`` where few were seen.

    Never below ``least``: custom explains more than chance alone, not less.
    """
    return max(least, (happened + weight * least) / (seen + weight))


def middle(values: Iterable[float]) -> float:
    """Return the median. Raises ValueError of nothing.

    >>> middle([3.0, 1.0, 2.0, 10.0])
    2.5
    """
    held = sorted(values)
    if not held:
        raise ValueError("the middle of nothing")
    half = len(held) // 2
    return held[half] if len(held) % 2 else (held[half - 1] + held[half]) / 2


def as_number(value: float) -> Decimal:
    """Return a ratio as a number with two decimals, for a sentence."""
    return Decimal(repr(round(value, 2))).normalize()
