"""A number of a sheet is taken as it is, and asked about where the sheet may have changed it."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lotrinh.rules.amounts_typed import CellUnit, NoFigure
from lotrinh.rules.figures_in_sheets import read_number, read_share
from lotrinh.rules.figures_typed import Read, TypedFigure, TypedQuestion, TypedRefusal

D = Decimal
PLAIN = CellUnit("km")
COUNT = CellUnit("visit", is_whole=True)
BILLIONS = CellUnit("VND", scale=D(10) ** 9)
PERCENT = CellUnit("%")
PAIR = CellUnit("task", is_pair=True)


@pytest.mark.parametrize(
    ("number", "unit", "text", "value"),
    [
        (68.457, PLAIN, "68.457", "68.457"),  # no thousands in any language
        (1270.0, COUNT, "1270", "1270"),
        (1270, COUNT, "1270", "1270"),
        (0.1 + 0.2, PLAIN, "0.3", "0.3"),
        (45.37, BILLIONS, "45.37", "45370000000"),
        (-5.5, PLAIN, "-5.5", "-5.5"),
        (0.0, PERCENT, "0", "0"),
        (120.5, PERCENT, "120.5", "120.5"),
        (2.01, PERCENT, "2.01", "2.01"),
        (1e21, PLAIN, "1e+21", "1000000000000000000000"),
    ],
)
def test_a_number_is_itself(number, unit, text, value):
    assert read_number(number, unit=unit) == TypedFigure(text, Read(D(value)))


@pytest.mark.parametrize(
    ("number", "readings"),
    [(1.205, ("120.5", "1.205")), (2, ("200", "2")), (-0.03, ("-3", "-0.03"))],
)
def test_a_percentage_that_may_be_a_share_is_asked_about(number, readings):
    found = read_number(number, unit=PERCENT)

    assert isinstance(found, TypedQuestion)
    assert found.readings == tuple(Read(D(value)) for value in readings)


@pytest.mark.parametrize(
    ("number", "unit", "why"),
    [
        (2.5, COUNT, NoFigure.NOT_WHOLE),
        (0.1234567, PLAIN, NoFigure.TOO_FINE),
        (1e24, PLAIN, NoFigure.TOO_LONG),
        (float("nan"), PLAIN, NoFigure.NO_NUMBER),
        (float("inf"), PLAIN, NoFigure.NO_NUMBER),
        (18.0, PAIR, NoFigure.NO_DENOMINATOR),
    ],
)
def test_what_cannot_be_a_figure_of_the_cell_is_refused(number, unit, why):
    found = read_number(number, unit=unit)

    assert isinstance(found, TypedRefusal)
    assert found.why is why


@settings(deadline=None)
@given(st.decimals(-(10**9), 10**9, places=3))
def test_what_was_typed_into_the_sheet_comes_out(value):
    assert read_number(float(value), unit=PLAIN).read.value == value


@pytest.mark.parametrize(
    ("number", "text", "value"),
    [
        (1.205, "120.5%", "120.5"),
        (0.97, "97%", "97"),
        (30.0, "3000%", "3000"),
        (-0.005, "-0.5%", "-0.5"),
        (0.0, "0%", "0"),
        (0.1 + 0.2, "30%", "30"),
    ],
)
def test_a_number_that_is_shown_in_percent_is_so_many_hundredths(number, text, value):
    assert read_share(number, unit=PERCENT) == TypedFigure(text, Read(D(value)))


@pytest.mark.parametrize(
    ("number", "unit", "why"),
    [
        (0.5, COUNT, NoFigure.PERCENT),
        (0.5, PAIR, NoFigure.PERCENT),
        (float("nan"), PERCENT, NoFigure.NO_NUMBER),
        (1e-9, PERCENT, NoFigure.TOO_FINE),
        (1e23, PERCENT, NoFigure.TOO_LONG),
    ],
)
def test_a_share_of_what_is_not_counted_in_percent_is_refused(number, unit, why):
    found = read_share(number, unit=unit)

    assert isinstance(found, TypedRefusal)
    assert found.why is why
