"""Reads of duties, each as one account may see it on one day.

A duty is seen by those who may read duties at the unit it is owed to and, once it is issued, at the
unit that owes it and at the units that take part in it: a draft binds nobody, and its document has
been sent to nobody.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Count, F, Func, Prefetch, Q, QuerySet

from lotrinh.apps.documents.models import Document
from lotrinh.apps.duties.models import Duty, DutyEvent, DutyPart, DutySource
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.duty_states import BINDING, OPEN, SENT, DutyState
from lotrinh.rules.standing import Standing
from lotrinh.rules.why import Places

STILL_OWED = Q(state__in=OPEN, counted_by_periods=False)
"""The condition of being counted as open: what recurs is counted by its periods, once."""

COUNTED = Q(state__in=BINDING, counted_by_periods=False)
"""The condition of standing in one of the six classes."""
LISTED = COUNTED | Q(state=DutyState.DRAFT)
"""The condition of standing in a list of duties: all that count, and the drafts."""

BESIDE: Mapping[str, Q] = {
    "carried": Q(state=DutyState.SPREAD),
    "recurring": Q(state__in=BINDING, counted_by_periods=True),
    "refused": Q(state=DutyState.REFUSED),
    "cancelled": Q(state=DutyState.CANCELLED),
}
"""The conditions of standing beside the total: what others are counted for, and what has ended."""


def visible(*, seen_by: int, on: date) -> QuerySet[Duty]:
    """Return the duties that the account may see that day, the earliest deadline first."""
    reach = units.reach(user_id=seen_by, action=Action.READ_DUTY, on=on)
    return (
        Duty.objects.filter(within(reach))
        .select_related("unit", "owed_to", "person")
        .prefetch_related(
            Prefetch(
                "sources",
                DutySource.objects.select_related("rendition__document")
                .defer("rendition__text")
                .order_by("id"),
            )
        )
        .order_by("binding_due", "id")
    )


def sees(duty: Duty, *, seen_by: int, on: date) -> bool:
    """Say whether ``visible`` would hold a duty that is at hand."""
    reach = units.reach(user_id=seen_by, action=Action.READ_DUTY, on=on)
    if duty.owed_to_id in reach:
        return True
    return duty.state in SENT and bool(reach & {duty.unit_id, *_taking_part(duty)})


def duty_by_uid(uid: UUID, *, seen_by: int, on: date) -> Duty | None:
    """Return the duty, or None where it is missing or may not be seen."""
    return visible(seen_by=seen_by, on=on).filter(uid=uid).first()


def duty_in_full(uid: UUID, *, seen_by: int, on: date) -> Duty | None:
    """Return the duty with its passages, their texts and clauses; None as ``duty_by_uid``."""
    rows = DutySource.objects.select_related("rendition__document", "clause").order_by("id")
    found = visible(seen_by=seen_by, on=on).select_related("leader").filter(uid=uid)
    found = found.prefetch_related(None)
    return found.prefetch_related(Prefetch("sources", rows)).first()


def judged_at(*, uid: UUID, action: Action) -> Places | None:
    """Return where a right over the duty is judged; None where there is no such duty.

    Once it is issued, a duty is read on either side and where units take part; it is issued on both
    sides and done where it is owed by; all else is for those to whom it is owed.
    """
    duty = Duty.objects.filter(uid=uid).first()
    if duty is None:
        return None
    owed_to = (duty.owed_to_id,)
    both = (*owed_to, duty.unit_id) if duty.unit_id is not None else owed_to
    if action == Action.ISSUE_DUTY:
        return Places(both, all_of_them=True)
    if action == Action.DO_DUTY:
        return Places((duty.unit_id or duty.owed_to_id,))
    is_read = action == Action.READ_DUTY and duty.state in SENT
    return Places((*both, *_taking_part(duty)) if is_read else owed_to)


def owed_by(*, unit_id: int, seen_by: int, on: date) -> tuple[Duty, ...]:
    """Return the drafts and issued duties of a unit that the account may see."""
    found = visible(seen_by=seen_by, on=on).filter(unit_id=unit_id)
    return tuple(found.exclude(state__in=(DutyState.WITHDRAWN, DutyState.SPREAD)))


def standing_filter(standing: Standing, *, on: date) -> Q:
    """Return the condition by which the database finds the duties of one standing.

    The deadline that holds judges; what is done is judged by the day of the claim. What is counted
    by its periods stands in no class itself.
    """
    is_done = Q(state=DutyState.DONE, counted_by_periods=False)
    is_open = STILL_OWED
    dated, undated = Q(binding_due__isnull=False), Q(binding_due__isnull=True)
    return {
        Standing.DONE_ON_TIME: is_done & dated & Q(handed_in_on__lte=F("binding_due")),
        Standing.DONE_LATE: is_done & dated & Q(handed_in_on__gt=F("binding_due")),
        Standing.OPEN_IN_TERM: is_open & Q(binding_due__gte=on),
        Standing.OPEN_OVERDUE: is_open & Q(binding_due__lt=on),
        Standing.DONE_WITHOUT_DEADLINE: is_done & undated,
        Standing.OPEN_WITHOUT_DEADLINE: is_open & undated,
    }[standing]


def following(
    found: QuerySet[Duty], uid: UUID, *, among: QuerySet[Duty] | None = None
) -> QuerySet[Duty]:
    """Return what follows the duty ``uid`` in the order of ``visible``: the next page.

    It is looked for ``among`` these: a duty that no longer fits ``found`` still has its place.
    """
    known = found if among is None else among
    last = known.filter(uid=uid).values_list("binding_due", "pk").first()
    if last is None:
        return found.none()
    due, pk = last
    if due is None:
        return found.filter(binding_due__isnull=True, pk__gt=pk)
    later = Q(binding_due__gt=due) | Q(binding_due=due, pk__gt=pk)
    return found.filter(later | Q(binding_due__isnull=True))


def owed_on(*, unit_id: int, as_of: date, seen_by: int, on: date) -> QuerySet[Duty]:
    """Return what a unit owed on the day ``as_of``, as far as the account may see it on ``on``.

    With what it had taken over by then from units that ended. What was issued later did not yet
    bind. Drafts, which bind nobody, are given as they are. For what recurs stand its periods.
    """
    issued = STILL_OWED & Q(issued_on__lte=as_of)
    found = visible(seen_by=seen_by, on=on).filter(unit_id__in=answering_for(unit_id, on=as_of))
    return found.filter(issued | Q(state=DutyState.DRAFT))


def still_owed(*, unit_id: int, on: date) -> int:
    """Return how many issued duties a unit answers for, whoever asks: a number and nothing else.

    For those who are about to end the unit and have to know what they hand on.
    """
    issued = Duty.objects.filter(STILL_OWED)
    return issued.filter(unit_id__in=answering_for(unit_id, on=on)).count()


def answering_for(unit_id: int, *, on: date) -> tuple[int, ...]:
    """Return the ids of units whose duties this unit answers for on that day.

    A unit that has ended keeps its own on its page, where its history is read.
    """
    return units.answered_for_by(unit_id, on=on) or (unit_id,)


def open_by_unit(*, as_of: date, seen_by: int, on: date) -> dict[int, tuple[int, int]]:
    """Return by unit id how many issued duties were open on ``as_of``, and how many of them late.

    What an ended unit owed counts with the unit that answers for it. Units that owed nothing are
    absent. Rights are those of ``on``.
    """
    issued = STILL_OWED & Q(issued_on__lte=as_of)
    rows = (
        visible(seen_by=seen_by, on=on)
        .filter(issued, unit__isnull=False)
        .order_by()
        .values_list("unit_id")
        .annotate(
            open=Count("pk"),
            late=Count("pk", filter=standing_filter(Standing.OPEN_OVERDUE, on=as_of)),
        )
    )
    counts: dict[int, tuple[int, int]] = {}
    found = list(rows)
    answers = units.answerable_for([unit_id for unit_id, _, _ in found], on=as_of)
    for unit_id, still_open, late in found:
        held = counts.get(answers[unit_id], (0, 0))
        counts[answers[unit_id]] = held[0] + still_open, held[1] + late
    return counts


def sources_of(*, duty: Duty) -> tuple[DutySource, ...]:
    """Return the passages from which a duty comes, in the order in which they were found."""
    rows = duty.sources.select_related("rendition__document", "clause").defer(None)
    return tuple(rows.order_by("id"))


def events_of(*, duty: Duty) -> tuple[DutyEvent, ...]:
    """Return the steps that were taken, oldest first."""
    return tuple(duty.events.select_related("by").order_by("version"))


def periods_of(*, duty: Duty, seen_by: int, on: date) -> tuple[Duty, ...]:
    """Return what is owed for each period of a duty that recurs, the latest period first."""
    found = visible(seen_by=seen_by, on=on).filter(superior=duty).exclude(period="")
    return tuple(found.order_by("-due", "-id"))


def from_document(*, document: Document, seen_by: int, on: date) -> tuple[Duty, ...]:
    """Return the duties that come from a document, as far as the account may see them.

    What serves a duty that the account sees stands with that one, not beside it.
    """
    return from_documents([document], seen_by=seen_by, on=on)


def from_documents(documents: Iterable[Document], *, seen_by: int, on: date) -> tuple[Duty, ...]:
    """Return the duties that come from any of the documents, as ``from_document`` does."""
    reach = units.reach(user_id=seen_by, action=Action.READ_DUTY, on=on)
    above = Duty.objects.filter(within(reach))
    found = visible(seen_by=seen_by, on=on).filter(sources__rendition__document__in=list(documents))
    found = found.exclude(superior__isnull=False, superior__in=above)
    return tuple(found.exclude(state=DutyState.WITHDRAWN).distinct())


def counted_from(
    documents: Iterable[Document], *, within: Iterable[int], seen_by: int, on: date
) -> QuerySet[Duty]:
    """Return the duties of the documents that units of these owe or are owed, as far as seen.

    Parts, periods and what was carried are among them: which of them counts is told by its class.
    """
    held = list(within)
    sources = DutySource.objects.filter(rendition__document__in=list(documents))
    return visible(seen_by=seen_by, on=on).filter(
        Q(unit__in=held) | Q(owed_to__in=held), pk__in=sources.values("duty")
    )


def by_ids(ids: Iterable[int], *, seen_by: int, on: date) -> dict[int, Duty]:
    """Return those of the duties that the account may see, by id."""
    return {duty.pk: duty for duty in visible(seen_by=seen_by, on=on).filter(pk__in=list(ids))}


def deadlines_of(*, seen_by: int, on: date, most: int) -> tuple[Duty, ...]:
    """Return the open duties with a deadline that name the account's person, the nearest first.

    As the one in charge or as the accountable leader, and only what he may see that day; at most
    ``most`` of them.
    """
    own = Q(person__user_id=seen_by) | Q(leader__user_id=seen_by)
    found = visible(seen_by=seen_by, on=on).filter(own, state__in=OPEN, binding_due__isnull=False)
    return tuple(found.prefetch_related(None)[:most])


def within(reach: frozenset[int]) -> Q:
    """Return the condition of being seen by who may read duties at these units."""
    here = units.at_any("unit", reach)
    takes_part = DutyPart.objects.filter(here, ended_on=None).values("duty")
    return units.at_any("owed_to", reach) | Q(state__in=SENT) & (here | Q(_among(takes_part)))


def _among(ids: QuerySet[DutyPart, Any]) -> Func:
    """Return the condition that a duty is one of few.

    Given as a list: of a question inside a question the database believes that it finds half of all
    duties, and then reads them all in the order of their deadlines to fill a page of one ward.
    """
    words = {"template": "(%(expressions)s))", "arg_joiner": " = ANY("}
    return Func(F("pk"), ArraySubquery(ids), output_field=BooleanField(), **words)


def _taking_part(duty: Duty) -> tuple[int, ...]:
    return tuple(duty.taken_parts.filter(ended_on=None).values_list("unit_id", flat=True))
