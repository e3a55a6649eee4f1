"""The run sheet of a conference, and the conference as an entry of calendars."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lotrinh.apps.dissemination import selectors as dissemination
from lotrinh.apps.dissemination import services
from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.conferences import ConferenceState
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.attachments import kept_as
from lotrinh.web.forms.run_sheets import MORE, RunSheetForm, items_said
from lotrinh.web.pages.conferences import conference_or_404
from lotrinh.web.presenters.feed import conference_calendar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.dissemination.models import Conference
    from lotrinh.apps.dissemination.selectors import ItemNow

MOST_DOCUMENTS, MOST_POSTS = 100, 300


@right(Action.HOLD_CONFERENCE)
@require_http_methods(["GET", "HEAD", "POST"])
def run_sheet(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Set the items of a conference: what is presented, by whom, for how long, in which order."""
    user, on = reader(request), clock.today()
    conference = conference_or_404(uid, user, on)
    if not dissemination.may_hold(conference, user_id=user.pk, on=on):
        raise PermissionDenied
    now = dissemination.run_sheet_of(conference=conference)
    given = _given(conference, now, user, on)
    if request.method != "POST":
        begun = items_said(now, given["posts"], version=conference.version)
        form = RunSheetForm(None, rows=len(now) + MORE, initial=begun, **given)
        return _page(request, conference, form)
    form = RunSheetForm(request.POST, rows=_rows_sent(request), **given)
    if not form.is_valid():
        return _page(request, conference, form, status=422)
    try:
        services.set_agenda(
            conference_id=conference.pk,
            version=form.cleaned_data["version"],
            items=form.items(),
            user=user,
            on=on,
            at=clock.now(),
        )
    except services.NotNow:
        form.add_error(None, _("It has begun or is over: the run sheet stays as it is."))
    except services.NotSeen:
        form.add_error(None, _("One of the documents was taken away from you meanwhile."))
    except services.ConferenceChangedMeanwhile:
        form.add_error(
            None,
            _(
                "Somebody else changed the conference meanwhile. What you typed is still here; "
                "open the page in another tab, compare, then send again from a fresh page."
            ),
        )
    else:
        messages.success(request, _("The run sheet is kept."))
        name = "conference-run-sheet" if request.POST.get("act") == "more" else "conference"
        return SeeOther(reverse(name, kwargs={"uid": uid}))
    return _page(request, conference, form, status=409)


@right(Action.READ_DUTY)
@require_safe
def calendar(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give the conference as an entry that calendars take in."""
    user, on = reader(request), clock.today()
    conference = conference_or_404(uid, user, on)
    now = dissemination.run_sheet_of(conference=conference)
    answer = HttpResponse(
        conference_calendar(conference, [one.item.minutes for one in now], at=clock.now()),
        content_type="text/calendar; charset=utf-8",
    )
    answer["Content-Disposition"] = kept_as(f"{conference.day.isoformat()}.ics")
    answer["Cache-Control"] = "private, no-store"
    return answer


def _given(
    conference: "Conference", now: "Sequence[ItemNow]", user: "User", on: date
) -> dict[str, Any]:
    """Return what a run sheet can name: documents of the conference first, posts near by first."""
    seen = documents.visible(seen_by=user.pk, on=on)
    carried = list(seen.filter(conferences=conference))
    held = {one.pk for one in carried}
    others = [one for one in seen[:MOST_DOCUMENTS] if one.pk not in held]
    offered = units.posts_offered(
        first=[conference.organiser_id],
        seen_by=user.pk,
        as_of=conference.day,
        on=on,
        most=MOST_POSTS,
    )
    known = {one.post.pk for one in offered}
    named = {one.item.post.pk: one for one in now if one.item.post is not None}
    kept = [
        units.PostOffered(one.item.post, one.presenter)
        for pk, one in named.items()
        if pk not in known and one.item.post is not None
    ]
    return {"documents": [*carried, *others], "posts": [*offered, *kept]}


def _rows_sent(request: HttpRequest) -> int:
    """Return how many rows a form has sent."""
    sent = (name.partition("_")[2] for name in request.POST if name.startswith("title_"))
    return max(
        (int(one) for one in sent if one.isascii() and one.isdigit() and len(one) < 4), default=0
    )


def _page(
    request: HttpRequest, conference: "Conference", form: RunSheetForm, *, status: int = 200
) -> HttpResponse:
    is_open = conference.state == ConferenceState.PREPARED
    context = {"conference": conference, "form": form, "is_open": is_open}
    return render(request, "pages/conferences/run_sheet.html", context, status=status)
