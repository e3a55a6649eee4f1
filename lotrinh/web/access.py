"""Who may open a page: every view states its right, and a view without one answers nobody.

The right of a page is an action, or one of three words: PUBLIC, SIGNED_IN, and KEYED for what a
session does not open and the interface for programs asks a key for. Here only the sign-in
is asked for; whether the action is allowed at the unit of the object is decided by the selectors
and services that the page calls, since only they know the object.
"""

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from lotrinh.apps.units.selectors import inspections, rights_asked_once
from lotrinh.apps.units.services import record_reading
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.strangers import language_of

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
SHOWN = frozenset({200, 422})
"""The answers that show a page: what was asked for, or a form again with what was typed."""
LOOKING = frozenset({"GET", "HEAD"})
"""The methods that change nothing."""


class Open(Enum):
    """Rights that need no post."""

    PUBLIC = "public"
    SIGNED_IN = "signed in"
    KEYED = "keyed"


PUBLIC, SIGNED_IN, KEYED = Open.PUBLIC, Open.SIGNED_IN, Open.KEYED
FIRST = "account_change_password"
"""The name of the one page that a password given by somebody else opens."""


def right(needed: Action | Open) -> Callable[[View], View]:
    """State the right of a view."""

    def state(view: View) -> View:
        cast(Any, view).right = needed
        return view

    return state


def right_of(view: object) -> Action | Open | None:
    """Return the right that a view states, or None where it states none."""
    stated = getattr(view, "right", None)
    return stated if isinstance(stated, Action | Open) else None


def reader(request: HttpRequest) -> "User":
    """Return the account that reads; only views that need a sign-in may ask."""
    if not request.user.is_authenticated:
        raise ImproperlyConfigured("a view that asks for its reader must need a sign-in")
    return request.user


def _record_inspection(request: HttpRequest, response: HttpResponse) -> None:
    """Keep what somebody opens on a day on which he holds a mandate to inspect.

    Every page counts, also where another right of his would have opened it: which one he used
    cannot be told from outside. A form that is sent counts where it is answered by a page, such as
    the preview of a change.
    """
    where = request.resolver_match
    if response.status_code not in SHOWN or where is None or right_of(where.func) is PUBLIC:
        return
    if not request.user.is_authenticated:
        return
    user, today = reader(request), clock.today()
    if right_of(where.func) in {None, PUBLIC, KEYED}:
        return
    held = inspections(user_id=user.pk, on=today)
    if held:
        record_reading(
            inspections=held,
            page=where.url_name or "",
            object_uid=where.kwargs.get("uid"),
            actor=user.named,
            at=clock.now(),
        )


class RightMiddleware:
    """Sends strangers to the sign-in and refuses views that state no right.

    Whoever signed in with a password that somebody else gave is led to change it first.
    A page that only shows is judged by the rights as they stood when it was asked for, so its
    frame, its lists and its buttons cannot contradict each other. What somebody may see is kept by
    no cache on the way. What an inspector opens is recorded.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request, reading the rights once where it only looks."""
        if request.method in LOOKING:
            with rights_asked_once():
                response = self.get_response(request)
                _record_inspection(request, response)
        else:
            response = self.get_response(request)
            _record_inspection(request, response)
        if language_of(request.path_info) is None and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        """Answer in the view's place where it may not be opened."""
        needed = right_of(view)
        if needed is None:
            raise ImproperlyConfigured(f"{view!r} states no right")
        if needed in {PUBLIC, KEYED}:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        where = request.resolver_match
        if reader(request).given_at is None or (where and where.url_name == FIRST):
            return None
        return redirect(FIRST)
