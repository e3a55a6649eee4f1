"""A report of figures as its page shows it: what it is, where it lies, who may take it further."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lotrinh.apps.journal import selectors as journal
from lotrinh.apps.reporting import selectors as reporting
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.period_words import period_name
from lotrinh.rules.report_states import PASSING, ReportState, ReportStep, next_step
from lotrinh.web.formatting import named
from lotrinh.web.presenters.refusals import who_may
from lotrinh.web.wording import word
from lotrinh.web.wording_of_reports import (
    FIGURE_BASES,
    REPORT_EVENTS,
    REPORT_STAGES,
    REPORT_STEPS,
)

if TYPE_CHECKING:
    from lotrinh.apps.reporting.models import Report, ReportEvent
    from lotrinh.apps.reporting.selectors import WayOn
    from lotrinh.rules.periods import Period

ENTERING = (ReportStep.ENTER, ReportStep.ATTACH)


@dataclass(frozen=True, slots=True)
class StageLine:
    """A stage: who passes it by when, and who passed it. ``code`` is the shape of its state."""

    code: str
    name: str
    unit_name: str
    due: date
    days_late: int
    by_name: str
    on: date | None
    is_next: bool


@dataclass(frozen=True, slots=True)
class StepOffer:
    """A step that is open: its address, or why not this reader and who may."""

    code: str
    name: str
    url: str
    is_first: bool
    refused_text: str


@dataclass(frozen=True, slots=True)
class ReportMoment:
    """A step that was taken, in words."""

    at: datetime
    words_text: str
    by_name: str
    version: int
    note: str
    without: tuple[str, ...]


def in_words(period: "Period") -> str:
    """Return what a period is called in the language of the page."""
    return period_name(period, language=(get_language() or "vi")[:2])


def report_facts(report: "Report", *, on: date) -> dict[str, Any]:
    """Return what a report is: its unit, period, regime and state, and when it is due."""
    collection = report.collection
    stages = reporting.stages_of(collection=collection)
    coming = stages[report.passed] if report.passed < len(stages) else None
    return {
        "report": report,
        "title": f"{collection.regime}: {in_words(collection.period.rule)}",
        "unit_name": named(report.unit),
        "unit_uid": report.unit.uid,
        "period_text": in_words(collection.period.rule),
        "regime": collection.regime,
        "collection_uid": collection.uid,
        "basis_text": word(FIGURE_BASES, collection.basis),
        "is_open": report.state == ReportState.OPEN and collection.closed_on is None,
        "is_approved": report.state == ReportState.APPROVED,
        "is_handed_in": report.state == ReportState.HANDED_IN,
        "is_anew": report.state == ReportState.OPEN and report.round > 1,
        "closed_on": collection.closed_on,
        "due": coming.due if coming else None,
        "days_late": max(0, (on - coming.due).days) if coming else 0,
    }


def stage_lines(
    report: "Report", events: "Sequence[ReportEvent]", names: Mapping[UUID, str], *, on: date
) -> tuple[StageLine, ...]:
    """Return the stages of a report in their order; ``events`` are the steps that were taken."""
    stages = reporting.stages_of(collection=report.collection)
    at = reporting.units_at(report, on=on)
    passed = {
        event.passed: event
        for event in reversed(events)
        if event.round == report.round and event.step in (ReportStep.HAND_IN, *PASSING)
    }
    found = []
    for place, stage in enumerate(stages, start=1):
        event = passed.get(place) if place <= report.passed else None
        late = ((event.on if event else on) - stage.due).days
        found.append(
            StageLine(
                code=_shape(is_done=event is not None, days=late),
                name=word(REPORT_STAGES, stage.step),
                unit_name=named(at[stage.height]),
                due=stage.due,
                days_late=max(0, late),
                by_name=names.get(event.by.uid, "") if event else "",
                on=event.on if event else None,
                is_next=place == report.passed + 1,
            )
        )
    return tuple(found)


def offers_of(
    report: "Report", ways: "Sequence[WayOn]", *, on: date
) -> tuple[tuple[StepOffer, ...], tuple[tuple[str, str], ...]]:
    """Return the steps of the reader's own side, and those of others with who takes them."""
    mine: list[StepOffer] = []
    others: dict[tuple[Action, int], list[str]] = {}
    for way in ways:
        if way.step in ENTERING:
            continue
        name = word(REPORT_STEPS, way.step)
        if not way.is_allowed:
            others.setdefault((way.action, way.unit_id), []).append(name)
            continue
        mine.append(
            StepOffer(
                code=way.step.value,
                name=name,
                url=reverse("report-step", kwargs={"uid": report.uid, "step": way.step.value}),
                is_first=way.step in (ReportStep.HAND_IN, *PASSING),
                refused_text=took_part_words(way, on=on) if way.took_part else "",
            )
        )
    told = tuple(
        ("; ".join(names), who_may(action, unit_id=unit_id, on=on))
        for (action, unit_id), names in others.items()
    )
    return tuple(mine), told


def took_part_words(way: "WayOn", *, on: date) -> str:
    """Return why a stage is not for whoever has taken another, and who may take it."""
    return _(
        "You entered figures of this report or passed a stage of it yourself, so somebody else has "
        "to do this. %(who)s"
    ) % {"who": who_may(way.action, unit_id=way.unit_id, on=on)}


def moments_of_report(
    events: "Sequence[ReportEvent]", names: Mapping[UUID, str] | None = None
) -> tuple[ReportMoment, ...]:
    """Return steps in words, in their order; ``names`` by the uids of those who took them."""
    if not events:
        return ()
    if names is None:
        names = journal.names_of({event.by.uid for event in events})
    left_out = {UUID(uid) for event in events for uid in event.details.get("without", ()) if uid}
    known = {one.uid: named(one) for one in units.units_by_uids(left_out)} if left_out else {}
    return tuple(
        ReportMoment(
            at=event.at,
            words_text=word(REPORT_EVENTS, event.step),
            by_name=names.get(event.by.uid, ""),
            version=event.version,
            note=event.note,
            without=tuple(known[UUID(uid)] for uid in event.details.get("without", ())),
        )
        for event in events
    )


def awaited(report: "Report") -> str:
    """Return what a report that was handed in waits for; empty where it waits for nothing."""
    stages = [stage.rule for stage in reporting.stages_of(collection=report.collection)]
    coming = next_step(stages, report.passed)
    if coming is None or report.state != ReportState.HANDED_IN:
        return ""
    return word(REPORT_STAGES, coming.step)


def _shape(*, is_done: bool, days: int) -> str:
    if is_done:
        return "done_late" if days > 0 else "done"
    return "late" if days > 0 else "waiting"
