"""Totals equal those of plain fractions in any world, and nothing is lost when units change."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from lotrinh.rules.exact import steps
from lotrinh.rules.figures import Basis
from lotrinh.rules.packed import ROOT, fold, fold_one, order_of, packed, risen, unpacked
from lotrinh.rules.rolling import located, rolled
from lotrinh.rules.target_terms import Rollup
from lotrinh.rules.totals import ADDED, Measured
from tests.rules.roll_up_oracle import DIVISIBLE, Oracle
from tests.rules.roll_up_worlds import DAYS, FIRST, NEXT, World

SERIES = [
    (Basis.VERIFIED,),
    (Basis.VERIFIED, Basis.SELF_REPORTED),
    (Basis.VERIFIED, Basis.SELF_REPORTED, Basis.ESTIMATED),
    (Basis.PLANNED,),
]


class Asked:
    """A random question about a random world, and both answers."""

    def __init__(self, seed, **more):
        self.chance = chance = Random(seed)  # noqa: S311 - chance of a test
        self.world = World(chance, **more)
        self.measured = Measured(
            chance.choice(list(Rollup)),
            places=chance.choice((1, 2)),
            per=chance.choice((1, 100)),
            of_moment=chance.random() < 0.3,
        )
        self.on = chance.choice([FIRST, *DAYS, DAYS[0] - timedelta(days=1), NEXT])
        self.bases = chance.choice(SERIES)
        self.owed = {unit for unit in self.world.begun if chance.random() < 0.6}

    @property
    def told(self):
        return {
            "measured": self.measured,
            "parents": self.world.tree_on(self.on),
            "lineage": self.world.lineage,
            "on": self.on,
            "bases": self.bases,
        }

    def rolled(self):
        return rolled(self.world.figures, owed=self.owed, **self.told)


def differences(seed):
    """Return where rule and oracle disagree, and which kinds of totals were compared."""
    asked = Asked(seed)
    oracle = Oracle(asked.world, asked.measured, asked.bases, asked.on)
    result = asked.rolled()
    names = set(asked.world.begun)
    wrong, seen = [], Counter()
    for unit, total in result.totals.items():
        expected = oracle.of(unit)
        numerator, denominator = (
            None if one is None else Fraction(one) for one in (total.numerator, total.denominator)
        )
        given = (total.exact, numerator, denominator, Fraction(total.undivided[0]))
        known = oracle.known_at(unit, names)
        counted = {one.unit for one in oracle.counting}
        if given != expected or not counted & known <= total.answered:
            wrong.append((seed, unit, given, expected))
        if total.owed != known & asked.owed or (total.exact is None) != (total.unsaid is not None):
            wrong.append((seed, unit, total))
        if total.missing & (total.answered | {name for name, _ in total.left_out}):
            wrong.append((seed, unit, total.missing))
        seen[asked.measured.rollup] += total.exact is not None
        seen["undivided"] += bool(total.undivided[0])
    return wrong, seen


@pytest.mark.parametrize("batch", range(3))
def test_totals_are_those_of_plain_fractions_in_three_hundred_worlds(batch):
    for seed in range(batch * 100, batch * 100 + 100):
        assert differences(seed)[0] == []


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(20))
def test_totals_are_those_of_plain_fractions_in_ten_thousand_worlds(batch):
    seen = Counter()
    for seed in range(1000 + batch * 600, 1000 + batch * 600 + 600):
        wrong, kinds = differences(seed)
        assert wrong == []
        seen += kinds

    assert min(seen[rollup] for rollup in Rollup) > 50
    assert seen["undivided"] > 50


def whole(world, measured, bases, on):
    """Return everything that is anywhere on a day."""
    parts = located(
        world.figures,
        measured=measured,
        parents=world.tree_on(on),
        lineage=world.lineage,
        on=on,
        bases=bases,
    )
    return [sum(Fraction(part.amounts[at]) for part in parts) for at in range(2 if parts else 0)]


def check_that_nothing_is_lost(seed):
    chance = Random(seed)  # noqa: S311 - chance of a test
    world = World(chance)
    world.figures = [replace(one, with_predecessors=False) for one in world.figures]
    measured = Measured(chance.choice([Rollup.RATIO_OF_SUMS, Rollup.WEIGHTED]), places=1)
    bases = chance.choice(SERIES)
    before = whole(world, measured, bases, FIRST)
    for day in world.changes:
        assert whole(world, measured, bases, day) == before


@pytest.mark.parametrize("seed", range(40))
def test_the_whole_is_the_same_before_and_after_every_change(seed):
    check_that_nothing_is_lost(seed)


@pytest.mark.slow
def test_the_whole_is_the_same_in_two_thousand_worlds():
    for seed in range(5000, 7000):
        check_that_nothing_is_lost(seed)


def test_figures_may_come_in_any_order():
    for seed in range(30):
        asked = Asked(seed)
        expected = asked.rolled()
        asked.chance.shuffle(asked.world.figures)
        assert asked.rolled() == expected


def check_packed(seed):
    """Fold a world packed, twice: at once, and figure by figure in any order."""
    asked = Asked(seed, huge=Decimal(10) ** 12)
    result = asked.rolled()
    units = list(result.totals)
    at = {unit: place for place, unit in enumerate(units)}
    tree = asked.told["parents"]
    parents = [ROOT if tree[unit] is None else at[tree[unit]] for unit in units]
    order = order_of(parents)
    parts = [part for part in located(asked.world.figures, **asked.told) if part.at in at]
    assert DIVISIBLE == ADDED
    if asked.measured.rollup in ADDED:
        check_sums(asked, result, parents, order, at, parts)
    elif asked.measured.rollup in {Rollup.MAX, Rollup.MIN}:
        best = max if asked.measured.rollup is Rollup.MAX else min
        own = [None] * len(units)
        for part in parts:
            number = steps(part.amounts[0], 4)
            held = own[at[part.at]]
            own[at[part.at]] = number if held is None else best(held, number)
        for unit, number in zip(units, fold_one(parents, order, own, best), strict=True):
            assert result[unit].exact == (None if number is None else Fraction(number, 10**4))


def check_sums(asked, result, parents, order, at, parts):
    row = [0] * len(at)
    arriving = [0] * len(at)
    for part in parts:
        numerator, *rest = part.amounts
        lanes = packed([steps(numerator, 4), *(steps(one, 4) for one in rest or [Decimal(0)])])
        row[at[part.at]] += lanes
    for place in asked.chance.sample(range(len(at)), len(at)):
        for above, change in risen(parents, {place: row[place]}).items():
            arriving[above] += change
    totals = fold(parents, order, row)
    assert arriving == totals
    for unit, place in at.items():
        numerator, denominator = unpacked(totals[place], 2)
        assert Fraction(numerator, 10**4) == (result[unit].numerator or 0)
        assert Fraction(denominator, 10**4) == (result[unit].denominator or 0)


@pytest.mark.parametrize("batch", range(2))
def test_packed_rows_make_the_same_totals(batch):
    for seed in range(20_000 + batch * 50, 20_000 + batch * 50 + 50):
        check_packed(seed)


@pytest.mark.slow
def test_packed_rows_make_the_same_totals_in_three_thousand_worlds():
    for seed in range(30_000, 33_000):
        check_packed(seed)
