"""Passing a report from stage to stage: handed in, checked, approved, returned, unlocked.

Whoever passes a stage names the content that he has read. Nobody takes two stages of one round, and
nobody passes a figure that he has entered. When the last stage is passed the figures count.
"""

from collections.abc import Collection as Several
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from lotrinh.apps.reporting.models import Report, ReportCell
from lotrinh.apps.reporting.selectors.asked_once import told_elsewhere, told_otherwise
from lotrinh.apps.reporting.selectors.below import missing_below
from lotrinh.apps.reporting.selectors.cells import cells_of
from lotrinh.apps.reporting.selectors.forms import lines_of
from lotrinh.apps.reporting.selectors.questions import open_questions
from lotrinh.apps.reporting.selectors.stages import stages_of
from lotrinh.apps.reporting.selectors.ways import took_part
from lotrinh.apps.reporting.services.counting import let_count
from lotrinh.apps.reporting.services.owing import follow_duty
from lotrinh.apps.reporting.services.refusals import (
    BelowMissing,
    CellsMissing,
    CellsUnsettled,
    NotInForm,
    QuestionsOpen,
    ToldOtherwise,
    TookPart,
)
from lotrinh.apps.reporting.services.report_steps import (
    ReportAct,
    keep_event,
    locked_report,
    require_step,
    step_taken,
)
from lotrinh.rules.report_states import PASSING, ReportStep
from lotrinh.rules.typed_cells import UNSETTLED, CellKind


@transaction.atomic
def hand_in_report(*, report_id: int, act: ReportAct) -> Report:
    """Let others check and approve what the unit has entered, and return the report.

    Every line has a figure or the word that there are none, or another report has told its figure;
    what is unlike the figures before has a comment that says why. The same key again is once.

    Raises CellsUnsettled, ToldOtherwise, CellsMissing, QuestionsOpen, and as every step does
    NotAllowed, CollectionClosed, ReportStepNotOpen, ReportChangedMeanwhile.
    """
    report = locked_report(report_id=report_id)
    if step_taken(report=report, act=act):
        return report
    cells = cells_of(report=report)
    require_step(report=report, step=ReportStep.HAND_IN, act=act, cells=cells)
    _require_whole(report, act, cells)
    report.handed_in_on, report.handed_in_by = act.on, act.user
    event = keep_event(report=report, step=ReportStep.HAND_IN, act=act, passed=1, cells=cells)
    follow_duty(report=report, event=event)
    return report


@transaction.atomic
def pass_report(
    *,
    report_id: int,
    step: ReportStep,
    act: ReportAct,
    without: Several[UUID] = (),
) -> Report:
    """Check or approve a report, and return it; after the last stage its figures count.

    ``without`` are the uids of the units below whose reports are not approved: whoever approves for
    all of them names each. Raises TookPart, BelowMissing, and as every step does; at the last stage
    also ToldOtherwise and what ``approve_figures`` and ``correct_figure`` raise.
    """
    if step not in PASSING:
        raise ValueError(f"no stage is passed by {step}")
    report = locked_report(report_id=report_id)
    if step_taken(report=report, act=act):
        return report
    cells = cells_of(report=report)
    require_step(report=report, step=step, act=act, cells=cells)
    _require_other(report, act, cells)
    missing = missing_below(report=report) if step is ReportStep.APPROVE else ()
    if {unit.uid for unit in missing} != set(without):
        raise BelowMissing(missing)
    event = keep_event(
        report=report,
        step=step,
        act=act,
        passed=report.passed + 1,
        details={"without": sorted(str(uid) for uid in without)} if without else {},
        cells=cells,
    )
    if report.passed == len(stages_of(collection=report.collection)):
        report.approved_on = act.on
        report.save(update_fields=["approved_on"])
        let_count(report=report, act=act, cells=cells)
    follow_duty(report=report, event=event)
    return report


@transaction.atomic
def return_report(
    *, report_id: int, act: ReportAct, cells: Mapping[int, str] | None = None
) -> Report:
    """Give a report back to its unit, saying why, and of which figures; return the report.

    ``cells`` give by measure what is asked of its figure. Raises NoWords, NotInForm, and as every
    step does.
    """
    report = locked_report(report_id=report_id)
    asked = {pk: words.strip()[:2000] for pk, words in (cells or {}).items() if words.strip()}
    lines = {line.measure_id: line.measure for line in lines_of(collection=report.collection)}
    if asked.keys() - lines.keys():
        raise NotInForm(", ".join(map(str, sorted(asked.keys() - lines.keys()))))
    said = {str(lines[pk].uid): words for pk, words in asked.items()}
    return _begin_anew(report_id, ReportStep.RETURN, act, details={"cells": said})


@transaction.atomic
def unlock_report(*, report_id: int, act: ReportAct) -> Report:
    """Let a unit enter an approved report anew, saying why, and return it.

    Its figures count until others take their place. Raises NoWords, and as every step does.
    """
    return _begin_anew(report_id, ReportStep.UNLOCK, act)


def _begin_anew(
    report_id: int, step: ReportStep, act: ReportAct, details: Mapping[str, object] | None = None
) -> Report:
    report = locked_report(report_id=report_id)
    if step_taken(report=report, act=act):
        return report
    require_step(report=report, step=step, act=act)
    report.round += 1
    report.handed_in_on = report.handed_in_by = report.approved_on = None
    event = keep_event(report=report, step=step, act=act, passed=0, details=details)
    follow_duty(report=report, event=event)
    return report


def _require_whole(report: Report, act: ReportAct, cells: Mapping[int, ReportCell]) -> None:
    """Raise unless each line says something that can be read, and what is odd is explained."""
    unsettled = [cell for cell in cells.values() if cell.kind in UNSETTLED]
    if unsettled:
        raise CellsUnsettled(unsettled)
    elsewhere = told_elsewhere(report=report)
    if otherwise := told_otherwise(cells=cells, elsewhere=elsewhere):
        raise ToldOtherwise(tuple(otherwise.values()))
    said = {pk for pk, cell in cells.items() if cell.kind != CellKind.EMPTY} | elsewhere.keys()
    missing = [
        line.measure_id
        for line in lines_of(collection=report.collection)
        if line.measure_id not in said
    ]
    if missing:
        raise CellsMissing(missing)
    questions = open_questions(report=report, cells=cells, on=act.on)
    if questions:
        raise QuestionsOpen(questions)


def _require_other(report: Report, act: ReportAct, cells: Mapping[int, ReportCell]) -> None:
    """Raise TookPart for whoever passed a stage of this round, or entered what counts."""
    if took_part(report=report, user_id=act.user.pk, cells=cells.values()):
        raise TookPart(str(act.user.uid))
