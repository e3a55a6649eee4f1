"""The organisation as it stood on a day, and a unit with what it owes."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.units import selectors as units
from lotrinh.web import clock
from lotrinh.web.access import SIGNED_IN, reader, right
from lotrinh.web.formatting import typed_day
from lotrinh.web.presenters.units import (
    band_counts,
    bands_of,
    calendar_of,
    post_rows,
    unit_facts,
    unit_nodes,
)

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.units.models import Unit


@right(SIGNED_IN)
@require_safe
def unit_tree(request: HttpRequest) -> HttpResponse:
    """Show the tree of the day asked for, each unit with what it owed as far as the reader sees."""
    user, today = reader(request), clock.today()
    on, fault = _asked_day(request, today)
    placed = units.tree_on(on=on)
    owed = duties.open_by_unit(as_of=on, seen_by=user.pk, on=today)
    mine = _own_unit(user, on=today)
    context = {
        "on": on,
        "units": unit_nodes(placed, owed, mine=mine.pk if mine else None),
        "total": len(placed),
        "date_error_text": fault,
    }
    return render(request, "pages/units/tree.html", context)


@right(SIGNED_IN)
@require_safe
def unit_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a unit on the day asked for: its place, what it owed, who held its posts."""
    user, today = reader(request), clock.today()
    unit = units.unit_by_uid(uid)
    if unit is None:
        raise Http404
    on, fault = _asked_day(request, today)
    if fault:
        messages.error(request, fault)
    above = units.lineage(unit_id=unit.pk, on=on)
    place = above[-1] if above else units.last_place_of(unit_id=unit.pk)
    rows = list(duties.owed_on(unit_id=unit.pk, as_of=on, seen_by=user.pk, on=today))
    counts = band_counts(rows, on=on)
    mine = _own_unit(user, on=today)
    below = units.children_of(unit_id=unit.pk, on=on)
    owed = duties.open_by_unit(as_of=on, seen_by=user.pk, on=today) if below else {}
    posts = units.posts_of(unit_id=unit.pk, as_of=on, seen_by=user.pk, on=today)
    context = {
        "unit": unit_facts(unit, place, above[:-1], on=on),
        "on": on,
        "is_mine": mine is not None and mine.pk == unit.pk,
        **counts,
        "bands": bands_of(rows, unit_uid=unit.uid, on=on),
        "posts": post_rows(posts),
        "posts_seen": posts is not None,
        "children": unit_nodes(below, owed, mine=mine.pk if mine else None),
        "calendar": calendar_of(rows, on=on),
        "events": (),
    }
    return render(request, "pages/units/detail.html", context)


@right(SIGNED_IN)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the reader's own unit, or to the documents where there is none."""
    mine = _own_unit(reader(request), on=clock.today())
    where = reverse("unit", kwargs={"uid": mine.uid}) if mine else reverse("documents")
    answer = HttpResponse(status=302)
    answer["Location"] = where
    return answer


def _own_unit(user: "User", *, on: date) -> "Unit | None":
    held = units.first_post(user_id=user.pk, on=on)
    return held.post.unit if held else None


def _asked_day(request: HttpRequest, today: date) -> tuple[date, str | None]:
    """Return the day asked for, or today with the reason why the one asked for is none."""
    typed = request.GET.get("on", "").strip()
    found = typed_day(typed) if typed else today
    if found is not None:
        return found, None
    return today, _(
        "“%(day)s” is no day. Type day/month/year, such as 7/8/2024; today is shown instead."
    ) % {"day": typed}
