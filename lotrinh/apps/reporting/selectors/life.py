"""What was done to a report: its steps, what was entered at each, its files and where they lie.

A file is known by its bytes: the same photograph beside two figures is told to whoever sees both.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.reporting.models import Report, ReportCell, ReportEvent, ReportEvidence
from lotrinh.apps.reporting.selectors.reports import visible_reports


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What else a file supports: figures of other reports, and duties."""

    reports: tuple[Report, ...]
    duties: tuple[Duty, ...]


def story_of(*, report: Report, measure_id: int | None = None) -> QuerySet[ReportEvent]:
    """Return every step with what was entered and handed in by it, the last first.

    ``measure_id`` leaves only those that entered something for this measure, and what they entered.
    """
    cells = ReportCell.objects.select_related("measure").order_by("id")
    files = ReportEvidence.objects.select_related("blob", "measure").order_by("id")
    rows = report.events.select_related("by").order_by("-version")
    if measure_id is not None:
        cells, files = cells.filter(measure=measure_id), files.filter(measure=measure_id)
        entered = cells.filter(report=report).values("event")
        handed = files.filter(report=report).values("event")
        rows = rows.filter(Q(pk__in=entered) | Q(pk__in=handed))
    return rows.prefetch_related(Prefetch("cells", cells), Prefetch("evidence", files))


def entries_shown(*, report: Report, ids: Iterable[int]) -> dict[int, ReportCell]:
    """Return entries of a report by their ids: those that a form was made of."""
    return {cell.pk: cell for cell in report.cells.filter(pk__in=list(ids))}


def report_evidence_by_uid(uid: UUID, *, seen_by: int, on: date) -> ReportEvidence | None:
    """Return a file that was handed in; None where it is missing or its report is not seen."""
    seen = visible_reports(seen_by=seen_by, on=on).values("pk")
    rows = ReportEvidence.objects.select_related("blob").filter(uid=uid, report__in=seen)
    return rows.first()


def elsewhere_of(
    *, report: Report, blob_ids: Iterable[int], seen_by: int, on: date
) -> dict[int, Elsewhere]:
    """Return by file what else it supports that the account sees; one that is here alone is absent.

    The duty of the report itself is not something else.
    """
    wanted = set(blob_ids)
    if not wanted:
        return {}
    seen = visible_reports(seen_by=seen_by, on=on).exclude(pk=report.pk)
    there: dict[int, dict[int, Report]] = {}
    known = ReportEvidence.objects.filter(blob__in=wanted, report__in=seen.values("pk"))
    for one in known.select_related("report__unit", "report__collection__period__kind"):
        there.setdefault(one.blob_id, {})[one.report_id] = one.report
    owed = duties.supported_by(blob_ids=wanted, seen_by=seen_by, on=on)
    found = {}
    for blob in wanted:
        reports = tuple(there.get(blob, {}).values())
        others = tuple(duty for duty in owed.get(blob, ()) if duty.pk != report.duty_id)
        if reports or others:
            found[blob] = Elsewhere(reports, others)
    return found
