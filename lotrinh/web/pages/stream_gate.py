"""Whether somebody may send a stream: the server of the stream asks, nobody else is answered.

It shows by a key of its own that it is that server, and hands on what the sender showed. Both keys
belong to one conference and are compared in a time that tells nothing; neither is ever logged.
"""

import logging
from ipaddress import ip_address
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from lotrinh.apps.dissemination import services
from lotrinh.rules.conferences.streams import conference_of
from lotrinh.rules.outward import is_kept_in
from lotrinh.web import clock
from lotrinh.web.access import PUBLIC, right
from lotrinh.web.refusing import Refusals
from lotrinh.web.stream_keys import keys_for

logger = logging.getLogger(__name__)

ASKING = "X-Lotrinh-Stream"
"""The header in which the server of the stream shows who it is."""
CALLS = {
    "publish": services.start_broadcast,
    "update_publish": services.start_broadcast,
    "publish_done": services.end_broadcast,
}
"""What is noted, by the word in which the server of the stream says what happens."""
PLAYED = "update_play"
"""What the server says of the program beside it that makes the segments: it shows no key."""
REFUSALS = Refusals()


@csrf_exempt
@right(PUBLIC)
@sensitive_post_parameters("key")
@require_POST
def stream_ask(request: HttpRequest) -> HttpResponse:
    """Answer 204 where the sender may go on, 403 where not, 429 where he was refused too often."""
    conference = conference_of(request.POST.get("name", ""))
    if conference is None or not _is_asked_by_server(request, conference):
        return HttpResponse(status=403)
    if request.POST.get("call") == PLAYED:
        return HttpResponse(status=204)
    sender, now = request.POST.get("addr", "")[:64], clock.machine()
    if REFUSALS.are_too_many(sender, now=now):
        return HttpResponse(status=429)
    keys = keys_for(conference)
    act = CALLS.get(request.POST.get("call", ""))
    if act is None or not keys.opens(request.POST.get("key", "")):
        REFUSALS.note(sender, now=now)
        logger.warning("a sender at %s was refused: no key of this conference", sender)
        return HttpResponse(status=403)
    try:
        act(conference_uid=conference, at=clock.now())
    except (services.ConferenceUnknown, services.NotNow):
        return HttpResponse(status=403)
    return HttpResponse(status=204)


def _is_asked_by_server(request: HttpRequest, conference: UUID) -> bool:
    shown = request.headers.get(ASKING, "")
    return _is_near(request.META.get("REMOTE_ADDR", "")) and keys_for(conference).asks(shown)


def _is_near(address: str) -> bool:
    """Say whether an address is this machine's, or in a network that the installation names."""
    try:
        return ip_address(address).is_loopback or is_kept_in(
            address, own=settings.LOTRINH_STREAM_FROM
        )
    except ValueError:
        return False
