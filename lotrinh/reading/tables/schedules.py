"""Rows of a schedule of meetings: each is an event on its day."""

from collections.abc import Iterator, Sequence

from lotrinh.reading.facts import Event
from lotrinh.reading.tables.deadlines import due_of, read_moment
from lotrinh.reading.tables.grid import Box, Grid
from lotrinh.reading.tables.layouts import Caption, Part
from lotrinh.reading.tables.rows import leading_label, says_something
from lotrinh.reading.tables.rules import confidence
from lotrinh.reading.text import Source

_SHORTEST = 4  # letters that can name a meeting


def read_events(source: Source, grid: Grid, part: Part, caption: Caption) -> Iterator[Event]:
    """Yield an event for every row; a day holds until the next one is named."""
    columns = part.settled.columns
    year = caption.year()
    stated = int(year) if year is not None and year.isdigit() else None
    day: str | None = None
    for row in range(part.first, part.last):
        dated = grid.at(row, columns["day"])
        told = _day(source, dated, stated) if dated is not None else None
        day = told or day
        name = grid.at(row, columns["name"])
        if name is None or not says_something(name) or not _is_meeting(grid.filled(row), name):
            continue
        start = name.start + len(leading_label(source.composed[name.start : name.end]))
        yield Event(
            start=start,
            end=name.end,
            text=source.composed[start : name.end],
            rule="table.event",
            confidence=confidence("table.event"),
            name=" ".join(source.composed[start : name.end].split()),
            date=day,
            sites=None,
            participants=None,
        )


def _day(source: Source, box: Box, stated: int | None) -> str | None:
    return due_of(read_moment(source, box, stated), stated, None)


def _is_meeting(boxes: Sequence[Box], name: Box) -> bool:
    letters = sum(letter.isalpha() for letter in name.text)
    return len(boxes) > 1 and letters >= _SHORTEST and name.cell.columns == 1
