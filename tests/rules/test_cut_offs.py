"""Data close before the period ends, and there is a working day left to write."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lotrinh.rules.cut_offs import AT_THE_END, CutOff, SendBy, Sending, TooTight, send_by
from lotrinh.rules.period_codes import from_code
from lotrinh.rules.periods import Period
from lotrinh.rules.working_days import WorkingDays
from tests.rules.test_periods import DAYS, HALF, MONTH, QUARTER, TILING

FIFTEENTH = CutOff(15, -1)
WEEKDAYS = WorkingDays()
LEVELS = (Sending("commune", 18), Sending("department", 20), Sending("city", 25))


@pytest.mark.parametrize(
    ("period", "opens", "closes"),
    [
        ("202401", date(2023, 12, 15), date(2024, 1, 14)),
        ("202403", date(2024, 2, 15), date(2024, 3, 14)),
        ("2024Q1", date(2023, 12, 15), date(2024, 3, 14)),
        ("2024Q3", date(2024, 6, 15), date(2024, 9, 14)),
        ("2024-01-01_2024-06-30", date(2023, 12, 15), date(2024, 6, 14)),
        ("2024", date(2023, 12, 15), date(2024, 12, 14)),
        ("2024-03-10_2024-03-19", date(2024, 3, 10), date(2024, 3, 19)),
        ("2024-03-10_2024-03-31", date(2024, 3, 10), date(2024, 3, 31)),
    ],
)
def test_data_are_those_of_the_fifteenth_to_the_fourteenth(period, opens, closes):
    data = FIFTEENTH.data_of(from_code(period))

    assert (data.since, data.last) == (opens, closes)


def test_without_a_rule_data_are_those_of_the_period():
    assert AT_THE_END.data_of(from_code("202402")) == from_code("202402")


def test_data_may_close_after_the_period():
    data = CutOff(6, 0).data_of(from_code("202401"))

    assert (data.since, data.last) == (date(2024, 1, 6), date(2024, 2, 5))


@pytest.mark.parametrize("day", [0, 32])
def test_no_month_has_such_a_day(day):
    with pytest.raises(ValueError, match="no day"):
        CutOff(day, -1)


@settings(deadline=None)
@given(
    st.sampled_from(TILING), st.builds(CutOff, st.integers(1, 31), st.integers(-13, 13)), DAYS,
    st.integers(1, 900),
)  # fmt: skip
def test_the_data_of_periods_never_meet_and_leave_no_day_out(kind, cut_off, day, length):
    first = kind.on(day)
    rows = [first, *kind.between(first.until, first.until + timedelta(days=length))]

    for earlier, later in pairwise(cut_off.data_of(row) for row in rows):
        assert later.since == earlier.until
        assert not later.meets(earlier)


def sent(code, calendar=WEEKDAYS, sendings=LEVELS, cut_off=FIFTEENTH, working_days=1):
    return send_by(
        from_code(code),
        cut_off=cut_off,
        sendings=sendings,
        calendar=calendar,
        working_days=working_days,
    )


def test_each_level_has_its_day():
    assert sent("202404") == (
        SendBy("commune", date(2024, 4, 18), date(2024, 4, 18)),
        SendBy("department", date(2024, 4, 22), date(2024, 4, 20)),  # the 20th is a Saturday
        SendBy("city", date(2024, 4, 25), date(2024, 4, 25)),
    )


def test_a_working_day_lies_between_closing_and_sending():
    closing_on_friday = sent("202406", sendings=(Sending("commune", 15), Sending("city", 25)))

    # 14 June 2024 is a Friday: Monday lies between, Tuesday is the first day to send on
    assert closing_on_friday == (
        SendBy("commune", date(2024, 6, 18), date(2024, 6, 15), TooTight.AFTER_CLOSING),
        SendBy("city", date(2024, 6, 25), date(2024, 6, 25)),
    )


def test_where_two_working_days_are_wanted_two_lie_between():
    assert sent("202406", sendings=(Sending("commune", 17),), working_days=2) == (
        SendBy("commune", date(2024, 6, 19), date(2024, 6, 17), TooTight.AFTER_CLOSING),
    )


def test_a_level_that_sends_no_later_than_the_one_below_is_marked():
    tet = WorkingDays(holidays=frozenset(date(2026, 2, 14) + timedelta(days=n) for n in range(11)))

    found = sent("202602", calendar=tet)

    assert found == (
        SendBy("commune", date(2026, 2, 26), date(2026, 2, 18), TooTight.AFTER_CLOSING),
        SendBy("department", date(2026, 2, 26), date(2026, 2, 20), TooTight.AFTER_CLOSING),
        SendBy("city", date(2026, 2, 26), date(2026, 2, 25), TooTight.AFTER_CLOSING),
    )
    close = sent("202404", sendings=(Sending("commune", 20), Sending("city", 22)))
    assert close[1] == SendBy("city", date(2024, 4, 22), date(2024, 4, 22), TooTight.BEFORE_BELOW)


def test_a_level_may_send_in_a_later_month():
    (found,) = sent("2024", sendings=(Sending("city", 31, months=2),), cut_off=AT_THE_END)

    assert found == SendBy("city", date(2025, 2, 28), date(2025, 2, 28))


CALENDARS = st.builds(
    WorkingDays,
    holidays=st.frozensets(st.dates(date(2023, 12, 1), date(2026, 1, 31)), max_size=60),
)


@settings(deadline=None)
@given(
    st.sampled_from((MONTH, QUARTER, HALF)),
    st.dates(date(2024, 1, 1), date(2025, 12, 31)),
    CALENDARS,
    st.lists(st.integers(1, 31), min_size=1, max_size=4),
    st.integers(0, 3),
)
def test_there_is_always_time_to_write(kind, day, calendar, days, working_days):
    period = kind.on(day)
    sendings = [Sending(str(level), last) for level, last in enumerate(days)]

    rows = send_by(
        period,
        cut_off=FIFTEENTH,
        sendings=sendings,
        calendar=calendar,
        working_days=working_days,
    )

    closes = FIFTEENTH.data_of(period).last
    for row in rows:
        assert calendar.works_on(row.due)
        assert row.due >= row.stated
        assert calendar.count(closes, row.due) >= working_days + 1
        assert (row.why is TooTight.AFTER_CLOSING) == (
            calendar.count(closes, row.stated - timedelta(days=1)) < working_days
            or row.stated <= closes
        )


def test_a_period_of_some_days_is_its_own_data_at_any_cut_off():
    days = Period(date(2024, 3, 10), date(2024, 3, 20))

    assert CutOff(31, 12).data_of(days) is days
