"""The sheet of duties: one row is one duty, as the appendices of real documents lay them out.

"TT | Nội dung nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành | Sản phẩm", in
any order and under many names. Rows that only head a group say nothing of their own, and what is
numbered 2.1 has from row 2 what it does not say itself. A list that was exported has a key in each
row: by it the same file comes back and changes what was changed in it, nothing else.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from lotrinh.rules.clarities import Clarity
from lotrinh.rules.recurrence import CONTINUOUS, has_periods
from lotrinh.rules.sheet_heads import Grid, Head, NoHead, find_head
from lotrinh.rules.sheets import Fault, sentence, tidy, words

SHAPE = "duties"
SAID = (
    "title",
    "unit",
    "coordinate",
    "due",
    "deliverable",
    "person",
    "responsibility",
    "authority",
)
"""The columns that say what is owed."""
SHOWN = ("owed_to", "issued_on", "original", "handed_in_on", "document")
"""The columns of an export that are only shown."""
EXPORTED = (
    *("title", "unit", "owed_to", "person", "issued_on", "due", "original", "handed_in_on"),
    *("document", "coordinate", "deliverable", "responsibility", "authority", "key"),
)
INHERITED = ("unit", "due")
"""What the parts of a numbered row have from it."""

_KEY = re.compile(
    r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/([0-9]{1,6})(?:/([0-9a-f]{8}))?"
)
_COUNTED = re.compile(r"\(?([0-9]{1,4}(?:\.[0-9]{1,4}){0,4})\)?\.?")
_GROUPED = re.compile(r"\(?(?:[IVXLC]{1,7}|[A-ZĐ])\)?[.)]?")


class Fate(StrEnum):
    """What becomes of a row of a sheet of duties."""

    READY = "ready"
    DRAFT = "draft"  # it is taken in and still lacks some of the six clarities
    AMENDS = "amends"
    UNCHANGED = "unchanged"
    REPEATED = "repeated"
    HEADING = "heading"
    REFUSED = "refused"


NEW = frozenset({Fate.READY, Fate.DRAFT})
"""What becomes a draft."""
WRITTEN = NEW | {Fate.AMENDS}


class RowKey(NamedTuple):
    """From which duty a row was exported, in which version, and who co-ordinated it then.

    ``helpers`` is the mark of those units: they come and go without a new version.
    """

    uid: UUID
    version: int
    helpers: str = ""


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A row as it was given; ``said`` holds the text of each column that the sheet has.

    ``number`` is how the sheet numbers it ("2.1"), ``inherited`` which column comes from which row.
    """

    line: int
    said: Mapping[str, str]
    number: str = ""
    is_heading: bool = False
    inherited: Mapping[str, int] | None = None

    def text(self, column: str) -> str:
        """Return what a column says, on one line; nothing where the sheet does not have it."""
        return tidy(self.said.get(column, ""))

    @property
    def key(self) -> RowKey | None:
        """What was exported in this row; None where nothing such is written."""
        return read_key(self.text("key"))


@dataclass(frozen=True, slots=True)
class Lot:
    """What becomes of the row ``line``; ``missing`` is not clear yet, ``notes`` do not hinder it.

    ``shown`` is what a page shows of it: work, unit, time.
    """

    line: int
    key: str
    fate: Fate
    faults: tuple[Fault, ...] = ()
    missing: tuple[Clarity, ...] = ()
    notes: tuple[Fault, ...] = ()
    shown: tuple[str, str] = ("", "")


def find_duty_head(grid: Grid) -> Head:
    """Return the head of a sheet of duties: it names the work, and who or by when.

    Raises NoHead.
    """
    try:
        return find_head(grid, SHAPE, ("title", "unit"))
    except NoHead as refused:
        try:
            return find_head(grid, SHAPE, ("title", "due"))
        except NoHead:
            raise refused from None


def read_rows(given: Iterable[tuple[int, Mapping[str, str]]]) -> tuple[DutyRow, ...]:
    """Return the rows below the head, each told from headings and with what it inherits."""
    rows = [DutyRow(line, cells, number=_number(cells)) for line, cells in given]
    with_parts = {row.number.rpartition(".")[0] for row in rows if "." in row.number}
    told = [replace(row, is_heading=_heads(row, with_parts)) for row in rows]
    return tuple(_inheriting(told))


def read_key(typed: str) -> RowKey | None:
    """Return the duty, the version and the mark of its helpers that a key names.

    >>> read_key("0191a1b2-0000-7000-8000-000000000001/3")
    RowKey(uid=UUID('0191a1b2-0000-7000-8000-000000000001'), version=3, helpers='')
    """
    found = _KEY.fullmatch(typed.strip().lower())
    return RowKey(UUID(found[1]), int(found[2]), found[3] or "") if found else None


def helpers_mark(helpers: Iterable[UUID]) -> str:
    """Return a short mark of a set of units, in whatever order they come; none for no unit."""
    names = sorted(str(uid) for uid in helpers)
    return sha256(" ".join(names).encode()).hexdigest()[:8] if names else ""


def key_text(key: RowKey) -> str:
    """Return the key of a row of an export.

    >>> key_text(RowKey(UUID("0191a1b2-0000-7000-8000-000000000001"), 3, "0a1b2c3d"))
    '0191a1b2-0000-7000-8000-000000000001/3/0a1b2c3d'
    """
    return "/".join(str(part) for part in key if part != "")


def recurrence_text(recurrence: str, language: str) -> str:
    """Return how often, as a cell says it; by when in the period keeps its code.

    >>> recurrence_text("monthly", "vi"), recurrence_text("monthly:20", "vi")
    ('hằng tháng', 'monthly:20')
    """
    said = words()["often"].get(recurrence)
    return said[_place(language)] if said else recurrence


def recurrence_in(typed: str) -> str:
    """Return the recurrence that a cell says in the words of an export; empty where it does not.

    >>> recurrence_in("Hằng tháng"), recurrence_in("monthly:20"), recurrence_in("30/9/2024")
    ('monthly', 'monthly:20', '')
    """
    plain = tidy(typed)
    if plain in CONTINUOUS or has_periods(plain):
        return plain
    return _by_said().get(plain.casefold(), "")


def _by_said() -> Mapping[str, str]:
    return {said.casefold(): code for code, pair in words()["often"].items() for said in pair}


def fate_word(lot: Lot, language: str, *, is_taken: bool = False) -> str:
    """Return what becomes of a row, or became of it once the sheet is taken over."""
    fates, place = words()["duty_fates"], _place(language)
    if is_taken and lot.fate in NEW:
        return fates["taken"][place]
    if is_taken and lot.fate is Fate.AMENDS:
        return fates["amended"][place]
    return fates[lot.fate][place].format(missing=", ".join(missing_words(lot, language)))


def missing_words(lot: Lot, language: str) -> list[str]:
    """Return which of the six clarities a row does not say."""
    return [words()["clarities"][clarity][_place(language)] for clarity in lot.missing]


def fate_told(lot: Lot, language: str, *, is_taken: bool = False) -> str:
    """Return what stands beside a row in the file that goes back."""
    said = [sentence(fault, SHAPE, language) for fault in (*lot.faults, *lot.notes)]
    if lot.faults:
        told = " · ".join(said)
        return words()["fates"]["mendable"][_place(language)].format(told=told)
    return " · ".join([fate_word(lot, language, is_taken=is_taken), *said])


def counted_lots(lots: Sequence[Lot]) -> dict[str, int]:
    """Return how many rows have which fate; a fate without rows has 0."""
    held = [lot.fate for lot in lots]
    return {fate.value: held.count(fate) for fate in Fate}


def _number(cells: Mapping[str, str]) -> str:
    found = _COUNTED.fullmatch(tidy(cells.get("number", "")))
    return found[1] if found else ""


def _heads(row: DutyRow, with_parts: set[str]) -> bool:
    """Say whether a row is the heading of a group: one text alone, in a row that is no item.

    It is numbered by a letter or a Roman number, not at all where others are, by words across the
    table ("I. Nhóm nhiệm vụ"), or like the row of which others are parts.
    """
    said = {name: row.text(name) for name in row.said if row.text(name)}
    number = said.pop("number", "")
    if not said:
        return bool(number) and not row.number
    if set(said) != {"title"}:
        return len(said) > 1 and len(set(said.values())) == 1
    if row.number:
        return row.number in with_parts
    return "number" in row.said and (not number or _GROUPED.fullmatch(number) is not None)


def _inheriting(rows: Sequence[DutyRow]) -> Iterable[DutyRow]:
    """Give the rows with what they have from the row of which they are parts."""
    above: dict[str, DutyRow] = {}
    for row in rows:
        if not row.number:
            above = {} if row.is_heading else above
            yield row
            continue
        whole = above.get(row.number.rpartition(".")[0])
        taken: dict[str, int] = {}
        said = dict(row.said)
        for column in INHERITED if whole is not None and not row.text("key") else ():
            if not row.text(column) and whole is not None and whole.text(column):
                said[column], taken[column] = whole.said[column], whole.line
        found = replace(row, said=said, inherited=taken)
        above[row.number] = found
        yield found


def _place(language: str) -> int:
    return 1 if language.startswith("en") else 0
