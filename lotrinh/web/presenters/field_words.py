"""The words of the text from which each field of a proposal was filled, and its row in a table."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lotrinh.reading import Cell, Table
from lotrinh.rules.names import search_key

if TYPE_CHECKING:
    from lotrinh.apps.documents.models import Rendition
    from lotrinh.apps.intake.models import Candidate

Span = tuple[int, int]
NEAR = 3_000
"""How many characters before a passage the deadline of its list may stand."""
_LABEL_ROOM = 6
_NUMBERED = frozenset({"tt", "stt", "so tt", "so thu tu", "thu tu", "no", "nos", "#"})
"""The headings of columns that number the rows, without marks and stops."""
_RUNNING = re.compile(
    r"(?=.{1,12}$)(?:[0-9]+|[ivxlc]+|[a-z])(?:[.\-][0-9a-z]+)*[.)]?", re.IGNORECASE
)
_VALUE = re.compile(r"\d[\d.,]*\s*(?:%|‰)?")


@dataclass(frozen=True, slots=True)
class TableRow:
    """The row of a table in which a proposal stands: its table, its cells, the group above it."""

    table: int
    cells: tuple[Span, ...]
    group: str


def without_running_number(
    cells: Iterable[tuple[str, str]],
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the running number of a row, empty where it has none, and the rest of its cells.

    A number that numbers rows says where something stands and nothing about it.

    >>> without_running_number([("TT", "2"), ("Ghi chú", "cả năm")])
    ('2', (('Ghi chú', 'cả năm'),))
    >>> without_running_number([("TT", "Sở Y tế")])
    ('', (('TT', 'Sở Y tế'),))
    """
    running, rest = "", []
    for heading, cell in cells:
        is_number = search_key(heading).rstrip(".") in _NUMBERED and _RUNNING.fullmatch(
            cell.strip()
        )
        if is_number and not running:
            running = cell.strip().rstrip(".)")
        else:
            rest.append((heading, cell))
    return running, tuple(rest)


class Tables:
    """The tables of one text, to be asked in which row a place lies."""

    def __init__(self, rendition: "Rendition") -> None:
        self._text = rendition.text
        self._tables = [Table.from_record(record) for record in rendition.tables]
        placed = [
            (cell.start, number, cell)
            for number, table in enumerate(self._tables)
            for cell in table.cells
            if cell.end > cell.start
        ]
        self._placed = sorted(placed, key=lambda each: each[0])
        self._starts = [start for start, _number, _cell in self._placed]
        self._rows: list[dict[int, list[Cell]]] = []
        self._groups: list[dict[int, str]] = []
        for table in self._tables:
            rows: dict[int, list[Cell]] = {}
            for cell in table.cells:
                rows.setdefault(cell.row, []).append(cell)
            self._rows.append(rows)
            self._groups.append(self._groups_of(rows))

    def row_of(self, start: int) -> TableRow | None:
        """Return the row of the cell in which a place lies, or None outside every table."""
        place = bisect_right(self._starts, start) - 1
        if place < 0:
            return None
        _start, number, cell = self._placed[place]
        if start >= cell.end:
            return None
        return TableRow(
            table=number,
            cells=tuple((each.start, each.end) for each in self._rows[number][cell.row]),
            group=self._groups[number].get(cell.row, ""),
        )

    def first_place(self, number: int) -> int:
        """Return where the text of a table begins."""
        return min((cell.start for cell in self._tables[number].cells), default=0)

    def _groups_of(self, rows: Mapping[int, Sequence[Cell]]) -> dict[int, str]:
        """Return by row the heading that groups it: a row of its own with nothing but a name."""
        width = max(
            (cell.column + cell.columns for row in rows.values() for cell in row), default=0
        )
        found, group = {}, ""
        for number in sorted(rows):
            words = [self._text[cell.start : cell.end].strip() for cell in rows[number]]
            said = [word for word in words if word]
            is_whole = sum(cell.columns for cell in rows[number]) >= width
            label = len(said) == 2 and len(said[0]) <= _LABEL_ROOM
            if is_whole and width > 1 and (len(said) == 1 or label):
                group = " ".join(" ".join(said).split())
            else:
                found[number] = group
        return found


def words_of(
    candidate: "Candidate", facts: Sequence[Mapping[str, Any]], text: str, row: TableRow | None
) -> dict[str, Span]:
    """Return by field the span of the words from which it was filled, as far as it is known."""
    ranges = [(candidate.start, candidate.end)]
    if row is not None:
        ranges += row.cells
    elif candidate.clause is not None:
        ranges.append((candidate.clause.start, candidate.clause.end))
    fields = candidate.fields
    leads, helpers = fields.get("lead") or (), fields.get("coordinate") or ()
    found = {
        "unit": _said(text, leads[0] if leads else "", ranges),
        "responsibility": _said(text, helpers[0] if helpers else "", ranges),
        "deliverable": _said(text, fields.get("deliverable") or "", ranges),
        "due": _due(candidate, facts, ranges),
        "title": (candidate.start, candidate.end),
    }
    if candidate.kind == "target":
        found["value"] = _value(candidate, text)
        found["title"] = _said(text, fields.get("metric") or "", ranges[:1]) or found["title"]
    return {name: span for name, span in found.items() if span is not None}


def _said(text: str, words: str, ranges: Iterable[Span]) -> Span | None:
    """Return where these very words stand, in the first of the ranges that has them."""
    for start, end in ranges if words else ():
        place = text.find(words, start, end)
        if place >= 0:
            return place, place + len(words)
    return None


def _due(
    candidate: "Candidate", facts: Sequence[Mapping[str, Any]], ranges: Iterable[Span]
) -> Span | None:
    """Return the words of the deadline: in the passage, around it, or last before it."""
    iso = candidate.fields.get("due")
    days = [fact for fact in facts if fact["iso"] == iso] if iso else []
    for start, end in ranges:
        for fact in days:
            if start <= fact["start"] and fact["end"] <= end:
                return fact["start"], fact["end"]
    before = [
        (fact["start"], fact["end"])
        for fact in days
        if candidate.start - NEAR <= fact["start"] and fact["end"] <= candidate.start
    ]
    return before[-1] if before else None


def _value(candidate: "Candidate", text: str) -> Span | None:
    """Return the number in the words of a target: the first one behind what is measured."""
    metric = candidate.fields.get("metric") or ""
    place = text.find(metric, candidate.start, candidate.end) if metric else -1
    behind = place + len(metric) if place >= 0 else candidate.start
    found = _VALUE.search(text, behind, candidate.end) or _VALUE.search(
        text, candidate.start, candidate.end
    )
    return found.span() if found else None
