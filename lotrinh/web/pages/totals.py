"""The board: how the duties of a unit stand, and those of all units below it.

Each number opens the list of the very duties that it counts.
"""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import address, asked_unit
from lotrinh.web.formatting import named
from lotrinh.web.presenters.totals import board_lines, shares_of, totals_of


@right(Action.READ_DUTY)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Show how the duties of a unit and of all below it stand (``under``; else of everyone).

    Units that owe nothing are folded into one line, unless ``all`` asks for them.
    """
    user, on = reader(request), clock.today()
    under = asked_unit(request.GET, "under")
    rows = duties.board(seen_by=user.pk, on=on, under=under.pk if under else None)
    if not rows:
        raise Http404
    head, here = rows[0], reverse("duty-board")
    above = {row.uid: named(row) for row in _above(rows[0].unit.path[:-1], on=on)}
    unfolded = request.GET.get("all") == "1"
    lines, folded = board_lines(rows, path=here, unfolded=unfolded)
    context = {
        "head_name": named(head.unit),
        "above": [(name, address(here, under=uid)) for uid, name in above.items()],
        "totals": totals_of(head.whole, {"under": head.unit.uid}),
        "shares": shares_of(head.whole),
        "lines": lines,
        "folded": folded,
        "unfold_url": address(here, under=under.uid if under else None, all="1"),
        "strip_url": reverse("unit-strip", kwargs={"uid": head.unit.uid}),
    }
    return render(request, "pages/totals/board.html", context)


def _above(ids: tuple[int, ...], *, on: date) -> "list[Any]":
    standing = units.standing_among(ids, on=on) if ids else {}
    return [standing[pk] for pk in ids if pk in standing]
