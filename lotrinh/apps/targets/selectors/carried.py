"""What an allocation gave, carried to the units that stand on a later day.

Counts go to whoever follows, by stated shares; of rates the numerators and denominators go, and the
rate is made of them anew. What no single unit can be said to hold is named and given to nobody.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from lotrinh.apps.targets.models import Allocation, AllocationShare
from lotrinh.apps.targets.selectors.dividing import RATES, places_of, rollup_of
from lotrinh.apps.units import selectors as units
from lotrinh.rules.exact import rounded, summed, times
from lotrinh.rules.lineage import Lineage, Portion
from lotrinh.rules.target_terms import Rollup

_FINEST = 6


class Had(NamedTuple):
    """What a unit and those that it follows had; None: nothing that can be said."""

    value: Decimal | None = None
    base: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Carried:
    """By unit what it had, and what no single unit can be said to have."""

    had: Mapping[int, Had] = field(default_factory=dict)
    undivided: Decimal = Decimal(0)
    is_added: bool = True

    def to_unit(self, unit_id: int) -> Had:
        """Return what the unit had; nothing where it had none."""
        return self.had.get(unit_id, Had())

    def outside(self, chosen: Collection[int]) -> Decimal | None:
        """Return what finds no unit among those chosen; None where it is not added up."""
        if not self.is_added:
            return None
        others = [had.value for unit, had in self.had.items() if unit not in chosen]
        return summed([self.undivided, *(value for value in others if value is not None)])


def carried_over(allocation: Allocation, *, on: date) -> Carried:
    """Return what the shares of an allocation are at the units that stand on a day."""
    measure = allocation.target.measure
    rollup = rollup_of(measure)
    places = places_of(measure, allocation.whole)
    lineage = Lineage(units.handovers(since=allocation.as_of, on=on))
    parts: dict[int, list[Had]] = {}
    undivided = Decimal(0)
    for share in allocation.shares.order_by("rank"):
        for portion, value, base in _portions(share, lineage, rollup, places, on):
            if portion.is_undivided:
                undivided += value or 0
            else:
                (holder,) = portion.holders
                parts.setdefault(holder, []).append(Had(value, base))
    return Carried(
        {unit: _together(held, rollup, places) for unit, held in parts.items()},
        undivided,
        is_added=rollup is Rollup.SUM,
    )


def _portions(
    share: AllocationShare, lineage: Lineage, rollup: Rollup | None, places: int, on: date
) -> list[tuple[Portion, Decimal | None, Decimal | None]]:
    """Return who holds what of a share: its figure (of a rate its numerator) and its base."""
    value, base = share.value, share.base
    if rollup in RATES and value is not None and base is not None:
        value, places = times(value, base), _FINEST
    if value is None:
        return []
    amounts = (value,) if base is None else (value, base)
    divisible = rollup is Rollup.SUM or (rollup in RATES and base is not None)
    found = lineage.carried(share.unit_id, amounts, places=places, on=on, divisible=divisible)
    return [(one, one.amounts[0], one.amounts[1] if base is not None else None) for one in found]


def _together(held: list[Had], rollup: Rollup | None, places: int) -> Had:
    """Return what one unit has of all that came to it."""
    bases = [had.base for had in held]
    base = summed(one for one in bases if one is not None) if None not in bases else None
    values = [had.value for had in held if had.value is not None]
    if rollup is Rollup.SUM:
        return Had(summed(values), base)
    if rollup in RATES and base:
        return Had(rounded(summed(values) / base, places), base)
    return Had(values[0] if len(set(values)) == 1 else None, base)
