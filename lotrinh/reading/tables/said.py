"""Numbers in the rows of tasks: what a task is to reach, and what was reached of it so far.

"Nâng tỷ lệ bao phủ lên 97%" states a target besides the task, due with it. The columns that tell
of progress hold results: "Đã xử lý 12/19 trường hợp", "Hiện đạt 95,3%". A number that nobody says
was reached is none.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from lotrinh.reading.facts import Result, Target, Task
from lotrinh.reading.grammar import any_of
from lotrinh.reading.order import Ordered
from lotrinh.reading.quantities import UNITS, Quantity
from lotrinh.reading.tables.grid import Box, Grid, without_markup
from lotrinh.reading.tables.headings import TABLES
from lotrinh.reading.tables.layouts import Part
from lotrinh.reading.tables.measures import MONEY
from lotrinh.reading.tables.rows import says_something
from lotrinh.reading.tables.rules import confidence
from lotrinh.reading.text import Source

_SAID = TABLES["said"]
_REACHING = re.compile(any_of(_SAID["reaching"]) + r"\s(?:[^\d;:,]{1,20}\s)?$")
_AIMING = re.compile(rf"(?:{any_of(_SAID['aiming'])}\s)+")
_TOLD = re.compile(any_of(_SAID["told"]))
_PLANNED = re.compile(any_of(_SAID["planned"]))
_ESTIMATED = re.compile(any_of(TABLES["over_years"]["estimated"]))
_OPENING = re.compile(r"(?:đã|mới|ước|hiện|đạt)\s", re.IGNORECASE)
_PIECE = re.compile(r"[;\n]|[.,](?=\s)|\s-\s")
_RATIO = re.compile(r"(?<![\d/.,-])(\d{1,6})\s?/\s?(\d{1,6})(?![\d/.,-])(?=\s([^\W\d_]+))")
_THING_END = re.compile(r"[,;:()\n]|\.(?=\s|$)|\s(?:dat|bang|chiem|con|va|and)\s|\s\d")
_TELLING = frozenset({"progress", "result", "result?", "note", "compared"})
_NO_RESULT = frozenset({"day", "hour", "month", "year", "time"})
_LEAST = 8  # letters of a measure


def read_said(
    source: Source, grid: Grid, part: Part, tasks: Sequence[Task], quantities: Ordered[Quantity]
) -> Iterator[Target | Result]:
    """Yield the targets in the cells of tasks and the results in the cells beside them."""
    rows = {
        box.cell.row: box
        for row in range(part.first, part.last)
        if (box := grid.at(row, part.settled.columns["task"])) is not None
    }
    named = {box.end: row for row, box in rows.items()}
    taken = set(part.settled.columns.values())
    told = [h.column for h in part.settled.head.of(*_TELLING) if h.column not in taken]
    for task in tasks:
        target = _target(source, task, quantities)
        if target is not None:
            yield target
        row = named.get(task.end)
        if row is None:
            continue
        for column in told:
            box = grid.at(row, column)
            if box is not None and says_something(box) and box.cell.row == row:
                yield from _results(source, box, quantities, target)


def _target(source: Source, task: Task, quantities: Ordered[Quantity]) -> Target | None:
    """Return the value that a task is to reach with its measure, if it names both and a day."""
    if task.due is None:
        return None
    for quantity in quantities.within(task.start, task.end):
        piece = _piece_start(source.folded, task.start, quantity.start)
        reached = _REACHING.search(source.folded, piece, quantity.digits)
        if reached is None or quantity.unit is None or quantity.form != "amount":
            continue
        opened = _AIMING.match(source.folded, piece, reached.start())
        start = opened.end() if opened else piece
        metric = without_markup(source.composed[start : reached.start()])
        if len(metric) < _LEAST or any(letter.isdigit() for letter in metric):
            continue
        low, high = quantity.value, quantity.high
        return Target(
            start=start,
            end=quantity.end,
            text=source.composed[start : quantity.end],
            rule="table.target",
            confidence=confidence("table.target", False),
            metric=metric,
            comparator="range" if high is not None else quantity.comparator,
            value=(low, high) if high is not None else low,
            unit=quantity.unit,
            due=task.due,
        )
    return None


def _results(
    source: Source, box: Box, quantities: Ordered[Quantity], target: Target | None
) -> Iterator[Result]:
    """Yield what the cell says was reached."""
    known = quantities.within(box.start, box.end)
    for quantity in [*known, *_ratios(source, box, known)]:
        start = _piece_start(source.folded, box.start, quantity.start)
        before = source.folded[start : quantity.digits]
        ratio = quantity.form in {"ratio", "plan"} and quantity.total is not None
        if quantity.unit in _NO_RESULT or _PLANNED.search(before):
            continue
        if not ratio and not _TOLD.search(before):
            continue
        share = quantity.unit == "%" and quantity.form == "amount"
        end, thing = (quantity.end, None) if share else _thing(source, quantity, box.end)
        if quantity.unit in MONEY:
            thing = _OPENING.sub("", source.composed[start : quantity.start]).strip() or None
        metric = target.metric if share and target is not None else thing
        yield Result(
            start=start,
            end=end,
            text=source.composed[start:end],
            rule="table.result",
            confidence=confidence("table.result", False),
            metric=metric,
            value=None if ratio else _amount(quantity),
            unit=quantity.unit,
            done=quantity.value if ratio else None,
            total=quantity.total if ratio else None,
            estimated=_ESTIMATED.search(before) is not None,
        )


def _ratios(source: Source, box: Box, known: Sequence[Quantity]) -> Iterator[Quantity]:
    """Yield "86/120 giấy", of which prose could not tell that it is no day."""
    for match in _RATIO.finditer(source.folded, box.start, box.end):
        done, total = int(match[1]), int(match[2])
        before = source.folded[
            _piece_start(source.folded, box.start, match.start()) : match.start()
        ]
        if done > total or before.endswith("ngay ") or not _TOLD.search(before):
            continue
        if any(quantity.start <= match.start() < quantity.end for quantity in known):
            continue
        unit = UNITS.at(source, match.start(3))
        yield Quantity(
            start=match.start(),
            digits=match.start(),
            end=match.end(3),
            form="ratio",
            value=Decimal(done),
            unit=unit[1] if unit else source.composed[match.start(3) : match.end(3)],
            unit_at=match.start(3),
            total=Decimal(total),
        )


def _amount(quantity: Quantity) -> Decimal | tuple[Decimal, Decimal]:
    return (quantity.value, quantity.high) if quantity.high is not None else quantity.value


def _thing(source: Source, quantity: Quantity, end: int) -> tuple[int, str | None]:
    """Return where the words end that say what is counted, and these words."""
    start = quantity.unit_at if quantity.unit_at > quantity.digits else quantity.end
    stop = _THING_END.search(source.folded, max(start, quantity.digits), end)
    close = max(stop.start() if stop else end, quantity.end)
    return close, without_markup(source.composed[start:close]).strip(" .") or None


def _piece_start(folded: str, start: int, place: int) -> int:
    """Return where the clause begins in which a place of a cell stands."""
    for match in _PIECE.finditer(folded, start, place):
        start = match.end()
    while start < place and not folded[start].isalnum():
        start += 1
    return start
