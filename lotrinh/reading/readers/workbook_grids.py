"""A workbook as the grids of its sheets: every cell as text, in the row and column where it stands.

A sheet that is filled in is no document: no row may be left out, or the rows that people are told
of would not be those that they see. Formulas stand with the value that was stored; a formula that
failed, or was never worked out, stands as the sign of its failure, since an empty cell would mean
something else. Hidden sheets are passed over and told.
"""

import datetime as dt
import io
import math
import re
import zipfile
from collections.abc import Iterable

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from lotrinh.reading.readers.grids import (
    MOST_COLUMNS,
    MOST_PLACES,
    MOST_ROWS,
    Grid,
    Grids,
    check_reach,
    in_modern_letters,
)
from lotrinh.reading.readers.refusals import Unreadable
from lotrinh.reading.readers.workbook_parts import Place, place_of, sheet_parts

MOST_SHEETS = 50
_FAR = 100  # empty rows or columns before a cell that stands alone
NO_VALUE = "#VALUE!"
"""What stands for a formula whose value the file does not hold."""

_FILLED = re.compile(
    rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r\s*=\s*["']([A-Z]{1,3}\d{1,7})["'][^>]*(?<!/)>"""
)
_FAILED = re.compile(
    rb"""<(?:\w+:)?c\s([^>]*?\bt\s*=\s*["']e["'][^>]*(?<!/))>(.{0,9000}?)</(?:\w+:)?c>""", re.DOTALL
)
_UNWORKED = re.compile(
    rb"""<(?:\w+:)?c\s([^>]*(?<!/))><(?:\w+:)?f(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)"""
    rb"""(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"""
)
_VALUE = re.compile(rb"<(?:\w+:)?v>(#[A-Z0-9/!?_]{1,20})</")
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3}\d{1,7})["']""")


def read_grids(data: bytes) -> Grids:
    """Return the grids of a workbook (.xlsx, .xls, .ods) that has been examined before.

    Raises Unreadable: damaged, encrypted, empty, far_cell, too_large, legacy_encoding.
    """
    try:
        return _grids(data)
    except PasswordError:
        raise Unreadable("encrypted") from None
    except CalamineError:
        raise Unreadable("damaged", part="workbook") from None
    except BaseException as error:
        # The parser's panic is no Exception; its class has no name that could be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise Unreadable("damaged", part="workbook") from None


def _grids(data: bytes) -> Grids:
    failed = _examined(data)
    hidden: list[str] = []
    found: list[Grid] = []
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for place, about in enumerate(book.sheets_metadata[:MOST_SHEETS]):
            if about.visible is not SheetVisibleEnum.Visible:
                hidden.append(about.name)
            elif about.typ is SheetTypeEnum.WorkSheet:
                sheet = book.get_sheet_by_index(place)
                if sheet.start is not None:
                    check_reach(sheet.start[0] + sheet.height, sheet.start[1] + sheet.width)
                    values = sheet.to_python(skip_empty_area=False)
                    rows = [[_text(value) for value in row] for row in values]
                    for (down, right), sign in failed.get(about.name, {}).items():
                        if down < len(rows) and right < len(rows[down]):
                            rows[down][right] = rows[down][right] or sign
                    found.append(Grid(about.name, tuple(map(tuple, rows))))
    rows_, encoding = in_modern_letters([grid.rows for grid in found])
    if not any(cell.strip() for grid in rows_ for row in grid for cell in row):
        raise Unreadable("empty")
    sheets = tuple(Grid(grid.name, rows) for grid, rows in zip(found, rows_, strict=True))
    return Grids(sheets, tuple(hidden), encoding)


def _examined(data: bytes) -> dict[str, dict[Place, str]]:
    """Return where formulas failed, by the names of the sheets of an .xlsx file.

    The parser keeps every place between the first and the last cell in memory, so a stray cell at
    the far end of a sheet has to be found before. Raises Unreadable (far_cell, too_large).
    """
    if not data.startswith(b"PK"):
        return {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = frozenset(archive.namelist())
        if "xl/workbook.xml" not in names:
            return {}
        parts = {name: part for name, part in sheet_parts(archive).items() if part in names}
        return {name: _failures(archive.read(part)) for name, part in parts.items()}


def _failures(sheet: bytes) -> dict[Place, str]:
    _check_far(place_of(match[1]) for match in _FILLED.finditer(sheet))
    found = {}
    for pattern in (_UNWORKED, _FAILED):
        for match in pattern.finditer(sheet):
            reference = _REFERENCE.search(match[1])
            if reference is not None and b't="str"' not in match[1]:
                value = _VALUE.search(match[0])
                found[place_of(reference[1])] = value[1].decode() if value else NO_VALUE
    return found


def _check_far(places: Iterable[Place]) -> None:
    """Raise Unreadable for a sheet that reaches too far, with the cell that stands alone there."""
    rows: dict[int, int] = {}
    columns: dict[int, int] = {}
    for row, column in places:
        rows[row] = column
        columns[column] = row
    if not rows:
        return
    low, far = max(rows), max(columns)
    if low < MOST_ROWS and far < MOST_COLUMNS and (low + 1) * (far + 1) <= MOST_PLACES:
        return
    below, beside = low + 1 - len(rows), far + 1 - len(columns)
    if max(below, beside) > _FAR:
        place = (low, rows[low]) if below >= beside else (columns[far], far)
        raise Unreadable("far_cell", cell=_address(place))
    check_reach(low + 1, far + 1)


def _address(place: Place) -> str:
    """Return the name of a place as Excel shows it.

    >>> _address((1_048_575, 16_383))
    'XFD1048576'
    """
    row, column = place
    letters = ""
    while column >= 0:
        column, rest = divmod(column, 26)
        letters = chr(ord("A") + rest) + letters
        column -= 1
    return f"{letters}{row + 1}"


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(float(value))
    if isinstance(value, dt.date):
        day = f"{value.day:02}/{value.month:02}/{value.year:04}"
        timed = isinstance(value, dt.datetime) and value.time() != dt.time()
        return f"{day} {value:%H:%M}" if timed else day
    return str(value)


def _number(value: float) -> str:
    """Return a number with the fifteen digits that Excel keeps."""
    if not math.isfinite(value):
        return NO_VALUE
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.15g}"
