"""Which plan or base a printed share implies, and whether printed numbers agree with each other.

A report prints 45.37 billion and 126 % of the plan, and not the plan. What is printed was rounded:
so a share implies a narrow interval of plans, and one value in it that fits without rounding.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from lotrinh.rules.exact import rounded
from lotrinh.rules.progress import Comparison, Way


@dataclass(frozen=True, slots=True)
class Implied:
    """The base that a printed comparison implies: ``exact`` if it was not rounded at all.

    Rounded it lies between ``low`` and ``high``; ``agrees`` settles what lies on an end.
    """

    exact: Fraction
    low: Fraction
    high: Fraction


class NothingImplied(ValueError):
    """What is printed says nothing of a base above zero."""


def implied_base(actual: Decimal, way: Way, said: Decimal) -> Implied:
    """Return the base with which ``actual`` was compared, from what is printed of it.

    The decimals of ``said`` tell how it was rounded: 120.5 was between 120.45 and 120.55. Speaks of
    PERCENT_OF, GROWTH and TIMES. Raises NothingImplied for other ways, and where the figure or the
    ratio is not above zero.

    >>> round(implied_base(Decimal("45.37"), Way.PERCENT_OF, Decimal(126)).exact, 4)
    Fraction(360079, 10000)
    """
    half = Fraction(1, 2) / 10 ** _places(said)
    ends = [_ratio(way, Fraction(said) + off) for off in (-half, Fraction(0), half)]
    if actual <= 0 or ends[0] <= 0:
        raise NothingImplied(f"{actual} {way} {said}")
    least, exact, most = (Fraction(actual) / ratio for ratio in ends)
    return Implied(exact=exact, low=most, high=least)


def agrees(comparison: Comparison, said: Decimal) -> bool:
    """Say whether a comparison is what is printed, rounded to as many decimals."""
    if comparison.value is None:
        return False
    return rounded(comparison.value, _places(said)) == said


def _places(said: Decimal) -> int:
    exponent = said.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _ratio(way: Way, said: Fraction) -> Fraction:
    if way is Way.TIMES:
        return said
    if way is Way.PERCENT_OF:
        return said / 100
    if way is Way.GROWTH:
        return 1 + said / 100
    raise NothingImplied(way)
