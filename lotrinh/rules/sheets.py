"""What sheets of units and people mean by their words: heads, days, lists, and what is wrong.

A sheet is a grid of texts. Its first row of several words says which column holds what, in
Vietnamese or English. Cells are read without regard to surplus space; a day is written d/m/yyyy or
yyyy-mm-dd; a cell may hold several names, parted by semicolons, each with the days on which it is
borne: ``Phường Cũ [..2025-07-01]; "A; B"``. What cannot be read is told by column and reason, so
that the other rows need not wait.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import NamedTuple

from lotrinh.rules.names import search_key

FIRST_YEAR, LAST_YEAR = 1900, 2200
ONE_DAY = timedelta(days=1)
Words = Mapping[str, Sequence[str]]
_ITEM = re.compile(r'\s*(?:"((?:[^"]|"")*)"|([^;"\[\]]*))\s*(?:\[([^\[\];]*)\])?\s*(;|$)')
_PLAIN = re.compile(r'[^;"\[\]]+')
_UNSEEN = re.compile("[\x00-\x1f\x7f\u0085\u200b\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


class Verdict(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class Flaw(StrEnum):
    """Why a row is refused."""

    MISSING = "missing"  # a cell that has to be filled in is empty
    NO_DAY = "no_day"
    NO_NUMBER = "no_number"
    NO_LIST = "no_list"  # names with days that are not written as such
    NO_CODE = "no_code"  # a code has letters a to z, digits, - and _
    TOO_LONG = "too_long"
    ENDS_FIRST = "ends_first"
    UNKNOWN_WORD = "unknown_word"
    UNKNOWN_TREE = "unknown_tree"
    UNKNOWN_UNIT = "unknown_unit"
    UNKNOWN_ROLE = "unknown_role"
    PARENT_ABSENT = "parent_absent"  # it does not stand on all of these days
    PARENT_MOVES = "parent_moves"  # in the midst of these days
    PARENT_REFUSED = "parent_refused"
    BELOW_ITSELF = "below_itself"
    SECOND_ROOT = "second_root"
    OVERLAPS = "overlaps"  # two rows for the same days
    CONTRADICTS = "contradicts"  # another row of the same unit
    HELD_BACK = "held_back"  # because another row of the same unit is refused
    CODE_TAKEN = "code_taken"
    DIFFERS = "differs"  # from what is there
    NOBODY_LENDS = "nobody_lends"
    NEEDS_END = "needs_end"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a row, in the column ``column``; ``data`` fills its sentence."""

    flaw: Flaw
    column: str
    data: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judged:
    """What becomes of the row ``line`` of a sheet, counted from 1, about ``key``."""

    line: int
    key: str
    verdict: Verdict
    faults: tuple[Fault, ...] = ()


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


class NoHead(Exception):
    """No row of the sheet names the columns that are needed; ``missing`` tells which."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = tuple(missing)


@cache
def words() -> Mapping[str, Words]:
    """Return the words of sheets, by what they are for."""
    text = resources.files(__package__).joinpath("sheet_words.toml").read_text("utf-8")
    return tomllib.loads(text)


def head_word(shape: str, column: str, language: str) -> str:
    """Return how an export heads a column; a numbering is headed by its own name.

    >>> head_word("units", "parent", "vi"), head_word("units", "codes:gso", "en")
    ('Mã cấp trên', 'Code in: gso')
    """
    place = 1 if language.startswith("en") else 0
    if column.startswith("codes:"):
        return f"{words()['prefix']['codes'][place]} {column.removeprefix('codes:')}"
    return words()[shape][column][place]


def sentence(fault: Fault, shape: str, language: str) -> str:
    """Return what is wrong in which column, and the cure.

    >>> sentence(Fault(Flaw.MISSING, "code"), "units", "en")
    'Unit code: this cell is empty; fill it in'
    """
    place = 1 if language.startswith("en") else 0
    told = words()["flaws"][fault.flaw][place].format_map(dict(fault.data))
    return f"{head_word(shape, fault.column, language)}: {told}"


def verdict_word(verdict: Verdict, language: str) -> str:
    """Return the word for what becomes of a row."""
    return words()["verdicts"][verdict][1 if language.startswith("en") else 0]


def tidy(text: str) -> str:
    """Return a text with single spaces and without signs that nobody sees.

    >>> tidy("  Phường\\n Sen ")
    'Phường Sen'
    """
    return " ".join(_UNSEEN.sub(" ", text).split())


@dataclass(frozen=True, slots=True)
class Head:
    """Where the head of a sheet stands (counted from 0), and which column holds what.

    ``strange`` are the heads that mean nothing here; their columns are passed over and told.
    """

    row: int
    columns: Mapping[str, int]
    strange: tuple[str, ...]


def marked(
    grid: Sequence[Sequence[str]], head: Head, faults: Mapping[int, Sequence[Fault]], shape: str
) -> tuple[tuple[str, ...], ...]:
    """Return the head and the refused rows as they were given, with what is wrong in a last column.

    ``faults`` are by the number of the row. A last column of an earlier attempt is replaced; the
    sentences stand in both languages, since such a file goes from hand to hand.
    """
    mark = words()["passed_over"]["error"][0]
    top = grid[head.row]
    kept = [place for place, cell in enumerate(top) if tidy(cell) != mark]
    rows = [(*(top[place] for place in kept), mark)]
    for line, wrong in sorted(faults.items()):
        row = grid[line - 1]
        said = (
            f"{sentence(fault, shape, 'vi')} / {sentence(fault, shape, 'en')}" for fault in wrong
        )
        cells = tuple(row[place] if place < len(row) else "" for place in kept)
        rows.append((*cells, " · ".join(said)))
    return tuple(rows)


def find_head(grid: Sequence[Sequence[str]], shape: str, needed: Iterable[str]) -> Head:
    """Return the head of a sheet: the first row that names every column of ``needed``.

    It stands among the first twenty rows. Raises NoHead.
    """
    fewest = tuple(needed)
    for place, row in enumerate(grid[:20]):
        columns, strange = _columns(row, shape)
        missing = [name for name in needed if name not in columns]
        if not missing:
            return Head(place, columns, strange)
        if len(missing) < len(fewest):
            fewest = tuple(missing)
    raise NoHead(fewest)


def _columns(row: Sequence[str], shape: str) -> tuple[dict[str, int], tuple[str, ...]]:
    meant = _by_word(shape)
    passed = _by_word("passed_over")
    columns: dict[str, int] = {}
    strange: list[str] = []
    for place, cell in enumerate(row):
        key = search_key(tidy(cell))
        name = meant.get(key) or _numbering(key)
        if name and name not in columns:
            columns[name] = place
        elif key and key not in passed:
            strange.append(tidy(cell))
    return columns, tuple(strange)


@cache
def _by_word(shape: str) -> Mapping[str, str]:
    return {search_key(word): name for name, said in words()[shape].items() for word in said}


def _numbering(key: str) -> str | None:
    """Return the column of a public numbering by its head, "ma so: gso"."""
    for said in words()["prefix"]["codes"]:
        prefix = search_key(said)
        name = key.removeprefix(prefix).replace(" ", "")
        if key.startswith(prefix) and re.fullmatch(r"[a-z0-9_-]{1,40}", name):
            return f"codes:{name}"
    return None


def code_of(list_name: str, typed: str) -> str | None:
    """Return the code that a typed word means in one of the lists of words, or None.

    >>> code_of("held_as", "Ủy quyền"), code_of("kinds", "Phường"), code_of("held_as", "x")
    ('delegated', 'commune', None)
    """
    meant = _by_word(list_name)
    return typed if typed in words()[list_name] else meant.get(search_key(typed))


def day_in(typed: str) -> date:
    """Return the day in a cell. Raises WrongCell.

    >>> day_in("1/7/2025") == day_in("2025-07-01") == day_in("01.07.2025")
    True
    """
    for pattern in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"):
        try:
            found = datetime.strptime(typed, pattern).date()  # noqa: DTZ007 - no instant
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
        """Keep that something is wrong in a column."""
        self.faults.append(Fault(flaw, column, data))

    def text(self, column: str, *, most: int, needed: bool = False) -> str:
        """Return a text of at most ``most`` letters."""
        found = tidy(self._cells.get(column, ""))
        if needed and not found:
            self.wrong(Flaw.MISSING, column)
        if len(found) > most:
            self.wrong(Flaw.TOO_LONG, column, most=most)
        return found

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
            found = spells_in(tidy(self._cells.get(column, "")))
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
