"""Mandates to inspect: all that one may know of, one of them, a new one, its early end, and what
was opened by it.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from uuid_utils.compat import uuid7

from lotrinh.apps.journal import selectors as journal
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units import services
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import SIGNED_IN, reader, right
from lotrinh.web.answers import PAGE, SeeOther, address, asked_uid, one_page
from lotrinh.web.formatting import day_and_month, named
from lotrinh.web.forms.mandates import EndMandateForm, MandateForm
from lotrinh.web.presenters.names import UnitNames
from lotrinh.web.presenters.people import person_names
from lotrinh.web.presenters.readings import opened_lines
from lotrinh.web.presenters.refusals import who_may
from lotrinh.web.presenters.rights import mandate_rows

if TYPE_CHECKING:
    from lotrinh.apps.units.models import Mandate


@right(SIGNED_IN)
@require_safe
def mandate_list(request: HttpRequest) -> HttpResponse:
    """Show every mandate that the reader may know of, ended ones too, the last given first."""
    user, on = reader(request), clock.today()
    found = units.mandates_known(seen_by=user.pk, on=on)
    after = asked_uid(request.GET, "after")
    rows, last = one_page(units.mandates_after(found, after) if after else found)
    context = {
        "mandates": mandate_rows(units.held_by(rows, seen_by=user.pk, on=on), on=on),
        "total": found.count(),
        "may_give": bool(units.reach(user_id=user.pk, action=Action.GIVE_MANDATE, on=on)),
        "next_url": address(reverse("mandates"), after=last.uid) if last else None,
    }
    return render(request, "pages/mandates/list.html", context)


@right(SIGNED_IN)
@require_safe
def mandate_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one mandate: who inspects what, by which decision, for which days."""
    user, on = reader(request), clock.today()
    mandate = _known(request, uid)
    held = units.held_by([mandate], seen_by=user.pk, on=on)
    row = mandate_rows(held, on=on)[0]
    may = _may_give(request, mandate)
    context = {
        "mandate": row,
        "may_end": may and row.state in {"soon", "now"},
        "may_read": may,
        "who": who_may(Action.GIVE_MANDATE, unit_id=mandate.scope_id, on=on),
    }
    return render(request, "pages/mandates/detail.html", context)


@right(Action.GIVE_MANDATE)
@require_safe
def readings(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what the holders of a mandate opened by it, the latest first."""
    user, on = reader(request), clock.today()
    mandate = _known(request, uid)
    if not _may_give(request, mandate):
        raise PermissionDenied
    told = journal.entries_of(
        object_uid=mandate.uid,
        verb="mandate.used",
        before=asked_uid(request.GET, "after"),
        most=PAGE + 1,
    )
    shown, here = told[:PAGE], reverse("mandate-readings", kwargs={"uid": mandate.uid})
    context = {
        "mandate": mandate,
        "scope_name": named(mandate.scope),
        "lines": opened_lines(shown, seen_by=user.pk, on=on),
        "next_url": address(here, after=shown[-1].uid) if len(told) > PAGE else None,
    }
    return render(request, "pages/mandates/opened.html", context)


@right(Action.GIVE_MANDATE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_mandate(request: HttpRequest) -> HttpResponse:
    """Let named people inspect a unit for some days, by a decision."""
    user, on = reader(request), clock.today()
    reached = units.reach(user_id=user.pk, action=Action.GIVE_MANDATE, on=on)
    if not reached:
        raise PermissionDenied
    if made := units.mandate_by_key(asked_uid(request.POST, "client_key")):
        return _page_of(made)
    names = UnitNames([unit for unit in units.tree_on(on=on) if unit.id in reached])
    roles = {role.code: role for role in units.inspecting_roles()}
    given: dict[str, Any] = {
        "names": names,
        "roles": [(code, named(role)) for code, role in roles.items()],
        "seen_by": user.pk,
        "on": on,
    }
    if request.method != "POST":
        begun = {"client_key": uuid7(), "since": day_and_month(on)}
        return _form_page(request, MandateForm(None, initial=begun, **given))
    form = MandateForm(request.POST, **given)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    said = form.cleaned_data
    mandate = _attempt(
        form,
        lambda: services.issue_mandate(
            role=roles[said["role"]],
            scope=said["scope"],
            people=form.people(),
            subject=said["subject"],
            legal_basis=said["legal_basis"],
            since=said["since"],
            until=said["until"],
            user=user,
            client_key=said["client_key"],
            on=on,
            at=clock.now(),
        ),
    )
    if mandate is None:
        return _form_page(request, form, status=422)
    messages.success(request, _("The mandate is recorded."))
    return _page_of(mandate)


@right(Action.GIVE_MANDATE)
@require_http_methods(["GET", "HEAD", "POST"])
def end_mandate(request: HttpRequest, uid: UUID) -> HttpResponse:
    """End a mandate early, by a decision."""
    user, on = reader(request), clock.today()
    mandate = _known(request, uid)
    if not _may_give(request, mandate):
        raise PermissionDenied
    context = {"mandate": mandate, "scope_name": named(mandate.scope)}
    if request.method != "POST":
        begun = {"client_key": uuid7(), "last": day_and_month(on)}
        context["form"] = EndMandateForm(None, initial=begun)
        return render(request, "pages/mandates/end.html", context)
    form = EndMandateForm(request.POST)
    if form.is_valid():
        ended = _attempt(
            form,
            lambda: services.end_mandate(
                mandate=mandate,
                until=form.until(),
                legal_basis=form.cleaned_data["legal_basis"],
                user=user,
                on=on,
                at=clock.now(),
            ),
        )
        if ended is not None:
            messages.success(request, _("The end of the mandate is recorded."))
            return _page_of(mandate)
    return render(request, "pages/mandates/end.html", {**context, "form": form}, status=422)


def _known(request: HttpRequest, uid: UUID) -> "Mandate":
    """Return the mandate, which the reader may know of."""
    known = units.mandates_known(seen_by=reader(request).pk, on=clock.today())
    mandate = known.filter(uid=uid).first()
    if mandate is None:
        raise Http404
    return mandate


def _may_give(request: HttpRequest, mandate: "Mandate") -> bool:
    return units.may(
        user_id=reader(request).pk,
        action=Action.GIVE_MANDATE,
        unit_id=mandate.scope_id,
        on=clock.today(),
    )


def _page_of(mandate: "Mandate") -> SeeOther:
    return SeeOther(reverse("mandate", kwargs={"uid": mandate.uid}))


def _attempt(form: forms.Form, act: "Callable[[], Mandate]") -> "Mandate | None":
    """Take the step and return what came of it; None where the form says why it was refused."""
    try:
        return act()
    except services.MandateNotAllowed:
        form.add_error(
            None,
            _(
                "You may not give this mandate: not over this unit, or not with a role from which "
                "others get their rights."
            ),
        )
    except services.MandateForHimself:
        form.add_error(None, _("Nobody gives a mandate to himself: ask somebody else who may."))
    except services.ScopeStandsNowhere:
        form.add_error("since", _("The unit does not stand on that day."))
    except services.MandateEnded:
        form.add_error(
            "last", _("This mandate ends earlier already. What is past stays as it was.")
        )
    return None


def _form_page(request: HttpRequest, form: MandateForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "unit_names": form.names.offered,
        "person_names": person_names(seen_by=form.seen_by, on=form.on),
    }
    return render(request, "pages/mandates/form.html", context, status=status)
