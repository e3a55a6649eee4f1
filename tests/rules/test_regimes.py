"""A regime asks for each of its periods once, on the day on which its data close."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from lotrinh.rules.cut_offs import CutOff, Sending
from lotrinh.rules.regimes import Regime, asked_for
from lotrinh.rules.working_days import WorkingDays
from tests.rules.test_periods import KINDS, MONTH, QUARTER, SEVEN

WEEKDAYS = WorkingDays()
MONTHLY = Regime(MONTH, (Sending("ward", 18), Sending("city", 25)), CutOff(15, -1))


def asked(regime, since, until):
    return list(asked_for(regime, since=since, until=until, calendar=WEEKDAYS))


def test_it_asks_for_what_closes_between_two_days():
    rows = asked(MONTHLY, date(2024, 1, 14), date(2024, 3, 14))

    assert [(row.period.code, row.closes) for row in rows] == [
        ("202401", date(2024, 1, 14)),
        ("202402", date(2024, 2, 14)),
    ]
    assert [[one.due for one in row.send_by] for row in rows] == [
        [date(2024, 1, 18), date(2024, 1, 25)],
        [date(2024, 2, 19), date(2024, 2, 26)],  # the 18th and the 25th are Sundays
    ]


def test_it_asks_for_nothing_outside_its_days():
    regime = Regime(QUARTER, (), CutOff(15, -1), since=date(2024, 2, 1), until=date(2024, 9, 14))

    codes = [row.period.code for row in asked(regime, date(2023, 1, 1), date(2026, 1, 1))]

    assert codes == ["2024Q1", "2024Q2"]  # the first though it came midway, not the third
    assert asked(regime, date(2025, 1, 1), date(2026, 1, 1)) == []


def test_a_kind_with_gaps_is_asked_for_once_a_year():
    regime = Regime(SEVEN, (Sending("city", 14, months=1),))

    rows = asked(regime, date(2023, 8, 1), date(2025, 8, 1))

    assert [row.period.code for row in rows] == ["2024-01-01_2024-07-31", "2025-01-01_2025-07-31"]
    assert [row.send_by[0].due for row in rows] == [date(2024, 8, 14), date(2025, 8, 14)]


def test_data_that_close_after_the_period_are_asked_for_when_they_close():
    regime = Regime(MONTH, (Sending("city", 10, months=1),), CutOff(6, 0))

    (row,) = asked(regime, date(2024, 2, 5), date(2024, 2, 6))

    assert (row.period.code, row.closes) == ("202401", date(2024, 2, 5))


@settings(deadline=None)
@given(
    st.sampled_from(KINDS),
    st.builds(CutOff, st.integers(1, 31), st.integers(-3, 3)),
    st.dates(date(1990, 1, 1), date(2080, 1, 1)),
    st.integers(0, 900),
    st.integers(0, 900),
)
def test_however_the_time_is_cut_each_is_asked_for_once(kind, cut_off, day, first, more):
    regime = Regime(kind, (), cut_off, since=date(2001, 5, 9), until=date(2070, 2, 3))
    cut, end = day + timedelta(days=first), day + timedelta(days=first + more)

    parted = [*asked(regime, day, cut), *asked(regime, cut, end)]

    assert parted == asked(regime, day, end)
    assert all(day <= row.closes < end for row in parted)
    assert len({row.period for row in parted}) == len(parted)
