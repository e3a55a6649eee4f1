"""A form of figures as a workbook: what stands in it, whose it is, and what came back in it.

Such a book goes by mail or on a stick to a unit without a line and comes back filled in, by way of
programs and hands that sort rows, copy sheets and rename files. So it says itself whose it is, in a
signed key, and each of its rows says which measure it is for. What comes back is taken by these
signs alone, never by where it stands; a book of another unit, period or kind of figures is refused,
and a row whose name is no longer that of its measure is told and left out.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from lotrinh.rules.amounts_typed import CellUnit
from lotrinh.rules.figures_in_sheets import read_number, read_share
from lotrinh.rules.figures_typed import Typed, TypedNothing, read_figure
from lotrinh.rules.sheets import tidy

LAYOUT = 1
"""Which lay-out of the hidden signs this is; a book of another one is refused."""

_SIGNS = 8  # of the digest of a name
_ROW_MARK = re.compile(r"(.+)#([0-9a-f]{8})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class BookKey:
    """Whose form a book is. ``sheet`` is the uid of the form, ``version`` which state of it."""

    sheet: str
    unit_code: str
    period_code: str
    basis: str
    language: str
    version: int


@dataclass(frozen=True, slots=True)
class BookRow:
    """One measure of the form.

    ``plan``, ``previous`` and ``year_before`` are figures in the unit itself, unscaled, or words to
    be shown as they are; None where there is none. ``typed_text`` is what was typed so far,
    ``told`` a figure that counts already and is not asked for: its cell is locked.
    ``choices`` are the only words that may be chosen for a measure that has no numbers.
    """

    measure_key: str
    name: str
    unit_words: str
    cell_unit: CellUnit
    plan: Decimal | str | None = None
    previous: Decimal | str | None = None
    year_before: Decimal | str | None = None
    typed_text: str | None = None
    comment: str = ""
    choices: tuple[str, ...] = ()
    told: Decimal | str | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """The form of a unit for a period. ``key`` is its `BookKey`, signed; ``basis`` the code."""

    key: str
    unit_code: str
    unit_name: str
    period_name: str
    period_code: str
    basis: str
    regime_name: str
    language: str
    version: int
    rows: Sequence[BookRow]


class BookCell(NamedTuple):
    """What a cell holds: a text as it was typed, or a number that some program put there.

    ``at`` is where, as Excel names it; ``before`` what stood there when the book was downloaded.
    ``is_share``: the number is shown in percent. A tuple, for a hundred thousand come at once.
    """

    value: str | float
    at: str
    before: str = ""
    is_share: bool = False

    @property
    def text(self) -> str:
        """The value as a text; a number with the fifteen digits that a sheet keeps."""
        return self.value if isinstance(self.value, str) else f"{self.value:.15g}"

    @property
    def is_changed(self) -> bool:
        """Whether it is another text than when the book was downloaded."""
        return self.text.strip() != self.before.strip()


class BookFlaw(StrEnum):
    """What is wrong with a book that came back; the first ones make it useless as a whole."""

    NOT_A_WORKBOOK = "not_a_workbook"
    NO_KEY = "no_key"  # another file, or the hidden row is gone
    WRONG_KEY = "wrong_key"  # not signed here
    OTHER_LAYOUT = "other_layout"
    SEVERAL_KEYS = "several_keys"  # sheets of several forms in one file
    COLUMNS_GONE = "columns_gone"
    OTHER_UNIT = "other_unit"
    OTHER_PERIOD = "other_period"
    OTHER_BASIS = "other_basis"
    OTHER_FORM = "other_form"  # of the same unit and period, for another regime
    OTHER_VERSION = "other_version"  # the form was changed since it was downloaded
    MOVED = "moved"  # a row whose name is not that of its measure
    TWICE = "twice"  # two rows of one measure that say different things
    NO_MEASURE = "no_measure"  # a row that belongs to no measure
    UNKNOWN_MEASURE = "unknown_measure"  # it is no longer asked for
    ROW_GONE = "row_gone"
    A_DAY = "a_day"  # a program made a day of what was typed
    FAILED_FORMULA = "failed_formula"
    TRUTH = "truth"  # TRUE or FALSE
    NOT_A_CHOICE = "not_a_choice"


@dataclass(frozen=True, slots=True)
class BookFault:
    """One thing that is wrong; ``at`` is the sheet and cell, ``data`` fills the sentence."""

    flaw: BookFlaw
    at: str = ""
    data: Mapping[str, str | int] = field(default_factory=dict)


class BookRefused(Exception):
    """A book is not taken at all; ``fault`` says why."""

    def __init__(self, flaw: BookFlaw, **data: str | int) -> None:
        super().__init__(flaw.value)
        self.fault = BookFault(flaw, data=data)


@dataclass(frozen=True, slots=True)
class ReadBook:
    """What came back: figures and comments by measure, and what was wrong.

    A measure that is not in ``cells`` was not told: its row is gone, or at fault. An empty text
    says that the cell was left or made empty. ``comments`` has those that are there or were.
    """

    key: BookKey
    cells: Mapping[str, BookCell]
    comments: Mapping[str, BookCell]
    faults: tuple[BookFault, ...] = ()

    @property
    def version(self) -> int:
        """Which state of the form was downloaded."""
        return self.key.version


def row_mark(measure_key: str, name: str, unit_words: str) -> str:
    """Return the hidden sign of a row: which measure it is for, and a digest of what it is called.

    >>> row_mark("households", "Số hộ", "hộ")
    'households#070dd39e'
    """
    return f"{measure_key}#{_digest(name, unit_words)}"


def measure_of(mark: str) -> str | None:
    """Return the measure that the hidden sign of a row names; None of another text.

    >>> measure_of("households#070dd39e"), measure_of("Cộng")
    ('households', None)
    """
    found = _ROW_MARK.fullmatch(mark)
    return found[1] if found else None


def names_row(mark: str, name: str, unit_words: str) -> bool:
    """Tell whether a row with this sign is still called as it was."""
    return mark.endswith(f"#{_digest(name, unit_words)}")


@lru_cache(maxsize=10_000)
def named_measure(mark: str, name: str, unit_words: str) -> tuple[str | None, bool]:
    """Return the measure of a row, and whether the row is still called as its sign says.

    >>> named_measure("households#070dd39e", "Số hộ", "hộ"), named_measure("Cộng", "", "")
    (('households', True), (None, False))
    """
    # Kept in mind: the forms of all units of a period have the same rows.
    measure = measure_of(mark)
    return measure, measure is not None and names_row(mark, name, unit_words)


def _digest(name: str, unit_words: str) -> str:
    return sha256(f"{tidy(name)}\n{tidy(unit_words)}".encode()).hexdigest()[:_SIGNS]


def held_against(read: ReadBook, *, key: BookKey, rows: Iterable[BookRow]) -> ReadBook:
    """Return a book with what differs from the form as it stands now among its faults.

    What is not asked for any more is left out. A book downloaded from another state of the form is
    taken, and said to be one. Raises BookRefused for one of another unit, period, basis or form.
    """
    for flaw, found, wanted in (
        (BookFlaw.OTHER_UNIT, read.key.unit_code, key.unit_code),
        (BookFlaw.OTHER_PERIOD, read.key.period_code, key.period_code),
        (BookFlaw.OTHER_BASIS, read.key.basis, key.basis),
        (BookFlaw.OTHER_FORM, read.key.sheet, key.sheet),
    ):
        if found != wanted:
            raise BookRefused(flaw, found=found, wanted=wanted)
    known = {row.measure_key: row for row in rows}
    faults = [*_of_version(read, key), *read.faults, *_of_rows(read, known)]
    return replace(
        read,
        cells={name: cell for name, cell in read.cells.items() if name in known},
        comments={name: cell for name, cell in read.comments.items() if name in known},
        faults=tuple(faults),
    )


def _of_version(read: ReadBook, key: BookKey) -> Iterable[BookFault]:
    if read.version != key.version:
        data = {"found": read.version, "wanted": key.version}
        yield BookFault(BookFlaw.OTHER_VERSION, data=data)


def _of_rows(read: ReadBook, known: Mapping[str, BookRow]) -> Iterable[BookFault]:
    told = {str(fault.data.get("measure", "")) for fault in read.faults}
    for name, cell in read.cells.items():
        if name not in known:
            yield BookFault(BookFlaw.UNKNOWN_MEASURE, cell.at, {"measure": name})
        elif not _is_choice(cell, known[name], read.key.language):
            data = {"measure": name, "given": cell.text, "choices": "; ".join(known[name].choices)}
            yield BookFault(BookFlaw.NOT_A_CHOICE, cell.at, data)
    for name, row in known.items():
        if name not in read.cells and name not in told:
            yield BookFault(BookFlaw.ROW_GONE, data={"measure": name, "name": row.name})


def _is_choice(cell: BookCell, row: BookRow, language: str) -> bool:
    if not row.choices or _says_nothing(cell.text, language):
        return True
    return tidy(cell.text).casefold() in {tidy(word).casefold() for word in row.choices}


def _says_nothing(text: str, language: str) -> bool:
    return isinstance(read_figure(text, language=language, unit=CellUnit("")), TypedNothing)


def read_cell(cell: BookCell, *, unit: CellUnit, language: str) -> Typed:
    """Return the figure of a cell, in the language of the book: a value, a question or no.

    >>> cell = BookCell("1.270", "Số liệu!H7")
    >>> read_cell(cell, unit=CellUnit("household"), language="vi").read.value
    Decimal('1270')
    """
    if isinstance(cell.value, str):
        return read_figure(cell.value, language=language, unit=unit)
    read = read_share if cell.is_share else read_number
    return read(cell.value, unit=unit)
