"""Own programmes as an account may see them: who owes one, how far it is, who would owe one.

Whoever may read duties at the organiser sees all of a call, others those of their own units. What
a unit owes follows its duty: one that is a draft binds nobody and is told apart, one that was
refused or cancelled is owed no longer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from lotrinh.apps.dissemination.models import (
    Conference,
    Programme,
    ProgrammeCall,
    ProgrammeLink,
    ProgrammeReview,
)
from lotrinh.apps.dissemination.selectors.seen import may_hold
from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents.models import Clause, Document
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Group, Person
from lotrinh.apps.units.selectors import PlacedUnit
from lotrinh.rules.actions import Action
from lotrinh.rules.duty_states import BINDING, DutyState
from lotrinh.rules.programmes import ProgrammeState, asks_for_programme, is_late

_ISSUED = Q(document__issued_on__isnull=False) & ~Q(document__number="")


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A programme that is owed, how far it is on a day, and whether it is late."""

    programme: Programme
    state: ProgrammeState
    due: date | None
    issued_on: date | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Owing:
    """A unit that would owe a programme, who would be in charge, and whether it owes one already.

    Where nobody holds a post of it the duty would be a draft.
    """

    unit: PlacedUnit
    person: Person | None
    owes_already: bool


def calls_seen(*, conference: Conference, seen_by: int, on: date) -> tuple[ProgrammeCall, ...]:
    """Return for which documents programmes are owed, as far as the account sees any of them."""
    reach = units.reach(user_id=seen_by, action=Action.READ_DUTY, on=on)
    found = ProgrammeCall.objects.filter(conference=conference)
    if conference.organiser_id not in reach:
        found = found.filter(Exists(_of(reach).filter(call=OuterRef("pk"))))
    return tuple(found.select_related("document", "conference__organiser").order_by("pk"))


def call_by_uid(uid: UUID, *, seen_by: int, on: date) -> ProgrammeCall | None:
    """Return a call of which the account sees a programme, or all; None where there is none."""
    reach = units.reach(user_id=seen_by, action=Action.READ_DUTY, on=on)
    own = Exists(_of(reach).filter(call=OuterRef("pk")))
    found = ProgrammeCall.objects.filter(Q(conference__organiser__in=reach) | own, uid=uid)
    return found.select_related("document", "conference__organiser").first()


def programmes_seen(*, call: ProgrammeCall, seen_by: int, on: date) -> tuple[ProgrammeRow, ...]:
    """Return the programmes that are owed by a call, in Vietnamese order of the units."""
    reach = units.reach(user_id=seen_by, action=Action.READ_DUTY, on=on)
    found = _whole().filter(call=call, duty__state__in=BINDING)
    if call.conference.organiser_id not in reach:
        found = found.filter(_within(reach))
    rows = found.order_by("unit__sort_key", "unit_id")
    return tuple(programme_row(one, on=on) for one in rows)


def drafts_of_call(*, call: ProgrammeCall) -> int:
    """Return how many units owe nothing yet since nobody is in charge there."""
    return call.programmes.filter(duty__state=DutyState.DRAFT).count()


def programme_by_uid(uid: UUID, *, seen_by: int, on: date) -> Programme | None:
    """Return a programme, or None where it is missing or not seen."""
    reach = units.reach(user_id=seen_by, action=Action.READ_DUTY, on=on)
    seen = Q(call__conference__organiser__in=reach) | _within(reach)
    found: Programme | None = _whole().filter(seen, uid=uid).first()
    return found


def programme_row(programme: Programme, *, on: date) -> ProgrammeRow:
    """Return how far a programme is on a day; it was read by the selectors of this module."""
    state = state_of(programme)
    document = programme.document
    issued = document.issued_on if document else None
    due = programme.duty.deadline
    late = is_late(state, issued_on=issued, due=due, on=on)
    return ProgrammeRow(programme, state, due, issued, late)


def state_of(programme: Programme) -> ProgrammeState:
    """Return how far a programme is; it follows from what is linked."""
    found = getattr(programme, "state", None)
    if found is None:
        found = _whole().get(pk=programme.pk).state
    return ProgrammeState(found)


def links_of(*, programme: Programme) -> tuple[ProgrammeLink, ...]:
    """Return what the unit linked, the last first."""
    return tuple(programme.links.select_related("document", "by").order_by("-pk"))


def review_of(*, programme: Programme) -> ProgrammeReview | None:
    """Return that the office has read the text that counts, or None."""
    rows = programme.reviews.filter(document=programme.document_id or 0)
    return rows.select_related("by").first()


def may_link(programme: Programme, *, user_id: int, on: date) -> bool:
    """Say whether the account acts for the unit that owes the programme."""
    place = programme.duty.unit_id or programme.unit_id
    return units.may(user_id=user_id, action=Action.DO_DUTY, unit_id=place, on=on)


def may_follow(call: ProgrammeCall, *, user_id: int, on: date) -> bool:
    """Say whether the account follows the call up for the organiser."""
    return may_hold(call.conference, user_id=user_id, on=on)


def linkable(*, programme: Programme, seen_by: int, on: date) -> QuerySet[Document]:
    """Return the documents that the unit may link: those that it keeps or issued, newest first."""
    own = {programme.unit_id, programme.duty.unit_id}
    found = documents.visible(seen_by=seen_by, on=on).filter(is_stub=False)
    found = found.filter(Q(keeper__in=own) | Q(issuer__in=own))
    return found.exclude(pk=programme.call.document_id)


def asking_clause(document: Document) -> Clause | None:
    """Return the first clause of the document that asks several units for programmes, or None."""
    text = documents.text_that_counts(document)
    if text is None:
        return None
    found = (
        one
        for one in documents.clauses_of(rendition=text)
        if asks_for_programme(text.text[one.start : one.end])
    )
    return next(found, None)


def would_owe(
    *,
    conference: Conference,
    document: Document,
    group: Group | None,
    without: frozenset[int],
    on: date,
) -> tuple[Owing, ...]:
    """Return which units would owe a programme, in the order of the tree.

    Those of the group, or without one those that have a site, but for the organiser.
    """
    wanted = set(_members(conference, group, on=on)) - without
    placed = [one for one in units.tree_on(on=on) if one.id in wanted]
    ids = [one.id for one in placed]
    people = units.first_holders(unit_ids=ids, on=on)
    owed = Programme.objects.filter(call__conference=conference, call__document=document)
    already = set(owed.values_list("unit_id", flat=True))
    return tuple(Owing(one, people.get(one.id), one.id in already) for one in placed)


def _members(conference: Conference, group: Group | None, *, on: date) -> Iterable[int]:
    if group is None:
        sites = conference.sites.exclude(unit=conference.organiser_id)
        return sites.values_list("unit_id", flat=True)
    return [one.id for one in units.members_of(group=group, on=on)]


def _within(reach: frozenset[int]) -> Q:
    owed = Q(unit__in=reach) | Q(duty__unit__in=reach)
    return owed & Q(duty__state__in=[*BINDING, DutyState.REFUSED, DutyState.CANCELLED])


def _of(reach: frozenset[int]) -> QuerySet[Programme]:
    return Programme.objects.filter(_within(reach))


def _whole() -> QuerySet[Any]:
    reviewed = ProgrammeReview.objects.filter(
        programme=OuterRef("pk"), document=OuterRef("document")
    )
    return Programme.objects.select_related(
        "call__document", "call__conference__organiser", "unit", "duty__unit", "document"
    ).annotate(
        state=Case(
            When(document__isnull=True, then=Value(str(ProgrammeState.NONE))),
            When(~_ISSUED, then=Value(str(ProgrammeState.DRAFT))),
            When(Exists(reviewed), then=Value(str(ProgrammeState.REVIEWED))),
            default=Value(str(ProgrammeState.ISSUED)),
            output_field=CharField(),
        )
    )
