"""Scenarios of reporting: before, and the one call that is watched."""

from collections.abc import Callable
from datetime import date

from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.reporting import services
from lotrinh.apps.reporting.models import Collection, Figure, Regime, Report
from lotrinh.rules.figures import Basis
from lotrinh.rules.integrity.closing import QuestionOutcome
from tests import integrity_stage as integrity
from tests import reports as papers
from tests.cast import Cast
from tests.factories import NOW, TODAY, key, make_officer
from tests.ledgers import JULY, approve, correct, fold, make_measure, make_period, told

Act = Callable[[], object]

NO_REPORTING_SERVICE = {
    "reporting.fold_deltas": "writes only what can be made anew from the ledger",
    "reporting.follow_changes": "the same, along a tree that has changed",
    "reporting.recount_totals": "counts anew and writes nothing",
    "reporting.queue_questions": "queues a job that the next night finds again",
    "reporting.queue_fold": "queues a job that can be found again from the lines that wait",
    "reporting.take_fold_turn": "waits for others and writes nothing",
    "reporting.known_act": "asks for an act by its key and writes nothing",
    "reporting.act_by_key": "asks for an act by its key and writes nothing",
    "reporting.known_of": "asks for an act and for figures, and writes nothing",
    "reporting.write_act": "a step of approve_figures, which is watched",
    "reporting.payload_of": "pure: what a line that waits for the fold holds",
    "reporting.require_two": "asks rights and writes nothing",
    "reporting.take_turn_of": "lets one wait for another and writes nothing",
    "reporting.keep_act": "a step of approving and correcting, which are watched",
    "reporting.keep_delta": "a step of approving and correcting, which are watched",
    "reporting.keep_entry": "writes the entry of an approval",
    "reporting.row_of": "pure: the row of what is told, not written yet",
    "reporting.said_by": "pure: the numbers of a figure as words",
    "reporting.sheet_of": "a step of folding: opens what can be made anew",
    "reporting.refold": "a step of folding and of following changes",
    "reporting.rebuild": "a step of rebuild_totals, which is watched, and of folding",
    "reporting.picked_anew": "reads the ledger for a fold and writes nothing",
    "reporting.write_rows": "a step of folding: writes what can be made anew",
    "reporting.replace_rows": "a step of folding: writes what can be made anew",
    "reporting.follow_duty": "takes steps of the duty, which are watched",
    "reporting.keep_event": "a step of everything that is done to a report, which is watched",
    "reporting.last_event": "asks for an event and writes nothing",
    "reporting.let_count": "a step of pass_report: approves and corrects figures, which is watched",
    "reporting.locked_report": "locks a report and writes nothing",
    "reporting.require_step": "asks what may be done and writes nothing",
    "reporting.step_taken": "asks for an event by its key and writes nothing",
    "reporting.make_room": "a step of folding: the same numbers in wider lanes",
}


def told_by_sen_tay(cast: Cast) -> Figure:
    """Let a figure of Sen Tây count in July 2024."""
    families = make_measure(owed_to=cast.city, user=cast.chi)
    by = {"period": make_period(), "entered_by": cast.chi, "user": cast.thach}
    return approve(cast.sen_tay, [told(families, 120)], **by).figures.get()


def open_period(cast: Cast) -> Act:
    march = date(2023, 3, 1), date(2023, 4, 1)  # one that nobody has opened yet
    return lambda: services.open_period(
        kind="month", starts=march[0], ends=march[1], on=TODAY, actor=SYSTEM, at=NOW
    )


def open_collection(cast: Cast) -> Act:
    families, month = make_measure(owed_to=cast.city, user=cast.chi), make_period()
    return lambda: services.open_collection(
        period=month,
        basis=Basis.SELF_REPORTED,
        measures=[families],
        unit_ids=[cast.sen_tay.pk],
        user=cast.chi,
        client_key=key(),
        on=TODAY,
        at=NOW,
    )


def approve_figures(cast: Cast) -> Act:
    families, month = make_measure(owed_to=cast.city, user=cast.chi), make_period()
    by = {"period": month, "entered_by": cast.chi, "user": cast.thach}
    return lambda: approve(cast.sen_tay, [told(families, 120)], **by)


def correct_figure(cast: Cast) -> Act:
    figure = told_by_sen_tay(cast)
    by = {"entered_by": cast.chi, "user": cast.thach}
    return lambda: correct(figure, told(figure.measure, 100), **by)


def rebuild_totals(cast: Cast) -> Act:
    told_by_sen_tay(cast)
    fold()
    return lambda: services.rebuild_totals(at=NOW)


def regime_of(cast: Cast) -> Regime:
    """Set up a regime by which Sen Tây reports one measure to the city."""
    families = make_measure(owed_to=cast.city, user=cast.chi)
    papers.make_group(cast.sen_tay)
    return papers.make_regime(owed_to=cast.city, measures=[families], user=cast.chi)


def collected(cast: Cast) -> Collection:
    """Open July for that regime."""
    return papers.open_month(regime_of(cast), user=cast.chi)


def filled(cast: Cast) -> Report:
    """Fill in the report of Sen Tây for July."""
    report = collected(cast).reports.get()
    papers.fill(report, cast.mai, {line.measure: "120" for line in report.collection.lines.all()})
    return papers.fresh(report)


def set_regime(cast: Cast) -> Act:
    families = make_measure(owed_to=cast.city, user=cast.chi)
    papers.make_group(cast.sen_tay)
    return lambda: papers.make_regime(owed_to=cast.city, measures=[families], user=cast.chi)


def end_regime(cast: Cast) -> Act:
    regime = regime_of(cast)
    return lambda: services.end_regime(
        regime_id=regime.pk, version=1, until=JULY[0], user=cast.chi, on=TODAY, at=NOW
    )


def open_reports(cast: Cast) -> Act:
    regime = regime_of(cast)
    return lambda: papers.open_month(regime, user=cast.chi)


def close_collection(cast: Cast) -> Act:
    by = {"collection_id": collected(cast).pk, "user": cast.chi, "on": TODAY, "at": NOW}
    return lambda: services.close_collection(**by)


def reopen_collection(cast: Cast) -> Act:
    by = {"collection_id": collected(cast).pk, "user": cast.chi, "on": TODAY, "at": NOW}
    services.close_collection(**by)
    return lambda: services.reopen_collection(**by, reason="Phường gửi muộn")


def enter_cells(cast: Cast) -> Act:
    report = collected(cast).reports.get()
    line = report.collection.lines.get()
    return lambda: papers.fill(report, cast.mai, {line.measure: "120"})


def attach_evidence(cast: Cast) -> Act:
    report, act = filled(cast), papers.by(cast.mai, blobs=(papers.a_file(),))
    return lambda: services.attach_evidence(report_id=report.pk, measure_id=None, act=act)


def hand_in_report(cast: Cast) -> Act:
    report = filled(cast)
    return lambda: papers.hand_in(report, cast.mai)


def pass_report(cast: Cast) -> Act:
    report, leader = papers.hand_in(filled(cast), cast.mai), make_officer(cast.sen_tay)
    return lambda: papers.approve(report, leader)


def return_report(cast: Cast) -> Act:
    report = papers.hand_in(filled(cast), cast.mai)
    act = papers.by(make_officer(cast.sen_tay), note="Chưa khớp biên bản")
    return lambda: services.return_report(report_id=report.pk, act=act)


def unlock_report(cast: Cast) -> Act:
    leader = make_officer(cast.sen_tay)
    report = papers.approve(papers.hand_in(filled(cast), cast.mai), leader)
    act = papers.by(leader, note="Trùng ba hộ")
    return lambda: services.unlock_report(report_id=report.pk, act=act)


def take_book(cast: Cast) -> Act:
    report = collected(cast).reports.get()
    grid, read = papers.book_with(report, cast.mai, "120")
    return lambda: services.take_book(grid=grid, read=read, act=papers.by(cast.mai))


def raise_questions(cast: Cast) -> Act:
    collection = integrity.with_one_photograph(cast)
    return lambda: integrity.ask(collection)


def answer_question(cast: Cast) -> Act:
    question = integrity.question_to(cast.sen_tay, cast)
    act = integrity.question_by(cast.mai)
    return lambda: services.answer_question(
        question_id=question.pk, text="Ảnh chụp chung một hội nghị", act=act
    )


def close_question(cast: Cast) -> Act:
    question = integrity.question_to(cast.sen_tay, cast)
    act = integrity.question_by(cast.chi)
    return lambda: services.close_question(
        question_id=question.pk,
        outcome=QuestionOutcome.INSPECTION,
        note="Chuyển Ủy ban Kiểm tra",
        act=act,
    )


REPORTING_SCENARIOS: dict[str, Callable[[Cast], Act]] = {
    "reporting.open_period": open_period,
    "reporting.open_collection": open_collection,
    "reporting.approve_figures": approve_figures,
    "reporting.correct_figure": correct_figure,
    "reporting.rebuild_totals": rebuild_totals,
    "reporting.set_regime": set_regime,
    "reporting.end_regime": end_regime,
    "reporting.open_reports": open_reports,
    "reporting.close_collection": close_collection,
    "reporting.reopen_collection": reopen_collection,
    "reporting.enter_cells": enter_cells,
    "reporting.attach_evidence": attach_evidence,
    "reporting.hand_in_report": hand_in_report,
    "reporting.pass_report": pass_report,
    "reporting.return_report": return_report,
    "reporting.unlock_report": unlock_report,
    "reporting.take_book": take_book,
    "reporting.raise_questions": raise_questions,
    "reporting.answer_question": answer_question,
    "reporting.close_question": close_question,
}
