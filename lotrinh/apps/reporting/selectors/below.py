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
    others = Report.objects.filter(collection=report.collection).exclude(pk=report.pk)
    waiting = others.exclude(state=ReportState.APPROVED).values_list("unit_id", flat=True)
    paths = units.paths_on(waiting, on=last)  # many units, of which few stand below: ids are enough
    below = [pk for pk, path in paths.items() if report.unit_id in path]
    return tuple(units.units_by_ids(below).values()) if below else ()
