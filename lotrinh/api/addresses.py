"""The addresses of the interface, and what holds for every answer of it.

Each answer speaks the language that the program asks for, is kept by no cache, and is a problem
document where something is wrong; what an inspector reads is recorded as it is on the pages.
"""

import json
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, RawPostDataException, UnreadablePostError
from django.urls import URLPattern, path, re_path
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header

from lotrinh.api import clock
from lotrinh.api.application import application, described
from lotrinh.api.keys import key_of
from lotrinh.api.problems import Problem, not_found, response_of
from lotrinh.apps.units.selectors import inspections
from lotrinh.apps.units.services import record_reading

View = Callable[..., HttpResponse]
MOST_BYTES = 64 * 1024
"""The largest body that is read: a step says little, and files are handed in on the pages."""
_PAGES = {
    "api-units": "units",
    "api-unit": "unit",
    "api-documents": "documents",
    "api-document": "document",
    "api-clauses": "document",
    "api-duties": "duties",
    "api-duty": "duty",
}
"""What an inspector is recorded to have opened, by the page that shows the same."""


def guarded(view: View) -> View:
    """Return the view with all that holds for every answer of the interface."""

    @wraps(view)
    def answer(request: HttpRequest, **slots: object) -> HttpResponse:
        language = language_of(request)
        with translation.override(language):
            response = _answer(view, request, slots)
        response["Content-Language"] = language
        response["Cache-Control"] = "no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response

    answer.csrf_exempt = True  # type: ignore[attr-defined]  # no cookie opens anything here
    return answer


def language_of(request: HttpRequest) -> str:
    """Return the first language that the program accepts and that we speak."""
    known = dict(settings.LANGUAGES)
    for wanted, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if wanted.partition("-")[0] in known:
            return wanted.partition("-")[0]
    return settings.LANGUAGE_CODE


def description(request: HttpRequest) -> HttpResponse:
    """Give the OpenAPI 3.1 document. It tells what can be asked, and nothing of the city."""
    if request.method not in {"GET", "HEAD"}:
        return _other_method("GET, HEAD")
    return HttpResponse(json.dumps(described()), content_type="application/json")


def missing(request: HttpRequest, **slots: object) -> HttpResponse:
    """Answer an address that is none."""
    return response_of(not_found())


def _answer(view: View, request: HttpRequest, slots: dict[str, object]) -> HttpResponse:
    try:
        if len(request.body) > MOST_BYTES:
            return _too_large()
    except (RequestDataTooBig, UnreadablePostError, RawPostDataException):
        return _too_large()
    response = view(request, **slots)
    if response.status_code == 405:
        return _other_method(response.get("Allow", ""))
    if response.status_code == 200:
        _record_inspection(request)
    return response


def _too_large() -> HttpResponse:
    detail = _("At most %(bytes)s bytes are read.") % {"bytes": MOST_BYTES}
    return response_of(Problem(413, "too_large", detail))


def _other_method(allowed: str) -> HttpResponse:
    detail = _("Allowed here: %(methods)s.") % {"methods": allowed}
    return response_of(Problem(405, "method_not_allowed", detail, headers={"Allow": allowed}))


def _record_inspection(request: HttpRequest) -> None:
    """Keep what somebody reads by a key on a day on which he holds a mandate to inspect."""
    key, where = key_of(request), request.resolver_match
    if key is None or where is None:
        return
    held = inspections(user_id=key.user_id, on=clock.today())
    if held:
        record_reading(
            inspections=held,
            page=_PAGES.get(where.url_name or "", "duty"),
            object_uid=where.kwargs.get("uid"),
            actor=key.user.named,
            at=clock.now(),
        )


def _patterns() -> list[URLPattern]:
    """Return the addresses of the application, each guarded."""
    found = [one for one in application.urls[0] if isinstance(one, URLPattern)]
    return [
        path(str(one.pattern), guarded(one.callback), name=one.name)
        for one in found
        if one.name != "api-root"
    ]


urlpatterns = [
    path("openapi.json", guarded(description), name="api-description"),
    *_patterns(),
    path("", guarded(missing), name="api-root"),
    re_path(r"^(?P<rest>(?s:.+))\Z", guarded(missing), name="api-missing"),  # line breaks too
]
