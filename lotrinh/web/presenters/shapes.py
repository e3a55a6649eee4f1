"""The rows that several pages share."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lotrinh.web.answers import door


@dataclass(frozen=True, slots=True)
class Status:
    """How something stands. ``days`` are those left (``soon``) or passed (``late``), else 0."""

    code: str
    days: int = 0


@dataclass(frozen=True, slots=True)
class Deadline:
    """The deadline that holds; ``text`` is how the document states it where it says less than a
    day, ``original_on`` the one before any extension where that was another day."""

    on: date | None
    text: str | None
    original_on: date | None


@dataclass(frozen=True, slots=True)
class Clarity:
    """One of the six clarities and, where it is clear, what it says."""

    code: str
    is_clear: bool
    value_text: str | None


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty in a list. ``due_text`` stands where the document states less than a day.

    ``url`` is its page, ``unit_url`` that of the unit that owes it, None where it is not known yet.
    ``act`` is what the reader does about it from this list: verify, decide or urge; else empty.
    """

    uid: UUID
    title: str
    sub_text: str | None
    document_number: str | None
    source_url: str | None
    unit_name: str | None
    unit_uid: UUID | None
    person_name: str | None
    due_on: date | None
    due_text: str | None
    status: Status
    missing: tuple[str, ...]
    url: str
    unit_url: str | None
    is_worked_on: bool = False
    act: str = ""

    @property
    def report_url(self) -> str:
        """The address at which the unit reports on it."""
        return door("duty-report", self.uid)


@dataclass(frozen=True, slots=True)
class Source:
    """The clause from which a commitment comes: before the passage, the passage, after it.

    Where it is a row of a table, ``columns`` are its cells that no field of the duty took, each
    with its heading, ``row_number`` numbers it there, and ``group`` is the heading above the row.
    """

    document_number: str | None
    document_title: str
    document_url: str
    language: str
    clause_number: int | None
    before: str
    quote: str
    after: str
    columns: tuple[tuple[str, str], ...] = ()
    group: str = ""
    row_number: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done."""

    at: datetime
    words_text: str
    actor_name: str | None
    reason: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class DoorRow:
    """A document by the shortest name that it has, and its address where the reader sees it."""

    name: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Warning:
    """Something unusual that a person should look at, and the documents that it is about."""

    code: str
    words_text: str
    doors: tuple[DoorRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """How far the reading of a document has come."""

    code: str
    proposals: int = 0
    accepted: int = 0
    rejected: int = 0
    to_decide: int = 0
    error_text: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The passage of a text that was found; ``parts`` say whether they were asked for."""

    parts: tuple[tuple[str, bool], ...]
    url: str
    language: str
    begins_within: bool
    ends_within: bool


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step on the way to a page."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a part; ``at`` is their place where a field can point at them, else None."""

    text: str
    at: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """A run of characters of a clause, marked by proposal ``n`` or plain (None).

    ``pieces`` joined are its text; there are none where nothing in it is pointed at.
    """

    text: str
    start: int
    n: int | None = None
    kind: str | None = None
    state: str | None = None
    url: str | None = None
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered piece of a text; its parts joined are exactly its characters from ``start`` on."""

    number: int
    kind: str
    level: int
    parts: tuple[Part, ...]
    start: int = 0


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table and over how many rows and columns it reaches; empty without a clause."""

    clause: Clause | None
    rows: int
    columns: int
    is_heading: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """A table among the clauses of a text."""

    rows: tuple[tuple[GridCell, ...], ...]

    @property
    def first(self) -> int:
        """The number of its first passage, which tells it from the other tables of the text."""
        clauses = (cell.clause for row in self.rows for cell in row if cell.clause)
        return min((clause.number for clause in clauses), default=0)


@dataclass(frozen=True, slots=True)
class UnitNode:
    """A unit in the tree, with the duties that it still owes and those of them that are late."""

    uid: UUID
    name: str
    kind_text: str
    level: int
    open: int
    late: int
    is_mine: bool
