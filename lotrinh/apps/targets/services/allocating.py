"""Allocations before they are decided: drafted, put right, sent to the units, given up.

A draft binds nobody. Its figures are worked out by a method from bases that are stored beside them,
or typed; a unit whose figure is changed after it has answered is asked anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal import services as journal
from lotrinh.apps.targets.models import Allocation, Target
from lotrinh.apps.targets.selectors.carried import Carried, carried_over
from lotrinh.apps.targets.selectors.dividing import is_divisible
from lotrinh.apps.targets.services.refusals import (
    AllocationOpen,
    NoReason,
    NoShares,
    NothingToDivide,
    ShareMissing,
    ShareStranger,
)
from lotrinh.apps.targets.services.sharing import (
    Division,
    change_shares,
    locked_shares,
    make_shares,
)
from lotrinh.apps.targets.services.steps import (
    Act,
    keep_step,
    locked_allocation,
    require,
    require_step,
    step_taken,
)
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Group
from lotrinh.rules.actions import Action
from lotrinh.rules.allocation_states import (
    OPEN_ALLOCATIONS,
    AllocationState,
    AllocationStep,
)


@dataclass(frozen=True, slots=True)
class Among:
    """Among whom: the units of ``group`` on ``as_of``; ``left_out`` by id, each with the reason."""

    group: Group
    as_of: date
    left_out: Mapping[int, str] = field(default_factory=dict)


@transaction.atomic
def draft_allocation(
    *,
    target_id: int,
    among: Among,
    division: Division,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> Allocation:
    """Hold a division of a target among the units of a group as a draft; it binds nobody.

    Where an allocation has been decided, the new one begins from it: what each unit had, and those
    that it follows, is carried to it, and what finds no unit is kept as ``not_carried``. Sending
    the same key again returns what the first one made.

    Raises NotAllowed, NothingToDivide, AllocationOpen, NoReason, NoShares, ShareStranger.
    """
    target = _locked_target(target_id)
    require(action=Action.ASSIGN_DUTY, unit=target.holder, user=user, on=on)
    made = Allocation.objects.filter(drafting_key=client_key).first()
    if made is not None and made.target_id == target.pk:
        return made
    _require_divisible(target)
    for other in target.allocations.filter(state__in=OPEN_ALLOCATIONS):
        raise AllocationOpen(other)
    members = _members(among, division)
    before = target.allocations.filter(state=AllocationState.DECIDED).first()
    carried = carried_over(before, on=among.as_of) if before else Carried()
    allocation = _kept(target, among, division, user=user, client_key=client_key)
    if before is not None:
        allocation.replaces = before
        allocation.not_carried = carried.outside({unit.id for unit in members})
        allocation.save()
    make_shares(allocation=allocation, members=members, division=division, carried=carried)
    journal.record(
        "allocation.drafted",
        allocation.named,
        actor=user.named,
        at=at,
        unit_uid=target.holder.uid,
        data={"target": str(target.uid), "group": among.group.code, "units": len(members)},
    )
    return allocation


@transaction.atomic
def amend_allocation(
    *,
    allocation_id: int,
    version: int,
    division: Division,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> Allocation:
    """Let the shares say what is given, or what the method makes of their bases.

    Units of which nothing is given keep what they have. The whole is the planned value of today. A
    unit whose figure changes is asked anew. Sending the same key again changes nothing.

    Raises NotAllowed, StepNotOpen, AllocationChangedMeanwhile, ShareStranger.
    """
    allocation = locked_allocation(allocation_id=allocation_id)
    require(action=Action.ASSIGN_DUTY, unit=allocation.target.holder, user=user, on=on)
    if step_taken(allocation=allocation, step=AllocationStep.AMEND, client_key=client_key):
        return allocation
    require_step(allocation=allocation, step=AllocationStep.AMEND, version=version)
    shares = locked_shares(allocation=allocation)
    strangers = frozenset(division.given) - {share.unit_id for share in shares}
    if strangers:
        raise ShareStranger(strangers)
    allocation.whole = _require_divisible(allocation.target)
    allocation.method = division.method
    allocation.base_words = division.base_words.strip()[:500]
    allocation.difference_reason = division.difference_reason.strip()[:1000]
    figures = change_shares(allocation=allocation, shares=shares, division=division)
    act = Act(user, client_key, on, at)
    return keep_step(allocation=allocation, step=AllocationStep.AMEND, act=act, figures=figures)


@transaction.atomic
def consult_units(
    *,
    allocation_id: int,
    version: int,
    answers_due: date | None,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> Allocation:
    """Lay the draft before the units: each sees its own share and may answer it.

    Sending the same key again changes nothing. Raises NotAllowed, StepNotOpen,
    AllocationChangedMeanwhile, ShareMissing.
    """
    allocation = locked_allocation(allocation_id=allocation_id)
    require(action=Action.ASSIGN_DUTY, unit=allocation.target.holder, user=user, on=on)
    if step_taken(allocation=allocation, step=AllocationStep.CONSULT, client_key=client_key):
        return allocation
    require_step(allocation=allocation, step=AllocationStep.CONSULT, version=version)
    missing = allocation.shares.filter(value=None).select_related("unit").order_by("rank")
    if missing:
        raise ShareMissing(tuple(share.unit for share in missing))
    allocation.answers_due = answers_due
    act = Act(user, client_key, on, at)
    return keep_step(allocation=allocation, step=AllocationStep.CONSULT, act=act)


@transaction.atomic
def withdraw_allocation(
    *,
    allocation_id: int,
    version: int,
    reason: str,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> Allocation:
    """Give up what was not decided yet; it stays readable where it was drafted.

    Sending the same key again changes nothing. Raises NotAllowed, StepNotOpen,
    AllocationChangedMeanwhile, and NoReason once the units have been asked.
    """
    allocation = locked_allocation(allocation_id=allocation_id)
    require(action=Action.ASSIGN_DUTY, unit=allocation.target.holder, user=user, on=on)
    if step_taken(allocation=allocation, step=AllocationStep.WITHDRAW, client_key=client_key):
        return allocation
    require_step(allocation=allocation, step=AllocationStep.WITHDRAW, version=version)
    if allocation.state == AllocationState.CONSULTING and not reason.strip():
        raise NoReason("withdrawn from the units")
    act = Act(user, client_key, on, at, reason)
    return keep_step(allocation=allocation, step=AllocationStep.WITHDRAW, act=act)


def _locked_target(target_id: int) -> Target:
    found = Target.objects.select_for_update(of=("self",))
    return found.select_related("measure", "unit", "owed_to").get(pk=target_id)


def _require_divisible(target: Target) -> Decimal:
    if target.value is None or not is_divisible(target):
        raise NothingToDivide(str(target.uid))
    return target.value


def _members(among: Among, division: Division) -> tuple[units.PlacedUnit, ...]:
    """Return the units that get a share; raise where something unfounded is said of some."""
    if not all(reason.strip() for reason in among.left_out.values()):
        raise NoReason("left out")
    members = units.members_of(group=among.group, on=among.as_of)
    strangers = frozenset({*among.left_out, *division.given}) - {unit.id for unit in members}
    if strangers:
        raise ShareStranger(strangers)
    chosen = tuple(unit for unit in members if unit.id not in among.left_out)
    if not chosen:
        raise NoShares(among.group.code)
    return chosen


def _reasons(among: Among) -> dict[str, str]:
    """Return by uid why units of the group have no share."""
    return {
        str(unit.uid): among.left_out[unit.id]
        for unit in units.members_of(group=among.group, on=among.as_of)
        if unit.id in among.left_out
    }


def _kept(
    target: Target, among: Among, division: Division, *, user: User, client_key: UUID
) -> Allocation:
    """Write the allocation, without shares yet."""
    return Allocation.objects.create(
        target=target,
        method=division.method,
        whole=_require_divisible(target),
        base_words=division.base_words.strip()[:500],
        difference_reason=division.difference_reason.strip()[:1000],
        as_of=among.as_of,
        drafted_by=user,
        drafting_key=client_key,
        left_out=_reasons(among),
    )
