"""The cells of a sheet: days, codes, numbers, and lists of names each with its days.

A day is written d/m/yyyy or yyyy-mm-dd; a cell may hold several names, parted by semicolons, each
with the days on which it is borne: ``Phường Cũ [..2025-07-01]; "A; B"``.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from lotrinh.rules.sheets import Fault, Flaw, tidy

FIRST_YEAR, LAST_YEAR = 1900, 2200
ONE_DAY = timedelta(days=1)
_TOLD = 80  # letters of a cell that are told again
_EXCEL_BEGINS = date(1899, 12, 30)
_SERIAL = re.compile(r"([1-9][0-9]{4})(?:[.,]0+)?")  # shorter ones may be years: 2025
_MIDNIGHT = re.compile(r"[ T]0?0:00(?::00(?:\.0+)?)?$")
_FAILED = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)")
_LOST = re.compile(r"\ufffd|\?(?=[^\W\d_])")
_ITEM = re.compile(r'\s*(?:"((?:[^"]|"")*)"|([^;"\[\]]*))\s*(?:\[([^\[\];]*)\])?\s*(;|$)')
_PLAIN = re.compile(r'[^;"\[\]]+')


class Spell(NamedTuple):
    """A text that holds for the days ``[since, until)``; None is an open end."""

    text: str
    since: date | None = None
    until: date | None = None


class WrongCell(Exception):
    """A cell cannot be read, for the reason ``flaw``."""

    def __init__(self, flaw: Flaw, **data: str | int) -> None:
        super().__init__(flaw)
        self.flaw = flaw
        self.data = data


def day_in(typed: str) -> date:
    """Return the day in a cell; a number of five figures counts days as Excel does.

    Raises WrongCell.

    >>> day_in("1/7/2025") == day_in("2025-07-01") == day_in("01.07.2025") == day_in("45839")
    True
    """
    counted = _SERIAL.fullmatch(typed)
    if counted:
        return _EXCEL_BEGINS + int(counted[1]) * ONE_DAY
    plain = _MIDNIGHT.sub("", typed).replace(" ", "")
    for pattern in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d"):
        try:
            found = datetime.strptime(plain, pattern).date()  # noqa: DTZ007 - no instant
        except ValueError:
            continue
        if FIRST_YEAR <= found.year <= LAST_YEAR:
            return found
    raise WrongCell(Flaw.NO_DAY, given=typed)


def spells_in(typed: str) -> tuple[Spell, ...]:
    """Return the texts of a cell, each with its days. Raises WrongCell.

    >>> [spell.text for spell in spells_in('Sở Y tế; "A; B" [2020-01-01..]')]
    ['A; B', 'Sở Y tế']
    """
    found: list[Spell] = []
    place = 0
    while place < len(typed):
        item = _ITEM.match(typed, place)
        if item is None:
            raise WrongCell(Flaw.NO_LIST, given=typed[place:])
        quoted, plain, days, _ = item.groups()
        text = tidy(quoted.replace('""', '"') if quoted is not None else plain)
        if text:
            found.append(Spell(text, *_bounds(days)))
        elif days is not None:
            raise WrongCell(Flaw.NO_LIST, given=typed[place:])
        place = item.end()
    return in_order(found)


def _bounds(days: str | None) -> tuple[date | None, date | None]:
    if days is None:
        return None, None
    first, parted, last = days.partition("..")
    if not parted:
        raise WrongCell(Flaw.NO_LIST, given=f"[{days}]")
    since = day_in(first.strip()) if first.strip() else None
    until = day_in(last.strip()) if last.strip() else None
    if since and until and until <= since:
        raise WrongCell(Flaw.ENDS_FIRST)
    return since, until


def spells_text(spells: Iterable[Spell]) -> str:
    """Return texts with their days as a cell holds them; ``spells_in`` reads them again.

    >>> spells_text([Spell("A; B"), Spell("C", None, date(2025, 7, 1))])
    '"A; B"; C [..2025-07-01]'
    """
    return "; ".join(_spell_text(spell) for spell in in_order(spells))


def _spell_text(spell: Spell) -> str:
    text = spell.text if _PLAIN.fullmatch(spell.text) else '"' + spell.text.replace('"', '""') + '"'
    if spell.since is None and spell.until is None:
        return text
    since, until = (day.isoformat() if day else "" for day in (spell.since, spell.until))
    return f"{text} [{since}..{until}]"


def in_order(spells: Iterable[Spell]) -> tuple[Spell, ...]:
    """Return spells once each, in the order in which a cell holds them."""
    return tuple(sorted(set(spells), key=_order))


def _order(spell: Spell) -> tuple[str, date, date]:
    return spell.text, spell.since or date.min, spell.until or date.max


def _beginning(said: str | int) -> str | int:
    return f"{said[:_TOLD]}…" if isinstance(said, str) and len(said) > _TOLD else said


def has_lost_letters(text: str) -> bool:
    """Say whether signs stand where letters were, as after an encoding that does not know them.

    >>> has_lost_letters("Ph??ng Sen Tây"), has_lost_letters("Tổ 1?")
    (True, False)
    """
    return _LOST.search(text) is not None


def padded(codes: Iterable[str]) -> dict[str, str]:
    """Return codes of figures that begin with zeros, by what Excel makes of them.

    >>> padded(["007", "a07", "7"])
    {'7': '007'}
    """
    return {code.lstrip("0") or "0": code for code in codes if code.isdecimal() and code[0] == "0"}


def overlap(one: Spell, other: Spell) -> bool:
    """Say whether two spells share a day."""
    return (one.until is None or other.since is None or other.since < one.until) and (
        other.until is None or one.since is None or one.since < other.until
    )


class Reading:
    """Reads the cells of one row and gathers what is wrong with them."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self._cells = cells
        self.faults: list[Fault] = []

    def wrong(self, flaw: Flaw, column: str, **data: str | int) -> None:
        """Keep that something is wrong in a column; what is long there is told by its beginning."""
        told = {key: _beginning(said) for key, said in data.items()}
        self.faults.append(Fault(flaw, column, told))

    def text(self, column: str, *, most: int, needed: bool = False) -> str:
        """Return a text of at most ``most`` letters."""
        found = self._cell(column)
        if needed and not found:
            self.wrong(Flaw.MISSING, column)
        if len(found) > most:
            self.wrong(Flaw.TOO_LONG, column, most=most)
        return found

    def _cell(self, column: str) -> str:
        found = tidy(self._cells.get(column, ""))
        if not _FAILED.fullmatch(found):
            return found
        self.wrong(Flaw.FAILED_FORMULA, column, given=found)
        return ""

    def code(self, column: str, *, most: int = 80, needed: bool = False) -> str:
        """Return a code."""
        found = self.text(column, most=most, needed=needed)
        if found and not re.fullmatch(r"[A-Za-z0-9_-]+", found):
            self.wrong(Flaw.NO_CODE, column, given=found)
        return found

    def day(self, column: str, *, needed: bool = False) -> date | None:
        """Return a day, or None where the cell is empty or wrong."""
        typed = self.text(column, most=40, needed=needed)
        try:
            return day_in(typed) if typed else None
        except WrongCell as wrong:
            self.wrong(wrong.flaw, column, **wrong.data)
            return None

    def interval(self, *, needed: bool) -> tuple[date | None, date | None]:
        """Return the days of a row; the last day of people is the day before ``until``."""
        since, until = self.day("since", needed=needed), self.day("until")
        last = self.day("last_day")
        if until is None and last is not None:
            until = last + ONE_DAY
        if since and until and until <= since:
            self.wrong(Flaw.ENDS_FIRST, "until")
        return since, until

    def spells(self, column: str, *, most: int) -> tuple[Spell, ...]:
        """Return the texts of a list."""
        try:
            found = spells_in(self._cell(column))
        except WrongCell as wrong:
            self.wrong(wrong.flaw, column, **wrong.data)
            return ()
        if any(len(spell.text) > most for spell in found):
            self.wrong(Flaw.TOO_LONG, column, most=most)
        return found

    def number(self, column: str, *, most: int) -> int:
        """Return a whole number from 0 to ``most``; 0 for an empty cell."""
        typed = self.text(column, most=20)
        if not typed:
            return 0
        if not re.fullmatch(r"[0-9]{1,9}", typed) or int(typed) > most:
            self.wrong(Flaw.NO_NUMBER, column, given=typed, most=most)
            return 0
        return int(typed)
