"""Workbooks (.xlsx, .xls, .ods): every visible sheet is a table.

Values are written as the sheet would print them: days as dd/mm/yyyy, whole numbers without a
fraction, others with a decimal comma where the workbook is in Vietnamese, percentages with their
sign; a month or a year that is shown without a day has none. Formulas stand with the value that
was stored. Title rows, which hold one text above the header row, become lines before the table.
"""

import datetime as dt
import io
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from lotrinh.reading.paper import Paper
from lotrinh.reading.readers.embedded import runs_of_letters
from lotrinh.reading.readers.office_pictures import large_pictures
from lotrinh.reading.readers.parser_faults import refusals_of_parser
from lotrinh.reading.readers.refusals import Unreadable
from lotrinh.reading.readers.unseen import archive_lines
from lotrinh.reading.readers.workbook_parts import MOST_ROWS, Form, Place, forms
from lotrinh.reading.readers.writer import Box, Writer

_OWN = re.compile("[ĂăĐđƠơƯư\u1ea0-\u1ef9]")  # letters of no other language
_Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
_Merge = tuple[tuple[int, int], tuple[int, int]]


def read(data: bytes, *, ocr: bool = False) -> Paper:
    """Return the sheets as tables. Raises Unreadable: damaged, encrypted, too_large, empty."""
    writer = Writer()
    with refusals_of_parser():
        _write_sheets(data, writer)
    return writer.paper()


def _write_sheets(data: bytes, writer: Writer) -> None:
    shown = forms(data)
    for line in archive_lines(data) if data.startswith(b"PK") else runs_of_letters(data):
        writer.unseen(line)
    hidden: list[str] = []
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        sheets: list[CalamineSheet] = []
        for place, sheet in enumerate(book.sheets_metadata):
            writer.unseen(sheet.name)
            if sheet.visible is not SheetVisibleEnum.Visible:
                hidden.append(sheet.name)
                writer.unseen(_words(book, place))
            elif sheet.typ is SheetTypeEnum.WorkSheet:
                sheets.append(book.get_sheet_by_index(place))
        grids = [(sheet, _values(sheet)) for sheet in sheets]
        comma = any(_is_vietnamese(values) for _, values in grids)
        for grid, values in grids:
            _write(grid, values, _Style(comma, shown.get(grid.name, {})), writer)
    if hidden:
        writer.note("hidden_sheets", sheets=", ".join(hidden))
    pictures = large_pictures(data) if data.startswith(b"PK") else 0
    if pictures:
        writer.note("large_pictures", count=pictures)


@dataclass(frozen=True, slots=True)
class _Style:
    """How values are printed: with a decimal comma or dot, and in which form at some places."""

    comma: bool
    forms: Mapping[Place, Form]


def _values(sheet: CalamineSheet) -> list[list[_Value]]:
    if sheet.start is None:
        return []
    if sheet.height > MOST_ROWS:
        raise Unreadable("too_large", what="rows", found=sheet.height, limit=MOST_ROWS)
    return sheet.to_python()


def _words(book: CalamineWorkbook, place: int) -> str:
    """Return the words of a hidden sheet; nothing of a chart or of a sheet beyond measure."""
    if book.sheets_metadata[place].typ is not SheetTypeEnum.WorkSheet:
        return ""
    sheet = book.get_sheet_by_index(place)
    if sheet.height > MOST_ROWS:
        return ""
    return "\n".join(value for row in sheet.to_python() for value in row if isinstance(value, str))


def _is_vietnamese(values: Sequence[Sequence[_Value]]) -> bool:
    return any(isinstance(value, str) and _OWN.search(value) for row in values for value in row)


def _write(
    sheet: CalamineSheet, values: Sequence[Sequence[_Value]], style: _Style, writer: Writer
) -> None:
    if sheet.start is None:
        return
    top, left = sheet.start
    rows = [
        [
            _printed(value, style.comma, style.forms.get((top + down, left + right)))
            for right, value in enumerate(row)
        ]
        for down, row in enumerate(values)
    ]
    spans = _spans(sheet.merged_cell_ranges or (), top, left)
    titles = _titles(rows)
    for row in range(titles):
        writer.line("\n".join(text for text in rows[row] if text))
    writer.table(_boxes(rows, spans, titles), name=sheet.name)


def _spans(merges: Sequence[_Merge], top: int, left: int) -> dict[tuple[int, int], tuple[int, int]]:
    """Return how many rows and columns the merged cell at a place reaches over."""
    return {
        (first[0] - top, first[1] - left): (last[0] - first[0] + 1, last[1] - first[1] + 1)
        for first, last in merges
    }


def _titles(rows: list[list[str]]) -> int:
    """Return how many rows at the top hold at most one text, before the first row of several."""
    for place, row in enumerate(rows):
        if sum(1 for text in row if text) > 1:
            return place
    return 0


def _boxes(
    rows: list[list[str]], spans: dict[tuple[int, int], tuple[int, int]], skipped: int
) -> list[Box]:
    covered: set[tuple[int, int]] = set()
    boxes: list[Box] = []
    wide = max((len(row) for row in rows), default=0)
    for place, row in enumerate(rows[skipped:]):
        for column, text in enumerate(row):
            at = (place + skipped, column)
            if at in covered:
                continue
            high, broad = spans.get(at, (1, 1))
            high, broad = min(high, len(rows) - at[0]), min(broad, wide - column)
            if (high, broad) != (1, 1):
                covered |= {
                    (at[0] + down, column + right) for down in range(high) for right in range(broad)
                }
            boxes.append(Box(place, column, text, high, broad))
    return boxes


def _printed(value: _Value, comma: bool, form: Form | None) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        printed = _number(value * 100) + "%" if form == "percent" else _number(value)
        return printed.replace(".", ",") if comma else printed
    if isinstance(value, dt.date):
        return _day(value, form)
    return str(value)


def _day(value: dt.date, form: Form | None) -> str:
    """Return a day as exactly as it is shown, and its time of day where it has one."""
    if form == "year":
        return f"{value.year:04}"
    if form == "month":
        return f"{value.month:02}/{value.year:04}"
    day = f"{value.day:02}/{value.month:02}/{value.year:04}"
    timed = isinstance(value, dt.datetime) and value.time() != dt.time()
    return f"{day} {value:%H:%M}" if timed else day


def _number(value: float) -> str:
    """Return a whole number without a fraction, and others without the noise of binary sums."""
    if not math.isfinite(value):
        return ""
    value = float(f"{value:.12g}")
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return repr(value)
