"""Nothing is rounded away in silence."""

from decimal import Decimal, Inexact
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotrinh.rules.exact import cut, less, of_steps, over, rounded, steps, summed, times

_numbers = st.decimals(min_value=-(10**29), max_value=10**29, places=6)


@given(st.lists(_numbers, max_size=6), _numbers)
def test_sums_differences_and_products_are_those_of_fractions(numbers, other):
    total = summed(numbers)

    assert Fraction(total) == sum(map(Fraction, numbers))
    assert Fraction(less(total, other)) == Fraction(total) - Fraction(other)
    assert Fraction(times(total, other)) == Fraction(total) * Fraction(other)


@given(_numbers, st.integers(0, 6))
def test_cutting_and_rounding_stay_within_a_step(number, places):
    step = Fraction(1, 10**places)

    assert 0 <= abs(Fraction(number)) - abs(Fraction(cut(number, places))) < step
    assert abs(Fraction(number) - Fraction(rounded(number, places))) <= step / 2
    assert of_steps(steps(cut(number, places), places), places) == cut(number, places)


@pytest.mark.parametrize(
    ("number", "places", "expected"),
    [
        ("0.05", 1, "0.1"),
        ("-0.05", 1, "-0.1"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("0.0449", 1, "0.0"),
        ("120.45", 1, "120.5"),
    ],
)
def test_halves_are_rounded_away_from_nought(number, places, expected):
    assert str(rounded(Decimal(number), places)) == expected


def test_what_does_not_come_out_is_an_error():
    with pytest.raises(Inexact):
        over(Decimal(1), 3)
    with pytest.raises(ValueError, match="more than 1 decimals"):
        steps(Decimal("0.55"), 1)
