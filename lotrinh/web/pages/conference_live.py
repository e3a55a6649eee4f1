"""The live line of a conference: who is there, told to every open page as it changes."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from asgiref.sync import sync_to_async
from django.db import connections
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from lotrinh.apps.dissemination import selectors as dissemination
from lotrinh.apps.dissemination import services
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.live import Hub
from lotrinh.web.presenters.conferences import live_words

if TYPE_CHECKING:
    from lotrinh.web.live import Now


def _asked(uid: UUID) -> "Now | None":
    try:
        room = dissemination.whole_room(uid)
        return None if room is None else live_words(room)
    finally:
        connections.close_all()


def _folded() -> None:
    try:
        services.fold_arrivals()
    finally:
        connections.close_all()


HUB = Hub(
    services.CHANNEL,
    sync_to_async(_asked, thread_sensitive=False),
    sync_to_async(_folded, thread_sensitive=False),
)


@right(Action.READ_DUTY)
@require_safe
def conference_live(request: HttpRequest, uid: UUID) -> StreamingHttpResponse:
    """Keep telling who is at a conference, to those who may look into all of its sites."""
    user, on = reader(request), clock.today()
    conference = dissemination.conference_by_uid(uid, seen_by=user.pk, on=on)
    if conference is None or not dissemination.sees_all(conference, user_id=user.pk, on=on):
        raise Http404
    connections.close_all()  # it would be kept as long as the page is open
    answer: Any = StreamingHttpResponse(HUB.lines(uid), content_type="text/event-stream")
    answer["Cache-Control"] = "no-store"
    answer["X-Accel-Buffering"] = "no"
    found: StreamingHttpResponse = answer
    return found
