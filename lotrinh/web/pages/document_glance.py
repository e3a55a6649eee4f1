"""A document at a glance: is it being carried out, by whom, and what needs a push?"""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lotrinh.apps.documents import selectors as registry
from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.reporting import selectors as reporting
from lotrinh.apps.targets import selectors as targets
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import PAGE, address
from lotrinh.web.formatting import named
from lotrinh.web.pages.documents import found_document
from lotrinh.web.presenters.document_glance import (
    Tick,
    duties_headline,
    event_lines,
    issuing_of,
    kept_lines,
    rungs_of,
    target_rows,
    targets_headline,
)
from lotrinh.web.presenters.documents import type_text
from lotrinh.web.presenters.duties import DRAFT
from lotrinh.web.presenters.silence import rows_of
from lotrinh.web.presenters.totals import shares_of, totals_of

if TYPE_CHECKING:
    from lotrinh.apps.documents.models import Document

MOST_TARGETS = 30
MOST_EVENTS = 5


@right(Action.READ_DOCUMENT)
@require_safe
def glance(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show whether a document is being carried out: its duties added up, and by unit."""
    user, on = reader(request), clock.today()
    document = found_document(uid, user=user, on=on)
    who: dict[str, Any] = {"seen_by": user.pk, "on": on}
    tally, owing = duties.document_board(document=document, **who)
    related = registry.related(document=document, **who)
    up, down = rungs_of(related)
    asked = {"document": document.uid}
    totals = totals_of(tally, asked)
    parts = [Tick(one.code, one.count, one.url) for one in totals.numbers]
    types = registry.type_names(on=document.issued_on or on)
    context = {
        "document": document,
        "kind_text": type_text(document, types) or "",
        "has_duties": bool(tally.total or tally.refused or tally.cancelled),
        "totals": totals,
        "shares": shares_of(tally),
        "done": duties_headline(tally, parts, totals.whole.url),
        "issuing": issuing_of(owing, related),
        "up": up,
        "down": down,
        "events": event_lines(duties.latest_of(document=document, most=MOST_EVENTS, **who)),
        "import_url": address(reverse("duties-import"), **asked) if _may_import(**who) else None,
        "lines": [
            (row.unit, named(row.unit), totals_of(row.own, {**asked, "unit": row.unit.uid}))
            for row in owing
        ],
        **_targets(document, **who),
        **_kept(document, **who),
    }
    return render(request, "pages/totals/glance.html", context)


def _targets(document: "Document", *, seen_by: int, on: date) -> dict[str, Any]:
    """Return what became of the targets of a document, and the doors to more of it."""
    planned = targets.counted_from(document=document, seen_by=seen_by, on=on)
    reached = reporting.reached_by(targets=planned, seen_by=seen_by, on=on)
    return {
        "aims": targets_headline(reached, document) if reached else None,
        "target_rows": target_rows(reached[:MOST_TARGETS]),
        "targets_url": address(reverse("target-board"), document=document.uid),
        "risks_url": address(reverse("targets-at-risk"), document=document.uid),
    }


def _kept(document: "Document", *, seen_by: int, on: date) -> dict[str, Any]:
    """Return how the deadlines of a document were kept, and what is late or silent."""
    who: dict[str, Any] = {"seen_by": seen_by, "on": on}
    rhythms = duties.rhythms_on(on=on)
    kept = duties.kept_of(document=document, rhythms=rhythms, **who)
    to_urge = duties.to_urge(document, rhythms=rhythms, **who)
    urged = rows_of(to_urge[:PAGE], heads=False, **who)
    asked, counted = {"document": document.uid}, reverse("duties-counted")
    return {
        "kept": kept_lines(kept, document),
        "moved": kept.moved,
        "moved_url": address(counted, **asked, original="moved"),
        "drafts": kept.drafts,
        "drafts_url": address(counted, **{"class": DRAFT}, **asked),
        "unclear": kept.unclear,
        "silent": kept.silent,
        "silent_url": address(counted, mark="silent", **asked),
        "to_urge": len(to_urge),
        "urged": list(urged.values()),
        "may_urge": any(row.may_urge for row in urged.values()),
    }


def _may_import(*, seen_by: int, on: date) -> bool:
    return bool(units.reach(user_id=seen_by, action=Action.ASSIGN_DUTY, on=on))
