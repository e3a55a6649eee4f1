"""What one figure of the ledger adds to which totals: whole numbers that a fold can add and take.

Every figure becomes an amount and a base, counted in millionths: a value; a numerator and its
denominator; of a weighted rate the product with its weight (in millionths of millionths) and the
weight. What is added once and taken away later leaves nothing behind, in whatever order it comes.
A figure lies where its unit stands on the last day of the period; where the unit has ended, with
those that follow it, and what cannot be given to one of them with the lowest unit above them all
(``rules.lineage``). Highest and lowest values, states and what does not add up are no sums: of them
a fold counts the answers alone.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from lotrinh.rules.exact import of_steps, steps, times
from lotrinh.rules.lineage import Lineage
from lotrinh.rules.target_terms import Rollup
from lotrinh.rules.totals import ADDED, NoTotal

PLACES = 6
"""Decimals of every stored figure."""

LIMIT = 10**30
"""No amount and no base reaches this: a hundred million of them fit into one lane."""


_REASONS = tuple(NoTotal)


class Counted(NamedTuple):
    """What a figure counts for: an amount and a base, in millionths."""

    amount: int
    base: int


class Laid(NamedTuple):
    """That an amount and a base lie at a unit of the tree."""

    unit: int
    counted: Counted


class WrongFigureForm(ValueError):
    """A figure has not the form that its measure needs to be added up."""


class FigureTooLarge(ValueError):
    """A figure has more digits than totals have room for."""


def counted(
    rollup: Rollup,
    *,
    value: Decimal | None,
    numerator: Decimal | None,
    denominator: Decimal | None,
    weight: Decimal | None,
) -> Counted:
    """Return what a figure counts for by the rule of its measure.

    Raises WrongFigureForm where it lacks what the rule needs or has more, FigureTooLarge.

    >>> counted(Rollup.SUM, value=Decimal("45.37"), numerator=None, denominator=None, weight=None)
    Counted(amount=45370000, base=0)
    """
    found: Counted | None = None
    if rollup is Rollup.RATIO_OF_SUMS:
        if numerator is not None and denominator is not None and value is None:
            found = Counted(steps(numerator, PLACES), steps(denominator, PLACES))
    elif value is not None and numerator is None and denominator is None:
        if rollup is Rollup.WEIGHTED:
            if weight is not None:
                amount = steps(times(value, weight), 2 * PLACES)
                found = Counted(amount, steps(weight, PLACES))
        elif weight is None:
            found = Counted(steps(value, PLACES), 0)
    if found is None:
        raise WrongFigureForm(rollup)
    if max(abs(found.amount), abs(found.base)) >= LIMIT:
        raise FigureTooLarge(rollup)
    return found


@dataclass(frozen=True)
class Ground:
    """Where figures of a period lie: the tree on its last day, and who follows whom.

    ``parents`` gives for each unit that stands the one above it, None for a root; ``told_until`` is
    the end of the period.
    """

    parents: Mapping[int, int | None]
    lineage: Lineage
    moved: frozenset[int]
    on: date
    told_until: date

    def is_plain(self, unit: int) -> bool:
        """Say whether all that the unit tells lies with it alone."""
        return unit in self.parents and unit not in self.moved

    def lay(self, rollup: Rollup, unit: int, what: Counted, places: int) -> Iterator[Laid]:
        """Yield where what a unit told lies; what no unit of the tree holds is left out.

        Parts are cut at so many decimals, of a weighted rate its weights.
        """
        if self.is_plain(unit):
            yield Laid(unit, what)
            return
        rate = None
        amounts = [what.amount, what.base]
        if rollup is Rollup.SUM:
            amounts = [what.amount]
        elif rollup is Rollup.WEIGHTED:
            rate, amounts = (what.amount // what.base if what.base else 0), [what.base]
        for portion in self.lineage.carried(
            unit,
            tuple(of_steps(amount, PLACES) for amount in amounts),
            places=places,
            on=self.on,
            told_until=self.told_until,
            divisible=rollup in ADDED,
        ):
            at = self.lowest_above(portion.holders, beyond=portion.beyond)
            if at is None:
                continue
            part = [steps(amount, PLACES) for amount in portion.amounts]
            if rate is not None:
                yield Laid(at, Counted(rate * part[0], part[0]))
            else:
                yield Laid(at, Counted(part[0], part[1] if len(part) > 1 else 0))

    def answers(self, unit: int) -> dict[int, int]:
        """Return what the answer of a unit adds where, so that it counts once at each unit above.

        A unit that was split answers at each that follows it, and once above them all.

        >>> from lotrinh.rules.lineage import Handover
        >>> from lotrinh.rules.succession import Edge
        >>> split = [Handover(date(2024, 7, 1), Edge(4, unit, unit == 2)) for unit in (2, 3)]
        >>> days = date(2024, 12, 31), date(2025, 1, 1)
        >>> Ground({1: None, 2: 1, 3: 1}, Lineage(split), frozenset({4}), *days).answers(4)
        {2: 1, 3: 1, 1: -1}
        """
        if self.is_plain(unit):
            return {unit: 1}
        added: dict[int, int] = {}
        passed: set[int] = set()
        for follower in sorted(self.lineage.followers(unit, self.on)):
            way = self.way(follower)
            if not way:
                continue
            added[follower] = added.get(follower, 0) + 1
            met = next((above for above in way if above in passed), None)
            if met is not None:
                added[met] = added.get(met, 0) - 1
            passed.update(way)
        return added

    def way(self, unit: int) -> list[int]:
        """Return the unit and all above it; nothing where it does not stand."""
        found: list[int] = []
        at: int | None = unit
        while at is not None and at in self.parents:
            found.append(at)
            at = self.parents[at]
        return found

    def lowest_above(self, units: Collection[int], *, beyond: bool) -> int | None:
        """Return the lowest unit that has all of them below it or is each; one above it if beyond.

        None where there is none, or one of them does not stand.
        """
        ways = [self.way(unit) for unit in units]
        shared = set(ways[0]).intersection(*ways[1:])
        lowest = [unit for unit in ways[0] if unit in shared]
        return next(iter((beyond and lowest[1:]) or lowest), None)


def said_of(exact: Fraction | None, unsaid: NoTotal | None) -> Counted:
    """Return how a picked value is kept: in millionths, or 0 with the number of why it is unsaid.

    >>> said_of(Fraction(9, 2), None), said_of(None, NoTotal.SEVERAL)
    (Counted(amount=4500000, base=0), Counted(amount=0, base=4))
    """
    if exact is not None:
        return Counted(int(exact * 10**PLACES), 0)
    return Counted(0, 0 if unsaid is None else _REASONS.index(unsaid) + 1)


def read_said(what: Counted) -> tuple[Fraction | None, NoTotal | None]:
    """Return what ``said_of`` has kept."""
    if what.base:
        return None, _REASONS[what.base - 1]
    return Fraction(what.amount, 10**PLACES), None


def read_sum(
    rollup: Rollup, what: Counted
) -> tuple[Decimal, Decimal | None, Fraction | None, NoTotal | None]:
    """Return numerator, denominator and value of a sum, and why there is no value.

    >>> read_sum(Rollup.RATIO_OF_SUMS, Counted(18_000_000, 24_000_000))[1:3]
    (Decimal('24.000000'), Fraction(3, 4))
    """
    if rollup is Rollup.SUM:
        total = of_steps(what.amount, PLACES)
        return total, None, Fraction(total), None
    places = 2 * PLACES if rollup is Rollup.WEIGHTED else PLACES
    numerator, denominator = of_steps(what.amount, places), of_steps(what.base, PLACES)
    if not what.base:
        return numerator, denominator, None, NoTotal.NOTHING_TO_DIVIDE_BY
    return numerator, denominator, Fraction(numerator) / Fraction(denominator), None
