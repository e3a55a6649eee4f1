"""A document as it lies on the table: its text, its tables, and what a reader must be told.

Whatever the format of the file, reading works on one flat text, in which every table is printed
cell by cell, each cell on lines of its own, row after row. A table says which piece of the text
is which cell; so a finding in a Word appendix has a span in the same text as a finding in prose.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

MOST_COLUMNS = 1_000
MOST_PLACES = 3_000_000  # rows times columns, and places that cells reach over, of one table


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table, by its top left place; ``start`` equals ``end`` where it is empty.

    Rows and columns count from 0. ``rows`` and ``columns`` say over how many of them the cell
    reaches. ``text[start:end]`` has no space at either end and may hold several lines.
    """

    row: int
    column: int
    start: int
    end: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its cells in the order (row, column). A place may have no cell.

    ``name`` is the name of the sheet in a workbook, ``page`` the first page in a PDF (from 1).
    """

    cells: tuple[Cell, ...]
    name: str | None = None
    page: int | None = None

    @property
    def start(self) -> int:
        """Where the first cell begins; 0 for a table without cells."""
        return min((cell.start for cell in self.cells), default=0)

    @property
    def end(self) -> int:
        """Where the last cell ends; 0 for a table without cells."""
        return max((cell.end for cell in self.cells), default=0)

    def is_within_bounds(self) -> bool:
        """Tell whether the table can be laid out place by place without harm."""
        if any(
            min(cell.row, cell.column, cell.rows - 1, cell.columns - 1) < 0 for cell in self.cells
        ):
            return False
        width = max((cell.column + cell.columns for cell in self.cells), default=0)
        height = max((cell.row + 1 for cell in self.cells), default=0)
        reach = sum(min(cell.rows, height - cell.row) * cell.columns for cell in self.cells)
        return width <= MOST_COLUMNS and max(width * height, reach) <= MOST_PLACES

    def record(self) -> dict[str, Any]:
        """Return the table as JSON holds it; `from_record` makes it again."""
        cells = [
            [cell.row, cell.column, cell.start, cell.end, cell.rows, cell.columns]
            for cell in self.cells
        ]
        return {"name": self.name, "page": self.page, "cells": cells}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Table":
        """Return the table that `record` has put down. Raises ValueError if it is too large."""
        cells = tuple(Cell(*numbers) for numbers in record["cells"])
        table = cls(cells, record["name"], record["page"])
        if not table.is_within_bounds():
            raise ValueError("table beyond bounds")
        return table


@dataclass(frozen=True, slots=True)
class Note:
    """Something about the file that its reader must be told, as a code with its data.

    The closed list of codes is ``NOTE_CODES``; the sentences belong to the one who shows them.
    """

    code: str
    data: Mapping[str, str | int] = field(default_factory=dict)


NOTE_CODES = (
    "pages_without_text",  # pages: "3, 4"; they need OCR and are not read
    "read_by_ocr",  # every finding is a draft
    "converted",  # encoding: the old encoding that the letters came from
    "hidden_sheets",  # sheets: names of the sheets that were passed over
    "large_pictures",  # count: pictures as large as half a page, which were not read
    "has_script",  # the original holds programs that its viewer may run
    "has_launch",  # the original may start other programs or send what is typed into it
    "has_attachment",  # the original holds other files
    "shortened",  # limit: rows or pages beyond which nothing was read
)


@dataclass(frozen=True, slots=True)
class Paper:
    """The text of a document with the tables that stand in it, in the order of the text.

    ``unseen`` holds lines of the file that the text leaves out (comments, hidden text, running
    lines, watermarks), in no order, where a mark of secrecy may stand. It is never shown or kept.
    """

    text: str
    tables: tuple[Table, ...] = ()
    notes: tuple[Note, ...] = ()
    unseen: str = ""

    def cells(self) -> Iterator[Cell]:
        """Yield the cells of all tables in the order of the text."""
        for table in self.tables:
            yield from table.cells
