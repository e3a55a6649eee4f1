"""Drafting many duties at once, in a few statements: the rows of a sheet, not one after another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.duties.models import Duty, DutyPart, DutySource
from lotrinh.apps.duties.services.drafting import require_assignable
from lotrinh.apps.duties.services.refusals import LeadTakesPart, NoSource
from lotrinh.apps.duties.services.steps import require
from lotrinh.apps.duties.services.words import Assignment, Passage, columns_of, source_columns
from lotrinh.apps.journal import services as journal
from lotrinh.apps.units.models import Unit
from lotrinh.rules.actions import Action
from lotrinh.rules.parts import Part

_BATCH = 1000
_KIND = "task"


@dataclass(frozen=True, slots=True)
class Draft:
    """What becomes a draft: its words, where they stand, who co-ordinates, and the row's key.

    Without a passage, as of what was said in a meeting, the words say by whose authority it is.
    """

    assignment: Assignment
    passage: Passage | None
    client_key: UUID
    helpers: tuple[Unit, ...] = ()


@transaction.atomic
def draft_duties(
    *, drafts: Sequence[Draft], owed_to: Unit, user: User, on: date, at: datetime
) -> tuple[Duty, ...]:
    """Hold many commitments as ``draft_duty`` holds one, each with the units that co-ordinate it.

    What was drafted under the same key before is left as it is; the new drafts are returned.
    Raises NotAllowed, PersonElsewhere, LeadTakesPart, NoSource.
    """
    for draft in drafts:
        if draft.passage is None and not draft.assignment.authority.strip():
            raise NoSource(draft.assignment.title)
    _require_all(drafts, owed_to, user, on=on)
    keys = [draft.client_key for draft in drafts]
    known = set(Duty.objects.filter(drafting_key__in=keys).values_list("drafting_key", flat=True))
    new = {draft.client_key: draft for draft in drafts if draft.client_key not in known}
    duties = Duty.objects.bulk_create(
        (_duty(draft, owed_to) for draft in new.values()), batch_size=_BATCH
    )
    pairs = tuple(zip(duties, new.values(), strict=True))
    _give_sources(pairs)
    DutyPart.objects.bulk_create(
        (
            DutyPart(duty=duty, unit=unit, part=Part.COORDINATE, since=on)
            for duty, draft in pairs
            for unit in draft.helpers
        ),
        batch_size=_BATCH,
    )
    journal.record_all(
        acts=[act for duty, draft in pairs for act in _acts(duty, draft)],
        actor=user.named,
        at=at,
    )
    return tuple(duties)


def _require_all(drafts: Sequence[Draft], owed_to: Unit, user: User, *, on: date) -> None:
    """Ask for every right once: many rows name the same few units."""
    helping = {unit.pk: unit for draft in drafts for unit in draft.helpers}
    if helping:
        require(action=Action.ASSIGN_DUTY, unit=owed_to, user=user, on=on)
    for unit in helping.values():
        require(action=Action.ASSIGN_DUTY, unit=unit, user=user, on=on)
    asked = {(one.assignment.unit, one.assignment.person): one.assignment for one in drafts}
    for assignment in asked.values():
        require_assignable(assignment=assignment, owed_to=owed_to, user=user, on=on)
    for draft in drafts:
        if draft.assignment.unit in draft.helpers and draft.assignment.unit is not None:
            raise LeadTakesPart(draft.assignment.unit.code)


def _duty(draft: Draft, owed_to: Unit) -> Duty:
    words = columns_of(assignment=draft.assignment)
    duty = Duty(kind=_KIND, owed_to=owed_to, drafting_key=draft.client_key, **words)
    duty.binding_due = duty.deadline
    return duty


def _give_sources(pairs: Sequence[tuple[Duty, Draft]]) -> None:
    """Let every draft come from its passage, in the clause in which that begins."""
    found = [(duty, draft.passage) for duty, draft in pairs if draft.passage is not None]
    texts = {passage.rendition.pk: passage.rendition for _, passage in found}
    clauses = {
        pk: documents.clauses_at(
            rendition=text,
            starts={passage.start for _, passage in found if passage.rendition.pk == pk},
        )
        for pk, text in texts.items()
    }
    DutySource.objects.bulk_create(
        (
            DutySource(
                duty=duty,
                rendition=passage.rendition,
                clause_id=clauses[passage.rendition.pk].get(passage.start),
                start=passage.start,
                end=passage.end,
                **source_columns(passage=passage),
            )
            for duty, passage in found
        ),
        batch_size=_BATCH,
    )


def _acts(duty: Duty, draft: Draft) -> Iterable[journal.Act]:
    """Give what the journal keeps of one draft: what ``draft_duty`` and ``assign_part`` would."""
    data: dict[str, str | int] = {"kind": duty.kind}
    if draft.passage is not None:
        data |= {"rendition": str(draft.passage.rendition.uid), "start": draft.passage.start}
    owing = draft.assignment.unit or duty.owed_to
    yield journal.Act("duty.drafted", duty.named, owing.uid, data)
    for unit in draft.helpers:
        part = {"part": str(Part.COORDINATE)}
        yield journal.Act("part.assigned", duty.named, unit.uid, part)
