"""Laws of the life of a duty, for any words, any day and any state."""

from collections import Counter
from dataclasses import fields, replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from lotrinh.rules.clarities import Clarity, Terms, missing_clarities
from lotrinh.rules.duty_states import BINDING, TRANSITIONS, DutyState, Step, steps_from
from lotrinh.rules.standing import Standing, overdue_days, standing

days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
words = st.text(max_size=6)
terms = st.builds(
    Terms,
    lead=st.booleans(),
    person=st.booleans(),
    work=words,
    due=st.none() | days,
    recurrence=words,
    responsibility=words,
    deliverable=words,
    authority=words,
)
SAYING = {
    "lead": True,
    "person": True,
    "work": "việc",
    "due": date(2024, 1, 1),
    "recurrence": "hằng quý",
    "responsibility": "chủ trì",
    "deliverable": "báo cáo",
    "authority": "quận",
    "leader": True,
}


@given(terms, st.sampled_from([field.name for field in fields(Terms)]))
def test_saying_more_never_makes_a_duty_less_clear(before, name):
    after = replace(before, **{name: SAYING[name]})

    assert set(missing_clarities(after)) <= set(missing_clarities(before))


@given(terms)
def test_what_is_missing_is_told_once_each_and_in_the_order_of_the_six(found):
    missing = missing_clarities(found)

    assert list(missing) == [clarity for clarity in Clarity if clarity in missing]


@given(terms)
def test_saying_everything_makes_any_duty_clear(found):
    assert missing_clarities(replace(found, **SAYING)) == ()


@given(st.lists(st.none() | days), days)
def test_standings_divide_any_population_into_disjoint_classes_that_add_up(deadlines, on):
    classes = Counter(standing(due, on) for due in deadlines)

    assert set(classes) <= set(Standing)
    assert sum(classes.values()) == len(deadlines)
    assert classes[Standing.OPEN_WITHOUT_DEADLINE] == deadlines.count(None)


@given(days, days, days)
def test_what_is_overdue_stays_overdue_as_days_go_by(due, one, other):
    earlier, later = sorted((one, other))

    if standing(due, earlier) is Standing.OPEN_OVERDUE:
        assert standing(due, later) is Standing.OPEN_OVERDUE
    assert overdue_days(due, earlier) <= overdue_days(due, later)


@given(days, days)
def test_overdue_means_at_least_one_day_of_delay(due, on):
    assert (standing(due, on) is Standing.OPEN_OVERDUE) == (overdue_days(due, on) > 0)


@given(st.lists(st.sampled_from(Step), max_size=30))
def test_any_sequence_of_open_steps_stays_in_the_table_and_never_unbinds_silently(steps):
    """What was issued once is never a draft again, and leaves what counts by one of three ways."""
    state, bound, ended = DutyState.DRAFT, False, False
    for step in steps:
        if step not in steps_from(state):
            assert (state, step) not in TRANSITIONS
            continue
        assert not ended
        before, state = state, TRANSITIONS[state, step]
        bound = bound or state in BINDING
        if bound and state not in BINDING:
            assert step is Step.CANCEL or (before, step) in {
                (DutyState.REFUSING, Step.RELEASE),
                (DutyState.ISSUED, Step.GATHER),  # before anybody acted
            }
            ended = True
        assert state is not DutyState.DRAFT or not bound
        assert state is not DutyState.DONE or before in {
            DutyState.CLAIMED,
            DutyState.CONTESTED,
        }
