"""The table of deadlines as Party and State texts write them, row by row; and its laws."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotrinh.rules.deadlines import first_day, last_day
from lotrinh.rules.due_days import (
    Before,
    Counting,
    Due,
    Precision,
    Stated,
    due_of,
    in_year,
    is_soon,
    precision_of,
)
from lotrinh.rules.working_days import WorkingDays

ISSUED = date(2025, 2, 10)
PLAIN = Counting()
TET = WorkingDays(holidays=frozenset(date(2025, 1, 25) + timedelta(days=n) for n in range(9)))
P = Precision


def due(
    stated: Stated,
    *,
    counting: Counting = PLAIN,
    issued_on: date | None = ISSUED,
    counts_from: date | None = None,
    calendar: WorkingDays = TET,
) -> Due:
    return due_of(
        stated,
        issued_on=issued_on,
        counts_from=counts_from,
        counting=counting,
        calendar=calendar,
    )


@pytest.mark.parametrize(
    ("iso", "day", "precision"),
    [
        ("2025-06-15", date(2025, 6, 15), P.DAY),
        ("2025-06", date(2025, 6, 30), P.MONTH),
        ("2025-Q2", date(2025, 6, 30), P.QUARTER),
        ("2025", date(2025, 12, 31), P.YEAR),
    ],
)
def test_what_is_named_is_due_on_its_last_day(iso: str, day: date, precision: P) -> None:
    assert due(Stated(iso)) == Due(day, precision)


@pytest.mark.parametrize("before", list(Before))
@pytest.mark.parametrize(
    ("iso", "day"),
    [
        ("2025-06-15", date(2025, 6, 14)),
        ("2025-Q2", date(2025, 3, 31)),
        ("2025-06", date(2025, 5, 31)),
        ("2025", date(2024, 12, 31)),
        ("2025-01-01", date(2024, 12, 31)),
    ],
)
def test_before_it_is_the_day_before_it_begins_by_either_setting(
    iso: str, day: date, before: Before
) -> None:
    assert due(Stated(iso, is_before=True), counting=Counting(before=before)).day == day


def test_a_range_is_due_at_its_end_and_says_when_it_begins() -> None:
    assert due(Stated("2025/2026")) == Due(date(2026, 12, 31), P.RANGE, since=date(2025, 1, 1))


def test_an_open_range_is_due_at_first_and_then_every_year() -> None:
    assert due(Stated("2025", is_open=True)) == Due(
        date(2025, 12, 31), P.OPEN_RANGE, since=date(2025, 1, 1), recurrence="yearly"
    )


def test_what_goes_on_all_the_time_has_no_day() -> None:
    assert due(Stated(recurrence="continuous")) == Due(None, P.CONTINUOUS, recurrence="continuous")


def test_what_goes_on_until_a_year_ends_with_it() -> None:
    assert due(Stated("2025", recurrence="continuous")) == Due(
        date(2025, 12, 31), P.CONTINUOUS, recurrence="continuous"
    )


@pytest.mark.parametrize("code", ["yearly", "half-yearly", "quarterly", "monthly", "monthly:20"])
def test_what_comes_again_has_no_day_of_its_own(code: str) -> None:
    assert due(Stated(recurrence=code)) == Due(None, P.RECURRING, recurrence=code)


def test_what_comes_again_until_a_year_ends_with_it() -> None:
    assert due(Stated("2030", recurrence="quarterly")) == Due(
        date(2030, 12, 31), P.RECURRING, recurrence="quarterly"
    )


@pytest.mark.parametrize(
    ("stated", "event", "day"),
    [
        (Stated(days=5, are_working=True), date(2025, 6, 13), date(2025, 6, 20)),
        (Stated(days=5, are_working=True), date(2025, 1, 22), date(2025, 2, 5)),  # over Tết
        (Stated(days=5), date(2025, 6, 2), date(2025, 6, 9)),  # Saturday 7th, so Monday
        (Stated(days=10), date(2025, 6, 2), date(2025, 6, 12)),
        (Stated("2025-06-13", days=1, are_working=True), None, date(2025, 6, 16)),
    ],
)
def test_days_are_counted_from_the_event(stated: Stated, event: date | None, day: date) -> None:
    found = due(stated, counts_from=event)

    assert (found.day, found.precision) == (day, P.RELATIVE)
    assert found.since == (event or date(2025, 6, 13))


def test_days_from_an_event_that_is_not_known_give_no_day() -> None:
    assert due(Stated(days=5, are_working=True)) == Due(None, P.RELATIVE)


@pytest.mark.parametrize(
    ("issued_on", "day"),
    [
        (date(2025, 2, 10), date(2025, 6, 15)),
        (date(2025, 6, 15), date(2025, 6, 15)),
        (date(2025, 6, 16), date(2026, 6, 15)),
    ],
)
def test_a_day_without_a_year_is_the_next_one_after_the_document(
    issued_on: date, day: date
) -> None:
    assert due(Stated("XXXX-06-15"), issued_on=issued_on) == Due(day, P.DAY, is_inferred=True)


def test_before_a_day_without_a_year() -> None:
    assert due(Stated("XXXX-06-15", is_before=True)) == Due(
        date(2025, 6, 14), P.DAY, is_inferred=True
    )


def test_a_day_without_a_year_in_an_undated_document_stays_unknown() -> None:
    assert due(Stated("XXXX-06-15"), issued_on=None) == Due(None, P.DAY)


def test_29_february_waits_for_a_leap_year() -> None:
    assert in_year("XXXX-02-29", issued_on=date(2025, 1, 1)) == "2028-02-29"


def test_a_month_and_a_range_without_a_year_get_one() -> None:
    assert due(Stated("XXXX-06")) == Due(date(2025, 6, 30), P.MONTH, is_inferred=True)
    assert due(Stated("XXXX-01/XXXX-06")) == Due(
        date(2025, 6, 30), P.RANGE, since=date(2025, 1, 1), is_inferred=True
    )


def test_nothing_stated_is_nothing_due() -> None:
    assert due(Stated(), counts_from=ISSUED) == Due(None, P.NONE)


@pytest.mark.parametrize(
    ("arrived", "day"),
    [
        (date(2025, 6, 2), date(2025, 6, 12)),
        (date(2025, 6, 4), date(2025, 6, 16)),  # Saturday 14th
        (date(2025, 6, 5), date(2025, 6, 16)),  # Sunday 15th
        (date(2025, 1, 17), date(2025, 2, 3)),  # within Tết
    ],
)
def test_the_offices_own_rule_gives_ten_days_and_no_week_end(arrived: date, day: date) -> None:
    found = due(Stated(), counting=Counting(default_days=10), counts_from=arrived)

    assert found == Due(day, P.NONE, is_default=True)


def test_a_stated_deadline_is_never_replaced_by_the_offices_own() -> None:
    own = Counting(default_days=10)

    assert due(Stated("2030"), counting=own, counts_from=ISSUED).day == date(2030, 12, 31)
    assert due(Stated(recurrence="continuous"), counting=own, counts_from=ISSUED).day is None


@pytest.mark.parametrize(
    ("hour", "clock", "deadline", "counts"),
    [
        (17, time(17, 0), date(2025, 6, 16), date(2025, 6, 16)),
        (17, time(17, 0, 1), date(2025, 6, 16), date(2025, 6, 17)),
        (17, time(23, 59), date(2025, 6, 17), date(2025, 6, 16)),
        (17, time(18, 0), None, date(2025, 6, 16)),
        (None, time(23, 59, 59), date(2025, 6, 16), date(2025, 6, 16)),
    ],
)
def test_after_hours_counts_for_the_next_day_only_on_the_last(
    hour: int | None, clock: time, deadline: date | None, counts: date
) -> None:
    counting = Counting(closes_at=hour)

    assert counting.counts_on(date(2025, 6, 16), clock, deadline=deadline) == counts


@pytest.mark.parametrize(
    ("left", "soon_days", "soon"),
    [
        (0, 7, True),
        (7, 7, True),
        (8, 7, False),
        (8, 14, True),
        (-1, 7, False),
        (1, 0, False),
        (0, 0, True),
    ],
)
def test_soon_is_the_days_of_the_setting(left: int, soon_days: int, soon: bool) -> None:
    on = date(2025, 6, 1)

    assert is_soon(on + timedelta(days=left), on, Counting(soon_days=soon_days)) is soon


@given(st.dates(max_value=date(9990, 1, 1)), st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_an_inferred_year_never_lies_before_the_document_and_at_most_one_ahead(
    named: date, issued_on: date
) -> None:
    iso = f"XXXX-{named.month:02}-{named.day:02}"
    found = last_day(in_year(iso, issued_on=issued_on))

    assert found is not None
    assert found >= issued_on
    if (named.month, named.day) != (2, 29):
        assert found.year <= issued_on.year + 1
    assert (found.month, found.day) == (named.month, named.day)


NAMED = st.one_of(
    st.dates(date(1990, 1, 1), date(2200, 1, 1)).map(date.isoformat),
    st.integers(1990, 2200).map(str),
    st.tuples(st.integers(1990, 2200), st.integers(1, 4)).map(lambda t: f"{t[0]}-Q{t[1]}"),
    st.tuples(st.integers(1990, 2200), st.integers(1, 12)).map(lambda t: f"{t[0]}-{t[1]:02}"),
)


@given(NAMED)
def test_before_a_time_is_the_day_before_its_first(iso: str) -> None:
    first, last = first_day(iso), last_day(iso)
    assert first is not None
    assert last is not None

    assert first <= last
    assert due(Stated(iso)).day == last
    assert due(Stated(iso, is_before=True)).day == first - timedelta(days=1)
    assert precision_of(iso) is due(Stated(iso)).precision


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 90), st.booleans())
def test_counted_days_end_on_a_working_day_and_never_early(
    event: date, days: int, are_working: bool
) -> None:
    found = due(Stated(days=days, are_working=are_working), counts_from=event)

    assert found.day is not None
    assert found.day >= event + timedelta(days=days)
    assert TET.works_on(found.day) or (are_working and days == 0)
