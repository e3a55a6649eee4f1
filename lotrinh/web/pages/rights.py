"""Rights: what each role carries, who inspects by which mandate, why somebody may or may not."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lotrinh.apps.units import selectors as units
from lotrinh.apps.units import services
from lotrinh.rules.actions import Action
from lotrinh.rules.why import sentence
from lotrinh.web import clock
from lotrinh.web.access import SIGNED_IN, reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.formatting import day_and_month, named
from lotrinh.web.forms.rights import RoleForm, WhyForm
from lotrinh.web.presenters.names import UnitNames
from lotrinh.web.presenters.refusals import own_role, who_may
from lotrinh.web.presenters.rights import (
    Effect,
    action_rows,
    effect_of,
    mandate_rows,
    role_rows,
)

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.units.models import Role
    from lotrinh.apps.units.selectors import Meant


@right(SIGNED_IN)
@require_safe
def rights_page(request: HttpRequest) -> HttpResponse:
    """Show what each role carries, how many hold it, and the mandates that the reader may know."""
    user, on = reader(request), clock.today()
    roles = units.roles_held(on=on)
    may_define = units.may_define(user_id=user.pk, on=on)
    root = units.root_unit(on=on)
    asks = bool(units.reach(user_id=user.pk, action=Action.EXPLAIN_RIGHTS, on=on))
    refused = None
    if root is not None and not may_define:
        refused = who_may(Action.DEFINE_ROLE, unit_id=root.pk, on=on)
    context = {
        "roles": role_rows(roles, may_define=may_define),
        "actions": action_rows(roles),
        "mandates": mandate_rows(units.mandates_seen(seen_by=user.pk, on=on), on=on),
        "may_define": may_define,
        "refused_text": refused,
        "asks_about_others": asks,
        "may_give": bool(units.reach(user_id=user.pk, action=Action.GIVE_MANDATE, on=on)),
    }
    return render(request, "pages/rights/table.html", context)


@right(Action.DEFINE_ROLE)
@require_http_methods(["GET", "HEAD", "POST"])
def role_page(request: HttpRequest, code: str) -> HttpResponse:
    """Change what a role carries: sent once it shows whom that concerns, confirmed it is done."""
    user, on = reader(request), clock.today()
    if not units.may_define(user_id=user.pk, on=on):
        raise PermissionDenied
    role = units.role_by_code(code)
    if role is None:
        raise Http404
    if request.method != "POST":
        return _role_page(request, role, _drawn(role))
    form = RoleForm(request.POST)
    if not form.is_valid():
        return _role_page(request, role, form, status=422)
    wanted = form.cleaned_data["actions"]
    if "confirm" not in request.POST:
        if set(wanted) - set(role.actions) and (why := own_role(role, user_id=user.pk, on=on)):
            form.add_error("actions", why)
            return _role_page(request, role, form, status=422)
        held = next(one for one in units.roles_held(on=on) if one.role.pk == role.pk)
        return _role_page(request, role, form, effect=effect_of(role, wanted, held))
    try:
        _change(role, form, user)
    except services.RoleNotAllowed as refused:
        raise PermissionDenied from refused
    except services.RoleChangedMeanwhile:
        messages.error(request, _("Somebody else changed this role meanwhile. Read it again."))
        return _role_page(request, role, _drawn(role), status=422)
    if form.errors:
        return _role_page(request, role, form, status=422)
    messages.success(request, _("“%(role)s” was changed.") % {"role": named(role)})
    return SeeOther(reverse("rights"))


def _change(role: "Role", form: RoleForm, user: "User") -> None:
    """Change the role; where that would lock somebody out the form says so."""
    on = clock.today()
    try:
        services.change_role(
            role=role,
            actions=form.cleaned_data["actions"],
            read=form.carried_before(),
            user=user,
            on=on,
            at=clock.now(),
        )
    except services.WidensOwnRole:
        form.add_error("actions", own_role(role, user_id=user.pk, on=on))
    except services.NobodyCouldRestore:
        form.add_error(
            "actions",
            _(
                "You hold this role yourself, and nobody else may define roles: what you take away "
                "nobody could give back. First let somebody else hold a post that may define roles."
            ),
        )
    except services.NobodyDefines:
        form.add_error("actions", _("Then nobody could define roles any more. Leave it to one."))


@right(SIGNED_IN)
@require_safe
def why_page(request: HttpRequest) -> HttpResponse:
    """Answer in one sentence why somebody may or may not do something at a unit on a day."""
    user, today = reader(request), clock.today()
    names = UnitNames.standing(on=today)
    asked = bool({"unit", "action"} & set(request.GET))
    begun = {"who": request.GET.get("who") or user.sign_in_name, "on": day_and_month(today)}
    form = WhyForm(
        request.GET if asked else None,
        names=names,
        seen_by=user.pk,
        today=today,
        initial=begun,
    )
    context: dict[str, object] = {"form": form, "unit_names": names.offered, "today": today}
    if asked and form.is_valid() and form.meant is not None and form.unit_id is not None:
        context |= _answer(form, form.meant, form.unit_id)
    context["asks_about_others"] = bool(
        units.reach(user_id=user.pk, action=Action.EXPLAIN_RIGHTS, on=today)
    )
    return render(request, "pages/rights/why.html", context)


def _answer(form: WhyForm, meant: "Meant", unit_id: int) -> dict[str, object]:
    action, on = Action(form.cleaned_data["action"]), form.cleaned_data["on"]
    why = units.why(user_id=meant.user_id, action=action, unit_id=unit_id, on=on)
    return {
        "answer": sentence(why, language=get_language() or "vi"),
        "allowed": why.allowed,
        "asked_name": meant.full_name,
        "asked_action": form.action_text,
        "asked_unit": form.unit_text,
        "asked_day": on,
        "who_may": who_may(action, unit_id=unit_id, on=on),
    }


def _drawn(role: "Role") -> RoleForm:
    return RoleForm(initial={"actions": role.actions, "read": ",".join(role.actions)})


def _role_page(
    request: HttpRequest,
    role: "Role",
    form: RoleForm,
    *,
    effect: Effect | None = None,
    status: int = 200,
) -> HttpResponse:
    user, on = reader(request), clock.today()
    context = {
        "role": role,
        "role_name": named(role),
        "form": form,
        "effect": effect,
        "own_text": own_role(role, user_id=user.pk, on=on),
    }
    return render(request, "pages/rights/role.html", context, status=status)
