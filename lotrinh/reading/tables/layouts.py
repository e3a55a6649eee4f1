"""Which tables of a text hold commitments, and where their rows are.

A head may stand below rows with a title, may come again on the next page, and may change in the
middle of a sheet. A table without a head continues the one before it if both are equally wide and
nothing but a page number stands between them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lotrinh.reading.grammar import any_of
from lotrinh.reading.paper import Table
from lotrinh.reading.tables.deadlines import read_years
from lotrinh.reading.tables.grid import Grid, is_too_large
from lotrinh.reading.tables.headings import TABLES, Head, head_at
from lotrinh.reading.tables.settle import Settled, settle
from lotrinh.reading.text import Source, fold

_CAPTIONS = {name: re.compile(any_of(words)) for name, words in TABLES["captions"].items()}
_UNIT = re.compile(any_of(TABLES["captions"]["unit"]) + r"\s*:\s*([^\n)]{1,40})")
_CAPTION_REACH = 700  # characters above a table that may be its title
_CAPTION_LINES = 8
_FIRST_ROWS = 12  # a head that comes later is no head
_BETWEEN = 60  # visible characters between two parts of one table: a page number, a running title
_NARROWEST = 3


@dataclass(frozen=True, slots=True)
class Caption:
    """What is said above the rows: lines before the table and its rows of title."""

    text: str
    folded: str
    document: str = ""  # the title of the document

    @property
    def allocates(self) -> bool:
        """Whether it says that targets are shared out among units."""
        return bool(_CAPTIONS["allocated"].search(self.folded))

    @property
    def aims(self) -> bool:
        """Whether it names what is to be reached."""
        return bool(_CAPTIONS["aims"].search(self.folded))

    @property
    def unit(self) -> str | None:
        """The unit of measure that it states for the whole table."""
        match = _UNIT.search(self.folded)
        return self.text[match.start(1) : match.end(1)] if match else None

    def year(self) -> str | None:
        """Return the one year or span of years for which the rows hold; None if unclear.

        The title of the document tells it where that of the table does not.
        """
        own = read_years(self.text, self.folded)
        return own or read_years(self.document, fold(self.document))


@dataclass(frozen=True, slots=True)
class Part:
    """Rows under one head, from ``first`` up to ``last``, which is no part of them."""

    settled: Settled
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A table that was recognised by the headings of its columns."""

    table: Table
    grid: Grid
    parts: tuple[Part, ...]
    caption: Caption


def find_layouts(source: Source, tables: Sequence[Table]) -> list[Layout]:
    """Return the layouts of the tables that hold commitments, in the order of the text."""
    found: list[Layout] = []
    before: Table | None = None
    for table in tables:
        if is_too_large(table):
            before = table
            continue
        grid = Grid(source, table)
        last = found[-1] if found and found[-1].table is before else None
        layout = _layout(source, grid, before) or _continued(source, grid, last)
        if layout is not None:
            found.append(layout)
        before = table
    return found


def _layout(source: Source, grid: Grid, before: Table | None) -> Layout | None:
    caption = _caption(source, grid, before, 0)
    for top in range(min(grid.height - 1, _FIRST_ROWS)):
        settled = _settled_at(source, grid, top, caption)
        if settled is not None:
            caption = _caption(source, grid, before, top)
            parts = _parts(source, grid, settled, caption)
            return Layout(grid.table, grid, tuple(parts), caption)
    return None


def _settled_at(source: Source, grid: Grid, top: int, caption: Caption) -> Settled | None:
    head = head_at(grid, top)
    if head is None or head.below >= grid.height:
        return None
    return settle(source, grid, head, caption.allocates, caption.aims)


def _continued(source: Source, grid: Grid, last: Layout | None) -> Layout | None:
    """Return the layout of a table that goes on with the rows of the one before it."""
    if last is None or grid.width != last.grid.width or grid.width < _NARROWEST:
        return None
    between = source.composed[last.table.end : grid.table.start]
    if sum(not letter.isspace() for letter in between) > _BETWEEN or _closes(grid):
        return None
    settled = last.parts[-1].settled
    parts = _parts(source, grid, _without_head(settled), last.caption)
    return Layout(grid.table, grid, tuple(parts), last.caption)


def _closes(grid: Grid) -> bool:
    """Tell the table of recipients and signature with which a document ends."""
    return any(_CAPTIONS["closing"].match(box.folded) for box in grid.filled(0))


def _without_head(settled: Settled) -> Settled:
    head = Head(settled.head.headings, 0, 0)
    return Settled(settled.kind, head, settled.columns, settled.values)


def _parts(source: Source, grid: Grid, settled: Settled, caption: Caption) -> list[Part]:
    """Return the stretches of rows under the first head and under those that follow."""
    parts: list[Part] = []
    first = row = settled.head.below
    while row < grid.height:
        following = _following_head(source, grid, row, settled, caption)
        if following is None:
            row += 1
            continue
        if row > first:
            parts.append(Part(settled, first, row))
        settled, first = following, following.head.below
        row = first
    if first < grid.height:
        parts.append(Part(settled, first, grid.height))
    return parts or [Part(settled, grid.height, grid.height)]


def _following_head(
    source: Source, grid: Grid, row: int, settled: Settled, caption: Caption
) -> Settled | None:
    """Return the head that begins in a row below another: the same again, or a new one."""
    head = head_at(grid, row)
    if head is None:
        return None
    told = {heading.role for heading in head.headings if heading.role}
    if _texts(head) == _texts(settled.head):
        return Settled(
            settled.kind,
            Head(settled.head.headings, head.top, head.below),
            settled.columns,
            settled.values,
        )
    named = sum(heading.role is not None for heading in head.headings)
    if "label" not in told or named < max(_NARROWEST, grid.width - 1):
        return None
    return settle(source, grid, head, caption.allocates, caption.aims)


def _texts(head: Head) -> list[str]:
    return [heading.folded for heading in head.headings]


def _caption(source: Source, grid: Grid, before: Table | None, top: int) -> Caption:
    """Return the lines above a table, and its rows above the head."""
    start = max(before.end if before is not None else 0, grid.table.start - _CAPTION_REACH)
    lines = source.composed[start : grid.table.start].strip().split("\n")[-_CAPTION_LINES:]
    above = "\n".join(lines)
    titles = [box.text for row in range(top) for box in grid.begun(row)]
    text = "\n".join([above, *titles])
    return Caption(text, fold(text))
