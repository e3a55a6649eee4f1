"""Accounts: who can sign in; somebody is let in, shut out, let in again.

A password is printed once, in an answer that no cache keeps. Sent twice, the form gives no second.
"""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts import services as accounts
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units import services
from lotrinh.rules.actions import Action
from lotrinh.rules.closing import Closing
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther, address, asked_uid, one_page
from lotrinh.web.forms.accounts import CloseForm, GiveForm, OpenForm
from lotrinh.web.presenters.accounts import account_rows, account_states
from lotrinh.web.presenters.refusals import who_may

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.units.models import Person

_NOT_HIS = (services.AccountNotAllowed, services.OwnAccount)
"""Refusals of an account that the reader looks after no more, or that has become his own."""


@right(Action.MANAGE_ACCOUNT)
@require_safe
def account_list(request: HttpRequest) -> HttpResponse:
    """Show the accounts that the reader looks after; ``q`` and ``state`` narrow the list."""
    user, on = reader(request), clock.today()
    if not units.reach(user_id=user.pk, action=Action.MANAGE_ACCOUNT, on=on):
        raise PermissionDenied
    words = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    asked = request.GET.get("state", "")
    state = asked if asked in units.ACCOUNT_STATES else ""
    found = units.accounts_managed(seen_by=user.pk, on=on, words=words, state=state)
    after = asked_uid(request.GET, "after")
    rows, last = one_page(units.accounts_after(found, after) if after else found)
    here = reverse("accounts")
    context = {
        "accounts": account_rows(rows, reader=user, on=on),
        "total": found.count(),
        "query": words,
        "state": state,
        "states": [
            (code, text, address(here, q=words, state=code))
            for code, text in account_states().items()
        ],
        "all_url": here,
        "next_url": address(here, q=words, state=state, after=last.uid) if last else None,
    }
    return render(request, "pages/accounts/list.html", context)


@right(Action.MANAGE_ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
def open_account(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Open an account for somebody who has none, and show its password once."""
    user, on = reader(request), clock.today()
    person = units.person_seen(uid, seen_by=user.pk, on=on)
    if person is None:
        raise Http404
    if not units.may_manage(person=person, user_id=user.pk, on=on):
        raise PermissionDenied
    if person.user is not None and request.method != "POST":
        return SeeOther(reverse("person", kwargs={"uid": person.uid}))
    proposed = units.sign_in_name_for(person.full_name)
    begun = {
        "client_key": uuid7(),
        "sign_in_name": proposed,
        "language": get_language(),
    }
    form = OpenForm(request.POST if request.method == "POST" else None, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            password = services.admit_person(
                person=person, user=user, on=on, at=clock.now(), **form.cleaned_data
            )
            return _given(request, password, form.cleaned_data["sign_in_name"], person)
        except accounts.SignInNameTaken:
            form.add_error(
                "sign_in_name",
                _("Somebody signs in with this name. Free is, for instance: %(name)s.")
                % {"name": proposed},
            )
        except services.AppointedByOneself:
            form.add_error(None, _appointed())
        except services.AccountThere:
            form.add_error(None, _("This person has got an account meanwhile."))
        except accounts.GivenAlready:
            form.add_error(None, _shown_once())
        except services.AccountNotAllowed as refused:
            raise PermissionDenied from refused
    context = {"form": form, "person": person}
    status = 422 if request.method == "POST" else 200
    return render(request, "pages/accounts/open.html", context, status=status)


@right(Action.MANAGE_ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Close an account for a reason."""
    user, on = reader(request), clock.today()
    account = _account(uid, user=user, on=on)
    begun = {"client_key": uuid7()}
    form = CloseForm(request.POST if request.method == "POST" else None, initial=begun)
    if request.method == "POST" and form.is_valid():
        reason = Closing(form.cleaned_data["reason"])
        try:
            services.bar_account(account=account, reason=reason, user=user, on=on, at=clock.now())
        except services.NobodyDefines:
            form.add_error(
                None,
                _("Then nobody could define roles any more. Give that to somebody else first."),
            )
        except accounts.AccountChangedMeanwhile:
            form.add_error(None, _meanwhile())
        except _NOT_HIS as refused:
            raise PermissionDenied from refused
        else:
            told = _("The account %(name)s is closed. What was done with it stays as it is.")
            messages.success(request, told % {"name": account.sign_in_name})
            return _back(account, user=user, on=on)
    return _page(request, "close", form, account, user=user, on=on)


@right(Action.MANAGE_ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Open a closed account again, and show its new password once."""
    return _give(request, uid, "reopen")


@right(Action.MANAGE_ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give a password to somebody who has forgotten his, and show it once."""
    return _give(request, uid, "password")


def _give(request: HttpRequest, uid: UUID, what: str) -> HttpResponse:
    user, on = reader(request), clock.today()
    account = _account(uid, user=user, on=on)
    begun = {"client_key": uuid7(), "read": account.given_key}
    form = GiveForm(request.POST if request.method == "POST" else None, initial=begun)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"account": account, "user": user, "on": on, "at": clock.now()}
        act = services.readmit_account if what == "reopen" else services.renew_password
        try:
            password = act(**given, **form.cleaned_data)
            person = units.person_of(user_id=account.pk)
            return _given(request, password, account.sign_in_name, person)
        except accounts.GivenAlready:
            form.add_error(None, _shown_once())
        except services.AppointedByOneself:
            form.add_error(None, _appointed())
        except accounts.AccountClosed:
            form.add_error(None, _("This account is closed: reopen it instead."))
        except accounts.AccountChangedMeanwhile:
            form.add_error(None, _meanwhile())
        except _NOT_HIS as refused:
            raise PermissionDenied from refused
    return _page(request, what, form, account, user=user, on=on)


def _account(uid: UUID, *, user: "User", on: date) -> "User":
    """Return the account, which the reader looks after and may act on."""
    account = units.account_managed(uid, seen_by=user.pk, on=on)
    if account is None:
        raise Http404
    own = account.pk == user.pk
    if own or not units.may_manage_account(account=account, user_id=user.pk, on=on):
        raise PermissionDenied
    return account


def _given(
    request: HttpRequest, password: str, sign_in_name: str, person: "Person | None"
) -> HttpResponse:
    """Print a password, this once."""
    seen = person and units.person_seen(person.uid, seen_by=reader(request).pk, on=clock.today())
    context = {
        "password": password,
        "sign_in_name": sign_in_name,
        "person": person,
        "person_seen": seen is not None,
    }
    answer = render(request, "pages/accounts/given.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _back(account: "User", *, user: "User", on: date) -> SeeOther:
    """Lead to the person of an account, or to the list where he may not be seen."""
    return SeeOther(_home_of(account, user=user, on=on))


def _home_of(account: "User", *, user: "User", on: date) -> str:
    person = units.person_of(user_id=account.pk)
    seen = person and units.person_seen(person.uid, seen_by=user.pk, on=on)
    return reverse("person", kwargs={"uid": seen.uid}) if seen else reverse("accounts")


def _page(
    request: HttpRequest,
    what: str,
    form: CloseForm | GiveForm,
    account: "User",
    *,
    user: "User",
    on: date,
) -> HttpResponse:
    context = {
        "form": form,
        "account": account,
        "what": what,
        "name": getattr(units.person_of(user_id=account.pk), "full_name", account.sign_in_name),
        "cancel_url": _home_of(account, user=user, on=on),
    }
    template = "pages/accounts/close.html" if what == "close" else "pages/accounts/give.html"
    return render(request, template, context, status=422 if request.method == "POST" else 200)


def _appointed() -> str:
    root = units.root_unit(on=clock.today())
    who = who_may(Action.MANAGE_ACCOUNT, unit_id=root.pk, on=clock.today()) if root else ""
    told = _("You have appointed this person yourself, so somebody else gives the password.")
    return f"{told} {who}".strip()


def _meanwhile() -> str:
    return _("Somebody else has acted on this account meanwhile. Look at it again.")


def _shown_once() -> str:
    return _("The password was shown once and is kept nowhere. If it is lost, give another.")
