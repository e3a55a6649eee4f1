"""Sheets as files: the grid in a CSV file or a workbook, and such files from a grid.

A workbook is opened in the limited child process in which documents are read. In a file for Excel
every cell has its type said, so a name that begins with "=" stays a name; in a CSV file, which
knows no types, an apostrophe before it keeps programs from taking it for a formula, and is taken
away again on reading.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date

import xlsxwriter

from lotrinh.reading import Paper
from lotrinh.reading.readers import Unreadable, decode, open_safely
from lotrinh.reading.readers.kinds import tell_kind

MOST_BYTES = 16 * 1024 * 1024
MOST_ROWS = 50_000
_DELIMITERS = (",", ";", "\t")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_KEPT_FROM_FORMULA = re.compile(r"'+[=+\-@\t\r]")
_FIRST_DAY_OF_EXCEL = date(1900, 3, 1)  # before it, Excel counts a day that never was
_WIDEST = 60

Cell = str | int | date | None
Grid = tuple[tuple[str, ...], ...]


def read_grid(content: bytes, name: str) -> Grid:
    """Return the cells of the first sheet in a file; empty rows stay, so that rows can be counted.

    Raises Unreadable: what the readers refuse, and too_large.
    """
    if len(content) > MOST_BYTES:
        raise Unreadable("too_large", what="bytes", found=len(content), limit=MOST_BYTES)
    kind = tell_kind(content, name)
    if kind == "workbook":
        grid = _of_paper(open_safely(content, name))
    elif kind == "text":
        grid = _of_text(decode(content, "sheet.csv"))
    else:
        raise Unreadable("type")
    if len(grid) > MOST_ROWS:
        raise Unreadable("too_large", what="rows", found=len(grid), limit=MOST_ROWS)
    return grid


def _of_text(text: str) -> Grid:
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise Unreadable("damaged", part="csv") from None
    return tuple(tuple(map(_without_guard, row)) for row in rows)


def _of_paper(paper: Paper) -> Grid:
    """Return the first table of a workbook, below its titles; a sheet of one column has none."""
    if not paper.tables:
        raise Unreadable("empty")
    table = paper.tables[0]
    titles = [line for line in paper.text[: table.start].splitlines() if line]
    wide = max(cell.column for cell in table.cells) + 1
    high = max(cell.row for cell in table.cells) + 1
    rows = [[""] * wide for _ in range(high)]
    for cell in table.cells:
        rows[cell.row][cell.column] = paper.text[cell.start : cell.end]
    return (*((title,) for title in titles), *map(tuple, rows))


def as_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return the rows as CSV in UTF-8 with its mark, which Excel needs; days as yyyy-mm-dd."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([_with_guard(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def as_workbook(rows: Iterable[Sequence[Cell]], *, name: str) -> bytes:
    """Return the rows as a workbook with one sheet; its first row is the head and stays in view."""
    held = [tuple(row) for row in rows]
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(name)
    bold, day_form = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
    for down, row in enumerate(held):
        for right, cell in enumerate(row):
            if isinstance(cell, date) and cell >= _FIRST_DAY_OF_EXCEL:
                sheet.write_datetime(down, right, cell, day_form)
            elif isinstance(cell, int):
                sheet.write_number(down, right, cell)
            elif cell not in (None, ""):
                sheet.write_string(down, right, _plain(cell), None if down else bold)
    for right in range(max(map(len, held), default=0)):
        widest = max(len(_plain(row[right])) for row in held if right < len(row))
        sheet.set_column(right, right, min(max(widest, 8), _WIDEST) + 2)
    sheet.freeze_panes(1, 0)
    book.close()
    return file.getvalue()


def _plain(cell: Cell) -> str:
    """Return what a CSV file holds of a cell."""
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _with_guard(cell: Cell) -> str:
    text = _plain(cell)
    return f"'{text}" if isinstance(cell, str) and _FORMULA.match(text) else text


def _without_guard(text: str) -> str:
    return text[1:] if _KEPT_FROM_FORMULA.match(text) else text
