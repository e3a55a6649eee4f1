"""Duties: the list with the filters of the pages, and one with its passages and its steps."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from lotrinh.api import clock
from lotrinh.api.keys import KeyOpens, reader
from lotrinh.api.paging import Page, next_url, only_known, require_known
from lotrinh.api.problems import at_fault, not_found
from lotrinh.api.shapes import LOOKING, PersonName, UnitName, person_name, unit_name
from lotrinh.api.units import unit_id_of
from lotrinh.apps.documents import selectors as registry
from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.journal import selectors as journal
from lotrinh.rules.clarities import missing_clarities
from lotrinh.rules.duty_states import BINDING, DutyState
from lotrinh.rules.scopes import Scope
from lotrinh.rules.standing import Standing, standing, standing_when_done

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from lotrinh.apps.duties.models import Duty, DutyEvent, DutySource

router = Router(tags=["duties"], auth=KeyOpens(Scope.READ_DUTIES))


class DutyOut(Schema):
    """A duty. ``due`` is the original deadline, ``deadline`` the one that holds.

    ``standing`` is None where the duty counts in no total; ``missing`` names the clarities that a
    draft still lacks. Every step raises ``version``.
    """

    uid: UUID
    kind: str
    state: DutyState
    standing: Standing | None
    version: int
    title: str
    language: str
    owed_to: UnitName
    unit: UnitName | None
    person: PersonName | None
    due: date | None
    approved_due: date | None
    deadline: date | None
    asked_due: date | None
    extensions: int
    recurrence: str
    period: str
    responsibility: str
    deliverable: str
    authority: str
    percent: int | None
    issued_on: date | None
    updated_on: date | None
    handed_in_on: date | None
    verified_on: date | None
    ended_on: date | None
    missing: list[str]


class DutiesOut(Schema):
    """A page of duties, the earliest deadline first."""

    items: list[DutyOut]
    next: str | None


class SourceOut(Schema):
    """The passage that asks for a duty: characters of a text, from ``start`` to before ``end``."""

    document: UUID
    number: str
    text: UUID
    clause: UUID | None
    start: int
    end: int
    passage: str
    stated_due: str
    due: date | None


class FileOut(Schema):
    """A file that was handed in; ``size`` in bytes."""

    uid: UUID
    name: str
    size: int


class StepOut(Schema):
    """A step that was taken. ``on`` is the legal day; ``basis`` the document that orders it."""

    step: str
    from_state: str
    to_state: str
    version: int
    by: str
    at: datetime
    on: date | None
    note: str
    details: dict[str, Any]
    basis: UUID | None
    files: list[FileOut]


class DutyInFull(DutyOut):
    """A duty with the passages that ask for it and the steps that were taken, newest first."""

    sources: list[SourceOut]
    steps: list[StepOut]


class DutyPage(Page):
    """By what the list is narrowed."""

    state: DutyState | None = None
    standing: Standing | None = None
    unit: UUID | None = Field(None, description="Who owes it, ended units it answers for too.")
    under: UUID | None = Field(None, description="A unit: it or one below it owes the duty.")
    document: UUID | None = Field(None, description="The document that asks for it.")


@router.get("", response={200: DutiesOut, **LOOKING}, url_name="api-duties", summary="The list")
def list_duties(request: HttpRequest, filters: Query[DutyPage]) -> DutiesOut:
    """The duties that the account may see, the earliest deadline first; none withdrawn."""
    only_known(request, filters)
    on = clock.today()
    found = _narrowed(request, filters, on=on)
    if filters.after is not None:
        seen = duties.visible(seen_by=reader(request).pk, on=on)
        require_known(seen.filter(uid=filters.after).exists())
        found = duties.following(found, filters.after, among=seen)
    rows = list(found.prefetch_related(None)[: filters.limit + 1])
    page = rows[: filters.limit]
    return DutiesOut(
        items=[DutyOut(**said(row, on=on)) for row in page],
        next=next_url(request, page[-1].uid) if len(rows) > filters.limit else None,
    )


@router.get(
    "/{uuid:uid}", response={200: DutyInFull, **LOOKING}, url_name="api-duty", summary="One"
)
def one_duty(request: HttpRequest, response: HttpResponse, uid: UUID) -> DutyInFull:
    """One duty. Its version is its ETag, by which the next step says what was read."""
    user, on = reader(request), clock.today()
    duty = duties.duty_in_full(uid, seen_by=user.pk, on=on)
    if duty is None:
        raise not_found()
    events = duties.life_of(duty=duty, seen_by=user.pk, on=on)
    names = journal.names_of({event.by.uid for event in events})
    response["ETag"] = etag(duty)
    return DutyInFull(
        **said(duty, on=on),
        sources=[_source(row) for row in duty.sources.all()],
        steps=[_step(event, names) for event in events],
    )


def etag(duty: "Duty") -> str:
    """Return the version of a duty as a header says it."""
    return f'"{duty.version}"'


def said(duty: "Duty", *, on: date) -> dict[str, Any]:
    """Return what the interface says of a duty on a day."""
    return {
        "uid": duty.uid,
        "kind": duty.kind,
        "state": duty.state,
        "standing": standing_of(duty, on=on),
        "version": duty.version,
        "title": duty.title,
        "language": duty.language,
        "owed_to": unit_name(duty.owed_to),
        "unit": unit_name(duty.unit),
        "person": person_name(duty.person),
        "due": duty.due,
        "approved_due": duty.approved_due,
        "deadline": duty.deadline,
        "asked_due": duty.asked_due,
        "extensions": duty.extensions,
        "recurrence": duty.recurrence,
        "period": duty.period,
        "responsibility": duty.responsibility,
        "deliverable": duty.deliverable,
        "authority": duty.authority,
        "percent": duty.percent,
        "issued_on": duty.issued_on,
        "updated_on": duty.updated_on,
        "handed_in_on": duty.handed_in_on,
        "verified_on": duty.verified_on,
        "ended_on": duty.ended_on,
        "missing": [str(one) for one in missing_clarities(duty.terms)],
    }


def standing_of(duty: "Duty", *, on: date) -> Standing | None:
    """Return the class in which a duty counts on a day; None where it counts in no total."""
    if duty.state not in BINDING:
        return None
    if duty.state == DutyState.DONE and duty.handed_in_on is not None:
        return standing_when_done(duty.deadline, duty.handed_in_on)
    return standing(duty.deadline, on)


def _narrowed(request: HttpRequest, asked: DutyPage, *, on: date) -> "QuerySet[Duty]":
    user = reader(request)
    found = duties.visible(seen_by=user.pk, on=on)
    if asked.state is None:
        found = found.exclude(state=DutyState.WITHDRAWN)
    else:
        found = found.filter(state=asked.state)
    if asked.standing is not None:
        found = found.filter(duties.standing_filter(asked.standing, on=on))
    unit, under = unit_id_of(asked.unit, "unit"), unit_id_of(asked.under, "under")
    if unit is not None:
        found = found.filter(unit_id__in=duties.answering_for(unit, on=on))
    if under is not None:
        found = found.filter(unit_id__in=duties.owed_below(under, on=on))
    if asked.document is not None:
        document = registry.document_by_uid(asked.document, seen_by=user.pk, on=on)
        if document is None:
            raise at_fault("document", not_found().detail)
        found = found.filter(pk__in=duties.ids_from_document(document))
    return found


def _source(row: "DutySource") -> SourceOut:
    text = row.rendition
    return SourceOut(
        document=text.document.uid,
        number=text.document.number,
        text=text.uid,
        clause=row.clause.uid if row.clause else None,
        start=row.start,
        end=row.end,
        passage=text.text[row.start : row.end],
        stated_due=row.stated_due,
        due=row.due,
    )


TOLD = ("percent", "obstacle", "proposal", "due")
"""What is told of the details of a step; whatever else is kept there is our own affair."""


def _step(event: "DutyEvent", names: dict[UUID, str]) -> StepOut:
    seen = event.basis if getattr(event, "basis_is_seen", False) else None
    return StepOut(
        step=event.step,
        from_state=event.from_state,
        to_state=event.to_state,
        version=event.version,
        by=names.get(event.by.uid, ""),
        at=event.at,
        on=event.on,
        note=event.note,
        details={name: event.details[name] for name in TOLD if name in event.details},
        basis=seen.uid if seen else None,
        files=[FileOut(**row) for row in getattr(event, "files", ())],
    )
