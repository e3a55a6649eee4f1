"""How a result compares with its plan or with another time.

Everything is exact: rounding is for printing. What cannot be said is said to be so, by a code: a
share of nothing, growth from below zero, a ratio to a figure that nobody gave.
"""

from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum
from fractions import Fraction

_HUNDRED = 100
_DIGITS = 60  # of a root: far more than is ever printed
FOLD_FROM = Fraction(2)
"""From which ratio on one says "twice as much" rather than "100 % more"."""


class Way(StrEnum):
    """In which way two numbers are compared."""

    PERCENT_OF = "percent_of"  # bằng 120,5% dự toán
    GROWTH = "growth"  # tăng 19,6% so với cùng kỳ
    TIMES = "times"  # gấp 30 lần
    POINTS = "points"  # tăng 2,93 điểm %
    A_YEAR = "a_year"  # bình quân mỗi năm


class Unsaid(StrEnum):
    """Why a comparison cannot be made."""

    NO_VALUE = "no_value"
    NO_BASE = "no_base"
    ZERO_BASE = "zero_base"
    NEGATIVE_BASE = "negative_base"
    NEGATIVE_VALUE = "negative_value"
    NO_TIME = "no_time"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of comparing: exactly one of ``value`` and ``unsaid`` is there.

    The value is in percent for PERCENT_OF, GROWTH and A_YEAR, in points for POINTS, and the ratio
    itself for TIMES. ``years`` is set for A_YEAR.
    """

    way: Way
    value: Fraction | None = None
    unsaid: Unsaid | None = None
    years: int | None = None


def percent_of(actual: Decimal | None, plan: Decimal | None) -> Comparison:
    """Return how many percent of a plan were reached.

    >>> percent_of(Decimal(63), Decimal(50)).value
    Fraction(126, 1)
    """
    ratio = _ratio(actual, plan)
    if isinstance(ratio, Unsaid):
        return Comparison(Way.PERCENT_OF, unsaid=ratio)
    return Comparison(Way.PERCENT_OF, ratio * _HUNDRED)


def growth(actual: Decimal | None, base: Decimal | None) -> Comparison:
    """Return by how many percent a figure is above another one, below zero where it is under it."""
    ratio = _ratio(actual, base)
    if isinstance(ratio, Unsaid):
        return Comparison(Way.GROWTH, unsaid=ratio)
    return Comparison(Way.GROWTH, (ratio - 1) * _HUNDRED)


def times(actual: Decimal | None, base: Decimal | None) -> Comparison:
    """Return how many times another figure it is: the ratio, never the ratio less one.

    >>> times(Decimal(60), Decimal(2)).value
    Fraction(30, 1)
    """
    ratio = _ratio(actual, base)
    if isinstance(ratio, Unsaid):
        return Comparison(Way.TIMES, unsaid=ratio)
    return Comparison(Way.TIMES, ratio)


def change(
    actual: Decimal | None, base: Decimal | None, *, fold_from: Fraction = FOLD_FROM
) -> Comparison:
    """Return the growth, or how many times as much it is from the ratio ``fold_from`` on."""
    found = times(actual, base)
    if found.value is not None and found.value >= fold_from:
        return found
    return growth(actual, base)


def points(actual: Decimal | None, base: Decimal | None) -> Comparison:
    """Return by how many percentage points one share is above another; of any sign, also 0.

    >>> points(Decimal("86.50"), Decimal("83.57")).value == Fraction("2.93")
    True
    """
    if actual is None or base is None:
        missing = Unsaid.NO_VALUE if actual is None else Unsaid.NO_BASE
        return Comparison(Way.POINTS, unsaid=missing)
    return Comparison(Way.POINTS, Fraction(actual) - Fraction(base))


def a_year(actual: Decimal | None, base: Decimal | None, *, years: int) -> Comparison:
    """Return by how many percent a figure grew each year, compounded over so many years.

    Exact where the root is rational, to sixty digits elsewhere.

    >>> a_year(Decimal(121), Decimal(100), years=2).value
    Fraction(10, 1)
    """
    if years < 1:
        return Comparison(Way.A_YEAR, unsaid=Unsaid.NO_TIME)
    ratio = _ratio(actual, base)
    if isinstance(ratio, Unsaid):
        return Comparison(Way.A_YEAR, unsaid=ratio, years=years)
    return Comparison(Way.A_YEAR, (_root(ratio, years) - 1) * _HUNDRED, years=years)


def _ratio(actual: Decimal | None, base: Decimal | None) -> Fraction | Unsaid:
    """Return the ratio to a base above zero; below zero there are no words for a ratio."""
    if actual is None:
        return Unsaid.NO_VALUE
    if base is None:
        return Unsaid.NO_BASE
    if base <= 0:
        return Unsaid.NEGATIVE_BASE if base < 0 else Unsaid.ZERO_BASE
    if actual < 0:
        return Unsaid.NEGATIVE_VALUE
    return Fraction(actual) / Fraction(base)


def _root(ratio: Fraction, degree: int) -> Fraction:
    if not ratio:
        return ratio
    with localcontext() as context:
        context.prec = _DIGITS
        parts = [Decimal(part) ** (Decimal(1) / degree) for part in ratio.as_integer_ratio()]
        near = Fraction(*(int(part.to_integral_value()) for part in parts))
        if near**degree == ratio:
            return near
        return Fraction(parts[0] / parts[1])
