"""Forecasts: the pace line, the pace, seasons, trials, chances, refusals, and their record."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotrinh.rules.comparing import Attainment, Yardstick
from lotrinh.rules.forecasting import (
    Aim,
    Closed,
    Course,
    Flow,
    Forecast,
    Ledger,
    NoForecast,
    Record,
    Saying,
    Told,
    forecast,
    has_rhythm,
    lead_of,
    number_of,
    pace_line,
    record_of,
    setting_on,
)
from lotrinh.rules.forecasting.projecting import Manner, project
from lotrinh.rules.forecasting.settings import settings
from lotrinh.rules.forecasting.trials import Trial, errors_of, interval, trials_of
from lotrinh.rules.forecasting.words import chance_text, record_words
from lotrinh.rules.periods import PeriodKind
from lotrinh.rules.target_terms import Comparator, Direction, Reckoning

DUE = date(2024, 12, 31)
ON = date(2024, 8, 7)
SETTING = setting_on(ON)
JANUARY = number_of(date(2023, 1, 1), 1)


def at_least(value, due=DUE, **more):
    return Aim(Yardstick(Comparator.AT_LEAST, Decimal(value)), due, **more)


def at_most(value):
    return Aim(Yardstick(Comparator.AT_MOST, Decimal(value)), DUE)


def months(numbers, flow=Flow.ADDED, answers=1):
    """Return a course of months from January 2023 on; None is a month of which nothing was told."""
    told = {JANUARY + place: one for place, one in enumerate(numbers) if one is not None}
    return Course(1, flow, {at: Told(Fraction(one), answers) for at, one in told.items()})


def said(aim, course, on=ON) -> Forecast:
    return forecast(aim, course, on=on, setting=SETTING)


class TestPace:
    def test_a_wrong_month_early_in_the_window_does_not_move_the_pace(self):
        steady = {place: 10.0 for place in range(12)}
        struck = steady | {1: 500.0}
        plain = Manner(True, 0, 12, 3)

        assert project(steady, plain, 12, 14).value == 30
        assert project(struck, plain, 12, 14).value == 30

    def test_seasons_are_followed_times_how_this_year_compares(self):
        last_year = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120]
        this_year = [2 * number for number in last_year[:6]]
        known = {place: float(one) for place, one in enumerate(last_year + this_year)}

        found = project(known, Manner(True, 12, 12, 3), 18, 23)

        assert (found.value, found.is_seasonal) == (2 * 570, True)

    def test_a_level_goes_on_by_its_slope_and_with_its_season_where_that_is_known(self):
        rising = {place: 40 + 2.0 * place for place in range(8)}

        assert project(rising, Manner(False, 12, 12, 3), 10, 10).value == 60
        assert (
            project(
                rising | {place: 40 + 2.0 * place for place in range(15)},
                Manner(False, 12, 12, 3),
                16,
                16,
            ).value
            == 72
        )

    def test_a_year_before_of_nothing_gives_no_season(self):
        known = {place: 0.0 for place in range(12)} | {place: 5.0 for place in range(12, 18)}

        assert not project(known, Manner(True, 12, 12, 3), 18, 20).is_seasonal

    @given(st.lists(st.floats(1, 100), min_size=3, max_size=14), st.floats(0.5, 50))
    def test_what_is_told_in_another_unit_is_forecast_in_that_unit(self, numbers, by):
        known = dict(enumerate(numbers))
        manner = Manner(True, 12, 12, 3)

        plain = project(known, manner, 20, 22).value
        scaled = project({at: one * by for at, one in known.items()}, manner, 20, 22).value

        assert scaled == pytest.approx(plain * by)


class TestCourse:
    def test_what_grows_since_new_year_is_brought_to_months(self):
        course = months([10, 30, None, 90], Flow.GROWN)

        assert list(course.numbers().values()) == [10, 20, 30, 30]
        assert course.reached(JANUARY + 2) == 30

    def test_it_begins_anew_with_each_year(self):
        course = months([*[None] * 11, 120, 7], Flow.GROWN)

        assert course.numbers()[JANUARY + 12] == 7
        assert course.reached(JANUARY + 12) == 7
        assert course.reached(JANUARY + 11) == 120

    def test_added_months_add_up_from_new_year_and_a_missing_one_adds_nothing(self):
        course = months([*[5] * 12, 1, None, 4])

        assert course.reached(JANUARY + 14) == 5
        assert course.reached(JANUARY + 11) == 60

    def test_a_last_month_of_which_few_have_told_waits(self):
        full = months([10] * 6, answers=10).told
        course = Course(1, Flow.ADDED, full | {JANUARY + 6: Told(Fraction(3), 7)})

        assert course.well_told(Fraction(4, 5)).last == JANUARY + 5
        assert course.well_told(Fraction(7, 10)).last == JANUARY + 6

    @pytest.mark.parametrize(
        ("kind", "follows"),
        [
            (PeriodKind("month", 1, 1, every=1), True),
            (PeriodKind("quarter", 1, 3, every=3), True),
            (PeriodKind("so_far", 1, 1, every=1, cycle=12), True),
            (PeriodKind("seven_months", 1, 7), False),
            (PeriodKind("term", 1, 60, every=60), False),
            (None, False),
        ],
    )
    def test_only_kinds_without_gaps_have_a_rhythm(self, kind, follows):
        assert has_rhythm(kind) is follows


class TestForecast:
    def test_the_end_is_what_was_told_and_what_is_to_come(self):
        found = said(at_least(1500), months([100] * 19))

        assert (found.reached, found.value, found.ahead) == (700, 1200, 5)
        assert (found.pace, found.needed) == (100, 160)
        assert (found.low, found.high, found.trials) == (1200, 1200, 10)
        assert (found.probability, found.will_meet) == (Fraction(1, 22), False)

    def test_what_never_fell_comes_to_no_less_than_it_is(self):
        wild = [100, 900, 5, 400, 3, 800, 2, 700, 1, 900, 4, 100, 900, 2, 600, 3, 800, 1, 700]

        found = said(at_least(5000), months(wild))

        assert found.low >= found.reached == 2106 + 900

    def test_what_is_reached_already_is_settled(self):
        met, passed = (
            said(at_least(700), months([100] * 19)),
            said(at_most(699), months([100] * 19)),
        )

        assert (met.settled, met.probability, met.leans) == (Attainment.MET, 1, True)
        assert (passed.settled, passed.probability) == (Attainment.MISSED, 0)

    def test_a_level_is_settled_by_nothing_but_its_day(self):
        found = said(at_least(60), months([70] * 19, Flow.LEVEL))

        assert (found.settled, found.value, found.probability) == (None, 70, Fraction(21, 22))

    def test_with_few_trials_there_is_neither_range_nor_chance(self):
        found = said(at_least(1500), months([100] * 7), on=date(2023, 8, 7))

        assert (found.value, found.probability, found.low, found.trials) == (1200, None, None, 0)
        assert found.leans is False

    def test_a_course_told_by_half_of_the_units_is_cut_before_that_month(self):
        course = months([100] * 19, answers=10)
        told = dict(course.told) | {course.last: Told(Fraction(10), 2)}

        found = said(at_least(1500), Course(1, Flow.ADDED, told))

        assert (found.as_of, found.value) == (date(2024, 6, 30), 1200)

    def test_next_years_target_begins_with_next_year(self):
        found = said(at_least(1200, due=date(2025, 12, 31)), months([100] * 19))

        assert (found.reached, found.value, found.ahead, found.expected) == (0, 1200, 12, None)

    @pytest.mark.parametrize(
        ("aim", "because"),
        [
            (at_least(1, due=None), NoForecast.NO_DUE),
            (at_least(1, due=date(2024, 8, 6)), NoForecast.TIME_OVER),
            (at_least(1, due=date(2024, 7, 31)), NoForecast.TIME_OVER),
            (Aim(Yardstick(Comparator.AT_LEAST), DUE), NoForecast.NO_PLAN),
            (Aim(Yardstick(Comparator.KEEP), DUE), NoForecast.NO_PLAN),
            (Aim(Yardstick(Comparator.JUDGED), DUE), NoForecast.BY_WORDS),
            (Aim(Yardstick(Comparator.EXACTLY, Decimal(5)), DUE), NoForecast.NO_SIDE),
            (
                Aim(Yardstick(Comparator.AT_MOST, Decimal(5), reckoning=Reckoning.RANK), DUE),
                NoForecast.RANK,
            ),
        ],
    )
    def test_what_a_target_lacks_is_said(self, aim, because):
        assert said(aim, months([1] * 19)).because is because

    def test_one_wanted_exactly_is_forecast_where_a_side_is_better(self):
        stick = Yardstick(Comparator.EXACTLY, Decimal(1200), direction=Direction.HIGHER)

        assert said(Aim(stick, DUE), months([100] * 19)).will_meet

    def test_few_points_and_no_setting_are_refused(self):
        assert said(at_least(1), months([1] * 4)).because is NoForecast.TOO_FEW
        assert said(at_least(1), None).because is NoForecast.NOTHING_TOLD
        assert forecast(at_least(1), None, on=ON, setting=None).because is NoForecast.NO_SETTING


class TestPaceLine:
    def test_it_bends_at_the_days_on_the_way_and_passes_over_those_outside(self):
        begins, ends = (date(2024, 1, 1), Fraction(0)), (date(2024, 1, 31), Fraction(90))
        outside = [(date(2023, 6, 1), Fraction(7)), (date(2024, 2, 1), Fraction(8))]
        line = pace_line(begins, [(date(2024, 1, 11), Fraction(50)), *outside], ends)

        assert line.by(date(2024, 1, 6)) == 25
        assert line.by(date(2024, 1, 21)) == 70
        assert line.by(date(2024, 2, 20)) == 90


class TestTrials:
    def test_a_trial_knows_only_what_came_before_it(self):
        known = {place: 10.0 for place in range(8)} | {8: 40.0}

        found = trials_of(known, Manner(True, 0, 12, 3), points=5, first=1, last=2)

        assert [one.error for one in found] == [0, 0, 1.5]

    def test_errors_of_another_manner_lose_what_they_have_in_common(self):
        own = [Trial(0.1, True)] * 2
        other = [Trial(0.5, False), Trial(0.6, False), Trial(0.9, False)]

        found = errors_of([*other, *own], is_seasonal=True, least=5)

        assert found == pytest.approx((0.1, 0.1, -0.1, 0, 0.3))
        assert errors_of([*other, *own], is_seasonal=True, least=2) == (0.1, 0.1)

    def test_few_values_are_all_within(self):
        assert interval([3.0, 1.0, 2.0], Fraction(4, 5)) == (1.0, 3.0)


def closed(numbers, planned, late=10):
    """Return a target of 2024 whose months, from January 2023 on, were told so many days after."""
    sayings = tuple(
        Saying(JANUARY + place, date.fromordinal(end_of(place).toordinal() + late), one * 10**6)
        for place, one in enumerate(numbers)
    )
    return Closed(at_least(planned), Ledger(1, Flow.ADDED, sayings))


def end_of(place):
    year, month = divmod(place + 1, 12)
    return date(2023 + year, month + 1, 1)


class TestRecord:
    def test_the_ledger_of_a_day_knows_nothing_of_later_days(self):
        first = Saying(JANUARY, date(2023, 2, 5), 40 * 10**6)
        mended = Saying(JANUARY, date(2023, 3, 5), 5 * 10**6, answers=0)
        taken = Saying(JANUARY, date(2023, 4, 5), -45 * 10**6, answers=-1)
        ledger = Ledger(1, Flow.ADDED, (first, mended, taken))

        assert ledger.by(date(2023, 2, 4)).told == {}
        assert ledger.by(date(2023, 3, 4)).told == {JANUARY: Told(Fraction(40), 1)}
        assert ledger.by(date(2023, 3, 5)).told == {JANUARY: Told(Fraction(45), 1)}
        assert ledger.by(date(2023, 4, 5)).told == {}

    def test_a_quotient_is_one_of_sums(self):
        day = date(2023, 2, 5)
        sayings = (Saying(JANUARY, day, 18, 20), Saying(JANUARY, day, 10, 80))

        told = Ledger(1, Flow.LEVEL, sayings, Fraction(100)).by(day).told

        assert told == {JANUARY: Told(Fraction(28), 2)}

    def test_it_counts_what_was_said_against_what_came(self):
        held = [closed([100] * 24, 1100), closed([100] * 24, 1300), closed([100] * 24, 1600)]

        found = record_of(held, ahead=90, setting=SETTING)

        assert (found.targets, found.forecasts, found.met, found.right) == (3, 3, 1, 3)
        assert found.base == Fraction(2, 9)
        assert found.beats
        assert found.brier == Fraction(1, 2 * held_trials(held[0]) + 2) ** 2

    def test_the_lead_is_from_when_the_verdict_stayed(self):
        falling = closed([100] * 18 + [20] * 6, 1100)  # looks fine until the summer

        assert lead_of(closed([100] * 24, 1300), is_met=False, setting=SETTING) == 360
        assert lead_of(falling, is_met=False, setting=SETTING) < 150

    def test_a_record_that_does_not_beat_the_base_rate_says_so(self):
        bad = Record(180, 20, 20, 10, 9, Fraction(30, 100), None)

        assert not bad.beats
        assert record_words(bad, least=10, language="en") == (
            "Of 20 forecasts made 6 months ahead for targets of this kind whose time is over, 9 "
            "leaned to the right side; their Brier score is 0.30, against 0.25 of the rule that "
            "always says the share that was met (10/20): the forecast does no better than that "
            "rule; do not rely on it."
        )
        assert "chưa" in record_words(replace(bad, forecasts=9), least=10, language="vi").lower()


def held_trials(one):
    return said_before(one).trials


def said_before(one):
    return one.said(date(2024, 10, 2), SETTING)


def test_settings_follow_each_other_and_are_shares_where_they_must_be():
    days = [one.since for one in settings()]

    assert days == sorted(set(days))
    with pytest.raises(ValueError, match="no setting"):
        replace(settings()[0], within=Fraction(1))


@pytest.mark.parametrize(
    ("chance", "words"),
    [(Fraction(1, 100), "dưới 5%"), (Fraction(33, 100), "khoảng 35%"), (Fraction(1), "trên 95%")],
)
def test_a_chance_is_printed_as_coarsely_as_it_is_known(chance, words):
    assert chance_text(chance, language="vi") == words
