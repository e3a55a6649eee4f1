"""What kind of table a head makes, and which of its columns hold what.

A heading alone may not tell ("Đơn vị", "Tiến độ", "Kết quả", "2030"): the other headings do, and
what stands in the cells. A table of money, of people or of words makes no commitments.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from lotrinh.reading.agencies import HEADS
from lotrinh.reading.grammar import any_of
from lotrinh.reading.quantities import UNIT_CODES, UNITS
from lotrinh.reading.tables.counted import counted_by
from lotrinh.reading.tables.deadlines import read_moment
from lotrinh.reading.tables.grid import Box, Grid
from lotrinh.reading.tables.headings import TABLES, Head, Heading, is_part_of_year
from lotrinh.reading.tables.marks import BODY, TIME, is_mark
from lotrinh.reading.tables.measures import read_measure
from lotrinh.reading.tables.names import names_unit
from lotrinh.reading.tables.values import is_value
from lotrinh.reading.text import Source

Kind = Literal["task", "target", "schedule", "allocated"]
_PREFER = {role: re.compile(any_of(words)) for role, words in TABLES["prefer"].items()}
_AIMS = re.compile(any_of(TABLES["over_years"]["target"]))
_REACHED = re.compile(any_of(TABLES["over_years"]["result"]))
_TOLD = re.compile(any_of(TABLES["words"]["told"]))
_WHOLE = re.compile(any_of(TABLES["captions"]["whole"]))
_NEVER_SHARED = frozenset(
    {"base", "label", "note", "unit", "result", "compared", "basis", "percent"}
)
_MOSTLY = 0.6  # of the cells of a column
_PARTED = re.compile(any_of(TABLES["captions"]["parted"]))
_QUARTERS = 3  # so many parts of a year side by side are a plan and no report
_HALF = 0.5
_SEVERAL = 2  # columns of units
_LONGEST_UNIT = 30  # letters
_SAMPLE = 40  # rows that are enough to tell what a column holds
_WORDED = 5  # letters: what names a task or a measure has more on the average


@dataclass(frozen=True, slots=True)
class Settled:
    """The head of a table whose kind is known. ``columns`` says where each role stands."""

    kind: Kind
    head: Head
    columns: dict[str, int]
    values: tuple[Heading, ...] = ()  # of targets and results, with the role settled


@dataclass(frozen=True, slots=True)
class _View:
    source: Source
    grid: Grid
    head: Head
    aims: bool  # its title names what is to be reached

    def boxes(self, column: int) -> list[Box]:
        """Return a sample of what stands in a column below the head, each merged cell once."""
        found: list[Box] = []
        for row in range(self.head.below, min(self.grid.height, self.head.below + _SAMPLE)):
            box = self.grid.at(row, column)
            if (
                box is not None
                and box not in found
                and box.cell.columns < max(2, self.grid.width // 2)
            ):
                found.append(box)
        return found

    def share(self, column: int, test: Callable[[Box], bool]) -> float:
        """Return the share of the cells of a column that pass a test; 0 where it is empty."""
        boxes = self.boxes(column)
        return sum(test(box) for box in boxes) / len(boxes) if boxes else 0.0

    def is_worded(self, heading: Heading) -> bool:
        """Tell a column of words from one of numbers, marks or nothing."""
        boxes = self.boxes(heading.column)
        letters = sum(sum(letter.isalpha() for letter in box.text) for box in boxes)
        return bool(boxes) and letters >= _WORDED * len(boxes)

    def is_moment(self, box: Box) -> bool:
        return not read_moment(self.source, box).says_nothing

    def is_timed(self, heading: Heading) -> bool:
        """Tell a column of which at least half of the cells say when."""
        counted = counted_by(heading.folded)

        def says_when(box: Box) -> bool:
            return not read_moment(self.source, box, counted=counted).says_nothing

        return self.share(heading.column, says_when) >= _HALF

    def is_value(self, box: Box) -> bool:
        return is_value(self.source, box)

    def is_unit(self, box: Box) -> bool:
        known = UNITS.at(self.source, box.start)
        measure = read_measure(box.text) if len(box.text) <= _LONGEST_UNIT else None
        if measure is not None and measure.factor > 1 and measure.unit in UNIT_CODES:
            return measure.understood  # "1,000 tons"
        short = len(box.text) <= _LONGEST_UNIT and not any(letter.isdigit() for letter in box.text)
        organised = HEADS.at(self.source, box.start) is not None and box.text[:1].isupper()
        return (known is not None and known[0] >= box.end) or (short and not organised)


def settle(
    source: Source, grid: Grid, head: Head, allocates: bool = False, aims: bool = False
) -> Settled | None:
    """Return the kind of a table with its columns; None if it makes no commitments.

    ``allocates`` and ``aims`` are what its title says of it.
    """
    roles = head.roles()
    if "glossary" in roles or len(head.of("person")) > 1 or len(head.of("budget")) > 2:
        return None
    view = _View(source, grid, head, aims)
    readers: list[Callable[[_View], Settled | None]] = [_schedule, _tasks]
    readers += [_allocated_rows, _allocated_columns] if allocates else []
    for read in (*readers, _documents, _targets, _weak_tasks):
        settled = read(view)
        if settled is not None:
            return settled
    return None


def _schedule(view: _View) -> Settled | None:
    """A schedule of meetings names the place or the participants, and no deliverable."""
    head = view.head
    roles = head.roles()
    told = head.of("item", "task")
    timed = roles & {"day", "hour", "time?"}
    if not told or not timed or roles & {"coordinate", "deliverable", "due", "metric"}:
        return None
    if "place" not in roles and not {"participants", "chair", "supervisor"} <= roles:
        return None
    columns = {"name": told[0].column}
    dated = [*head.of("day"), *head.of("time?"), *head.of("hour")]
    columns["day"] = max(
        dated, key=lambda heading: view.share(heading.column, view.is_moment)
    ).column
    return Settled("schedule", head, columns)


def _tasks(view: _View) -> Settled | None:
    if view.head.of("issue") and any(view.is_worded(h) for h in view.head.of("demand")):
        return _task_table(view, ("demand",), enough=1)
    return _task_table(view, ("task",), enough=1)


def _documents(view: _View) -> Settled | None:
    """A list of what is to be made, by whom and by when, names its tasks by their products."""
    if any(view.is_worded(heading) for heading in view.head.of("item")):
        return None
    found = _task_table(view, ("deliverable",), enough=2)
    return found if found is not None and {"lead", "due"} <= set(found.columns) else None


def _weak_tasks(view: _View) -> Settled | None:
    """ "Nội dung" alone says little: two more columns must tell that it is a task."""
    return _task_table(view, ("item", "group", "demand", "issue"), enough=2)


def _task_table(view: _View, named: Sequence[str], enough: int) -> Settled | None:
    head = view.head
    if "metric" in head.roles() and len(_value_columns(view)) > 0 and not head.first("due"):
        return None
    name = _chosen(
        view, [heading for heading in head.of(*named) if view.is_worded(heading)], "task"
    )
    if name is None:
        return None
    columns = {"task": name.column}
    _add_marks(view, columns)
    _add_due(view, columns)
    _add_people(view, columns)
    _add_deliverable(view, columns)
    if _is_procedure(view):
        return None
    marks = {role.partition(":")[0] for role in columns}
    marks &= {"lead", "coordinate", "due", "deliverable", "body", "time"}
    if len(marks) < enough or marks == {"deliverable"}:
        return None
    return Settled("task", head, columns | _label(head))


def _is_procedure(view: _View) -> bool:
    """Tell the steps of a standing procedure: they last some days and end on none."""
    timed = [h for h in view.head.of("due", "time?") if view.is_timed(h)]
    return view.head.first("step") is not None and not timed


def _label(head: Head) -> dict[str, int]:
    label = head.first("label")
    return {"label": label.column} if label else {}


def _chosen(view: _View, headings: Sequence[Heading], role: str) -> Heading | None:
    """Return the heading that says most exactly what its column is, else the fullest."""
    if len(headings) < 2:
        return headings[0] if headings else None
    fullest = max(len(view.boxes(heading.column)) for heading in headings)
    full = [heading for heading in headings if len(view.boxes(heading.column)) == fullest]
    preferred = [heading for heading in full if _PREFER[role].search(heading.folded)]
    return preferred[0] if len(preferred) == 1 else full[-1]


def _add_marks(view: _View, columns: dict[str, int]) -> None:
    """Add the columns that a cross makes those of a body or of a time, if there are several."""
    marked = [h for h in view.head.headings if h.path and view.share(h.column, is_mark) == 1.0]
    for prefix, found in (
        (BODY, [h for h in marked if _names_body(view, h.path[-1])]),
        (TIME, [h for h in marked if view.is_moment(h.path[-1])]),
    ):
        if len(found) >= _SEVERAL:
            columns.update({f"{prefix}{h.column}": h.column for h in found})


def _names_body(view: _View, box: Box) -> bool:
    return HEADS.at(view.source, box.start) is not None or box.folded.startswith(("cac ", "ubnd"))


def _add_due(view: _View, columns: dict[str, int]) -> None:
    head = view.head
    dues = [heading for heading in head.of("due") if heading.column not in columns.values()]
    due = _preferred_due(dues)
    if due is None:
        unsure = [*head.of("time?"), *head.of("progress?"), *head.of("day")]
        dated = [heading for heading in unsure if view.is_timed(heading)]
        due = dated[0] if dated else None
    if due is not None:
        columns["due"] = due.column
    start = head.first("start")
    if start is not None:
        columns["start"] = start.column


def _preferred_due(dues: Sequence[Heading]) -> Heading | None:
    preferred = [heading for heading in dues if _PREFER["due"].search(heading.folded)]
    chosen = preferred or dues
    return chosen[-1] if chosen else None


def _add_people(view: _View, columns: dict[str, int]) -> None:
    head = view.head
    leads = [heading for heading in head.of("lead") if heading.column not in columns.values()]
    chief = [
        heading for heading in leads if "chu tri" in heading.folded or "lead" in heading.folded
    ]
    found = chief or leads or head.of("lead_person") or _organisations(view)
    found = [heading for heading in found if heading.column not in columns.values()]
    lead = found[0] if found else None
    if lead is not None and lead.column != columns["task"]:
        columns["lead"] = lead.column
        if lead.both:
            columns["both"] = lead.column
    told = head.of("coordinate") or (head.of("coordinate_person") if not chief else [])
    helpers = [h for h in told if h.column not in columns.values()]
    if helpers:
        columns["coordinate"] = helpers[0].column


def _organisations(view: _View) -> list[Heading]:
    """Return the columns "Đơn vị" whose cells name organisations."""

    def named(box: Box) -> bool:
        return HEADS.at(view.source, box.start) is not None or box.folded.startswith("cac ")

    return [h for h in view.head.of("unit?") if view.share(h.column, named) >= 0.4]


def _add_deliverable(view: _View, columns: dict[str, int]) -> None:
    head = view.head
    found = [*head.of("deliverable"), *head.of("result?")]
    if not found and not head.of("progress"):
        found = [h for h in head.of("result") if view.is_worded(h) and _is_to_come(view, h)]
    free = [heading for heading in found if heading.column not in columns.values()]
    if free:
        columns["deliverable"] = free[0].column


def _is_to_come(view: _View, heading: Heading) -> bool:
    """Tell results that a plan demands from those that a report tells of."""
    return view.share(heading.column, lambda box: bool(_TOLD.match(box.folded))) == 0


def _value_columns(view: _View) -> list[Heading]:
    """Return the columns of values with their role: target, result or percent."""
    found: list[Heading] = []
    for heading in view.head.headings:
        role = _value_role(view, heading)
        if role is not None and view.share(heading.column, view.is_value) >= 0.3:
            found.append(replace(heading, role=role))
    return found


def _value_role(view: _View, heading: Heading) -> str | None:
    """Return what kind of value a column of a table of measures holds."""
    leaf = heading.path[-1].folded if heading.path else ""
    if heading.role in {"target", "result", "percent"}:
        return heading.role
    if heading.role == "result?":
        return "result" if view.head.of("target") else "target"
    if heading.role == "year" and is_part_of_year(leaf):
        return _role_of_part(view, heading)
    if heading.role == "year":
        reached = _REACHED.search(heading.folded) is not None
        return "result" if reached and not _AIMS.search(heading.folded) else "target"
    if heading.role in {"due", "time?"} and re.search(r"(?:19|20)\d\d", leaf):
        return "target"  # "Mốc 2030"
    if heading.role == "lead" and leaf.startswith(("thuc hien", "th ", "uoc thuc hien")):
        return "result"
    if heading.role == "metric" and heading != view.head.of("metric")[0]:
        return "target"
    return None


def _role_of_part(view: _View, heading: Heading) -> str | None:
    """Return what stands below "9 tháng" or "Quý I": what was reached, or a part of the plan."""
    group = " ".join(box.folded for box in heading.path[:-1])
    parts = [h for h in view.head.of("year") if h.path and is_part_of_year(h.path[-1].folded)]
    if _PARTED.search(group) or (len(parts) >= _QUARTERS and not _REACHED.search(group)):
        return "target"
    return "result" if view.head.of("target", "percent") else None


def _targets(view: _View) -> Settled | None:
    head = view.head
    named = [h for h in head.of("metric", "item", "task") if view.is_worded(h)]
    values = _value_columns(view)
    names = [heading for heading in named if heading.column not in {v.column for v in values}]
    if not names and view.aims and len(head.of("year")) >= _SEVERAL:
        names = [h for h in head.headings if h.role in {None, "group"} and view.is_worded(h)][:1]
        names = [replace(heading, role="metric") for heading in names]
    if not names:
        names = [h for h in head.of("target") if view.is_worded(h)][:1]
        values = [value for value in values if value not in names]
    if not names or not any(value.role in {"target", "result"} for value in values):
        return None
    unit = _unit_column(view)
    if names[0].role != "metric" and (unit is None or all(v.role != "target" for v in values)):
        return None
    columns = {"metric": names[0].column} | _label(head)
    if unit is not None:
        columns["unit"] = unit
    due = head.first("due")
    if due is not None and view.share(due.column, view.is_moment) >= 0.5:
        columns["due"] = due.column
    return Settled("target", head, columns, tuple(values))


def _allocated_rows(view: _View) -> Settled | None:
    """A table that shares out targets: a row for every unit, a column for every target."""

    def named(box: Box) -> bool:
        return names_unit(view.source, box.start, box.end)

    units = [h for h in view.head.headings if h.path and view.share(h.column, named) >= _MOSTLY]
    if not units:
        return None
    values = [
        replace(heading, role="target")
        for heading in view.head.headings
        if heading.path
        and heading.role not in _NEVER_SHARED
        and heading.column != units[0].column
        and view.share(heading.column, view.is_value) >= _MOSTLY
    ]
    if not values:
        return None
    columns = {"share": units[0].column} | _label(view.head)
    return Settled("allocated", view.head, columns, tuple(values))


def _allocated_columns(view: _View) -> Settled | None:
    """A table that shares out targets: a row for every target, a column for every unit."""
    named = [h for h in view.head.of("metric", "item", "task", "target") if view.is_worded(h)]
    shares = [
        replace(heading, role="target")
        for heading in view.head.headings
        if heading.path and _is_share(view, heading)
    ]
    if not named or len(shares) < _SEVERAL:
        return None
    columns = {"metric": named[0].column} | _label(view.head)
    unit = _unit_column(view)
    if unit is not None:
        columns["unit"] = unit
    return Settled("allocated", view.head, columns, tuple(shares))


def _is_share(view: _View, heading: Heading) -> bool:
    leaf = heading.path[-1]
    if view.share(heading.column, view.is_value) < _MOSTLY:
        return False
    return names_unit(view.source, leaf.start, leaf.end) or bool(_WHOLE.match(leaf.folded))


def _unit_column(view: _View) -> int | None:
    sure = view.head.first("unit")
    if sure is not None:
        return sure.column
    unsure = [h for h in view.head.of("unit?") if view.share(h.column, view.is_unit) >= 0.6]
    return unsure[0].column if unsure else None
