"""Reports of figures: what the reader writes, what waits for his check, what he collects."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lotrinh.apps.reporting import selectors as reporting
from lotrinh.web import clock
from lotrinh.web.access import SIGNED_IN, reader, right
from lotrinh.web.answers import PAGE, address, asked_place
from lotrinh.web.formatting import named
from lotrinh.web.presenters.regimes import report_url, stage_name
from lotrinh.web.presenters.room import count_line, period_text, status_at

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from lotrinh.apps.reporting.models import Report

COLLECTIONS = 50
CLOSED = 10
"""So many collections the page shows that are open, and that were closed last."""


@right(SIGNED_IN)
@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """Show the reports that wait for the reader, each with its day, and the collections he sees.

    ``page`` turns the list of those that wait for his check or approval.
    """
    user, on = reader(request), clock.today()
    to_write = reporting.reports_to_write(seen_by=user.pk, on=on)
    waiting = reporting.reports_waiting(seen_by=user.pk, on=on)
    begin = asked_place(request) * PAGE
    more = begin + PAGE < len(waiting)
    who: dict[str, Any] = {"seen_by": user.pk, "on": on}
    counted = reporting.collections_counted(most=COLLECTIONS, **who)
    closed = reporting.collections_counted(most=CLOSED, is_closed=True, **who)
    context = {
        "to_write": len(to_write),
        "writing": _rows(to_write[:PAGE], on=on),
        "late": sum(1 for one in reporting.at_stages(to_write, on=on) if one.late),
        "waiting": len(waiting),
        "passing": _rows(waiting[begin : begin + PAGE], on=on),
        "next_url": address(reverse("reports"), page=begin // PAGE + 1) if more else None,
        "collections": [count_line(one) for one in counted],
        "closed": [count_line(one) for one in closed],
    }
    return render(request, "pages/reports/list.html", context)


def _rows(reports: "Sequence[Report]", *, on: "date") -> list[dict[str, Any]]:
    """Return reports before their next stage as the page lists them."""
    return [
        {
            "url": report_url(one.report.uid),
            "regime": one.report.collection.regime.name if one.report.collection.regime else "",
            "period": period_text(one.report.collection),
            "unit_uid": one.report.unit.uid,
            "unit_name": named(one.report.unit),
            "stage": stage_name(one.stage.step, one.stage.height),
            "due": one.stage.due,
            "filled": one.filled,
            "lines": one.lines,
            "status": status_at(one.stage.due, one.late, on=on),
        }
        for one in reporting.at_stages(reports, on=on)
    ]
