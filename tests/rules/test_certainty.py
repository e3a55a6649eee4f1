"""Shares, their intervals and their bands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotrinh.rules.certainty import Share, band, wilson


@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (29, 30, 0.8333, 0.9941),
        (50, 100, 0.4038, 0.5962),
    ],
)
def test_the_interval_is_that_of_the_tables(right, total, low, high):
    assert [round(end, 4) for end in wilson(right, total)] == [low, high]


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_share_lies_in_its_interval_and_more_decisions_narrow_it(counts):
    right, total = counts
    low, high = wilson(right, total)

    assert 0 <= low <= right / total + 1e-12
    assert right / total - 1e-12 <= high <= 1
    closer = wilson(right * 4, total * 4)
    assert closer[1] - closer[0] < high - low


@pytest.mark.parametrize(
    ("share", "word"),
    [(1.0, "high"), (0.97, "high"), (0.9699, "medium"), (0.85, "medium"), (0.8, "low")],
)
def test_the_bands(share, word):
    assert band(share) == word


def test_thirty_are_enough():
    assert not Share(29, 29).is_measured
    assert Share(0, 30).is_measured
