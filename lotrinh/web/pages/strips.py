"""The strip of a unit: how punctual it was, and those right below it, by month or by period."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.reporting import selectors as reporting
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.punctuality import months_to
from lotrinh.rules.punctuality.months import shifted
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import PAGE, address, asked_place, asked_uid
from lotrinh.web.formatting import named, typed_day
from lotrinh.web.presenters.report_strips import report_columns
from lotrinh.web.presenters.strips import (
    Columns,
    lines_of,
    month_columns,
    shades_of,
    with_something_due,
)

if TYPE_CHECKING:
    from lotrinh.apps.reporting.models import Regime
    from lotrinh.apps.units.models import Unit

MONTHS = 12
PERIODS = 12
"""So many columns stand side by side."""


@right(Action.READ_DUTY)
@require_safe
def unit_strip(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the strips of a unit and of those right below it, a page at a time (``page``).

    ``until`` is a day of the last month; with ``regime`` the columns are the periods of a regime.
    Units to which nothing fell due are folded into one line, unless ``all`` asks for them.
    """
    user, on = reader(request), clock.today()
    unit = units.unit_by_uid(uid)
    if unit is None:
        raise Http404
    here = reverse("unit-strip", kwargs={"uid": unit.uid})
    regimes = reporting.regimes_watched(seen_by=user.pk, on=on)
    regime_uid = asked_uid(request.GET, "regime")
    regime = next((one for one in regimes if one.uid == regime_uid), None)
    until = typed_day(request.GET.get("until", "")) or on
    begin = asked_place(request) * PAGE
    columns: Columns
    rows: Sequence[duties.StripRow[Any]]
    if regime is None:
        columns, rows = months_of(unit, until=until, seen_by=user.pk, on=on)
    else:
        columns, rows = _periods_of(regime, unit, seen_by=user.pk, on=on)
    asked: dict[str, object] = {"regime": regime.uid} if regime else {"until": until}
    asked["all"] = request.GET.get("all", "")[:1]
    unfolded = request.GET.get("all") == "1"
    shown, folded = with_something_due(rows, unfolded=unfolded)
    lines, below = lines_of(shown, columns, begin=begin, size=PAGE)
    follows, month = begin + PAGE < below, until.replace(day=1)
    is_past = month < on.replace(day=1)
    context = {
        "unit": unit,
        "unit_name": named(unit),
        "above": _above(unit, on=on),
        "heads": columns.heads,
        "lines": lines,
        "below": below + folded,
        "folded": folded,
        "unfold_url": address(here, **(asked | {"all": "1"})),
        "shades": shades_of(lines),
        "is_of_reports": regime is not None,
        "ways": [
            (_("Duties, by month"), here, regime is None),
            *((one.name, address(here, regime=one.uid), one == regime) for one in regimes),
        ],
        "earlier_url": address(here, until=shifted(month, -MONTHS)),
        "later_url": address(here, until=shifted(month, MONTHS)) if is_past else None,
        "next_url": address(here, **asked, page=begin // PAGE + 1) if follows else None,
    }
    return render(request, "pages/totals/strip.html", context)


def _above(unit: "Unit", *, on: date) -> list[tuple[str, str]]:
    """Return the names and the strips of the units above a unit, the root first."""
    return [
        (named(one), reverse("unit-strip", kwargs={"uid": one.uid}))
        for one in units.lineage(unit_id=unit.pk, on=on)
        if one.id != unit.pk
    ]


def _periods_of(
    regime: "Regime", unit: "Unit", *, seen_by: int, on: date
) -> tuple[Columns, tuple[duties.StripRow[int], ...]]:
    found = reporting.punctual_in(
        regime=regime, under=unit.pk, most=PERIODS, seen_by=seen_by, on=on
    )
    return report_columns(found), found.rows


def months_of(
    unit: "Unit", *, until: date, seen_by: int, on: date
) -> tuple[Columns, tuple[duties.StripRow[date], ...]]:
    """Return a year of months up to a day, and how a unit and all below it did in each."""
    months = months_to(until, MONTHS)
    rows = duties.strips(months=months, under=unit.pk, seen_by=seen_by, on=on)
    return month_columns(months), rows
