"""How often a program may ask: a store that fills again as time passes."""

from datetime import UTC, datetime, timedelta

import pytest

from lotrinh.rules.allowance import USUAL, Allowance

THEN = datetime(2024, 8, 7, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("held", "seconds", "left"),
    [(0.0, 0, 0.0), (0.0, 1, 2.0), (119.0, 10, 120.0), (3.5, 0.25, 4.0), (0.0, -1, 120.0)],
)
def test_the_store_fills_with_time_and_never_over_its_brim(held, seconds, left):
    at = THEN + timedelta(seconds=seconds)

    assert USUAL.left(held, since=THEN, at=at) == left


@pytest.mark.parametrize(("left", "wait"), [(0.0, 1), (0.9, 1), (-1.0, 1)])
def test_nobody_is_told_to_wait_for_less_than_a_second(left, wait):
    assert USUAL.wait(left) == wait


def test_a_slow_store_says_for_how_long():
    assert Allowance(most=10, per_second=0.1).wait(0.5) == 5
