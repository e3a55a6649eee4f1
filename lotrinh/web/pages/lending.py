"""An appointment that exists: its post is lent to somebody for a time, or it ends."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from uuid_utils.compat import uuid7

from lotrinh.apps.units import selectors as units
from lotrinh.apps.units import services
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther, asked_uid
from lotrinh.web.formatting import day_and_month
from lotrinh.web.forms.appointing import EndForm, LendForm
from lotrinh.web.pages.appointing import attempt, page_of
from lotrinh.web.presenters.people import person_names, post_now

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.units.models import Appointment


@right(Action.APPOINT_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def lend(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Delegate a post to somebody else until a day, with the actions that are chosen."""
    user, on = reader(request), clock.today()
    lender = _held(uid, user=user, on=on)
    if units.appointment_by_key(asked_uid(request.POST, "client_key")) is not None:
        return page_of(lender.person)
    carried = lender.post.role.actions
    if request.method != "POST":
        begun = {"client_key": uuid7(), "since": day_and_month(on), "actions": carried}
        form = LendForm(None, initial=begun, carried=carried, seen_by=user.pk, on=on)
        return _lend_page(request, form, lender)
    form = LendForm(request.POST, carried=carried, seen_by=user.pk, on=on)
    if form.is_valid():
        words = _words(form, user=user, on=on)
        if attempt(form, lambda: services.lend_post(lender=lender, **words)) is not None:
            messages.success(request, _("The delegation is recorded."))
            return page_of(lender.person)
    return _lend_page(request, form, lender, status=422)


@right(Action.APPOINT_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let an appointment end with the day that is said."""
    user, on = reader(request), clock.today()
    held = _held(uid, user=user, on=on)
    if request.method != "POST":
        form = EndForm(None, on=on, initial={"client_key": uuid7(), "last": day_and_month(on)})
        return _end_page(request, form, held)
    form = EndForm(request.POST, on=on)
    if form.is_valid():
        given: dict[str, Any] = {"until": form.until(), "user": user, "on": on, "at": clock.now()}
        if attempt(form, lambda: services.release_holder(appointment=held, **given)) is not None:
            if form.until() <= held.valid.lower:
                messages.success(request, _("The appointment was taken back; it never began."))
            else:
                messages.success(request, _("The end is recorded. What was done stays as it is."))
            seen = units.person_seen(held.person.uid, seen_by=user.pk, on=on)
            return page_of(held.person) if seen else SeeOther(reverse("people"))
    return _end_page(request, form, held, status=422)


def _held(uid: UUID, *, user: "User", on: date) -> "Appointment":
    """Return the appointment, which may be seen and about which the reader may decide."""
    held = units.appointment_seen(uid, seen_by=user.pk, on=on)
    if held is None:
        raise Http404
    if not units.may_fill(post=held.post, user_id=user.pk, on=on):
        raise PermissionDenied
    return held


def _words(form: LendForm, *, user: "User", on: date) -> dict[str, Any]:
    said = form.cleaned_data
    return {
        "person": form.person_found,
        "since": said["since"],
        "until": said["until"],
        "actions": form.lent(),
        "legal_basis": said["legal_basis"],
        "client_key": said["client_key"],
        "user": user,
        "on": on,
        "at": clock.now(),
    }


def _lend_page(
    request: HttpRequest, form: LendForm, held: "Appointment", *, status: int = 200
) -> HttpResponse:
    names = person_names(seen_by=reader(request).pk, on=clock.today())
    context = _about(form, held) | {"person_names": names}
    return render(request, "pages/people/lend.html", context, status=status)


def _end_page(
    request: HttpRequest, form: EndForm, held: "Appointment", *, status: int = 200
) -> HttpResponse:
    context = _about(form, held) | {"not_begun": clock.today() < held.valid.lower}
    return render(request, "pages/people/end.html", context, status=status)


def _about(form: forms.Form, held: "Appointment") -> dict[str, Any]:
    return {"form": form, "held": held, "person": held.person, "post": post_now(held)}
