"""The figures of an allocation: worked out by its method, and held against the whole.

Counts are divided, so that parts and remainder are the whole. Shares and rates are not divided:
every unit gets a rate, and their mean, weighted by the denominators that are stored, is held
against the whole. What does not add up is held against nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from lotrinh.apps.targets.models import Allocation, AllocationShare, Measure, Target
from lotrinh.rules.allocation import as_given, equal, proportional
from lotrinh.rules.allocation_states import AllocationMethod
from lotrinh.rules.exact import rounded, summed
from lotrinh.rules.rates import RateAllotment
from lotrinh.rules.target_terms import VALUELESS, Comparator, Rollup
from lotrinh.rules.totals import QUOTIENTS

RATES = QUOTIENTS
"""What is weighted by denominators and never added."""


class Row(NamedTuple):
    """What is known of the share of one unit before it is worked out."""

    unit: int
    value: Decimal | None
    base: Decimal | None
    previous: Decimal | None


@dataclass(frozen=True, slots=True)
class Against:
    """The shares held against the whole. None: it cannot be said.

    ``total`` is their sum, or of rates their weighted mean; ``difference`` what the whole is above
    it; ``bases`` the sum of the bases. ``without`` counts shares without a figure, ``weightless``
    rates without a denominator.
    """

    whole: Decimal
    total: Decimal | None
    difference: Decimal | None
    bases: Decimal | None
    without: int
    weightless: int


def is_divisible(target: Target) -> bool:
    """Say whether the target has one planned value that units can hold parts of."""
    single = target.comparator not in {Comparator.RANGE, *VALUELESS}
    return single and target.value is not None and target.withdrawn_on is None


def rollup_of(measure: Measure) -> Rollup | None:
    """Return how the measure adds up; None where nobody has said."""
    return Rollup(measure.rollup) if measure.rollup else None


def places_of(measure: Measure, whole: Decimal) -> int:
    """Return at how many decimals shares are stated: those of the measure, else of the whole."""
    if measure.decimals is not None:
        return measure.decimals
    return max(-int(whole.normalize().as_tuple().exponent), 0)


def methods_for(measure: Measure) -> tuple[AllocationMethod, ...]:
    """Return the methods that make sense: only what is added up is given in proportion."""
    if rollup_of(measure) is Rollup.SUM:
        return tuple(AllocationMethod)
    return tuple(way for way in AllocationMethod if way is not AllocationMethod.PROPORTIONAL)


def worked_out(
    allocation: Allocation, rows: Sequence[Row], *, works_out: bool = True
) -> Mapping[int, Decimal | None]:
    """Return the figure of each unit by the method, or as it is where nothing is worked out.

    A unit of which the method knows nothing gets none: missing is not zero.
    """
    measure, method = allocation.target.measure, AllocationMethod(allocation.method)
    if not works_out or method is AllocationMethod.BY_HAND:
        found = as_given(allocation.whole, {row.unit: row.value for row in rows}).parts
    elif method is AllocationMethod.AS_BEFORE:
        found = as_given(allocation.whole, {row.unit: row.previous for row in rows}).parts
    elif rollup_of(measure) is not Rollup.SUM:
        found = {row.unit: allocation.whole for row in rows}
    else:
        places = places_of(measure, allocation.whole)
        if method is AllocationMethod.EQUAL:
            found = equal(allocation.whole, [row.unit for row in rows], places=places).parts
        else:
            bases = {row.unit: row.base for row in rows}
            found = proportional(allocation.whole, bases, places=places).parts
    return {row.unit: found.get(row.unit) for row in rows}


def standing_of(allocation: Allocation, shares: Iterable[AllocationShare]) -> Against:
    """Hold the shares against the whole, by how the measure adds up."""
    held = [(share.value, share.base) for share in shares]
    measure = allocation.target.measure
    places = places_of(measure, allocation.whole)
    total = _total(rollup_of(measure), held, whole=allocation.whole, places=places)
    bases = [base for _value, base in held if base is not None]
    return Against(
        whole=allocation.whole,
        total=total,
        difference=None if total is None else allocation.whole - total,
        bases=summed(bases) if bases else None,
        without=sum(1 for value, _base in held if value is None),
        weightless=sum(1 for value, base in held if value is not None and base is None)
        if rollup_of(measure) in RATES
        else 0,
    )


def _total(
    rollup: Rollup | None,
    held: Sequence[tuple[Decimal | None, Decimal | None]],
    *,
    whole: Decimal,
    places: int,
) -> Decimal | None:
    values = [value for value, _base in held if value is not None]
    if rollup is Rollup.SUM:
        return summed(values)
    if rollup not in RATES or not values:
        return None
    rates = RateAllotment(
        whole,
        {place: value for place, (value, _base) in enumerate(held)},
        {place: base for place, (_value, base) in enumerate(held)},
    )
    is_whole = all(base is not None for value, base in held if value is not None)
    return rounded(rates.mean, places) if is_whole and rates.mean is not None else None
