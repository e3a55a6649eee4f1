"""What was reached of a target: period by period, added up where that is said, a year before.

Hồ Sen has the ward Sen Tây below it; the city has Hồ Sen and Đồng Gạo.
"""

from datetime import date
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lotrinh.apps.reporting import selectors
from lotrinh.apps.targets.models import Measure
from lotrinh.rules.figures import Basis
from lotrinh.rules.target_terms import Rollup
from tests.factories import TODAY
from tests.ledgers import approve, correct, fold, make_measure, make_period, told


def month(number: int, year: int = 2024):
    """Return a month."""
    after = date(year + number // 12, number % 12 + 1, 1)
    return make_period(starts=date(year, number, 1), ends=after)


class Desk:
    """Chi enters and Thạch approves for the whole city; Chi reads."""

    def __init__(self, cast):
        self.cast = cast

    def target(self, rollup=Rollup.SUM, *, accumulates=None, unit="hộ"):
        measure = make_measure(owed_to=self.cast.city, user=self.cast.chi, rollup=rollup)
        said = {"accumulates": accumulates, "unit_of_measure": unit}
        Measure.objects.filter(pk=measure.pk).update(**said)
        measure.refresh_from_db()
        return measure.targets.select_related("measure", "unit", "owed_to").get()

    def tell(self, unit, target, *numbers, period, basis=Basis.SELF_REPORTED):
        act = approve(
            unit,
            [told(target.measure, *numbers)],
            period=period,
            entered_by=self.cast.chi,
            user=self.cast.thach,
            basis=basis,
        )
        return act.figures.get()

    def series(self, target, kind="", seen_by=None):
        reader = (seen_by or self.cast.chi).pk
        return selectors.series_of(target=target, seen_by=reader, on=TODAY, kind=kind)


@pytest.fixture
def desk(cast):
    return Desk(cast)


def test_each_period_stands_by_itself_unless_it_is_said_to_add_up(desk, cast):
    target = desk.target()
    desk.tell(cast.ho_sen, target, 120, period=month(5))
    desk.tell(cast.sen_tay, target, 30, period=month(6))
    desk.tell(cast.dong_gao, target, 70, period=month(6))
    desk.tell(cast.city, target, 80, period=month(6, 2023))
    fold()

    found = desk.series(target)

    assert (found.kind.code, found.is_added_up, found.told) == ("month", False, None)
    assert [(one.period.code, one.level) for one in found.points] == [
        ("202405", 120),
        ("202406", 100),
    ]
    assert [one.year_before for one in found.points] == [None, 80]
    assert found.last.period.code == "202406"


def test_months_are_added_up_and_what_is_missing_adds_nothing(desk, cast):
    target = desk.target(accumulates=False)
    for number, count in ((1, 10), (2, 20), (4, 40)):
        desk.tell(cast.ho_sen, target, count, period=month(number))
    desk.tell(cast.ho_sen, target, 5, period=month(5), basis=Basis.ESTIMATED)
    for number, count in ((1, 1), (2, 2)):
        desk.tell(cast.ho_sen, target, count, period=month(number, 2023))
    fold()

    found = desk.series(target)

    assert found.is_added_up
    assert [one.level for one in found.points] == [10, 30, 70, None]
    assert [one.expected for one in found.points] == [None, None, None, 75]
    assert [one.year_before for one in found.points] == [1, 3, None, None]
    assert (found.told.part, found.told.whole) == (3, 4)
    assert (found.last.period.code, found.last.reached) == ("202404", 70)


def test_a_share_is_in_percent_and_keeps_what_it_is_a_share_of(desk, cast):
    target = desk.target(Rollup.RATIO_OF_SUMS, unit="%")
    desk.tell(cast.sen_tay, target, 18, 20, period=month(7))
    desk.tell(cast.dong_gao, target, 10, 80, period=month(7))
    fold()

    said = desk.series(target).last.said

    assert (said.exact, said.numerator, said.denominator) == (28, 28, 100)
    (reached,) = selectors.reached_by(
        targets=[target], period=month(7), seen_by=cast.chi.pk, on=TODAY
    )
    assert reached.actual == 28


def test_what_was_verified_comes_before_what_was_reported(desk, cast):
    target = desk.target()
    desk.tell(cast.ho_sen, target, 50, period=month(7))
    desk.tell(cast.ho_sen, target, 48, period=month(7), basis=Basis.VERIFIED)
    fold()

    last = desk.series(target).last

    assert (last.said.basis, last.level) == (Basis.VERIFIED, 48)


def test_the_kind_with_most_periods_is_shown_unless_another_is_asked_for(desk, cast):
    target = desk.target()
    quarter = make_period("quarter", date(2024, 4, 1), date(2024, 7, 1))
    desk.tell(cast.ho_sen, target, 300, period=quarter)
    for number in (5, 6):
        desk.tell(cast.ho_sen, target, 100 + number, period=month(number))
    fold()

    assert [kind.code for kind in desk.series(target).kinds] == ["month", "quarter"]
    asked = desk.series(target, "quarter")
    assert [(one.period.code, one.level) for one in asked.points] == [("2024Q2", 300)]
    assert desk.series(target, "no such").kind.code == "month"


def test_parts_say_what_each_unit_has_reached(desk, cast):
    target = desk.target(accumulates=False)
    for number in (6, 7):
        desk.tell(cast.sen_tay, target, 10 * number, period=month(number))
    desk.tell(cast.dong_gao, target, 7, period=month(7))
    fold()
    series = desk.series(target)

    found = selectors.answering(
        unit_id=cast.city.pk,
        measure=target.measure,
        period=series.last.period,
        basis=Basis.SELF_REPORTED,
        seen_by=cast.chi.pk,
        on=TODAY,
    )
    assert found.below(cast.city.pk) == tuple(sorted((cast.ho_sen.pk, cast.dong_gao.pk)))
    levels = {pk: part.level for pk, part in series.parts.items() if part.level is not None}
    assert levels == {cast.ho_sen.pk: 130, cast.dong_gao.pk: 7}
    assert [one.value for one in found.at(cast.ho_sen.pk)] == [70]


def test_a_correction_is_what_counts(desk, cast):
    target = desk.target()
    figure = desk.tell(cast.ho_sen, target, 120, period=month(7))
    correct(figure, told(target.measure, 100), entered_by=cast.chi, user=cast.thach, reason="Nhầm")
    fold()

    assert desk.series(target).last.level == Fraction(100)


def test_whoever_may_not_read_figures_sees_no_series(desk, cast):
    target = desk.target()
    desk.tell(cast.ho_sen, target, 120, period=month(7))
    fold()

    assert desk.series(target, seen_by=cast.khe) is None
    assert desk.series(target) is not None


def test_more_periods_ask_no_more(desk, cast):
    target = desk.target(accumulates=False)

    def cost():
        fold()
        with CaptureQueriesContext(connection) as asked:
            desk.series(target)
        return len(asked)

    desk.tell(cast.ho_sen, target, 1, period=month(1))
    few = cost()
    for number in range(2, 8):
        desk.tell(cast.ho_sen, target, number, period=month(number))

    assert cost() == few


def test_what_nobody_leads_counts_at_the_first_unit_above_that_has_figures(desk, cast):
    measure = make_measure(owed_to=cast.office, user=cast.chi)
    target = measure.targets.select_related("measure", "unit", "owed_to").get()
    desk.tell(cast.sen_tay, target, 30, period=month(7))
    fold()

    found = desk.series(target)

    assert target.unit is None
    assert (found.place, found.last.level) == (cast.city.pk, 30)
    assert cast.ho_sen.pk in {one.pk for one in found.children}


def test_what_a_unit_leads_never_counts_above_it(desk, cast):
    measure = make_measure(owed_to=cast.office, user=cast.chi)
    target = measure.targets.select_related("measure", "owed_to").get()
    desk.tell(cast.dong_gao, target, 30, period=month(7))
    fold()

    target.unit = cast.ho_sen
    assert desk.series(target) is None
    target.measure.collected_by = cast.ho_sen
    assert desk.series(target).place == cast.city.pk
