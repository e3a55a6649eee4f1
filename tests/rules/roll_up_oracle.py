"""A second, slower way to every total: plain fractions, walked figure by figure and day by day.

It shares nothing with the rules but the words (figures, edges, roll-ups). Who may hold a part of a
figure is a set of units, with OUTSIDE in it where it may be somebody else; the whole history is
lived through anew for each figure.
"""

from fractions import Fraction

from lotrinh.rules.figures import FIRMNESS
from lotrinh.rules.target_terms import Rollup

OUTSIDE = -1
PAIRED = {Rollup.RATIO_OF_SUMS, Rollup.WEIGHTED}
DIVISIBLE = {*PAIRED, Rollup.SUM}


def shortened(number, places):
    """Cut a fraction towards nought."""
    whole = abs(number) * 10**places
    cut = Fraction(whole.numerator // whole.denominator, 10**places)
    return cut if number >= 0 else -cut


class Oracle:
    """What every unit of a world would have to say on a day."""

    def __init__(self, world, measured, bases, on):
        self.world, self.measured, self.bases, self.on = world, measured, bases, on
        self.parents = world.tree_on(on)
        self.left_out = set()
        self.counting = [one for one in self.chosen() if self.is_countable(one)]
        self.bags = [(one, bag) for one in self.counting for bag in self.bags_of(one)]

    def chosen(self):
        usable = [
            one
            for one in self.world.figures
            if not one.void
            and one.basis in self.bases
            and (one.value, one.numerator, one.denominator) != (None, None, None)
        ]
        rank = [FIRMNESS.index(basis) for basis in self.bases]
        assert rank == sorted(rank)
        kept = [one for one in usable if not any(self.beats(other, one) for other in usable)]
        if self.measured.of_moment:
            kept = [
                one
                for one in kept
                if all(other.until <= one.until for other in kept if other.unit == one.unit)
            ]
        return kept

    def beats(self, other, one):
        if other is one or other.unit != one.unit:
            return False
        if not (other.since <= one.since and one.until <= other.until):
            return False
        longer = (other.until - other.since) > (one.until - one.since)
        return longer or FIRMNESS.index(other.basis) < FIRMNESS.index(one.basis)

    def is_countable(self, one):
        needed = {
            Rollup.RATIO_OF_SUMS: (one.numerator, one.denominator),
            Rollup.WEIGHTED: (one.value, one.weight),
        }.get(self.measured.rollup, (one.value,))
        if None in needed:
            self.left_out.add(one.unit)
        return None not in needed

    def bags_of(self, one):
        """Return [owners, amounts] for every part of a figure at the end of the day asked for."""
        rollup = self.measured.rollup
        if rollup is Rollup.RATIO_OF_SUMS:
            start = [Fraction(one.numerator), Fraction(one.denominator)]
        else:
            start = [Fraction(one.weight if rollup is Rollup.WEIGHTED else one.value)]
        bags = [[frozenset({one.unit}), start]]
        for day in sorted(self.world.changes):
            if day <= self.on:
                bags = self.lived(bags, day, one)
        if rollup is Rollup.WEIGHTED:
            bags = [[owners, [Fraction(one.value) * weight, weight]] for owners, (weight,) in bags]
        return bags

    def lived(self, bags, day, one):
        changes = self.world.changes[day]
        bags = self.together(self.passed_on(bags, changes, day, one, lasting=True))
        while any(owners & self.ended_on(day) for owners, _ in bags):
            bags = self.together(self.passed_on(bags, changes, day, one, lasting=False))
        return [bag for bag in bags if not self.is_repeated(bag[0], day, one)]

    def ended_on(self, day):
        return {unit for unit, ended in self.world.ended.items() if ended == day}

    def passed_on(self, bags, changes, day, one, *, lasting):
        gone = self.ended_on(day)
        may_give = lasting and one.until <= day and self.measured.rollup in DIVISIBLE
        for owners, amounts in bags:
            if len(owners) > 1:
                yield [self.successors(owners, changes, gone, may_give), amounts]
                continue
            (unit,) = owners
            edges = [edge for edge in changes if edge.source == unit]
            if unit not in gone and not (edges and may_give):
                yield [owners, amounts]
            else:
                yield from self.parted(unit, edges, amounts, unit in gone)

    def successors(self, owners, changes, gone, may_give):
        found = set()
        for owner in owners:
            edges = [edge for edge in changes if edge.source == owner]
            if owner in gone:
                found |= {edge.target for edge in edges}
            else:
                found.add(owner)
                if may_give:
                    found |= {edge.target for edge in edges if edge.share is not None}
        return frozenset(found)

    def parted(self, unit, edges, amounts, has_ended):
        if has_ended and len(edges) == 1 and edges[0].whole and edges[0].share in {None, 1}:
            yield [frozenset({edges[0].target}), amounts]
            return
        if self.measured.rollup in DIVISIBLE:
            stated = [edge for edge in edges if edge.share is not None]
        else:
            stated = [edge for edge in edges if edge.share == 1]
        left = list(amounts)
        for edge in stated:
            part = [
                amount
                if edge.share == 1
                else shortened(amount * Fraction(edge.share), self.measured.places)
                for amount in amounts
            ]
            left = [before - given for before, given in zip(left, part, strict=True)]
            yield [frozenset({edge.target}), part]
        if not any(left) and stated:
            return
        if not has_ended:
            yield [frozenset({unit}), left]
            return
        shares = [edge.share for edge in edges]
        is_all_told = sum(share or 0 for share in shares) == 1 or (
            len(edges) > 1 and None in shares
        )
        rest = {edge.target for edge in edges}
        yield [frozenset(rest if is_all_told else rest | {OUTSIDE}), left]

    def together(self, bags):
        found = {}
        for owners, amounts in bags:
            held = found.get(owners, [Fraction(0)] * len(amounts))
            found[owners] = [one + two for one, two in zip(held, amounts, strict=True)]
        return [[owners, amounts] for owners, amounts in found.items()]

    def is_repeated(self, owners, day, one):
        """Say whether figures of all owners tell of this part of another unit's figure too."""
        for owner in owners:
            own = [other for other in self.counting if other.unit == owner]
            if self.measured.of_moment:
                tells = any(other.until > day for other in own)
            else:
                tells = any(
                    other.with_predecessors
                    and other.since <= one.since
                    and one.until <= other.until
                    for other in own
                )
            if owner == one.unit or not tells:
                return False
        return True

    def below(self, unit):
        """Return the unit and all below it, by asking each where it stands."""
        found = set()
        for other in self.parents:
            at = other
            while at is not None:
                if at == unit:
                    found.add(other)
                at = self.parents[at]
        return found

    def lies_in(self, owners, unit):
        known = owners - {OUTSIDE}
        if not known <= self.below(unit):
            return False
        if OUTSIDE not in owners or self.parents[unit] is None:
            return True
        smaller = [one for one in self.below(unit) if one != unit]
        return any(known <= self.below(one) for one in smaller)

    def of(self, unit):
        """Return (value, numerator, denominator, undivided numerator) of a unit."""
        inside = [(one, bag) for one, bag in self.bags if self.lies_in(bag[0], unit)]
        loose = sum((bag[1][0] for _, bag in inside if len(bag[0]) > 1), Fraction(0))
        if not inside:
            return None, None, None, Fraction(0)
        if self.measured.rollup in DIVISIBLE:
            return (*self.added(inside), loose)
        return self.picked(inside, unit), None, None, Fraction(0)

    def added(self, inside):
        numerator = sum((bag[1][0] for _, bag in inside), Fraction(0))
        if self.measured.rollup is Rollup.SUM:
            return numerator, numerator, None
        denominator = sum((bag[1][1] for _, bag in inside), Fraction(0))
        per = self.measured.per if self.measured.rollup is Rollup.RATIO_OF_SUMS else 1
        value = numerator / denominator * per if denominator else None
        return value, numerator, denominator

    def picked(self, inside, unit):
        values = [bag[1][0] for _, bag in inside]
        if self.measured.rollup is Rollup.MAX:
            return max(values)
        if self.measured.rollup is Rollup.MIN:
            return min(values)
        own = [(one, bag) for one, bag in inside if bag[0] == {unit}]
        if not own and self.measured.rollup is Rollup.NONE:
            return None
        asked = own or inside
        newest = max(one.until for one, _ in asked)
        last = [(one, bag[1][0]) for one, bag in asked if one.until == newest]
        own_words = {value for one, value in last if one.unit == unit}
        found = own_words or {value for _, value in last}
        return found.pop() if len(found) == 1 else None

    def known_at(self, unit, names):
        """Return which of the units that once stood are told of at a unit of today."""
        found = set()
        for name in names:
            now = {name}
            for day in sorted(self.world.changes):
                if day > self.on:
                    break
                while now & self.ended_on(day):
                    gone = now & self.ended_on(day)
                    now -= gone
                    now |= {edge.target for edge in self.world.changes[day] if edge.source in gone}
            if now & self.below(unit):
                found.add(name)
        return found
