"""A unit at a glance: what it owes, what it is owed, what waits for its decision."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties.selectors import Decision, Glance
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import address
from lotrinh.web.formatting import named
from lotrinh.web.pages.strips import months_of
from lotrinh.web.presenters.strips import lines_of, shades_of, with_something_due
from lotrinh.web.presenters.totals import glance_side

MOST_BELOW = 12
"""So many of the units right below stand in the strip; the page of the strip has all."""


@right(Action.READ_DUTY)
@require_safe
def unit_glance(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show how a unit stands, as far as the reader sees its duties; numbers open their lists.

    What a unit that ended owed or was owed counts with the unit that answers for it.
    """
    user, on = reader(request), clock.today()
    unit = units.unit_by_uid(uid)
    if unit is None:
        raise Http404
    held = duties.answering_for(unit.pk, on=on)
    owes = duties.glance_at(seen_by=user.pk, on=on, unit_ids=held)
    owed = duties.glance_at(seen_by=user.pk, on=on, owed_to=held)
    waiting = duties.count_waiting(unit_ids=held, seen_by=user.pk, on=on)
    counted = reverse("duties-counted")
    sides: tuple[tuple[str, Glance], ...] = (("unit", owes), ("to", owed))
    columns, rows = months_of(unit, until=on, seen_by=user.pk, on=on)
    shown, _folded = with_something_due(rows, unfolded=False)
    lines, below_count = lines_of(shown, columns, begin=0, size=MOST_BELOW)
    context = {
        "strip": lines,
        "heads": columns.heads,
        "shades": shades_of(lines),
        "more_below": below_count > MOST_BELOW,
        "unit": unit,
        "unit_name": named(unit),
        "sides": [glance_side(side, found, unit.uid) for side, found in sides],
        "to_decide": sum(waiting.values()),
        "decisions": [
            (str(one), waiting[one], address(counted, mark=one, decides=unit.uid))
            for one in Decision
        ],
        "below_url": address(reverse("duty-board"), under=unit.uid),
    }
    return render(request, "pages/totals/unit.html", context)
