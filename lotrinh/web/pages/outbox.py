"""Sending from a device that is without a network at times: its page, its worker, who is there.

What waits lies in the browser, apart for each account; the server only takes each act once. The
worker is served from the root, since it opens pages of the whole site; its code lies with the other
scripts, and the file that a browser registers names them, so that a new version of any is noticed.
"""

import json
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from lotrinh.web.access import PUBLIC, SIGNED_IN, reader, right

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User

KEEP = "Lotrinh-Keep"
"""The header of a page that the reader's browser may keep for him; it names his account."""
SCRIPTS = ("build/outbox.js", "build/worker.js")
PARTS = (
    "build/lotrinh.css",
    "build/frame.js",
    "build/grid.js",
    "build/outbox.js",
    "build/outgoing.js",
    "build/mark.svg",
    "build/fonts/text-400.woff2",
    "build/fonts/text-600.woff2",
    "build/fonts/figures-400.woff2",
    "build/fonts/figures-600.woff2",
)
"""What the form of a report loads."""


def kept_offline(page: HttpResponse, user: "User") -> HttpResponse:
    """Return the page with leave to keep it on the reader's device until he signs out."""
    page.headers[KEEP] = str(user.uid)
    return page


@right(SIGNED_IN)
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Show what was typed on this device and is not received, and what opens without a network."""
    return kept_offline(render(request, "pages/reports/outbox.html"), reader(request))


@right(PUBLIC)
@require_safe
def here(request: HttpRequest) -> HttpResponse:
    """Answer a script who is signed in, empty for nobody, and with which token forms are sent."""
    account = str(reader(request).uid) if request.user.is_authenticated else ""
    answer = JsonResponse({"account": account, "token": get_token(request)})
    answer.headers["Cache-Control"] = "no-store"
    return answer


@right(PUBLIC)
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """Answer the service worker: the places it needs, and the scripts of which it is made."""
    places = {
        "here": reverse("here"),
        "page": reverse("outbox"),
        "folder": settings.STATIC_URL,
        "parts": [static(name) for name in PARTS],
    }
    scripts = ", ".join(json.dumps(static(name)) for name in SCRIPTS)
    code = f"self.lotrinhPlaces = {json.dumps(places)};\nimportScripts({scripts});\n"
    answer = HttpResponse(code, content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer
