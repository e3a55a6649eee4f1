"""Sheets as files: the grid in a CSV file or a workbook, and such files from a grid.

A workbook is opened in the limited child process in which documents are read. In a file for Excel
every cell has its type said, so a name that begins with "=" stays a name; in a CSV file, which
knows no types, an apostrophe before it keeps programs from taking it for a formula, and is taken
away again on reading.
"""

import csv
import io
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from lotrinh.apps.files.csv_text import read_csv
from lotrinh.reading.readers import Unreadable, open_grids_safely
from lotrinh.reading.readers.grids import LONGEST_CELL
from lotrinh.reading.readers.kinds import tell_kind
from lotrinh.rules.sheet_heads import known_heads

MOST_BYTES = 16 * 1024 * 1024
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_FIRST_DAY_OF_EXCEL = date(1900, 3, 1)  # before it, Excel counts a day that never was
_NO_INSTANT = datetime(2000, 1, 1)  # noqa: DTZ001 - a file does not tell when it was made
_WIDEST = 60

Cell = str | int | date | None
Grid = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class GivenSheet:
    """The sheet of a file that is read.

    ``passed_over`` are the names of its other sheets, hidden ones among them; ``encoding`` is the
    old encoding that its letters came from, if they did.
    """

    grid: Grid
    name: str = ""
    passed_over: tuple[str, ...] = ()
    encoding: str | None = None


def read_grid(content: bytes, name: str) -> Grid:
    """Return the cells of the sheet in a file. Raises Unreadable, as ``read_sheet``."""
    return read_sheet(content, name).grid


def read_sheet(content: bytes, name: str) -> GivenSheet:
    """Return the sheet in a file: of several visible ones the first whose head is known best.

    Rows and columns are counted as Excel does; empty ones stay. Raises Unreadable: what the
    readers refuse, and too_large.
    """
    if len(content) > MOST_BYTES:
        raise Unreadable("too_large", what="bytes", found=len(content), limit=MOST_BYTES)
    kind = tell_kind(content, name)
    if kind == "text":
        rows, encoding = read_csv(content)
        return GivenSheet(rows, encoding=encoding)
    if kind != "workbook":
        raise Unreadable("type")
    grids = open_grids_safely(content, name)
    best = max(grids.sheets, key=lambda sheet: known_heads(sheet.rows))
    others = [sheet.name for sheet in grids.sheets if sheet is not best and sheet.rows]
    return GivenSheet(best.rows, best.name, (*others, *grids.hidden), grids.encoding)


def as_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return the rows as CSV in UTF-8 with its mark, which Excel needs; days as yyyy-mm-dd."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([_with_guard(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


class TooLongForExcel(Exception):
    """A cell holds more than Excel can; in a CSV file it has room."""


def as_workbook(
    rows: Iterable[Sequence[Cell]], *, name: str, head: int = 0, wrong: Collection[int] = ()
) -> bytes:
    """Return the rows as a workbook with one sheet; the row ``head`` stays in view, with filters.

    The rows ``wrong``, from 0, are tinted. The same rows are the same bytes.
    Raises TooLongForExcel.
    """
    held = [tuple(row) for row in rows]
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": _NO_INSTANT})
    sheet = book.add_worksheet(name)
    bold, tinted = book.add_format({"bold": True}), book.add_format({"bg_color": "#FBE3DC"})
    forms = {False: None, True: tinted}
    day = {"num_format": "dd/mm/yyyy"}
    days = {False: book.add_format(day), True: book.add_format({**day, "bg_color": "#FBE3DC"})}
    for down, row in enumerate(held):
        is_wrong = down in wrong
        for right, cell in enumerate(row):
            if isinstance(cell, date) and cell >= _FIRST_DAY_OF_EXCEL:
                sheet.write_datetime(down, right, cell, days[is_wrong])
            elif isinstance(cell, int):
                sheet.write_number(down, right, cell, forms[is_wrong])
            elif (text := _plain(cell)) and len(text) > LONGEST_CELL:
                raise TooLongForExcel(len(text))
            elif text:
                sheet.write_string(down, right, text, bold if down == head else forms[is_wrong])
    _arrange(sheet, held, head)
    book.close()
    return file.getvalue()


def _arrange(sheet: Worksheet, rows: Sequence[Sequence[Cell]], head: int) -> None:
    """Make the columns as wide as what they hold, and let the head stay in view."""
    wide = max(map(len, rows), default=0)
    for right in range(wide):
        widest = max(len(_plain(row[right])) for row in rows[head:] if right < len(row))
        sheet.set_column(right, right, min(max(widest, 8), _WIDEST) + 2)
    sheet.freeze_panes(head + 1, 0)
    if wide and len(rows) > head + 1:
        sheet.autofilter(head, 0, len(rows) - 1, wide - 1)


def _plain(cell: Cell) -> str:
    """Return what a CSV file holds of a cell."""
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _with_guard(cell: Cell) -> str:
    text = _plain(cell)
    return f"'{text}" if isinstance(cell, str) and _FORMULA.match(text) else text
