"""A report of figures from the regime that asks for it until it is handed in.

Mai enters for ward Sen Tây; Hà is the officer of district Hồ Sen above it, Khê of the other
district. Chi collects for the city.
"""

from datetime import date
from decimal import Decimal

import pytest

from lotrinh.apps.duties.models import Duty
from lotrinh.apps.reporting import selectors, services
from lotrinh.apps.reporting.models import Report, ReportCell
from lotrinh.apps.reporting.services import CellTyped
from lotrinh.rules.report_states import WrongChain
from tests.ledgers import approve as approve_alone
from tests.ledgers import make_measure, make_period, told
from tests.reports import (
    BY_DISTRICT,
    BY_UNIT,
    HAND_IN,
    by,
    fill,
    fresh,
    hand_in,
    make_group,
    make_regime,
    open_month,
)

JUNE = date(2024, 6, 1), date(2024, 7, 1)


def test_only_units_that_stood_in_the_period_owe_a_report(collection, cast):
    assert {each.unit for each in collection.reports.all()} == {cast.ho_sen, cast.sen_tay}


def test_each_report_comes_with_a_duty_that_binds_a_person_and_has_its_day(report, cast):
    duty = report.duty

    assert (duty.kind, duty.state, duty.unit) == ("period_report", "issued", cast.sen_tay)
    assert duty.person == cast.person(cast.mai)
    assert (duty.due, duty.owed_to) == (date(2024, 7, 16), cast.city)
    assert duty.title == "Báo cáo tình hình gia đình văn hóa: tháng 7/2024"


def test_opening_the_same_period_again_is_the_same(regime, collection, cast):
    assert open_month(regime, user=cast.chi) == collection
    assert Report.objects.count() == 2
    assert Duty.objects.filter(kind="period_report").count() == 2


def test_a_regime_asks_for_nothing_that_closes_before_it_was_in_force(cast, families):
    make_group(cast.sen_tay)
    late = make_regime(
        owed_to=cast.city, measures=[families], user=cast.chi, since=date(2024, 7, 15)
    )
    with pytest.raises(services.WrongPeriod):
        open_month(late, user=cast.chi)
    assert not Report.objects.exists()


def test_who_may_not_assign_there_opens_nothing(regime, cast):
    with pytest.raises(services.NotAllowed):
        open_month(regime, user=cast.ha)
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("stages", "why"),
    [
        ([BY_UNIT], "begins_with_handing_in"),
        ([HAND_IN], "ends_with_approval"),
        ([HAND_IN, BY_DISTRICT, BY_UNIT], "upwards"),
        ([HAND_IN, HAND_IN, BY_UNIT], "checks_and_approvals"),
    ],
)
def test_stages_that_lead_nowhere_are_refused(cast, families, stages, why):
    make_group(cast.sen_tay)
    with pytest.raises(WrongChain) as refused:
        make_regime(owed_to=cast.city, measures=[families], user=cast.chi, stages=stages)
    assert refused.value.why == why


def test_what_is_typed_is_read_and_what_cannot_be_read_is_kept(report, cast, families, schooled):
    found = fill(report, cast.mai, {families: "1.270 hộ", schooled: "khoảng 20"})

    kept = found.cells
    assert (kept[families.pk].kind, kept[families.pk].value) == ("figure", Decimal(1270))
    assert (kept[schooled.pk].kind, kept[schooled.pk].text) == ("refused", "khoảng 20")
    assert kept[schooled.pk].value is None


def test_entering_again_by_the_same_form_changes_nothing(report, cast, families):
    act = by(cast.mai)
    typed = [CellTyped(families.pk, "120")]
    for _ in range(2):
        services.enter_cells(report_id=report.pk, cells=typed, language="vi", act=act)

    assert ReportCell.objects.count() == 1
    assert fresh(report).version == 2


def test_two_who_enter_the_same_cell_both_keep_what_they_wrote(report, cast, families, schooled):
    fill(report, cast.mai, {families: "120"})
    typed = [CellTyped(families.pk, "125", over=None), CellTyped(schooled.pk, "18/23")]

    found = services.enter_cells(report_id=report.pk, cells=typed, language="vi", act=by(cast.ha))

    assert found.meanwhile[families.pk].text == "120"
    assert found.cells[families.pk].value == Decimal(120)
    assert found.cells[schooled.pk].numerator == Decimal(18)


def test_a_measure_that_the_form_does_not_have_is_refused_whole(report, cast, families):
    other = make_measure(owed_to=cast.city, user=cast.chi)
    typed = [CellTyped(families.pk, "120"), CellTyped(other.pk, "3")]
    with pytest.raises(services.NotInForm):
        services.enter_cells(report_id=report.pk, cells=typed, language="vi", act=by(cast.mai))
    assert not ReportCell.objects.exists()


def test_who_works_elsewhere_enters_nothing(report, cast, families):
    with pytest.raises(services.NotAllowed):
        fill(report, cast.khe, {families: "120"})
    assert not ReportCell.objects.exists()


def test_a_report_with_gaps_or_riddles_is_not_handed_in(report, cast, families, schooled):
    with pytest.raises(services.CellsMissing) as missing:
        hand_in(report, cast.mai)
    assert set(missing.value.measure_ids) == {families.pk, schooled.pk}

    fill(report, cast.mai, {families: "khoảng 120", schooled: "chưa có số liệu"})
    with pytest.raises(services.CellsUnsettled) as unsettled:
        hand_in(report, cast.mai)
    assert [cell.text for cell in unsettled.value.cells] == ["khoảng 120"]
    assert fresh(report).state == "open"


def test_a_figure_unlike_the_last_one_needs_a_word(report, cast, tam, families, schooled):
    june = make_period(starts=JUNE[0], ends=JUNE[1])
    approve_alone(cast.sen_tay, [told(families, 120)], period=june, entered_by=cast.mai, user=tam)
    fill(report, cast.mai, {families: "120.000", schooled: "18/23"})

    with pytest.raises(services.QuestionsOpen) as asked:
        hand_in(report, cast.mai)
    assert [one.odd.value for one in asked.value.questions[families.pk]] == ["unit_slip"]

    fill(report, cast.mai, {families: "120.000"}, comment="Đã rà soát, sáp nhập ba tổ dân phố")
    assert hand_in(report, cast.mai).state == "handed_in"


def test_a_report_is_handed_in_as_it_was_read(report, cast, families, schooled):
    fill(report, cast.mai, {families: "120", schooled: "18/23"})
    seen = selectors.content_of(report=report)
    fill(report, cast.ha, {families: "125"})

    with pytest.raises(services.ReportChangedMeanwhile):
        services.hand_in_report(report_id=report.pk, act=by(cast.mai, content=seen))
    assert fresh(report).passed == 0
