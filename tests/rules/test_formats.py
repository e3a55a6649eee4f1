"""A number reads the same to whoever reads it in his own language, and is rounded as offices do."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lotrinh.rules.exact import rounded
from lotrinh.rules.formats import money, number, percent, scaled


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (Fraction(1205, 10), 1, "120.5"),
        (Decimal("2.5"), 0, "3"),
        (Decimal("-2.5"), 0, "-3"),
        (Decimal("2.4999999999999999999999999999999999999"), 0, "2"),
        (Decimal("0.05"), 1, "0.1"),
        (Decimal("-0.04"), 1, "0.0"),
        (Fraction(2, 3), 4, "0.6667"),
        (10**40, 1, "1" + "0" * 40 + ".0"),
    ],
)
def test_a_half_is_rounded_away_from_zero(value, places, expected):
    assert str(rounded(value, places)) == expected


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (0, "0", "0"),
        (Decimal("-0.00"), "0", "0"),
        (999, "999", "999"),
        (1270, "1.270", "1,270"),
        (-1270, "-1.270", "-1,270"),
        (Decimal("45.37"), "45,37", "45.37"),
        (Decimal("2550.2590"), "2.550,259", "2,550.259"),
        (Decimal("1E+3"), "1.000", "1,000"),
        (Fraction(1, 8), "0,125", "0.125"),
        (
            Decimal("123456789012345678901234.567891"),
            "123.456.789.012.345.678.901.234,567891",
            "123,456,789,012,345,678,901,234.567891",
        ),
    ],
)
def test_numbers_in_both_languages(value, vi, en):
    assert number(value, language="vi") == vi
    assert number(value, language="en") == en


def test_decimals_are_kept_where_a_column_needs_them():
    assert number(126, language="vi", places=1, fixed=True) == "126,0"
    assert number(Fraction(126), language="vi", places=1) == "126"
    assert percent(Fraction(241, 2), language="en") == "120.5%"
    assert percent(Fraction(-1, 3), language="vi", places=2) == "-0,33%"


def test_a_fraction_without_end_has_to_be_rounded():
    with pytest.raises(ValueError, match="1/3 has no end"):
        number(Fraction(1, 3), language="vi")


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (45_370_000_000, "45,37 tỷ đồng", "45.37 billion VND"),
        (492_309_000_000_000, "492.309 tỷ đồng", "492,309 billion VND"),
        (2 * 10**15, "2.000.000 tỷ đồng", "2,000,000 billion VND"),
        (45_375_000_000, "45.375 triệu đồng", "45,375 million VND"),
        (1_234_567, "1.234.567 đồng", "1,234,567 VND"),
        (2_500_000, "2,5 triệu đồng", "2.5 million VND"),
        (-45_370_000_000, "-45,37 tỷ đồng", "-45.37 billion VND"),
        (999_999_999, "999.999.999 đồng", "999,999,999 VND"),
        (0, "0 đồng", "0 VND"),
    ],
)
def test_money_is_exact_in_the_largest_scale_that_is(value, vi, en):
    assert money(value, language="vi") == vi
    assert money(value, language="en") == en


def test_other_things_are_counted_in_millions_too():
    assert scaled(2_000_000, language="vi") == "2 triệu"
    assert scaled(2_000_000, language="en") == "2 million"


@settings(deadline=None)
@given(st.fractions(min_value=-(10**9), max_value=10**9), st.integers(0, 6))
def test_rounding_is_off_by_half_a_unit_at_most(value, places):
    error = abs(Fraction(rounded(value, places)) - value)

    assert error <= Fraction(1, 2) / 10**places
    assert rounded(-value, places) == -rounded(value, places)


@settings(deadline=None)
@given(st.decimals(min_value=-(10**24), max_value=10**24, places=6))
def test_the_languages_write_the_same_digits(value):
    swapped = str.maketrans(".,", ",.")

    assert number(value, language="en").translate(swapped) == number(value, language="vi")
    assert Decimal(number(value, language="en").replace(",", "")) == value
