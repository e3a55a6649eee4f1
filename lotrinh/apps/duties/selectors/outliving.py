"""Parts that outlast what they serve: due after it, or still open once it is cancelled."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.duties.models import Duty, DutyEvent
from lotrinh.apps.duties.selectors.seen import visible
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.duty_states import EXPLANATION, OPEN, DutyState, Step


def due_after(due: date | None, *, superior: Duty | None) -> bool:
    """Say whether a part with this deadline would be due after what it serves.

    Against the deadline that holds; what has none, or recurs, is never overrun.
    """
    limit = superior.deadline if superior is not None else None
    return due is not None and limit is not None and due > limit


def overruns(duty: Duty, *, superior: Duty | None) -> bool:
    """Say whether a duty is due after what it serves; an explanation or a period serves no work."""
    is_part = duty.kind != EXPLANATION and not duty.period
    return is_part and due_after(duty.deadline, superior=superior)


def left_open(*, duty: Duty, seen_by: int, on: date) -> QuerySet[Duty]:
    """Return the open duties that serve a cancelled one, as far as the account may see them.

    A request to explain stays: what happened may be asked for afterwards.
    """
    found = visible(seen_by=seen_by, on=on).filter(superior=duty, state__in=OPEN)
    if duty.state != DutyState.CANCELLED:
        return found.none()
    return found.exclude(kind=EXPLANATION)


def to_end_with(*, duty: Duty, seen_by: int, on: date) -> QuerySet[Duty]:
    """Return those of ``left_open`` that the account may cancel: as who judges what it is owed."""
    reach = units.reach(user_id=seen_by, action=Action.JUDGE_DUTY, on=on)
    return left_open(duty=duty, seen_by=seen_by, on=on).filter(owed_to__in=reach)


def cancelling(*, duty: Duty, seen_by: int, on: date) -> DutyEvent | None:
    """Return the step by which the duty was cancelled, where the account may read what orders it.

    None where it is not cancelled, too.
    """
    event = duty.events.filter(step=Step.CANCEL).select_related("basis").order_by("version").last()
    if duty.state != DutyState.CANCELLED or event is None or event.basis is None:
        return None
    return event if documents.may_read(document=event.basis, seen_by=seen_by, on=on) else None


def versions_of(found: QuerySet[Duty]) -> Mapping[UUID, int]:
    """Return by uid the version of each: what a page shows is what its form speaks of."""
    return dict(found.order_by().values_list("uid", "version"))
