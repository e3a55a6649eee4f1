"""A document at a glance: is it being carried out, by whom, and what needs a push?"""

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import PAGE, address
from lotrinh.web.formatting import named
from lotrinh.web.pages.documents import found_document
from lotrinh.web.presenters.duties import DRAFT
from lotrinh.web.presenters.silence import rows_of
from lotrinh.web.presenters.totals import shares_of, totals_of


@right(Action.READ_DOCUMENT)
@require_safe
def glance(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show whether a document is being carried out: its duties added up, and by unit."""
    user, on = reader(request), clock.today()
    document = found_document(uid, user=user, on=on)
    rhythms = duties.rhythms_on(on=on)
    found = duties.glance_at(seen_by=user.pk, on=on, document=document, rhythms=rhythms)
    rows = duties.board(seen_by=user.pk, on=on, document=document)
    owing = [row for row in rows if row.own.total]
    to_urge = duties.to_urge(document, seen_by=user.pk, on=on, rhythms=rhythms)
    urged = rows_of(to_urge[:PAGE], seen_by=user.pk, on=on, heads=False)
    asked = {"document": document.uid}
    counted = reverse("duties-counted")
    context = {
        "document": document,
        "has_duties": bool(found.tally.total or found.tally.refused or found.tally.cancelled),
        "totals": totals_of(found.tally, asked),
        "shares": shares_of(found.tally),
        "drafts": found.drafts,
        "drafts_url": address(counted, **{"class": DRAFT}, **asked),
        "unclear": found.unclear,
        "silent": found.silent,
        "silent_url": address(counted, mark="silent", **asked),
        "to_urge": len(to_urge),
        "urged": list(urged.values()),
        "may_urge": any(row.may_urge for row in urged.values()),
        "import_url": address(reverse("duties-import"), **asked)
        if _may_import(user.pk, on)
        else None,
        "lines": [
            (row.unit, named(row.unit), totals_of(row.own, {**asked, "unit": row.unit.uid}))
            for row in owing
        ],
    }
    return render(request, "pages/totals/glance.html", context)


def _may_import(user_id: int, on: date) -> bool:
    return bool(units.reach(user_id=user_id, action=Action.ASSIGN_DUTY, on=on))
