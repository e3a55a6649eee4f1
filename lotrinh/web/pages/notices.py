"""Notices: of what the ladder of reminders, and people, have reminded the reader; the ladder."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from lotrinh.apps.dissemination import selectors as dissemination
from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties import services
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther, address, asked_uid, one_page, posted
from lotrinh.web.presenters.notices import notice_lines, rung_line

if TYPE_CHECKING:
    from lotrinh.apps.duties.models import LadderRung


@right(Action.READ_DUTY)
@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    """Show what the reader was told, the latest first, and by which rungs people are told."""
    user, on = reader(request), clock.today()
    found, after = duties.notices_of(seen_by=user.pk, on=on), asked_uid(request.GET, "after")
    rows, last = one_page(duties.notices_after(found, after) if after else found)
    ladder: tuple[LadderRung, ...] = duties.ladder_on(on=on)
    context = {
        "notices": notice_lines(rows, ladder, on=on),
        "newest": rows[0].uid if rows else None,
        "rungs": [rung_line(rung) for rung in ladder],
        "called": [
            (one, (one.conference.day - on).days <= 1 and one.untried > 0)
            for one in dissemination.called_to(user_id=user.pk, on=on)
        ],
        "next_url": address(reverse("notices"), after=last.uid) if last else None,
    }
    return render(request, "pages/notices/list.html", context)


@right(Action.READ_DUTY)
@require_POST
def mark_read(request: HttpRequest) -> HttpResponse:
    """Mark as read what the reader was told, up to the newest notice of his page."""
    user, until = reader(request), asked_uid(posted(request), "until")
    if until is not None:
        count = services.mark_read(until=until, user=user, on=clock.today(), at=clock.now())
        told = ngettext(
            "%(count)s notice is marked as read.", "%(count)s notices are marked as read.", count
        )
        messages.success(request, told % {"count": count})
    return SeeOther(reverse("notices"))
