"""A text as a page shows it: clause by clause, tables as tables, every proposal marked."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from lotrinh.reading import Cell, Table
from lotrinh.web.presenters.shapes import Clause, Grid, GridCell, Part, Piece

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
    rendition: "Rendition",
    rows: "Sequence[ClauseRow]",
    marks: Iterable[Mark],
    words: Iterable[tuple[int, int]] = (),
) -> tuple[Clause | Grid, ...]:
    """Return a text clause by clause with its marks; before it is read, line by line without any.

    A table that was read by its columns comes as a table. Where marks overlap the inner one is
    cut out and the outer one keeps the rest. ``words`` are spans that can be pointed at alone.
    """
    text = rendition.text
    if not rows:
        return _lines(text)
    ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.n))
    pointed = sorted(set(words))
    clauses = [
        Clause(
            number=row.ordinal,
            kind=row.kind,
            level=row.level,
            parts=_pieced(_parts(text, row.start, row.end, ordered), pointed),
            start=row.start,
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
        Clause(number, PARAGRAPH, 0, (Part(text=line, start=start),), start)
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


def _pieced(parts: Sequence[Part], words: Sequence[tuple[int, int]]) -> tuple[Part, ...]:
    """Cut the parts of a clause where words begin or end that can be pointed at."""
    first, last = parts[0].start, parts[-1].start + len(parts[-1].text)
    until = bisect_left(words, (last, 0))
    here = [span for span in words[:until] if span[1] > first]
    return tuple(_cut(part, here) for part in parts) if here else tuple(parts)


def _cut(part: Part, words: Sequence[tuple[int, int]]) -> Part:
    end = part.start + len(part.text)
    touching = [span for span in words if span[0] < end and span[1] > part.start]
    if not touching:
        return part
    cuts = {part.start, end}
    for start, stop in touching:
        cuts |= {max(start, part.start), min(stop, end)}
    return replace(
        part,
        pieces=tuple(
            Piece(
                text=part.text[left - part.start : right - part.start],
                at=left if any(span[0] <= left and span[1] >= right for span in touching) else None,
            )
            for left, right in pairwise(sorted(cuts))
        ),
    )
