"""The stages of a collection's reports: which there are, who takes which, by when."""

from collections.abc import Sequence
from datetime import date

from lotrinh.apps.reporting.models import Collection, CollectionStage, Report
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.report_states import ReportStep, Stage, next_step

_BY_UNIT = (ReportStep.ENTER, ReportStep.ATTACH, ReportStep.HAND_IN)


def stages_of(*, collection: Collection) -> tuple[CollectionStage, ...]:
    """Return the stages of a collection, the first first; kept with the collection at hand."""
    known = collection.__dict__.get("_stages")
    if known is None:
        known = tuple(collection.stages.order_by("position"))
        collection.__dict__["_stages"] = known
    return tuple(known)


def right_for(
    *, report: Report, step: ReportStep, stages: Sequence[Stage], on: date
) -> tuple[Action, int]:
    """Return by which right, and at which unit, somebody takes this step of a report that day.

    Entering is the unit's own. A check asks for the right to enter at the height of its stage, an
    approval and what undoes it for the right to approve there.
    """
    if step in _BY_UNIT:
        return Action.ENTER_FIGURE, report.unit_id
    if step is ReportStep.UNLOCK:
        return Action.APPROVE_FIGURE, unit_at(report.unit_id, height=stages[-1].height, on=on)
    coming = next_step(stages, report.passed)
    if coming is None or not report.passed:
        return Action.APPROVE_FIGURE, report.unit_id
    checks = coming.step is ReportStep.CHECK
    action = Action.ENTER_FIGURE if checks else Action.APPROVE_FIGURE
    return action, unit_at(report.unit_id, height=coming.height, on=on)


def unit_at(unit_id: int, *, height: int, on: date) -> int:
    """Return the unit so many levels above the one that answers for a unit, the root at most."""
    if not height:
        return unit_id
    answering = units.answerable_for([unit_id], on=on)[unit_id]
    place = units.place_of(unit_id=answering, on=on)
    if place is None:
        return answering
    return place.path[max(0, len(place.path) - 1 - height)]
