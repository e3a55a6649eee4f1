"""The cascade board: units by duties of a document, with how many stand how."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from lotrinh.apps.duties.selectors import Cascade, Cell, Column, Line
from lotrinh.rules.duty_states import DutyState
from lotrinh.web.answers import address
from lotrinh.web.formatting import named
from lotrinh.web.presenters.shapes import Status
from lotrinh.web.presenters.standing import status_when
from lotrinh.web.wording import STANDS, word

MOST_COLUMNS = 8
"""So many duties stand side by side; of more one is chosen."""
NOT_OWED = frozenset({DutyState.CANCELLED, DutyState.REFUSED})
"""Printed, never counted."""


@dataclass(frozen=True, slots=True)
class BoardCell:
    """How one duty of one unit stands."""

    url: str
    status: Status
    person_name: str


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A unit and its cells, each with the title of its column."""

    name: str
    url: str
    cells: tuple[tuple[str, tuple[BoardCell, ...]], ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """How many duties of a column stand in one way, and the door to them."""

    words_text: str
    count: int
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """A duty of the document: how many units owe it, how many have done it."""

    key: int
    title: str
    url: str
    done: int
    total: int
    sums: tuple[Sum, ...]
    is_current: bool


@dataclass(frozen=True, slots=True)
class Board:
    """A page of the board. ``total`` units owe something, ``open_units`` have not yet done all."""

    columns: tuple[BoardColumn, ...]
    shown_columns: tuple[BoardColumn, ...]
    rows: tuple[BoardRow, ...]
    total: int
    open_units: int
    shown: int
    chosen: bool
    yet: bool
    is_narrowed: bool
    all_url: str
    yet_url: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: a column, how it stands, only those who have not yet."""

    path: str
    on: date
    column: str = ""
    stands: str = ""
    yet: bool = False

    def url(self, **more: object) -> str:
        """Return the address of the board of the same day with other questions."""
        return address(self.path, on=self.on.isoformat(), **more)


def board_of(cascade: Cascade, asked: Asked, *, begin: int, size: int) -> tuple[Board, Line | None]:
    """Return one page of the board, and the last of its units where more follow."""
    chosen = next((one for one in cascade.columns if str(one.uid) == asked.column), None)
    lines = [line for line in cascade.lines if _fits(line, chosen, asked)]
    columns = tuple(_column(one, cascade.lines, asked) for one in cascade.columns)
    keys = {chosen.key} if chosen else {one.key for one in cascade.columns[:MOST_COLUMNS]}
    shown = tuple(one for one in columns if one.key in keys)
    page = lines[begin : begin + size]
    board = Board(
        columns=columns,
        shown_columns=shown,
        rows=tuple(_row(line, shown, on=asked.on) for line in page),
        total=len(cascade.lines),
        open_units=sum(1 for line in cascade.lines if _open(line, None)),
        shown=len(lines),
        chosen=chosen is not None,
        yet=asked.yet,
        is_narrowed=bool(chosen or asked.yet or asked.stands),
        all_url=asked.url(),
        yet_url=asked.url(yet=1),
    )
    return board, page[-1] if begin + size < len(lines) else None


def _fits(line: Line, chosen: Column | None, asked: Asked) -> bool:
    """Say whether a unit belongs into the list that is asked for."""
    cells = _cells(line, chosen)
    if chosen is not None and not cells:
        return False
    if asked.yet and not _open(line, chosen):
        return False
    return not asked.stands or any(_code(cell, on=asked.on) == asked.stands for cell in cells)


def _cells(line: Line, chosen: Column | None) -> Sequence[Cell]:
    if chosen is not None:
        return line.cells.get(chosen.key, ())
    return [cell for found in line.cells.values() for cell in found]


def _open(line: Line, chosen: Column | None) -> bool:
    """Say whether the unit has something still to do."""
    return any(
        cell.state is not DutyState.DONE and cell.state not in NOT_OWED
        for cell in _cells(line, chosen)
    )


def _column(column: Column, lines: Iterable[Line], asked: Asked) -> BoardColumn:
    cells = [cell for line in lines for cell in line.cells.get(column.key, ())]
    counted = Counter(_code(cell, on=asked.on) for cell in cells)
    here = str(column.uid)
    is_chosen = asked.column == here
    return BoardColumn(
        key=column.key,
        title=column.title,
        url=asked.url(column=here),
        done=sum(1 for cell in cells if cell.state is DutyState.DONE),
        total=sum(1 for cell in cells if cell.state not in NOT_OWED),
        sums=tuple(
            Sum(
                words_text=word(STANDS, code),
                count=counted[code],
                url=asked.url(column=here, stands=code),
                is_current=is_chosen and asked.stands == code,
            )
            for code in STANDS
            if counted[code]
        ),
        is_current=is_chosen and not asked.stands,
    )


def _row(line: Line, columns: Iterable[BoardColumn], *, on: date) -> BoardRow:
    return BoardRow(
        name=named(line.unit),
        url=address(reverse("unit", kwargs={"uid": line.unit.uid}), on=on.isoformat()),
        cells=tuple(
            (
                column.title,
                tuple(_board_cell(cell, on=on) for cell in line.cells.get(column.key, ())),
            )
            for column in columns
        ),
    )


def _board_cell(cell: Cell, *, on: date) -> BoardCell:
    return BoardCell(
        url=reverse("duty", kwargs={"uid": cell.uid}),
        status=_status(cell, on=on),
        person_name=cell.person_name,
    )


def _status(cell: Cell, *, on: date) -> Status:
    return status_when(cell.state, due=cell.due, handed_in_on=cell.handed_in_on, on=on)


def _code(cell: Cell, *, on: date) -> str:
    return _status(cell, on=on).code
