"""What targets are heading for, by what was told of them; and which will be missed.

Hồ Sen has the ward Sen Tây below it; the city has Hồ Sen and Đồng Gạo. The day is 7 August 2024.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lotrinh.apps.reporting import selectors
from lotrinh.apps.targets.models import Measure, Target
from lotrinh.rules.figures import Basis
from lotrinh.rules.forecasting import NoForecast
from lotrinh.rules.target_terms import Rollup
from tests.factories import TODAY
from tests.ledgers import approve, fold, make_measure, make_period, told

YEAR_END = date(2024, 12, 31)
STEADY = {year: [100] * 12 for year in (2022, 2023)} | {2024: [100] * 7}


class Desk:
    """Chi enters and Thạch approves for the whole city; Chi reads."""

    def __init__(self, cast):
        self.cast = cast

    def target(self, value=1200, *, rollup=Rollup.SUM, accumulates=False, due=YEAR_END):
        measure = make_measure(owed_to=self.cast.city, user=self.cast.chi, rollup=rollup)
        Measure.objects.filter(pk=measure.pk).update(accumulates=accumulates)
        Target.objects.filter(measure=measure).update(value=value, due=due)
        return measure.targets.select_related("measure", "unit", "owed_to").get()

    def tell(self, unit, target, number, year, month, basis=Basis.SELF_REPORTED):
        after = date(year + month // 12, month % 12 + 1, 1)
        approve(
            unit,
            [told(target.measure, number)],
            period=make_period(starts=date(year, month, 1), ends=after),
            entered_by=self.cast.chi,
            user=self.cast.thach,
            basis=basis,
        )

    def years(self, target, numbers):
        for year, row in numbers.items():
            for month, number in enumerate(row, start=1):
                self.tell(self.cast.ho_sen, target, number, year, month)
        fold()

    def forecast(self, target, seen_by=None, on=TODAY):
        reader = (seen_by or self.cast.chi).pk
        return selectors.forecasts_of(targets=[target], seen_by=reader, on=on)[target.pk]


@pytest.fixture
def desk(cast):
    return Desk(cast)


def test_a_steady_course_leads_to_its_sum_and_says_how_sure_that_is(desk):
    target = desk.target(1200)
    desk.years(target, STEADY)

    found = desk.forecast(target)

    assert (found.reached, found.value, found.pace, found.needed) == (700, 1200, 100, 100)
    assert (found.low, found.high, found.trials) == (1200, 1200, 12)
    assert found.probability == Fraction(25, 26)
    assert found.expected == Fraction(1200 * 213, 366)  # 31 July in a leap year
    assert (found.as_of, found.until) == (date(2024, 7, 31), YEAR_END)


def test_what_is_only_expected_is_no_point_of_the_course(desk, cast):
    target = desk.target(1200)
    desk.years(target, STEADY)
    for month in (8, 9):
        desk.tell(cast.ho_sen, target, 900, 2024, month, basis=Basis.ESTIMATED)
    fold()

    assert desk.forecast(target).value == 1200


def test_those_that_will_be_missed_come_with_the_least_likely_first(desk, cast):
    sure, close, far = desk.target(1100), desk.target(1300), desk.target(2000)
    shaky = STEADY | {2022: [60, 140] * 6, 2023: [80, 120, 150, 90, 70, 110] * 2}
    for target in (sure, close, far):
        desk.years(target, shaky)

    found = selectors.at_risk(targets=[sure, close, far], seen_by=cast.chi.pk, on=TODAY)

    assert [one.target for one in found] == [far, close]
    assert [one.forecast.will_meet for one in found] == [False, False]
    assert found[0].forecast.probability == Fraction(1, 26)


def test_it_asks_as_often_for_ten_as_for_one(desk, cast):
    held = [desk.target(1000 + number) for number in range(10)]
    for target in held:
        desk.tell(cast.ho_sen, target, 10, 2024, 7)
    fold()

    def asked(targets):
        with CaptureQueriesContext(connection) as seen:
            selectors.forecasts_of(targets=targets, seen_by=cast.chi.pk, on=TODAY)
        return len(seen)

    asked(held)  # what is read once for all
    assert asked(held) == asked(held[:1]) <= 9


@pytest.mark.parametrize(
    ("given", "because"),
    [
        ({"due": None}, NoForecast.NO_DUE),
        ({"due": date(2024, 8, 6)}, NoForecast.TIME_OVER),
        ({"value": None}, NoForecast.NO_PLAN),
        ({"rollup": Rollup.NONE}, NoForecast.DOES_NOT_ADD),
    ],
)
def test_what_cannot_be_forecast_says_why(desk, given, because):
    assert desk.forecast(desk.target(**given)).because is because


def test_few_periods_are_too_few_and_said_to_be_so(desk):
    target = desk.target()
    assert desk.forecast(target).because is NoForecast.NOTHING_TOLD
    desk.years(target, {2024: [100] * 4})

    found = desk.forecast(target)

    assert (found.because, found.points, found.least) == (NoForecast.TOO_FEW, 4, 5)


def test_who_may_not_read_figures_is_told_nothing_of_them(desk, cast):
    target = desk.target()
    desk.years(target, STEADY)

    assert desk.forecast(target, seen_by=cast.an).because is NoForecast.NOTHING_TOLD
    assert selectors.at_risk(targets=[target], seen_by=cast.an.pk, on=TODAY) == ()


def test_days_on_the_way_bend_the_pace_line(desk, cast):
    target = desk.target(1200)
    target.interim_values.create(
        day=date(2024, 6, 30), value=Decimal(300), by=cast.chi, at="2024-08-07T00:00Z"
    )
    desk.years(target, STEADY)

    assert desk.forecast(target).expected == 300 + Fraction(900 * 31, 184)
