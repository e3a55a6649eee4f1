"""The cells of tables of commitments among the clauses: each one clause, however many its lines."""

from collections.abc import Sequence

from lotrinh.reading.facts import Clause
from lotrinh.reading.paper import Table

_CELL = 9  # deeper than any label: a cell closes nothing that stands above the table


def with_cells(clauses: tuple[Clause, ...], tables: Sequence[Table]) -> tuple[Clause, ...]:
    """Return the clauses with one for every cell of the tables, in place of the lines in it."""
    cells = sorted(
        (cell for table in tables for cell in table.cells if cell.end > cell.start),
        key=lambda cell: cell.start,
    )
    if not cells:
        return clauses
    found: list[Clause] = []
    index = 0
    for cell in cells:
        while index < len(clauses) and clauses[index].end <= cell.start:
            found.append(clauses[index])
            index += 1
        found.append(Clause(cell.start, cell.end, None, _CELL, "cell"))
        while index < len(clauses) and clauses[index].start < cell.end:
            index += 1
    found += clauses[index:]
    return tuple(found)
