"""Laws of adding up, for any history that the table of steps allows."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotrinh.rules.duty_states import BINDING, SENT, TRANSITIONS, DutyState, Step, steps_from
from lotrinh.rules.standing import Standing
from lotrinh.rules.tally import Aside, Course, Mark, Taken, Tally, class_of, marks_of, tally

FIRST = date(2023, 1, 1)
DAYS = 730


def walk(chance):
    """Return any history that may happen, from the draft on, with days that never go back."""
    due = FIRST + timedelta(chance.randrange(DAYS)) if chance.random() < 0.8 else None
    state, day, deadline, taken = DutyState.DRAFT, FIRST, due, []
    for _ in range(chance.randrange(1, 14)):
        open_steps = steps_from(state)
        if not open_steps:
            break
        step = Step.ISSUE if state is DutyState.DRAFT else chance.choice(open_steps)
        day += timedelta(chance.choice((0, 0, 1, 5, 30, 90)))
        until = None
        if step is Step.EXTEND:
            if deadline is None:
                continue
            until = deadline = deadline + timedelta(chance.randrange(1, 60))
        state = TRANSITIONS[state, step]
        taken.append(Taken(step, state, day, until))
    return Course(due, tuple(taken))


def check(seed, many):
    chance = random.Random(seed)  # noqa: S311
    duties = [(chance.choice("abc"), walk(chance)) for _ in range(many)]
    on = FIRST + timedelta(chance.randrange(DAYS))
    whole = tally(class_of(course, on) for _, course in duties)
    parts = Tally()
    for unit in "abc":
        own = [course for owner, course in duties if owner == unit]
        part = tally(class_of(course, on) for course in own)
        assert part.total == sum(course.by(on).state in BINDING for course in own)
        assert part.done == sum(course.by(on).state is DutyState.DONE for course in own)
        parts += part
    assert parts == whole
    assert whole.total + whole.refused + whole.cancelled == sum(
        course.by(on).state in SENT for _, course in duties
    )
    chance.shuffle(duties)
    assert tally(class_of(course, on) for _, course in duties) == whole
    for _, course in duties:
        check_one(course, on)


def check_one(course, on):
    state, found, marks = course.by(on).state, class_of(course, on), marks_of(course, on)
    assert (found is None) == (state not in SENT)
    assert (found is Aside.CANCELLED) == (state is DutyState.CANCELLED)
    if state is DutyState.CANCELLED:
        assert not marks
    if state is DutyState.SUSPENDED:
        assert str(found).startswith("open") and Mark.SUSPENDED in marks
    if Mark.DUE_SOON in marks:
        assert found is Standing.OPEN_IN_TERM


@pytest.mark.parametrize("seed", range(10))
def test_the_classes_add_up_in_every_part_of_three_hundred_histories(seed):
    check(seed, 30)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 140))
def test_the_classes_add_up_in_every_part_of_ten_thousand_histories(seed):
    check(seed, 300)


_tallies = st.builds(
    Tally,
    st.dictionaries(st.sampled_from(Standing), st.integers(0, 9)),
    st.integers(0, 9),
    st.integers(0, 9),
)


@given(_tallies, _tallies, _tallies)
def test_tallies_are_added_in_any_order(one, two, three):
    assert one + two == two + one
    assert (one + two) + three == one + (two + three)
    assert (one + two).total == one.total + two.total
