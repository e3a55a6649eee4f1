"""The reading desk: the text and its proposals side by side, questions first."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from uuid_utils.compat import uuid7

from lotrinh.apps.documents import selectors as registry
from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.intake import selectors as readings
from lotrinh.apps.intake import services as intake
from lotrinh.apps.targets import selectors as targets
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.forms.proposals import MOST_HOLDERS
from lotrinh.web.pages.documents import chosen_rendition, found_document, may_decide
from lotrinh.web.presenters import (
    contradictions,
    desk_acts,
    desk_order,
    documents,
    named_people,
    unreadable,
)
from lotrinh.web.presenters.desk import Card, Typed, card_of, make_desk
from lotrinh.web.presenters.names import PeopleNames, UnitNames
from lotrinh.web.presenters.refusals import who_may
from lotrinh.web.presenters.sheets import Mark, sheet
from lotrinh.web.presenters.told import told_on_desk

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.documents.models import Document, Rendition
    from lotrinh.apps.intake.models import Candidate, ReadingRun
    from lotrinh.apps.intake.selectors import Contradiction

Candidates = Sequence["Candidate"]


@right(Action.READ_DOCUMENT)
@require_safe
def desk(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the desk of a document; ``at`` is the number of the proposal to look at.

    ``ask`` leaves the proposals with one question, ``order`` shows them as the text goes.
    """
    document = found_document(uid, user=reader(request), on=clock.today())
    given = {name: request.GET.get(name, "") for name in ("at", "ask", "order")}
    return desk_page(request, document, view=desk_order.asked(given), typed={})


@right(Action.READ_DOCUMENT)
@require_safe
def news(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say who else is at the desk and what others decided since the decision ``after``."""
    user, on = reader(request), clock.today()
    document = found_document(uid, user=user, on=on)
    run = readings.run_of(document=document)
    if run is None:
        raise Http404
    at = clock.now()
    if may_decide(document, user=user, on=on):
        intake.be_present(run_id=run.pk, user=user, on=on, at=at)
    after = desk_order.proposal_number(request.GET.get("after", ""))
    context = {
        "present": readings.others_present(run=run, user_id=user.pk, at=at),
        "meanwhile": desk_acts.meanwhile(
            readings.decided_since(run=run, after=after, user_id=user.pk)
        ),
    }
    return render(request, "pages/documents/company.html", context)


@right(Action.DECIDE_CANDIDATE)
@require_POST
def read_again(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Queue a reading that failed once more; where it is on its way already, show that."""
    user, on = reader(request), clock.today()
    document = found_document(uid, user=user, on=on)
    run = readings.run_of(document=document)
    if run is None:
        raise Http404
    try:
        intake.read_again(uid=run.uid, user=user, on=on, at=clock.now())
    except intake.NotAllowed as refused:
        raise PermissionDenied from refused
    except intake.RunNotFailed:
        messages.info(request, _("The text is being read or has been read meanwhile."))
    return SeeOther(reverse("desk", kwargs={"uid": document.uid}))


def desk_page(
    request: HttpRequest,
    document: "Document",
    *,
    view: desk_order.Asked,
    typed: Mapping[UUID, Typed],
    status: int = 200,
) -> HttpResponse:
    """Show the desk, with what was typed and what was wrong with it."""
    user, on = reader(request), clock.today()
    allowed = may_decide(document, user=user, on=on)
    run, progress = _read(document, decider=user if allowed else None, on=on)
    rendition = run.rendition if run else chosen_rendition(document, None)
    candidates = _proposals(run, typist=user.pk if allowed else None)
    names = UnitNames(units.tree_on(on=on)) if candidates else UnitNames(())
    whose: dict[str, Any] = {"typed": typed, "may_type": allowed, "user": user, "on": on}
    cards = cards_of(run, candidates, names, **whose) if run else []
    # Only who decides is told of contradictions: for others the page has no query to spare.
    against = _against(document, run, candidates, user=user, on=on) if run and allowed else ()
    cards = contradictions.marked(cards, against)
    page = reverse("desk", kwargs={"uid": document.uid})
    ordered = desk_order.in_order(cards, view)
    here = desk_order.here_of(cards, ordered, view.at)
    window = desk_order.window_of(ordered, here)
    people = _people(window.cards, names, user=user, on=on) if allowed and cards else None
    if people is not None and run is not None:
        cards = named_people.offered(cards, candidates, run, people=people, names=names)
        window = desk_order.window_of(desk_order.in_order(cards, view), here)
    context: dict[str, Any] = _printed(cards, window, view, page) | {
        "document": documents.document_facts(document, registry.type_names(on=on), rendition),
        "reading": documents.reading_of(progress),
        "targets_count": _count(cards, "target"),
        "tasks_count": _count(cards, "task"),
        "may_decide": allowed,
        "refused_text": None if allowed else _refusal(document, on=on),
        "clauses": _sheet(rendition, candidates, cards, window) if rendition else (),
        "notices": unreadable.notices(rendition.notes) if rendition else (),
        "unit_names": names.offered if allowed else (),
        "person_names": people.labels if people else (),
        "here": here,
        "issues": contradictions.issues(against, cards),
        "last_decision": desk_acts.last_decision(candidates),
        "undo_key": uuid7(),
        **told_on_desk(
            document, run, window.cards, cards, decider=user.pk if allowed else None, on=on
        ),
    }
    if allowed and run:
        context |= _for_deciders(run, candidates, cards, user=user)
    return render(request, "pages/documents/desk.html", context, status=status)


def _printed(
    cards: Sequence[Card], window: desk_order.Window, view: desk_order.Asked, page: str
) -> dict[str, Any]:
    """Return the proposals that a page prints, and where it leads to the others."""
    return {
        "cards": cards,
        "shown": {card.n for card in window.cards},
        "window": window,
        "before_url": view.url(page, at=window.before_at),
        "after_url": view.url(page, at=window.after_at),
        "view": view,
        "chips": desk_order.chips(cards, view, page),
        "orders": desk_order.orders(cards, view, page),
        "return_url": view.url(page),
    }


def _against(
    document: "Document", run: "ReadingRun", candidates: Candidates, *, user: "User", on: date
) -> tuple["Contradiction", ...]:
    """Return where this text contradicts itself or its family, as far as the reader sees it."""
    return readings.contradictions(
        document=document, run=run, candidates=candidates, seen_by=user.pk, on=on
    )


def cards_of(
    run: "ReadingRun",
    candidates: Candidates,
    names: UnitNames,
    *,
    typed: Mapping[UUID, Typed],
    may_type: bool = True,
    user: "User",
    on: date,
) -> list[Card]:
    """Return the cards of all proposals in the order of the text, as this reader sees them."""
    if not candidates:
        return []
    made = make_desk(
        run,
        candidates,
        names=names,
        typed=typed,
        kept=readings.typed_words(run=run, user_id=user.pk, candidates=candidates)
        if may_type
        else {},
        urls=_urls(candidates, user=user, on=on),
        made_from=readings.made_from(candidates),
        decider=user if may_type else None,
        on=on,
    )
    return [card_of(row, made) for row in candidates]


def _read(
    document: "Document", *, decider: "User | None", on: date
) -> "tuple[ReadingRun | None, readings.Progress | None]":
    """Return the reading that the desk shows, for a decider with what helps him."""
    found = readings.readings_of(
        document=document,
        beside=(decider.pk, clock.now()) if decider else None,
    )
    return found[0] if found else (None, None)


def _proposals(run: "ReadingRun | None", *, typist: int | None) -> Candidates:
    """Return what a reading proposes, with what the typist has typed, once it is done."""
    if run is None or run.state != "done":
        return ()
    return readings.candidates_of(run=run, typed_by=typist)


def _for_deciders(
    run: "ReadingRun", candidates: Candidates, cards: Sequence[Card], *, user: "User"
) -> dict[str, Any]:
    """Return what only those who decide are shown: what to undo, blocks, who else is here."""
    return {
        "last_act": desk_acts.last_act(readings.last_act(candidates, user_id=user.pk)),
        "blocks": desk_acts.blocks(cards),
        "present": sorted(name for name in getattr(run, "here_too", ()) if name),
    }


def _refusal(document: "Document", *, on: date) -> str:
    return who_may(Action.DECIDE_CANDIDATE, unit_id=document.keeper_id, on=on)


def _count(cards: Sequence[Card], kind: str) -> int:
    return sum(card.kind == kind and card.state != "gone" for card in cards)


def _urls(candidates: Candidates, *, user: "User", on: date) -> dict[UUID, str]:
    """Return where accepted proposals lead, as far as the reader sees what became of them."""
    urls = {}
    for row in candidates:
        made = readings.decision_of(row)
        if made is None:
            continue
        if made.duty is not None and duties.sees(made.duty, seen_by=user.pk, on=on):
            urls[row.uid] = reverse("duty", kwargs={"uid": made.duty.uid})
        elif made.target is not None and targets.sees(made.target, seen_by=user.pk, on=on):
            urls[row.uid] = reverse("target", kwargs={"uid": made.target.uid})
    return urls


def _sheet(
    rendition: "Rendition",
    candidates: Candidates,
    cards: Sequence[Card],
    window: desk_order.Window,
) -> tuple[Any, ...]:
    marks = [
        Mark(card.n, card.kind, card.state, row.start, row.end, card.url)
        for row, card in zip(candidates, cards, strict=True)
        if card.state != "gone"
    ]
    words = [
        span
        for card in window.cards
        for name, span in card.words.items()
        if name != "title" or card.kind == "target"
    ]
    return sheet(rendition, registry.clauses_of(rendition=rendition), marks, words)


def _people(cards: Sequence[Card], names: UnitNames, *, user: "User", on: date) -> PeopleNames:
    """Return the people to offer: those of the units on the cards, then as many as fit."""
    named = {card.unit for card in cards if card.unit}
    near = [found for found in map(names.find_offered, named) if found is not None]
    rows = units.holders(first=near, seen_by=user.pk, on=on, most=MOST_HOLDERS)
    return PeopleNames(rows, names)
