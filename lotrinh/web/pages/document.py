"""One document: how it stands, what it commits to, its text, whom it answers and who answers it."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lotrinh.apps.documents import selectors as registry
from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.intake import selectors as readings
from lotrinh.apps.targets import selectors as targets
from lotrinh.rules.actions import Action
from lotrinh.rules.validity import CHANGES, EFFECTS
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import address, asked_uid
from lotrinh.web.formatting import typed_day
from lotrinh.web.pages.documents import chosen_rendition, found_document, may_decide
from lotrinh.web.presenters import commitments, documents, unreadable
from lotrinh.web.presenters import registry as shown
from lotrinh.web.presenters.sheets import sheet
from lotrinh.web.presenters.warnings import issuer_warnings, warnings_of

if TYPE_CHECKING:
    from lotrinh.apps.documents.models import Document, Rendition


@right(Action.READ_DOCUMENT)
@require_safe
def document_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a document as of the day asked for; ``clause`` leads to a piece of its text."""
    user, today = reader(request), clock.today()
    document = found_document(uid, user=user, on=today)
    here = reverse("document", kwargs={"uid": document.uid})
    if document.uid != uid:
        return HttpResponseRedirect(here)  # a stub that turned out to be this document
    asked = asked_uid(request.GET, "text")
    rendition = chosen_rendition(document, asked)
    if there := _text_elsewhere(request, asked, rendition):
        return HttpResponseRedirect(there)
    clauses = registry.clauses_of(rendition=rendition) if rendition else ()
    if "clause" in request.GET:
        piece = shown.place_of(clauses, request.GET["clause"])
        if piece is not None:
            where = address(here, text=asked or "")
            return HttpResponseRedirect(f"{where}#d{piece.ordinal}")
        messages.info(request, _("This text has no such clause; here is the whole of it."))
    if "at" in request.GET:
        ordinal = shown.ordinal_at(clauses, request.GET["at"])
        where = address(here, text=asked or "")
        return HttpResponseRedirect(f"{where}#d{ordinal}" if ordinal else where)
    as_of = day_asked(request, today)
    may_keep = registry.may_keep(document, user=user, on=today)
    types = registry.type_names(on=document.issued_on or today)
    related = registry.related(document=document, seen_by=user.pk, on=today)
    up, down = shown.ladder(related)
    text = rendition.text if rendition else ""
    context = {
        "document": documents.document_facts(document, types, rendition, asked=asked is not None),
        "is_stub": document.is_stub,
        "is_verified": bool(rendition and getattr(rendition, "is_verified", False)),
        "as_of": as_of,
        "validity": shown.validity_facts(registry.stand_of(document, related, as_of=as_of)),
        "term": document.term,
        "may_keep": may_keep,
        "may_be": registry.may_be(document=document, seen_by=user.pk, on=today),
        "may_decide": may_decide(document, user=user, on=today),
        "outline": shown.outline(clauses, text, page=here, asked=asked),
        "relations_up": up,
        "relations_down": down,
        "warnings": (
            *warnings_of(document, types, text, seen_by=user.pk, on=today),
            *issuer_warnings(document, on=today),
        )
        if may_keep
        else (),
        **_commitments(request, document, related, rendition, clauses, today),
    }
    return render(request, "pages/documents/detail.html", context)


def _text_elsewhere(
    request: HttpRequest, asked: UUID | None, rendition: "Rendition | None"
) -> str | None:
    """Return the address of the text asked for that was one of this document for a time."""
    if asked is None or (rendition is not None and rendition.uid == asked):
        return None
    there = registry.text_elsewhere(asked, seen_by=reader(request).pk, on=clock.today())
    if there is None:
        return None
    page = reverse("document", kwargs={"uid": there.document.uid})
    place = {name: request.GET[name] for name in ("at", "clause") if name in request.GET}
    return address(page, text=there.uid, **place)


@right(Action.READ_DOCUMENT)
@require_safe
def family(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the documents above a document and all that follow from them, as of a day."""
    user, today = reader(request), clock.today()
    document = found_document(uid, user=user, on=today)
    as_of = day_asked(request, today)
    types = registry.type_names(on=today)
    found = registry.family_of(document=document, as_of=as_of, seen_by=user.pk, on=today)
    rows = shown.family_rows(found, document, types)
    context = {
        "document": documents.document_facts(document, types, None),
        "rows": rows,
        "count": sum(not row.is_again for row in rows),
        "is_cut": found.is_cut,
        "as_of": as_of,
    }
    return render(request, "pages/documents/family.html", context)


def day_asked(request: HttpRequest, today: date) -> date:
    """Return the day that an address asks for, else today; what is no day is said to be none."""
    typed = request.GET.get("on", "").strip()
    if not typed:
        return today
    found = typed_day(typed)
    if found is None:
        messages.error(
            request,
            _("“%(day)s” is no day. Type day/month/year, such as 7/8/2024; today is shown instead.")
            % {"day": typed},
        )
    return found or today


def _commitments(
    request: HttpRequest,
    document: "Document",
    related: Sequence[registry.RelatedDocument],
    rendition: Any,
    clauses: Sequence[Any],
    today: date,
) -> dict[str, Any]:
    """Return what the document commits to, its text, and what else its effects touch."""
    user = reader(request)
    found = readings.readings_of(document=document)
    runs = {run.rendition_id: run for run, _progress in found}
    progress = {run.rendition_id: how for run, how in found}
    run = runs.get(rendition.pk) if rendition else None
    confirmed = readings.confirmations_of(run=run) if run else ()
    touched = _touched_documents(related)
    whose: dict[str, Any] = {"seen_by": user.pk, "on": today}
    all_owed = duties.from_documents([document, *touched], **whose)
    all_planned = targets.from_documents([document, *touched], **whose)
    owed, planned = _of(document, all_owed), _of(document, all_planned)
    marks = commitments.accepted_marks(confirmed, duties=owed, targets=planned)
    stated = commitments.stated_in(confirmed)
    return {
        "told": _told(document, found),
        "reading": documents.reading_of(progress.get(rendition.pk) if rendition else None),
        "clauses": sheet(rendition, clauses, marks) if rendition else (),
        "notices": unreadable.notices_of(rendition) if rendition else (),
        "commitments": commitments.rows_of(owed, planned, stated, document=document, on=today),
        "touched": [
            (
                shown.door(other),
                commitments.rows_of(
                    _of(other, all_owed), _of(other, all_planned), {}, document=other, on=today
                ),
            )
            for other in touched
        ],
    }


def _told(document: "Document", found: Sequence[tuple[Any, Any]]) -> tuple[tuple[str, str], ...]:
    """Return that the texts of the document were compared; what was found stands on its record."""
    if not any(getattr(run, "is_compared", False) for run, _progress in found):
        return ()
    record = reverse("document-record", kwargs={"uid": document.uid})
    return ((_("It has several texts; how they differ stands on its record."), record),)


def _touched_documents(related: Sequence[registry.RelatedDocument]) -> tuple["Document", ...]:
    """Return the documents that this one amends, replaces or repeals, as far as they are seen."""
    found = {
        row.document.pk: row.document
        for row in related
        if row.outgoing and row.is_seen and row.document and EFFECTS.get(row.kind) in CHANGES
    }
    return tuple(found.values())


def _of(document: "Document", rows: Sequence[Any]) -> "list[Any]":
    """Return those duties or targets that come from one document."""
    return [
        row
        for row in rows
        if any(source.rendition.document_id == document.pk for source in row.sources.all())
    ]
