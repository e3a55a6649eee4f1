"""Keys of programs: those of one's own account, and those of the accounts that one looks after.

A key is printed once, in an answer that no cache keeps. Sent twice, the form makes no second one.
"""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts import selectors as known
from lotrinh.apps.accounts import services as accounts
from lotrinh.apps.hooks import selectors as hooks
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units import services
from lotrinh.web import clock
from lotrinh.web.access import SIGNED_IN, reader, right
from lotrinh.web.answers import SeeOther, address, asked_uid
from lotrinh.web.formatting import day_and_month
from lotrinh.web.forms.keys import LONGEST, KeyForm
from lotrinh.web.presenters.keys import key_lines

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User

MOST = 200
"""How many keys a page lists, the newest."""


@right(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def key_list(request: HttpRequest) -> HttpResponse:
    """Show one's keys and make one more; ``account`` shows those of an account looked after."""
    user = reader(request)
    asked = asked_uid(request.GET, "account")
    if asked is not None and asked != user.uid:
        return _of_another(request, asked)
    begun = {"client_key": uuid7(), "last_day": day_and_month(clock.today() + LONGEST / 2)}
    form = KeyForm(request.POST if request.method == "POST" else None, initial=begun)
    if request.method == "POST" and form.is_valid():
        made = _made(form, user=user)
        if made is not None:
            context = {"secret": made, "name": form.cleaned_data["name"]}
            answer = render(request, "pages/keys/made.html", context)
            answer["Cache-Control"] = "no-store"
            return answer
    return _page(request, user, form, status=422 if request.method == "POST" else 200)


@right(SIGNED_IN)
@require_POST
def close(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Close a key of one's own, or of an account that one may close."""
    user, on = reader(request), clock.today()
    key = units.key_seen(uid, seen_by=user.pk, on=on)
    if key is None:
        raise Http404
    try:
        services.bar_key(key=key, user=user, on=on, at=clock.now())
    except services.AccountNotAllowed as refused:
        raise PermissionDenied from refused
    messages.success(request, _("The key “%(name)s” opens nothing any more.") % {"name": key.name})
    own = key.user_id == user.pk
    return SeeOther(address(reverse("keys"), account=None if own else key.user.uid))


def _made(form: KeyForm, *, user: "User") -> str | None:
    """Make the key; say on the form why it could not be made."""
    try:
        return accounts.make_key(
            user_id=user.pk, on=clock.today(), at=clock.now(), **form.cleaned_data
        )
    except accounts.GivenAlready:
        form.add_error(
            None, _("This form has made its key, which was shown once. Close it and make another.")
        )
    except accounts.LastDayOutOfRange:
        form.add_error("last_day", _("Choose a day from today on, at most a year away."))
    except accounts.TooManyKeys:
        form.add_error(None, _("You have as many open keys as one account may have. Close one."))
    return None


def _of_another(request: HttpRequest, asked: UUID) -> HttpResponse:
    user, on = reader(request), clock.today()
    account = units.account_managed(asked, seen_by=user.pk, on=on)
    if account is None:
        raise Http404
    return _page(request, account, None)


def _page(
    request: HttpRequest, account: "User", form: KeyForm | None, *, status: int = 200
) -> HttpResponse:
    user, on = reader(request), clock.today()
    own = account.pk == user.pk
    may = own or units.may_manage_account(account=account, user_id=user.pk, on=on)
    rows = known.keys_of(user_id=account.pk)[:MOST]
    context = {
        "form": form,
        "is_own": own,
        "sign_in_name": account.sign_in_name,
        "keys": key_lines(rows, may_close=may, on=on),
        "may_close": may,
        "return_url": request.get_full_path(),
        "may_hook": own and hooks.may_hook(user_id=user.pk, on=on),
    }
    return render(request, "pages/keys/list.html", context, status=status)
