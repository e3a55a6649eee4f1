"""What makes a duty binding, which steps lead where, and how it stands on a day: by example."""

from dataclasses import replace
from datetime import date

import pytest

from lotrinh.rules.clarities import Clarity, Terms, missing_clarities
from lotrinh.rules.duty_states import (
    BINDING,
    OPEN,
    SENT,
    TRANSITIONS,
    WHO,
    DutyState,
    Side,
    Step,
    side_of,
    steps_from,
)
from lotrinh.rules.standing import Standing, overdue_days, standing, standing_when_done

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


WORKED_ON = {
    "report": "accepted",
    "claim": "claimed",
    "ask": None,
    "hand": None,
    "suspend": "suspended",
    "transfer": "issued",
}
ON_THE_WAY = {
    "extend": None,
    "decline": None,
    "cancel": "cancelled",
    "instruct": None,
    "remind": None,
}
TABLE = {
    "draft": {"amend": None, "issue": "issued", "withdraw": "withdrawn", "spread": "spread"},
    "spread": {"gather": "draft"},
    "withdrawn": {},
    "issued": {
        "accept": "accepted",
        "refuse": "refusing",
        "gather": "withdrawn",
        **WORKED_ON,
        **ON_THE_WAY,
    },
    "refusing": {
        "release": "refused",
        "uphold": "accepted",
        "transfer": "issued",
        **ON_THE_WAY,
    },
    "refused": {},
    "accepted": {**WORKED_ON, **ON_THE_WAY},
    "claimed": {"verify": "done", "return": "returned", **ON_THE_WAY},
    "returned": {"contest": "contested", **WORKED_ON, **ON_THE_WAY, "report": None},
    "contested": {"overrule": "done", "dismiss": "returned", **ON_THE_WAY},
    "done": {"reopen": "returned"},
    "suspended": {"resume": "accepted", "transfer": "issued", **ON_THE_WAY},
    "cancelled": {},
}
"""Written by hand, state by state; None: the state stays. A step that appears appears here."""


def test_the_table_of_steps_is_exactly_this():
    assert dict(TRANSITIONS) == {
        (DutyState(state), Step(step)): DutyState(to or state)
        for state, steps in TABLE.items()
        for step, to in steps.items()
    }
    assert set(TABLE) == set(DutyState)


@pytest.mark.parametrize("state", DutyState)
def test_steps_from_a_state(state):
    assert {step.value for step in steps_from(state)} == set(TABLE[state])


def test_who_takes_a_step():
    ower = {"accept", "refuse", "report", "claim", "contest", "ask", "hand"}
    above = {"overrule", "dismiss"}

    assert {step.value for step in Step if WHO[step] is Side.OWER} == ower
    assert {step.value for step in Step if WHO[step] is Side.ABOVE} == above
    assert set(WHO) == set(Step)


@pytest.mark.parametrize(
    ("step", "extensions", "side"),
    [
        (Step.EXTEND, 0, Side.CREDITOR),
        (Step.EXTEND, 1, Side.ABOVE),
        (Step.DECLINE, 2, Side.ABOVE),
        (Step.VERIFY, 1, Side.CREDITOR),
        (Step.CLAIM, 1, Side.OWER),
    ],
)
def test_a_second_extension_is_judged_a_level_higher(step, extensions, side):
    assert side_of(step, extensions=extensions) is side


def test_what_counts_is_open_or_done():
    assert set(BINDING) == {*OPEN, DutyState.DONE}
    assert set(SENT) - set(BINDING) == {DutyState.REFUSED, DutyState.CANCELLED}
    assert set(DutyState) - set(SENT) == {
        DutyState.DRAFT,
        DutyState.SPREAD,
        DutyState.WITHDRAWN,
    }


@pytest.mark.parametrize(
    ("due", "handed_in_on", "found"),
    [
        (date(2024, 8, 6), date(2024, 8, 6), Standing.DONE_ON_TIME),
        (date(2024, 8, 6), date(2024, 8, 7), Standing.DONE_LATE),
        (None, date(2024, 8, 7), Standing.DONE_WITHOUT_DEADLINE),
    ],
)
def test_what_is_done_is_judged_by_the_day_of_the_claim(due, handed_in_on, found):
    assert standing_when_done(due, handed_in_on) is found
