"""The cascade board: units by duties of a document, with how many stand how."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from lotrinh.apps.duties.selectors import Cascade, Cell, Column, Line, PartsCounted
from lotrinh.rules.duty_states import DutyState
from lotrinh.web.answers import address
from lotrinh.web.formatting import named
from lotrinh.web.presenters.carrying import PartsLine, parts_line
from lotrinh.web.presenters.shapes import Status
from lotrinh.web.presenters.standing import clarity_code, status_when
from lotrinh.web.wording import STANDS, word

MOST_COLUMNS = 8
"""So many duties stand side by side; of more one is chosen."""
NOT_OWED = frozenset({DutyState.CANCELLED, DutyState.REFUSED, DutyState.DRAFT})
"""Printed, never counted as owed."""
_DRAFT = frozenset({DutyState.DRAFT})


@dataclass(frozen=True, slots=True)
class BoardCell:
    """How one duty of one unit stands."""

    url: str
    status: Status
    person_name: str
    missing: tuple[str, ...]


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
    """A duty of the document: how its units stand, all together and one way after the other."""

    key: int
    title: str
    url: str
    parts: PartsLine
    sums: tuple[Sum, ...]
    is_current: bool


@dataclass(frozen=True, slots=True)
class Board:
    """A page of the board. ``total`` units were given something, ``owing`` owe it by now.

    Of these ``open_units`` have not yet done all; ``draft_units`` have a draft that still waits.
    """

    columns: tuple[BoardColumn, ...]
    shown_columns: tuple[BoardColumn, ...]
    rows: tuple[BoardRow, ...]
    total: int
    owing: int
    open_units: int
    draft_units: int
    shown: int
    chosen: bool
    yet: bool
    is_narrowed: bool
    all_url: str
    yet_url: str
    drafts_url: str
    drafts_only: bool


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
        owing=sum(1 for line in cascade.lines if _stands(line, frozenset(DutyState) - NOT_OWED)),
        open_units=sum(1 for line in cascade.lines if _open(line, None)),
        draft_units=sum(1 for line in cascade.lines if _stands(line, _DRAFT)),
        shown=len(lines),
        chosen=chosen is not None,
        yet=asked.yet,
        is_narrowed=bool(chosen or asked.yet or asked.stands),
        all_url=asked.url(),
        yet_url=asked.url(yet=1),
        drafts_url=asked.url(stands="draft"),
        drafts_only=asked.stands == "draft" and chosen is None,
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


def _stands(line: Line, states: frozenset[DutyState]) -> bool:
    """Say whether something that the unit was given stands in one of these states."""
    return any(cell.state in states for cell in _cells(line, None))


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
        parts=_parts(cells, drafts_url=asked.url(column=here, stands="draft")),
        sums=tuple(
            Sum(
                words_text=word(STANDS, code),
                count=counted[code],
                url=asked.url(column=here, stands=code),
                is_current=is_chosen and asked.stands == code,
            )
            for code in STANDS
            if counted[code] and code != DutyState.DRAFT  # the sentence before says how many wait
        ),
        is_current=is_chosen and not asked.stands,
    )


def _parts(cells: Sequence[Cell], *, drafts_url: str) -> PartsLine:
    """Return how the cells of a column stand; its sums are the doors to all but the drafts."""
    drafts = [cell for cell in cells if cell.state is DutyState.DRAFT]
    issued = sum(1 for cell in cells if cell.state not in NOT_OWED)
    return parts_line(
        PartsCounted(
            issued=issued,
            done=sum(1 for cell in cells if cell.state is DutyState.DONE),
            ended=len(cells) - issued - len(drafts),
            drafts=len(drafts),
            clear=sum(not cell.missing for cell in drafts),
            lacking=Counter(code for cell in drafts for code in cell.missing),
        ),
        drafts_url=drafts_url,
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
        missing=tuple(clarity_code(code) for code in cell.missing),
    )


def _status(cell: Cell, *, on: date) -> Status:
    return status_when(cell.state, due=cell.due, handed_in_on=cell.handed_in_on, on=on)


def _code(cell: Cell, *, on: date) -> str:
    return _status(cell, on=on).code
