"""The collection room: how far the reports of a period are, unit by unit, and what is odd in them.

Every number leads to the list of exactly those units. Whoever may urge ticks some and goes on to
the page on which duties are urged.
"""

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.reporting import selectors as reporting
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.integrity.closing import QuestionState
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import address, asked_place, asked_unit
from lotrinh.web.formatting import named
from lotrinh.web.pages.unit_sheets import sheet_file
from lotrinh.web.presenters.regimes import may_set
from lotrinh.web.presenters.room import (
    PICKED,
    acts_of,
    filters_of,
    holds,
    in_tree_order,
    next_stage,
    outlier_lines,
    period_text,
    room_lines,
    stages_shown,
)
from lotrinh.web.wording_of_regimes import SHOWN

if TYPE_CHECKING:
    from datetime import date

    from lotrinh.apps.files.sheets import Cell
    from lotrinh.apps.reporting.models import Collection
    from lotrinh.apps.reporting.selectors import Room, RoomRow
    from lotrinh.apps.units.selectors import PlacedUnit
    from lotrinh.web.presenters.room import RoomLine

ROWS = 100
"""So many units stand on one page: half of what one act urges."""


@right(Action.READ_FIGURE)
@require_safe
def room(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show how far each unit is; ``show`` narrows to one state, ``page`` turns the list.

    ``unit`` narrows to one unit, ``under`` to one with all below it.
    """
    user, on = reader(request), clock.today()
    collection = found_collection(request, uid)
    found, place = _at_place(
        request, reporting.room_of(collection=collection, seen_by=user.pk, on=on), on=on
    )
    placed = units.tree_on(on=_day(collection, on))
    show, here = _show(request), reverse("collection", kwargs={"uid": uid})
    rows = _narrowed(found, show, placed)
    begin = asked_place(request) * ROWS
    lines = room_lines(rows[begin : begin + ROWS], found.stages, placed, seen_by=user.pk, on=on)
    filters = filters_of(found, path=here, asked=place)
    coming = next_stage(found.stages, on=on)
    regime = collection.regime
    keeps = regime is not None and may_set(regime, user_id=user.pk, on=on)
    context = {
        "collection": collection,
        "place_name": _place_name(request),
        "all_url": here,
        "period_text": period_text(collection),
        "asked": len(found.rows),
        "count": {one.code: one for one in filters},
        "filters": [one for one in filters if one.count or one.code in ("approved", "late")],
        "show": show,
        "shown": len(rows),
        "lines": lines,
        "stages": stages_shown(found, on=on),
        "days_left": (coming.due - on).days if coming else None,
        "last_due": max((stage.due for stage in found.stages), default=None),
        "may_urge": any(line.may_urge for line in lines),
        "is_picked": show in PICKED,
        "keeps": keeps,
        "events": acts_of(collection),
        "questions": _questioned(collection, user.pk, on),
        "next_url": address(here, show=show, **place, page=begin // ROWS + 1)
        if begin + ROWS < len(rows)
        else None,
        "files": _files(uid, show, place),
    }
    return render(request, "pages/collections/room.html", context)


@right(Action.READ_FIGURE)
@require_safe
def room_file(request: HttpRequest, uid: UUID, ending: str) -> HttpResponse:
    """Give the same list as a file: days as days, numbers as numbers."""
    user, on = reader(request), clock.today()
    collection = found_collection(request, uid)
    found, _place = _at_place(
        request, reporting.room_of(collection=collection, seen_by=user.pk, on=on), on=on
    )
    placed = units.tree_on(on=_day(collection, on))
    rows = _narrowed(found, _show(request), placed)
    lines = room_lines(rows, found.stages, placed, seen_by=user.pk, on=on)
    heads: list[Cell] = [
        *(_("Unit"), pgettext("superior", "Under"), _("Status"), _("Next stage"), _("Due")),
        *(_("Days late"), _("Days handed in late"), _("Lines filled"), _("Lines")),
        *(_("Cannot be read"), _("Who writes"), _("Last act"), _("Last act on"), _("Last act by")),
    ]
    name = f"lotrinh-room-{collection.period.code}"
    return sheet_file([heads, *(_cells(line) for line in lines)], ending, name)


@right(Action.READ_FIGURE)
@require_safe
def outliers(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the figures of all units that are unlike those before them and bear no word."""
    user, on = reader(request), clock.today()
    collection = found_collection(request, uid)
    found = reporting.outliers_of(collection=collection, seen_by=user.pk, on=on)
    begin = asked_place(request) * ROWS
    here = reverse("collection-outliers", kwargs={"uid": uid})
    context = {
        "collection": collection,
        "period_text": period_text(collection),
        "total": len(found),
        "units": len({one.report.unit_id for one in found}),
        "lines": outlier_lines(found[begin : begin + ROWS]),
        "next_url": address(here, page=begin // ROWS + 1) if begin + ROWS < len(found) else None,
    }
    return render(request, "pages/collections/outliers.html", context)


def found_collection(request: HttpRequest, uid: UUID) -> "Collection":
    """Return a collection into which the reader may look; to others it is not there."""
    found = reporting.collection_by_uid(uid, seen_by=reader(request).pk, on=clock.today())
    if found is None:
        raise Http404
    return found


def _questioned(collection: "Collection", user_id: int, on: "date") -> dict[str, int]:
    counts = reporting.questions_counted(collection=collection, seen_by=user_id, on=on)
    every = sum(counts.values())
    return {"all": every, "open": every - counts.get(QuestionState.CLOSED, 0)}


def _day(collection: "Collection", on: "date") -> "date":
    """Return the day of the tree: the last of the period, or today while it goes on."""
    return min(on, collection.period.rule.last)


def _files(uid: UUID, show: str, place: "dict[str, object]") -> list[tuple[str, str]]:
    """Return the endings of the files with the same list, and their addresses."""
    return [
        (
            name,
            address(
                reverse("collection-file", kwargs={"uid": uid, "ending": name}), show=show, **place
            ),
        )
        for name in ("xlsx", "csv")
    ]


def _at_place(
    request: HttpRequest, found: "Room", *, on: "date"
) -> "tuple[Room, dict[str, object]]":
    """Return the room narrowed to the units that the address names, and how it names them."""
    unit, under = asked_unit(request.GET, "unit"), asked_unit(request.GET, "under")
    held: set[int] | None = None
    if unit is not None:
        held = {unit.pk, *duties.answering_for(unit.pk, on=on)}
    elif under is not None:
        held = set(duties.owed_below(under.pk, on=on))
    if held is None:
        return found, {}
    rows = tuple(row for row in found.rows if row.report.unit_id in held)
    asked: dict[str, object] = {"unit": unit.uid} if unit else {"under": under.uid if under else ""}
    return replace(found, rows=rows), asked


def _place_name(request: HttpRequest) -> str:
    unit = asked_unit(request.GET, "unit") or asked_unit(request.GET, "under")
    return named(unit) if unit else ""


def _show(request: HttpRequest) -> str:
    asked = request.GET.get("show", "")
    return asked if asked in SHOWN else ""


def _narrowed(found: "Room", show: str, placed: "tuple[PlacedUnit, ...]") -> "tuple[RoomRow, ...]":
    rows = (row for row in found.rows if holds(row, show, found.stages))
    return in_tree_order(rows, placed)


def _cells(line: "RoomLine") -> "list[Cell]":
    return [
        line.unit_name,
        line.above,
        line.words_text,
        line.stage_text,
        line.due,
        line.late,
        line.handed_in_late,
        line.filled,
        line.lines,
        line.unsettled,
        line.writer_text or "",
        line.last_text,
        clock.day_of(line.last_at) if line.last_at else None,
        line.last_by,
    ]
