"""Strips as pages show them: a row for each unit, a cell for each month or period.

A cell prints how many were on time of how many that fell due, bears a sign for its shade, and opens
the list of all that fell due.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from lotrinh.rules.punctuality import Months, shade_of
from lotrinh.rules.punctuality.months import end_of
from lotrinh.rules.standing import Standing
from lotrinh.rules.tally import Tally
from lotrinh.web.answers import address
from lotrinh.web.formatting import named
from lotrinh.web.presenters.totals import ShareLine, share_line
from lotrinh.web.wording import word
from lotrinh.web.wording_of_leading import SHADES

if TYPE_CHECKING:
    from lotrinh.apps.duties.selectors import StripRow

_NOTHING = Tally()


@dataclass(frozen=True, slots=True)
class StripCell:
    """What fell due in one column: so many on time of ``total``; ``words_text`` says the shade."""

    code: str
    words_text: str
    on_time: int
    total: int
    url: str
    head: str


@dataclass(frozen=True, slots=True)
class StripLine:
    """A unit and its cells; ``kind`` says whether it is the whole, the unit itself, or one below.

    ``share`` is what was on time of all that can be judged, ``due`` all that fell due: the sum of
    the cells, which is more where something of it may still come in time.
    """

    kind: str
    name: str
    url: str
    cells: tuple[StripCell, ...]
    share: ShareLine
    due: int


@dataclass(frozen=True, slots=True)
class StripHead:
    """A column: what it is called, at length and where there is little room."""

    text: str
    short: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a strip: the keys by which they are counted, their names, their doors.

    ``url_of`` leads from a key, and what narrows to a unit, to the list of what was counted.
    """

    keys: tuple[Any, ...]
    heads: tuple[StripHead, ...]
    url_of: Callable[[Any, Mapping[str, object]], str]


def month_columns(months: Months) -> Columns:
    """Return the columns of a strip of months."""
    counted = reverse("duties-counted")

    def url_of(month: date, asked: Mapping[str, object]) -> str:
        return address(counted, **asked, first=month, last=end_of(month))

    heads = tuple(StripHead(f"{one.month}/{one.year}", _short(one, months)) for one in months)
    return Columns(tuple(months), heads, url_of)


def lines_of(
    rows: "Sequence[StripRow[Any]]", columns: Columns, *, begin: int, size: int
) -> tuple[tuple[StripLine, ...], int]:
    """Return a unit with all below, itself, a page of those right below; and how many these are."""
    if not rows:
        return (), 0
    head, below = rows[0], right_below(rows)
    own = {"unit": head.unit.uid}
    lines = []
    if len(rows) > 1:
        lines.append(_line("whole", head, head.whole, columns, {"under": head.unit.uid}))
    if not lines or head.own:
        lines.append(_line("own", head, head.own, columns, own))
    for row in below[begin : begin + size]:
        lines.append(_line("below", row, row.whole, columns, {"under": row.unit.uid}))
    return tuple(lines), len(below)


def with_something_due(
    rows: "Sequence[StripRow[Any]]", *, unfolded: bool
) -> "tuple[list[StripRow[Any]], int]":
    """Return the rows without those right below to which nothing fell due, and how many these are.

    All of them where they are asked for (``unfolded``).
    """
    if unfolded or not rows:
        return list(rows), 0
    empty = {row.unit.id for row in right_below(rows) if not row.whole}
    return [row for row in rows if row.unit.id not in empty], len(empty)


def right_below(rows: "Sequence[StripRow[Any]]") -> "list[StripRow[Any]]":
    """Return the rows of the units right below the first one."""
    head = rows[0]
    return [row for row in rows[1:] if row.unit.path[-2] == head.unit.id]


def shades_of(lines: Iterable[StripLine]) -> tuple[tuple[str, str], ...]:
    """Return the shades that a strip shows with their words, from best to worst: its key."""
    shown = {cell.code for line in lines for cell in line.cells}
    return tuple((code, word(SHADES, code)) for code in SHADES if code in shown)


def cell_of(tally: Tally, url: str, head: str) -> StripCell:
    """Return one cell; without anything due it opens nothing."""
    code = str(shade_of(tally))
    return StripCell(
        code,
        word(SHADES, code),
        tally[Standing.DONE_ON_TIME],
        tally.total,
        url if tally.total else "",
        head,
    )


def _line(
    kind: str,
    row: "StripRow[Any]",
    held: Mapping[Any, Tally],
    columns: Columns,
    asked: Mapping[str, object],
) -> StripLine:
    cells = tuple(
        cell_of(held.get(key, _NOTHING), columns.url_of(key, asked), head.text)
        for key, head in zip(columns.keys, columns.heads, strict=True)
    )
    all_due = sum(held.values(), _NOTHING)
    share = share_line("on_time_of_judged", all_due.on_time_of_judged)
    url = reverse("unit-strip", kwargs={"uid": row.unit.uid})
    return StripLine(kind, named(row.unit), url, cells, share, all_due.total)


def _short(month: date, months: Months) -> str:
    """Return a month as a narrow column names it: the year at its first month and at January."""
    is_first = month == months.first or month.month == 1
    return f"{month.month}/{month.year}" if is_first else str(month.month)
