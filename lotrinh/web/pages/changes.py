"""Changing the organisation: say it, see what it moves, confirm it; undo it in time."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from uuid_utils.compat import uuid7

from lotrinh.apps.units import selectors as units
from lotrinh.apps.units import services
from lotrinh.rules.actions import Action
from lotrinh.rules.placement import Refused
from lotrinh.rules.succession import WrongForm
from lotrinh.web import clock
from lotrinh.web.access import SIGNED_IN, reader, right
from lotrinh.web.answers import SeeOther, address, asked_uid, one_page
from lotrinh.web.formatting import day, named
from lotrinh.web.forms.changes import FORMS, ChangeForm
from lotrinh.web.presenters.changes import (
    change_lines,
    change_row,
    directed,
    preview_of,
    refusal_text,
)
from lotrinh.web.presenters.names import UnitNames
from lotrinh.web.presenters.refusals import who_may

if TYPE_CHECKING:
    from lotrinh.apps.units.models import Change, Unit


class NothingChanges(Exception):
    """What is asked for is so already."""


NOBODY_DEFINES = gettext_lazy(
    "From that day nobody could define roles any more. First let somebody hold a post of another "
    "unit that may define roles at the head of the organisation."
)
LINES = 400
"""How many lines of one change a page prints."""


@right(SIGNED_IN)
@require_safe
def change_list(request: HttpRequest) -> HttpResponse:
    """Show what is planned, and what has changed; both page by page."""
    today = clock.today()
    lists = {"planned": units.planned_changes(on=today), "past": units.past_changes(on=today)}
    asked = {name: asked_uid(request.GET, f"{name}_after") for name in lists}
    context: dict[str, object] = {"totals": {name: rows.count() for name, rows in lists.items()}}
    for name, found in lists.items():
        after = asked[name]
        others = any(uid for other, uid in asked.items() if other != name)
        rows, last = one_page(units.changes_after(found, after, on=today) if after else found)
        context[name] = {
            "rows": directed(rows, on=today),
            "is_shown": after is not None or not others,
            "next_url": address(reverse("changes"), **{f"{name}_after": last.uid})
            if last
            else None,
        }
    return render(request, "pages/changes/list.html", context)


@right(SIGNED_IN)
@require_safe
def change_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one change, and the button to take it back while its day is still to come."""
    user, today = reader(request), clock.today()
    change = units.change_by_uid(uid)
    if change is None:
        raise Http404
    row = change_row(change, on=today)
    first = change.units.first()
    context = {
        "change": row,
        "lines": change_lines(change)[:LINES],
        "may_undo": row.is_planned
        and not row.is_undone
        and units.may_change(change=change, user_id=user.pk, on=today),
        "who": who_may(Action.CHANGE_UNIT, unit_id=first.pk, on=today) if first else "",
    }
    return render(request, "pages/changes/detail.html", context)


@right(Action.CHANGE_UNIT)
@require_POST
def undo(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a change back whole."""
    user, today = reader(request), clock.today()
    change = units.change_by_uid(uid)
    if change is None:
        raise Http404
    try:
        services.undo_change(change=change, user=user, on=today, at=clock.now())
    except services.ChangeNotAllowed as refused:
        raise PermissionDenied from refused
    except services.ChangeReached:
        messages.error(request, _("The day of this change has come: it can no longer be undone."))
    except services.NobodyDefines:
        messages.error(request, NOBODY_DEFINES)
    except Refused as refused:
        messages.error(
            request,
            _(
                "Not undone: another change (%(day)s) was recorded after this one and rests on it. "
                "Undo that one first."
            )
            % {"day": day(refused.day)},
        )
    else:
        messages.success(request, _("The change was undone. Everything stands as before."))
    return SeeOther(reverse("change", kwargs={"uid": uid}))


@right(Action.CHANGE_UNIT)
@require_http_methods(["GET", "HEAD", "POST"])
def unit_change(request: HttpRequest, uid: UUID, kind: str) -> HttpResponse:
    """Ask for a change of a unit; sent once it shows what would move, confirmed it is made."""
    user, today = reader(request), clock.today()
    unit = units.unit_by_uid(uid)
    if unit is None or kind not in FORMS:
        raise Http404
    if not units.may(user_id=user.pk, action=Action.CHANGE_UNIT, unit_id=unit.pk, on=today):
        raise PermissionDenied
    names = UnitNames.standing(on=today)
    if request.method != "POST":
        begun = {"client_key": uuid7(), **_names_now(kind, unit)}
        return _page(request, kind, unit, FORMS[kind](None, names=names, initial=begun))
    form = FORMS[kind](request.POST, names=names)
    if made := units.change_by_key(asked_uid(request.POST, "client_key")):
        return SeeOther(reverse("change", kwargs={"uid": made.uid}))
    if form.is_valid() and (answer := _answer(request, kind, unit, form)):
        return answer
    return _page(request, kind, unit, form, status=422)


def _answer(request: HttpRequest, kind: str, unit: "Unit", form: ChangeForm) -> HttpResponse | None:
    """Make the change, or show what it would move; None where the form says why not."""
    try:
        _check_changes(kind, unit, form)
        if request.POST.get("confirm") == form.said:
            change = _make(kind, unit, form, request)
            messages.success(request, _("The change is recorded."))
            return SeeOther(reverse("change", kwargs={"uid": change.uid}))
        moved = _moved(kind, unit, form)
    except Refused as refused:
        form.add_error(None, refusal_text(refused))
    except services.CodeTaken as taken:
        form.add_error("code", _("Another unit bears the code “%(code)s”.") % {"code": taken})
    except tuple(_refusals()) as refused:
        form.add_error(*_refusals()[type(refused)])
    else:
        if "confirm" in request.POST:
            messages.info(request, _("You changed the form: read again what would happen."))
        today, day = clock.today(), form.cleaned_data["day"]
        shown = preview_of(kind, unit, moved=moved, day=day, on=today)
        return _page(request, kind, unit, form, preview=shown)
    return None


def _refusals() -> dict[type[Exception], tuple[str | None, str]]:
    """Return by refusal the field that it concerns, and what to do."""
    return {
        services.ChangeNotAllowed: (
            None,
            _("You may not change the other unit that this concerns."),
        ),
        services.ParentNotInForce: ("day", _("The unit above does not stand from that day on.")),
        services.WrongSuccession: ("receiver", _("A unit cannot take over from itself.")),
        services.NobodyDefines: (None, str(NOBODY_DEFINES)),
        NothingChanges: (None, _("Nothing would change: it is so already.")),
    }


def _page(
    request: HttpRequest,
    kind: str,
    unit: "Unit",
    form: ChangeForm,
    *,
    preview: object = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "kind": kind,
        "unit": unit,
        "unit_name": named(unit),
        "form": form,
        "preview": preview,
        "unit_names": form.names.offered if kind in {"move", "abolish"} else (),
    }
    return render(request, "pages/changes/form.html", context, status=status)


def _names_now(kind: str, unit: "Unit") -> dict[str, str]:
    return {"name_vi": unit.name_vi, "name_en": unit.name_en} if kind == "rename" else {}


def _moved(kind: str, unit: "Unit", form: ChangeForm) -> list[int]:
    """Return whom the change would move. Raises what the change itself would refuse."""
    day: date = form.cleaned_data["day"]
    if kind == "move":
        parent = form.cleaned_data["parent"]
        step = units.preview_move(
            unit_id=unit.pk, parent_id=parent.pk, tree=units.main_tree(), day=day
        )
        return [place.unit for place in step.begun]
    if kind == "abolish":
        if form.cleaned_data["receiver"] == unit:
            raise services.WrongSuccession({WrongForm.FOLLOWS_ITSELF})
        units.preview_end(unit_id=unit.pk, day=day)
        _check_definers(unit, day)
    return []


def _check_definers(unit: "Unit", day: date) -> None:
    """Refuse to end the posts of the last who may define roles. Raises NobodyDefines."""
    without = units.somebody_defines(on=day, without_unit=unit.pk)
    if units.somebody_defines(on=day) and not without:
        raise services.NobodyDefines(unit.code)


def _check_changes(kind: str, unit: "Unit", form: ChangeForm) -> None:
    """Refuse what is so already. Raises NothingChanges."""
    said = form.cleaned_data
    if kind == "rename" and (said["name_vi"], said["name_en"]) == (unit.name_vi, unit.name_en):
        raise NothingChanges
    if kind == "move":
        place = units.place_of(unit_id=unit.pk, on=said["day"])
        if place is not None and place.depth and place.path[-2] == said["parent"].pk:
            raise NothingChanges


def _make(kind: str, unit: "Unit", form: ChangeForm, request: HttpRequest) -> "Change":
    """Make the change."""
    said = form.cleaned_data
    given: dict[str, Any] = {
        "day": said["day"],
        "legal_basis": said["legal_basis"],
        "client_key": said["client_key"],
        "user": reader(request),
        "on": clock.today(),
        "at": clock.now(),
    }
    tree = units.main_tree()
    acts: dict[str, Callable[[], Change]] = {
        "rename": lambda: services.rename_unit(
            unit=unit, name_vi=said["name_vi"], name_en=said["name_en"], **given
        ),
        "move": lambda: services.move_unit(unit=unit, tree=tree, parent=said["parent"], **given),
        "abolish": lambda: services.abolish_unit(unit=unit, receiver=said["receiver"], **given),
        "establish": lambda: services.establish_unit(
            code=said["code"],
            kind=said["kind"],
            name_vi=said["name_vi"],
            name_en=said["name_en"],
            tree=tree,
            parent=unit,
            **given,
        ),
    }
    return acts[kind]()
