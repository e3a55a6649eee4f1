"""The dates in cells of deadlines and days, which mean more there than they would in prose."""

from collections.abc import Iterator, Sequence

from lotrinh.reading.moments import When
from lotrinh.reading.tables.counted import counted_by
from lotrinh.reading.tables.deadlines import read_moment
from lotrinh.reading.tables.grid import Box
from lotrinh.reading.tables.layouts import Layout, Part
from lotrinh.reading.tables.tasks import month_first, stated_year
from lotrinh.reading.text import Source

_ROLES = {"start": "period", "day": "event"}  # a cell of deadlines tells the role of each date


def dates_in_cells(source: Source, layouts: Sequence[Layout], dates: Sequence[When]) -> list[When]:
    """Return the dates of a text, those in cells of deadlines and days as their columns say."""
    cells: list[tuple[int, int]] = []
    found: list[When] = []
    for layout in layouts:
        for part in layout.parts:
            for box, whens in _cells(source, layout, part):
                cells.append((box.start, box.end))
                found += whens
    if not cells:
        return list(dates)
    inside = bytearray(len(source.folded) + 1)
    for start, end in cells:
        inside[start:end] = b"\1" * (end - start)
    found += [when for when in dates if not inside[when.start]]
    return sorted(found, key=lambda when: when.start)


def _cells(source: Source, layout: Layout, part: Part) -> Iterator[tuple[Box, tuple[When, ...]]]:
    """Yield the cells in the columns of time below a head, each once, with their dates."""
    first = month_first(source, layout.grid, part)
    for role, column in part.settled.columns.items():
        if role not in {"due", *_ROLES}:
            continue
        year = stated_year(part, layout.caption, role)
        headings = part.settled.head.headings
        counted = counted_by(next(h.folded for h in headings if h.column == column))
        for row in range(part.first, part.last):
            box = layout.grid.at(row, column)
            if box is None or box.cell.row != row or box.cell.column != column:
                continue
            whens = read_moment(source, box, year, first, counted).whens
            for when in whens:
                when.role = _ROLES.get(role, when.role)
            yield box, whens
