"""Webhooks: which addresses are told in one's name, and what was sent to each."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from uuid_utils.compat import uuid7

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.hooks import selectors as hooks
from lotrinh.apps.hooks import services
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import SIGNED_IN, reader, right
from lotrinh.web.answers import SeeOther, address, asked_uid, one_page
from lotrinh.web.forms.hooks import HookForm
from lotrinh.web.presenters.hooks import delivery_line, fault_text

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.hooks.models import Hook

MOST = 100
"""How many hooks a page lists, the newest."""


@right(Action.READ_DUTY)
@require_http_methods(["GET", "HEAD", "POST"])
def hook_list(request: HttpRequest) -> HttpResponse:
    """Show one's webhooks, and let one more address be told."""
    user, on = reader(request), clock.today()
    if not hooks.may_hook(user_id=user.pk, on=on):
        raise PermissionDenied
    form = HookForm(
        request.POST if request.method == "POST" else None, initial={"client_key": uuid7()}
    )
    if request.method == "POST" and form.is_valid():
        secret = _added(form, user=user, on=on)
        if secret is not None:
            context = {"secret": secret, "name": form.cleaned_data["name"], "is_hook": True}
            answer = render(request, "pages/keys/made.html", context)
            answer["Cache-Control"] = "no-store"
            return answer
    context = {"form": form, "hooks": hooks.hooks_of(seen_by=user.pk)[:MOST]}
    status = 422 if request.method == "POST" else 200
    return render(request, "pages/hooks/list.html", context, status=status)


@right(SIGNED_IN)
@require_safe
def hook_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what was sent to an address, the newest first."""
    user, on = reader(request), clock.today()
    hook = _own(uid, user=user)
    found, after = hooks.deliveries_of(hook=hook), asked_uid(request.GET, "after")
    rows, last = one_page(hooks.deliveries_after(found, after) if after else found)
    seen = frozenset(duties.by_ids({row.event.duty_id for row in rows}, seen_by=user.pk, on=on))
    here = reverse("hook", kwargs={"uid": hook.uid})
    context = {
        "hook": hook,
        "deliveries": [delivery_line(row, seen=seen) for row in rows],
        "next_url": address(here, after=last.uid) if last else None,
    }
    return render(request, "pages/hooks/detail.html", context)


@right(SIGNED_IN)
@require_POST
def close(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Tell an address nothing more."""
    user = reader(request)
    hook = _own(uid, user=user)
    services.close_hook(hook=hook, user=user, at=clock.now())
    messages.success(request, _("“%(name)s” is told nothing more.") % {"name": hook.name})
    return SeeOther(reverse("hook", kwargs={"uid": hook.uid}))


def _own(uid: UUID, *, user: "User") -> "Hook":
    hook = hooks.hook_by_uid(uid, seen_by=user.pk)
    if hook is None:
        raise Http404
    return hook


def _added(form: HookForm, *, user: "User", on: date) -> str | None:
    """Let the address be told; say on the form why it is not."""
    try:
        _hook, secret = services.add_hook(user=user, on=on, at=clock.now(), **form.cleaned_data)
        return secret
    except services.AddressRefused as refused:
        form.add_error("url", fault_text(refused.fault))
    except services.SecretShown:
        form.add_error(
            None, _("This form has made its webhook, and the secret was shown once. Close it.")
        )
    except services.TooManyHooks:
        form.add_error(None, _("You have as many webhooks as one account may have. Close one."))
    except services.HookNotAllowed as refused:
        raise PermissionDenied from refused
    return None
