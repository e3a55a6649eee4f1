"""Figures that crowd just over what was planned, and hardly any just below.

Whoever plans well comes close on both sides; whoever stops counting, or counts on, when the plan is
reached comes close on one.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from lotrinh.rules.integrity.chances import as_number, at_least, one_in, share_of
from lotrinh.rules.integrity.facts import IntegrityRule, Limits, Numbers, Question, Told
from lotrinh.rules.integrity.grains import grains_of

_LEAST_USUAL = 0.05
_FEWEST_GRAINS = 2
"""A plan is large enough where what is near to it is so many grains wide."""
_ONE_SIDED = 3
_TWICE_AS_MANY = 2


def over_target(told: Sequence[Told], limits: Limits) -> Iterator[Question]:
    """Yield a question to each unit too many of whose figures lie just over their plans."""
    grains = grains_of(told)
    held: dict[int, list[tuple[Told, Fraction]]] = defaultdict(list)
    for one in told:
        lead = _lead(one)
        if lead is not None and _is_wide(one, grains[one.measure], limits):
            held[one.unit].append((one, lead))
    rows = [row for rows in held.values() for row in rows]
    over = sum(1 for _, lead in rows if 0 <= lead < limits.near)
    usual = share_of(over, len(rows), least=_LEAST_USUAL)
    for unit, own in sorted(held.items()):
        just_over = [one for one, lead in own if 0 <= lead < limits.near]
        below = sum(1 for _, lead in own if -limits.near <= lead < 0)
        expected = usual * len(own)
        if (
            len(own) < limits.targets
            or not any(one.back == 0 for one in just_over)
            or len(just_over) < _ONE_SIDED * below
            or len(just_over) < _TWICE_AS_MANY * expected
        ):
            continue
        chance = at_least(len(just_over), [usual] * len(own))
        if chance < limits.chance:
            data: Numbers = {
                "over": len(just_over),
                "below": below,
                "figures": len(own),
                "near": as_number(float(limits.near * 100)),
                "expected": as_number(expected),
                "one_in": one_in(chance),
            }
            keys = tuple(sorted(one.key for one in just_over))
            yield Question(IntegrityRule.OVER_TARGET, unit, keys, data)


def _lead(one: Told) -> Fraction | None:
    """Return by which share of its plan a figure is better than planned."""
    if not one.planned:
        return None
    value = Fraction(one.value)
    if one.over is not None:
        if not one.over:
            return None
        value /= Fraction(one.over)
    planned = Fraction(one.planned)
    lead = (value - planned) / abs(planned)
    return -lead if one.at_most else lead


def _is_wide(one: Told, power: int, limits: Limits) -> bool:
    """Say whether some figures fit between a plan and what is near to it."""
    whole = abs(one.planned or Decimal(0)) * (1 if one.over is None else one.over)
    grain = Decimal(10) ** power
    return Fraction(whole) * limits.near >= _FEWEST_GRAINS * Fraction(grain)
