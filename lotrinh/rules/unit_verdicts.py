"""What becomes of every row of a sheet of units, held against the organisation as it is.

A row is refused alone; only the other rows of a unit that is new wait with it, and the units that
stand below. Whatever is wrong with a row is told at once, so that it has to be mended only once: a
cell that cannot be read keeps no other one from being looked at.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from lotrinh.rules.code_systems import forms_missed
from lotrinh.rules.sheet_cells import Spell, has_lost_letters, overlap, padded
from lotrinh.rules.sheets import Fault, Flaw, Judged, Verdict, words
from lotrinh.rules.unit_places import New, Places
from lotrinh.rules.unit_sheet import UnitRow

_COMPARED = ("kind", "name_vi", "name_en", "parent", "until", "legal_basis")
_WHERE = frozenset({"code", "tree", "since", "until", "last_day"})
"""The columns that say which row of which unit is meant: without them nothing can be compared."""
_MAY_BE_LEFT_OUT = frozenset({"name_en", "legal_basis"})


@dataclass(slots=True)
class Plan:
    """What becomes of every row, and where each new one will stand, parents before children."""

    verdicts: list[Judged]
    new: list[New] = field(default_factory=list)


def judge(
    given: Sequence[tuple[UnitRow, Sequence[Fault]]],
    *,
    known: Iterable[UnitRow],
    trees: frozenset[str],
    kinds: frozenset[str] | None = None,
) -> Plan:
    """Return what becomes of the rows, where ``known`` are the rows of the organisation as it is.

    ``trees`` are the codes of the trees in which units may stand, ``kinds`` the kinds of unit
    besides those that are known everywhere or borne already; None takes every kind.
    """
    there = _There(known)
    faults: dict[int, list[Fault]] = {row.line: list(wrong) for row, wrong in given}
    sound = [row for row, wrong in given if not wrong]
    unread = {row.line: {fault.column for fault in wrong} for row, wrong in given if wrong}
    rows = [row for row, _ in given]
    for row in rows:
        if row.tree and row.tree not in trees and "tree" not in unread.get(row.line, ()):
            faults[row.line].append(Fault(Flaw.UNKNOWN_TREE, "tree", {"given": row.tree}))
    if kinds is not None:
        read = [row for row in rows if "kind" not in unread.get(row.line, ())]
        _check_kinds(read, kinds | there.kinds(), faults)
    for row in rows:
        if row.line in unread:
            faults[row.line] += _wrong_beside(row, unread[row.line], there, rows)
    unchanged = {row.line for row in sound if there.holds(row)}
    for row in sound:
        if row.line not in unchanged:
            faults[row.line] += there.differences(row)
    fresh = [row for row in sound if row.line not in unchanged]
    for row in fresh:
        faults[row.line] += _lost(row, there)
    _check_together([row for row in fresh if row.code not in there.units], faults)
    _check_codes(fresh, there, faults)
    new = _placed(fresh, there, faults, rows)
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
        self._padded = padded(self.units)

    def rows(self) -> Iterator[UnitRow]:
        """Give every row."""
        for rows in self.units.values():
            yield from rows

    def with_zeros(self, code: str) -> str | None:
        """Return the code of a unit of which this one has lost the zeros at its beginning."""
        return None if code in self.units else self._padded.get(code)

    def kinds(self) -> frozenset[str]:
        """Return the kinds of unit that there are."""
        return frozenset(row.kind for row in self.rows())

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


def _wrong_beside(
    row: UnitRow, unread: set[str], there: _There, rows: Sequence[UnitRow]
) -> Iterator[Fault]:
    """Give what is wrong with a row beside the cells that cannot be read."""
    if not unread & _WHERE:
        yield from (one for one in there.differences(row) if one.column not in unread)
    yield from (one for one in _lost(row, there) if one.column not in unread)
    is_known = row.parent in there.units or any(row.parent == one.code for one in rows)
    if row.parent and not is_known and "parent" not in unread and not there.with_zeros(row.parent):
        yield Fault(Flaw.UNKNOWN_UNIT, "parent", {"given": row.parent})
    for system, spell in row.codes:
        missed = _wrong_form(row, system, spell, there) if "kind" not in unread else ()
        if missed:
            told = {"given": spell.text, "forms": ", ".join(missed)}
            yield Fault(Flaw.WRONG_CODE, f"codes:{system}", told)


def _lost(row: UnitRow, there: _There) -> Iterator[Fault]:
    """Give what programs that saved the sheet may have lost: letters, and zeros before a code."""
    for column in ("name_vi", "name_en", "legal_basis"):
        if has_lost_letters(given := getattr(row, column)) and not _left_out(row, column):
            yield Fault(Flaw.LOST_LETTERS, column, {"given": given})
    for column in ("aliases", "abbreviations"):
        for spell in getattr(row, column):
            if has_lost_letters(spell.text):
                yield Fault(Flaw.LOST_LETTERS, column, {"given": spell.text})
    for column in ("code", "parent"):
        if whole := there.with_zeros(getattr(row, column)):
            yield Fault(Flaw.LOST_ZEROS, column, {"there": whole})


def _left_out(row: UnitRow, name: str) -> bool:
    if name == "name_en":
        return row.name_en == row.name_vi
    return name in _MAY_BE_LEFT_OUT and not getattr(row, name)


def _said(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _listed(spells: Iterable[Spell]) -> str:
    return "; ".join(sorted(spell.text for spell in spells))


def _check_kinds(
    rows: Iterable[UnitRow], known: frozenset[str], faults: dict[int, list[Fault]]
) -> None:
    """Find kinds of unit that nobody knows: a slip of the hand makes no new kind."""
    usual = words()["kinds"]
    for row in rows:
        if row.kind not in known and row.kind not in usual:
            own = sorted(known - usual.keys())
            said = [", ".join([*(pair[at] for pair in usual.values()), *own]) for at in (0, 1)]
            told = {"given": row.kind, "vi": said[0], "en": said[1]}
            faults[row.line].append(Fault(Flaw.UNKNOWN_KIND, "kind", told))


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
    """Find codes of public numberings that two units would bear, or one unit twice, on one day.

    And those that have a wrong form; what a unit bears already stays as it is.
    """
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
            missed = _wrong_form(row, system, spell, there)
            if missed:
                told = {"given": spell.text, "forms": ", ".join(missed)}
                faults[row.line].append(Fault(Flaw.WRONG_CODE, f"codes:{system}", told))
            elif taken:
                told = {"given": spell.text, "unit": taken[0]}
                faults[row.line].append(Fault(Flaw.CODE_TAKEN, f"codes:{system}", told))
            else:
                others.append((row.code, spell))
                own.add(spell)


def _wrong_form(row: UnitRow, system: str, spell: Spell, there: _There) -> tuple[str, ...]:
    if any((system, spell) in held.codes for held in there.units.get(row.code, ())):
        return ()
    return forms_missed(
        spell.text, system=system, kind=row.kind, since=spell.since, until=spell.until
    )


def _placed(
    fresh: list[UnitRow],
    there: _There,
    faults: dict[int, list[Fault]],
    given: Sequence[UnitRow],
) -> list[New]:
    """Place the sound rows; again and again without those that a refused row keeps waiting."""
    while True:
        kept = [row for row in fresh if not faults[row.line]]
        places = Places(there.rows(), [row for row in given if faults[row.line]])
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
