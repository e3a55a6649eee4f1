"""Which units below one have not been approved in a collection: whoever approves names them."""

from lotrinh.apps.reporting.models import Report
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.rules.report_states import ReportState


def missing_below(*, report: Report) -> tuple[Unit, ...]:
    """Return the units below that owe a report of the same collection and have none approved.

    By the tree of the last day of the period, in the order of Vietnamese names. Units that have
    none to give are not among them: only those that stood in the period were asked.
    """
    last = report.collection.period.rule.last
    below = set(units.descendants_of(unit_id=report.unit_id, on=last))
    found = (
        Report.objects.filter(collection=report.collection, unit__in=below - {report.unit_id})
        .exclude(state=ReportState.APPROVED)
        .select_related("unit")
        .order_by("unit__sort_key", "unit_id")
    )
    return tuple(each.unit for each in found)
