"""A simulated city of targets: seasons, storms, late and partial reports, plans set too high.

Each target has a plan for its second year (or later ones), made as plans are made: what the year
before came to, plus what the office wants, which the unit can reach or not. Nothing of the rules is
used to make it, so that they cannot know more than the figures say. One seed, one city.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import cos, pi
from random import Random

from lotrinh.rules.comparing import Yardstick
from lotrinh.rules.forecasting import Aim, Closed, Flow, Ledger, Saying, number_of
from lotrinh.rules.target_terms import Comparator

FIRST = 2022
_UNITS = 6


@dataclass(frozen=True, slots=True)
class Simulated:
    """A target with how it was made: ``manner`` names what its months do."""

    closed: Closed
    manner: str


def city(targets: int, *, years: int, seed: int) -> Iterator[Simulated]:
    """Yield so many targets, each with figures of so many years, due with the last of them."""
    for place in range(targets):
        yield _target(Random(f"{seed}:{place}"), years)


def _target(dice: Random, years: int) -> Simulated:
    flow = dice.choices([Flow.ADDED, Flow.GROWN, Flow.LEVEL], [5, 2, 3])[0]
    manner = dice.choice(["steady", "seasonal", "year_end", "stormy"])
    if flow is Flow.LEVEL:
        manner = dice.choice(["steady", "seasonal", "stormy"])
        months = _levels(dice, manner, years)
    else:
        months = _amounts(dice, manner, years)
    before, last = months[-24:-12], months[-12:]
    is_limit = flow is Flow.LEVEL and dice.random() < 0.3
    wanted = _wanted(dice, flow, before, last, is_limit=is_limit)
    comparator = Comparator.AT_MOST if is_limit else Comparator.AT_LEAST
    per = Fraction(100 if flow is Flow.LEVEL else 0)
    aim = Aim(Yardstick(comparator, planned=wanted), date(FIRST + years - 1, 12, 31))
    return Simulated(Closed(aim, Ledger(1, flow, tuple(_told(dice, flow, months)), per)), manner)


def _amounts(dice: Random, manner: str, years: int) -> list[float]:
    """Return what happened month by month: a size, a growth of each year, a season, storms."""
    size, noise = 10 ** dice.uniform(2, 4), dice.uniform(0.05, 0.25)
    peak, depth = dice.uniform(0, 12), dice.uniform(0.2, 0.8) if manner == "seasonal" else 0.0
    level, found = size, []
    for month in range(12 * years):
        if month % 12 == 0:
            level *= dice.lognormvariate(0.03, 0.15)
        season = 1 + depth * cos(2 * pi * (month - peak) / 12)
        if manner == "year_end":
            season = 0.6 if month % 12 < 9 else 2.2
        found.append(level * season * dice.lognormvariate(0, noise))
    if manner == "stormy":
        for _ in range(dice.randint(1, 2 * years)):
            struck = dice.randrange(len(found))
            for month in range(struck, min(struck + dice.randint(1, 3), len(found))):
                found[month] *= dice.uniform(0.1, 0.6)
    return found


def _levels(dice: Random, manner: str, years: int) -> list[float]:
    """Return a share in percent month by month: a way that drifts, with a season or a storm."""
    level, drift = dice.uniform(30, 80), dice.uniform(-0.3, 0.6)
    noise, peak = dice.uniform(0.2, 1.5), dice.uniform(0, 12)
    depth = dice.uniform(1, 5) if manner == "seasonal" else 0.0
    storm = dice.randrange(12 * years) if manner == "stormy" else -1
    found = []
    for month in range(12 * years):
        level += drift + dice.gauss(0, 0.5)
        if month == storm:
            level -= dice.uniform(2, 8)
        found.append(level + depth * cos(2 * pi * (month - peak) / 12) + dice.gauss(0, noise))
    return [min(max(one, 0.0), 100.0) for one in found]


def _wanted(
    dice: Random, flow: Flow, before: list[float], last: list[float], *, is_limit: bool
) -> Decimal:
    """Return a plan: the year before with what is wanted; some of the plans are missed for sure."""
    too_much = dice.random() < 0.15
    if flow is not Flow.LEVEL:
        grown = dice.uniform(1.25, 1.6) if too_much else dice.uniform(0.9, 1.15)
        return Decimal(round(sum(before) * grown))
    moved = dice.uniform(5, 12) if too_much else dice.gauss(2, 4)
    return Decimal(f"{before[-1] + (-moved if is_limit else moved):.1f}")


def _told(dice: Random, flow: Flow, months: list[float]) -> Iterator[Saying]:
    """Yield what units told, and when: most within a fortnight, some a month or three late.

    Each month is told by six units; a tenth of the figures is put right a few weeks later.
    """
    so_far = [0.0] * _UNITS
    lazy = dice.uniform(0, 0.25)
    for place, whole in enumerate(months):
        year, month = FIRST + place // 12, place % 12 + 1
        ended = date(year + month // 12, month % 12 + 1, 1)
        number = number_of(date(year, month, 1), 1)
        if flow is Flow.GROWN and month == 1:
            so_far = [0.0] * _UNITS
        for unit in range(_UNITS):
            late = dice.randint(20, 90) if dice.random() < lazy else dice.randint(1, 14)
            on = ended + timedelta(days=late)
            so_far[unit] += whole / _UNITS
            value = so_far[unit] if flow is Flow.GROWN else whole / _UNITS
            told, base = round(value * 100) * 10**4, 0
            if flow is Flow.LEVEL:
                told, base = round(whole * 10) * 10**6, 1000 * 10**6
            if dice.random() < 0.1:
                wrong = told * dice.randint(85, 115) // 100
                right = on + timedelta(days=dice.randint(10, 60))
                yield Saying(number, on, wrong, base)
                yield Saying(number, right, told - wrong, answers=0)
            else:
                yield Saying(number, on, told, base)
