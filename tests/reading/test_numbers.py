"""Numerals with dots and commas, and the vote that settles what they mean."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotrinh.reading.numbers import decimal_sign, parse_numeral
from lotrinh.reading.text import fold


@pytest.mark.parametrize(
    ("numeral", "sign", "value"),
    [
        ("29.000", ",", "29000"),
        ("29,000", ".", "29000"),
        ("45,37", ",", "45.37"),
        ("45.37", ".", "45.37"),
        ("2.550,259", ",", "2550.259"),
        ("1,234.5", ".", "1234.5"),
        ("1.234.567", ".", "1234567"),
        ("492,309", ".", "492309"),
        ("492,309", ",", "492.309"),
        ("0,125", ".", "0.125"),
        ("120.5", ",", "120.5"),
        ("09", ",", "9"),
    ],
)
def test_one_numeral(numeral: str, sign: str, value: str) -> None:
    assert parse_numeral(numeral, sign) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "vietnamese", "sign"),
    [
        ("đạt 120,5% và 1.234.567 người", True, ","),
        ("reached 120.5% and 1,234,567 people", False, "."),
        ("68.457", True, ","),
        ("68,457", False, "."),
        ("1,234,567 people at 45.3%", True, "."),
    ],
)
def test_the_numerals_of_a_text_vote(text: str, vietnamese: bool, sign: str) -> None:
    assert decimal_sign(fold(text), vietnamese) == sign


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_what_is_printed_in_either_language_is_read_back(value: Decimal) -> None:
    english = f"{value:,.2f}"
    vietnamese = english.translate(str.maketrans(",.", ".,"))
    assert parse_numeral(english, ".") == parse_numeral(vietnamese, ",") == value
