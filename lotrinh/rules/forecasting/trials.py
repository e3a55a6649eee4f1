"""How far off a course would have been forecast before: trials at the same distance.

For each past period the course is cut off there, projected as far as the forecast reaches, and held
against what was told later. Their errors are the only source of an interval and of a probability:
no distribution is supposed. Too few of them say nothing, and then nothing is said.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from lotrinh.rules.forecasting.projecting import Manner, Numbers, project

_HALF = Fraction(1, 2)
_MIDDLE = 3
"""Of fewer trials nobody can say that they were off to one side."""


@dataclass(frozen=True, slots=True)
class Trial:
    """By how much one trial was off; ``is_seasonal``: it followed seasons."""

    error: float
    is_seasonal: bool


def trials_of(
    known: Numbers, manner: Manner, *, points: int, first: int, last: int
) -> tuple[Trial, ...]:
    """Return all trials: what came, beyond what was projected.

    ``first`` and ``last`` count from the period at which the course is cut off, to which ``points``
    periods at least were told. Errors of amounts are shares of the projection; a projection of
    nothing or less has none.
    """
    numbers, found = list(known), []
    for size in range(points, len(numbers)):
        cut = numbers[size - 1]
        ahead = range(cut + first, cut + last + 1)
        asked = ahead if manner.is_flow else ahead[-1:]
        if any(number not in known for number in asked):
            continue
        until = {number: known[number] for number in numbers[:size]}
        made = project(until, manner, cut + first, cut + last)
        came = sum(known[number] for number in asked)
        if not manner.is_flow:
            found.append(Trial(came - made.value, made.is_seasonal))
        elif made.value > 0:
            found.append(Trial(came / made.value - 1, made.is_seasonal))
    return tuple(found)


def errors_of(trials: Sequence[Trial], *, is_seasonal: bool, least: int) -> tuple[float, ...]:
    """Return the errors that speak for a projection that follows seasons, or does not.

    Trials of its own manner alone, where there are as many as ``least``. Else all of them, and of
    those of the other manner only how they differ: that they were all off to one side is what
    seasons do that could not be followed yet, and does not come again.
    """
    own = [one.error for one in trials if one.is_seasonal is is_seasonal]
    if len(own) >= least:
        return tuple(own)
    other = [one.error for one in trials if one.is_seasonal is not is_seasonal]
    middle = median(other) if len(other) >= _MIDDLE else 0.0
    return (*own, *(error - middle for error in other))


def interval(values: Sequence[float], within: Fraction) -> tuple[float, float]:
    """Return between what the middle share of some values lies, as many left out on either side.

    >>> interval([5.0, 1.0, 2.0, 3.0, 4.0, 9.0, 7.0, 8.0, 6.0, 0.0], Fraction(4, 5))
    (1.0, 8.0)
    """
    ranked = sorted(values)
    out = int(len(ranked) * (1 - within) / 2)
    return ranked[out], ranked[-1 - out]


def chance(verdicts: Iterable[bool]) -> Fraction:
    """Return how likely it is, by how often it was so; never quite 0 or 1.

    Half a case is added on either side (Krichevsky and Trofimov 1981).

    >>> chance([True, True, True, False])
    Fraction(7, 10)
    """
    held = list(verdicts)
    return (sum(held) + _HALF) / (len(held) + 1)
