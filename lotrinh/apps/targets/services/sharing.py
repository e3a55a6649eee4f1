"""The shares of an allocation as they are made and changed, inside the services that allocate."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from lotrinh.apps.targets.models import Allocation, AllocationShare
from lotrinh.apps.targets.selectors.carried import Carried
from lotrinh.apps.targets.selectors.dividing import Row, worked_out
from lotrinh.apps.targets.selectors.seen import number
from lotrinh.apps.targets.services.steps import Figures
from lotrinh.apps.units import selectors as units
from lotrinh.rules.allocation_states import AllocationMethod


@dataclass(frozen=True, slots=True)
class Given:
    """What is typed of one unit: its figure, its base. None means: not said, never nought."""

    value: Decimal | None = None
    base: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Division:
    """How a target is to be divided: ``given`` by unit id, ``base_words`` say what a base is.

    ``works_out``: the figures come by the method from the bases; otherwise they are as given.
    """

    method: AllocationMethod
    base_words: str = ""
    given: Mapping[int, Given] = field(default_factory=dict)
    works_out: bool = True
    difference_reason: str = ""


def make_shares(
    *,
    allocation: Allocation,
    members: Iterable[units.PlacedUnit],
    division: Division,
    carried: Carried,
) -> None:
    """Write a share for each unit, its figure given or worked out from what it had or is given."""
    rows = []
    for unit in members:
        said, had = division.given.get(unit.id, Given()), carried.to_unit(unit.id)
        base = said.base if said.base is not None else had.base
        rows.append(Row(unit.id, said.value, base, had.value))
    figures = worked_out(allocation, rows, works_out=division.works_out)
    AllocationShare.objects.bulk_create(
        AllocationShare(
            allocation=allocation,
            unit_id=row.unit,
            rank=rank,
            value=figures[row.unit],
            base=row.base,
            previous=row.previous,
        )
        for rank, row in enumerate(rows, start=1)
    )


def locked_shares(*, allocation: Allocation) -> list[AllocationShare]:
    """Return the shares behind locks of their rows, in tree order."""
    found = allocation.shares.select_for_update(of=("self",)).select_related("unit")
    return list(found.order_by("rank"))


def change_shares(
    *, allocation: Allocation, shares: list[AllocationShare], division: Division
) -> Figures:
    """Let the shares say what they now are; return by uid what was before and is after."""
    rows = []
    for share in shares:
        said = division.given.get(share.unit_id, Given(share.value, share.base))
        rows.append(Row(share.unit_id, said.value, said.base, share.previous))
    figures = worked_out(allocation, rows, works_out=division.works_out)
    told: dict[str, dict[str, str]] = {}
    for share, row in zip(shares, rows, strict=True):
        value = figures[share.unit_id]
        if (share.value, share.base) == (value, row.base):
            continue
        told[str(share.unit.uid)] = {
            "before": number(share.value),
            "after": number(value),
            "answer": share.answer,
        }
        if share.value != value:
            _ask_anew(share)
        share.value, share.base = value, row.base
        share.save()
    return told


def _ask_anew(share: AllocationShare) -> None:
    share.version += 1
    share.answer, share.asked, share.reason = "", None, ""
    share.answered_by, share.answered_on = None, None
