"""The cascade of a document: which unit owes which of its duties, and how each stood on a day.

A column is a duty that the document asks for: one that was carried to a group has a cell for every
unit, one that was issued to a single unit has one cell. What a unit has broken down stands with the
unit's own duty and makes no column. How a duty stood on a day that has passed is read from its
steps up to that day. A unit to which a duty was carried and whose duty is still a draft owes
nothing by it; its cell says that the draft waits.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import DateField, Q
from django.db.models.functions import Coalesce, TruncDate

from lotrinh.apps.documents.models import Document
from lotrinh.apps.duties.models import Duty, DutyEvent, DutySource
from lotrinh.apps.duties.selectors.carrying import missing_in
from lotrinh.apps.duties.selectors.seen import visible
from lotrinh.apps.units import selectors as units
from lotrinh.rules.clarities import Clarity
from lotrinh.rules.duty_states import SENT, DutyState, Step

_FIELDS = (
    "pk",
    "uid",
    "title",
    "state",
    "unit_id",
    "superior_id",
    "superior__uid",
    "superior__state",
    "due",
    "binding_due",
    "handed_in_on",
    "issued_on",
    "person__full_name",
)


_DAY = Coalesce("on", TruncDate("at"), output_field=DateField())
"""The day of a step."""


@dataclass(frozen=True, slots=True)
class Column:
    """A duty that a document asks for; ``uid`` is that of the draft where a group owes it."""

    key: int
    uid: UUID
    title: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What one unit owes in one column, as it stood on the day; a draft says what is missing."""

    uid: UUID
    state: DutyState
    due: date | None
    handed_in_on: date | None
    person_name: str
    missing: tuple[Clarity, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A unit and what it owes, by the key of the column; several cells where it took some over."""

    unit: units.PlacedUnit
    cells: Mapping[int, tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class Cascade:
    """The units that were given something, in the order of the tree, and the duties."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


def cascade_of(*, document: Document, as_of: date, seen_by: int, on: date) -> Cascade:
    """Return the cascade of a document on ``as_of``, as far as the account may see it on ``on``.

    What an ended unit owed stands with the unit that answers for it that day.
    """
    asking = DutySource.objects.filter(rendition__document=document).values("duty")
    found = visible(seen_by=seen_by, on=on).prefetch_related(None).select_related(None)
    bound = Q(issued_on__lte=as_of)
    rows = list(
        found.filter(bound | _drafts(as_of=as_of), pk__in=asking, unit__isnull=False)
        .order_by("pk")
        .values(*_FIELDS)
    )
    rows = [row for row in rows if _own_column(row)]
    missing = _missing(rows, as_of=as_of)
    stood = {} if as_of >= on else _stood([row["pk"] for row in rows], as_of=as_of)
    columns: dict[int, Column] = {}
    by_unit: dict[int, dict[int, list[Cell]]] = {}
    answering = units.answerable_for({row["unit_id"] for row in rows}, on=as_of)
    for row in rows:
        now = row | stood.get(row["pk"], {})
        if row["pk"] in missing:
            now |= {"state": DutyState.DRAFT, "handed_in_on": None, "missing": missing[row["pk"]]}
        elif now["state"] not in SENT:
            continue
        key = row["superior_id"] or row["pk"]
        columns.setdefault(key, Column(key, row["superior__uid"] or row["uid"], row["title"]))
        cells = by_unit.setdefault(answering[row["unit_id"]], {})
        cells.setdefault(key, []).append(_cell(now))
    placed = units.standing_among(by_unit, on=as_of)
    order = {unit.id: place for place, unit in enumerate(units.tree_on(on=as_of))}
    lines = [
        Line(placed[unit_id], {key: tuple(found) for key, found in cells.items()})
        for unit_id, cells in by_unit.items()
        if unit_id in placed
    ]
    lines.sort(key=lambda line: order.get(line.unit.id, len(order)))
    return Cascade(tuple(columns.values()), tuple(lines))


def _own_column(row: Mapping[str, Any]) -> bool:
    """Say whether a duty is asked for by the document itself, not made by a unit under its own."""
    return row["superior_id"] is None or row["superior__state"] == DutyState.SPREAD


def _drafts(*, as_of: date) -> Q:
    """Return the condition of being carried to a unit by then and not issued to it by then."""
    carried = DutyEvent.objects.annotate(day=_DAY).filter(step=Step.SPREAD, day__lte=as_of)
    waits = Q(state=DutyState.DRAFT) | Q(issued_on__gt=as_of) & ~Q(state=DutyState.WITHDRAWN)
    return waits & Q(superior__state=DutyState.SPREAD, superior__in=carried.values("duty"))


def _missing(rows: Iterable[Mapping[str, Any]], *, as_of: date) -> dict[int, tuple[Clarity, ...]]:
    """Return by id what each row that was a draft on the day still lacks; of others nothing."""
    waited = [row["pk"] for row in rows if not row["issued_on"] or row["issued_on"] > as_of]
    lacks = missing_in(Duty.objects.filter(pk__in=waited)) if waited else {}
    return {pk: lacks.get(pk, ()) for pk in waited}


def _stood(duty_ids: Iterable[int], *, as_of: date) -> dict[int, dict[str, Any]]:
    """Return what the duties said at the end of a day that has passed, by their last steps."""
    steps = DutyEvent.objects.annotate(day=_DAY).filter(duty__in=list(duty_ids), day__lte=as_of)
    last = steps.order_by("duty_id", "-version").distinct("duty_id")
    claims = steps.filter(step=Step.CLAIM).order_by("duty_id", "-version").distinct("duty_id")
    handed_in = dict(claims.values_list("duty_id", "day"))
    return {
        duty_id: {
            "state": state,
            "binding_due": _day(words.get("approved_due") or words.get("due")),
            "handed_in_on": handed_in.get(duty_id),
        }
        for duty_id, state, words in last.values_list("duty_id", "to_state", "words_after")
    }


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _cell(row: Mapping[str, Any]) -> Cell:
    return Cell(
        uid=row["uid"],
        state=DutyState(row["state"]),
        due=row["binding_due"],
        handed_in_on=row["handed_in_on"],
        person_name=row["person__full_name"] or "",
        missing=row.get("missing", ()),
    )
