"""The files that support a figure: those that were handed in with the report that it came with."""

from datetime import date

from lotrinh.apps.reporting.models import Figure, ReportEvidence
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action


def evidence_of(*, figure: Figure, seen_by: int, on: date) -> tuple[ReportEvidence, ...]:
    """Return the files for a figure, then those for its report as a whole.

    Only what was there when the figure was approved; nothing of a figure that came with no report,
    or that the account may not read.
    """
    reach = units.reach(user_id=seen_by, action=Action.READ_FIGURE, on=on)
    if figure.unit_id not in reach or figure.approval.source is None:
        return ()
    found = ReportEvidence.objects.filter(
        report__uid=figure.approval.source, event__at__lte=figure.approval.at
    )
    rows = list(found.order_by("id"))
    of_figure = [row for row in rows if row.measure_id == figure.measure_id]
    return (*of_figure, *(row for row in rows if row.measure_id is None))
