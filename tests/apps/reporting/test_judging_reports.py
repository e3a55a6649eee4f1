"""A report that was handed in, until its figures count: approved, returned, corrected, closed.

Mai enters for ward Sen Tây and Tâm approves there; Hà is the officer of district Hồ Sen above it,
Khê of the other district. Chi collects for the city.
"""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from lotrinh.apps.journal.models import Entry as JournalEntry
from lotrinh.apps.reporting import selectors, services
from lotrinh.apps.reporting.models import Figure, ReportCell, ReportEvent
from lotrinh.apps.reporting.services import StageSaid
from lotrinh.rules.figures import Basis
from lotrinh.rules.figures_typed import read_figure
from lotrinh.rules.report_states import ReportStep, Stage
from tests.factories import NOW, TODAY, key, make_officer
from tests.ledgers import approve as approve_alone
from tests.ledgers import fold, make_period, read, told
from tests.reports import (
    BY_DISTRICT,
    BY_UNIT,
    HAND_IN,
    JULY,
    a_file,
    approve,
    by,
    fill,
    fresh,
    hand_in,
    make_group,
    make_regime,
    open_month,
)

JUNE = date(2024, 6, 1), date(2024, 7, 1)


def test_what_lies_with_others_takes_no_figure(handed_in, cast, families):
    with pytest.raises(services.ReportStepNotOpen) as refused:
        fill(handed_in, cast.mai, {families: "121"})
    assert refused.value.event.step == "hand_in"


def test_nobody_approves_what_he_handed_in_or_entered(handed_in, cast):
    both = make_officer(cast.sen_tay, full_name="Lò Văn Tư")
    services.return_report(report_id=handed_in.pk, act=by(both, note="Kiểm tra lại"))
    report = fresh(handed_in)
    fill(report, both, dict.fromkeys([line.measure for line in report.collection.lines.all()], ""))
    measures = [line.measure for line in report.collection.lines.order_by("position")]
    fill(report, both, {measures[0]: "121", measures[1]: "18/23"})
    hand_in(report, cast.mai)

    with pytest.raises(services.TookPart):
        approve(fresh(report), both)
    assert not Figure.objects.exists()


def test_the_last_approval_lets_the_figures_count(handed_in, cast, tam, families, schooled):
    report = approve(handed_in, tam)
    fold()

    period = report.collection.period
    assert (report.state, report.approved_on) == ("approved", TODAY)
    assert read(cast.city, families, period, seen_by=cast.chi).exact == 120
    assert read(cast.city, schooled, period, seen_by=cast.chi).denominator == Decimal(23)
    figure = Figure.objects.get(measure=families)
    assert figure.approval.source == report.uid
    assert (figure.approval.entered_by, figure.approval.approved_by) == (cast.mai, tam)


def test_no_data_yet_is_no_figure_and_not_zero(report, cast, tam, families, schooled):
    fill(report, cast.mai, {families: "chưa có số liệu", schooled: "18/23"})
    hand_in(report, cast.mai)
    approve(fresh(report), tam)
    fold()

    total = read(cast.city, families, report.collection.period, seen_by=cast.chi)
    assert (total.exact, cast.sen_tay.pk in total.missing) == (None, True)


def test_the_duty_is_claimed_when_the_report_leaves_the_unit(handed_in, cast, tam):
    assert fresh(handed_in).duty.state == "issued"
    approve(handed_in, tam)

    duty = fresh(handed_in).duty
    assert (duty.state, duty.claimed_by, duty.handed_in_on) == ("claimed", cast.mai, TODAY)
    assert duty.events.get(step="claim").note == duty.title


def test_the_duty_is_verified_by_the_last_approval_where_that_may_judge(cast, families):
    make_group(cast.sen_tay)
    regime = make_regime(
        owed_to=cast.ho_sen,
        measures=[families],
        user=cast.chi,
        stages=[HAND_IN, BY_DISTRICT],
    )
    report = open_month(regime, user=cast.chi).reports.get()
    judge = make_officer(cast.ho_sen, full_name="Quách Văn Ba")
    fill(report, cast.mai, {families: "120"})
    hand_in(report, cast.mai)
    assert fresh(report).duty.state == "claimed"

    approve(fresh(report), judge)

    duty = fresh(report).duty
    assert (duty.state, duty.verified_by) == ("done", judge)


def test_an_approval_above_the_unit_is_not_for_the_unit_itself(cast, tam, families):
    make_group(cast.sen_tay)
    regime = make_regime(
        owed_to=cast.city, measures=[families], user=cast.chi, stages=[HAND_IN, BY_DISTRICT]
    )
    report = open_month(regime, user=cast.chi).reports.get()
    fill(report, cast.mai, {families: "120"})
    hand_in(report, cast.mai)

    with pytest.raises(services.NotAllowed):
        approve(fresh(report), tam)
    assert fresh(report).passed == 1


def test_a_parent_is_approved_after_its_children_or_names_them(
    collection, cast, families, schooled
):
    above = collection.reports.get(unit=cast.ho_sen)
    fill(above, cast.ha, {families: "7", schooled: "1/1"})
    hand_in(above, cast.ha)

    with pytest.raises(services.BelowMissing) as refused:
        approve(fresh(above), cast.thach)
    assert refused.value.missing == (cast.sen_tay,)

    approve(fresh(above), cast.thach, without=[cast.sen_tay.uid])
    event = ReportEvent.objects.get(report=above, step="approve")
    assert event.details == {"without": [str(cast.sen_tay.uid)]}


def test_what_is_returned_says_of_which_figure_and_is_entered_anew(
    handed_in, cast, tam, families, schooled
):
    services.return_report(
        report_id=handed_in.pk,
        act=by(tam, note="Số hộ chưa khớp biên bản"),
        cells={families.pk: "Biên bản ghi 118 hộ"},
    )
    report = fresh(handed_in)
    assert (report.state, report.round, report.handed_in_on) == ("open", 2, None)
    assert selectors.returned_cells(report=report) == {str(families.uid): "Biên bản ghi 118 hộ"}

    fill(report, cast.mai, {families: "118"})
    assert selectors.returned_cells(report=report) == {}
    hand_in(report, cast.mai)
    approve(fresh(report), tam)
    assert Figure.objects.get(measure=families).value == Decimal(118)


def test_a_return_says_why(handed_in, tam):
    with pytest.raises(services.NoWords):
        services.return_report(report_id=handed_in.pk, act=by(tam, note=" "))
    assert fresh(handed_in).state == "handed_in"


def test_an_unlocked_figure_is_corrected_and_both_are_seen(
    handed_in, cast, tam, families, schooled
):
    approve(handed_in, tam)
    services.unlock_report(report_id=handed_in.pk, act=by(tam, note="Trùng ba hộ ở tổ 5"))
    report = fresh(handed_in)
    fold()
    period = report.collection.period
    assert read(cast.city, families, period, seen_by=cast.chi).exact == 120

    fill(report, cast.mai, {families: "117"})
    hand_in(report, cast.mai)
    approve(fresh(report), tam)
    fold()

    assert read(cast.city, families, period, seen_by=cast.chi).exact == 117
    old, new = Figure.objects.filter(measure=families).order_by("pk")
    assert (old.value, new.supersedes, new.reason) == (120, old, "Trùng ba hộ ở tổ 5")
    assert Figure.objects.filter(measure=schooled).count() == 1


def test_a_figure_that_is_taken_away_is_withdrawn(handed_in, cast, tam, families):
    approve(handed_in, tam)
    services.unlock_report(report_id=handed_in.pk, act=by(tam, note="Chưa có biên bản"))
    report = fresh(handed_in)
    fill(report, cast.mai, {families: "chưa có số liệu"})
    hand_in(report, cast.mai)
    approve(fresh(report), tam)
    fold()

    total = read(cast.city, families, report.collection.period, seen_by=cast.chi)
    assert total.exact is None


def test_a_closed_collection_takes_nothing_more_in(report, collection, cast, families):
    services.close_collection(collection_id=collection.pk, user=cast.chi, on=TODAY, at=NOW)
    with pytest.raises(services.CollectionClosed):
        fill(report, cast.mai, {families: "120"})

    services.reopen_collection(
        collection_id=collection.pk, reason="Phường gửi muộn", user=cast.chi, on=TODAY, at=NOW
    )
    assert fill(report, cast.mai, {families: "120"}).cells[families.pk].value == 120


def test_closing_is_for_who_collects(collection, cast):
    with pytest.raises(services.NotAllowed):
        services.close_collection(collection_id=collection.pk, user=cast.mai, on=TODAY, at=NOW)
    collection.refresh_from_db()
    assert collection.closed_on is None


def test_the_room_counts_only_who_was_asked_and_names_who_is_silent(
    collection, cast, families, schooled
):
    ward = collection.reports.get(unit=cast.sen_tay)
    fill(ward, cast.mai, {families: "120", schooled: "chưa có số liệu"})
    hand_in(ward, cast.mai)

    room = selectors.room_of(collection=collection, seen_by=cast.chi.pk, on=TODAY)

    assert (room.handed_in.part, room.handed_in.whole) == (1, 2)
    assert [row.report.unit for row in room.silent] == [cast.ho_sen]
    row = next(row for row in room.rows if row.report.unit == cast.sen_tay)
    assert (row.filled, row.lines, row.unsettled) == (2, 2, 0)
    assert (row.due, row.handed_in_late) == (date(2024, 7, 18), (TODAY - date(2024, 7, 16)).days)


def test_the_grid_holds_a_figure_against_its_plan_and_its_past(
    report, cast, tam, families, schooled
):
    june = make_period(starts=JUNE[0], ends=JUNE[1])
    approve_alone(cast.sen_tay, [told(families, 100)], period=june, entered_by=cast.mai, user=tam)
    fill(report, cast.mai, {families: "120"})

    grid = selectors.grid_of(report=report, seen_by=cast.mai.pk, on=TODAY)

    line = grid.rows[0]
    assert (line.measure, line.cell.value, line.previous.value) == (families, 120, 100)
    assert line.year_before is None
    assert grid.content == selectors.content_of(report=report)


def test_a_file_is_kept_once_beside_its_figure(report, cast, families):
    for _ in range(2):
        services.attach_evidence(
            report_id=report.pk, measure_id=families.pk, act=by(cast.mai, blobs=(a_file(),))
        )
    assert report.evidence.get().name == "bien-ban.jpg"


def test_nothing_of_what_was_entered_and_decided_can_be_changed(handed_in):
    event, cell = ReportEvent.objects.last(), ReportCell.objects.last()
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportEvent.objects.filter(pk=event.pk).update(note="khác")
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportCell.objects.filter(pk=cell.pk).delete()
    assert ReportCell.objects.filter(pk=cell.pk).exists()


def test_a_stage_is_passed_once_even_past_the_service(handed_in, cast, tam):
    approve(handed_in, tam)
    passed = ReportEvent.objects.get(step="approve")
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportEvent.objects.create(
            report=handed_in,
            step="approve",
            version=99,
            round=passed.round,
            passed=passed.passed,
            by=cast.thach,
            on=TODAY,
            at=NOW,
            client_key=key(),
        )


def test_a_state_that_no_step_leads_to_is_refused_by_the_database(report):
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE reporting_report SET state = 'approved', passed = 2 WHERE id = %s", [report.pk]
        )
    assert fresh(report).state == "open"


def test_the_journal_tells_every_step_with_the_content_that_was_read(handed_in, tam):
    approve(handed_in, tam)
    verbs = JournalEntry.objects.filter(object_uid=handed_in.uid).order_by("pk")

    assert [one.verb for one in verbs] == ["report.entered", "report.submitted", "report.approved"]
    assert selectors.content_of(report=handed_in) in verbs[2].payload


def test_a_regime_that_ended_leaves_what_is_on_its_way_alone(regime, report, cast, families):
    services.end_regime(
        regime_id=regime.pk, version=1, until=date(2024, 7, 1), user=cast.chi, on=TODAY, at=NOW
    )
    assert fill(report, cast.mai, {families: "120"}).cells[families.pk].value == 120
    with pytest.raises(services.WrongPeriod):
        open_month(regime, user=cast.chi, days=(date(2024, 8, 1), date(2024, 9, 1)))


def test_a_regime_asks_for_its_periods_and_knows_which_are_open(regime, collection):
    asked = selectors.periods_asked(regime=regime, since=date(2024, 6, 1), until=date(2024, 8, 1))

    assert [one.period.code for one in asked] == ["202407", "202406"]
    assert [one.collection for one in asked] == [collection, None]
    assert [each.due for each in asked[0].asked.send_by] == [date(2024, 7, 16), date(2024, 7, 18)]


def test_estimates_and_reports_of_one_period_stand_side_by_side(cast, tam, families):
    make_group(cast.sen_tay)
    for basis in (Basis.ESTIMATED, Basis.SELF_REPORTED):
        regime = make_regime(
            owed_to=cast.city,
            measures=[families],
            user=cast.chi,
            basis=basis,
            stages=[HAND_IN, StageSaid(Stage(ReportStep.CHECK), 17), BY_UNIT],
        )
        report = open_month(regime, user=cast.chi, days=JULY).reports.get()
        fill(report, cast.mai, {families: "120" if basis is Basis.ESTIMATED else "118"})
        hand_in(report, cast.mai)
        act = by(cast.ha, content=selectors.content_of(report=report))
        services.pass_report(report_id=report.pk, step=ReportStep.CHECK, act=act)
        approve(fresh(report), tam)
    fold()

    period = report.collection.period
    assert read(cast.city, families, period, seen_by=cast.chi, basis=Basis.ESTIMATED).exact == 120
    assert read(cast.city, families, period, seen_by=cast.chi).exact == 118


def test_both_halves_of_a_percentage_are_counts(cast, schooled):
    schooled.unit_of_measure = "%"
    found = selectors.cell_units([schooled])[schooled.pk]

    typed = read_figure("3.105/4.860", language="vi", unit=found)
    assert (typed.read.value, typed.read.over) == (Decimal(3105), Decimal(4860))
