"""The cascade board of a document: which unit owes what by it, and who has not yet done it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lotrinh.apps.duties import selectors as duties
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import PAGE, address, asked_day, asked_place, asked_uid
from lotrinh.web.pages.documents import found_document
from lotrinh.web.presenters.cascade import Asked, board_of
from lotrinh.web.wording import STANDS


@right(Action.READ_DOCUMENT)
@require_safe
def cascade(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the units and the duties of a document as of a day.

    ``column`` chooses one duty, ``stands`` those that stand in one way, ``yet`` who has not yet.
    """
    user, today = reader(request), clock.today()
    document = found_document(uid, user=user, on=today)
    on, fault = asked_day(request, today)
    found = duties.cascade_of(document=document, as_of=on, seen_by=user.pk, on=today)
    stands = request.GET.get("stands", "")
    asked = Asked(
        path=reverse("document-cascade", kwargs={"uid": document.uid}),
        on=on,
        column=str(asked_uid(request.GET, "column") or ""),
        stands=stands if stands in STANDS else "",
        yet=request.GET.get("yet") == "1",
    )
    size, begin = PAGE, asked_place(request)
    board, last = board_of(found, asked, begin=begin * size, size=size)
    words: dict[str, Any] = {
        "column": asked.column,
        "stands": asked.stands,
        "yet": "1" if asked.yet else "",
    }
    more = address(asked.path, on=on.isoformat(), **words, page=begin + 1) if last else None
    context = {
        "document": document,
        "board": board,
        "on": on,
        "next_url": more,
        "date_error_text": fault,
    }
    return render(request, "pages/documents/cascade.html", context)
