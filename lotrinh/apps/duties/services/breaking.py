"""Breaking a duty down: the unit that owes makes duties of its own that serve it."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.duties.models import Duty, DutySource
from lotrinh.apps.duties.services.drafting import require_assignable, require_within
from lotrinh.apps.duties.services.refusals import StepNotOpen, UnitNotBelow
from lotrinh.apps.duties.services.steps import last_event, locked, require
from lotrinh.apps.duties.services.words import Assignment, columns_of
from lotrinh.apps.journal import services as journal
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.duty_states import DutyState

BROKEN_DOWN_IN = (DutyState.ISSUED, DutyState.ACCEPTED, DutyState.RETURNED)
"""The states in which a unit works on a duty, and may let others do parts of it."""


@transaction.atomic
def break_down(
    *,
    duty_id: int,
    assignment: Assignment,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> Duty:
    """Hold a draft that serves the duty, owed to the unit that owes the duty itself.

    It is owed by that unit or one below it, comes from the same passages, and is issued like any
    other draft. The same key again returns the draft that it made.

    Raises NotAllowed, StepNotOpen, UnitNotBelow, PersonElsewhere, LeaderElsewhere,
    DueAfterSuperior.
    """
    superior = locked(duty_id=duty_id)
    owing = superior.unit or superior.owed_to
    require(action=Action.ASSIGN_DUTY, unit=owing, user=user, on=on)
    known = Duty.objects.filter(drafting_key=client_key, superior=superior).first()
    if known is not None:
        return known
    if superior.state not in BROKEN_DOWN_IN:
        raise StepNotOpen(f"broken down from {superior.state}", last_event(duty=superior))
    below = units.descendants_of(unit_id=owing.pk, on=on)
    if assignment.unit is not None and assignment.unit.pk not in below:
        raise UnitNotBelow(assignment.unit.code)
    require_assignable(assignment=assignment, owed_to=owing, user=user, on=on)
    require_within(assignment=assignment, superior=superior)
    duty = Duty.objects.create(
        kind=superior.kind,
        owed_to=owing,
        superior=superior,
        drafting_key=client_key,
        **columns_of(assignment=assignment),
    )
    _give_sources(superior, duty)
    journal.record(
        "duty.drafted",
        duty.named,
        actor=user.named,
        at=at,
        unit_uid=(duty.unit or owing).uid,
        data={"kind": duty.kind, "superior": str(superior.uid)},
    )
    return duty


def _give_sources(superior: Duty, duty: Duty) -> None:
    """Let the draft come from the passages that ask for what it serves."""
    for source in superior.sources.order_by("id"):
        DutySource.objects.create(
            duty=duty,
            rendition_id=source.rendition_id,
            clause_id=source.clause_id,
            start=source.start,
            end=source.end,
            stated_due=source.stated_due,
            due=source.due,
            precision=source.precision,
            is_inferred=source.is_inferred,
        )
