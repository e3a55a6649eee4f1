"""What a person does to one proposal: accept, drop, split, merge, take back."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lotrinh.apps.duties import services as duty_services
from lotrinh.apps.intake import selectors as readings
from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.dues import recurrence_in
from lotrinh.apps.journal import selectors as journal
from lotrinh.apps.targets import services as target_services
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther, posted
from lotrinh.web.forms.proposals import (
    RejectForm,
    TargetForm,
    TaskForm,
    TurnForm,
)
from lotrinh.web.forms.reshaping import MergeForm, UndoForm
from lotrinh.web.pages.desk import desk_page
from lotrinh.web.pages.documents import found_document, may_decide
from lotrinh.web.presenters import desk_acts, desk_order
from lotrinh.web.presenters.desk import TYPED_FIELDS, Typed
from lotrinh.web.presenters.names import UnitNames
from lotrinh.web.presenters.refusals import who_may
from lotrinh.web.wording import word

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.intake.models import Candidate, ReadingRun


@right(Action.DECIDE_CANDIDATE)
@require_POST
def accept(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make a draft duty or target of a proposal, as somebody has put it right."""
    user, on = reader(request), clock.today()
    candidate = decidable(uid, user=user, on=on)
    names = UnitNames(units.tree_on(on=on))
    make = TaskForm if candidate.kind == "task" else TargetForm
    form = make(request.POST, names=names, seen_by=user.pk, on=on)
    if form.is_valid():
        try:
            _confirm(candidate, form, user=user, on=on)
        except intake.AlreadyDecided as refused:
            return _too_late(request, candidate, refused, user=user, on=on)
        except (duty_services.NotAllowed, target_services.NotAllowed):
            form.add_error("unit", _not_assignable(candidate, form, user=user, on=on))
        except intake.NotAllowed as refused:
            raise PermissionDenied from refused
        except duty_services.PersonElsewhere:
            form.add_error("person", _("This person no longer holds a post in that unit."))
        else:
            return onward(request, candidate)
    return _again(request, candidate, form.faults)


@right(Action.DECIDE_CANDIDATE)
@require_POST
def reject(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Drop a proposal and keep why."""
    user, on = reader(request), clock.today()
    candidate = decidable(uid, user=user, on=on)
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
            turn=form.last_turn,
        )
    except intake.NotAllowed as refused:
        raise PermissionDenied from refused
    except intake.AlreadyDecided as refused:
        return _too_late(request, candidate, refused, user=user, on=on)
    return onward(request, candidate)


@right(Action.DECIDE_CANDIDATE)
@require_POST
def merge(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let one proposal stand for this one and the one that follows it."""
    user, on = reader(request), clock.today()
    candidate = decidable(uid, user=user, on=on)
    form = MergeForm(request.POST)
    rows = readings.candidates_of(run=candidate.run)
    other = next((row for row in rows if str(row.ordinal) == request.POST.get("other")), None)
    if not form.is_valid() or other is None:
        return _again(request, candidate, form.faults)
    try:
        merged = intake.merge_candidates(
            candidate_id=candidate.pk,
            turn=form.last_turn,
            other_id=other.pk,
            other_turn=form.cleaned_data["other_turn"] or 0,
            user=user,
            client_key=form.cleaned_data["client_key"],
            on=on,
            at=clock.now(),
        )
    except intake.AlreadyDecided as refused:
        return _too_late(request, candidate, refused, user=user, on=on)
    except intake.NotNeighbours:
        words = _("Proposals %(n)s and %(other)s do not follow each other in the text.")
        messages.warning(request, words % {"n": candidate.ordinal, "other": other.ordinal})
        return onward(request, candidate, then=candidate.ordinal)
    return onward(request, candidate, then=merged.ordinal)


@right(Action.DECIDE_CANDIDATE)
@require_POST
def reopen(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take back what was decided about a proposal."""
    user, on = reader(request), clock.today()
    candidate = decidable(uid, user=user, on=on)
    form = TurnForm(request.POST)
    if not form.is_valid():
        return _again(request, candidate, form.faults)
    try:
        intake.reopen_candidate(
            candidate_id=candidate.pk,
            turn=form.last_turn,
            user=user,
            client_key=form.cleaned_data["client_key"],
            on=on,
            at=clock.now(),
        )
    except intake.AlreadyDecided as refused:
        messages.warning(request, told_of(refused))
    except REFUSALS as refused:
        messages.warning(request, why_kept(candidate, refused))
    return onward(request, candidate, then=candidate.ordinal)


@right(Action.DECIDE_CANDIDATE)
@require_POST
def undo(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take back what the reader did last on a desk, a block too."""
    user, on = reader(request), clock.today()
    document = found_document(uid, user=user, on=on)
    if not may_decide(document, user=user, on=on):
        raise PermissionDenied
    form, run = UndoForm(request.POST), readings.run_of(document=document)
    page = reverse("desk", kwargs={"uid": document.uid})
    if run is None or not form.is_valid():
        messages.warning(request, _("There is nothing to undo."))
        return SeeOther(page)
    at = _undone(request, run, form, user=user, on=on)
    view = desk_order.asked(posted(request))
    return SeeOther(f"{view.url(page, at=at)}#c{at}" if at else view.url(page))


@right(Action.DECIDE_CANDIDATE)
@require_POST
def keep(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Keep what the reader is typing for a proposal, without deciding anything."""
    user, on = reader(request), clock.today()
    candidate = decidable(uid, user=user, on=on)
    intake.keep_typed(
        candidate_id=candidate.pk, values=_typed(request), user=user, on=on, at=clock.now()
    )
    return HttpResponse(status=204)


REFUSALS = (
    intake.NothingToUndo,
    intake.DutyIssued,
    intake.SuccessorDecided,
    duty_services.DutyChangedMeanwhile,
    duty_services.StepNotOpen,
    duty_services.NotAllowed,
    target_services.NotAllowed,
    target_services.TargetAllocated,
)
"""Why something is not taken back."""


def decidable(uid: UUID, *, user: "User", on: date) -> "Candidate":
    """Return the proposal, if the reader sees its document and may decide about it."""
    candidate = readings.candidate_by_uid(uid, seen_by=user.pk, on=on)
    if candidate is None:
        raise Http404
    if not may_decide(candidate.run.rendition.document, user=user, on=on):
        raise PermissionDenied
    return candidate


def onward(request: HttpRequest, candidate: "Candidate", *, then: int | None = None) -> SeeOther:
    """Lead to the proposal asked for, else to the next to decide in the text, in the same view."""
    view = desk_order.asked(posted(request))
    page = reverse("desk", kwargs={"uid": candidate.run.rendition.document.uid})
    rows = readings.candidates_of(run=candidate.run)
    place = [row.pk for row in rows].index(candidate.pk)
    still = [row.ordinal for row in (*rows[place:], *rows) if readings.decision_of(row) is None]
    wanted = [n for n in (then, view.then) if n in still]
    if not still:
        return SeeOther(view.url(page))
    n = (wanted or still)[0]
    return SeeOther(f"{view.url(page, at=n)}#c{n}")


def told_of(refused: intake.AlreadyDecided) -> str:
    """Return who did what to a proposal before the reader could."""
    last, n = refused.decision, refused.candidate.ordinal
    if isinstance(refused, intake.AnotherTextCounts):
        return _("Another text of this document was taken meanwhile. Decide on its desk, here.")
    if last is None:
        return _("Proposal %(n)s has been decided by somebody else meanwhile.") % {"n": n}
    who = journal.names_of([last.by.uid]).get(last.by.uid, "?")
    done = word(desk_acts.VERDICTS, last.verdict)
    words = {"n": n, "who": who, "done": done}
    return _("Proposal %(n)s has been %(done)s by %(who)s meanwhile.") % words


def why_kept(candidate: "Candidate", refused: Exception) -> str:
    """Return why a decision is not taken back, and the cure."""
    n = {"n": candidate.ordinal}
    if isinstance(refused, intake.DutyIssued | duty_services.StepNotOpen):
        return (
            _("Proposal %(n)s has become a duty that binds: it is not undone here. See the duty.")
            % n
        )
    if isinstance(refused, target_services.TargetAllocated):
        words = _("Proposal %(n)s has become a target of which units hold parts: it stays.")
        return words % n
    if isinstance(refused, intake.SuccessorDecided):
        words = _("Proposal %(other)s, which came of it, has been decided. Undo that first.")
        return words % {"other": refused.successor.ordinal}
    if isinstance(refused, duty_services.DutyChangedMeanwhile):
        return _("The draft of proposal %(n)s was changed this very moment. Try again.") % n
    if isinstance(refused, duty_services.NotAllowed | target_services.NotAllowed):
        return _("You may not withdraw the draft of proposal %(n)s.") % n
    return _("There is nothing to undo.")


def _undone(
    request: HttpRequest, run: "ReadingRun", form: UndoForm, *, user: "User", on: date
) -> int | None:
    """Take the act back, say what stays, and return the first proposal that is open again."""
    try:
        undone = intake.undo_act(
            run_id=run.pk,
            act=form.cleaned_data["act"],
            user=user,
            client_key=form.cleaned_data["client_key"],
            on=on,
            at=clock.now(),
        )
    except REFUSALS as refused:
        done = readings.candidates_of(run=run)
        key = form.cleaned_data["act"]
        mine = [row for row in done if (last := readings.last_turn(row)) and last.client_key == key]
        messages.warning(
            request, why_kept(mine[0], refused) if mine else _("There is nothing to undo.")
        )
        return mine[0].ordinal if mine else None
    for candidate, reason in undone.kept:
        messages.warning(request, why_kept(candidate, reason))
    return min(candidate.ordinal for candidate in undone.reopened)


def _confirm(
    candidate: "Candidate", form: TaskForm | TargetForm, *, user: "User", on: date
) -> None:
    language, fields = candidate.run.rendition.language, candidate.fields
    key: UUID = form.cleaned_data["client_key"]
    if isinstance(form, TaskForm):
        intake.confirm_task(
            candidate_id=candidate.pk,
            assignment=form.assignment(language=language, recurrence=recurrence_in(candidate)),
            user=user,
            client_key=key,
            on=on,
            at=clock.now(),
            turn=form.last_turn,
        )
    else:
        intake.confirm_target(
            candidate_id=candidate.pk,
            promise=form.promise(language=language, unit_of_measure=fields.get("unit") or ""),
            user=user,
            client_key=key,
            on=on,
            at=clock.now(),
            turn=form.last_turn,
        )


def _too_late(
    request: HttpRequest,
    candidate: "Candidate",
    refused: intake.AlreadyDecided,
    *,
    user: "User",
    on: date,
) -> HttpResponse:
    """Tell who was first, and keep what the reader typed, so that he can compare."""
    typed = _typed(request)
    if typed:
        intake.keep_typed(candidate_id=candidate.pk, values=typed, user=user, on=on, at=clock.now())
    kept = _("What you typed is kept beside it.")
    messages.warning(request, f"{told_of(refused)} {kept}" if typed else told_of(refused))
    return onward(request, candidate)


def _typed(request: HttpRequest) -> dict[str, str]:
    """Return what was typed into the fields of a proposal."""
    sent = posted(request)
    return {name: sent[name] for name in TYPED_FIELDS if name in sent}


def _not_assignable(
    candidate: "Candidate", form: TaskForm | TargetForm, *, user: "User", on: date
) -> str:
    """Return why a unit cannot be named, and who may name it."""
    named = form.unit_found or candidate.run.rendition.document.keeper
    return _("You may not assign to this unit. %(who)s") % {
        "who": who_may(Action.ASSIGN_DUTY, unit_id=named.pk, on=on)
    }


def _again(request: HttpRequest, candidate: "Candidate", faults: Mapping[str, str]) -> HttpResponse:
    """Show the desk once more with what was typed and what was wrong with it."""
    user, on = reader(request), clock.today()
    decided = readings.decision_of(candidate)
    if decided is not None:
        refused = intake.AlreadyDecided(candidate, decided)
        return _too_late(request, candidate, refused, user=user, on=on)
    document = candidate.run.rendition.document
    typed = {candidate.uid: Typed(values=posted(request), errors=faults)}
    view = desk_order.asked({**posted(request), "at": str(candidate.ordinal)})
    with units.rights_asked_once():
        return desk_page(request, document, view=view, typed=typed, status=422)
