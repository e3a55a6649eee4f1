"""Giving a rate to units: the whole is the mean of the parts, weighted by what they are rates of.

Rates are not added. Each unit's rate is kept with its denominator (registered households, pupils
of the school year), and what the parts come to is said beside the whole with both sums.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from lotrinh.rules.allocation import Allotment, proportional
from lotrinh.rules.exact import over, rounded, summed, times


@dataclass(frozen=True, slots=True)
class RateAllotment:
    """A rate for the whole and one for each unit, with what they are rates of.

    A unit without a rate or a weight (None) is in neither sum, and is named in ``without``.
    """

    whole: Decimal
    rates: Mapping[int, Decimal | None]
    weights: Mapping[int, Decimal | None]

    @property
    def numerator(self) -> Decimal:
        """The sum of rates times weights."""
        return summed(times(rate, weight) for rate, weight in self._counting())

    @property
    def denominator(self) -> Decimal:
        """The sum of the weights of those that have a rate."""
        return summed(weight for _, weight in self._counting())

    @property
    def mean(self) -> Fraction | None:
        """The rate that the parts come to; None where there is nothing to divide by."""
        if not self.denominator:
            return None
        return Fraction(self.numerator) / Fraction(self.denominator)

    @property
    def difference(self) -> Fraction | None:
        """By how much the whole is above what the parts come to."""
        return None if self.mean is None else Fraction(self.whole) - self.mean

    @property
    def without(self) -> tuple[int, ...]:
        """Units that are in no sum."""
        return tuple(
            unit
            for unit, rate in self.rates.items()
            if rate is None or self.weights.get(unit) is None
        )

    def _counting(self) -> list[tuple[Decimal, Decimal]]:
        pairs = [(rate, self.weights.get(unit)) for unit, rate in self.rates.items()]
        return [(rate, weight) for rate, weight in pairs if rate is not None and weight is not None]


def levelled(
    whole: Decimal,
    fixed: Mapping[int, Decimal | None],
    weights: Mapping[int, Decimal | None],
    *,
    places: int,
) -> RateAllotment:
    """Give all units whose rate is open (None) the same one, so that the mean is the whole.

    It is rounded to the decimals of the measure; the difference says what that costs. Units without
    a weight stay open, and so do all where the open ones weigh nothing. The rate may come out below
    nought or above a hundred: then the fixed ones leave nothing else, and a person decides.
    """
    known = {unit: weight for unit, weight in weights.items() if weight is not None}
    if any(weight < 0 for weight in known.values()):
        raise ValueError("a weight is not below nought")
    given = {unit: rate for unit, rate in fixed.items() if rate is not None and unit in known}
    open_units = [unit for unit, rate in fixed.items() if rate is None and unit in known]
    free = Fraction(summed(known[unit] for unit in open_units))
    if not free:
        return RateAllotment(whole, dict(fixed), dict(weights))
    weighed = Fraction(summed(known[unit] for unit in [*given, *open_units]))
    told = Fraction(summed(times(rate, known[unit]) for unit, rate in given.items()))
    rate = rounded((Fraction(whole) * weighed - told) / free, places)
    return RateAllotment(whole, {**fixed, **dict.fromkeys(open_units, rate)}, dict(weights))


def counted(
    rate: Decimal, denominators: Mapping[int, Decimal | None], *, per: int = 100, places: int = 0
) -> Allotment:
    """Give the number that makes the rate of the whole (88 % of all households) to units.

    In proportion to their denominators; those without one get nothing and count for nothing. What
    makes no whole step remains, and is needed for the rate too.

    >>> counted(Decimal(88), {1: Decimal(600), 2: Decimal(401)}).parts
    {1: Decimal('527'), 2: Decimal('353')}
    """
    known = summed(number for number in denominators.values() if number is not None)
    return proportional(over(times(rate, known), per), denominators, places=places)
