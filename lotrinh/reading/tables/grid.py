"""A table as rows of boxes: every place knows the cell that covers it, and what it says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lotrinh.reading.paper import Cell, Table
from lotrinh.reading.text import Source


@dataclass(frozen=True, slots=True)
class Box:
    """A cell with what it says in one line: as written, and folded."""

    cell: Cell
    text: str
    folded: str

    @property
    def start(self) -> int:
        """Where its text begins."""
        return self.cell.start

    @property
    def end(self) -> int:
        """Where its text ends."""
        return self.cell.end


# What Markdown writes into a cell besides its words: line ends, bold type, escaped marks.
LINE_END = r"<br ?/?>"
_MARKUP = re.compile(rf"({LINE_END})|\*\*|\\(?=[^\w\s])")
_WIDEST = 1_000  # columns
_MOST_PLACES = 2_000_000


def is_too_large(table: Table) -> bool:
    """Tell a table that nobody could read: a few cells may claim any number of places."""
    cells = table.cells
    width = max((cell.column + cell.columns for cell in cells), default=0)
    height = max((cell.row + 1 for cell in cells), default=0)
    covered = sum(min(cell.rows, height - cell.row) * cell.columns for cell in cells)
    return width > _WIDEST or max(width * height, covered) > _MOST_PLACES


def without_markup(text: str) -> str:
    """Return the words of a cell in one line, without what only Markdown means."""
    if "*" in text or "\\" in text or "<" in text:
        text = _MARKUP.sub(lambda match: " " if match[1] else "", text)
    return " ".join(text.split())


class Grid:
    """The places of a table, by row and column. A merged cell covers several of them."""

    def __init__(self, source: Source, table: Table) -> None:
        self.table = table
        cells = table.cells
        self.width = max((cell.column + cell.columns for cell in cells), default=0)
        height = max((cell.row + 1 for cell in cells), default=0)
        self._rows: list[list[Box | None]] = [[None] * self.width for _ in range(height)]
        for cell in cells:
            box = Box(
                cell,
                without_markup(source.composed[cell.start : cell.end]),
                without_markup(source.folded[cell.start : cell.end]),
            )
            for row in range(cell.row, min(cell.row + cell.rows, height)):
                for column in range(cell.column, cell.column + cell.columns):
                    self._rows[row][column] = box

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def row(self, row: int) -> Sequence[Box | None]:
        """Return what covers every place of a row."""
        return self._rows[row]

    def at(self, row: int, column: int) -> Box | None:
        """Return what covers a place, if it says anything."""
        box = self._rows[row][column]
        return box if box is not None and box.text else None

    def filled(self, row: int) -> list[Box]:
        """Return the different boxes of a row that say something, from left to right."""
        found = {
            id(box): box for box in self._rows[row] if box is not None and box.text
        }  # one box covers several places
        return list(found.values())

    def begun(self, row: int) -> list[Box]:
        """Return the boxes that say something and begin in this row."""
        return [box for box in self.filled(row) if box.cell.row == row]
