"""Whatever is approved, corrected, withdrawn and merged in whatever order: totals are what plain
fractions make of the figures that stand, and what the rules count anew.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.reporting import services
from lotrinh.apps.reporting.models import Figure
from lotrinh.apps.units.services.changes import Follows, change_organisation
from lotrinh.rules.succession import ChangeKind
from lotrinh.rules.target_terms import Rollup
from tests.factories import NOW, make_unit
from tests.ledgers import approve, correct, differing, fold, make_measure, make_period, read, told

RULES = tuple(Rollup)
QUOTIENTS = {Rollup.RATIO_OF_SUMS, Rollup.WEIGHTED}
BY_FRACTIONS = {Rollup.SUM, Rollup.MAX, Rollup.MIN} | QUOTIENTS
"""Of the others, which say a value or that there are several, the rules alone are asked."""
HALF = date(2024, 1, 1), date(2024, 7, 1)
SEEDS = [*range(2), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 60))]


class Story:
    """A random tree below the city, and what becomes of it."""

    def __init__(self, cast, seed):
        self.cast = cast
        self.chance = Random(seed)  # noqa: S311 - the same story each time
        self.half = make_period("half_year", *HALF)
        self.units, self.above = [cast.city], {cast.city.pk: None}
        for _ in range(self.chance.randint(2, 7)):
            parent = self.chance.choice(self.units)
            unit = make_unit(parent=parent)
            self.units.append(unit)
            self.above[unit.pk] = parent.pk
        self.heirs = {}
        self.measures = [
            make_measure(owed_to=cast.city, user=cast.chi, rollup=rule) for rule in RULES
        ]
        self.standing = {}

    def numbers(self):
        one, other = self.chance.randint(-500, 900), self.chance.randint(0, 40)
        return f"{one}.{self.chance.randint(0, 99):02}", other

    def told(self, measure):
        plain = measure.rollup not in QUOTIENTS
        return told(measure, *self.numbers()[: 1 if plain else 2])

    def act(self):
        """Approve figures of a unit, correct one, withdraw one, or fold."""
        by = {"entered_by": self.cast.chi, "user": self.cast.thach}
        unit = self.chance.choice(self.units)
        new = [one for one in self.measures if (unit.pk, one.pk) not in self.standing]
        new = self.chance.sample(new, self.chance.randint(0, len(new)))
        if self.chance.random() < 0.3:
            fold()
        elif new:
            act = approve(unit, [self.told(one) for one in new], period=self.half, **by)
            for figure in act.figures.select_related("measure"):
                self.standing[unit.pk, figure.measure_id] = figure
        elif self.standing:
            place = self.chance.choice(sorted(self.standing))
            figure = self.standing[place]
            has_value = figure.value is not None or figure.numerator is not None
            gone = has_value and self.chance.random() < 0.3
            other = None if gone else self.told(figure.measure)
            self.standing[place] = correct(figure, other, **by)

    def merge(self):
        """Let a unit that has nobody below it end within the period, and another follow it."""
        leaves = [unit for unit in self.units[1:] if unit.pk not in self.above.values()]
        source = self.chance.choice(leaves)
        target = self.chance.choice([unit for unit in self.units if unit != source])
        change_organisation(
            kind=ChangeKind.MERGE,
            follows=[Follows(source, target)],
            ending=[source],
            day=date(2024, 4, 1),
            legal_basis="Nghị quyết số 1",
            actor=SYSTEM,
            at=NOW,
        )
        self.heirs[source.pk] = target.pk

    def split(self):
        """Let a unit that has nobody below it end, and two follow it with some of its shares."""
        leaves = [unit for unit in self.units[1:] if unit.pk not in self.above.values()]
        source = self.chance.choice(leaves)
        others = [unit for unit in self.units if unit != source]
        share = Decimal(self.chance.randint(1, 5)) / 10
        follows = [
            Follows(source, unit, answers=not place, whole=False, share=share)
            for place, unit in enumerate(self.chance.sample(others, min(2, len(others))))
        ]
        change_organisation(
            kind=ChangeKind.SPLIT,
            follows=follows,
            ending=[source],
            day=date(2024, 5, 1),
            legal_basis="Nghị quyết số 2",
            actor=SYSTEM,
            at=NOW,
        )

    def way(self, unit_id):
        at = self.heirs.get(unit_id, unit_id)
        while at is not None:
            yield at
            at = self.above[at]

    def oracle(self, unit_id, measure):
        """Return value and answers of a unit, from the rows of the ledger alone."""
        rows = Figure.objects.filter(measure=measure)
        gone = set(rows.values_list("supersedes", flat=True))
        kept = [
            row
            for row in rows
            if row.pk not in gone and (row.value is not None or row.numerator is not None)
            if unit_id in self.way(row.unit_id)
        ]
        if not kept:
            return None, 0
        if measure.rollup in {Rollup.MAX, Rollup.MIN}:
            best = max if measure.rollup == Rollup.MAX else min
            return best(Fraction(row.value) for row in kept), len(kept)
        if measure.rollup == Rollup.SUM:
            return sum(Fraction(row.value) for row in kept), len(kept)
        if measure.rollup == Rollup.WEIGHTED:
            part = sum(Fraction(row.value) * Fraction(row.weight) for row in kept)
            whole = sum(Fraction(row.weight) for row in kept)
        else:
            part = sum(Fraction(row.numerator) for row in kept)
            whole = sum(Fraction(row.denominator) for row in kept)
        return (part / whole if whole else None), len(kept)

    def check(self):
        for unit in self.units:
            if unit.pk in self.heirs:
                continue
            for measure in self.measures:
                if measure.rollup not in BY_FRACTIONS:
                    continue
                total = read(unit, measure, self.half, seen_by=self.cast.chi)
                assert (total.exact, total.answers) == self.oracle(unit.pk, measure)
        assert differing() == ()


@pytest.mark.parametrize("seed", SEEDS)
def test_totals_are_what_fractions_make_of_the_ledger(cast, seed):
    story = Story(cast, seed)
    for _ in range(8):
        story.act()
    fold()
    story.check()

    story.merge()
    services.follow_changes(at=NOW)
    story.check()
    for _ in range(6):
        story.act()
    fold()
    story.check()


@pytest.mark.parametrize("seed", SEEDS)
def test_totals_are_what_the_rules_count_before_and_after_a_split(cast, seed):
    story = Story(cast, 1000 + seed)
    for _ in range(6):
        story.act()
    fold()
    assert differing() == ()

    story.split()
    services.follow_changes(at=NOW)
    assert differing() == ()
    for _ in range(6):
        story.act()
        fold()
        assert differing() == ()
