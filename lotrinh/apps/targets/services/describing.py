"""What a number is: how it is counted, which way is better, how it adds up, and the way to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal import services as journal
from lotrinh.apps.targets.models import Allocation, InterimValue, Target
from lotrinh.apps.targets.selectors.described import described, described_mark
from lotrinh.apps.targets.selectors.interim import interim_of
from lotrinh.apps.targets.services.refusals import (
    NotAllowed,
    RangeUpsideDown,
    ServesItself,
    TargetAllocated,
    TargetChangedMeanwhile,
)
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.rules.actions import Action
from lotrinh.rules.allocation_states import AllocationState
from lotrinh.rules.target_terms import Comparator, Direction, Reckoning, Rollup

_DIVIDED = (AllocationState.CONSULTING, AllocationState.DECIDED)
_LEVEL = ("comparator", "value", "high", "reckoning", "rollup", "decimals")
"""What may not change while units hold parts."""


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """What is said of a measure; None and empty: not said."""

    rollup: Rollup | None = None
    direction: Direction | None = None
    decimals: int | None = None
    definition: str = ""
    data_source: str = ""
    denominator: str = ""
    accumulates: bool | None = None
    counts_persons: bool | None = None
    collected_by: Unit | None = None


@dataclass(frozen=True, slots=True)
class Description:
    """What is said of a target besides its name, unit and day. ``interim`` is the whole of it."""

    facts: MeasureFacts
    comparator: Comparator
    value: Decimal | None
    high: Decimal | None = None
    baseline: Decimal | None = None
    reckoning: Reckoning = Reckoning.LEVEL
    tolerance: Decimal | None = None
    base: Decimal | None = None
    base_words: str = ""
    years: int | None = None
    soft: bool = False
    judged_by: Unit | None = None
    rubric: str = ""
    superior: Target | None = None
    interim: Mapping[date, Decimal] = field(default_factory=dict)


@transaction.atomic
def describe_target(
    *, target_id: int, shown: str, description: Description, user: User, on: date, at: datetime
) -> Target:
    """Let a target and its measure say this, if they still say what the reader saw.

    ``shown`` is ``selectors.described_mark``. A target that says this already is returned as it is.
    Days of the way that are left out are taken back; their rows stay.

    Raises NotAllowed where the account may not assign at the unit that it is owed to,
    TargetChangedMeanwhile, RangeUpsideDown, ServesItself, and TargetAllocated where units hold
    parts of it and its level would change, or where it is itself such a part.
    """
    found = Target.objects.select_for_update(of=("self", "measure"))
    target = found.select_related("measure").get(pk=target_id)
    place = target.owed_to
    if not units.may(user_id=user.pk, action=Action.ASSIGN_DUTY, unit_id=place.pk, on=on):
        raise NotAllowed(f"{Action.ASSIGN_DUTY} at {place.code}")
    before, mark = described(target), described_mark(target)
    _require_sound(target, description)
    _say(target, description)
    _keep_way(target, description.interim, user=user, at=at)
    after = described(target)
    if after == before:
        return target
    if mark != shown or target.withdrawn_on is not None:
        raise TargetChangedMeanwhile(str(target.uid))
    _require_level_free(target, before, after)
    target.measure.save()
    target.save()
    moved = {name: was for name, was in before.items() if after[name] != was}
    journal.record(
        "target.described",
        target.named,
        actor=user.named,
        at=at,
        unit_uid=place.uid,
        data={"before": [f"{name}={was}" for name, was in moved.items()]},
    )
    return target


def _require_sound(target: Target, said: Description) -> None:
    ends = said.value is not None and said.high is not None and said.high > said.value
    if (said.comparator is Comparator.RANGE) != (said.high is not None):
        raise RangeUpsideDown(f"{said.comparator}: {said.value} .. {said.high}")
    if said.comparator is Comparator.RANGE and not ends:
        raise RangeUpsideDown(f"{said.value} .. {said.high}")
    above = said.superior
    while above is not None:
        if above.pk == target.pk:
            raise ServesItself(str(target.uid))
        above = above.superior


def _say(target: Target, said: Description) -> None:
    """Let the rows say it, unsaved."""
    measure, facts = target.measure, said.facts
    measure.rollup = facts.rollup or ""
    measure.direction = facts.direction or ""
    measure.decimals = facts.decimals
    measure.definition = facts.definition.strip()[:2000]
    measure.data_source = facts.data_source.strip()[:500]
    measure.denominator = facts.denominator.strip()[:500]
    measure.accumulates = facts.accumulates
    measure.counts_persons = facts.counts_persons
    measure.collected_by = facts.collected_by
    target.comparator = said.comparator
    target.value, target.high, target.baseline = said.value, said.high, said.baseline
    target.reckoning, target.tolerance = said.reckoning, said.tolerance
    target.base, target.base_words = said.base, said.base_words.strip()[:200]
    target.years, target.soft = said.years, said.soft
    target.judged_by, target.rubric = said.judged_by, said.rubric.strip()[:1000]
    target.superior = said.superior


def _keep_way(target: Target, interim: Mapping[date, Decimal], *, user: User, at: datetime) -> None:
    """Write a row for every day whose value is new; the rows that were there stay."""
    held = dict(interim_of(target=target))
    days = sorted({*held, *interim})
    InterimValue.objects.bulk_create(
        InterimValue(target=target, day=day, value=interim.get(day), by=user, at=at)
        for day in days
        if held.get(day) != interim.get(day)
    )


def _require_level_free(
    target: Target, before: Mapping[str, str], after: Mapping[str, str]
) -> None:
    if target.allocation_id is not None:
        raise TargetAllocated(str(target.uid))
    divided = Allocation.objects.filter(target=target, state__in=_DIVIDED).exists()
    if divided and any(before[name] != after[name] for name in _LEVEL):
        raise TargetAllocated(str(target.uid))
