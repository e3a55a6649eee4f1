"""What comes again is owed for every period of the calendar, once, by the day that was said."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotrinh.rules.deadlines import first_day, last_day
from lotrinh.rules.recurrence import MONTHS, by_when, has_periods, periods

DAYS = st.dates(min_value=date(2001, 1, 1), max_value=date(2090, 12, 31))
CODES = st.sampled_from(["weekly", *MONTHS])


def found(code: str, since: date, until: date) -> list[tuple[str, date]]:
    return [(one.key, one.due) for one in periods(code, since=since, until=until)]


def test_every_month_by_the_twentieth() -> None:
    assert found("monthly:20", date(2025, 1, 10), date(2025, 3, 1)) == [
        ("2025-01", date(2025, 1, 20)),
        ("2025-02", date(2025, 2, 20)),
        ("2025-03", date(2025, 3, 20)),
    ]


def test_the_month_in_which_it_was_given_too_late_is_not_owed() -> None:
    assert found("monthly:20", date(2025, 1, 21), date(2025, 2, 28)) == [
        ("2025-02", date(2025, 2, 20))
    ]


def test_a_day_that_the_month_has_not_is_its_last() -> None:
    assert found("monthly:31", date(2024, 2, 1), date(2024, 2, 1)) == [
        ("2024-02", date(2024, 2, 29))
    ]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("quarterly", [("2025-Q2", date(2025, 6, 30)), ("2025-Q3", date(2025, 9, 30))]),
        ("quarterly:25", [("2025-Q2", date(2025, 6, 25)), ("2025-Q3", date(2025, 9, 25))]),
        (
            "half-yearly",
            [("2025-01/2025-06", date(2025, 6, 30)), ("2025-07/2025-12", date(2025, 12, 31))],
        ),
        ("yearly", [("2025", date(2025, 12, 31))]),
        ("yearly:11-30", [("2025", date(2025, 11, 30))]),
        ("every-5-years", [("2021/2025", date(2025, 12, 31))]),
        ("continuous", []),
        ("daily", []),
        ("", []),
        ("monthly:x", []),
    ],
)
def test_what_is_owed_from_april_to_july(code: str, expected: list[tuple[str, date]]) -> None:
    assert found(code, date(2025, 4, 2), date(2025, 7, 1)) == expected


def test_weeks_begin_on_monday() -> None:
    assert found("weekly", date(2025, 6, 18), date(2025, 6, 23)) == [
        ("2025-06-16/2025-06-22", date(2025, 6, 22)),
        ("2025-06-23/2025-06-29", date(2025, 6, 29)),
    ]


def test_by_when_is_a_day_or_a_day_of_a_month() -> None:
    assert [by_when(code) for code in ("monthly", "monthly:5", "yearly:03-15")] == [
        None,
        (None, 5),
        (3, 15),
    ]


@given(CODES, DAYS, st.integers(0, 3000))
def test_periods_follow_each_other_without_gap_and_without_meeting(
    code: str, since: date, length: int
) -> None:
    until = since + timedelta(days=length)
    rows = list(periods(code, since=since, until=until))

    assert rows[0].first <= since <= rows[0].last
    assert rows[-1].first <= until <= rows[-1].last
    for earlier, later in pairwise(rows):
        assert later.first == earlier.last + timedelta(days=1)
    assert len({row.key for row in rows}) == len(rows)


@given(CODES, DAYS, st.integers(0, 800))
def test_a_period_bears_the_name_of_its_days(code: str, since: date, length: int) -> None:
    for row in periods(code, since=since, until=since + timedelta(days=length)):
        assert (first_day(row.key), last_day(row.key)) == (row.first, row.last)
        assert row.due == row.last


@given(st.sampled_from(["monthly", "quarterly"]), st.integers(1, 31), DAYS, st.integers(0, 800))
def test_each_is_due_within_its_own_days_and_not_before_it_was_given(
    base: str, day: int, since: date, length: int
) -> None:
    code = f"{base}:{day}"
    assert has_periods(code)
    for row in periods(code, since=since, until=since + timedelta(days=length)):
        assert row.first <= row.due <= row.last
        assert row.due >= since
        assert row.due.day == min(day, row.last.day)


@given(st.sampled_from(sorted(MONTHS)), DAYS, st.integers(0, 2000))
def test_asking_later_only_adds_periods(code: str, since: date, length: int) -> None:
    early = list(periods(code, since=since, until=since + timedelta(days=length // 2)))
    late = list(periods(code, since=since, until=since + timedelta(days=length)))

    assert late[: len(early)] == early
