"""Random worlds: a tree of units that merge, split and give parts away, and what they reported."""

from datetime import date, timedelta
from decimal import Decimal

from lotrinh.rules.figures import Basis, Figure
from lotrinh.rules.lineage import Handover, Lineage
from lotrinh.rules.succession import Edge

FIRST = date(2025, 1, 1)
QUARTERS = [date(2025, 1, 1), date(2025, 4, 1), date(2025, 7, 1), date(2025, 10, 1)]
NEXT = date(2026, 1, 1)
SPANS = [
    (QUARTERS[0], QUARTERS[1]),
    (QUARTERS[1], QUARTERS[2]),
    (QUARTERS[2], QUARTERS[3]),
    (QUARTERS[3], NEXT),
    (QUARTERS[0], QUARTERS[2]),
    (QUARTERS[2], NEXT),
    (QUARTERS[0], NEXT),
]
DAYS = [*QUARTERS[1:], QUARTERS[2] + timedelta(days=40)]


class World:
    """A history of a tree with all figures that were ever told."""

    def __init__(self, chance, huge=Decimal(10) ** 29):
        self.chance, self.huge = chance, huge
        self.parents = {0: None}
        for unit in range(1, chance.randint(3, 9)):
            self.parents[unit] = chance.choice(range(unit))
        self.trees = {FIRST: dict(self.parents)}
        self.begun = dict.fromkeys(self.parents, FIRST)
        self.changes, self.ended = {}, {}
        for day in sorted(chance.sample(DAYS, chance.randint(0, 3))):
            self.changes[day] = []
            for _ in range(chance.randint(1, 2)):
                self.change(day)
            self.trees[day] = dict(self.parents)
        self.figures = [one for unit in self.begun for one in self.told_by(unit)]

    @property
    def lineage(self):
        return Lineage(
            Handover(day, edge, self.ended.get(edge.source) == day)
            for day, edges in self.changes.items()
            for edge in edges
        )

    def tree_on(self, day):
        return self.trees[max(known for known in self.trees if known <= day)]

    def found(self, day):
        unit = len(self.begun)
        self.begun[unit] = day
        standing = [one for one in self.parents if one == 0 or self.chance.random() < 0.5]
        self.parents[unit] = self.chance.choice(standing)
        return unit

    def change(self, day):
        """Let one or two units that have not yet handed over that day do so."""
        done = {edge.source for edge in self.changes[day]}
        free = [one for one in self.parents if one and one not in done]
        if not free:
            return
        sources = self.chance.sample(free, min(len(free), self.chance.randint(1, 2)))
        ends = self.chance.random() < 0.75
        targets = self.targets(sources, day)
        for source in sources:
            self.hand_over(source, targets, day, ends=ends)

    def targets(self, sources, day):
        many = self.chance.randint(1, 3)
        others = [one for one in self.parents if one not in sources and self.begun[one] < day]
        found = []
        for _ in range(many):
            old = [one for one in others if one not in found]
            is_old = bool(old) and self.chance.random() < 0.4
            found.append(self.chance.choice(old) if is_old else self.found(day))
        return found

    def hand_over(self, source, targets, day, *, ends):
        shares = self.shares(len(targets))
        whole = len(targets) == 1 and self.chance.random() < 0.8
        if whole and ends:
            shares = [None]
        self.changes[day] += [
            Edge(source, target, place == 0, whole, share)
            for place, (target, share) in enumerate(zip(targets, shares, strict=True))
        ]
        if not ends:
            return
        self.ended[source] = day
        heir = next((one for one in targets if source not in self.way(one)), self.parents[source])
        self.parents = {
            unit: heir if parent == source else parent
            for unit, parent in self.parents.items()
            if unit != source
        }
        for unit in self.parents:  # nobody stands below himself
            if unit in self.way(self.parents[unit]):
                self.parents[unit] = 0

    def way(self, unit):
        found = []
        while unit is not None and unit not in found:
            found.append(unit)
            unit = self.parents.get(unit)
        return found

    def shares(self, many):
        """Return shares that make the whole, or less, or are in part or wholly unsaid."""
        cuts = sorted(self.chance.randint(1, 99) for _ in range(many))
        shares = [Decimal(high - low) / 100 for low, high in zip([0, *cuts], cuts, strict=False)]
        if self.chance.random() < 0.5:
            shares[-1] = 1 - sum(shares[:-1])
        return [None if share == 0 or self.chance.random() < 0.2 else share for share in shares]

    def told_by(self, unit):
        keys = {
            (*self.chance.choice(SPANS), self.chance.choice(list(Basis)))
            for _ in range(self.chance.randint(0, 3))
        }
        return [self.figure(unit, *key) for key in sorted(keys)]

    def figure(self, unit, since, until, basis):
        denominator = self.number(least=0)
        return Figure(
            unit,
            since,
            until,
            basis,
            self.number(),
            numerator=self.number(),
            denominator=denominator,
            weight=self.number(least=0),
            void=self.chance.random() < 0.1,
            with_predecessors=self.chance.random() < 0.2,
        )

    def number(self, least=-50):
        kind = self.chance.random()
        if kind < 0.1:
            return None
        if kind < 0.2:
            return Decimal(0)
        if kind < 0.25:
            return self.huge + Decimal(self.chance.randint(0, 99)) / 10
        return Decimal(self.chance.randint(least * 10, 3000)) / 10
