"""Columns of marks: each is a body or a time, and a cross says that the task of the row is its.

"x" under "Sở Y tế" makes that body lead the task; "PH" says that it only helps. Where another
column names who leads, a cross means help. Under "Quý II" or "Tháng 6" it says when.
"""

import re
from collections.abc import Mapping

from lotrinh.reading.grammar import any_of
from lotrinh.reading.tables.grid import Box
from lotrinh.reading.tables.headings import TABLES, Heading
from lotrinh.reading.tables.names import Named

_MARK = re.compile(any_of(TABLES["marks"]["any"]) + r"|[xX\u2713\u2714\u00d7\u25cf\u2022+*]")
_HELPS = re.compile(any_of(TABLES["marks"]["helps"]))
BODY, TIME = "body:", "time:"  # before the number of the column, in the columns of a table


def is_mark(box: Box) -> bool:
    """Tell a cell that holds nothing but a mark."""
    return _MARK.fullmatch(box.folded) is not None


def marked_bodies(
    columns: Mapping[str, int], cells: Mapping[int, Box], headings: Mapping[int, Heading]
) -> Named:
    """Return the bodies whose columns are marked in a row."""
    lead: list[str] = []
    helping: list[str] = []
    for role, column in columns.items():
        box = cells.get(column)
        if not role.startswith(BODY) or box is None or not is_mark(box):
            continue
        helps = _HELPS.fullmatch(box.folded) is not None or "lead" in columns
        (helping if helps else lead).append(headings[column].path[-1].text)
    return Named(tuple(lead), tuple(helping))


def marked_time(
    columns: Mapping[str, int], cells: Mapping[int, Box], headings: Mapping[int, Heading]
) -> Box | None:
    """Return the heading of the last column of times that is marked in a row."""
    marked = [
        column
        for role, column in columns.items()
        if role.startswith(TIME) and column in cells and is_mark(cells[column])
    ]
    return headings[max(marked)].path[-1] if marked else None
