"""The ladder of reminders: each rung once, in order, one a day; none where nobody is to move."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotrinh.rules.duty_states import DutyState
from lotrinh.rules.reminders import REMINDED, Informed, Rung, ladder_for, rung_reached

DUE = date(2024, 8, 10)
TOLD = (Informed.PERSON,)
LADDER = (
    Rung("soon", -3, TOLD),
    Rung("late", 1, TOLD),
    Rung("first", 4, TOLD),
    Rung("second", 8, TOLD),
    Rung("third", 12, TOLD),
    Rung("above", 15, (Informed.ABOVE,)),
)


def climb(days, *, due=DUE, state=DutyState.ACCEPTED, climbed=None):
    """Let a duty climb on each of the days, and return on which it climbed what."""
    climbed = dict(climbed or {})
    for on in days:
        rung = rung_reached(LADDER, state=state, due=due, climbed=climbed, on=on)
        if rung is not None:
            assert rung.code not in climbed
            climbed[rung.code] = on
    return climbed


def every_day(first, count):
    return [first + timedelta(days=n) for n in range(count)]


def test_one_rung_after_the_other_on_its_day():
    assert climb(every_day(date(2024, 8, 1), 40)) == {
        "soon": date(2024, 8, 7),
        "late": date(2024, 8, 11),
        "first": date(2024, 8, 14),
        "second": date(2024, 8, 18),
        "third": date(2024, 8, 22),
        "above": date(2024, 8, 25),
    }


def test_missed_days_are_caught_up_without_naming_anybody_above_first():
    assert climb(every_day(date(2024, 12, 1), 40)) == {
        "late": date(2024, 12, 1),
        "first": date(2024, 12, 4),
        "second": date(2024, 12, 8),
        "third": date(2024, 12, 12),
        "above": date(2024, 12, 15),
    }


def test_a_late_warning_does_not_hold_up_the_notice_that_it_is_overdue():
    days = [date(2024, 8, 10), date(2024, 8, 11)]

    assert climb(days) == {"soon": days[0], "late": days[1]}


@pytest.mark.parametrize("state", sorted(set(DutyState) - set(REMINDED)))
def test_none_where_it_is_not_for_the_unit_to_move(state):
    assert climb(every_day(date(2024, 8, 1), 60), state=state) == {}


def test_none_without_a_deadline():
    assert climb(every_day(date(2024, 8, 1), 60), due=None) == {}


def test_a_kind_with_rungs_of_its_own_has_those_alone():
    own = Rung("soon", -10, TOLD, kind="report")

    assert ladder_for("report", (*LADDER, own)) == (own,)
    assert ladder_for("task", (own, *reversed(LADDER))) == LADDER


@given(st.lists(st.integers(-20, 200), unique=True).map(sorted))
def test_whatever_days_are_missed_the_rungs_come_in_order_and_one_a_day(offsets):
    climbed = climb([DUE + timedelta(days=n) for n in offsets])

    codes = [rung.code for rung in LADDER if rung.code in climbed]
    assert list(climbed) == codes
    assert len(set(climbed.values())) == len(climbed)
    assert "above" not in climbed or {"late", "first", "second", "third"} <= set(climbed)
    assert all(
        climbed[rung.code] >= DUE + timedelta(days=rung.days)
        for rung in LADDER
        if rung.code in climbed
    )
    late = [(rung, climbed[rung.code]) for rung in LADDER[1:] if rung.code in climbed]
    for (lower, before), (higher, after) in pairwise(late):
        assert (after - before).days >= higher.days - lower.days
