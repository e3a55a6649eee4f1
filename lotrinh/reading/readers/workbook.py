"""Workbooks (.xlsx, .xls, .ods): every visible sheet is a table.

Values are written as the sheet would print them to a Vietnamese reader: days as dd/mm/yyyy, whole
numbers without a fraction. Formulas stand with the value that was stored. Title rows, which hold
one text above the header row, become lines before the table.
"""

import datetime as dt
import io
import math
import re
import zipfile
from collections.abc import Sequence

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from lotrinh.reading.paper import Paper
from lotrinh.reading.readers.refusals import Unreadable
from lotrinh.reading.readers.writer import Box, Writer

MOST_ROWS = 100_000
_MOST_PLACES = 3_000_000  # a sheet whose used area is larger has a stray cell at its far end
_PLACE = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d{1,7})"')
_Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
_Merge = tuple[tuple[int, int], tuple[int, int]]


def read(data: bytes, *, ocr: bool = False) -> Paper:
    """Return the sheets as tables. Raises Unreadable: damaged, encrypted, too_large, empty."""
    writer = Writer()
    try:
        _write_sheets(data, writer)
    except PasswordError:
        raise Unreadable("encrypted") from None
    except CalamineError:
        raise Unreadable("damaged", part="workbook") from None
    except BaseException as error:
        # The parser's panic is no Exception; its class has no name that could be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise Unreadable("damaged", part="workbook") from None
    return writer.paper()


def _check_areas(data: bytes) -> None:
    """The parser keeps every place between the first and the last cell of a sheet in memory."""
    if not data.startswith(b"PK"):
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                _check_area(archive.read(name))


def _check_area(sheet: bytes) -> None:
    first: tuple[int, int] | None = None
    last = (0, 0)
    for match in _PLACE.finditer(sheet):
        row, column = int(match.group(2)), _column(match.group(1))
        first = (min(first[0], row), min(first[1], column)) if first else (row, column)
        last = (max(last[0], row), max(last[1], column))
    if first is None:
        return
    high, wide = last[0] - first[0] + 1, last[1] - first[1] + 1
    if high > MOST_ROWS:
        raise Unreadable("too_large", what="rows", found=high, limit=MOST_ROWS)
    if high * wide > _MOST_PLACES:
        raise Unreadable("too_large", what="cells", found=high * wide, limit=_MOST_PLACES)


def _column(letters: bytes) -> int:
    found = 0
    for letter in letters:
        found = found * 26 + letter - ord("A") + 1
    return found


def _write_sheets(data: bytes, writer: Writer) -> None:
    _check_areas(data)
    hidden: list[str] = []
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for place, sheet in enumerate(book.sheets_metadata):
            if sheet.visible is not SheetVisibleEnum.Visible:
                hidden.append(sheet.name)
            elif sheet.typ is SheetTypeEnum.WorkSheet:
                _write(book.get_sheet_by_index(place), writer)
    if hidden:
        writer.note("hidden_sheets", sheets=", ".join(hidden))


def _write(sheet: CalamineSheet, writer: Writer) -> None:
    if sheet.start is None or sheet.end is None:
        return
    if sheet.height > MOST_ROWS:
        raise Unreadable("too_large", what="rows", found=sheet.height, limit=MOST_ROWS)
    rows = [[_printed(value) for value in row] for row in sheet.to_python()]
    top, left = sheet.start
    spans = _spans(sheet.merged_cell_ranges or (), top, left)
    titles = _titles(rows, spans)
    for row in range(titles):
        writer.line("\n".join(text for text in rows[row] if text))
    writer.table(_boxes(rows, spans, titles), name=sheet.name)


def _spans(merges: Sequence[_Merge], top: int, left: int) -> dict[tuple[int, int], tuple[int, int]]:
    """Return how many rows and columns the merged cell at a place reaches over."""
    return {
        (first[0] - top, first[1] - left): (last[0] - first[0] + 1, last[1] - first[1] + 1)
        for first, last in merges
    }


def _titles(rows: list[list[str]], spans: dict[tuple[int, int], tuple[int, int]]) -> int:
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


def _printed(value: _Value) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, dt.datetime):
        day = value.strftime("%d/%m/%Y")
        return day if value.time() == dt.time() else f"{day} {value:%H:%M}"
    if isinstance(value, dt.date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, float):
        return _number(value)
    return str(value)


def _number(value: float) -> str:
    """Return a whole number without a fraction, and others without the noise of binary sums."""
    if not math.isfinite(value):
        return ""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return repr(float(f"{value:.12g}"))
