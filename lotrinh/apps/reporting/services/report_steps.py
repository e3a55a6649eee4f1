"""How any step of a report is taken: once, in its turn, by whom the stages say, and kept.

A step is looked for under its client key, allowed, and written behind a lock of the report's own
row; it names the version and the content that its taker had before him, so that nobody passes what
he has not seen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lotrinh.apps.accounts.models import User
from lotrinh.apps.files.models import Blob
from lotrinh.apps.journal import services as journal
from lotrinh.apps.reporting.models import Report, ReportCell, ReportEvent
from lotrinh.apps.reporting.selectors.cells import content_of
from lotrinh.apps.reporting.selectors.stages import right_for, stages_of
from lotrinh.apps.reporting.services.refusals import (
    CollectionClosed,
    NotAllowed,
    NoWords,
    ReportChangedMeanwhile,
    ReportStepNotOpen,
)
from lotrinh.apps.units import selectors as units
from lotrinh.rules.report_states import WITH_WORDS, ReportState, ReportStep, may_follow, state_after

REPORT_VERBS = {
    ReportStep.ENTER: "report.entered",
    ReportStep.ATTACH: "report.attached",
    ReportStep.HAND_IN: "report.submitted",
    ReportStep.CHECK: "report.checked",
    ReportStep.APPROVE: "report.approved",
    ReportStep.RETURN: "report.returned",
    ReportStep.UNLOCK: "report.unlocked",
}
"""What the journal says of a step that was taken."""

ROOM_FOR_WORDS = 4000


@dataclass(frozen=True, slots=True)
class ReportAct:
    """Who takes a step of a report, when, and by which form (``client_key``).

    ``content`` is the hash of what the taker had before him, empty where the step binds to none.
    ``note`` is what is said with it, ``blobs`` the files, each with the name by which it came.
    """

    user: User
    client_key: UUID
    on: date
    at: datetime
    content: str = ""
    note: str = ""
    blobs: tuple[tuple[Blob, str], ...] = ()


def locked_report(*, report_id: int) -> Report:
    """Return the report once nobody else is taking a step; until we have done, nobody will."""
    rows = Report.objects.select_for_update(of=("self",))
    return rows.select_related(
        "unit", "duty", "collection__period__kind", "collection__regime"
    ).get(pk=report_id)


def step_taken(*, report: Report, act: ReportAct) -> bool:
    """Say whether this account has taken the step of this form before. Asked behind the lock."""
    return report.events.filter(client_key=act.client_key, by=act.user).exists()


def require_step(
    *,
    report: Report,
    step: ReportStep,
    act: ReportAct,
    cells: Mapping[int, ReportCell] | None = None,
) -> None:
    """Raise unless the step is open, allowed to the account, and of what it has before it.

    ``cells`` are what counts, where it was read behind the lock. Raises NotAllowed,
    CollectionClosed, ReportStepNotOpen, ReportChangedMeanwhile, NoWords.
    """
    stages = [stage.rule for stage in stages_of(collection=report.collection)]
    action, unit_id = right_for(report=report, step=step, stages=stages, on=act.on)
    if not units.may(user_id=act.user.pk, action=action, unit_id=unit_id, on=act.on):
        raise NotAllowed(f"{action} for {step}")
    if report.collection.closed_on is not None and step is not ReportStep.UNLOCK:
        raise CollectionClosed(report.collection)
    if not may_follow(ReportState(report.state), step, stages, report.passed):
        raise ReportStepNotOpen(f"{step} from {report.state}", last_event(report=report))
    if act.content and act.content != content_of(report=report, cells=cells):
        raise ReportChangedMeanwhile(str(report.uid), last_event(report=report))
    if step in WITH_WORDS and not act.note.strip():
        raise NoWords(str(step))


def last_event(*, report: Report, steps: Sequence[ReportStep] = ()) -> ReportEvent | None:
    """Return the last step that was taken, or the last of these."""
    found = report.events.select_related("by")
    return (found.filter(step__in=steps) if steps else found).order_by("-version").first()


def keep_event(
    *,
    report: Report,
    step: ReportStep,
    act: ReportAct,
    passed: int,
    details: Mapping[str, object] | None = None,
    cells: Mapping[int, ReportCell] | None = None,
) -> ReportEvent:
    """Write the report as it now stands, the event, and the entry of the journal.

    ``cells`` are what counts, where it was read behind the lock.
    """
    names_content = step not in (ReportStep.ENTER, ReportStep.ATTACH)
    stages = [stage.rule for stage in stages_of(collection=report.collection)]
    report.passed = passed
    report.state = state_after(stages, passed)
    report.version += 1
    report.save()
    event = ReportEvent.objects.create(
        report=report,
        step=step,
        version=report.version,
        round=report.round,
        passed=passed,
        by=act.user,
        on=act.on,
        at=act.at,
        client_key=act.client_key,
        content=content_of(report=report, cells=cells) if names_content else "",
        note=act.note.strip()[:ROOM_FOR_WORDS],
        details=dict(details or {}),
    )
    journal.record(
        REPORT_VERBS[step],
        report.named,
        actor=act.user.named,
        at=act.at,
        unit_uid=report.unit.uid,
        data={"version": report.version, "state": str(report.state), "content": event.content},
    )
    return event
