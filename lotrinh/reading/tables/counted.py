"""Cells that hold the bare number of a month or quarter, under a heading that says of which.

"3" or "4, 9" below "Tháng", "II" below "Quý": without the heading these would be any numbers.
"""

import re
from collections.abc import Iterator
from typing import Literal

from lotrinh.reading.tables.grid import Box

Counted = Literal["month", "quarter"]
_MONTH = re.compile(r"(?<!\w)(?<!hang )(?<!moi )(?<!\d )(?:thang|months?)(?!\w)")
_QUARTER = re.compile(
    r"(?<!\w)(?<!hang )(?<!moi )(?:quy(?! (?:dinh|che|hoach|mo))|quarters?)(?!\w)"
)
_AND = r"\s?(?:,|;|-|va|den|and|to|&)\s?"
_MONTHS = re.compile(rf"(?:0?[1-9]|1[0-2])(?:{_AND}(?:0?[1-9]|1[0-2]))*(?:/((?:19|20)\d\d))?")
_QUARTERS = re.compile(
    rf"(?:iv|i{{1,3}}|[1-4])(?:{_AND}(?:iv|i{{1,3}}|[1-4]))*(?:/((?:19|20)\d\d))?"
)
_PIECE = re.compile(r"iv|i{1,3}|\d{1,2}(?!\d)")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def counted_by(heading: str) -> Counted | None:
    """Return what a folded heading says that bare numbers below it count."""
    if _MONTH.search(heading):
        return "month"
    return "quarter" if _QUARTER.search(heading) else None


def counted_times(folded: str, box: Box, counted: Counted | None) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and iso form of every number in a cell that holds nothing else."""
    if counted is None:
        return
    whole = (_MONTHS if counted == "month" else _QUARTERS).fullmatch(folded, box.start, box.end)
    if whole is None:
        return
    year = whole[1] or "XXXX"
    stop = whole.start(1) - 1 if whole[1] else box.end
    pieces = list(_PIECE.finditer(folded, box.start, stop))
    for place, piece in enumerate(pieces):
        number = _ROMAN.get(piece.group()) or int(piece.group())
        end = box.end if place == len(pieces) - 1 else piece.end()
        iso = f"{year}-{number:02}" if counted == "month" else f"{year}-Q{number}"
        yield piece.start(), end, iso
