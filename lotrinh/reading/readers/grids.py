"""The grids of a file that is filled in: sheets whose cells are texts, each in its own place.

Such a file is no document: no row may be left out, or the rows that people are told of would not
be those that they see.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lotrinh.reading.readers.old_letters import convert
from lotrinh.reading.readers.refusals import Unreadable

MOST_ROWS, MOST_COLUMNS, MOST_PLACES = 50_000, 1_000, 2_000_000
LONGEST_CELL = 32_767  # characters; what a cell of Excel can hold
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a sheet from its first row and column on; every row is equally long."""

    name: str
    rows: Rows


@dataclass(frozen=True, slots=True)
class Grids:
    """The visible sheets of a file, in its order.

    ``hidden`` are the names of those that were passed over; ``encoding`` is the old encoding that
    the letters came from, if they did.
    """

    sheets: tuple[Grid, ...]
    hidden: tuple[str, ...] = ()
    encoding: str | None = None

    def record(self) -> dict[str, Any]:
        """Return the grids as JSON holds them; `from_record` makes them again."""
        sheets = [[sheet.name, sheet.rows] for sheet in self.sheets]
        return {"sheets": sheets, "hidden": self.hidden, "encoding": self.encoding}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Grids":
        """Return the grids that `record` has put down."""
        encoding = record["encoding"]
        return cls(
            tuple(
                Grid(str(name), tuple(tuple(map(str, row)) for row in rows))
                for name, rows in record["sheets"]
            ),
            tuple(map(str, record["hidden"])),
            None if encoding is None else str(encoding),
        )


def check_reach(high: int, wide: int) -> None:
    """Raise Unreadable (too_large) for a sheet of more rows, columns or places than are read."""
    for what, found, limit in (
        ("rows", high, MOST_ROWS),
        ("columns", wide, MOST_COLUMNS),
        ("cells", high * wide, MOST_PLACES),
    ):
        if found > limit:
            raise Unreadable("too_large", what=what, found=found, limit=limit)


def in_modern_letters(grids: Sequence[Rows]) -> tuple[list[Rows], str | None]:
    """Return the grids with old letters turned into modern ones, and which encoding they had.

    Raises Unreadable: legacy_encoding, and too_large for a cell beyond what Excel can hold.
    """
    pieces = list({cell: None for rows in grids for row in rows for cell in row})
    longest = max(map(len, pieces), default=0)
    if longest > LONGEST_CELL:
        raise Unreadable("too_large", what="characters", found=longest, limit=LONGEST_CELL)
    modern, encoding = convert(pieces)
    if encoding is None:
        return list(grids), None
    meant = dict(zip(pieces, modern, strict=True))
    return [tuple(tuple(meant[cell] for cell in row) for row in rows) for rows in grids], encoding
