"""Comparisons are exact, or they are not made and say why."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lotrinh.rules.exact import rounded
from lotrinh.rules.progress import Unsaid, Way, a_year, change, growth, percent_of, points, times

D = Decimal
MANY = st.decimals(min_value="0.01", max_value=10**15, places=2)


@pytest.mark.parametrize(
    ("actual", "base", "unsaid"),
    [
        (None, D(5), Unsaid.NO_VALUE),
        (None, None, Unsaid.NO_VALUE),
        (D(0), None, Unsaid.NO_BASE),
        (D(5), D(0), Unsaid.ZERO_BASE),
        (D(0), D(0), Unsaid.ZERO_BASE),
        (D(5), D(-5), Unsaid.NEGATIVE_BASE),
        (D(-5), D(-10), Unsaid.NEGATIVE_BASE),
        (D(-5), D(10), Unsaid.NEGATIVE_VALUE),
    ],
)
@pytest.mark.parametrize("compare", [percent_of, growth, times, change])
def test_what_cannot_be_said_is_a_code_and_no_number(compare, actual, base, unsaid):
    found = compare(actual, base)

    assert (found.value, found.unsaid) == (None, unsaid)


def test_nothing_of_something_is_said():
    assert percent_of(D(0), D(5)).value == 0
    assert growth(D(0), D(5)).value == -100
    assert times(D(0), D(5)).value == 0


def test_thirtyfold_is_a_ratio_of_thirty_and_growth_of_2900_percent():
    assert times(D(60), D(2)).value == 30
    assert growth(D(60), D(2)).value == 2900


@pytest.mark.parametrize(
    ("actual", "way", "value"),
    [("19.99", Way.GROWTH, Fraction("99.9")), ("20", Way.TIMES, 2), ("5", Way.GROWTH, -50)],
)
def test_from_twice_on_a_change_is_a_multiple(actual, way, value):
    found = change(D(actual), D(10))

    assert (found.way, found.value) == (way, value)


def test_where_folds_begin_is_handed_in():
    assert change(D(25), D(10), fold_from=Fraction(3)).value == 150


@pytest.mark.parametrize(
    ("actual", "base", "value"),
    [("86.50", "83.57", "2.93"), ("5", "-5", "10"), ("0", "0", "0"), ("3.1", "5", "-1.9")],
)
def test_shares_differ_by_points(actual, base, value):
    assert points(D(actual), D(base)).value == Fraction(value)


def test_points_need_both_shares():
    assert points(None, D(5)).unsaid is Unsaid.NO_VALUE
    assert points(D(5), None).unsaid is Unsaid.NO_BASE


def test_growth_a_year_is_compounded():
    assert a_year(D("146.41"), D(100), years=4).value == 10
    assert rounded(a_year(D(150), D(100), years=5).value, 4) == D("8.4472")
    assert rounded(a_year(D(50), D(100), years=2).value, 4) == D("-29.2893")
    assert a_year(D(0), D(100), years=3).value == -100
    assert a_year(D(5), D(4), years=0).unsaid is Unsaid.NO_TIME
    assert a_year(D(5), D(0), years=3).unsaid is Unsaid.ZERO_BASE


@settings(deadline=None)
@given(MANY, MANY)
def test_growth_and_percent_and_ratio_say_the_same(actual, base):
    ratio = times(actual, base).value

    assert percent_of(actual, base).value == ratio * 100
    assert growth(actual, base).value == ratio * 100 - 100
    assert ratio * Fraction(base) == Fraction(actual)
    assert a_year(actual, base, years=1).value == growth(actual, base).value


@settings(deadline=None)
@given(MANY, st.integers(1, 200), st.integers(1, 12))
def test_compounding_back_gives_the_result(base, percent, years):
    actual = Fraction(base) * Fraction(100 + percent, 100) ** years
    scale = 10 ** (2 * years + 2)

    found = a_year(D(int(actual * scale)), base * scale, years=years)

    assert found.value == percent


def test_what_is_over_a_limit_has_a_percentage_that_is_no_praise():
    assert rounded(percent_of(D(5), D(3)).value, 1) == D("166.7")
