"""Proposals that a person makes: one divided at a word, one that reading missed."""

import re
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from uuid_utils.compat import uuid7

from lotrinh.apps.documents import selectors as registry
from lotrinh.apps.intake import selectors as readings
from lotrinh.apps.intake import services as intake
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther, posted
from lotrinh.web.forms.reshaping import AddForm, SplitForm
from lotrinh.web.pages.documents import found_document, may_decide
from lotrinh.web.pages.proposals import decidable, onward, told_of
from lotrinh.web.presenters import desk_order, documents
from lotrinh.web.presenters.desk import shortened

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.documents.models import Document
    from lotrinh.apps.intake.models import Candidate, ReadingRun

_WORD = re.compile(r"\S+")
METHODS = ["GET", "HEAD", "POST"]


@right(Action.DECIDE_CANDIDATE)
@require_http_methods(METHODS)
def split(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the words of a proposal to choose from; sent, two proposals stand for it."""
    user, on = reader(request), clock.today()
    candidate = decidable(uid, user=user, on=on)
    if request.method != "POST":
        return _split_page(request, candidate, SplitForm(initial={"client_key": uuid7()}))
    form = SplitForm(request.POST)
    words = _words(candidate)
    if form.is_valid() and form.cleaned_data["word"] <= len(words):
        try:
            made = intake.split_candidate(
                candidate_id=candidate.pk,
                turn=form.last_turn,
                place=candidate.start + words[form.cleaned_data["word"] - 1].start(),
                user=user,
                client_key=form.cleaned_data["client_key"],
                on=on,
                at=clock.now(),
            )
        except intake.AlreadyDecided as refused:
            messages.warning(request, told_of(refused))
            return onward(request, candidate)
        except intake.NoPlaceToSplit:
            form.add_error("word", _("One of the two parts would hold no word."))
        else:
            return onward(request, candidate, then=made[0].ordinal)
    elif "word" not in form.errors:
        form.add_error("word", _("Choose the word with which the second proposal begins."))
    return _split_page(request, candidate, form, status=422)


@right(Action.DECIDE_CANDIDATE)
@require_http_methods(METHODS)
def add(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Propose a commitment that reading missed, by words chosen in the text or typed."""
    user, on = reader(request), clock.today()
    document = found_document(uid, user=user, on=on)
    if not may_decide(document, user=user, on=on):
        raise PermissionDenied
    run = readings.run_of(document=document)
    if run is None or run.state != "done":
        raise Http404
    clauses = registry.clauses_of(rendition=run.rendition)
    starts = {clause.ordinal: clause.start for clause in clauses}
    text = run.rendition.text
    if request.method != "POST":
        passage = desk_order.proposal_number(request.GET.get("passage", "")) or None
        initial = {"client_key": uuid7(), "kind": "task", "passage": passage}
        form = AddForm(None, text=text, starts=starts, initial=initial)
        return _add_page(request, document, form, starts)
    form = AddForm(request.POST, text=text, starts=starts)
    if form.is_valid() and form.span is not None:
        n = _added(request, run, form, form.span, user=user, on=on)
        if n is not None:
            page = reverse("desk", kwargs={"uid": document.uid})
            return SeeOther(f"{desk_order.asked(posted(request)).url(page, at=n)}#c{n}")
    return _add_page(request, document, form, starts, status=422)


def _added(
    request: HttpRequest,
    run: "ReadingRun",
    form: AddForm,
    span: tuple[int, int],
    *,
    user: "User",
    on: date,
) -> int | None:
    """Add the proposal and return its number; say on the form why it could not be added."""
    try:
        added = intake.add_candidate(
            run_id=run.pk,
            kind=form.cleaned_data["kind"],
            start=span[0],
            end=span[1],
            user=user,
            client_key=form.cleaned_data["client_key"],
            on=on,
            at=clock.now(),
        )
    except intake.AlreadyProposed as refused:
        n = refused.candidate.ordinal
        messages.info(request, _("These words are proposal %(n)s already.") % {"n": n})
        return n
    except intake.NoWords:
        form.add_error("words", _("Copy the words of the commitment from the text."))
        return None
    except intake.AnotherTextCounts as refused:
        form.add_error("words", told_of(refused))
        return None
    return added.ordinal


def _words(candidate: "Candidate") -> list[re.Match[str]]:
    """Return the words of a proposal with their places in it."""
    text = candidate.run.rendition.text[candidate.start : candidate.end]
    return list(_WORD.finditer(text))


def _split_page(
    request: HttpRequest, candidate: "Candidate", form: SplitForm, *, status: int = 200
) -> HttpResponse:
    document = candidate.run.rendition.document
    view = desk_order.asked(posted(request) or {n: str(v) for n, v in request.GET.items()})
    page = reverse("desk", kwargs={"uid": document.uid})
    words = _words(candidate)
    context: dict[str, Any] = {
        "document": _head(document),
        "n": candidate.ordinal,
        "uid": candidate.uid,
        "is_decided": readings.decision_of(candidate) is not None,
        "turn": readings.turn_of(candidate),
        "first_word": words[0][0] if words else "",
        "words": [(number, word[0]) for number, word in enumerate(words[1:], start=2)],
        "chosen": request.POST.get("word", ""),
        "form": form,
        "view": view,
        "back_url": f"{view.url(page, at=candidate.ordinal)}#c{candidate.ordinal}",
    }
    return render(request, "pages/documents/split.html", context, status=status)


def _add_page(
    request: HttpRequest,
    document: "Document",
    form: AddForm,
    starts: dict[int, int],
    *,
    status: int = 200,
) -> HttpResponse:
    passage = form["passage"].value()
    start = starts.get(int(passage)) if str(passage or "").isdecimal() else None
    context: dict[str, Any] = {
        "document": _head(document),
        "form": form,
        "last_passage": max(starts, default=0),
        "quote": shortened(form.text[start : start + 600], room=400) if start is not None else "",
        "back_url": reverse("desk", kwargs={"uid": document.uid}),
    }
    return render(request, "pages/documents/add.html", context, status=status)


def _head(document: "Document") -> documents.DocumentFacts:
    return documents.document_facts(document, registry.type_names(on=clock.today()), None)
