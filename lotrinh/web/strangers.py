"""Pages that know nobody: they are the same for everyone, and nothing about a reader reaches them.

Cookies are taken away before anything could ask who somebody is, so a public page never opens the
application's way into the database, whoever asks for it and whether that database answers or not.
"""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

LANGUAGES: Final = ("vi", "en")
"""The languages of the public pages, the first part of each address."""
_KEPT_FOR = 300
"""So many seconds a page may be shown again by what stands between; then it is asked for anew."""


def language_of(path: str) -> str | None:
    """Return the language of a public page by its address, None of every other page.

    >>> language_of("/en/data/"), language_of("/enter/")
    ('en', None)
    """
    first = path.lstrip("/").partition("/")[0]
    return first if first in LANGUAGES and path.startswith(f"/{first}/") else None


class PublicMiddleware:
    """Lets public pages forget who asks, and lets everything on the way keep them for a while."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request, of a public page as that of a stranger."""
        if language_of(request.path_info) is None:
            return self.get_response(request)
        request.COOKIES.clear()
        response = self.get_response(request)
        del response.headers["Vary"]
        if response.status_code in {200, 304}:
            response.headers.setdefault("Cache-Control", f"public, max-age={_KEPT_FOR}")
        return response
