"""The short way to a view that needs nothing of what is done for a page.

A pass that is shown at a door knows no session, no account, no language and no form; thousands of
them come in a minute, and what is done for pages took most of the time of each. Such a view is
asked first; what it refuses goes the way of all others, and is answered with their words.
"""

from collections.abc import Callable
from typing import Any, Final, cast

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from lotrinh.web.access import PUBLIC, View, right_of

_PLACES: Final = ("/doors/",)
"""Where such addresses begin: no other address is looked at twice."""
_REFUSED: Final = 400


def short_way(view: View) -> View:
    """Let a public view that may be asked twice be asked before anything is done for a page."""
    cast(Any, view).goes_a_short_way = right_of(view) is PUBLIC
    return view


class ShortWayMiddleware:
    """Asks views of the short way before all other middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        answer = _asked(request) if request.path_info.startswith(_PLACES) else None
        return self.get_response(request) if answer is None else answer


def _asked(request: HttpRequest) -> HttpResponseBase | None:
    try:
        found = resolve(request.path_info)
        if not getattr(found.func, "goes_a_short_way", False):
            return None
        request.resolver_match = found
        answer: HttpResponseBase = found.func(request, *found.args, **found.kwargs)
    except (Resolver404, Http404):
        return None
    return answer if answer.status_code < _REFUSED else None
