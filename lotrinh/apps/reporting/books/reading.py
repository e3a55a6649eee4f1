"""A form of figures as it comes back: found by its hidden signs, whatever was done to the file.

Rows may be sorted, inserted and copied, columns hidden or moved, other sheets added, the file
renamed: the key of the form, the signs of its columns and the sign of each row are looked for where
they stand now. Faults name the sheet and the cell.
"""

from collections.abc import Iterable, Iterator, Sequence

from lotrinh.apps.files.sheets import MOST_BYTES
from lotrinh.apps.reporting.books.keys import key_of
from lotrinh.apps.reporting.books.layout import HEAD, KEY, NEEDED, column_sign
from lotrinh.reading.readers import Cells, Crew, Unreadable, open_cells_safely
from lotrinh.reading.readers.cells import Mark, Place, Sheet, Value
from lotrinh.reading.readers.workbook_failures import letters
from lotrinh.rules.books import (
    LAYOUT,
    BookCell,
    BookFault,
    BookFlaw,
    BookKey,
    BookRefused,
    ReadBook,
    named_measure,
)

_FLAWS = {
    Mark.DAY: BookFlaw.A_DAY,
    Mark.FAILED: BookFlaw.FAILED_FORMULA,
    Mark.TRUTH: BookFlaw.TRUTH,
}
_BEFORE = {"entry": "before", "comment": "comment_before"}
_MOST_SAID = 60  # letters of what is quoted

GivenBook = ReadBook | BookRefused | Unreadable
"""A book as it came back, or why it was not taken."""


def read_book(content: bytes, name: str) -> ReadBook:
    """Return what a file says that came back, opened in a child process of its own.

    The key tells whose it is; `rules.books.held_against` holds it against the form that is meant.
    Raises Unreadable, and BookRefused for what is no form of ours.
    """
    _check_size(content)
    try:
        cells = open_cells_safely(content, name)
    except Unreadable as refused:
        raise _as_told(refused, name) from refused
    return understood(cells)


def read_books(
    files: Iterable[tuple[str, bytes]], *, crew: Crew
) -> Iterator[tuple[str, GivenBook]]:
    """Yield the name of every file with what it says or why it was not taken, in order.

    The crew reads several files in one process: for files from one office, not from the public.
    """

    def work(file: tuple[str, bytes]) -> GivenBook:
        name, content = file
        try:
            _check_size(content)
            return understood(crew.open_cells(content, name))
        except BookRefused as refused:
            return refused
        except Unreadable as refused:
            return _as_told(refused, name)

    for (name, _), given in crew.each(files, work):
        yield name, given


def _check_size(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise Unreadable("too_large", what="bytes", found=len(content), limit=MOST_BYTES)


def _as_told(refused: Unreadable, name: str) -> BookRefused | Unreadable:
    """Return a refusal; of another kind of file one that says how a form is saved."""
    if refused.code == "type":
        return BookRefused(BookFlaw.NOT_A_WORKBOOK, name=name[:_MOST_SAID])
    return refused


def understood(cells: Cells) -> ReadBook:
    """Return what the cells of a book say. Raises BookRefused."""
    keyed = [
        (sheet, place) for sheet in cells.sheets if (place := _place_of_key(sheet)) is not None
    ]
    key = _key([(sheet, str(sheet.rows[row][column])) for sheet, (row, column) in keyed])
    gathered = _Gathered()
    for sheet, place in keyed:
        gathered.take(sheet, place)
    return ReadBook(key, gathered.cells, gathered.comments, tuple(gathered.faults))


def _place_of_key(sheet: Sheet) -> Place | None:
    for down, row in enumerate(sheet.rows):
        for right, value in enumerate(row):
            if isinstance(value, str) and value.startswith(KEY):
                return down, right
    return None


def _key(found: list[tuple[Sheet, str]]) -> BookKey:
    """Return the one key of a book. Raises BookRefused."""
    if not found:
        raise BookRefused(BookFlaw.NO_KEY)
    if len({text for _, text in found}) > 1:
        sheets = ", ".join(f"“{sheet.name}”" for sheet, _ in found)
        raise BookRefused(BookFlaw.SEVERAL_KEYS, sheets=sheets)
    layout, _, signed = found[0][1].removeprefix(KEY).partition(":")
    if layout != str(LAYOUT):
        raise BookRefused(BookFlaw.OTHER_LAYOUT, found=layout[:_MOST_SAID], wanted=LAYOUT)
    key = key_of(signed)
    if key is None:
        raise BookRefused(BookFlaw.WRONG_KEY)
    return key


class _Gathered:
    """What the rows of the sheets of one book say, each measure once."""

    def __init__(self) -> None:
        self.cells: dict[str, BookCell] = {}
        self.comments: dict[str, BookCell] = {}
        self.faults: list[BookFault] = []
        self._twice: set[str] = set()

    def take(self, sheet: Sheet, key_at: Place) -> None:
        """Take the rows of a sheet. Raises BookRefused where columns are gone."""
        columns = _Columns(sheet, key_at)
        mark_at, name_at, unit_at = key_at[1], columns["name"], columns["unit"]
        for row, values in enumerate(sheet.rows):
            mark = _text(values[mark_at])
            if row == key_at[0] or mark == HEAD:
                continue
            name = _text(values[name_at])
            measure, is_named = named_measure(mark, name, _text(values[unit_at]))
            if measure is None:
                self._tell_stranger(values, row, columns)
            elif is_named:
                self._take(measure, sheet, row, columns)
            else:
                given = {"measure": measure, "given": name[:_MOST_SAID]}
                self._fault(BookFlaw.MOVED, columns.at("name", row), **given)

    def _take(self, measure: str, sheet: Sheet, row: int, columns: "_Columns") -> None:
        if measure in self._twice:
            return
        cell = columns.cell("entry", row)
        comment = columns.comment(row)
        known = self.cells.get(measure)
        if known is None:
            self.cells[measure] = cell
            if comment is not None:
                self.comments[measure] = comment
            if sheet.marks:
                self._tell_mark(measure, cell, sheet.marks.get((row, columns["entry"])))
        elif _says(known, self.comments.get(measure)) != _says(cell, comment):
            self._twice.add(measure)
            self.cells.pop(measure)
            self.comments.pop(measure, None)
            self._fault(BookFlaw.TWICE, known.at, measure=measure, other=cell.at)

    def _tell_mark(self, measure: str, cell: BookCell, mark: Mark | None) -> None:
        if mark in _FLAWS:
            given = {"measure": measure, "given": cell.text[:_MOST_SAID]}
            self._fault(_FLAWS[mark], cell.at, **given)

    def _tell_stranger(self, values: Sequence[Value], row: int, columns: "_Columns") -> None:
        """Tell of a row without a sign that says something where figures are told."""
        for name in ("entry", "comment"):
            if given := _text(values[columns[name]]).strip():
                at = columns.at(name, row)
                self._fault(BookFlaw.NO_MEASURE, at, given=given[:_MOST_SAID])

    def _fault(self, flaw: BookFlaw, at: str, **data: str) -> None:
        self.faults.append(BookFault(flaw, at, data))


class _Columns(dict[str, int]):
    """Where the columns of a sheet are now, and what stands in them."""

    def __init__(self, sheet: Sheet, key_at: Place) -> None:
        """Find the columns by their signs. Raises BookRefused where one is gone."""
        signs = {text: place for place, text in enumerate(sheet.rows[key_at[0]]) if text}
        super().__init__(
            (name, signs[column_sign(name)]) for name in NEEDED if column_sign(name) in signs
        )
        gone = [name for name in NEEDED if name not in self]
        if gone:
            raise BookRefused(BookFlaw.COLUMNS_GONE, sheet=sheet.name, columns=" ".join(gone))
        self._rows, self._marks = sheet.rows, sheet.marks
        self._heads = {name: f"{sheet.name}!{letters(place)}" for name, place in self.items()}

    def at(self, name: str, row: int) -> str:
        """Return where a cell stands, as Excel names it."""
        return f"{self._heads[name]}{row + 1}"

    def cell(self, name: str, row: int) -> BookCell:
        """Return what came back in a cell, with what stood there before."""
        values, column = self._rows[row], self[name]
        is_share = bool(self._marks) and self._marks.get((row, column)) is Mark.SHARE
        before = _text(values[self[_BEFORE[name]]])
        return BookCell(values[column], self.at(name, row), before, is_share)

    def comment(self, row: int) -> BookCell | None:
        """Return the comment of a row; None where there is none and was none."""
        values = self._rows[row]
        if values[self["comment"]] == "" and values[self["comment_before"]] == "":
            return None
        return self.cell("comment", row)


def _says(cell: BookCell, comment: BookCell | None) -> tuple[str, bool, str]:
    return cell.text.strip(), cell.is_share, comment.text.strip() if comment else ""


def _text(value: Value) -> str:
    return value if isinstance(value, str) else f"{value:.15g}"
