"""The door of a site: passes are shown here, by devices that nobody signs in at.

The key in the address is all the right there is, and it opens one door on one day. No cookie is
asked for, so nobody else's page can act with it.
"""

import json
from base64 import b64encode
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from lotrinh.apps.dissemination import selectors as dissemination
from lotrinh.apps.dissemination import services
from lotrinh.apps.dissemination.passes import door_behind, keys_of
from lotrinh.rules.conferences import Admission, ConferenceState
from lotrinh.rules.conferences.doors import DoorKey, NoDoor
from lotrinh.rules.conferences.passes import NoPass, read_pass
from lotrinh.web import clock
from lotrinh.web.access import PUBLIC, right
from lotrinh.web.formatting import named
from lotrinh.web.short_way import short_way
from lotrinh.web.wording import word
from lotrinh.web.wording_of_conferences import ADMISSIONS, STATES

HAND_TYPED = UUID(int=0)
"""The device of passes that are typed into a page without a script."""


def root() -> bytes:
    """Return the secret of the installation, of which the keys of conferences are made."""
    return settings.SECRET_KEY.encode()


@csrf_exempt
@right(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, key: str) -> HttpResponse:
    """Show the door; a pass that is typed is answered on the page itself."""
    opened = _opened(key)
    if request.method != "POST":
        return _page(request, key, opened)
    try:
        shown = services.Shown(read_pass(request.POST.get("pass", "")), clock.now())
    except NoPass:
        return _page(request, key, opened, came=Admission.UNKNOWN, status=422)
    found = _admit(opened, HAND_TYPED, [shown])
    return _page(request, key, opened, came=found[shown.shown.delegate])


@short_way
@csrf_exempt
@right(PUBLIC)
@require_POST
def door_passes(request: HttpRequest, key: str) -> HttpResponse:
    """Take a batch of passes from a device, and say of each what came of it.

    ``{"device": uid, "passes": [[pass, instant], …]}`` is answered by ``{"answers": {pass:
    admission}}``; the same batch again is answered alike.
    """
    opened = _opened(key)
    try:
        device, scanned = _batch(request)
    except (ValueError, TypeError, KeyError, RecursionError):
        told = _("Send a device and at most %(n)s passes, each with its instant.")
        said = told % {"n": services.MOST_AT_ONCE}
        return JsonResponse({"error": said}, status=400)
    answers: dict[str, str] = {}
    shown: dict[str, services.Shown] = {}
    for written, at in scanned:
        try:
            shown[written] = services.Shown(read_pass(written), at)
        except NoPass:
            answers[written] = str(Admission.UNKNOWN)
    found = _admit(opened, device, list(shown.values()))
    answers |= {written: str(found[one.shown.delegate]) for written, one in shown.items()}
    return JsonResponse({"answers": answers})


def _admit(opened: DoorKey, device: UUID, shown: list[services.Shown]) -> dict[UUID, Admission]:
    where = services.Door(opened.site, opened.conference, device)
    secret = keys_of(root(), opened.conference_uid).hashing
    return dict(services.admit(door=where, passes=shown, secret=secret))


def _batch(request: HttpRequest) -> tuple[UUID, list[tuple[str, datetime]]]:
    said = json.loads(request.body)
    passes = said["passes"]
    if len(passes) > services.MOST_AT_ONCE:
        raise ValueError(len(passes))
    now = clock.now()
    return UUID(str(said["device"])), [(str(written), _instant(at, now)) for written, at in passes]


def _instant(said: str, now: datetime) -> datetime:
    """Return when a pass was shown; a clock that runs ahead is put back to now."""
    at = datetime.fromisoformat(said)
    if timezone.is_naive(at):
        raise ValueError(said)
    return min(at, now)


def _opened(key: str) -> DoorKey:
    try:
        opened = door_behind(root(), key)
    except NoDoor:
        raise Http404 from None
    if opened.until < clock.today():
        raise Http404
    return opened


def _page(
    request: HttpRequest,
    key: str,
    opened: DoorKey,
    *,
    came: Admission | None = None,
    status: int = 200,
) -> HttpResponse:
    site = dissemination.site_of_door(opened.site)
    if site is None:
        raise Http404
    conference = site.conference
    (now,) = dissemination.sites_now([site])
    context: dict[str, Any] = {
        "title": conference.title,
        "language_of_title": conference.language,
        "site_name": named(site.unit),
        "state": word(STATES, conference.state),
        "is_under_way": conference.state == ConferenceState.UNDER_WAY,
        "here": reverse("door", kwargs={"key": key}),
        "send_to": reverse("door-passes", kwargs={"key": key}),
        "public_key": b64encode(keys_of(root(), conference.uid).public).decode(),
        "words": json.dumps({str(one): str(said) for one, said in ADMISSIONS.items()}),
        "present": sum(now.present.values()),
        "came": came,
        "came_words": word(ADMISSIONS, came) if came else "",
        "is_let_in": came in {Admission.ADMITTED, Admission.GUEST},
    }
    answer = render(request, "pages/conferences/door.html", context, status=status)
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"  # the address is the key
    return answer
