"""Owing a report of figures: one duty for each unit that a regime asks, made in one act.

The regime is what asks for it, so such a duty comes from no passage of its own: its authority names
the legal basis. It is done and judged as every other duty is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from lotrinh.apps.duties.models import Duty
from lotrinh.apps.duties.services.bulk import BATCH, write_events
from lotrinh.apps.duties.services.refusals import NotAllowed
from lotrinh.apps.duties.services.steps import VERBS, Act, require
from lotrinh.apps.duties.services.words import Assignment, columns_of, words_of
from lotrinh.apps.journal import services as journal
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.rules.actions import Action
from lotrinh.rules.clarities import missing_clarities
from lotrinh.rules.duty_states import TRANSITIONS, DutyState, Step

PERIOD_REPORT = "period_report"
"""The kind of a duty to report figures of a period."""


@dataclass(frozen=True, slots=True)
class ReportOwed:
    """The report that one unit owes, with the key under which there is one duty of it."""

    assignment: Assignment
    key: UUID


@transaction.atomic
def owe_reports(*, owed: Sequence[ReportOwed], owed_to: Unit, act: Act) -> Mapping[UUID, Duty]:
    """Let each unit owe its report from that day, and return the duties by their keys.

    What lacks a clarity is a draft, which binds nobody until it is issued. A key that is known
    makes nothing new. ``act.client_key`` is that of the events. Raises NotAllowed.
    """
    require(action=Action.ISSUE_DUTY, unit=owed_to, user=act.user, on=act.on)
    _require_all(owed, act)
    keys = [one.key for one in owed]
    known = {duty.drafting_key: duty for duty in Duty.objects.filter(drafting_key__in=keys)}
    new = [one for one in owed if one.key not in known]
    made = Duty.objects.bulk_create(
        (_duty(one, owed_to, on=act.on) for one in new), batch_size=BATCH
    )
    _record(made, act)
    found = {**known, **{duty.drafting_key: duty for duty in made}}
    return {one.key: found[one.key] for one in owed}


def _require_all(owed: Iterable[ReportOwed], act: Act) -> None:
    reach = units.reach(user_id=act.user.pk, action=Action.ISSUE_DUTY, on=act.on)
    for one in owed:
        unit = one.assignment.unit
        if unit is not None and unit.pk not in reach:
            raise NotAllowed(f"{Action.ISSUE_DUTY} at {unit.code}")


def _duty(one: ReportOwed, owed_to: Unit, *, on: date) -> Duty:
    words = columns_of(assignment=one.assignment)
    duty = Duty(kind=PERIOD_REPORT, owed_to=owed_to, drafting_key=one.key, **words)
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
