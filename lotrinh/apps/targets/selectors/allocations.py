"""Reads of allocations, each as one account may see it on one day.

Whoever reads targets at the unit that divides sees all of it. A unit sees its own share, and those
of the units below it, once it is consulted; never the shares of others and never a draft.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lotrinh.apps.targets.models import Allocation, AllocationEvent, AllocationShare, Target
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.allocation_states import SHOWN_TO_UNITS, AllocationState


def allocation_by_uid(uid: UUID, *, seen_by: int, on: date) -> Allocation | None:
    """Return the allocation, or None where it is missing or may not be seen."""
    return _seen(seen_by=seen_by, on=on).filter(uid=uid).first()


def allocations_of(*, target: Target, seen_by: int, on: date) -> tuple[Allocation, ...]:
    """Return the allocations of a target that the account may see, the latest first.

    Each says by ``units`` how many have a share in it.
    """
    found = _seen(seen_by=seen_by, on=on).filter(target=target).annotate(units=Count("shares"))
    return tuple(found.order_by("-id"))


def sees_whole(allocation: Allocation, *, seen_by: int, on: date) -> bool:
    """Say whether the account sees all shares, and not only those of its own units."""
    return allocation.target.holder.pk in _reach(seen_by, on)


def shares_of(allocation: Allocation, *, seen_by: int, on: date) -> tuple[AllocationShare, ...]:
    """Return the shares that the account may see, in tree order."""
    found = allocation.shares.select_related("unit", "answered_by").order_by("rank")
    if not sees_whole(allocation, seen_by=seen_by, on=on):
        found = found.filter(unit__in=_reach(seen_by, on))
    return tuple(found)


def share_by_uid(
    uid: UUID | None, *, allocation: Allocation, seen_by: int, on: date
) -> AllocationShare | None:
    """Return one share of the allocation that the account may see, or None."""
    found = (share for share in shares_of(allocation, seen_by=seen_by, on=on) if share.uid == uid)
    return next(found, None)


def answerable_shares(
    shares: Iterable[AllocationShare], *, seen_by: int, on: date
) -> frozenset[int]:
    """Return the ids of those shares for whose units the account may answer that day."""
    held = list(shares)
    who = units.answerable_for([share.unit_id for share in held], on=on)
    reach = units.reach(user_id=seen_by, action=Action.DO_DUTY, on=on)
    return frozenset(share.pk for share in held if who[share.unit_id] in reach)


def may_allocate(*, target: Target, seen_by: int, on: date) -> bool:
    """Say whether the account may divide the target: where it is held."""
    place = target.holder.pk
    return units.may(user_id=seen_by, action=Action.ASSIGN_DUTY, unit_id=place, on=on)


def may_decide(*, target: Target, seen_by: int, on: date) -> bool:
    """Say whether the account may let an allocation of the target hold: where it is held."""
    place = target.holder.pk
    return units.may(user_id=seen_by, action=Action.ISSUE_DUTY, unit_id=place, on=on)


def steps_of(allocation: Allocation, *, seen_by: int, on: date) -> tuple[AllocationEvent, ...]:
    """Return what was done to it, the latest first; of a unit's answers those it may see."""
    found = allocation.events.select_related("by", "unit").order_by("-id")
    if not sees_whole(allocation, seen_by=seen_by, on=on):
        found = found.filter(Q(unit=None) | Q(unit__in=_reach(seen_by, on)))
    return tuple(found)


def asked_about(*, seen_by: int, on: date) -> tuple[AllocationShare, ...]:
    """Return the shares that the account may answer, of what others divide and have not decided.

    Those that were answered come last.
    """
    answering = units.reach(user_id=seen_by, action=Action.DO_DUTY, on=on)
    if not answering:
        return ()
    open_now = _seen(seen_by=seen_by, on=on).filter(state=AllocationState.CONSULTING)
    reach = _reach(seen_by, on)
    found = AllocationShare.objects.filter(allocation__in=open_now, unit__in=answering).exclude(
        Q(allocation__target__allocation=None, allocation__target__owed_to__in=reach)
    )
    rows = found.exclude(
        allocation__target__allocation__isnull=False, allocation__target__unit__in=reach
    )
    return tuple(
        rows.select_related("unit", "allocation__target__measure").order_by("answer", "id")
    )


def serving(
    target: Target, shares: Sequence[AllocationShare], *, seen_by: int, on: date
) -> tuple[tuple[Target, ...], tuple[Target, ...]]:
    """Return what serves a target: the parts that units hold by these shares, and all others.

    Parts stand in the order of their shares, which are those of one decided allocation; the others
    were not allocated, the earliest due first.
    """
    ranks = {share.unit_id: share.rank for share in shares}
    others = Q(allocation=None, owed_to__in=_reach(seen_by, on))
    wanted = others
    if shares:
        wanted |= Q(allocation=shares[0].allocation_id, unit__in=ranks)
    found = target.parts.filter(wanted, withdrawn_on=None).select_related("unit", "measure")
    rows = tuple(found.order_by("due", "id"))
    parts = sorted(
        (row for row in rows if row.allocation_id is not None),
        key=lambda part: ranks[part.unit_id or 0],
    )
    return tuple(parts), tuple(row for row in rows if row.allocation_id is None)


def units_with_parts(target: Target) -> tuple[int, ...]:
    """Return the ids of the units that hold parts of a target by its decided allocation."""
    return units_with_parts_of(targets=[target]).get(target.pk, ())


def units_with_parts_of(*, targets: Iterable[Target]) -> dict[int, tuple[int, ...]]:
    """Return the same of many targets at once; those without parts are not named."""
    found = Target.objects.filter(
        superior__in=[target.pk for target in targets],
        allocation__state=AllocationState.DECIDED,
        withdrawn_on=None,
    )
    held: dict[int, list[int]] = {}
    for superior, unit in found.order_by("unit").values_list("superior_id", "unit_id"):
        if superior is not None and unit is not None:
            held.setdefault(superior, []).append(unit)
    return {pk: tuple(found) for pk, found in held.items()}


def _reach(seen_by: int, on: date) -> frozenset[int]:
    return units.reach(user_id=seen_by, action=Action.READ_TARGET, on=on)


def _seen(*, seen_by: int, on: date) -> QuerySet[Allocation]:
    reach = _reach(seen_by, on)
    held = Q(target__allocation=None, target__owed_to__in=reach) | Q(
        target__allocation__isnull=False, target__unit__in=reach
    )
    share = AllocationShare.objects.filter(allocation=OuterRef("pk"), unit__in=reach)
    own = Q(Exists(share), state__in=SHOWN_TO_UNITS)
    return Allocation.objects.filter(held | own).select_related(
        *("basis", "target__measure", "target__unit", "target__owed_to")
    )
