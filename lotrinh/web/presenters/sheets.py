"""A text as a page shows it: clause by clause, tables as tables, every proposal marked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from lotrinh.reading import Cell, Table
from lotrinh.web.presenters.shapes import Clause, Grid, GridCell, Part

if TYPE_CHECKING:
    from lotrinh.apps.documents.models import Clause as ClauseRow
    from lotrinh.apps.documents.models import Rendition

PARAGRAPH, CELL = "paragraph", "cell"


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text that a proposal claims, end exclusive."""

    n: int
    kind: str
    state: str
    start: int
    end: int
    url: str | None


def sheet(
    rendition: "Rendition", rows: "Sequence[ClauseRow]", marks: Iterable[Mark]
) -> tuple[Clause | Grid, ...]:
    """Return a text clause by clause with its marks; before it is read, line by line without any.

    A table that was read by its columns comes as a table. Where marks overlap the inner one is
    cut out and the outer one keeps the rest.
    """
    text = rendition.text
    if not rows:
        return _lines(text)
    ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.n))
    clauses = [
        Clause(
            number=row.ordinal,
            kind=row.kind,
            level=row.level,
            parts=_parts(text, row.start, row.end, ordered),
        )
        for row in rows
    ]
    cells = {
        row.start: clause for row, clause in zip(rows, clauses, strict=True) if row.kind == CELL
    }
    tables = [Table.from_record(record) for record in rendition.tables] if cells else []
    grids = {
        first.number: grid
        for table in tables
        if (first := _first(table, cells)) and (grid := _grid(table, cells))
    }
    return tuple(
        grids.get(clause.number, clause)
        for clause in clauses
        if clause.kind != CELL or clause.number in grids
    )


def _first(table: Table, cells: Mapping[int, Clause]) -> Clause | None:
    return next((cells[cell.start] for cell in table.cells if cell.start in cells), None)


def _grid(table: Table, cells: Mapping[int, Clause]) -> Grid:
    """Return the rows of a table; a cell without text keeps its place.

    The first row is that of the headings; where one of its cells reaches further down, so do they.
    """
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    first = min(rows)
    body = first + max(cell.rows for cell in rows[first])
    return Grid(
        rows=tuple(
            tuple(
                GridCell(
                    clause=cells.get(cell.start) if cell.end > cell.start else None,
                    rows=cell.rows,
                    columns=cell.columns,
                    is_heading=row < body,
                )
                for cell in rows[row]
            )
            for row in sorted(rows)
        )
    )


def _lines(text: str) -> tuple[Clause, ...]:
    found, start = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            found.append((start, line.rstrip()))
        start += len(line)
    return tuple(
        Clause(number=number, kind=PARAGRAPH, level=0, parts=(Part(text=line, start=start),))
        for number, (start, line) in enumerate(found, start=1)
    )


def _parts(text: str, start: int, end: int, marks: Sequence[Mark]) -> tuple[Part, ...]:
    """Cut a clause where a mark begins or ends, and give each piece to the innermost mark."""
    here = [mark for mark in marks if mark.start < end and mark.end > start]
    cuts = {start, end}
    for mark in here:
        cuts |= {max(mark.start, start), min(mark.end, end)}
    ordered = sorted(cuts)
    pieces: list[tuple[int, int, Mark | None]] = []
    for left, right in pairwise(ordered):
        over = [mark for mark in here if mark.start <= left and mark.end >= right]
        inner = min(over, key=lambda mark: (mark.end - mark.start, mark.n), default=None)
        if pieces and pieces[-1][2] is inner:
            pieces[-1] = (pieces[-1][0], right, inner)
        else:
            pieces.append((left, right, inner))
    return tuple(_part(text[left:right], left, mark) for left, right, mark in pieces)


def _part(text: str, start: int, mark: Mark | None) -> Part:
    if mark is None:
        return Part(text=text, start=start)
    return Part(text=text, start=start, n=mark.n, kind=mark.kind, state=mark.state, url=mark.url)
