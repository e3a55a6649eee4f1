"""A workbook as the grids of its sheets: every cell as text, in the row and column where it stands.

A sheet that is filled in is no document: no row may be left out, or the rows that people are told
of would not be those that they see. Formulas stand with the value that was stored; a formula that
failed, or was never worked out, stands as the sign of its failure, since an empty cell would mean
something else. Hidden sheets are passed over and told.
"""

import datetime as dt
import io
import math
import zipfile

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from lotrinh.reading.readers.grids import Grid, Grids, check_reach, in_modern_letters
from lotrinh.reading.readers.parser_faults import refusals_of_parser
from lotrinh.reading.readers.refusals import Unreadable
from lotrinh.reading.readers.workbook_failures import NO_VALUE, failures
from lotrinh.reading.readers.workbook_parts import Place, sheet_parts

MOST_SHEETS = 50


def read_grids(data: bytes) -> Grids:
    """Return the grids of a workbook (.xlsx, .xls, .ods) that has been examined before.

    Raises Unreadable: damaged, encrypted, empty, far_cell, too_large, legacy_encoding.
    """
    with refusals_of_parser():
        return _grids(data)


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
                    rows = [[text_of(value) for value in row] for row in values]
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
        parts = {name: part for name, part in sheet_parts(archive.read).items() if part in names}
        return {name: failures(archive.read(part)) for name, part in parts.items()}


def text_of(value: object) -> str:
    """Return a value of the parser as a sheet in Vietnamese shows it; numbers with a dot."""
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
