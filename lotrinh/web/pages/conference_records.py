"""The record of a conference: as it would be, as it was frozen, and what is counted otherwise."""

import json
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lotrinh.apps.dissemination import selectors as dissemination
from lotrinh.apps.dissemination import services
from lotrinh.apps.journal import selectors as journal
from lotrinh.rules.actions import Action
from lotrinh.rules.conferences import ConferenceState
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.attachments import kept_as
from lotrinh.web.pages.conferences import conference_or_404
from lotrinh.web.pages.editions import UNPRINTED, unprinted
from lotrinh.web.presenters.concluding import (
    difference_rows,
    file_stem,
    record_blocks_shown,
    record_file,
)
from lotrinh.web.wording import word
from lotrinh.web.wording_of_conferences import STATES

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.dissemination.models import Conference


@right(Action.READ_DUTY)
@require_safe
def record_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the record that was frozen beside a recount of today; before that, what it would say."""
    user, on = reader(request), clock.today()
    conference = _whole_or_403(uid, user, on)
    record = dissemination.record_of(conference=conference)
    counted = dissemination.content_of(conference, on=on)
    content = json.loads(record.content) if record else counted
    by = record.frozen_by.uid if record else None
    context = {
        "conference": conference,
        "record": record,
        "who": journal.names_of([by]).get(by, "?") if by else "",
        "blocks": record_blocks_shown(content),
        "differences": difference_rows(content, counted),
        "may_freeze": record is None
        and conference.state == ConferenceState.CLOSED
        and dissemination.may_hold(conference, user_id=user.pk, on=on),
    }
    return render(request, "pages/conferences/record.html", context)


@right(Action.HOLD_CONFERENCE)
@require_POST
def freeze_record(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Freeze the record of a conference that is closed."""
    user, on = reader(request), clock.today()
    conference = conference_or_404(uid, user, on)
    try:
        services.freeze_record(conference_id=conference.pk, user=user, on=on, at=clock.now())
    except services.NotAllowed:
        raise PermissionDenied from None
    except services.NotNow:
        said = _("A record is frozen once the conference is closed; it is %(state)s.")
        messages.error(request, said % {"state": word(STATES, conference.state)})
    else:
        messages.success(request, _("The record is frozen. Nothing changes it any more."))
    return SeeOther(reverse("conference-record", kwargs={"uid": uid}))


@right(Action.READ_DUTY)
@require_safe
def record_docx(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give the record that was frozen as a Word file."""
    user, on = reader(request), clock.today()
    conference = _whole_or_403(uid, user, on)
    record = dissemination.record_of(conference=conference)
    if record is None:
        raise Http404
    here = reverse("conference-record", kwargs={"uid": uid})
    try:
        content = record_file(record, request.build_absolute_uri(here))
    except UNPRINTED as wrong:
        messages.error(request, unprinted(wrong))
        return SeeOther(here)
    answer = HttpResponse(content, content_type=services.DOCX)
    name = f"{file_stem(conference.title)} {conference.day.isoformat()}.docx"
    answer["Content-Disposition"] = kept_as(name)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _whole_or_403(uid: UUID, user: "User", on: date) -> "Conference":
    """Return a conference into all of whose sites the account may look: its record tells of all."""
    conference = conference_or_404(uid, user, on)
    if not dissemination.sees_all(conference, user_id=user.pk, on=on):
        raise PermissionDenied
    return conference
