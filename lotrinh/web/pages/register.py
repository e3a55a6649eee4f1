"""The register of documents: narrowed by its address, searched in any spelling."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lotrinh.apps.documents import selectors as registry
from lotrinh.apps.intake import selectors as readings
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import PAGE, address, one_page
from lotrinh.web.asking import RegisterAsked, read_register
from lotrinh.web.pages.documents import keeper_for
from lotrinh.web.pages.unit_sheets import sheet_file
from lotrinh.web.presenters import documents
from lotrinh.web.presenters import register as shown

if TYPE_CHECKING:
    from lotrinh.apps.documents.models import Document
    from lotrinh.apps.units.models import Unit

MOST_IN_FILE = 50_000
FINDS = 20
"""How many finds a page prints, each with its passage."""


@right(Action.READ_DOCUMENT)
@require_safe
def document_list(request: HttpRequest) -> HttpResponse:
    """Show the register, newest first, or what ``q`` finds in it; the filters narrow both."""
    user, on = reader(request), clock.today()
    asked, types = read_register(request.GET), registry.type_names(on=on)
    everything = _everything(asked, seen_by=user.pk, on=on)
    within = _narrowed(everything, asked, seen_by=user.pk, on=on)
    waiting = (0, 0) if asked.is_narrowed else readings.waiting(seen_by=user.pk, on=on)
    here = reverse("documents")
    context = {
        **(_finds if asked.words else _rows)(within, asked, types),
        "asked": asked,
        "query": asked.words,
        "chips": shown.chips(asked, types, _units_asked(asked)),
        "choices": _choices(everything, asked, types),
        "narrow_url": shown.url_of(asked, narrow=1),
        "plain_url": shown.url_of(asked),
        "all_url": here,
        "files": [(name, shown.file_url(asked, name)) for name in ("xlsx", "csv")],
        "waiting_documents": waiting[0],
        "waiting_proposals": waiting[1],
        "waiting_url": address(here, state="waiting"),
        "waiting_is_current": asked.state == "waiting",
        "may_add": keeper_for(user, on=on) is not None,
    }
    return render(request, "pages/documents/list.html", context)


@right(Action.READ_DOCUMENT)
@require_safe
def document_file(request: HttpRequest, ending: str) -> HttpResponse:
    """Give the register, or what the same address finds in it, as a file; days as days."""
    user, on = reader(request), clock.today()
    asked, types = read_register(request.GET), registry.type_names(on=on)
    within = _narrowed(_everything(asked, seen_by=user.pk, on=on), asked, seen_by=user.pk, on=on)
    if asked.words:
        finds = registry.search(typed=asked.words, among=within)
        found = [row for _rank, row in registry.found_page(finds, after=None, most=MOST_IN_FILE)]
    else:
        found = registry.first_of(within, most=MOST_IN_FILE)
    rows = [shown.file_head(), *(shown.file_row(row, types) for row in found)]
    return sheet_file(rows, ending, "lotrinh-documents")


def _everything(asked: RegisterAsked, *, seen_by: int, on: date) -> "QuerySet[Document]":
    if asked.words:
        return registry.in_registry(seen_by=seen_by, on=on)
    found = registry.visible(seen_by=seen_by, on=on)
    return found if asked.with_cited else found.filter(is_stub=False)


def _choices(
    everything: "QuerySet[Document]", asked: RegisterAsked, types: documents.Types
) -> shown.Choices | None:
    """Return what the form of filters offers, where it is asked for: not every page pays for it."""
    if not asked.is_narrowing:
        return None
    offered = {role: registry.units_offered(everything, role) for role in ("issuer", "keeper")}
    return shown.choices(asked, types, offered)


def _units_asked(asked: RegisterAsked) -> "dict[str, Unit | None]":
    """Return the units by which the register is narrowed."""
    uids = {"issuer": asked.filters.issuer, "keeper": asked.filters.keeper}
    return {role: units.unit_by_uid(uid) for role, uid in uids.items() if uid}


def _narrowed(
    found: "QuerySet[Document]", asked: RegisterAsked, *, seen_by: int, on: date
) -> "QuerySet[Document]":
    if not asked.understood:
        return found.none()
    if asked.state:
        found = readings.in_state(found, asked.state)
    return registry.narrowed(found, asked.filters, seen_by=seen_by, on=on)


def _rows(
    within: "QuerySet[Document]", asked: RegisterAsked, types: documents.Types
) -> dict[str, Any]:
    """Return a page of the register, newest first."""
    found, total = _page_and_total(within, asked)
    rows, last = one_page(found)
    progress = readings.progress_of(rows)
    return {
        "documents": [documents.document_row(row, types, progress.get(row.pk)) for row in rows],
        "total": min(total, registry.MOST_LISTED) if asked.is_narrowed else total,
        "is_more": asked.is_narrowed and total > registry.MOST_LISTED,
        "next_url": shown.url_of(asked, after=last.uid) if last else None,
    }


def _page_and_total(
    within: "QuerySet[Document]", asked: RegisterAsked
) -> "tuple[list[Document], int]":
    """Return a page, and how many documents there are: of what filters leave, up to a bound."""
    after = asked.after
    if asked.is_narrowed:
        return registry.listed(within, after=after, most=PAGE + 1)
    found = registry.following(within, after) if after else within
    return registry.first_of(found, most=PAGE + 1), within.count()


def _finds(
    within: "QuerySet[Document]", asked: RegisterAsked, types: documents.Types
) -> dict[str, Any]:
    """Return a page of what was found, the best first, and what else may have been meant."""
    found = registry.search(typed=asked.words, among=within)
    after = within.filter(uid=asked.after).first() if asked.after else None
    lost = asked.after is not None and after is None
    page = [] if lost else registry.found_page(found, after=after, most=FINDS + 1)
    rows = [row for _rank, row in page[:FINDS]]
    total = registry.found_count(found)
    progress = readings.progress_of(rows)
    plain = [documents.document_row(row, types, progress.get(row.pk)) for row in rows]
    passages = registry.shown_passages(found, rows)
    near = () if after else registry.near_numbers(found)
    return {
        "documents": shown.with_finds(plain, found, passages, rows),
        "near": [documents.document_row(row, types, None) for row in near],
        "is_loose": found.is_loose and bool(rows),
        "total": min(total, registry.MOST_COUNTED),
        "is_more": total > registry.MOST_COUNTED,
        "next_url": shown.url_of(asked, after=rows[-1].uid) if len(page) > FINDS else None,
    }
