"""By which key a program asks: the account, its rights of the day, and what the key opens."""

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from lotrinh.api import clock
from lotrinh.api.problems import Problem
from lotrinh.apps.accounts import services as accounts
from lotrinh.rules.scopes import Scope

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import ApiKey, User


class KeyOpens(HttpBearer):
    """Lets in whoever brings a key that opens ``scope``. A session or a cookie opens nothing."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> "ApiKey":
        """Return the key; raises Problem where it opens nothing, or not this."""
        key = _used(token.strip())
        if self.scope not in key.scopes:
            raise Problem(
                403,
                "scope_missing",
                _("This key does not open “%(scope)s”. Make one that does.")
                % {"scope": self.scope.value},
            )
        return key


def key_of(request: HttpRequest) -> "ApiKey | None":
    """Return the key by which a request was let in; None where none has been asked for."""
    return cast("ApiKey | None", getattr(request, "auth", None))


def opened_by(request: HttpRequest) -> "ApiKey":
    """Return the key by which a request was let in, where nothing is let in without one."""
    return cast("ApiKey", key_of(request))


def reader(request: HttpRequest) -> "User":
    """Return the account for which the program asks."""
    return opened_by(request).user


def _used(secret: str) -> "ApiKey":
    try:
        return accounts.use_key(secret=secret, on=clock.today(), at=clock.now())
    except accounts.KeyUnknown as refused:
        raise _refused("key_unknown", _("This key is not known. Make a new one.")) from refused
    except accounts.KeyClosed as refused:
        said = _("This key is closed, or its last day is over. Make a new one.")
        raise _refused("key_closed", said) from refused
    except accounts.PasswordNotOwn as refused:
        said = _("Somebody else gave this account its password. Sign in and choose one first.")
        raise Problem(403, "password_not_own", said) from refused
    except accounts.TooManyRequests as refused:
        raise Problem(
            429,
            "too_many_requests",
            _("Ask again in %(seconds)s seconds, and then less often.") % {"seconds": refused.wait},
            headers={"Retry-After": str(refused.wait)},
        ) from refused


def _refused(code: str, detail: str) -> Problem:
    return Problem(401, code, detail, headers={"WWW-Authenticate": "Bearer"})
