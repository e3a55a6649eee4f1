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
    others = (
        Report.objects.filter(collection=report.collection)
        .exclude(state=ReportState.APPROVED)
        .exclude(pk=report.pk)
        .select_related("unit")
        .order_by("unit__sort_key", "unit_id")
    )
    open_units = tuple(each.unit for each in others)
    paths = units.paths_on([unit.pk for unit in open_units], on=last) if open_units else {}
    return tuple(unit for unit in open_units if report.unit_id in paths.get(unit.pk, ()))
