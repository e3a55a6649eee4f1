"""Where a series of numbers begins again, and what is missing in it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotrinh.rules.series import (
    Term,
    is_mixed,
    missing_beside,
    missing_between,
    suffix_of,
    term_on,
)

OLD = Term("XII", begins_on=date(2016, 1, 29), ends_on=date(2021, 2, 1))
MIDDLE = Term("XIII", begins_on=date(2021, 2, 2))
NEW = Term("XIV", begun_by=date(2026, 1, 23))


@pytest.mark.parametrize(
    ("terms", "day", "code"),
    [
        ((OLD, MIDDLE), date(2021, 2, 1), "XII"),
        ((OLD, MIDDLE), date(2021, 2, 2), "XIII"),
        ((OLD, MIDDLE), date(2015, 1, 1), None),
        ((OLD, MIDDLE, NEW), date(2026, 1, 23), "XIV"),
        ((OLD, MIDDLE, NEW), date(2026, 1, 22), None),  # when the congress closed is not entered
        ((OLD, MIDDLE, Term("XIV", begins_on=date(2026, 1, 20))), date(2026, 1, 19), "XIII"),
        ((Term("XII"), Term("XIII"), NEW), date(2023, 11, 24), None),
        ((), date(2023, 11, 24), None),
    ],
)
def test_a_day_lies_in_a_term_only_where_that_is_certain(terms, day, code):
    found = term_on(terms, day)

    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("number", "suffix"),
    [
        ("24-CT/TU", "TU"),
        ("402-CV/VPĐU", "VPĐU"),
        ("176/KH-UBND", "UBND"),
        ("10/2016/TT-BTTTT", "BTTTT"),
        ("1656/NQ-UBTVQH15", "UBTVQH15"),
        ("7323/UBND-TH", "UBND"),
        ("1552/BTTTT-TTH", "BTTTT"),
        ("02/QĐ-TCT", "TCT"),
        ("no number", ""),
    ],
)
def test_the_suffix_is_what_stands_for_the_issuer(number, suffix):
    assert suffix_of(number) == suffix


@pytest.mark.parametrize(
    ("printed", "system", "mixed"),
    [
        ("06/Ctr-TU", "party", True),
        ("06-Ctr-TU", "party", False),
        ("102-KH-UBND", "state", True),
        ("281/KH–UBND", "state", False),
        ("45- NQ/TW", "party", False),
        ("66/ 2023/NĐ-CP", "state", False),
        ("không có số", "state", False),
    ],
)
def test_the_order_of_the_other_system_is_noticed(printed, system, mixed):
    assert is_mixed(printed, system) is mixed


@given(st.sets(st.integers(1, 400), min_size=1))
def test_law_known_and_missing_fill_the_series_without_overlap(known):
    missing = [n for first, last in missing_between(known) for n in range(first, last + 1)]

    assert sorted([*known, *missing]) == list(range(min(known), max(known) + 1))


@given(st.sets(st.integers(1, 60)), st.integers(1, 60))
def test_law_what_is_missing_beside_a_number_is_part_of_what_is_missing(known, own):
    beside = missing_beside(known, own)

    assert set(beside) <= set(missing_between([*known, own]))
    assert len(beside) <= 2
