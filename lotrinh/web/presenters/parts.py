"""The parts that units hold of a target, and how it was divided before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import ngettext

from lotrinh.web.formatting import amount, named, number
from lotrinh.web.wording import word
from lotrinh.web.wording_of_targets import ALLOCATION_STATES

if TYPE_CHECKING:
    from lotrinh.apps.targets.models import Allocation, Target


@dataclass(frozen=True, slots=True)
class PartRow:
    """The part of a target that one unit holds. ``width`` is a bar's, of 100."""

    name: str
    url: str
    value_text: str
    base_text: str
    width: int


@dataclass(frozen=True, slots=True)
class AllocationRow:
    """An allocation in the history of a target."""

    url: str
    state_code: str
    state_text: str
    units_text: str
    total_text: str
    document_number: str
    document_url: str | None
    decided_on: date | None


def allocation_rows(
    found: "Iterable[Allocation]", counts: Mapping[int, int]
) -> tuple[AllocationRow, ...]:
    """Return the allocations of a target as its history; ``counts`` are the units of each."""
    return tuple(
        AllocationRow(
            url=reverse("allocation", kwargs={"uid": one.uid}),
            state_code=one.state,
            state_text=word(ALLOCATION_STATES, one.state),
            units_text=ngettext("%(n)d unit", "%(n)d units", counts.get(one.pk, 0))
            % {"n": counts.get(one.pk, 0)},
            total_text=amount(one.whole, one.target.measure.unit_of_measure),
            document_number=one.basis.number or one.basis.title if one.basis else "",
            document_url=reverse("document", kwargs={"uid": one.basis.uid}) if one.basis else None,
            decided_on=one.decided_on,
        )
        for one in found
    )


def part_rows(
    parts: "Iterable[Target]", bases: Mapping[int, Decimal | None]
) -> tuple[PartRow, ...]:
    """Return the parts that units hold, each with a bar beside the largest."""
    held = [part for part in parts if part.unit is not None and part.value is not None]
    most = max((abs(part.value) for part in held if part.value is not None), default=Decimal(0))
    rows = []
    for part in held:
        if part.unit is None or part.value is None:
            continue
        width = int(abs(part.value) * 100 / most) if most else 0
        rows.append(
            PartRow(
                name=named(part.unit),
                url=reverse("target", kwargs={"uid": part.uid}),
                value_text=amount(part.value, part.measure.unit_of_measure),
                base_text=_base_text(bases.get(part.unit_id or 0)),
                width=width,
            )
        )
    return tuple(rows)


def _base_text(base: Decimal | None) -> str:
    return "" if base is None else number(base)
