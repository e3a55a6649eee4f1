"""Days on which offices work: the week, less what is free, plus what is worked instead."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotrinh.rules.working_days import WorkingDays

TET = WorkingDays(
    holidays=frozenset(date(2025, 1, 25) + timedelta(days=n) for n in range(9)),
    worked=frozenset({date(2025, 4, 26)}),
)
"""The nine days of Tết 2025, and the Saturday that was worked for 2 May."""

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31))
CALENDARS = st.builds(
    WorkingDays,
    holidays=st.frozensets(DAYS, max_size=40),
    worked=st.frozensets(DAYS, max_size=40),
)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2025, 6, 13), True),  # Friday
        (date(2025, 6, 14), False),  # Saturday
        (date(2025, 6, 15), False),  # Sunday
        (date(2025, 1, 27), False),  # Monday in Tết
        (date(2025, 4, 26), True),  # Saturday, worked instead
    ],
)
def test_a_week_has_five_days_but_for_what_the_calendar_says(day: date, works: bool) -> None:
    assert TET.works_on(day) is works


def test_a_day_that_is_both_is_free() -> None:
    both = frozenset({date(2025, 4, 26)})

    assert not WorkingDays(holidays=both, worked=both).works_on(date(2025, 4, 26))


@pytest.mark.parametrize(
    ("day", "count", "last"),
    [
        (date(2025, 6, 10), 0, date(2025, 6, 10)),
        (date(2025, 6, 10), 1, date(2025, 6, 11)),
        (date(2025, 6, 13), 1, date(2025, 6, 16)),  # Friday to Monday
        (date(2025, 6, 13), 5, date(2025, 6, 20)),
        (date(2025, 1, 24), 1, date(2025, 2, 3)),  # the day before Tết to the day after
        (date(2025, 1, 22), 5, date(2025, 2, 5)),
        (date(2025, 4, 25), 1, date(2025, 4, 26)),  # the swapped Saturday counts
    ],
)
def test_working_days_are_counted_from_the_day_after(day: date, count: int, last: date) -> None:
    assert TET.after(day, count) == last


def test_no_working_days_are_counted_backwards() -> None:
    with pytest.raises(ValueError, match="-1"):
        TET.after(date(2025, 6, 10), -1)


@given(CALENDARS, DAYS, st.integers(min_value=1, max_value=60))
def test_the_nth_working_day_is_one_and_n_lie_up_to_it(
    calendar: WorkingDays, day: date, count: int
) -> None:
    last = calendar.after(day, count)

    assert calendar.works_on(last)
    assert calendar.count(day, last) == count


@given(CALENDARS, DAYS)
def test_the_next_working_day_skips_only_days_off(calendar: WorkingDays, day: date) -> None:
    found = calendar.next_from(day)

    assert calendar.works_on(found)
    between = [day + timedelta(days=n) for n in range((found - day).days)]
    assert not any(calendar.works_on(skipped) for skipped in between)
    assert calendar.next_from(found) == found


@given(CALENDARS, DAYS, st.integers(1, 30), st.integers(1, 30))
def test_counting_on_from_where_one_stopped_is_counting_once(
    calendar: WorkingDays, day: date, first: int, more: int
) -> None:
    assert calendar.after(calendar.after(day, first), more) == calendar.after(day, first + more)
