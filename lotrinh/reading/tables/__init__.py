"""Tables of commitments: one row is one task, one value is one target.

A table is recognised by the headings of its columns before anything else is read, so that what
reads prose can leave its cells alone; its rows are read afterwards. A table that is none, of
money, of people, of words, is left to those who read prose, cell after cell.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lotrinh.reading.agencies import Body
from lotrinh.reading.facts import Clause, Fact, Header
from lotrinh.reading.moments import When
from lotrinh.reading.order import Ordered
from lotrinh.reading.quantities import Quantity
from lotrinh.reading.tables.dated import dates_in_cells
from lotrinh.reading.tables.layouts import Layout, Part, find_layouts
from lotrinh.reading.tables.said import read_said
from lotrinh.reading.tables.schedules import read_events
from lotrinh.reading.tables.targets import read_allocated, read_measures
from lotrinh.reading.tables.tasks import read_tasks
from lotrinh.reading.text import Source
from lotrinh.rules.deadlines import last_day

__all__ = ["Around", "Layout", "dates_in_cells", "find_layouts", "read_rows"]


@dataclass(frozen=True, slots=True)
class Around:
    """What the rows may look at beyond their table. All offsets are composed offsets."""

    source: Source
    header: Header
    clauses: Sequence[Clause]
    dates: Sequence[When]
    quantities: Sequence[Quantity]
    bodies: Sequence[Body]
    sign: str | None  # the decimal sign of the text


def read_rows(layouts: Sequence[Layout], around: Around) -> list[Fact]:
    """Return the facts of all rows, with composed offsets."""
    quantities = Ordered(around.quantities)
    return [
        fact
        for layout in layouts
        for part in layout.parts
        for fact in _rows(layout, part, around, quantities)
    ]


def _rows(
    layout: Layout, part: Part, around: Around, quantities: Ordered[Quantity]
) -> Iterator[Fact]:
    issued = last_day(around.header.issued) if around.header.issued else None
    source, grid = around.source, layout.grid
    caption = replace(layout.caption, document=around.header.title or "")
    if part.settled.kind == "task":
        tasks = list(read_tasks(source, grid, part, caption, issued))
        yield from tasks
        yield from read_said(source, grid, part, tasks, quantities)
    elif part.settled.kind == "schedule":
        yield from read_events(source, grid, part, caption)
    elif part.settled.kind == "allocated":
        yield from read_allocated(source, grid, part, caption, around.sign or ",", issued)
    else:
        yield from read_measures(source, grid, part, caption, around.sign or ",", issued)
