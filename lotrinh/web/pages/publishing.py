"""Deciding what everybody may read: what is public, what would be, and the decision itself."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from uuid_utils.compat import uuid7

from lotrinh.apps.publishing import selectors, services
from lotrinh.apps.publishing.selectors import Chosen
from lotrinh.apps.publishing.services import Decision
from lotrinh.rules.actions import Action
from lotrinh.rules.publication import open_data
from lotrinh.rules.publication.canonical import canonical, digest_of_papers, publication_of
from lotrinh.rules.publication.content import Heading, Promise, Publication
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.formatting import planned
from lotrinh.web.forms.publishing import CHOSEN, PublishForm
from lotrinh.web.presenters.public import content_of
from lotrinh.web.presenters.public_promise import paper_pages

_MOST_LISTED = 100
_FILES = {
    "table-vi": ("table-vi", "promises-vi.csv"),
    "table-en": ("table-en", "promises-en.csv"),
    "content": ("content", "papers.json"),
}
"""The files that may be looked at before they are public: what asks for each, and its name."""


@right(Action.PUBLISH)
@require_safe
def publication_list(request: HttpRequest) -> HttpResponse:
    """Show every publication, the newest first."""
    _require(request)
    context = {"records": selectors.records()[:_MOST_LISTED]}
    return render(request, "pages/publications/list.html", context)


@right(Action.PUBLISH)
@require_safe
def publication_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what one publication said, as everybody read it."""
    _require(request)
    record = selectors.record_by_uid(uid)
    if record is None:
        raise Http404
    said = publication_of(record.content)
    context = {"record": record, **content_of(said), "pages": paper_pages(said)}
    return render(request, "pages/publications/detail.html", context)


@right(Action.PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
def new_publication(request: HttpRequest) -> HttpResponse:
    """Choose targets, look at exactly what would be public, and decide."""
    _require(request)
    if request.method != "POST":
        return _choosing(request)
    if request.POST.get("act") == "publish":
        return _publish(request)
    if request.POST.get("act") in _FILES:
        return _file(request, request.POST["act"])
    form = PublishForm(None, today=clock.today(), initial={"client_key": uuid7()})
    return _look(request, form)


def _require(request: HttpRequest) -> None:
    """Refuse those who do not decide for the whole authority."""
    if not selectors.may_publish(user_id=reader(request).pk, on=clock.today()):
        raise PermissionDenied


def _choosing(request: HttpRequest) -> HttpResponse:
    """Offer what could be public; what is public already is chosen."""
    found = selectors.choices(seen_by=reader(request).pk, on=clock.today())
    newest = selectors.newest_record()
    public = (
        {promise.uid for _paper, promise in publication_of(newest.content).promises}
        if newest
        else set()
    )
    context = {
        "choices": [
            (
                choice.document,
                [
                    (
                        one,
                        planned(one.comparator, one.value, one.high, one.measure.unit_of_measure),
                        one.uid in public,
                    )
                    for one in choice.targets
                ],
            )
            for choice in found
        ],
        "field": CHOSEN,
        "newest": newest,
    }
    return render(request, "pages/publications/new.html", context)


def _publish(request: HttpRequest) -> HttpResponse:
    form = PublishForm(request.POST, today=clock.today())
    if not form.is_valid():
        return _look(request, form, status=422)
    given = form.cleaned_data
    try:
        made = services.publish(
            chosen=_chosen(request),
            shown=given["content"],
            decision=Decision(given["number"], given["decided_on"], given["reason"]),
            user=reader(request),
            client_key=given["client_key"],
            on=clock.today(),
            at=clock.now(),
        )
    except services.ContentChanged:
        words = _("What would be public has changed since: look again below, then publish.")
        form.add_error(None, words)
        return _look(request, form, status=409)
    except services.NothingChosen:
        form.add_error(None, _("Nothing is public yet, and nothing is chosen."))
        return _look(request, form, status=422)
    except services.ReasonMissing:
        form.add_error("reason", _("Something would not be public any more: say why."))
        return _look(request, form, status=422)
    messages.success(request, _("It is public now."))
    return SeeOther(reverse("publication", kwargs={"uid": made.uid}))


def _look(request: HttpRequest, form: PublishForm, *, status: int = 200) -> HttpResponse:
    """Show exactly what would be public."""
    chosen = _chosen(request)
    would_be = _would_be(request, chosen)
    context: dict[str, Any] = {
        **content_of(would_be),
        "pages": paper_pages(would_be),
        "form": form,
        "field": CHOSEN,
        "chosen": sorted(map(str, chosen.targets)),
        "content": digest_of_papers(would_be.papers, would_be.heading.as_of),
        "files": _FILES.values(),
        "held_back": sum(_holds_back(promise) for _paper, promise in would_be.promises),
    }
    return render(request, "pages/publications/look.html", context, status=status)


def _would_be(request: HttpRequest, chosen: Chosen) -> Publication:
    """Return what would be public; its heading is not decided yet and nobody reads it."""
    on = clock.today()
    papers = selectors.papers_of(chosen=chosen, seen_by=reader(request).pk, on=on)
    return Publication(Heading(0, on, "", on, "", "", clock.now()), papers)


def _file(request: HttpRequest, act: str) -> HttpResponse:
    """Hand out a file as it would be public, byte for byte; the content is what would be hashed."""
    would_be = _would_be(request, _chosen(request))
    language = act.rpartition("-")[2]
    if act == "content":
        text, kind = canonical(would_be.papers), "application/json"
    else:
        text, kind = open_data.csv_of(would_be, language=language), "text/csv"
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_FILES[act][1]}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _holds_back(promise: Promise) -> bool:
    """Say whether anything of a promise is not shown."""
    steps, parts = promise.steps, promise.parts
    return (
        promise.is_held_back
        or any(one.is_held_back for one in steps)
        or any(one.is_held_back for one in parts)
    )


def _chosen(request: HttpRequest) -> Chosen:
    """Return the targets that were ticked; what is no uid is nothing."""
    found = set()
    for typed in request.POST.getlist(CHOSEN):
        try:
            found.add(UUID(typed))
        except ValueError:
            continue
    return Chosen(frozenset(found))
