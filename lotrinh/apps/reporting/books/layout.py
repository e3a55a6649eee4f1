"""The hidden signs of a workbook, for the one who writes it and the one who reads it.

They stand in the first row and column of the sheet itself, both hidden, so that they go with it
when it is copied or moved into another file.
"""

import re

from lotrinh.rules.books import LAYOUT

SIGN = "lotrinh"
KEY = f"{SIGN}:book:"
"""What begins the key: before a colon and the signed text stands the number of the lay-out."""

HEAD = f"{SIGN}:head"
"""The sign of the row in which the columns have their names for people."""

COLUMNS = (
    "mark",
    "number",
    "name",
    "unit",
    "plan",
    "previous",
    "year_before",
    "entry",
    "comment",
    "before",
    "comment_before",
)
"""The columns in the order in which they are written; they are read by their signs."""

PLACES = {name: place for place, name in enumerate(COLUMNS)}
NEEDED = ("name", "unit", "entry", "comment", "before", "comment_before")
"""Without these columns a book is not read."""


_UNHELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def held(text: str) -> str:
    """Return a text without the signs that no workbook can hold; nobody sees them."""
    return _UNHELD.sub("", text)


def key_cell(signed: str) -> str:
    """Return the text of the cell with the key, which is at the head of the hidden column."""
    return f"{KEY}{LAYOUT}:{signed}"


def column_sign(name: str) -> str:
    """Return the hidden sign of a column."""
    return f"{SIGN}:{name}"
