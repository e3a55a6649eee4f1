"""How any step of an allocation is taken: once, in its turn, by whom may, and kept.

A step is looked for under its client key, allowed, and written behind a lock of the allocation's
own row, so that of two at once the second finds what the first one did.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal import services as journal
from lotrinh.apps.targets.models import Allocation, AllocationEvent
from lotrinh.apps.targets.services.refusals import (
    AllocationChangedMeanwhile,
    NotAllowed,
    StepNotOpen,
)
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.rules.actions import Action
from lotrinh.rules.allocation_states import (
    ALLOCATION_TRANSITIONS,
    AllocationState,
    AllocationStep,
)

VERBS = {
    AllocationStep.AMEND: "allocation.amended",
    AllocationStep.CONSULT: "allocation.sent",
    AllocationStep.ANSWER: "allocation.answered",
    AllocationStep.DECIDE: "allocation.decided",
    AllocationStep.SUPERSEDE: "allocation.superseded",
    AllocationStep.WITHDRAW: "allocation.withdrawn",
}
"""What the journal says of a step that was taken."""

Figures = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Act:
    """Who takes a step, when, and by which form (``client_key``)."""

    user: User
    client_key: UUID
    on: date
    at: datetime
    note: str = ""


def require(*, action: Action, unit: Unit, user: User, on: date) -> None:
    """Raise NotAllowed unless the account may do this at the unit."""
    if not units.may(user_id=user.pk, action=action, unit_id=unit.pk, on=on):
        raise NotAllowed(f"{action} at {unit.code}")


def locked_allocation(*, allocation_id: int) -> Allocation:
    """Return the allocation once nobody else is taking a step; until we have done, nobody will."""
    found = Allocation.objects.select_for_update(of=("self",)).select_related(
        "target__measure", "target__unit", "target__owed_to"
    )
    return found.get(pk=allocation_id)


def step_taken(*, allocation: Allocation, step: AllocationStep, client_key: UUID) -> bool:
    """Say whether this very step has been taken before under the same key."""
    return allocation.events.filter(step=step, client_key=client_key).exists()


def require_step(
    *, allocation: Allocation, step: AllocationStep, version: int | None = None
) -> None:
    """Raise unless the step is open and, with a version, nobody has taken one since."""
    if (AllocationState(allocation.state), step) not in ALLOCATION_TRANSITIONS:
        raise StepNotOpen(f"{step} from {allocation.state}", last_step(allocation=allocation))
    if version is not None and allocation.version != version:
        words = f"version {allocation.version}, shown {version}"
        raise AllocationChangedMeanwhile(words, last_step(allocation=allocation))


def last_step(*, allocation: Allocation) -> AllocationEvent | None:
    """Return the last step that was taken."""
    return allocation.events.select_related("by", "unit").order_by("-id").first()


def keep_step(
    *,
    allocation: Allocation,
    step: AllocationStep,
    act: Act,
    unit: Unit | None = None,
    figures: Figures | None = None,
) -> Allocation:
    """Write the allocation as it now stands, the event, and the entry of the journal."""
    allocation.state = ALLOCATION_TRANSITIONS[AllocationState(allocation.state), step]
    if step is not AllocationStep.ANSWER:
        allocation.version += 1
    allocation.save()
    AllocationEvent.objects.create(
        allocation=allocation,
        step=step,
        version=allocation.version,
        unit=unit,
        by=act.user,
        at=act.at,
        on=act.on,
        client_key=act.client_key,
        note=act.note.strip()[:2000],
        figures=dict(figures or {}),
    )
    journal.record(
        VERBS[step],
        allocation.named,
        actor=act.user.named,
        at=act.at,
        unit_uid=(unit or allocation.target.holder).uid,
        data={"version": allocation.version, "target": str(allocation.target.uid)},
    )
    return allocation
