"""Arithmetic on decimals that loses nothing.

The usual context of decimals keeps 28 digits and rounds the rest away in silence. Here a result
that does not fit is an error, and whatever is cut off is cut on purpose, by name.
"""

from collections.abc import Iterable
from decimal import (
    ROUND_DOWN,
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
)
from fractions import Fraction

_DIGITS = 400
_EXACT = Context(prec=_DIGITS, traps=[Inexact, InvalidOperation, DivisionByZero])
_CUTTING = Context(prec=_DIGITS, rounding=ROUND_DOWN, traps=[InvalidOperation])


def summed(numbers: Iterable[Decimal]) -> Decimal:
    """Return the exact sum; 0 of none.

    >>> summed([Decimal("1e30"), Decimal("1e-6")])
    Decimal('1000000000000000000000000000000.000001')
    """
    total = Decimal(0)
    for number in numbers:
        total = _EXACT.add(total, number)
    return total


def less(one: Decimal, other: Decimal) -> Decimal:
    """Return the exact difference."""
    return _EXACT.subtract(one, other)


def times(one: Decimal, other: Decimal) -> Decimal:
    """Return the exact product."""
    return _EXACT.multiply(one, other)


def over(one: Decimal, other: int) -> Decimal:
    """Return the exact quotient; decimal.Inexact where it does not come out."""
    return _EXACT.divide(one, Decimal(other))


def cut(number: Decimal, places: int) -> Decimal:
    """Return the number without what stands behind so many decimals, whatever its sign.

    >>> cut(Decimal("60.6"), 0), cut(Decimal("-0.129"), 2)
    (Decimal('60'), Decimal('-0.12'))
    """
    return number.quantize(Decimal(1).scaleb(-places), context=_CUTTING)


def steps(number: Decimal, places: int) -> int:
    """Return how many steps of the last decimal it holds; ValueError where it has more decimals.

    >>> steps(Decimal("45.37"), 2)
    4537
    """
    scaled = Fraction(number) * Fraction(10) ** places
    if scaled.denominator != 1:
        raise ValueError(f"{number} has more than {places} decimals")
    return int(scaled)


def of_steps(count: int, places: int) -> Decimal:
    """Return the number that holds so many steps of the last decimal.

    >>> of_steps(4537, 2)
    Decimal('45.37')
    """
    return _EXACT.scaleb(Decimal(count), -places)


def rounded(number: Decimal | Fraction | int, places: int) -> Decimal:
    """Return the number with so many decimals, halves away from nought.

    >>> rounded(Fraction(1, 16) * 100, 1), rounded(Decimal("-0.05"), 1)
    (Decimal('6.3'), Decimal('-0.1'))
    """
    scaled = abs(Fraction(number)) * Fraction(10) ** places
    count = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return of_steps(count if number >= 0 else -count, places)
