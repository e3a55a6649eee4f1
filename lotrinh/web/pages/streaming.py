"""Sending a conference: whither and by which key, and which item is presented now."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lotrinh.apps.dissemination import selectors as dissemination
from lotrinh.apps.dissemination import services
from lotrinh.rules.actions import Action
from lotrinh.rules.conferences import ConferenceState
from lotrinh.rules.conferences.streams import SEGMENT, stream_of
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.forms.streaming import ItemForm
from lotrinh.web.pages.conferences import conference_or_404
from lotrinh.web.presenters.watching import item_rows
from lotrinh.web.stream_keys import keys_for
from lotrinh.web.wording import word
from lotrinh.web.wording_of_conferences import STATES
from lotrinh.web.wording_of_streams import SENDINGS

if TYPE_CHECKING:
    from lotrinh.apps.dissemination.models import Conference


@right(Action.HOLD_CONFERENCE)
@require_safe
def stream(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the organiser whither to send and by which key, and the run sheet to lead through."""
    conference = _held(request, uid)
    now = dissemination.broadcast_now(uid)
    if now is None:
        raise PermissionDenied
    items = item_rows(dissemination.agenda_of(conference=conference), (), now)
    keys = keys_for(conference.uid)
    context = {
        "conference": conference,
        "state": word(STATES, conference.state),
        "sending": now.sending,
        "sending_words": word(SENDINGS, now.sending),
        "since": now.since,
        "into": settings.LOTRINH_STREAM_INTO,
        "key": f"{stream_of(conference.uid)}?key={keys.publishing}",
        "command": f"lotrinh conference stream {conference.uid}",
        "segment": SEGMENT,
        "items": items,
        "has_present": any(one.is_now for one in items),
        "may_present": conference.state == ConferenceState.UNDER_WAY,
    }
    page = render(request, "pages/conferences/stream.html", context)
    page["Cache-Control"] = "no-store"  # it holds the key
    return page


@right(Action.HOLD_CONFERENCE)
@require_POST
def present(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say which item of the run sheet is presented now; an empty ``place`` says none."""
    conference, form = _held(request, uid), ItemForm(request.POST)
    said = form.cleaned_data["place"] if form.is_valid() else 0
    try:
        services.present_item(
            conference_id=conference.pk,
            place=said,
            user=reader(request),
            on=clock.today(),
            at=clock.now(),
        )
    except services.ItemUnknown:
        messages.error(request, _("The run sheet has no such item."))
    except services.NotNow as refused:
        told = _("It was not kept: the conference is %(state)s.")
        messages.error(request, told % {"state": word(STATES, str(refused))})
    return SeeOther(reverse("conference-stream", kwargs={"uid": uid}))


def _held(request: HttpRequest, uid: UUID) -> "Conference":
    """Return a conference that the reader may hold."""
    user, on = reader(request), clock.today()
    conference = conference_or_404(uid, user, on)
    if not dissemination.may_hold(conference, user_id=user.pk, on=on):
        raise PermissionDenied
    return conference
