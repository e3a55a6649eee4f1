"""Targets as drafts: held with the passage that sets them, put right, given up."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents.models import Rendition
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import Named
from lotrinh.apps.targets.models import Allocation, Measure, Target, TargetSource
from lotrinh.apps.targets.selectors import number as _number
from lotrinh.apps.targets.selectors import said
from lotrinh.apps.targets.selectors import words as _words
from lotrinh.apps.targets.services.refusals import (
    NotAllowed,
    RangeUpsideDown,
    TargetAllocated,
    TargetChangedMeanwhile,
)
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.rules.actions import Action
from lotrinh.rules.allocation_states import AllocationState
from lotrinh.rules.target_terms import Comparator, Rollup


@dataclass(frozen=True, slots=True)
class Promise:
    """What a target says. ``value`` and ``high`` are in the base unit named (VND, not billions).

    ``counts_persons``: whether its measure counts persons; None where nobody has said it.
    """

    measure: str
    language: str
    comparator: Comparator
    value: Decimal | None
    high: Decimal | None = None
    unit_of_measure: str = ""
    due: date | None = None
    baseline: Decimal | None = None
    rollup: Rollup | None = None
    unit: Unit | None = None
    counts_persons: bool | None = None


@transaction.atomic
def draft_target(
    *,
    promise: Promise,
    owed_to: Unit,
    rendition: Rendition,
    start: int,
    end: int,
    user: User,
    on: date,
    at: datetime,
) -> Target:
    """Hold a target as a draft with the passage ``[start, end)`` that sets it.

    Raises NotAllowed where the account may not assign at the unit named (or, with none named, at
    the unit it is owed to), and RangeUpsideDown.
    """
    place = promise.unit or owed_to
    if not units.may(user_id=user.pk, action=Action.ASSIGN_DUTY, unit_id=place.pk, on=on):
        raise NotAllowed(f"{Action.ASSIGN_DUTY} at {place.code}")
    _check_range(promise)
    measure = _measure(promise)
    target = Target.objects.create(
        measure=measure,
        owed_to=owed_to,
        unit=promise.unit,
        comparator=promise.comparator,
        value=promise.value,
        high=promise.high,
        baseline=promise.baseline,
        due=promise.due,
    )
    TargetSource.objects.create(
        target=target,
        rendition=rendition,
        clause=documents.clause_at(rendition=rendition, start=start, end=end),
        start=start,
        end=end,
    )
    journal.record(
        "target.drafted",
        target.named,
        actor=user.named,
        at=at,
        unit_uid=place.uid,
        data={"rendition": str(rendition.uid), "start": start, "measure": str(measure.uid)},
    )
    return target


@transaction.atomic
def amend_target(
    *, target_id: int, shown: str, promise: Promise, user: User, on: date, at: datetime
) -> Target:
    """Let a target that still says what the reader saw (``selectors.said``) say this instead.

    Its passages stay; the journal keeps what it said before. A target that says this already is
    returned as it is. Raises NotAllowed where the account may not assign at the unit it is owed to
    or at the unit named, TargetChangedMeanwhile, RangeUpsideDown, TargetAllocated.
    """
    target = (
        Target.objects.select_for_update(of=("self",)).select_related("measure").get(pk=target_id)
    )
    for place in {target.owed_to, promise.unit or target.owed_to}:
        if not units.may(user_id=user.pk, action=Action.ASSIGN_DUTY, unit_id=place.pk, on=on):
            raise NotAllowed(f"{Action.ASSIGN_DUTY} at {place.code}")
    _check_range(promise)
    before = said(target)
    if _said_by(promise) == _words(target) and target.withdrawn_on is None:
        return target
    if before != shown or target.withdrawn_on is not None:
        raise TargetChangedMeanwhile(str(target.uid))
    _require_undivided(target)
    measured = promise.measure[:500], promise.unit_of_measure[:60]
    if measured != (target.measure.name, target.measure.unit_of_measure):
        target.measure = _measure(promise, before=target.measure)
    was = _words(target)
    target.unit = promise.unit
    target.comparator = promise.comparator
    target.value, target.high = promise.value, promise.high
    target.baseline, target.due = promise.baseline, promise.due
    target.save()
    journal.record(
        "target.amended",
        target.named,
        actor=user.named,
        at=at,
        unit_uid=target.owed_to.uid,
        data={"before": [f"{name}={value}" for name, value in was.items()]},
    )
    return target


@transaction.atomic
def add_source(
    *, target: Target, rendition: Rendition, start: int, end: int, actor: Named, at: datetime
) -> TargetSource:
    """Let a further passage set the target; the first stays, and the same again is the same.

    The caller has checked the right.
    """
    known = target.sources.filter(rendition=rendition, start=start, end=end).first()
    if known is not None:
        return known
    source = TargetSource.objects.create(
        target=target,
        rendition=rendition,
        clause=documents.clause_at(rendition=rendition, start=start, end=end),
        start=start,
        end=end,
    )
    journal.record(
        "target.sourced",
        target.named,
        actor=actor,
        at=at,
        unit_uid=target.owed_to.uid,
        data={"rendition": str(rendition.uid), "start": start},
    )
    return source


@transaction.atomic
def withdraw_target(*, target_id: int, user: User, on: date, at: datetime) -> Target:
    """Give a target up from ``on``; it stays readable and counts nowhere. Twice is once.

    Raises NotAllowed where the account may not assign at the unit it is owed to, TargetAllocated.
    """
    target = Target.objects.select_for_update().get(pk=target_id)
    place = target.owed_to
    if not units.may(user_id=user.pk, action=Action.ASSIGN_DUTY, unit_id=place.pk, on=on):
        raise NotAllowed(f"{Action.ASSIGN_DUTY} at {place.code}")
    if target.withdrawn_on is not None:
        return target
    _require_undivided(target)
    target.withdrawn_on = on
    target.save(update_fields=["withdrawn_on"])
    journal.record("target.withdrawn", target.named, actor=user.named, at=at, unit_uid=place.uid)
    return target


def _require_undivided(target: Target) -> None:
    """Raise where units hold parts of the target, or it is itself a part that was allocated."""
    live = (AllocationState.CONSULTING, AllocationState.DECIDED)
    if target.allocation_id is not None or (
        Allocation.objects.filter(target=target, state__in=live).exists()
    ):
        raise TargetAllocated(str(target.uid))


def _said_by(promise: Promise) -> dict[str, str]:
    return {
        "measure": promise.measure[:500],
        "unit_of_measure": promise.unit_of_measure[:60],
        "comparator": str(promise.comparator),
        "value": _number(promise.value),
        "high": _number(promise.high),
        "baseline": _number(promise.baseline),
        "due": promise.due.isoformat() if promise.due else "",
        "unit": str(promise.unit.uid) if promise.unit else "",
    }


def _measure(promise: Promise, *, before: Measure | None = None) -> Measure:
    """Keep what is measured; two targets share no measure until somebody says that they do."""
    return Measure.objects.create(
        name=promise.measure[:500],
        language=promise.language,
        unit_of_measure=promise.unit_of_measure[:60],
        rollup=promise.rollup or "",
        counts_persons=_counts_persons(promise, before),
    )


def _counts_persons(promise: Promise, before: Measure | None) -> bool | None:
    """Return what is said of persons; another unit of measure takes back only that it counts none.

    That it counts persons holds back small figures: this is never taken back unsaid.
    """
    if promise.counts_persons is not None or before is None:
        return promise.counts_persons
    stays = before.counts_persons or before.unit_of_measure == promise.unit_of_measure[:60]
    return before.counts_persons if stays else None


def _check_range(promise: Promise) -> None:
    if promise.comparator is Comparator.RANGE:
        if promise.value is None or promise.high is None or promise.high <= promise.value:
            raise RangeUpsideDown(f"{promise.value} .. {promise.high}")
    elif promise.high is not None:
        raise RangeUpsideDown(f"{promise.comparator} takes one value")
