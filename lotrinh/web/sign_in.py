"""How accounts sign in: by name and password; nobody opens an account by himself."""

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from lotrinh.apps.accounts.selectors import is_void
from lotrinh.web import clock

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library is untyped
    """Accounts are opened by an administrator, and refusals are said in both languages."""

    error_messages = {  # noqa: RUF012 - allauth reads it from the class
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Ask whoever administers the accounts."),
        "password_void": _(
            "This temporary password has not been changed in time. Ask whoever administers the "
            "accounts for another."
        ),
        "username_password_mismatch": _(
            "The sign-in name or the password is not right. Check both and try again."
        ),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes and try again."),
        "rate_limited": _("Too many requests. Wait a minute and try again."),
    }

    def respond_user_inactive(self, request: HttpRequest, user: "User") -> HttpResponse:
        """Say at the sign-in that the account is closed, to whoever knows its password."""
        messages.error(request, str(self.error_messages["account_inactive"]))
        return redirect("account_login")

    def pre_login(self, request: HttpRequest, user: "User", **more: Any) -> HttpResponse | None:
        """Refuse a password that somebody else gave too long ago."""
        refused: HttpResponse | None = super().pre_login(request, user, **more)
        if refused is None and is_void(user, at=clock.now()):
            clear_login(request)
            messages.error(request, str(self.error_messages["password_void"]))
            return redirect("account_login")
        return refused

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse every wish for an account."""
        return False
