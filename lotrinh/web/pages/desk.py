"""The reading desk: the text and its proposals side by side, accepted or dropped one at a time."""

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

from lotrinh.apps.documents import selectors as registry
from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties import services as duty_services
from lotrinh.apps.intake import selectors as readings
from lotrinh.apps.intake import services as intake
from lotrinh.apps.targets import selectors as targets
from lotrinh.apps.targets import services as target_services
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther, address, posted
from lotrinh.web.forms.proposals import MOST_HOLDERS, RejectForm, TargetForm, TaskForm
from lotrinh.web.pages.documents import chosen_rendition, found_document, may_decide
from lotrinh.web.presenters import documents, unreadable
from lotrinh.web.presenters.desk import Card, Typed, card_of, make_desk, window_of
from lotrinh.web.presenters.names import PeopleNames, UnitNames
from lotrinh.web.presenters.refusals import who_may
from lotrinh.web.presenters.sheets import Mark, sheet

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.documents.models import Document
    from lotrinh.apps.intake.models import Candidate

MOST_DIGITS = 9


@right(Action.READ_DOCUMENT)
@require_safe
def desk(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the desk of a document; ``at`` is the number of the proposal to look at."""
    document = found_document(uid, user=reader(request), on=clock.today())
    return _page(request, document, at=_number(request.GET.get("at", "")), typed={})


@right(Action.DECIDE_CANDIDATE)
@require_POST
def accept(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make a draft duty or target of a proposal, as somebody has put it right."""
    user, on = reader(request), clock.today()
    candidate = _candidate(uid, user=user, on=on)
    names = UnitNames(units.tree_on(on=on))
    make = TaskForm if candidate.kind == "task" else TargetForm
    form = make(request.POST, names=names, seen_by=user.pk, on=on)
    if form.is_valid():
        try:
            _confirm(candidate, form, user=user, on=on)
        except intake.AlreadyDecided:
            messages.warning(request, _already_decided(candidate))
            return _onward(candidate)
        except (duty_services.NotAllowed, target_services.NotAllowed):
            form.add_error("unit", _not_assignable(candidate, form, user=user, on=on))
        except intake.NotAllowed as refused:
            raise PermissionDenied from refused
        except duty_services.PersonElsewhere:
            form.add_error("person", _("This person no longer holds a post in that unit."))
        else:
            return _onward(candidate)
    return _again(request, candidate, form.faults)


@right(Action.DECIDE_CANDIDATE)
@require_POST
def reject(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Drop a proposal and keep why."""
    user, on = reader(request), clock.today()
    candidate = _candidate(uid, user=user, on=on)
    form = RejectForm(request.POST)
    if not form.is_valid():
        return _again(request, candidate, form.faults)
    try:
        intake.reject_candidate(
            candidate_id=candidate.pk,
            reason=form.cleaned_data["reason"],
            note=form.cleaned_data["note"],
            user=user,
            client_key=form.cleaned_data["client_key"],
            on=on,
            at=clock.now(),
        )
    except intake.NotAllowed as refused:
        raise PermissionDenied from refused
    except intake.AlreadyDecided:
        messages.warning(request, _already_decided(candidate))
    return _onward(candidate)


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


def _number(asked: str) -> int:
    """Return the number that an address asks for, 0 where it is none that a proposal can have."""
    return int(asked) if asked.isdecimal() and len(asked) <= MOST_DIGITS else 0


def _candidate(uid: UUID, *, user: "User", on: date) -> "Candidate":
    """Return the proposal, if the reader sees its document and may decide about it."""
    candidate = readings.candidate_by_uid(uid, seen_by=user.pk, on=on)
    if candidate is None:
        raise Http404
    if not may_decide(candidate.run.rendition.document, user=user, on=on):
        raise PermissionDenied
    return candidate


def _confirm(
    candidate: "Candidate", form: TaskForm | TargetForm, *, user: "User", on: date
) -> None:
    language, fields = candidate.run.rendition.language, candidate.fields
    key: UUID = form.cleaned_data["client_key"]
    if isinstance(form, TaskForm):
        intake.confirm_task(
            candidate_id=candidate.pk,
            assignment=form.assignment(
                language=language, recurrence=fields.get("recurrence") or ""
            ),
            user=user,
            client_key=key,
            on=on,
            at=clock.now(),
        )
    else:
        intake.confirm_target(
            candidate_id=candidate.pk,
            promise=form.promise(language=language, unit_of_measure=fields.get("unit") or ""),
            user=user,
            client_key=key,
            on=on,
            at=clock.now(),
        )


def _already_decided(candidate: "Candidate") -> str:
    return _("Proposal %(n)s has been decided by somebody else meanwhile. Yours was not kept.") % {
        "n": candidate.ordinal
    }


def _not_assignable(
    candidate: "Candidate", form: TaskForm | TargetForm, *, user: "User", on: date
) -> str:
    """Return why a unit cannot be named, and who may name it."""
    named = form.unit_found or candidate.run.rendition.document.keeper
    return _("You may not assign to this unit. %(who)s") % {
        "who": who_may(Action.ASSIGN_DUTY, unit_id=named.pk, on=on)
    }


def _onward(candidate: "Candidate") -> SeeOther:
    """Lead to the next proposal to decide: below this one, else the first above it."""
    rows = readings.candidates_of(run=candidate.run)
    still = [row.ordinal for row in rows if readings.decision_of(row) is None]
    after = [n for n in still if n > candidate.ordinal]
    page = reverse("desk", kwargs={"uid": candidate.run.rendition.document.uid})
    if not still:
        return SeeOther(page)
    n = (after or still)[0]
    return SeeOther(f"{address(page, at=n)}#c{n}")


def _again(request: HttpRequest, candidate: "Candidate", faults: Mapping[str, str]) -> HttpResponse:
    """Show the desk once more with what was typed and what was wrong with it."""
    if readings.decision_of(candidate) is not None:
        messages.warning(request, _already_decided(candidate))
        return _onward(candidate)
    document = candidate.run.rendition.document
    typed = {candidate.uid: Typed(values=posted(request), errors=faults)}
    with units.rights_asked_once():
        return _page(request, document, at=candidate.ordinal, typed=typed, status=422)


def _page(
    request: HttpRequest,
    document: "Document",
    *,
    at: int,
    typed: Mapping[UUID, Typed],
    status: int = 200,
) -> HttpResponse:
    user, on = reader(request), clock.today()
    allowed = may_decide(document, user=user, on=on)
    found = readings.readings_of(document=document)
    run, progress = found[0] if found else (None, None)
    rendition = run.rendition if run else chosen_rendition(document, None)
    candidates = readings.candidates_of(run=run) if run and run.state == "done" else ()
    names = UnitNames(units.tree_on(on=on)) if candidates else UnitNames(())
    cards: list[Card] = []
    if run and candidates:
        urls = _urls(candidates, user=user, on=on)
        made = make_desk(run, candidates, names=names, typed=typed, urls=urls)
        cards = [card_of(row, made) for row in candidates]
    here, page = _here(cards, at), reverse("desk", kwargs={"uid": document.uid})
    window = window_of(cards, here)
    context: dict[str, Any] = {
        "document": documents.document_facts(document, registry.type_names(on=on), rendition),
        "reading": documents.reading_of(progress),
        "targets_count": sum(card.kind == "target" for card in cards),
        "tasks_count": sum(card.kind == "task" for card in cards),
        "may_decide": allowed,
        "refused_text": None
        if allowed
        else who_may(Action.DECIDE_CANDIDATE, unit_id=document.keeper_id, on=on),
        "clauses": sheet(
            rendition, registry.clauses_of(rendition=rendition), _marks(candidates, cards)
        )
        if rendition
        else (),
        "notices": unreadable.notices(rendition.notes) if rendition else (),
        "unit_names": names.offered if allowed else (),
        "person_names": _people(window.cards, names, user=user, on=on) if allowed and cards else (),
        "cards": cards,
        "shown": {card.n for card in window.cards},
        "window": window,
        "before_url": address(page, at=window.before_at),
        "after_url": address(page, at=window.after_at),
        "here": here,
        "return_url": page,
    }
    return render(request, "pages/documents/desk.html", context, status=status)


def _urls(candidates: "Sequence[Candidate]", *, user: "User", on: date) -> dict[UUID, str]:
    """Return where accepted proposals lead, as far as the reader sees what became of them."""
    decided = [(row.uid, decision) for row in candidates if (decision := readings.decision_of(row))]
    duty_ids = [made.duty_id for _uid, made in decided if made.duty_id]
    target_ids = [made.target_id for _uid, made in decided if made.target_id]
    seen_duties = set(
        duties.visible(seen_by=user.pk, on=on).filter(pk__in=duty_ids).values_list("pk", flat=True)
    )
    seen_targets = set(
        targets.visible(seen_by=user.pk, on=on)
        .filter(pk__in=target_ids)
        .values_list("pk", flat=True)
    )
    urls = {}
    for uid, made in decided:
        if made.duty is not None and made.duty.pk in seen_duties:
            urls[uid] = reverse("duty", kwargs={"uid": made.duty.uid})
        elif made.target is not None and made.target.pk in seen_targets:
            urls[uid] = reverse("target", kwargs={"uid": made.target.uid})
    return urls


def _marks(candidates: "Sequence[Candidate]", cards: Sequence[Card]) -> list[Mark]:
    return [
        Mark(card.n, card.kind, card.state, row.start, row.end, card.url)
        for row, card in zip(candidates, cards, strict=True)
    ]


def _people(cards: Sequence[Card], names: UnitNames, *, user: "User", on: date) -> tuple[str, ...]:
    """Return the people to offer: those of the units on the cards, then as many as fit."""
    named = {card.unit for card in cards if card.unit}
    near = [found for found in map(names.find_offered, named) if found is not None]
    rows = units.holders(first=near, seen_by=user.pk, on=on, most=MOST_HOLDERS)
    return PeopleNames(rows, names).labels


def _here(cards: Sequence[Card], at: int) -> int | None:
    """Return the proposal to decide now: the one asked for, the next open one, or the first."""
    still = [card.n for card in cards if card.state == "open"]
    return next((n for n in still if n >= at), still[0] if still else None)
