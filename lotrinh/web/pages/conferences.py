"""Conferences: the list, planning one, its page with who is there, its sites."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from uuid_utils.compat import uuid7

from lotrinh.apps.dissemination import selectors as dissemination
from lotrinh.apps.dissemination import services
from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.conferences import ConferenceState, Counting, counted_words
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import PAGE, SeeOther, address, asked_place
from lotrinh.web.formatting import day
from lotrinh.web.forms.conferences import CallForm, PlanForm
from lotrinh.web.presenters.conferences import conference_rows, lagging, room_shown
from lotrinh.web.presenters.names import UnitNames
from lotrinh.web.presenters.refusals import who_may
from lotrinh.web.presenters.target_series import language
from lotrinh.web.wording import word
from lotrinh.web.wording_of_conferences import STATES

if TYPE_CHECKING:
    from collections.abc import Callable

    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.dissemination.models import Conference

MOST_DOCUMENTS = 100


@right(Action.READ_DUTY)
@require_safe
def conference_list(request: HttpRequest) -> HttpResponse:
    """Show the conferences that the reader is called to or looks after; ``page`` turns."""
    user, on = reader(request), clock.today()
    begin = asked_place(request) * PAGE
    rows = list(dissemination.visible(seen_by=user.pk, on=on)[begin : begin + PAGE + 1])
    follows = len(rows) > PAGE
    context = {
        "conferences": conference_rows(rows[:PAGE]),
        "may_plan": bool(units.reach(user_id=user.pk, action=Action.HOLD_CONFERENCE, on=on)),
        "may_class": dissemination.may_class(user_id=user.pk, on=on),
        "next_url": address(reverse("conferences"), page=begin // PAGE + 1) if follows else None,
    }
    return render(request, "pages/conferences/list.html", context)


@right(Action.HOLD_CONFERENCE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_conference(request: HttpRequest) -> HttpResponse:
    """Plan a conference."""
    user, on = reader(request), clock.today()
    if not units.reach(user_id=user.pk, action=Action.HOLD_CONFERENCE, on=on):
        raise PermissionDenied
    given: dict[str, Any] = {
        "names": UnitNames(units.tree_on(on=on)),
        "documents": list(documents.visible(seen_by=user.pk, on=on)[:MOST_DOCUMENTS]),
    }
    if request.method != "POST":
        held = units.first_post(user_id=user.pk, on=on)
        begun = {
            "client_key": uuid7(),
            "unit": (given["names"].label(held.post.scope_id) or "") if held else "",
            "day": day(on),
            "counting": Counting.HEADCOUNT,
        }
        return _new_page(request, PlanForm(None, initial=begun, **given))
    form = PlanForm(request.POST, **given)
    if not form.is_valid():
        return _new_page(request, form, status=422)
    try:
        conference = services.plan_conference(
            said=form.said(language=language()),
            user=user,
            on=on,
            at=clock.now(),
            client_key=form.cleaned_data["client_key"],
        )
    except services.NotAllowed:
        unit = form.cleaned_data["unit"]
        form.add_error("unit", who_may(Action.HOLD_CONFERENCE, unit_id=unit.pk, on=on))
        return _new_page(request, form, status=422)
    except services.NotNow:
        form.add_error("day", _("Choose today or a day to come."))
        return _new_page(request, form, status=422)
    except services.KeyTaken:
        form.add_error(None, _("This form was sent by somebody else. Open it anew."))
        return _new_page(request, form, status=409)
    messages.success(request, _("The conference is planned. Call the sites next."))
    return SeeOther(reverse("conference", kwargs={"uid": conference.uid}))


def _new_page(request: HttpRequest, form: PlanForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "unit_names": form.names.offered}
    return render(request, "pages/conferences/new.html", context, status=status)


@right(Action.READ_DUTY)
@require_safe
def conference_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a conference: what it carries, its sites, who is there."""
    user, on = reader(request), clock.today()
    conference = conference_or_404(uid, user, on)
    room = dissemination.room_of(conference=conference, seen_by=user.pk, on=on)
    shown = room_shown(room, conference, dissemination.classes_on(on=conference.day))
    may_hold = dissemination.may_hold(conference, user_id=user.pk, on=on)
    context = {
        "conference": conference,
        "state": word(STATES, conference.state),
        "counted": counted_words(Counting(conference.counting), language=language()),
        "room": shown,
        "line_url": line_url(conference, user, on),
        "lagging": lagging(shown.dots) if conference.state == ConferenceState.UNDER_WAY else [],
        "agenda": dissemination.run_sheet_of(conference=conference),
        "documents": documents.visible(seen_by=user.pk, on=on).filter(conferences=conference),
        "may_hold": may_hold,
        "may_prepare": may_hold and conference.state == ConferenceState.PREPARED,
        "is_under_way": conference.state == ConferenceState.UNDER_WAY,
    }
    return render(request, "pages/conferences/detail.html", context)


@right(Action.READ_DUTY)
@require_safe
def conference_room(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show who is there alone, as the page of the conference renews it."""
    user, on = reader(request), clock.today()
    conference = conference_or_404(uid, user, on)
    room = dissemination.room_of(conference=conference, seen_by=user.pk, on=on)
    context = {
        "conference": conference,
        "room": room_shown(room, conference, dissemination.classes_on(on=conference.day)),
        "line_url": line_url(conference, user, on),
        "is_under_way": conference.state == ConferenceState.UNDER_WAY,
    }
    return render(request, "pages/conferences/room.html", context)


@right(Action.HOLD_CONFERENCE)
@require_http_methods(["GET", "HEAD", "POST"])
def call_sites(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Call a group of units to sites of their own, all at once."""
    user, on = reader(request), clock.today()
    conference = conference_or_404(uid, user, on)
    if not dissemination.may_hold(conference, user_id=user.pk, on=on):
        raise PermissionDenied
    given: dict[str, Any] = {
        "classes": dissemination.classes_on(on=conference.day),
        "groups": units.groups_known(on=conference.day),
        "names": UnitNames(units.tree_on(on=conference.day)),
    }
    form = CallForm(request.POST if request.method == "POST" else None, **given)
    context = {"conference": conference, "form": form}
    if request.method != "POST":
        return render(request, "pages/conferences/call.html", context)
    if not form.is_valid():
        return render(request, "pages/conferences/call.html", context, status=422)
    try:
        made = services.call_sites(
            conference_id=conference.pk,
            called=form.called(),
            numbers=form.numbers(),
            user=user,
            on=on,
            at=clock.now(),
        )
    except services.NotNow:
        form.add_error(None, _("It has begun or is over: sites are not called any more."))
        return render(request, "pages/conferences/call.html", context, status=409)
    said = ngettext("%(n)s site is called.", "%(n)s sites are called.", made)
    messages.success(request, said % {"n": made})
    return SeeOther(reverse("conference", kwargs={"uid": uid}))


@right(Action.HOLD_CONFERENCE)
@require_POST
def open_it(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Open a conference: sites may tell who is there."""
    return _step(request, uid, services.open_conference)


@right(Action.HOLD_CONFERENCE)
@require_POST
def close_it(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Close a conference: nobody is counted any more."""
    return _step(request, uid, services.close_conference)


@right(Action.HOLD_CONFERENCE)
@require_POST
def call_off(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Call a conference off."""
    return _step(request, uid, services.call_off)


def _step(request: HttpRequest, uid: UUID, take: "Callable[..., Conference]") -> HttpResponse:
    user, on = reader(request), clock.today()
    conference = conference_or_404(uid, user, on)
    try:
        take(conference_id=conference.pk, user=user, on=on, at=clock.now())
    except services.NotAllowed:
        raise PermissionDenied from None
    except services.NotNow as refused:
        said = _("This cannot be done any more: the conference is %(state)s.")
        messages.error(request, said % {"state": word(STATES, str(refused))})
    return SeeOther(reverse("conference", kwargs={"uid": uid}))


def line_url(conference: "Conference", user: "User", on: date) -> str | None:
    """Return the address of the live line, for whoever may look into every site."""
    if not dissemination.sees_all(conference, user_id=user.pk, on=on):
        return None
    return reverse("conference-live", kwargs={"uid": conference.uid})


def conference_or_404(uid: UUID, user: "User", on: date) -> "Conference":
    """Return a conference that the account may see."""
    found = dissemination.conference_by_uid(uid, seen_by=user.pk, on=on)
    if found is None:
        raise Http404
    return found
