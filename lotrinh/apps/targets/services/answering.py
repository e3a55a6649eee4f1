"""What a unit says of its share when it is consulted: it agrees, or asks for another figure."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.targets.models import AllocationShare
from lotrinh.apps.targets.selectors.seen import number
from lotrinh.apps.targets.services.refusals import (
    AllocationChangedMeanwhile,
    NoReason,
    NotAllowed,
)
from lotrinh.apps.targets.services.steps import (
    Act,
    keep_step,
    last_step,
    locked_allocation,
    require_step,
    step_taken,
)
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.allocation_states import AllocationStep, ShareAnswer


@transaction.atomic
def answer_consultation(
    *,
    share_id: int,
    version: int,
    answer: ShareAnswer,
    asked: Decimal | None,
    reason: str,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> AllocationShare:
    """Let a unit say of its share, as it was shown, that it agrees or asks for another figure.

    A later answer takes the place of an earlier one, which its event keeps. Whoever does what the
    unit owes answers for it, also after another unit has taken over. Sending the same key again
    changes nothing.

    Raises NotAllowed, StepNotOpen, AllocationChangedMeanwhile where the figure or an answer has
    changed since, NoReason where another figure is asked for without the figure or the reason.
    """
    place = AllocationShare.objects.only("allocation_id").get(pk=share_id)
    allocation = locked_allocation(allocation_id=place.allocation_id)
    share = AllocationShare.objects.select_related("unit").get(pk=share_id)
    who = units.answerable_for([share.unit_id], on=on)[share.unit_id]
    if not units.may(user_id=user.pk, action=Action.DO_DUTY, unit_id=who, on=on):
        raise NotAllowed(f"{Action.DO_DUTY} at {share.unit.code}")
    if step_taken(allocation=allocation, step=AllocationStep.ANSWER, client_key=client_key):
        return share
    require_step(allocation=allocation, step=AllocationStep.ANSWER)
    if share.version != version:
        words = f"share version {share.version}, shown {version}"
        raise AllocationChangedMeanwhile(words, last_step(allocation=allocation))
    asks = answer is ShareAnswer.ASKS
    if asks and (asked is None or not reason.strip()):
        raise NoReason("another figure")
    share.answer, share.asked = answer, asked if asks else None
    share.reason = reason.strip()[:2000] if asks else ""
    share.answered_by, share.answered_on = user, on
    share.version += 1
    share.save()
    told = {"figure": number(share.value), "answer": str(answer), "asked": number(share.asked)}
    keep_step(
        allocation=allocation,
        step=AllocationStep.ANSWER,
        act=Act(user, client_key, on, at, share.reason),
        unit=share.unit,
        figures={str(share.unit.uid): told},
    )
    return share
