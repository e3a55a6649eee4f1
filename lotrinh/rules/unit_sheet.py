"""The sheet of units: one row for each stretch of days on which a unit stood in one place under
one name.

The sheet of an organisation is the organisation: what is there is said in the same rows as what is
given, so that the two can be held against each other without a table being asked. Rows may come in
any order. A row is refused alone; only the other rows of a unit that is new wait with it, and the
units that stand below.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from lotrinh.rules.names import name_key, search_key
from lotrinh.rules.sheets import (
    Fault,
    Flaw,
    Judged,
    Reading,
    Spell,
    Verdict,
    code_of,
    overlap,
)
from lotrinh.rules.sorting import sort_key

NEEDED = ("code", "kind", "name_vi")
COLUMNS = (
    "code",
    "kind",
    "name_vi",
    "name_en",
    "tree",
    "parent",
    "since",
    "until",
    "legal_basis",
    "aliases",
    "abbreviations",
)
"""The columns of an export; those of the public numberings follow."""

_COMPARED = ("kind", "name_vi", "name_en", "parent", "until", "legal_basis")
_MAY_BE_LEFT_OUT = frozenset({"name_en", "legal_basis"})


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit in one place of one tree for ``[since, until)``; without ``tree`` it stands nowhere.

    ``parent`` is the code of its superior, empty at the root. The lists belong to the unit and
    may stand in any of its rows; ``codes`` are pairs of a public numbering and a code in it.
    """

    line: int
    code: str
    kind: str
    name_vi: str
    name_en: str
    tree: str = ""
    parent: str = ""
    since: date | None = None
    until: date | None = None
    legal_basis: str = ""
    aliases: tuple[Spell, ...] = ()
    abbreviations: tuple[Spell, ...] = ()
    codes: tuple[tuple[str, Spell], ...] = ()

    @property
    def days(self) -> Spell:
        """The days of the row."""
        return Spell(self.code, self.since, self.until)

    @property
    def place(self) -> tuple[str, date | None]:
        """What tells the rows of one unit apart."""
        return self.tree, self.since


class Stand(NamedTuple):
    """That a unit stands for some days at the end of ``path``, codes from the root down to it."""

    days: Spell
    path: tuple[str, ...]


@dataclass(slots=True)
class Plan:
    """What becomes of every row, and where each new one will stand, parents before children."""

    verdicts: list[Judged]
    new: list[tuple[UnitRow, tuple[str, ...]]] = field(default_factory=list)


def read_row(line: int, cells: Mapping[str, str], *, tree: str) -> tuple[UnitRow, list[Fault]]:
    """Return a row of the sheet and what is wrong with its cells.

    A row with a day and no tree means ``tree``; without an English name the unit bears the
    Vietnamese one.
    """
    reading = Reading(cells)
    name_vi = reading.text("name_vi", most=200, needed=True)
    named = reading.text("tree", most=40)
    typed_kind = reading.text("kind", most=40, needed=True)
    kind = code_of("kinds", typed_kind) or typed_kind
    if kind and not kind.replace("_", "").replace("-", "").isalnum():
        reading.wrong(Flaw.UNKNOWN_WORD, "kind", given=typed_kind)
    since, until = reading.interval(needed=bool(named or cells.get("parent", "").strip()))
    row = UnitRow(
        line=line,
        code=reading.code("code", needed=True),
        kind=kind,
        name_vi=name_vi,
        name_en=reading.text("name_en", most=200) or name_vi,
        tree=named or (tree if since else ""),
        parent=reading.code("parent"),
        since=since,
        until=until,
        legal_basis=reading.text("legal_basis", most=300),
        aliases=reading.spells("aliases", most=200),
        abbreviations=reading.spells("abbreviations", most=200),
        codes=tuple(
            (column.removeprefix("codes:"), spell)
            for column in sorted(cells)
            if column.startswith("codes:")
            for spell in reading.spells(column, most=80)
        ),
    )
    for name in (name_vi, row.name_en, *(spell.text for spell in row.aliases + row.abbreviations)):
        if len(sort_key(name)) > 1000 or max(len(name_key(name)), len(search_key(name))) > 250:
            reading.wrong(Flaw.TOO_LONG, "name_vi", most=200)
            break
    return row, reading.faults


def judge(
    given: Sequence[tuple[UnitRow, Sequence[Fault]]],
    *,
    known: Iterable[UnitRow],
    trees: frozenset[str],
) -> Plan:
    """Return what becomes of the rows, where ``known`` are the rows of the organisation as it is.

    ``trees`` are the codes of the trees in which units may stand.
    """
    there = _There(known)
    faults: dict[int, list[Fault]] = {row.line: list(wrong) for row, wrong in given}
    sound = [row for row, wrong in given if not wrong]
    for row in sound:
        if row.tree and row.tree not in trees:
            faults[row.line].append(Fault(Flaw.UNKNOWN_TREE, "tree", {"given": row.tree}))
    unchanged = {row.line for row in sound if there.holds(row)}
    for row in sound:
        if row.line not in unchanged:
            faults[row.line] += there.differences(row)
    fresh = [row for row in sound if row.line not in unchanged]
    _check_together([row for row in fresh if row.code not in there.units], faults)
    _check_codes(fresh, there, faults)
    new = _placed(fresh, there, faults, [row for row, _ in given])
    return Plan([_judged(row, faults[row.line], unchanged) for row, _ in given], new)


def _judged(row: UnitRow, faults: list[Fault], unchanged: set[int]) -> Judged:
    if faults:
        return Judged(row.line, row.code, Verdict.REFUSED, tuple(faults))
    return Judged(row.line, row.code, Verdict.UNCHANGED if row.line in unchanged else Verdict.NEW)


class _There:
    """The organisation as it is."""

    def __init__(self, known: Iterable[UnitRow]) -> None:
        self.units: dict[str, list[UnitRow]] = defaultdict(list)
        self._at: dict[tuple[str, str, date | None], UnitRow] = {}
        for row in known:
            self.units[row.code].append(row)
            self._at[row.code, *row.place] = row
        for rows in self.units.values():
            rows.sort(key=lambda row: row.since or date.min)

    def rows(self) -> Iterator[UnitRow]:
        """Give every row."""
        for rows in self.units.values():
            yield from rows

    def holds(self, row: UnitRow) -> bool:
        """Say whether all that a row states is there."""
        there = (row.code, *row.place) in self._at or (row.code in self.units and not row.tree)
        return there and not self.differences(row)

    def differences(self, row: UnitRow) -> list[Fault]:
        """Return what of the unit is there otherwise; nothing for a unit that is new.

        What a row leaves out is not compared.
        """
        if row.code not in self.units:
            return []
        same = self._at.get((row.code, *row.place))
        held = same or self._nearest(row)
        compared = _COMPARED if same else ("kind", "name_vi", "name_en")
        found = [
            Fault(Flaw.DIFFERS, name, {"there": _said(getattr(held, name))})
            for name in compared
            if getattr(held, name) != getattr(row, name) and not _left_out(row, name)
        ]
        if not same and not found and row.tree:
            found += self._renamed_within(row)
        return found + self._lists(row)

    def _nearest(self, row: UnitRow) -> UnitRow:
        """Return the row that tells under which name the unit was known when the row begins."""
        rows = self.units[row.code]
        begun = [held for held in rows if row.since and held.since and held.since <= row.since]
        return begun[-1] if begun else rows[0]

    def _renamed_within(self, row: UnitRow) -> list[Fault]:
        for held in self.units[row.code]:
            if held.since and row.since and row.since < held.since < (row.until or date.max):
                for name in ("name_vi", "name_en"):
                    if getattr(held, name) != getattr(row, name):
                        return [Fault(Flaw.DIFFERS, name, {"there": _said(getattr(held, name))})]
        return []

    def _lists(self, row: UnitRow) -> list[Fault]:
        rows = self.units[row.code]
        found = []
        for name in ("aliases", "abbreviations"):
            there = {spell for held in rows for spell in getattr(held, name)}
            if not set(getattr(row, name)) <= there:
                found.append(Fault(Flaw.DIFFERS, name, {"there": _listed(there)}))
        numbered = {pair for held in rows for pair in held.codes}
        for system, spell in row.codes:
            if (system, spell) not in numbered:
                there = {held for name, held in numbered if name == system}
                found.append(Fault(Flaw.DIFFERS, f"codes:{system}", {"there": _listed(there)}))
        return found


def _left_out(row: UnitRow, name: str) -> bool:
    if name == "name_en":
        return row.name_en == row.name_vi
    return name in _MAY_BE_LEFT_OUT and not getattr(row, name)


def _said(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _listed(spells: Iterable[Spell]) -> str:
    return "; ".join(sorted(spell.text for spell in spells))


def _check_together(rows: list[UnitRow], faults: dict[int, list[Fault]]) -> None:
    """Find rows of one new unit that call it otherwise on one day."""
    by_unit: dict[str, list[UnitRow]] = defaultdict(list)
    for row in rows:
        for other in by_unit[row.code]:
            names = ["kind"] if row.kind != other.kind else []
            if row.tree and other.tree and overlap(row.days, other.days):
                names += [
                    name
                    for name in ("name_vi", "name_en")
                    if getattr(row, name) != getattr(other, name)
                ]
            faults[row.line] += [
                Fault(Flaw.CONTRADICTS, name, {"row": other.line}) for name in names
            ]
        by_unit[row.code].append(row)


def _check_codes(rows: list[UnitRow], there: _There, faults: dict[int, list[Fault]]) -> None:
    """Find codes of public numberings that two units would bear, or one unit twice, on one day."""
    bearers: dict[tuple[str, str], list[tuple[str, Spell]]] = defaultdict(list)
    borne: dict[tuple[str, str], set[Spell]] = defaultdict(set)
    for row in there.rows():
        for system, spell in row.codes:
            bearers[system, spell.text].append((row.code, spell))
    for row in rows:
        for system, spell in row.codes:
            others = bearers[system, spell.text]
            own = borne[row.code, system]
            taken = [code for code, held in others if code != row.code and overlap(held, spell)]
            if any(held != spell and overlap(held, spell) for held in own):
                taken.append(row.code)
            if taken:
                told = {"given": spell.text, "unit": taken[0]}
                faults[row.line].append(Fault(Flaw.CODE_TAKEN, f"codes:{system}", told))
            else:
                others.append((row.code, spell))
                own.add(spell)


def _placed(
    fresh: list[UnitRow],
    there: _There,
    faults: dict[int, list[Fault]],
    given: Sequence[UnitRow],
) -> list[tuple[UnitRow, tuple[str, ...]]]:
    """Place the sound rows; again and again without those that a refused row keeps waiting."""
    while True:
        kept = [row for row in fresh if not faults[row.line]]
        places = _Places(there, [row for row in given if faults[row.line]])
        new, wrong = places.place(kept)
        if not wrong:
            first = {row.code: row for row in reversed(given) if faults[row.line]}
            wrong = {
                row.line: Fault(Flaw.HELD_BACK, "code", {"row": first[row.code].line})
                for row, _ in new
                if row.code in first and row.code not in there.units
            }
        for line, fault in wrong.items():
            faults[line].append(fault)
        if not wrong:
            return new


class _Places:
    """Where units stand, tree by tree, while rows are placed one after the other."""

    def __init__(self, there: _There, refused: Iterable[UnitRow]) -> None:
        self._stands: dict[tuple[str, str], list[Stand]] = defaultdict(list)
        self._roots: dict[str, list[Spell]] = defaultdict(list)
        self._refused = {(row.tree, row.code) for row in refused}
        waiting = [row for row in there.rows() if row.tree]
        for row in self._in_order(waiting):
            above = self._cover(row)
            path = above[0].path if above else ()
            self._put(row, (*path, row.code))

    def place(
        self, rows: list[UnitRow]
    ) -> tuple[list[tuple[UnitRow, tuple[str, ...]]], dict[int, Fault]]:
        """Return the rows that can stand with their paths, and what is wrong with the others."""
        new: list[tuple[UnitRow, tuple[str, ...]]] = []
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
            return Fault(Flaw.PARENT_MOVES, "parent", {"day": _said(day)}), ()
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


def names_through_time(rows: Iterable[UnitRow]) -> list[UnitRow]:
    """Return of the rows of one unit those with which a name begins, the earliest first.

    The name of each holds until that of the next begins.
    """
    begun: list[UnitRow] = []
    for row in sorted(rows, key=lambda row: (row.since or date.min, row.tree)):
        if not begun or (begun[-1].name_vi, begun[-1].name_en) != (row.name_vi, row.name_en):
            begun.append(row)
    return begun
