"""What makes a duty binding, which steps lead where, and how it stands on a day: by example."""

from dataclasses import replace
from datetime import date

import pytest

from lotrinh.rules.clarities import Clarity, Terms, missing_clarities
from lotrinh.rules.duty_states import TRANSITIONS, DutyState, Step, steps_from
from lotrinh.rules.standing import Standing, overdue_days, standing

CLEAR = Terms(
    lead=True,
    person=True,
    work="Xây dựng kế hoạch",
    due=date(2024, 9, 30),
    recurrence="",
    responsibility="Chủ trì",
    deliverable="Kế hoạch",
    authority="Chủ tịch",
)
NOTHING = Terms(
    lead=False,
    person=False,
    work="",
    due=None,
    recurrence="",
    responsibility="",
    deliverable="",
    authority="",
)


def test_a_duty_that_says_everything_lacks_nothing():
    assert missing_clarities(CLEAR) == ()


def test_a_duty_that_says_nothing_lacks_all_six_in_their_order():
    assert missing_clarities(NOTHING) == (
        Clarity.PERSON,
        Clarity.WORK,
        Clarity.TIME,
        Clarity.RESPONSIBILITY,
        Clarity.DELIVERABLE,
        Clarity.AUTHORITY,
    )


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"person": False}, (Clarity.PERSON,)),
        ({"lead": False}, (Clarity.PERSON, Clarity.RESPONSIBILITY)),
        ({"work": " \n"}, (Clarity.WORK,)),
        ({"due": None}, (Clarity.TIME,)),
        ({"due": None, "recurrence": "hằng tháng"}, ()),
        ({"due": None, "recurrence": "  "}, (Clarity.TIME,)),
        ({"responsibility": ""}, (Clarity.RESPONSIBILITY,)),
        ({"deliverable": "\t"}, (Clarity.DELIVERABLE,)),
        ({"authority": ""}, (Clarity.AUTHORITY,)),
    ],
)
def test_each_clarity_is_missed_by_name(change, missing):
    assert missing_clarities(replace(CLEAR, **change)) == missing


@pytest.mark.parametrize(
    ("due", "on", "expected"),
    [
        (None, date(2024, 8, 7), Standing.OPEN_WITHOUT_DEADLINE),
        (date(2024, 8, 8), date(2024, 8, 7), Standing.OPEN_IN_TERM),
        (date(2024, 8, 7), date(2024, 8, 7), Standing.OPEN_IN_TERM),
        (date(2024, 8, 6), date(2024, 8, 7), Standing.OPEN_OVERDUE),
        (date(2023, 12, 31), date(2024, 1, 1), Standing.OPEN_OVERDUE),
    ],
)
def test_a_duty_is_overdue_from_the_day_after_its_deadline(due, on, expected):
    assert standing(due, on) is expected


@pytest.mark.parametrize(
    ("due", "on", "days"),
    [
        (date(2024, 8, 7), date(2024, 8, 7), 0),
        (date(2024, 8, 6), date(2024, 8, 7), 1),
        (date(2024, 2, 28), date(2024, 3, 1), 2),
        (date(2024, 8, 9), date(2024, 8, 7), 0),
    ],
)
def test_days_of_delay_are_calendar_days(due, on, days):
    assert overdue_days(due, on) == days


def test_the_table_of_steps_is_exactly_this():
    assert dict(TRANSITIONS) == {
        (DutyState.DRAFT, Step.AMEND): DutyState.DRAFT,
        (DutyState.DRAFT, Step.ISSUE): DutyState.ISSUED,
        (DutyState.DRAFT, Step.WITHDRAW): DutyState.WITHDRAWN,
    }


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        (DutyState.DRAFT, (Step.AMEND, Step.ISSUE, Step.WITHDRAW)),
        (DutyState.ISSUED, ()),
        (DutyState.WITHDRAWN, ()),
    ],
)
def test_steps_from_a_state(state, steps):
    assert steps_from(state) == steps
