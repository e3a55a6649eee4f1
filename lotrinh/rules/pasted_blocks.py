"""A rectangle of cells that is pasted from a sheet: rows by lines, columns by tabs.

A cell that holds a line or a tab of its own stands in quotes, its own quotes doubled, as sheets put
it on the clipboard. Quotes that do not come out so are letters like any other: every sign that was
pasted is in a cell, and what finds no place in the form is given back.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

Cells = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A cell that found no place, by its row and column in what was pasted, both from 0."""

    row: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Pasted:
    """Texts by row and column of the form, from 0, and those that found no place."""

    cells: Mapping[tuple[int, int], str]
    left_over: tuple[LeftOver, ...]


def cells_of(pasted: str) -> Cells:
    """Return the rows of a pasted text, each as wide as the widest; none of an empty text.

    >>> cells_of("a\\tb\\r\\n1\\n")
    (('a', 'b'), ('1', ''))
    """
    text = pasted.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    if not text:
        return ()
    rows = _quoted(text) or [line.split("\t") for line in text.split("\n")]
    width = max(map(len, rows))
    return tuple((*row, *[""] * (width - len(row))) for row in rows)


def place(cells: Cells, *, row: int, column: int, shape: Sequence[int]) -> Pasted:
    """Lay pasted cells into a form, the first one at a place of it.

    ``shape``: how many cells each row of the form has. An empty cell takes its place like another,
    so that what stood there is emptied; one that is empty and finds no place is not missed.

    >>> place((("1", "2"),), row=0, column=1, shape=[2]).left_over
    (LeftOver(row=0, column=1, text='2'),)
    """
    found: dict[tuple[int, int], str] = {}
    left: list[LeftOver] = []
    for down, line in enumerate(cells):
        for across, text in enumerate(line):
            to = (row + down, column + across)
            if to[0] < len(shape) and to[1] < shape[to[0]]:
                found[to] = text
            elif text.strip():
                left.append(LeftOver(down, across, text))
    return Pasted(found, tuple(left))


def _quoted(text: str) -> list[list[str]] | None:
    """Return the cells of a text in which some stand in quotes; None where none does rightly."""
    if '"' not in text:
        return None
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter="\t", strict=True))
    except csv.Error:
        return None
