"""Posts: a unit gets one, a post with its holders through time, and its end."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from uuid_utils.compat import uuid7

from lotrinh.apps.units import selectors as units
from lotrinh.apps.units import services
from lotrinh.rules.actions import STRONG, Action
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther, asked_uid
from lotrinh.web.formatting import day, day_and_month, named
from lotrinh.web.forms.appointing import EndForm
from lotrinh.web.forms.posts import PostForm
from lotrinh.web.presenters.names import UnitNames
from lotrinh.web.presenters.posts import actions_text, holder_lines, post_facts
from lotrinh.web.presenters.refusals import who_may

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.units.models import Post, Role, Unit


@right(Action.APPOINT_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_post(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give a unit a post from a day on."""
    user, on = reader(request), clock.today()
    unit = units.unit_by_uid(uid)
    if unit is None:
        raise Http404
    if not units.may(user_id=user.pk, action=Action.APPOINT_PEOPLE, unit_id=unit.pk, on=on):
        raise PermissionDenied
    made = units.post_by_key(asked_uid(request.POST, "client_key"))
    if made is not None:
        return _page_of(made)
    defines = units.may_define(user_id=user.pk, on=on)
    roles = {role.code: role for role in units.roles() if defines or not _is_strong(role)}
    choices = [(code, named(role)) for code, role in roles.items()]
    names = UnitNames.standing(on=on)
    given: dict[str, Any] = {"unit": unit, "roles": choices, "names": names}
    begun = {"client_key": uuid7(), "since": day_and_month(on)}
    form = PostForm(request.POST if request.method == "POST" else None, initial=begun, **given)
    if request.method == "POST" and form.is_valid():
        opened = _opened(form, unit, roles[form.cleaned_data["role"]], user=user, on=on)
        if opened is not None:
            told = _("The post “%(post)s” is there from %(day)s on.")
            begun_on = day(opened.valid.lower)
            messages.success(request, told % {"post": named(opened, "title"), "day": begun_on})
            return _page_of(opened)
    reached = units.reach(user_id=user.pk, action=Action.APPOINT_PEOPLE, on=on)
    context = {
        "form": form,
        "unit": unit,
        "unit_name": named(unit),
        "roles": [(named(role), actions_text(role.actions)) for role in roles.values()],
        "is_narrowed": not defines,
        "unit_names": names.labels_of(reached) if names.are_few else (),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "pages/posts/new.html", context, status=status)


@right(Action.READ_PEOPLE)
@require_safe
def post_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a post: what it may do, where, since when, and who held it."""
    user, on = reader(request), clock.today()
    post = _seen(uid, user=user, on=on)
    may = units.may_fill(post=post, user_id=user.pk, on=on)
    facts = post_facts(post, on=on)
    context = {
        "post": facts,
        "unit_uid": post.unit.uid,
        "holders": holder_lines(units.holders_of(post=post), may_end=may, on=on),
        "may_end": may and facts.when != "past",
        "who": "" if may else _who(post, on=on),
    }
    return render(request, "pages/posts/detail.html", context)


@right(Action.APPOINT_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let a post end with the day that is said, where nobody holds it after that."""
    user, on = reader(request), clock.today()
    post = _seen(uid, user=user, on=on)
    if not units.may_fill(post=post, user_id=user.pk, on=on):
        raise PermissionDenied
    begun = {"client_key": uuid7(), "last": day_and_month(on)}
    form = EndForm(request.POST if request.method == "POST" else None, on=on, initial=begun)
    form.fields["last"].help_text = _("The last day on which there is the post.")
    if request.method == "POST" and form.is_valid() and _ended(form, post, user=user, on=on):
        messages.success(request, _("The end is recorded. What was done stays as it is."))
        return _page_of(post)
    held = units.held_after(post=post, day=on)
    context = {
        "form": form,
        "post": post_facts(post, on=on),
        "holders": holder_lines(held, may_end=True, on=on),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "pages/posts/end.html", context, status=status)


def _opened(form: PostForm, unit: "Unit", role: "Role", *, user: "User", on: date) -> "Post | None":
    """Open the post; None where the form says why not."""
    said = form.cleaned_data
    try:
        return services.open_post(
            unit=unit,
            scope=form.scope_found,
            role=role,
            title_vi=said["title_vi"],
            title_en=said["title_en"] or said["title_vi"],
            since=said["since"],
            legal_basis=said["legal_basis"],
            user=user,
            client_key=said["client_key"],
            on=on,
            at=clock.now(),
        )
    except services.AppointingNotAllowed:
        form.add_error(
            "scope",
            _("You may not appoint in %(unit)s. %(who)s")
            % {
                "unit": named(form.scope_found),
                "who": who_may(Action.APPOINT_PEOPLE, unit_id=form.scope_found.pk, on=on),
            },
        )
    except services.PostStandsNowhere:
        told = {"day": day(said["since"])}
        form.add_error("since", _("The unit does not stand on %(day)s.") % told)
    except services.ScopeStandsNowhere:
        told = {"day": day(said["since"])}
        form.add_error("scope", _("That unit does not stand on %(day)s.") % told)
    return None


def _ended(form: EndForm, post: "Post", *, user: "User", on: date) -> bool:
    """End the post; False where the form says why not, and what can be done about it."""
    try:
        services.end_post(post=post, until=form.until(), user=user, on=on, at=clock.now())
    except services.AppointingNotAllowed as refused:
        raise PermissionDenied from refused
    except services.PostHeld:
        held = units.held_after(post=post, day=form.until())
        names = ", ".join(dict.fromkeys(row.person.full_name for row in held))
        told = _("%(names)s would still hold it then. End that first, then the post.")
        form.add_error("last", told % {"names": names})
    except services.PostInChange as refused:
        told = _("The unit changes on %(day)s, which may still be undone. Wait for that day.")
        changes_on = date.fromisoformat(str(refused))
        form.add_error("last", told % {"day": day(changes_on)})
    except services.EndedBefore:
        form.add_error("last", _("This post ends earlier already. What is past stays as it was."))
    except services.EndsBeforeItBegins:
        form.add_error("last", _("The post would end before it began."))
    else:
        return True
    return False


def _seen(uid: UUID, *, user: "User", on: date) -> "Post":
    post = units.post_seen(uid, seen_by=user.pk, on=on)
    if post is None:
        raise Http404
    return post


def _who(post: "Post", *, on: date) -> str:
    """Return whose posts may fill and end a post, in one sentence."""
    root = units.root_unit(on=on) if _is_strong(post.role) else None
    if root is not None:
        return who_may(Action.DEFINE_ROLE, unit_id=root.pk, on=on)
    return who_may(Action.APPOINT_PEOPLE, unit_id=post.unit_id, on=on)


def _is_strong(role: "Role") -> bool:
    return bool(STRONG & set(role.actions))


def _page_of(post: "Post") -> SeeOther:
    return SeeOther(reverse("post", kwargs={"uid": post.uid}))
