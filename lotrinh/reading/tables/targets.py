"""Rows of measures: a value for a year to come is a target, a value of a year gone is a result."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from lotrinh.reading.facts import Fact, Result, Target
from lotrinh.reading.grammar import any_of
from lotrinh.reading.tables.deadlines import due_of, read_moment, read_years
from lotrinh.reading.tables.grid import LINE_END, Box, Grid, without_markup
from lotrinh.reading.tables.headings import TABLES, Heading, role_of
from lotrinh.reading.tables.layouts import Caption, Part
from lotrinh.reading.tables.measures import (
    Measure,
    measure_in_brackets,
    measure_of_name,
    read_measure,
    without_measure,
)
from lotrinh.reading.tables.rows import (
    Line,
    find_sections,
    leading_label,
    read_lines,
    says_something,
)
from lotrinh.reading.tables.rules import confidence
from lotrinh.reading.tables.tasks import left_over, stated_year
from lotrinh.reading.tables.values import Value, read_values
from lotrinh.reading.text import Source, fold

_ESTIMATED = re.compile(any_of(TABLES["over_years"]["estimated"]))
_PART_OF = re.compile(r"(?:trong do|of which|including|bao gom|rieng)(?!\w)")
_UNSAID = frozenset({"year", "target", "unit?"})  # roles of a heading that names no measure
_BASE = re.compile(r"(?<!\w)(?:so voi|compared (?:to|with)|from|over|against)\s(?:nam\s)?$")
_LINES = re.compile(rf"\n|{LINE_END}")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LEAST_PAIRS = 2
_DASH_RANK = 9


@dataclass(frozen=True, slots=True)
class _Reader:
    source: Source
    part: Part
    caption: Caption
    sign: str
    issued: date | None

    @property
    def year(self) -> int | None:
        """The one year that the headings name, else the title."""
        words = {
            word
            for heading in self.part.settled.head.headings
            for word in _YEAR.findall(heading.folded)
        }
        if len(words) == 1:
            return int(words.pop())
        told = self.caption.year()
        return int(told) if told is not None and told.isdigit() else None

    def box(self, line: Line, role: str) -> Box | None:
        """Return the cell of a role in a row, if it says something."""
        column = self.part.settled.columns.get(role)
        box = line.cells.get(column) if column is not None else None
        return box if says_something(box) else None


def read_measures(
    source: Source, grid: Grid, part: Part, caption: Caption, sign: str, issued: date | None
) -> Iterator[Fact]:
    """Yield a target or a result for every value of every row."""
    settled = part.settled
    columns = settled.columns
    lines = read_lines(grid, part.first, part.last, columns["metric"], columns.get("label"))
    telling = {str(value.column): value.column for value in settled.values}
    telling |= {role: columns[role] for role in ("unit",) if role in columns}
    find_sections(lines, telling, joins=False)
    reader = _Reader(source, part, caption, sign, issued)
    for place, line in enumerate(lines):
        if line.name is not None and not line.name.cell.columns > len(columns) + 1:
            yield from _row(reader, line, line.name, _whole(lines, place))


def read_allocated(
    source: Source, grid: Grid, part: Part, caption: Caption, sign: str, issued: date | None
) -> Iterator[Target]:
    """Yield a target for every value of a table that shares targets out among units."""
    columns = part.settled.columns
    reader = _Reader(source, part, caption, sign, issued)
    name = columns.get("metric", columns.get("share", 0))
    for line in read_lines(grid, part.first, part.last, name, columns.get("label"), sums=True):
        if line.name is None:
            continue
        for heading in part.settled.values:
            box = line.cells.get(heading.column)
            if box is not None:
                yield from _share(reader, line, line.name, heading, box)


def _share(reader: _Reader, line: Line, name: Box, heading: Heading, box: Box) -> Iterator[Target]:
    """Yield the target of one unit: the unit stands in the row, or else in the heading."""
    told = measure_in_brackets(heading.text)
    if "share" in reader.part.settled.columns:
        unit, column = name.text, reader.part.settled.columns["share"]
        leaf = heading.path[-1]
        metric = heading.text if role_of(leaf.folded) in _UNSAID else leaf.text
        metric = without_measure(metric)
        key = next(h.text for h in reader.part.settled.head.headings if h.column == column)
    else:
        metric, unit = without_measure(_named(name)), heading.path[-1].text
        key = TABLES["captions"]["share"][0]
    shared = "share" in reader.part.settled.columns
    measure = told or (_of_metric(reader, metric) if shared else _measure(reader, line, name, None))
    due, dated = _due(reader, line, heading)
    for value in read_values(reader.source, box, reader.sign, measure):
        yield Target(
            start=box.start,
            end=box.end,
            text=reader.source.composed[box.start : box.end],
            rule="table.allocated",
            confidence=confidence("table.allocated", value.sure and dated),
            metric=metric,
            comparator=value.comparator,
            value=value.value,
            unit=value.unit,
            due=due,
            columns=((key, unit), *(left_over(reader.part, line, set()) or ())),
        )


def _whole(lines: Sequence[Line], place: int) -> Line | None:
    """Return the row of which this one is a part: "- Trong đó: hộ nghèo" below "Tổng số hộ"."""
    line = lines[place]
    if line.name is None:
        return None
    is_part = line.rank == _DASH_RANK or _PART_OF.match(fold(_named(line.name)))
    if not is_part:
        return None
    for at in range(place - 1, -1, -1):
        other = lines[at]
        if other.name is not None and other.rank != _DASH_RANK:
            return other if not _PART_OF.match(fold(_named(other.name))) else None
    return None


def _named(box: Box) -> str:
    return box.text[len(leading_label(box.text)) :]


def _row(reader: _Reader, line: Line, name: Box, whole: Line | None) -> Iterator[Fact]:
    metric = without_measure(_named(name))
    if whole is not None and whole.name is not None:
        metric = f"{without_measure(_named(whole.name)).rstrip(' :.;')} - {metric}"
    measure = _measure(reader, line, name, whole)
    results: list[Result] = []
    for heading in reader.part.settled.values:
        box = line.cells.get(heading.column)
        if box is None or (box.cell.columns > 1 and heading.column != box.cell.column):
            continue
        own = measure_in_brackets(heading.text) or measure
        if heading.role == "percent":
            _add_share(reader, results, box)
        elif heading.role == "result":
            results += _results(reader, heading, box, metric, own)
        else:
            yield from _targets(reader, line, heading, box, metric, own)
    yield from results


def _measure(reader: _Reader, line: Line, name: Box, whole: Line | None) -> Measure | None:
    """Return the unit of a row: from its column, its name, the row it is a part of, the title."""
    box = reader.box(line, "unit")
    if box is not None:
        return read_measure(box.text)
    named = measure_in_brackets(name.text)
    if named is not None:
        return named
    if whole is not None and whole.name is not None:
        return _measure(reader, whole, whole.name, None)
    stated = read_measure(reader.caption.unit) if reader.caption.unit else None
    return stated or measure_of_name(_named(name))


def _of_metric(reader: _Reader, metric: str) -> Measure | None:
    """Return the unit of a target that a column names: from the title, else from its words."""
    stated = read_measure(reader.caption.unit) if reader.caption.unit else None
    return stated or measure_of_name(metric)


def _targets(
    reader: _Reader, line: Line, heading: Heading, box: Box, metric: str, measure: Measure | None
) -> Iterator[Target]:
    values = read_values(reader.source, box, reader.sign, measure)
    metrics = _paired(reader, line, len(values))
    if metrics:  # each line has a unit of its own
        values = read_values(reader.source, box, reader.sign, None)
    due, dated = _due(reader, line, heading)
    kept = {"unit"} if measure is None or not measure.exact else set()
    kept |= {"due"} if due is None else set()
    for place, value in enumerate(values):
        told = read_years(value.about, fold(value.about)) if value.about else None
        several = len(values) > 1 and value.about and told is None and not metrics
        of_what = metrics[place] if metrics else metric
        start, end = (value.start, value.end) if len(values) > 1 else (box.start, box.end)
        yield Target(
            start=start,
            end=end,
            text=reader.source.composed[start:end],
            rule="table.target",
            confidence=confidence("table.target", value.sure and dated),
            metric=f"{of_what} ({value.about})" if several else of_what,
            comparator=value.comparator,
            value=value.value,
            unit=value.unit or _unit_of(of_what if metrics else ""),
            due=told or due,
            columns=left_over(reader.part, line, kept),
        )


def _unit_of(metric: str) -> str | None:
    measure = measure_of_name(metric)
    return measure.unit if measure is not None else None


def _paired(reader: _Reader, line: Line, count: int) -> list[str]:
    """Return the lines of a name that goes with as many values, each on a line of its own."""
    if line.name is None or count < _LEAST_PAIRS:
        return []
    lines = _LINES.split(reader.source.composed[line.name.start : line.name.end])
    if len(lines) != count:
        return []
    return [without_markup(text[len(leading_label(text)) :]) for text in lines]


def _due(reader: _Reader, line: Line, heading: Heading) -> tuple[str | None, bool]:
    """Return by when, and whether that is sure.

    The row's own cell tells it, else the heading, the section, or the title.
    """
    box = reader.box(line, "due")
    if box is not None:
        year = stated_year(reader.part, reader.caption, "due")
        moment = read_moment(reader.source, box, year)
        return due_of(moment, year, reader.issued), not moment.vague
    for level in reversed(heading.path):
        told = _period(reader, level)
        if told is not None:
            return told, True
    for section in reversed(line.above):
        told = _period(reader, section.name) if section.name is not None else None
        if told is not None:
            return told, True
    return reader.caption.year(), True


def _period(reader: _Reader, box: Box) -> str | None:
    """Return the last time that a heading names ("6 tháng đầu năm 2026", "Đến năm 2030")."""
    ends = [
        when
        for when in read_moment(reader.source, box, reader.year).whens
        if when.word != "vision" and not _BASE.search(reader.source.folded, box.start, when.start)
    ]
    return ends[-1].iso if ends else None


def _results(
    reader: _Reader, heading: Heading, box: Box, metric: str, measure: Measure | None
) -> Iterator[Result]:
    estimated = _ESTIMATED.search(heading.folded) is not None
    values: list[Value] = read_values(reader.source, box, reader.sign, measure)
    for value in values:
        start, end = (value.start, value.end) if len(values) > 1 else (box.start, box.end)
        yield Result(
            start=start,
            end=end,
            text=reader.source.composed[start:end],
            rule="table.result",
            confidence=confidence("table.result", value.sure),
            metric=metric,
            value=value.value if value.total is None else None,
            unit=value.unit,
            done=value.value if isinstance(value.value, Decimal) and value.total else None,
            total=value.total,
            estimated=estimated,
        )


def _add_share(reader: _Reader, results: list[Result], box: Box) -> None:
    """Give the last result of the row the share of its plan that a column states."""
    values = read_values(reader.source, box, reader.sign, read_measure("%"))
    if not results or len(values) != 1 or not isinstance(values[0].value, Decimal):
        return
    last = results.pop()
    results.append(replace(last, percent_of_plan=values[0].value))
