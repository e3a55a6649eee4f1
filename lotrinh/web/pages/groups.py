"""Saved groups: all of them on a day, one with its members, a new one, another meaning, the end."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from uuid_utils.compat import uuid7

from lotrinh.apps.units import selectors as units
from lotrinh.apps.units import services
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import SIGNED_IN, reader, right
from lotrinh.web.answers import SeeOther, address, asked_day, asked_uid
from lotrinh.web.formatting import day, day_and_month, named
from lotrinh.web.forms.groups import EndGroupForm, GroupForm, NewGroupForm
from lotrinh.web.pages.unit_sheets import sheet_file
from lotrinh.web.presenters.groups import (
    PREVIEWED,
    group_rows,
    group_url,
    meanings,
    member_rows,
    rule_text,
)
from lotrinh.web.presenters.names import UnitNames
from lotrinh.web.presenters.refusals import who_may
from lotrinh.web.wording import UNIT_KINDS

if TYPE_CHECKING:
    from lotrinh.apps.units.models import Group

MEMBERS = 200
"""How many members a page prints at once."""


@right(SIGNED_IN)
@require_safe
def group_list(request: HttpRequest) -> HttpResponse:
    """Show every saved group with how many units each means on the day asked for."""
    user, today = reader(request), clock.today()
    on, fault = asked_day(request, today)
    known = units.groups_known(on=on)
    root = units.root_unit(on=today)
    may_save = bool(units.reach(user_id=user.pk, action=Action.CHANGE_UNIT, on=today))
    refused = None
    if root is not None and not may_save:
        refused = who_may(Action.CHANGE_UNIT, unit_id=root.pk, on=today)
    context = {
        "on": on,
        "groups": group_rows(known, units.sizes_of(groups=known, on=on), on=on),
        "may_save": may_save,
        "refused_text": refused,
        "date_error_text": fault,
    }
    return render(request, "pages/groups/list.html", context)


@right(SIGNED_IN)
@require_safe
def group_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show what a group means on the day asked for, its units of that day, and its other days."""
    user, today = reader(request), clock.today()
    known = _known(code)
    on, fault = asked_day(request, today)
    group = next((one for one in known if on in one.valid), None)
    standing = units.tree_on(on=on, tree=group.tree.code) if group else ()
    members = units.members_of(group=group, on=on) if group else ()
    after = asked_uid(request.GET, "after")
    begin = next((place for place, unit in enumerate(members, 1) if unit.uid == after), 0)
    shown = members[begin : begin + MEMBERS]
    more = shown[-1].uid if begin + MEMBERS < len(members) else None
    latest, here = known[0], reverse("group", kwargs={"code": code})
    context = {
        "on": on,
        "code": code,
        "name": named(group or latest),
        "rule_text": rule_text(group) if group else "",
        "total": len(members),
        "members": member_rows(shown, {unit.id: named(unit) for unit in standing}, on=on),
        "is_in_force": group is not None,
        "next_url": address(here, on=on.isoformat(), after=more) if more else None,
        "meanings": meanings(known, on=on),
        "may_change": _may(latest, user_id=user.pk, on=today),
        "has_ended": latest.valid.upper is not None and latest.valid.upper <= today,
        "date_error_text": fault,
    }
    return render(request, "pages/groups/detail.html", context)


@right(SIGNED_IN)
@require_safe
def export(request: HttpRequest, code: str, ending: str) -> HttpResponse:
    """Give the units of a group on the day asked for, in the shape of the sheet of units."""
    _known(code)
    on, fault = asked_day(request, clock.today())
    group = units.group_on(code=code, on=on)
    if group is None or fault:
        raise Http404
    language = translation.get_language() or "vi"
    rows = list(units.group_sheet_rows(group=group, on=on, language=language))
    return sheet_file(rows, ending, f"lotrinh-{code}-{on.isoformat()}")


@right(Action.CHANGE_UNIT)
@require_http_methods(["GET", "HEAD", "POST"])
def new_group(request: HttpRequest) -> HttpResponse:
    """Save a new group: sent once it shows its units, confirmed it is saved."""
    user, today = reader(request), clock.today()
    if not units.reach(user_id=user.pk, action=Action.CHANGE_UNIT, on=today):
        raise PermissionDenied
    given = _given(request)
    if request.method != "POST":
        begun = {"client_key": uuid7(), "since": day_and_month(today), "tree": units.MAIN_TREE}
        return _form_page(request, NewGroupForm(None, initial=begun, **given))
    form = NewGroupForm(request.POST, **given)

    def save() -> "Group":
        code = form.cleaned_data["code"]
        return services.create_group(code=code, **_words(request, form))

    return _sent(request, form, save, None)


@right(Action.CHANGE_UNIT)
@require_http_methods(["GET", "HEAD", "POST"])
def change_group(request: HttpRequest, code: str) -> HttpResponse:
    """Let a group mean other units from a day on: shown first, saved once it is confirmed."""
    latest = _changeable(request, code)
    given = _given(request, latest)
    if request.method != "POST":
        begun = _said(latest, given["names"])
        return _form_page(request, GroupForm(None, initial=begun, **given), latest)
    form = GroupForm(request.POST, **given)

    def save() -> "Group":
        read = form.cleaned_data["read"] or latest.version
        return services.change_group(code=code, read=read, **_words(request, form))

    return _sent(request, form, save, latest)


@right(Action.CHANGE_UNIT)
@require_http_methods(["GET", "HEAD", "POST"])
def end_group(request: HttpRequest, code: str) -> HttpResponse:
    """Let a group mean nothing any more from the day after the one that is said."""
    user, today = reader(request), clock.today()
    latest = _changeable(request, code)
    context: dict[str, object] = {"code": code, "name": named(latest)}
    if request.method != "POST":
        begun = {"client_key": uuid7(), "last": day_and_month(today), "read": latest.version}
        context["form"] = EndGroupForm(None, initial=begun)
        return render(request, "pages/groups/end.html", context)
    form = EndGroupForm(request.POST)

    def end() -> "Group":
        read = form.cleaned_data["read"]
        return services.end_group(
            code=code, until=form.until(), read=read, user=user, on=today, at=clock.now()
        )

    if form.is_valid() and _attempt(form, end, field="last") is not None:
        messages.success(request, _("The end of the group is recorded."))
        return SeeOther(group_url(code, on=today))
    return render(request, "pages/groups/end.html", {**context, "form": form}, status=422)


def _known(code: str) -> "tuple[Group, ...]":
    """Return every meaning of a group, the latest first."""
    known = units.meanings_of(code=code)
    if not known:
        raise Http404
    return known


def _may(group: "Group", *, user_id: int, on: date) -> bool:
    added = [unit.pk for unit in group.added.all()]
    return units.may_group(below=group.below_id, added=added, user_id=user_id, on=on)


def _changeable(request: HttpRequest, code: str) -> "Group":
    """Return the latest meaning of a group that the reader may change."""
    latest = _known(code)[0]
    if not _may(latest, user_id=reader(request).pk, on=clock.today()):
        raise PermissionDenied
    return latest


def _given(request: HttpRequest, latest: "Group | None" = None) -> dict[str, Any]:
    """Return what a form offers: the names of the tree that is chosen, and the kinds."""
    trees = {tree.code for tree in units.trees()}
    asked = request.POST.get("tree", "") or (latest.tree.code if latest else units.MAIN_TREE)
    placed = units.tree_on(on=clock.today(), tree=asked if asked in trees else units.MAIN_TREE)
    kinds = {*UNIT_KINDS, *(unit.kind for unit in placed), *(latest.kinds if latest else ())}
    return {"names": UnitNames(placed), "kinds": [*UNIT_KINDS, *sorted(kinds - {*UNIT_KINDS})]}


def _words(request: HttpRequest, form: GroupForm) -> dict[str, Any]:
    said = form.cleaned_data
    return {
        "choice": form.choice(),
        "since": said["since"],
        "client_key": said["client_key"],
        "user": reader(request),
        "on": clock.today(),
        "at": clock.now(),
    }


def _said(group: "Group", names: UnitNames) -> dict[str, Any]:
    """Return what a group means, as its form shows it; what stands no more is shown by code."""

    def lines(units_named: Any) -> str:
        return "\n".join(names.label(unit.pk) or unit.code for unit in units_named)

    below = group.below
    return {
        "client_key": uuid7(),
        "read": group.version,
        "name_vi": group.name_vi,
        "name_en": group.name_en,
        "tree": group.tree.code,
        "kinds": group.kinds,
        "below": (names.label(below.pk) or below.code) if below else "",
        "added": lines(group.added.all()),
        "left_out": lines(group.left_out.all()),
        "since": day_and_month(clock.today()),
    }


def _sent(
    request: HttpRequest,
    form: GroupForm,
    save: "Callable[[], Group]",
    latest: "Group | None",
) -> HttpResponse:
    """Save the group if what was shown is confirmed; else show it, or why it cannot be saved."""
    if not form.is_valid():
        return _form_page(request, form, latest, status=422)
    if request.POST.get("confirm") != form.said:
        if "confirm" in request.POST:
            messages.info(request, _("You changed the form: read again what would happen."))
        return _form_page(request, form, latest, preview=form.meant(on=form.cleaned_data["since"]))
    saved = _attempt(form, save, field="since")
    if saved is None:
        return _form_page(request, form, latest, status=422)
    messages.success(request, _("The group is saved."))
    return SeeOther(group_url(saved.code, on=max(form.cleaned_data["since"], clock.today())))


def _attempt(form: forms.Form, act: "Callable[[], Group]", *, field: str) -> "Group | None":
    """Take the step and return what came of it; None where the form says why it was refused."""
    try:
        return act()
    except services.GroupNotAllowed:
        form.add_error(
            None, _("You may not change units everywhere where this group chooses some.")
        )
    except services.GroupCodeTaken as taken:
        form.add_error("code", _("Another group bears the code “%(code)s”.") % {"code": taken})
    except services.GroupChangedMeanwhile:
        form.add_error(
            None,
            _(
                "Somebody else changed this group meanwhile. What you typed is still here; open "
                "the group in another tab, compare, then send again from a fresh page."
            ),
        )
    except services.DayPassed:
        form.add_error(
            field, _("What it meant on days that have passed stays: choose a later day.")
        )
    except services.LaterMeaningKnown as later:
        form.add_error(
            field,
            _("It gets another meaning on %(day)s already: choose that day or a later one.")
            % {"day": day(later.day)},
        )
    except services.EndsBeforeItBegins:
        form.add_error(field, _("The group would end before it began."))
    return None


def _form_page(
    request: HttpRequest,
    form: GroupForm,
    latest: "Group | None" = None,
    *,
    preview: "tuple[units.PlacedUnit, ...] | None" = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "code": latest.code if latest else None,
        "name": named(latest) if latest else None,
        "is_previewed": preview is not None,
        "total": len(preview or ()),
        "named": [named(unit) for unit in (preview or ())[:PREVIEWED]],
        "more": max(len(preview or ()) - PREVIEWED, 0),
        "unit_names": form.names.offered,
    }
    return render(request, "pages/groups/form.html", context, status=status)
