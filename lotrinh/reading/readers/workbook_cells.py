"""A workbook (.xlsx) that was filled in, cell by cell: every sheet, and what each cell holds.

Other formats are refused: they tell neither which formulas failed nor which numbers are shown in
percent.
"""

import io
from collections.abc import Mapping
from functools import _lru_cache_wrapper, lru_cache
from itertools import chain
from typing import TypeVar, cast

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from lotrinh.reading.readers.archives import checked_parts
from lotrinh.reading.readers.cells import Cells, Mark, Sheet, Value
from lotrinh.reading.readers.grids import check_reach
from lotrinh.reading.readers.kinds import tell_kind
from lotrinh.reading.readers.parser_faults import refusals_of_parser
from lotrinh.reading.readers.refusals import Unreadable
from lotrinh.reading.readers.workbook_failures import failures
from lotrinh.reading.readers.workbook_grids import text_of
from lotrinh.reading.readers.workbook_parts import Form, Place, places, sheet_parts, styles

MOST_SHEETS = 200
_BOOK, _STYLES = "xl/workbook.xml", "xl/styles.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_MOST_KNOWN, _LARGE = 32, 100_000  # parts, and bytes of each
_T = TypeVar("_T")
Failures = Mapping[Place, str]
Rows = tuple[tuple[Value, ...], ...]


def read_cells(data: bytes, name: str) -> Cells:
    """Return the cells of a workbook. Nothing limits here what a hostile file may cost.

    Raises Unreadable: what `tell_kind` refuses, type for whatever is no .xlsx, damaged, encrypted,
    empty, far_cell, too_large.
    """
    if not data.startswith(b"PK\x03\x04"):
        tell_kind(data, name)  # an empty or encrypted file, or one with programs, is called so
        raise Unreadable("type")
    parts = checked_parts(data, keep=_is_looked_at)
    if _BOOK not in parts:
        raise Unreadable("type")
    failed, shares = _examined(parts)
    with refusals_of_parser():
        cells = _cells(data, failed, shares)
    if not cells.sheets:
        raise Unreadable("empty")
    return cells


def _is_looked_at(part: str) -> bool:
    """Tell whether a part may say something beside the values."""
    return part.endswith((".xml", ".rels")) and part != "xl/sharedStrings.xml"


def _examined(
    parts: Mapping[str, bytes],
) -> tuple[dict[str, Failures], dict[str, frozenset[Place]]]:
    """Return by sheets where formulas failed, and which places are shown in percent."""
    percent = _remembered(_percent, parts[_STYLES]) if _STYLES in parts else {}
    failed: dict[str, Failures] = {}
    shares: dict[str, frozenset[Place]] = {}
    told = tuple(parts.get(part, b"") for part in (_BOOK, _RELATIONS))
    for name, part in _remembered(_parts_of_sheets, *told).items():
        if part in parts:
            failed[name] = failures(parts[part])
            shares[name] = frozenset(places(parts[part], percent) if percent else ())
    return failed, shares


@lru_cache(maxsize=_MOST_KNOWN)
def _percent(part: bytes) -> Mapping[int, Form]:
    """Return the styles that show a share."""
    shown = styles({_STYLES: part}.__getitem__)
    return {number: form for number, form in shown.items() if form == "percent"}


@lru_cache(maxsize=_MOST_KNOWN)
def _parts_of_sheets(book: bytes, relations: bytes) -> Mapping[str, str]:
    return sheet_parts({_BOOK: book, _RELATIONS: relations}.__getitem__)


def _remembered(work: "_lru_cache_wrapper[_T]", *parts: bytes) -> _T:
    """Return what is made of parts; of small ones it is kept: the forms of a period have the same.

    A large one is worked on anew, lest a few files fill the memory of the process.
    """
    if max(map(len, parts)) > _LARGE:
        return work.__wrapped__(*parts)
    return work(*parts)


def _cells(
    data: bytes, failed: Mapping[str, Failures], shares: Mapping[str, frozenset[Place]]
) -> Cells:
    found: list[Sheet] = []
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        about = book.sheets_metadata
        if len(about) > MOST_SHEETS:
            raise Unreadable("too_large", what="sheets", found=len(about), limit=MOST_SHEETS)
        for place, one in enumerate(about):
            if one.typ is not SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_index(place)
            if sheet.start is not None:
                rows, marks = _read(
                    sheet, failed.get(one.name, {}), shares.get(one.name, frozenset())
                )
                is_hidden = one.visible is not SheetVisibleEnum.Visible
                found.append(Sheet(one.name, rows, marks, is_hidden))
    return Cells(tuple(found))


def _read(
    sheet: CalamineSheet, failed: Failures, shares: frozenset[Place]
) -> tuple[Rows, dict[Place, Mark]]:
    start = sheet.start or (0, 0)
    check_reach(start[0] + sheet.height, start[1] + sheet.width)
    marks: dict[Place, Mark] = {}
    values = sheet.to_python(skip_empty_area=False)
    if not failed and {*map(type, chain.from_iterable(values))} == {str}:
        return cast(Rows, tuple(map(tuple, values))), marks  # as a form is written
    rows: list[list[Value]] = [
        [
            value if type(value) is str else _told(value, (down, right), shares, marks)
            for right, value in enumerate(row)
        ]
        for down, row in enumerate(values)
    ]
    _mark_failed(rows, failed, marks)
    return tuple(map(tuple, rows)), marks


def _mark_failed(rows: list[list[Value]], failed: Failures, marks: dict[Place, Mark]) -> None:
    """Put the signs of failed formulas where they stand, also beyond the last value."""
    if not failed:
        return
    high = max(len(rows), *(down + 1 for down, _ in failed))
    wide = max(len(rows[0]) if rows else 0, *(right + 1 for _, right in failed))
    check_reach(high, wide)
    rows.extend([] for _ in range(high - len(rows)))
    for row in rows:
        row.extend([""] * (wide - len(row)))
    for (down, right), sign in failed.items():
        if rows[down][right] == "":
            rows[down][right] = sign
            marks[down, right] = Mark.FAILED


def _told(value: object, place: Place, shares: frozenset[Place], marks: dict[Place, Mark]) -> Value:
    """Return what is no text as it is kept, and mark what has to be known of it."""
    if isinstance(value, bool):
        marks[place] = Mark.TRUTH
    elif isinstance(value, int | float):
        if place in shares:
            marks[place] = Mark.SHARE
        return float(value)
    else:
        marks[place] = Mark.DAY
    return text_of(value)
