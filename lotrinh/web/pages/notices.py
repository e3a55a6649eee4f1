"""Notices: what the ladder of reminders has told the reader, and the ladder itself."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lotrinh.apps.duties import selectors as duties
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import address, asked_uid, one_page
from lotrinh.web.presenters.notices import notice_line, rung_line

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
        "notices": [notice_line(row, ladder, on=on) for row in rows],
        "rungs": [rung_line(rung) for rung in ladder],
        "next_url": address(reverse("notices"), after=last.uid) if last else None,
    }
    return render(request, "pages/notices/list.html", context)
