"""The stages of a collection's reports: which there are, who takes which, by when."""

from collections.abc import Iterable, Sequence
from datetime import date

from lotrinh.apps.reporting.models import Collection, CollectionStage, Report
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
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
        return Action.APPROVE_FIGURE, units_at(report, on=on)[stages[-1].height].pk
    coming = next_step(stages, report.passed)
    if coming is None or not report.passed:
        return Action.APPROVE_FIGURE, report.unit_id
    checks = coming.step is ReportStep.CHECK
    action = Action.ENTER_FIGURE if checks else Action.APPROVE_FIGURE
    return action, units_at(report, on=on)[coming.height].pk


def units_at(report: Report, *, on: date) -> dict[int, Unit]:
    """Return by height of its stages which unit takes them; kept with the report at hand.

    It is so many levels above the one that answers for the report's unit, the root at most.
    """
    known = report.__dict__.setdefault("_units_at", {})
    if on not in known:
        heights = {stage.height for stage in stages_of(collection=report.collection)} - {0}
        above: tuple[Unit, ...] = ()
        if heights:
            answering = units.answerable_for([report.unit_id], on=on)[report.unit_id]
            above = units.units_above(answering, on=on)
        known[on] = {
            height: above[max(0, len(above) - 1 - height)] if above else report.unit
            for height in heights
        } | {0: report.unit}
    found: dict[int, Unit] = known[on]
    return found


def units_at_heights(wanted: Iterable[tuple[int, int]], *, on: date) -> dict[tuple[int, int], int]:
    """Return for each pair of a unit and a height which unit that is, asking once for all."""
    pairs = set(wanted)
    found: dict[tuple[int, int], int] = {pair: pair[0] for pair in pairs if not pair[1]}
    above = pairs - found.keys()
    if not above:
        return found
    answering = units.answerable_for({unit_id for unit_id, _ in above}, on=on)
    paths = units.paths_on(set(answering.values()), on=on)
    for unit_id, height in above:
        last = answering[unit_id]
        path = paths.get(last, (last,))
        found[unit_id, height] = path[max(0, len(path) - 1 - height)]
    return found
