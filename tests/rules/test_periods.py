"""A period is a named interval: its kind is data, and its neighbours follow from its days."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lotrinh.rules.deadlines import first_day, last_day
from lotrinh.rules.period_codes import PeriodUnreadable, from_code, of_kind
from lotrinh.rules.periods import (
    Period,
    PeriodKind,
    a_year_before,
    just_after,
    just_before,
    make_up,
    so_far,
    within,
)
from lotrinh.rules.recurrence import periods as recurring

MONTH = PeriodKind("month", 1, 1, every=1)
QUARTER = PeriodKind("quarter", 1, 3, every=3)
HALF = PeriodKind("half", 1, 6, every=6)
SEVEN = PeriodKind("first_seven", 1, 7)
FIVE = PeriodKind("last_five", 8, 12)
NINE = PeriodKind("nine_months", 1, 9)
WHOLE_YEAR = PeriodKind("year", 1, 12)
MID_TERM = PeriodKind("mid_term", 1, 30, every=60)
TERM = PeriodKind("term", 1, 60, every=60)
SO_FAR = PeriodKind("months_so_far", 1, 1, every=1, cycle=12)
TERM_SO_FAR = PeriodKind("term_so_far", 1, 12, cycle=60)
KINDS = (MONTH, QUARTER, HALF, SEVEN, FIVE, NINE, WHOLE_YEAR, MID_TERM, TERM, SO_FAR, TERM_SO_FAR)
TILING = (MONTH, QUARTER, HALF, WHOLE_YEAR, TERM)

DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2190, 12, 31))
PERIODS = st.builds(
    lambda since, length: Period(since, since + timedelta(days=length)),
    DAYS,
    st.integers(1, 900),
)


@pytest.mark.parametrize(
    ("kind", "day", "since", "last", "code"),
    [
        (MONTH, date(2024, 2, 29), date(2024, 2, 1), date(2024, 2, 29), "202402"),
        (QUARTER, date(2024, 8, 14), date(2024, 7, 1), date(2024, 9, 30), "2024Q3"),
        (HALF, date(2024, 6, 30), date(2024, 1, 1), date(2024, 6, 30), "2024-01-01_2024-06-30"),
        (SEVEN, date(2023, 7, 31), date(2023, 1, 1), date(2023, 7, 31), "2023-01-01_2023-07-31"),
        (FIVE, date(2023, 8, 1), date(2023, 8, 1), date(2023, 12, 31), "2023-08-01_2023-12-31"),
        (NINE, date(2024, 9, 30), date(2024, 1, 1), date(2024, 9, 30), "2024-01-01_2024-09-30"),
        (WHOLE_YEAR, date(2024, 5, 1), date(2024, 1, 1), date(2024, 12, 31), "2024"),
        (MID_TERM, date(2023, 6, 30), date(2021, 1, 1), date(2023, 6, 30), "2021-01-01_2023-06-30"),
        (TERM, date(2030, 12, 31), date(2026, 1, 1), date(2030, 12, 31), "2026-01-01_2030-12-31"),
        (TERM, date(2020, 12, 31), date(2016, 1, 1), date(2020, 12, 31), "2016-01-01_2020-12-31"),
        (SO_FAR, date(2024, 8, 9), date(2024, 1, 1), date(2024, 8, 31), "2024-01-01_2024-08-31"),
        (SO_FAR, date(2024, 1, 1), date(2024, 1, 1), date(2024, 1, 31), "202401"),
        (TERM_SO_FAR, date(2021, 5, 1), date(2021, 1, 1), date(2021, 12, 31), "2021"),
        (
            TERM_SO_FAR,
            date(2024, 5, 1),
            date(2021, 1, 1),
            date(2024, 12, 31),
            "2021-01-01_2024-12-31",
        ),
        (TERM_SO_FAR, date(2026, 5, 1), date(2026, 1, 1), date(2026, 12, 31), "2026"),
    ],
)
def test_a_day_lies_in_the_period_of_its_kind(kind, day, since, last, code):
    found = kind.on(day)

    assert (found.since, found.last, found.code, found.kind) == (since, last, code, kind.code)


@pytest.mark.parametrize(
    ("kind", "day"),
    [(SEVEN, date(2023, 8, 1)), (FIVE, date(2023, 7, 31)), (MID_TERM, date(2023, 7, 1))],
)
def test_a_kind_that_leaves_gaps_has_no_period_there(kind, day):
    assert kind.on(day) is None
    assert not kind.tiles


def test_the_next_of_a_cumulative_kind_begins_anew_with_the_year():
    november = SO_FAR.on(date(2024, 11, 30))

    december = SO_FAR.next(november)
    january = SO_FAR.next(december)

    assert (december.since, december.last) == (date(2024, 1, 1), date(2024, 12, 31))
    assert (january.since, january.last) == (date(2025, 1, 1), date(2025, 1, 31))


def test_a_period_of_another_kind_has_no_neighbours_of_this_one():
    with pytest.raises(ValueError, match="2024Q3 is no month"):
        MONTH.next(from_code("2024Q3"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"first": 1, "last": 4, "every": 3},
        {"first": 0, "last": 3},
        {"first": 5, "last": 4},
        {"first": 1, "last": 5, "every": 5},
        {"first": 1, "last": 1, "every": 0},
        {"first": 1, "last": 12, "cycle": 18},
        {"first": 1, "last": 60, "every": 60, "cycle": 12},
        {"first": 1, "last": 12, "cycle": -12},
    ],
)
def test_months_that_make_no_kind_are_refused(wrong):
    with pytest.raises(ValueError, match="no kind of period"):
        PeriodKind("wrong", **wrong)


def test_a_period_has_a_day():
    with pytest.raises(ValueError, match="no day"):
        Period(date(2024, 1, 1), date(2024, 1, 1))


@pytest.mark.parametrize(
    "code",
    ["", "2024Q5", "202413", "202400", "24", "0000", "2024-02-30_2024-03-01", "2024-2",
     "2024-03-01_2024-02-01", "2024Q1 ", "9999", "1899", "220012_", "2200-01-01_9999-12-31",
     "２０２４"],
)  # fmt: skip
def test_a_code_that_names_no_period_is_refused(code):
    with pytest.raises(PeriodUnreadable):
        from_code(code)


@pytest.mark.parametrize("code", ["1900", "2200", "220012", "2200Q4"])
def test_a_code_names_periods_of_three_centuries(code):
    assert from_code(code).code == code


@pytest.mark.parametrize(
    ("code", "kinds", "kind"),
    [
        ("202401", (MONTH, SO_FAR), "month"),
        ("202401", (SO_FAR, MONTH), "months_so_far"),
        ("2024-01-01_2024-07-31", KINDS, "first_seven"),
        ("2024-01-01_2024-08-31", KINDS, "months_so_far"),
        ("2024-01-02_2024-08-31", KINDS, "any"),
        ("2021-01-01_2025-12-31", KINDS, "term"),
        ("2022-01-01_2026-12-31", KINDS, "any"),
    ],
)
def test_the_kind_of_some_days_is_the_first_that_has_them(code, kinds, kind):
    assert from_code(code, kinds).kind == kind


@pytest.mark.parametrize(
    ("code", "before"),
    [
        ("202402", "202302"),
        ("202302", "202202"),
        ("2024", "2023"),
        ("2024-01-01_2024-07-31", "2023-01-01_2023-07-31"),
        ("2024-02-01_2024-02-28", "202302"),
        ("2023-12-15_2024-06-14", "2022-12-15_2023-06-14"),
    ],
)
def test_the_same_period_of_last_year(code, before):
    assert a_year_before(from_code(code)).code == before


def test_the_leap_day_alone_has_none():
    leap = Period(date(2024, 2, 29), date(2024, 3, 1))

    assert a_year_before(leap) is None
    assert a_year_before(leap, years=4) == Period(date(2020, 2, 29), date(2020, 3, 1))


def test_what_has_passed_of_the_year():
    assert so_far(from_code("2024Q3")).code == "2024-01-01_2024-09-30"
    assert so_far(from_code("2023-12-15_2024-01-14")).code == "2024-01-01_2024-01-14"


def test_the_months_of_a_quarter_make_it_up():
    quarter = from_code("2024Q3")
    months = list(MONTH.between(date(2024, 1, 1), date(2025, 1, 1)))

    assert [found.code for found in within(months, quarter)] == ["202407", "202408", "202409"]
    assert make_up(within(months, quarter), quarter)
    assert not make_up(months[6:8], quarter)
    assert not make_up(months[5:9], quarter)
    assert not make_up([*months[6:9], months[7]], quarter)
    assert make_up([from_code("2023-01-01_2023-07-31"), FIVE.on(date(2023, 9, 1))],
                   from_code("2023"))  # fmt: skip
    assert not make_up([], quarter)


def test_periods_between_two_days_are_those_that_end_there():
    assert [found.code for found in SEVEN.between(date(2023, 7, 31), date(2025, 7, 31))] == [
        "2023-01-01_2023-07-31",
        "2024-01-01_2024-07-31",
    ]
    assert len(list(SEVEN.between(date(2023, 8, 1), date(2024, 8, 1)))) == 1
    assert [found.last for found in SO_FAR.between(date(2024, 12, 1), date(2025, 3, 1))] == [
        date(2024, 12, 31),
        date(2025, 1, 31),
        date(2025, 2, 28),
    ]


@settings(deadline=None)
@given(st.sampled_from(KINDS), DAYS)
def test_the_one_before_the_next_is_the_same(kind, day):
    found = kind.on(day)
    if found is None:
        return
    assert found.since <= day < found.until
    assert kind.previous(kind.next(found)) == found == kind.next(kind.previous(found))
    assert of_kind(found, [kind]) == found


@settings(deadline=None)
@given(st.sampled_from(TILING), DAYS, st.integers(0, 4000))
def test_periods_of_one_kind_tile_the_time(kind, day, length):
    assert kind.tiles
    first = kind.on(day)
    rows = [first, *kind.between(first.until, first.until + timedelta(days=length))]

    for earlier, later in pairwise(rows):
        assert later.since == earlier.until
        assert later == kind.next(earlier)
    assert make_up(reversed(rows), Period(first.since, rows[-1].until))


@settings(deadline=None)
@given(st.sampled_from((MONTH, QUARTER, HALF, WHOLE_YEAR)), st.integers(1950, 2190))
def test_they_tile_each_year(kind, year):
    rows = tuple(kind.between(date(year, 1, 1), date(year + 1, 1, 1)))

    assert len(rows) == 12 // kind.every
    assert make_up(rows, from_code(str(year)))


@settings(deadline=None)
@given(st.sampled_from(KINDS), DAYS, st.integers(0, 2000), st.integers(0, 2000))
def test_looking_twice_is_looking_once(kind, day, first, more):
    cut, end = day + timedelta(days=first), day + timedelta(days=first + more)

    parted = [*kind.between(day, cut), *kind.between(cut, end)]

    assert parted == list(kind.between(day, end))


@settings(deadline=None)
@given(PERIODS)
def test_a_code_names_its_days(period):
    found = from_code(period.code)

    assert (found.since, found.until) == (period.since, period.until)


@pytest.mark.parametrize(
    ("code", "stated"),
    [
        ("202407", "2024-07"),
        ("2024Q3", "2024-Q3"),
        ("2024", "2024"),
        ("2024-02-01_2024-04-30", "2024-02/2024-04"),
        ("2021-01-01_2025-12-31", "2021/2025"),
        ("2024-07-01_2025-06-30", "2024-07/2025-06"),
        ("2023-12-15_2024-06-14", "2023-12-15/2024-06-14"),
        ("2024-03-10_2024-03-10", "2024-03-10"),
    ],
)
def test_a_period_as_a_duty_states_it(code, stated):
    assert from_code(code).stated == stated


@settings(deadline=None)
@given(st.one_of(PERIODS, st.builds(lambda kind, day: kind.on(day), st.sampled_from(TILING), DAYS)))
def test_what_a_duty_states_are_the_days(period):
    assert (first_day(period.stated), last_day(period.stated)) == (period.since, period.last)


@settings(deadline=None)
@given(
    st.sampled_from(["weekly", "monthly", "quarterly", "half-yearly", "yearly", "every-5-years"]),
    DAYS,
)
def test_duties_that_recur_state_their_periods_so(recurrence, day):
    for found in recurring(recurrence, since=day, until=day):
        assert Period(found.first, found.last + timedelta(days=1)).stated == found.key


@settings(deadline=None)
@given(st.sampled_from(KINDS), DAYS)
def test_the_code_of_a_kind_names_its_period(kind, day):
    found = kind.on(day)
    assert found is None or from_code(found.code, [kind]) == found


@settings(deadline=None)
@given(st.sampled_from((MONTH, QUARTER, HALF, SEVEN, FIVE, NINE, WHOLE_YEAR, SO_FAR)), DAYS)
def test_the_same_period_of_last_year_is_one_of_its_kind(kind, day):
    found = kind.on(day)
    if found is not None:
        earlier = a_year_before(found)
        assert kind.on(earlier.last) == earlier


@settings(deadline=None)
@given(PERIODS)
def test_before_and_after_any_days_there_are_as_many(period):
    assert just_before(just_after(period)) == period
    assert just_before(period).until == period.since
    assert not just_before(period).meets(period)
    assert period.holds(period) and period.meets(period)
