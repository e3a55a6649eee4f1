"""Watching a conference: the picture or the sound, what is presented now, and the documents."""

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

from asgiref.sync import sync_to_async
from csp.decorators import csp_update
from django.conf import settings
from django.db import connections
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lotrinh.apps.dissemination import selectors as dissemination
from lotrinh.apps.dissemination import services
from lotrinh.apps.documents import selectors as documents
from lotrinh.rules.actions import Action
from lotrinh.rules.conferences.streams import Rendition, Sending
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.live import Hub
from lotrinh.web.pages.conferences import conference_or_404
from lotrinh.web.presenters.watching import (
    choices,
    item_rows,
    playlist,
    sending_words,
    watched,
)
from lotrinh.web.wording import word
from lotrinh.web.wording_of_conferences import STATES
from lotrinh.web.wording_of_streams import SENDINGS

if TYPE_CHECKING:
    from lotrinh.apps.dissemination.models import Conference
    from lotrinh.apps.dissemination.selectors import BroadcastNow
    from lotrinh.web.live import Now


@right(Action.READ_DUTY)
@require_safe
def watch(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Show a conference to whoever sits at a site; ``as`` is picture or sound."""
    user, on = reader(request), clock.today()
    conference = conference_or_404(uid, user, on)
    asked = request.GET.get("as", "")
    chosen = Rendition.SOUND if asked == Rendition.SOUND else Rendition.PICTURE
    now = _now(conference)
    seen = list(documents.visible(seen_by=user.pk, on=on).filter(conferences=conference))
    items = item_rows(dissemination.agenda_of(conference=conference), seen, now)
    context = {
        "conference": conference,
        "state": word(STATES, conference.state),
        "sending": now.sending,
        "sending_words": word(SENDINGS, now.sending),
        "words": json.dumps(sending_words()),
        "is_over": now.sending == Sending.OVER,
        "chosen": str(chosen),
        "is_sound": chosen is Rendition.SOUND,
        "choices": choices(conference, chosen),
        "playlist": playlist(conference, viewer=user.uid, rendition=chosen),
        "clock": clock.machine(),
        "items": items,
        "present": next((one for one in items if one.is_now), None),
        "documents": seen,
        "may_hold": dissemination.may_hold(conference, user_id=user.pk, on=on),
    }
    return _shown(request, "pages/conferences/watch.html", context)


@right(Action.READ_DUTY)
@require_safe
def watch_now(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say how the stream stands, for pages to which no live line comes through."""
    conference = conference_or_404(uid, reader(request), clock.today())
    return JsonResponse(watched(_now(conference)))


@right(Action.READ_DUTY)
@require_safe
def watch_line(request: HttpRequest, uid: UUID) -> StreamingHttpResponse:
    """Keep telling how the stream stands, to everybody who watches."""
    conference_or_404(uid, reader(request), clock.today())
    connections.close_all()  # it would be kept as long as the page is open
    answer: Any = StreamingHttpResponse(HUB.lines(uid), content_type="text/event-stream")
    answer["Cache-Control"] = "no-store"
    answer["X-Accel-Buffering"] = "no"
    found: StreamingHttpResponse = answer
    return found


def _shown(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponseBase:
    """Return the page; it alone may load from the server of the stream.

    ``blob:`` is how a browser hands the segments that a script has fetched to its player.
    """
    page = render(request, template, context)
    host = settings.LOTRINH_STREAM
    page["Cache-Control"] = "private, no-store"  # the addresses in it open the stream
    allowed = {"connect-src": ["'self'", host], "media-src": [host, "blob:"]}
    return csp_update(allowed)(lambda request: page)(request)


def _now(conference: "Conference") -> "BroadcastNow":
    found = dissemination.broadcast_now(conference.uid)
    if found is None:
        raise Http404
    return found


def _asked(uid: UUID) -> "Now | None":
    try:
        found = dissemination.broadcast_now(uid)
        return None if found is None else {"now": {"told": watched(found)}}
    finally:
        connections.close_all()


async def _nothing() -> None:
    """Do nothing: the stream has nothing to be tidied."""


HUB = Hub(services.WATCHERS, sync_to_async(_asked, thread_sensitive=False), _nothing)
