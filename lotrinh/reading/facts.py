"""What reading finds: one frozen record per mention, each with the characters that prove it.

Offsets are code points in the text as given, end exclusive, and ``text`` is exactly that piece
of it. A field that the text does not state is None, never a guess and never zero.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal

from lotrinh.reading.paper import Note, Table

KINDS = ("citation", "date", "target", "result", "task", "unit", "person", "event", "relation")

Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]
Columns = tuple[tuple[str, str], ...]  # heading of a column, text of its cell in one row
Comparator = Literal[">=", "<=", "=", "<", ">", "range"]
ClauseKind = Literal["heading", "paragraph", "item", "preamble", "boilerplate", "cell"]


def _columns(columns: Columns | None) -> Plain:
    return None if columns is None else dict(columns)


def plain(value: object) -> Plain:
    """Return a value as JSON can hold it: whole decimals as int, others as float."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise TypeError(f"no plain form for {type(value).__name__}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One mention. ``rule`` names the rule that found it, ``confidence`` is between 0 and 1."""

    kind: ClassVar[str] = ""
    own: ClassVar[tuple[str, ...]] = ()

    start: int
    end: int
    text: str
    rule: str
    confidence: float

    def fields(self) -> dict[str, Plain]:
        """Return the fields that belong to this kind, in the order of the contract."""
        return {
            name: _columns(getattr(self, name)) if name == "columns" else plain(getattr(self, name))
            for name in self.own
        }

    def record(self, doc: str) -> dict[str, Plain]:
        """Return the whole fact as one line of JSON for the document named ``doc``."""
        return {
            "doc": doc,
            "kind": self.kind,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "rule": self.rule,
            "confidence": self.confidence,
            **self.fields(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation(Fact):
    """A numbered document named in the text.

    ``number`` is canonical; a short form that names no issuer and meets no full form in the
    text keeps its bare number. ``date`` is the day of issue where the text states it.
    """

    kind: ClassVar[str] = "citation"
    own: ClassVar[tuple[str, ...]] = ("number", "type", "issuer", "date")

    number: str | None
    type: str | None
    issuer: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateFact(Fact):
    """A day, month, quarter, year or interval, in the precision in which it is written.

    ``last_day`` is the last day on which something due then is in time ("before 15 June" is
    14 June); None where the year is unknown.
    """

    kind: ClassVar[str] = "date"
    own: ClassVar[tuple[str, ...]] = ("iso", "last_day", "precision", "role")

    iso: str
    last_day: str | None
    precision: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Fact):
    """A measure that must reach a value. ``value`` is a pair where ``comparator`` is a range.

    ``columns`` holds the cells of its row in a table that no other field took; None in prose.
    """

    kind: ClassVar[str] = "target"
    own: ClassVar[tuple[str, ...]] = ("metric", "comparator", "value", "unit", "due", "columns")

    metric: str | None
    comparator: Comparator
    value: Decimal | tuple[Decimal, Decimal]
    unit: str | None
    due: str | None
    columns: Columns | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result(Fact):
    """A value that was reached, or is expected to be: then ``estimated``."""

    kind: ClassVar[str] = "result"
    own: ClassVar[tuple[str, ...]] = (
        "metric",
        "value",
        "unit",
        "percent_of_plan",
        "growth_percent",
        "multiplier",
        "done",
        "total",
        "estimated",
    )

    metric: str | None
    value: Decimal | tuple[Decimal, Decimal] | None = None
    unit: str | None = None
    percent_of_plan: Decimal | None = None
    growth_percent: Decimal | None = None
    multiplier: Decimal | None = None
    done: Decimal | None = None
    total: Decimal | None = None
    estimated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Fact):
    """One instruction: what somebody is told to do, in the words of the text.

    ``columns`` holds the cells of its row in a table that no other field took; None in prose.
    """

    kind: ClassVar[str] = "task"
    own: ClassVar[tuple[str, ...]] = (
        "lead",
        "coordinate",
        "due",
        "recurrence",
        "deliverable",
        "columns",
    )

    lead: tuple[str, ...] = ()
    coordinate: tuple[str, ...] = ()
    due: str | None = None
    recurrence: str | None = None
    deliverable: str | None = None
    columns: Columns | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMention(Fact):
    """An organisation; ``canonical`` spells out a well-known abbreviation, else None."""

    kind: ClassVar[str] = "unit"
    own: ClassVar[tuple[str, ...]] = ("name", "canonical")

    name: str
    canonical: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMention(Fact):
    """A person and the post in which the text names that person."""

    kind: ClassVar[str] = "person"
    own: ClassVar[tuple[str, ...]] = ("name", "role")

    name: str
    role: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Fact):
    """A conference, meeting or ceremony with its day, connected sites and people."""

    kind: ClassVar[str] = "event"
    own: ClassVar[tuple[str, ...]] = ("name", "date", "sites", "participants")

    name: str
    date: str | None
    sites: Decimal | None
    participants: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Fact):
    """One document does something to another; both are canonical numbers."""

    kind: ClassVar[str] = "relation"
    own: ClassVar[tuple[str, ...]] = ("source", "target", "relation")

    source: str
    target: str
    relation: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered piece of the text. Clauses follow one another and hold every visible character.

    ``level`` grows with depth; a paragraph without a label lies one deeper than the numbered
    piece it continues. A cell of a table of commitments is one clause, however many its lines.
    """

    start: int
    end: int
    label: str | None
    level: int
    kind: ClauseKind


@dataclass(frozen=True, slots=True)
class Header:
    """What the text itself is: a directing document with its number, or a press report."""

    system: Literal["party", "state", "press"] | None
    type: str | None
    number: str | None
    issuer: str | None
    issued: str | None
    title: str | None
    language: Literal["vi", "en"]


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was found in one text, in the order of (start, end, kind)."""

    text: str
    facts: tuple[Fact, ...]
    clauses: tuple[Clause, ...]
    header: Header
    engine_version: str
    lexicon_hash: str
    tables: tuple[Table, ...] = ()
    notes: tuple[Note, ...] = ()
