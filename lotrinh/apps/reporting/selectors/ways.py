"""Which steps of a report are open, and to whom: those of the reader, and those of others."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from lotrinh.apps.reporting.models import Report, ReportCell, ReportEvent
from lotrinh.apps.reporting.selectors.cells import cells_of
from lotrinh.apps.reporting.selectors.stages import right_for, stages_of
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.report_states import PASSING, ReportState, ReportStep, may_follow

_STAGES = (ReportStep.HAND_IN, *PASSING)


@dataclass(frozen=True, slots=True)
class WayOn:
    """A step that is open, and by which right at which unit it is taken.

    ``is_allowed`` says whether the reader has that right, ``took_part`` whether he passed another
    stage of this round or entered what counts, by which the step is not for him.
    """

    step: ReportStep
    action: Action
    unit_id: int
    is_allowed: bool
    took_part: bool

    @property
    def is_open(self) -> bool:
        """Whether the reader may take the step."""
        return self.is_allowed and not self.took_part


def ways_on(
    *,
    report: Report,
    seen_by: int,
    on: date,
    cells: Collection[ReportCell] | None = None,
    events: Collection[ReportEvent] | None = None,
) -> tuple[WayOn, ...]:
    """Return every step that is open that day.

    ``cells`` are what counts and ``events`` the steps of ``passed_on``, where they are at hand.

    Closed collections take nothing in; whoever took a stage of this round takes no other.
    """
    stages = [stage.rule for stage in stages_of(collection=report.collection)]
    closed = report.collection.closed_on is not None
    part: bool | None = None
    found = []
    for step in ReportStep:
        if closed and step is not ReportStep.UNLOCK:
            continue
        if not may_follow(ReportState(report.state), step, stages, report.passed):
            continue
        action, unit_id = right_for(report=report, step=step, stages=stages, on=on)
        allowed = units.may(user_id=seen_by, action=action, unit_id=unit_id, on=on)
        took = False
        if step in PASSING and allowed:
            if part is None:
                part = took_part(report=report, user_id=seen_by, cells=cells, events=events)
            took = part
        found.append(WayOn(step, action, unit_id, allowed, took))
    return tuple(found)


def steps_open(*, report: Report, seen_by: int, on: date) -> tuple[ReportStep, ...]:
    """Return which steps of a report are open and the account's to take that day."""
    return tuple(way.step for way in ways_on(report=report, seen_by=seen_by, on=on) if way.is_open)


def took_part(
    *,
    report: Report,
    user_id: int,
    cells: Collection[ReportCell] | None = None,
    events: Collection[ReportEvent] | None = None,
) -> bool:
    """Say whether an account passed a stage of this round, or entered something that counts."""
    if events is None:
        events = tuple(report.events.filter(round=report.round, by=user_id, step__in=_STAGES))
    if any(
        event.round == report.round and event.by_id == user_id and event.step in _STAGES
        for event in events
    ):
        return True
    counting = cells_of(report=report).values() if cells is None else cells
    return any(cell.event.by_id == user_id for cell in counting)
