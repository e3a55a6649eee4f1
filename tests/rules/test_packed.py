"""Packed rows are added without a lane touching another, and kept without losing a bit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotrinh.rules.packed import (
    MOST,
    ROOT,
    AboveEachOther,
    fold,
    fold_one,
    from_bytes,
    order_of,
    packed,
    risen,
    to_bytes,
    unpacked,
)

_numbers = st.integers(1 - MOST, MOST - 1)
_rows = st.lists(st.tuples(_numbers, _numbers, _numbers), min_size=1, max_size=20)


@given(_rows)
def test_rows_are_added_lane_by_lane(rows):
    total = sum(packed(row) for row in rows)

    assert unpacked(total, 3) == [sum(lane) for lane in zip(*rows, strict=True)]
    assert from_bytes(to_bytes(total, 3)) == total


def test_a_lane_holds_the_sum_of_a_hundred_million_rows():
    row = packed([MOST - 1, 1 - MOST, MOST - 1])

    assert unpacked(row * 134_000_000, 3) == [
        134_000_000 * (MOST - 1) * sign for sign in (1, -1, 1)
    ]
    assert len(to_bytes(row, 3)) == 48


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="30 digits"):
        packed([MOST])
    with pytest.raises(ValueError, match="no whole lanes"):
        from_bytes(b"123")
    assert unpacked(packed([]), 0) == []


def test_a_tree_is_folded_and_rises_by_the_same():
    parents = [ROOT, 0, 1, 0, ROOT]
    rows = [packed([one, -one]) for one in (1, 10, 100, 1000, 5)]

    totals = fold(parents, order_of(parents), rows)

    assert [unpacked(one, 2)[0] for one in totals] == [1111, 110, 100, 1000, 5]
    assert [unpacked(one, 2)[1] for one in totals] == [-1111, -110, -100, -1000, -5]
    change = packed([7, 0])
    assert risen(parents, {2: change, 1: change}) == {2: change, 1: 2 * change, 0: 2 * change}


def test_units_above_each_other_are_refused():
    with pytest.raises(AboveEachOther):
        order_of([ROOT, 2, 1])


def test_the_highest_and_the_lowest_pass_over_those_who_have_none():
    parents = [ROOT, 0, 1, 0, 3]
    numbers = [None, 4, 9, None, None]

    assert fold_one(parents, order_of(parents), numbers, max) == [9, 9, 9, None, None]
    assert fold_one(parents, order_of(parents), numbers, min) == [4, 4, 9, None, None]
