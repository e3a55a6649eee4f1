"""The steps that a report has taken, and what the last return still asks of its figures."""

from collections.abc import Mapping, Sequence

from lotrinh.apps.reporting.models import Report, ReportCell, ReportEvent
from lotrinh.rules.report_states import ReportState, ReportStep

_ENTERING = (ReportStep.ENTER, ReportStep.ATTACH)


def events_of(*, report: Report) -> tuple[ReportEvent, ...]:
    """Return every step of a report, the last first."""
    return tuple(report.events.select_related("by").order_by("-version"))


def passed_on(*, report: Report) -> tuple[ReportEvent, ...]:
    """Return the steps by which a report went from hand to hand, the last first."""
    rows = report.events.select_related("by").exclude(step__in=_ENTERING)
    return tuple(rows.order_by("-version"))


def asked_anew(
    *, report: Report, events: Sequence[ReportEvent], cells: Mapping[int, ReportCell]
) -> dict[str, str]:
    """Return by the uid of the measure what was asked last and nobody has entered anew since.

    ``events`` are those of ``passed_on``, ``cells`` what counts now.
    """
    if report.state != ReportState.OPEN:
        return {}
    last = next((event for event in events if event.step == ReportStep.RETURN), None)
    if last is None:
        return {}
    asked = dict(last.details.get("cells", {}))
    for cell in cells.values():
        if cell.event.version > last.version:
            asked.pop(str(cell.measure.uid), None)
    return asked
