"""Rows of tasks: who leads, who helps, by when, and what is to come of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from lotrinh.reading.agencies import HEADS
from lotrinh.reading.facts import Columns, Task
from lotrinh.reading.tables.counted import counted_by
from lotrinh.reading.tables.deadlines import (
    Moment,
    due_of,
    read_moment,
    read_recurrence,
    writes_month_first,
)
from lotrinh.reading.tables.grid import Box, Grid
from lotrinh.reading.tables.headings import Heading
from lotrinh.reading.tables.layouts import Caption, Part
from lotrinh.reading.tables.marks import marked_bodies, marked_time
from lotrinh.reading.tables.names import Named, read_names, read_roles
from lotrinh.reading.tables.rows import (
    Line,
    find_sections,
    is_detail,
    leading_label,
    read_lines,
    says_something,
)
from lotrinh.reading.tables.rules import confidence
from lotrinh.reading.text import Source

_LONGEST_NAME = 80
_TELLING = ("lead", "coordinate", "due", "deliverable", "start", "body", "time")


@dataclass(frozen=True, slots=True)
class _Reader:
    source: Source
    part: Part
    year: int | None  # stated in the title or in the heading of the deadlines
    issued: date | None
    month_first: bool

    @property
    def columns(self) -> dict[str, int]:
        return self.part.settled.columns

    @property
    def headings(self) -> dict[int, Heading]:
        return {heading.column: heading for heading in self.part.settled.head.headings}

    def box(self, line: Line, role: str) -> Box | None:
        """Return the cell of a role in a row, if it says something."""
        column = self.columns.get(role)
        box = line.cells.get(column) if column is not None else None
        return box if says_something(box) else None

    def moment(self, line: Line) -> Moment:
        """Return what the cell of the deadline says."""
        box = self.box(line, "due")
        if box is None:
            marked = marked_time(self.columns, line.cells, self.headings)
            return read_moment(self.source, marked, self.year) if marked else Moment()
        pieces = [box, *line.more.get(self.columns["due"], ())]
        counted = counted_by(self.headings[self.columns["due"]].folded)
        moments = [
            read_moment(self.source, b, self.year, self.month_first, counted) for b in pieces
        ]
        often = read_recurrence(" ".join(piece.folded for piece in pieces))
        whens = tuple(when for moment in moments for when in moment.whens)
        vague = any(moment.vague for moment in moments)
        return replace(moments[0], whens=whens, recurrence=often, vague=vague)


def task_lines(grid: Grid, part: Part) -> list[Line]:
    """Return the rows of a table of tasks with their sections told apart."""
    columns = part.settled.columns
    lines = read_lines(grid, part.first, part.last, columns["task"], columns.get("label"))
    find_sections(lines, _telling(columns))
    return [line for line in lines if not line.joined]


def _telling(columns: dict[str, int]) -> dict[str, int]:
    """Return the columns whose cells make a row a task."""
    return {role: column for role, column in columns.items() if role.partition(":")[0] in _TELLING}


def read_tasks(
    source: Source, grid: Grid, part: Part, caption: Caption, issued: date | None
) -> Iterator[Task]:
    """Yield one task for every row that gives one."""
    columns = part.settled.columns
    year = stated_year(part, caption, "due")
    reader = _Reader(source, part, year, issued, month_first(source, grid, part))
    lines = task_lines(grid, part)
    telling = set(_telling(columns).values())
    handed = _handed_down(reader, lines)
    for place, line in enumerate(lines):
        if line.is_section or line.name is None or is_detail(lines, place, telling):
            continue
        if line.name.cell.row < line.row and not (line.begun & telling):
            continue
        yield _task(reader, line, line.name, handed)


def stated_year(part: Part, caption: Caption, role: str) -> int | None:
    """Return the year that the heading of a column or the title of the table states."""
    column = part.settled.columns.get(role)
    for heading in part.settled.head.headings:
        if heading.column == column:
            digits = [word for word in heading.folded.split() if word.isdigit() and len(word) == 4]
            if len(digits) == 1:
                return int(digits[0])
    year = caption.year()
    return int(year) if year is not None and year.isdigit() else None


def month_first(source: Source, grid: Grid, part: Part) -> bool:
    """Tell whether the deadlines of a table are written with the month first."""
    column = part.settled.columns.get("due")
    if column is None:
        return False
    boxes = [grid.at(row, column) for row in range(part.first, part.last)]
    return writes_month_first(source, [box for box in boxes if box is not None])


def _handed_down(reader: _Reader, lines: Sequence[Line]) -> dict[int, dict[str, Line]]:
    """Return for rows of sections which cells they hand down: those that no row below fills."""
    handed: dict[int, dict[str, Line]] = {}
    lying: dict[Line, list[Line]] = {}
    for line in lines:
        for section in line.above if not line.is_section else ():
            lying.setdefault(section, []).append(line)
    for section, below in lying.items():
        for role in ("lead", "coordinate", "due"):
            if reader.box(section, role) is None:
                continue
            if not any(reader.box(line, role) for line in below):
                for line in below:
                    handed.setdefault(line.row, {}).setdefault(role, section)
    return handed


def _task(reader: _Reader, line: Line, name: Box, handed: dict[int, dict[str, Line]]) -> Task:
    source = reader.source
    start = name.start + len(leading_label(source.composed[name.start : name.end]))
    given = handed.get(line.row, {})
    people = _people(reader, line, given)
    timed = given.get("due", line)
    moment = reader.moment(timed)
    due = due_of(moment, reader.year, reader.issued)
    due_box = reader.box(timed, "due")
    understood = due is not None or moment.recurrence is not None
    unread = due_box is not None and (moment.recurs or not understood)
    deliverable = reader.box(line, "deliverable")
    return Task(
        start=start,
        end=name.end,
        text=source.composed[start : name.end],
        rule="table.task",
        confidence=confidence("table.task", not moment.vague),
        lead=people.lead,
        coordinate=people.coordinate,
        due=due,
        recurrence=moment.recurrence,
        deliverable=_joined(line, reader.columns.get("deliverable"), deliverable),
        columns=left_over(reader.part, line, {"due"} if unread else set()),
    )


def _joined(line: Line, column: int | None, box: Box | None) -> str | None:
    if box is None or column is None:
        return None
    return " ".join([box.text, *(more.text for more in line.more.get(column, ()))])


def _people(reader: _Reader, line: Line, given: dict[str, Line]) -> Named:
    lead_line, help_line = given.get("lead", line), given.get("coordinate", line)
    lead, both = reader.box(lead_line, "lead"), "both" in reader.columns
    named = _named(reader, lead_line, "lead", lead, both)
    if lead is None:
        named = Named(_lead_in_title(reader, line) if "lead" not in reader.columns else ())
    helped = _named(reader, help_line, "coordinate", reader.box(help_line, "coordinate"), False)
    marked = marked_bodies(reader.columns, line.cells, reader.headings)
    helpers = (*named.coordinate, *helped.lead, *helped.coordinate, *marked.coordinate)
    return Named(named.lead or marked.lead, tuple(dict.fromkeys(helpers)))


def _named(reader: _Reader, line: Line, role: str, box: Box | None, both: bool) -> Named:
    """Return the names of a cell with those that a row below goes on with."""
    if box is None:
        return Named()
    more = line.more.get(reader.columns[role], [])
    if not more:
        return read_roles(reader.source, box.start, box.end, both)
    text = "\n".join([reader.source.composed[b.start : b.end] for b in (box, *more)])
    folded = "\n".join([reader.source.folded[b.start : b.end] for b in (box, *more)])
    whole = Source(text, text, folded, (), reader.source.toned)
    return read_roles(whole, 0, len(text), both)


def _lead_in_title(reader: _Reader, line: Line) -> tuple[str, ...]:
    """Return the body that the title of the section names, where no column does."""
    for section in reversed(line.above):
        if section.name is None:
            continue
        start, end = section.name.start, section.name.end
        start += len(leading_label(reader.source.composed[start:end]))
        if HEADS.at(reader.source, start) is None or not reader.source.composed[start].isupper():
            continue
        names = read_names(reader.source, start, end)
        if len(names) == 1 and len(names[0]) < _LONGEST_NAME:
            return names
    return ()


def left_over(part: Part, line: Line, kept: set[str]) -> Columns | None:
    """Return heading and text of the cells that no field took, and of the roles in ``kept``."""
    columns = part.settled.columns
    taken = {column for role, column in columns.items() if role not in kept | {"label", "start"}}
    taken |= {value.column for value in part.settled.values}
    found: list[tuple[str, str]] = []
    for heading in part.settled.head.headings:
        box = line.cells.get(heading.column)
        if columns.get("label") == heading.column and line.label:
            found.append((heading.text, line.label))
        elif heading.column not in taken and box is not None and says_something(box):
            found.append((heading.text, box.text))
    return tuple(found) or None
