"""Rolling figures up the tree of units by the rule that their measure declares.

A total is a pure function of figures, of the tree as it stands on a day and of who follows whom: it
is never typed. Missing is not zero: a unit that is missing lowers no total and no share, it is
named beside them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lotrinh.rules.counting import Counting, Telling, counting
from lotrinh.rules.exact import times
from lotrinh.rules.figures import DONE, Basis, Figure
from lotrinh.rules.lineage import Amounts, Lineage
from lotrinh.rules.target_terms import Rollup
from lotrinh.rules.totals import ADDED, Measured, Names, Part, Total, total_of


@dataclass(frozen=True, slots=True)
class Rolled:
    """The totals of all units of a tree, and of what no unit of the tree holds."""

    totals: Mapping[int, Total]
    nowhere: Total

    def __getitem__(self, unit: int) -> Total:
        """Return the total of a unit; KeyError where it does not stand in the tree."""
        return self.totals[unit]


_NIL = (Decimal(0),)


class _Tree:
    """The units that stand, each with the way from itself up to the root."""

    def __init__(self, parents: Mapping[int, int | None]) -> None:
        self.parents = parents
        self._ways: dict[int, tuple[int, ...]] = {}

    def way(self, unit: int) -> tuple[int, ...]:
        """Return the unit and all above it; nothing where it does not stand."""
        if unit not in self._ways:
            found: list[int] = []
            at: int | None = unit if unit in self.parents else None
            while at is not None:
                if at in found:
                    raise ValueError(f"unit {unit} stands below itself")
                found.append(at)
                at = self.parents.get(at)
            self._ways[unit] = tuple(found)
        return self._ways[unit]

    def up_from(self, unit: int | None) -> tuple[int | None, ...]:
        """Return the unit and all above it; None alone where it does not stand."""
        return (self.way(unit) if unit is not None else ()) or (None,)

    def common(self, units: Collection[int], *, beyond: bool) -> int | None:
        """Return the lowest unit with all of them below it or at it; one above it if beyond."""
        ways = [self.way(unit) for unit in units]
        shared = set(ways[0]).intersection(*ways[1:])
        lowest = [unit for unit in ways[0] if unit in shared]
        return next(iter((beyond and lowest[1:]) or lowest), None)


def rolled(
    figures: Iterable[Figure],
    *,
    measured: Measured,
    parents: Mapping[int, int | None],
    lineage: Lineage,
    on: date,
    bases: Sequence[Basis] = DONE,
    owed: Collection[int] = (),
) -> Rolled:
    """Return the totals of one measure for all units of the tree as it stands on a day.

    ``bases`` are those that may count, the preferred first; plans are added up by themselves.
    ``owed`` are the units that owe a figure of the time in question. Raises ValueError where plans
    are mixed with anything else, and where a unit has two figures of one basis for the same days.
    """
    counted = counting(figures, measured, bases)
    tree = _Tree(parents)
    parts = _located(counted, measured, tree, lineage, on)
    silent = (set(owed) - counted.answered) & lineage.ended_by(on)
    told = {unit for unit in silent if _is_told(unit, lineage, counted.telling, on)}
    names = Names(counted.answered | told, frozenset(owed), counted.left_out)
    return _gathered(parts, measured, tree, lineage, on, names)


def located(
    figures: Iterable[Figure],
    *,
    measured: Measured,
    parents: Mapping[int, int | None],
    lineage: Lineage,
    on: date,
    bases: Sequence[Basis] = DONE,
) -> list[Part]:
    """Return every part of the figures with the unit at which it lies that day.

    Their sum along the tree is what ``rolled`` says; so a worker may fold them packed.
    """
    counted = counting(figures, measured, bases)
    return _located(counted, measured, _Tree(parents), lineage, on)


def _located(
    counted: Counting, measured: Measured, tree: _Tree, lineage: Lineage, on: date
) -> list[Part]:
    return [
        part
        for figure, amounts in counted.figures
        for part in _parts(figure, amounts, measured, tree, lineage, counted.telling, on)
    ]


def _is_told(unit: int, lineage: Lineage, telling: Telling, on: date) -> bool:
    told_by = telling.of_silent()
    return bool(told_by) and not lineage.carried(
        unit, _NIL, places=0, on=on, told_until=date.max, divisible=False, told_by=told_by
    )


def _parts(
    figure: Figure,
    amounts: Amounts,
    measured: Measured,
    tree: _Tree,
    lineage: Lineage,
    telling: Telling,
    on: date,
) -> Iterator[Part]:
    carried = lineage.carried(
        figure.unit,
        amounts,
        places=measured.places,
        on=on,
        told_until=figure.until,
        divisible=measured.rollup in ADDED,
        told_by=telling.of(figure),
    )
    for portion in carried:
        at = tree.common(portion.holders, beyond=portion.beyond)
        amounts = portion.amounts
        if measured.rollup is Rollup.WEIGHTED and figure.value is not None:
            amounts = times(figure.value, amounts[0]), amounts[0]
        yield Part(figure, amounts, at, own=not portion.is_undivided)


def _gathered(
    found: Iterable[Part],
    measured: Measured,
    tree: _Tree,
    lineage: Lineage,
    on: date,
    names: Names,
) -> Rolled:
    """Hang every part, and every name, on its unit and on all above it, and say each total."""
    parts: dict[int | None, list[Part]] = defaultdict(list)
    for one in found:
        for above in tree.up_from(one.at):
            parts[above].append(one)
    known: dict[int | None, set[int]] = defaultdict(set)
    for unit in names.answered | names.owed | {unit for unit, _ in names.left_out}:
        for follower in lineage.followers(unit, on):
            for above in tree.up_from(follower):
                known[above].add(unit)

    def total(unit: int | None) -> Total:
        return total_of(unit, parts[unit], measured, names.among(known[unit]))

    return Rolled({unit: total(unit) for unit in tree.parents}, nowhere=total(None))
