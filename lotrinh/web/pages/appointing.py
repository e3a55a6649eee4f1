"""Appointing: a post of a unit is given to somebody known, or to somebody new."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
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
from lotrinh.web.formatting import day, named
from lotrinh.web.forms.appointing import AppointForm, NewcomerForm
from lotrinh.web.forms.unit_fields import alike, which_unit
from lotrinh.web.presenters.names import UnitNames
from lotrinh.web.presenters.refusals import who_may

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.units.models import Appointment, Person, Post, Unit

_ONE_DAY = timedelta(days=1)


@right(Action.APPOINT_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def newcomer(request: HttpRequest) -> HttpResponse:
    """Register somebody who is not known yet, with a first post in the unit that is chosen."""
    user, on = reader(request), clock.today()
    require_appointer(user, on=on)
    made = units.appointment_by_key(asked_uid(request.POST, "client_key"))
    if made is not None:
        return page_of(made.person)
    unit, posts, fault = _where(request, user, on=on)
    if unit is None or not posts:
        return _choose_unit(request, user, None, fault)
    given: dict[str, Any] = {"posts": _choices(posts), "seen_by": user.pk, "on": on}
    if request.method != "POST":
        form = NewcomerForm(None, initial={"client_key": uuid7()}, **given)
        return _fill_page(request, form, unit, None)
    form = NewcomerForm(request.POST, **given)
    if form.is_valid():
        name = form.cleaned_data["full_name"]
        words = _words(form, posts, user=user, on=on)
        made = attempt(form, lambda: services.take_on(full_name=name, **words))
    if made is None:
        return _fill_page(request, form, unit, None, status=422)
    messages.success(request, _("%(name)s is registered.") % {"name": made.person.full_name})
    return page_of(made.person)


@right(Action.APPOINT_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Appoint somebody who is known to a post of the unit that is chosen."""
    user, on = reader(request), clock.today()
    person = units.person_seen(uid, seen_by=user.pk, on=on)
    if person is None:
        raise Http404
    require_appointer(user, on=on)
    unit, posts, fault = _where(request, user, on=on)
    if unit is None or not posts:
        return _choose_unit(request, user, person, fault)
    if request.method != "POST":
        form = AppointForm(None, posts=_choices(posts), initial={"client_key": uuid7()})
        return _fill_page(request, form, unit, person)
    form = AppointForm(request.POST, posts=_choices(posts))
    if form.is_valid():
        words = _words(form, posts, user=user, on=on)
        if attempt(form, lambda: services.fill_post(person=person, **words)) is not None:
            messages.success(request, _("The appointment is recorded."))
            return page_of(person)
    return _fill_page(request, form, unit, person, status=422)


def page_of(person: "Person") -> SeeOther:
    """Lead to somebody's page."""
    return SeeOther(reverse("person", kwargs={"uid": person.uid}))


def require_appointer(user: "User", *, on: date) -> None:
    """Refuse whoever may appoint nowhere."""
    if not units.reach(user_id=user.pk, action=Action.APPOINT_PEOPLE, on=on):
        raise PermissionDenied


def attempt(form: forms.Form, act: "Callable[[], Appointment]") -> "Appointment | None":
    """Take the step and return what came of it; None where the form says why it was refused."""
    try:
        return act()
    except services.AppointingNotAllowed as refused:
        raise PermissionDenied from refused
    except services.PostStandsNowhere as refused:
        gone = refused.until is None or refused.until <= refused.since
        form.add_error("since" if gone else "last", _stands_not(refused))
    except services.PostNotThere as refused:
        begun = refused.since is None or form.cleaned_data["since"] >= refused.since
        form.add_error("last" if begun else "since", _there_only(refused))
    except services.DelegationNeedsEnd:
        form.add_error("last", _("These days must lie within those of whoever lends the post."))
    except tuple(_refusals()) as refused:
        form.add_error(None, _refusals()[type(refused)])
    except services.EndsBeforeItBegins:
        form.add_error("last", _("The post would end before it began."))
    return None


def _refusals() -> dict[type[Exception], str]:
    return {
        services.AppointsHimself: _("Nobody gives a post to himself: ask somebody else who may."),
        services.AlreadyAppointed: _("This person holds this post on some of these days already."),
        services.LentAlready: _("What is lent is not lent further."),
        services.NobodyDefines: _("Then nobody could define roles any more. Leave it to one."),
        services.EndedBefore: _("This post ends earlier already. What is past stays as it was."),
    }


def _stands_not(refused: services.PostStandsNowhere) -> str:
    if refused.until is None:
        return _("The unit does not stand on %(day)s.") % {"day": day(refused.since)}
    last = day(refused.until - _ONE_DAY)
    return _("The unit stands up to and including %(day)s: type no later day.") % {"day": last}


def _there_only(refused: services.PostNotThere) -> str:
    if refused.until is None:
        begins = day(refused.since) if refused.since else ""
        return _("There is this post from %(day)s on.") % {"day": begins}
    last = day(refused.until - _ONE_DAY)
    return _("There is this post up to and including %(day)s: type no later day.") % {"day": last}


def _where(
    request: HttpRequest, user: "User", *, on: date
) -> "tuple[Unit | None, tuple[Post, ...], str]":
    """Return the unit that is asked for, its posts that may be filled, or what is wrong."""
    typed = request.GET.get("unit", "").replace("\x00", "").strip()[:300]
    if not typed:
        return None, (), ""
    uid = asked_uid(request.GET, "unit")
    names = UnitNames(()) if uid else UnitNames.standing(on=on)
    found = names.find(typed)
    unit = units.unit_by_uid(uid) if uid else units.unit_by_id(found) if found else None
    if unit is None:
        return None, (), which_unit(typed, names)
    if not units.may(user_id=user.pk, action=Action.APPOINT_PEOPLE, unit_id=unit.pk, on=on):
        if request.method == "POST":
            raise PermissionDenied
        who = who_may(Action.APPOINT_PEOPLE, unit_id=unit.pk, on=on)
        return (
            None,
            (),
            _("You may not appoint in %(unit)s. %(who)s")
            % {
                "unit": named(unit),
                "who": who,
            },
        )
    posts = units.posts_to_fill(unit_id=unit.pk, user_id=user.pk, on=on)
    if not posts:
        told = _("%(unit)s has no post that you may fill.") % {"unit": named(unit)}
        return None, (), " ".join(filter(None, (told, _narrowed(user, on=on))))
    return unit, posts, ""


def _narrowed(user: "User", *, on: date) -> str:
    """Return why posts may be left out of what somebody may fill; nothing where none are."""
    if units.may_define(user_id=user.pk, on=on):
        return ""
    return _("Roles from which others get their rights are given by those who define roles.")


def _choices(posts: "Sequence[Post]") -> list[tuple[str, str]]:
    """Return the posts to choose from, each with whoever holds it today."""
    found = []
    for post in posts:
        held = [row.person.full_name for row in getattr(post, "current", ())]
        holders = ", ".join(held) or _("vacant")
        found.append((str(post.uid), f"{named(post, 'title')} ({holders})"))
    return found


def _words(form: AppointForm, posts: "Sequence[Post]", *, user: "User", on: date) -> dict[str, Any]:
    """Return what the form says, as the services take it."""
    said = form.cleaned_data
    return {
        "post": next(post for post in posts if str(post.uid) == said["post"]),
        "since": said["since"],
        "until": said["until"],
        "acting": said["acting"],
        "legal_basis": said["legal_basis"],
        "client_key": said["client_key"],
        "user": user,
        "on": on,
        "at": clock.now(),
    }


def _choose_unit(
    request: HttpRequest, user: "User", person: "Person | None", fault: str
) -> HttpResponse:
    """Ask for the unit first: its posts are then offered."""
    on = clock.today()
    names = UnitNames.standing(on=on)
    offered: list[str] = []
    if names.are_few:
        reached = units.reach(user_id=user.pk, action=Action.APPOINT_PEOPLE, on=on)
        offered = names.labels_of(reached)
    typed = request.GET.get("unit", "").replace("\x00", "").strip()[:300]
    several = alike(typed, names)
    context = {
        "person": person,
        "typed": typed,
        "alike": several if len(several) > 1 else (),
        "fault": fault,
        "unit_names": offered,
    }
    return render(request, "pages/people/unit.html", context)


def _fill_page(
    request: HttpRequest,
    form: AppointForm,
    unit: "Unit",
    person: "Person | None",
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "unit": unit,
        "unit_name": named(unit),
        "person": person,
        "known": getattr(form, "known", ()),
        "narrowed_text": _narrowed(reader(request), on=clock.today()),
    }
    return render(request, "pages/people/appoint.html", context, status=status)
