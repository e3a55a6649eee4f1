"""The targets that will be missed at the pace of today: the list behind that number."""

from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lotrinh.apps.reporting import selectors as reporting
from lotrinh.apps.targets import selectors as targets
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import PAGE, address, asked_place, asked_uid
from lotrinh.web.pages.documents import found_document
from lotrinh.web.presenters.risks import risk_rows

if TYPE_CHECKING:
    from lotrinh.apps.documents.models import Document
    from lotrinh.apps.reporting.selectors import AtRisk

MOST = 2_000
"""So many targets, those with the nearest deadlines, are forecast at once."""


@right(Action.READ_TARGET)
@require_safe
def at_risk(request: HttpRequest) -> HttpResponse:
    """Show them, the least likely to be met first; of one ``document`` where that is asked for.

    ``as=line`` gives the sentence alone, for a page that has it fetched; ``page`` turns the list.
    """
    user, on = reader(request), clock.today()
    uid = asked_uid(request.GET, "document")
    document = found_document(uid, user=user, on=on) if uid else None
    found = risks_of(document, seen_by=user.pk, on=on)
    begin, here = asked_place(request) * PAGE, reverse("targets-at-risk")
    more = begin + PAGE < len(found)
    is_line = request.GET.get("as") == "line"
    context = {
        "document": document,
        "total": len(found),
        "rows": [] if is_line else risk_rows(found[begin : begin + PAGE]),
        "here": address(here, document=document.uid if document else None),
        "next_url": address(
            here, document=document.uid if document else None, page=begin // PAGE + 1
        )
        if more
        else None,
    }
    page = "risk_line.html" if is_line else "at_risk.html"
    return render(request, f"pages/targets/{page}", context)


def risks_of(document: "Document | None", *, seen_by: int, on: date) -> "tuple[AtRisk, ...]":
    """Return the targets at risk that an account sees, those of a document where one is named.

    A part that a unit was given is not named beside its whole.
    """
    if document is not None:
        asked = targets.from_document(document=document, seen_by=seen_by, on=on)
    else:
        rows = targets.heads(seen_by=seen_by, on=on).prefetch_related(None)
        asked = tuple(rows[:MOST])
    return reporting.at_risk(targets=asked, seen_by=seen_by, on=on)
