"""Owing the same thing in one act: a report for each unit of a regime, a programme for each unit.

A regime or a conference is what asks for it, so such a duty may come from no passage of its own:
its authority names the legal basis. It is done and judged as every other duty is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents import services as registry
from lotrinh.apps.duties.models import Duty, DutySource
from lotrinh.apps.duties.services.bulk import BATCH, write_events
from lotrinh.apps.duties.services.refusals import NotAllowed
from lotrinh.apps.duties.services.steps import VERBS, Act, require
from lotrinh.apps.duties.services.words import (
    Assignment,
    Passage,
    columns_of,
    source_columns,
    words_of,
)
from lotrinh.apps.journal import services as journal
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.rules.actions import Action
from lotrinh.rules.clarities import missing_clarities
from lotrinh.rules.duty_states import TRANSITIONS, DutyState, Step

PERIOD_REPORT = "period_report"
"""The kind of a duty to report figures of a period."""
OWN_PROGRAMME = "own_programme"
"""The kind of a duty to issue a programme of one's own."""


@dataclass(frozen=True, slots=True)
class ReportOwed:
    """What one unit owes, with the key under which there is one duty of it."""

    assignment: Assignment
    key: UUID


@transaction.atomic
def owe_reports(*, owed: Sequence[ReportOwed], owed_to: Unit, act: Act) -> Mapping[UUID, Duty]:
    """Let each unit owe its report from that day, and return the duties by their keys.

    What lacks a clarity is a draft, which binds nobody until it is issued. A key that is known
    makes nothing new. ``act.client_key`` is that of the events. Raises NotAllowed.
    """
    return _owe(owed, owed_to, kind=PERIOD_REPORT, passage=None, act=act)


@transaction.atomic
def owe_programmes(
    *, owed: Sequence[ReportOwed], owed_to: Unit, passage: Passage | None, act: Act
) -> Mapping[UUID, Duty]:
    """Let each unit owe a programme of its own, as ``owe_reports`` does a report.

    ``passage`` is the clause that asks for it, where the document has one. Every unit that owes may
    read the document that it comes from. Raises NotAllowed.
    """
    return _owe(owed, owed_to, kind=OWN_PROGRAMME, passage=passage, act=act)


def _owe(
    owed: Sequence[ReportOwed], owed_to: Unit, *, kind: str, passage: Passage | None, act: Act
) -> Mapping[UUID, Duty]:
    require(action=Action.ISSUE_DUTY, unit=owed_to, user=act.user, on=act.on)
    _require_all(owed, act)
    keys = [one.key for one in owed]
    known = {duty.drafting_key: duty for duty in Duty.objects.filter(drafting_key__in=keys)}
    new = [one for one in owed if one.key not in known]
    made = Duty.objects.bulk_create(
        (_duty(one, owed_to, kind=kind, on=act.on) for one in new), batch_size=BATCH
    )
    if passage is not None:
        _give_source(made, passage, act)
    _record(made, act)
    found = {**known, **{duty.drafting_key: duty for duty in made}}
    return {one.key: found[one.key] for one in owed}


def _require_all(owed: Iterable[ReportOwed], act: Act) -> None:
    reach = units.reach(user_id=act.user.pk, action=Action.ISSUE_DUTY, on=act.on)
    for one in owed:
        unit = one.assignment.unit
        if unit is not None and unit.pk not in reach:
            raise NotAllowed(f"{Action.ISSUE_DUTY} at {unit.code}")


def _give_source(made: Sequence[Duty], passage: Passage, act: Act) -> None:
    """Let every duty come from the passage, and whoever owes it read the document."""
    rendition = passage.rendition
    clause = documents.clause_at(rendition=rendition, start=passage.start, end=passage.end)
    columns = source_columns(passage=passage)
    DutySource.objects.bulk_create(
        (
            DutySource(
                duty=duty,
                rendition=rendition,
                clause=clause,
                start=passage.start,
                end=passage.end,
                **columns,
            )
            for duty in made
        ),
        batch_size=BATCH,
    )
    to = [duty.unit for duty in made if duty.state == DutyState.ISSUED and duty.unit]
    registry.send_to_all(document=rendition.document, to=to, actor=act.user.named, at=act.at)


def _duty(one: ReportOwed, owed_to: Unit, *, kind: str, on: date) -> Duty:
    words = columns_of(assignment=one.assignment)
    duty = Duty(kind=kind, owed_to=owed_to, drafting_key=one.key, **words)
    duty.binding_due = duty.deadline
    if not missing_clarities(duty.terms):
        duty.state, duty.version = TRANSITIONS[DutyState.DRAFT, Step.ISSUE], 2
        duty.issued_on = on
    return duty


def _record(made: Sequence[Duty], act: Act) -> None:
    """Write the event of every duty that binds, and an entry for every duty."""
    binding = [duty for duty in made if duty.state == DutyState.ISSUED]
    words = {duty.pk: words_of(duty=duty) for duty in binding}
    write_events(duties=binding, step=Step.ISSUE, before=DutyState.DRAFT, words=words, act=act)
    journal.record_all(
        acts=[
            journal.Act(
                VERBS[Step.ISSUE] if duty.state == DutyState.ISSUED else "duty.drafted",
                duty.named,
                (duty.unit or duty.owed_to).uid,
                {"version": duty.version, "state": str(duty.state), "kind": duty.kind},
            )
            for duty in made
        ],
        actor=act.user.named,
        at=act.at,
    )
