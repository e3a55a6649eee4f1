"""Totals equal those of plain fractions in any world, and nothing is lost when units change."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from lotrinh.rules.exact import steps
from lotrinh.rules.figures import Basis, Figure
from lotrinh.rules.lanes import WIDE, climbed, downward, folded, pack, unpack
from lotrinh.rules.ledger import said_of
from lotrinh.rules.lineage import Lineage
from lotrinh.rules.picking import picked
from lotrinh.rules.rolling import located, rolled
from lotrinh.rules.target_terms import Rollup
from lotrinh.rules.totals import ADDED, Measured, NoTotal
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
    parents = asked.told["parents"]
    parts = [part for part in located(asked.world.figures, **asked.told) if part.at in parents]
    rule = asked.measured.rollup
    assert DIVISIBLE == ADDED
    if rule in ADDED:
        check_sums(asked, result, parents, parts)
    elif rule in {Rollup.MAX, Rollup.MIN}:
        best = max if rule is Rollup.MAX else min
        own = {}
        for part in parts:
            number = steps(part.amounts[0], 6)
            own[part.at] = best(number, own.get(part.at, number))
        found = picked(rule, parents, downward(parents), own)
        for unit, total in result.totals.items():
            number = found.get(unit)
            assert total.exact == (None if number is None else Fraction(number.amount, 10**6))


def check_sums(asked, result, parents, parts):
    rows, arriving = {}, {}
    for part in parts:
        numerator, *rest = part.amounts
        numbers = [steps(numerator, 4), *(steps(one, 4) for one in rest or [Decimal(0)])]
        rows[part.at] = rows.get(part.at, 0) + pack(numbers, WIDE)
    for unit in asked.chance.sample(sorted(rows), len(rows)):
        for above, change in climbed(parents, {unit: rows[unit]}).items():
            arriving[above] = arriving.get(above, 0) + change
    totals = folded(parents, downward(parents), rows)
    assert totals == {unit: arriving.get(unit, 0) for unit in parents}
    for unit, row in totals.items():
        numerator, denominator = unpack(row, 2, WIDE)
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


def check_picked(seed):
    """Pick in one pass what the rules say where every unit tells once and none has handed over."""
    chance = Random(seed)  # noqa: S311 - chance of a test
    names = chance.sample(range(1000), chance.randint(1, 25))
    parents = {
        name: None if not place else names[chance.randrange(place)]
        for place, name in enumerate(names)
    }
    values = {name: chance.randint(-3, 3) * 500_000 for name in names if chance.random() < 0.5}
    figures = [
        Figure(name, FIRST, NEXT, Basis.VERIFIED, value=Decimal(value).scaleb(-6))
        for name, value in values.items()
    ]
    for rule in set(Rollup) - ADDED:
        found = picked(rule, parents, downward(parents), values)
        totals = rolled(
            figures, measured=Measured(rule), parents=parents, lineage=Lineage(), on=FIRST
        ).totals
        said = {unit: said_of(one.exact, one.unsaid) for unit, one in totals.items()}
        nobody = said_of(None, NoTotal.NOBODY_ANSWERED)
        assert said == {unit: found.get(unit, nobody) for unit in parents}


def test_what_is_picked_in_one_pass_is_what_the_rules_pick():
    for seed in range(400):
        check_picked(seed)


@pytest.mark.slow
def test_what_is_picked_in_one_pass_is_what_the_rules_pick_in_ten_thousand_trees():
    for seed in range(1000, 11_000):
        check_picked(seed)
