"""Where formulas of a sheet failed, and whether a cell stands too far away, from its bare text.

The parser gives an empty text for a formula that failed or was never worked out, as for a cell that
is empty; and it keeps every place between the first and the last cell in memory. Both have to be
seen before it is asked.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from lotrinh.reading.readers.grids import MOST_COLUMNS, MOST_PLACES, MOST_ROWS, check_reach
from lotrinh.reading.readers.refusals import Unreadable
from lotrinh.reading.readers.workbook_parts import Place, place_of

NO_VALUE = "#VALUE!"
"""What stands for a formula whose value the file does not hold."""

_FAR = 100  # empty rows or columns before a cell that stands alone
_MAY_BE_FAR = re.compile(rb"""r\s*=\s*["'](?:[A-Z]{2,3}\d|[A-Z]\d{5})""")
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


def failures(sheet: bytes) -> dict[Place, str]:
    """Return the signs of formulas without a value by their places.

    Raises Unreadable (far_cell, too_large) for a sheet that reaches too far.
    """
    if _MAY_BE_FAR.search(sheet):
        _check_far(place_of(match[1]) for match in _FILLED.finditer(sheet))
    found = {}
    for pattern in _worth_a_search(sheet):
        for match in pattern.finditer(sheet):
            reference = _REFERENCE.search(match[1])
            if reference is not None and b't="str"' not in match[1]:
                value = _VALUE.search(match[0])
                found[place_of(reference[1])] = value[1].decode() if value else NO_VALUE
    return found


def _worth_a_search(sheet: bytes) -> Iterable[re.Pattern[bytes]]:
    """Yield the patterns that may find something; most sheets have neither formulas nor errors."""
    end = sheet.rfind(b"sheetData>")  # behind it stand the formulas of lists and colours
    if sheet.find(b"<f", 0, end) >= 0 or sheet.find(b":f", 0, end) >= 0:
        yield _UNWORKED
    if b'"e"' in sheet or b"'e'" in sheet:
        yield _FAILED


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
        raise Unreadable("far_cell", cell=address(place))
    check_reach(low + 1, far + 1)


def address(place: Place) -> str:
    """Return the name of a place as Excel shows it.

    >>> address((1_048_575, 16_383))
    'XFD1048576'
    """
    row, column = place
    return f"{letters(column)}{row + 1}"


@lru_cache(MOST_COLUMNS)
def letters(column: int) -> str:
    """Return the letters of a column, from 0.

    >>> letters(0), letters(26)
    ('A', 'AA')
    """
    found = ""
    while column >= 0:
        column, rest = divmod(column, 26)
        found = chr(ord("A") + rest) + found
        column -= 1
    return found
