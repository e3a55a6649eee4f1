"""Deciding an allocation by a document: from then on every unit has its own target.

Nothing that was decided before is changed: the allocation whose place is taken stays readable with
its figures, and the targets that it gave are given up from the day of the new decision.
"""

from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents import services as registry
from lotrinh.apps.documents.models import Document
from lotrinh.apps.journal import services as journal
from lotrinh.apps.targets.models import Allocation, AllocationShare, Target, TargetSource
from lotrinh.apps.targets.selectors.dividing import standing_of
from lotrinh.apps.targets.services.refusals import (
    AllocationChangedMeanwhile,
    DifferenceUnexplained,
    NoDocument,
    NotAllowed,
    ShareMissing,
    UnitsEnded,
)
from lotrinh.apps.targets.services.steps import (
    Act,
    keep_step,
    last_step,
    locked_allocation,
    require,
    require_step,
    step_taken,
)
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.allocation_states import AllocationState, AllocationStep


@transaction.atomic
def decide_allocation(
    *,
    allocation_id: int,
    version: int,
    basis: Document,
    difference_reason: str,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> Allocation:
    """Let the shares hold from ``on``: every unit has a target of its own that serves the whole.

    Each has the measure, the day and the passages of the whole; its units may read the document
    that decides. An allocation decided before is superseded and its targets are given up. Sending
    the same key again changes nothing.

    Raises NotAllowed, StepNotOpen, AllocationChangedMeanwhile (also where the whole has another
    level by now), NoDocument, ShareMissing, UnitsEnded, DifferenceUnexplained.
    """
    allocation = locked_allocation(allocation_id=allocation_id)
    target = allocation.target
    require(action=Action.ISSUE_DUTY, unit=target.holder, user=user, on=on)
    if step_taken(allocation=allocation, step=AllocationStep.DECIDE, client_key=client_key):
        return allocation
    require_step(allocation=allocation, step=AllocationStep.DECIDE, version=version)
    if target.value != allocation.whole or target.withdrawn_on is not None:
        words = f"whole {target.value}, divided {allocation.whole}"
        raise AllocationChangedMeanwhile(words, last_step(allocation=allocation))
    if not documents.may_read(document=basis, seen_by=user.pk, on=on):
        raise NoDocument(str(basis.uid))
    shares = list(allocation.shares.select_related("unit").order_by("rank"))
    _require_whole(allocation, shares, difference_reason or allocation.difference_reason)
    _require_standing(shares, user=user, on=on)
    if difference_reason.strip():
        allocation.difference_reason = difference_reason.strip()[:1000]
    act = Act(user, client_key, on, at)
    _supersede(allocation, act)
    allocation.basis, allocation.decided_on = basis, on
    keep_step(allocation=allocation, step=AllocationStep.DECIDE, act=act)
    _give_targets(allocation, shares, act)
    registry.send_to_all(
        document=basis, to=[share.unit for share in shares], actor=user.named, at=at
    )
    return allocation


def _require_whole(allocation: Allocation, shares: list[AllocationShare], reason: str) -> None:
    missing = tuple(share.unit for share in shares if share.value is None)
    if missing:
        raise ShareMissing(missing)
    difference = standing_of(allocation, shares).difference
    if difference and not reason.strip():
        raise DifferenceUnexplained(difference)


def _require_standing(shares: list[AllocationShare], *, user: User, on: date) -> None:
    """Raise where a unit stands no more, or the account may not bind it."""
    standing = units.standing_among([share.unit_id for share in shares], on=on)
    ended = tuple(share.unit for share in shares if share.unit_id not in standing)
    if ended:
        raise UnitsEnded(ended)
    allowed = units.reach(user_id=user.pk, action=Action.ISSUE_DUTY, on=on)
    for share in shares:
        if share.unit_id not in allowed:
            raise NotAllowed(f"{Action.ISSUE_DUTY} at {share.unit.code}")


def _supersede(allocation: Allocation, act: Act) -> None:
    """Let the allocation decided before give way, with the targets that it gave."""
    found = Allocation.objects.filter(target=allocation.target, state=AllocationState.DECIDED)
    for before in found.exclude(pk=allocation.pk):
        before = locked_allocation(allocation_id=before.pk)
        key = uuid5(act.client_key, str(before.uid))
        keep_step(
            allocation=before,
            step=AllocationStep.SUPERSEDE,
            act=Act(act.user, key, act.on, act.at),
        )
        given = list(before.targets.filter(withdrawn_on=None).select_related("unit"))
        Target.objects.filter(pk__in=[part.pk for part in given]).update(withdrawn_on=act.on)
        _record(given, "target.withdrawn", act)


def _give_targets(allocation: Allocation, shares: list[AllocationShare], act: Act) -> None:
    """Write the target of each unit, with the passages of the whole."""
    whole = allocation.target
    parts = Target.objects.bulk_create(
        Target(
            measure=whole.measure,
            owed_to=whole.holder,
            unit=share.unit,
            comparator=whole.comparator,
            value=share.value,
            due=whole.due,
            reckoning=whole.reckoning,
            tolerance=whole.tolerance,
            base_words=whole.base_words,
            years=whole.years,
            soft=whole.soft,
            superior=whole,
            allocation=allocation,
        )
        for share in shares
    )
    sources = list(whole.sources.order_by("id"))
    TargetSource.objects.bulk_create(
        TargetSource(
            target=part,
            rendition_id=source.rendition_id,
            clause_id=source.clause_id,
            start=source.start,
            end=source.end,
        )
        for part in parts
        for source in sources
    )
    _record(parts, "target.allocated", act, {"allocation": str(allocation.uid)})


def _record(parts: list[Target], verb: str, act: Act, data: dict[str, str] | None = None) -> None:
    journal.record_all(
        acts=[
            journal.Act(verb, part.named, part.unit.uid if part.unit else None, {**(data or {})})
            for part in parts
        ],
        actor=act.user.named,
        at=act.at,
    )
