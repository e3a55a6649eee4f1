"""A deadline binds by the last day of what the text names, and never by a day that it does not."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotrinh.rules.deadlines import end_of_week, last_day, states_a_day


@pytest.mark.parametrize(
    ("iso", "day"),
    [
        ("2024-05-09", date(2024, 5, 9)),
        ("2024-02", date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 28)),
        ("2024-12", date(2024, 12, 31)),
        ("2024-Q1", date(2024, 3, 31)),
        ("2024-Q2", date(2024, 6, 30)),
        ("2024-Q3", date(2024, 9, 30)),
        ("2024-Q4", date(2024, 12, 31)),
        ("2030", date(2030, 12, 31)),
        ("2021/2025", date(2025, 12, 31)),
        ("2024-07/2024-12", date(2024, 12, 31)),
        ("2024-06-15/2024-06-20", date(2024, 6, 20)),
        ("2023/2024-Q1", date(2024, 3, 31)),
    ],
)
def test_last_day_of_what_is_named(iso: str, day: date) -> None:
    assert last_day(iso) == day


@pytest.mark.parametrize(
    "iso",
    [
        "",
        "/",
        "2024/",
        "XXXX-05-09",
        "2024-13",
        "2024-00",
        "2024-Q5",
        "2024-Q0",
        "2023-02-29",
        "0000",
        "24-05-09",
        "2024-5-9",
        "20240509",
        "monthly",
        "2024-05-09T00:00",
        "٢٠٣٠-05-0a",
    ],
)
def test_what_names_no_day_gives_none(iso: str) -> None:
    assert last_day(iso) is None


@given(st.dates())
def test_a_day_is_its_own_last_day_and_ends_its_month_or_comes_before(day: date) -> None:
    assert last_day(day.isoformat()) == day
    assert last_day(f"{day.year:04}-{day.month:02}") >= day
    assert last_day(f"{day.year:04}") == date(day.year, 12, 31)


@given(st.dates(max_value=date(9999, 12, 20)))
def test_a_week_ends_on_a_sunday_within_six_days(day: date) -> None:
    end = end_of_week(day)

    assert end.isoweekday() == 7
    assert timedelta(0) <= end - day <= timedelta(days=6)


def test_only_a_full_date_states_a_day() -> None:
    stated = [iso for iso in ("2024-05-09", "2024-05", "2030", "XXXX-05-09") if states_a_day(iso)]

    assert stated == ["2024-05-09"]
