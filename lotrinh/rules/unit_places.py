"""Where the units of a sheet stand, tree by tree, while its rows are placed one after the other.

A row is placed after those of its superior on the same days, so that superiors may come later in
the sheet. Each stands at the end of a path of codes from the root.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from lotrinh.rules.sheet_cells import Spell, overlap
from lotrinh.rules.sheets import Fault, Flaw
from lotrinh.rules.unit_sheet import UnitRow

New = tuple[UnitRow, tuple[str, ...]]
"""A row that can stand, and the codes from the root down to its unit."""


class Stand(NamedTuple):
    """That a unit stands for some days at the end of ``path``, codes from the root down to it."""

    days: Spell
    path: tuple[str, ...]


class Places:
    """Where units stand, tree by tree, while rows are placed one after the other."""

    def __init__(self, known: Iterable[UnitRow], refused: Iterable[UnitRow]) -> None:
        self._stands: dict[tuple[str, str], list[Stand]] = defaultdict(list)
        self._roots: dict[str, list[Spell]] = defaultdict(list)
        self._refused = {(row.tree, row.code) for row in refused}
        waiting = [row for row in known if row.tree]
        for row in self._in_order(waiting):
            above = self._cover(row)
            path = above[0].path if above else ()
            self._put(row, (*path, row.code))

    def place(self, rows: list[UnitRow]) -> tuple[list[New], dict[int, Fault]]:
        """Return the rows that can stand with their paths, and what is wrong with the others."""
        new: list[New] = []
        wrong: dict[int, Fault] = {}
        met: set[int] = set()
        for row in self._in_order(rows):
            met.add(row.line)
            fault, path = self._try(row)
            if fault is not None:
                wrong[row.line] = fault
                self._refused.add((row.tree, row.code))
                continue
            if row.tree:
                self._put(row, path)
            new.append((row, path))
        for row in rows:
            if row.line not in met:
                wrong[row.line] = Fault(Flaw.BELOW_ITSELF, "parent", {"given": row.parent})
        return new, wrong

    def _in_order(self, rows: Sequence[UnitRow]) -> Iterator[UnitRow]:
        """Give rows after those of their superiors on the same days; those in a circle never."""
        by_unit: dict[tuple[str, str], list[int]] = defaultdict(list)
        for place, row in enumerate(rows):
            by_unit[row.tree, row.code].append(place)
        below: dict[int, list[int]] = defaultdict(list)
        above = [0] * len(rows)
        for place, row in enumerate(rows):
            for other in by_unit.get((row.tree, row.parent), ()) if row.parent else ():
                if overlap(row.days, rows[other].days):
                    below[other].append(place)
                    above[place] += 1
        ready = [place for place in range(len(rows) - 1, -1, -1) if not above[place]]
        while ready:
            place = ready.pop()
            yield rows[place]
            for waiting in reversed(below[place]):
                above[waiting] -= 1
                if not above[waiting]:
                    ready.append(waiting)

    def _try(self, row: UnitRow) -> tuple[Fault | None, tuple[str, ...]]:
        if not row.tree:
            return None, ()
        if any(overlap(held.days, row.days) for held in self._stands[row.tree, row.code]):
            return Fault(Flaw.OVERLAPS, "since"), ()
        if not row.parent:
            taken = [held.text for held in self._roots[row.tree] if overlap(held, row.days)]
            if any(code != row.code for code in taken):
                return Fault(Flaw.SECOND_ROOT, "parent", {"unit": taken[0]}), ()
            return None, (row.code,)
        above = self._cover(row)
        if not above:
            return Fault(self._absence(row), "parent", {"given": row.parent}), ()
        if row.code in above[0].path:
            return Fault(Flaw.BELOW_ITSELF, "parent", {"given": row.parent}), ()
        moved = [stand for stand in above if stand.path != above[0].path]
        if moved:
            day = moved[0].days.since
            return Fault(Flaw.PARENT_MOVES, "parent", {"day": day.isoformat() if day else ""}), ()
        return None, (*above[0].path, row.code)

    def _absence(self, row: UnitRow) -> Flaw:
        if (row.tree, row.parent) in self._refused:
            return Flaw.PARENT_REFUSED
        known = (row.tree, row.parent) in self._stands
        return Flaw.PARENT_ABSENT if known else Flaw.UNKNOWN_UNIT

    def _cover(self, row: UnitRow) -> list[Stand]:
        """Return where the superior stands on all days of the row; nothing if it misses one."""
        found = []
        reached = row.since
        for stand in sorted(
            self._stands.get((row.tree, row.parent), ()), key=lambda one: one.days.since or date.min
        ):
            if not overlap(stand.days, row.days):
                continue
            if reached is None or stand.days.since is None or stand.days.since > reached:
                return []
            found.append(stand)
            reached = stand.days.until
            if reached is None or (row.until is not None and reached >= row.until):
                return found
        return []

    def _put(self, row: UnitRow, path: tuple[str, ...]) -> None:
        self._stands[row.tree, row.code].append(Stand(row.days, path))
        if not row.parent:
            self._roots[row.tree].append(row.days)
