"""Many proposals decided in one act: shown first with their number, then taken or dropped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from uuid_utils.compat import uuid7

from lotrinh.apps.documents import selectors as registry
from lotrinh.apps.duties import services as duty_services
from lotrinh.apps.intake import selectors as readings
from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.dues import recurrence_in
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther, posted
from lotrinh.web.forms.proposals import TargetForm, TaskForm
from lotrinh.web.forms.reshaping import SeveralForm
from lotrinh.web.forms.unit_fields import which_unit
from lotrinh.web.pages.desk import cards_of
from lotrinh.web.pages.documents import found_document, may_decide
from lotrinh.web.pages.proposals import told_of
from lotrinh.web.presenters import desk_order, documents, several
from lotrinh.web.presenters.desk import TYPED_FIELDS, Card
from lotrinh.web.presenters.names import UnitNames

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.documents.models import Document
    from lotrinh.apps.intake.models import Candidate, ReadingRun

ACTS = ("accept", "reject", "unit")


@dataclass(frozen=True, slots=True)
class Bench:
    """What the page works on: a reading, its proposals and their cards, by number."""

    document: "Document"
    run: "ReadingRun"
    rows: Mapping[int, "Candidate"]
    cards: Sequence[Card]
    names: UnitNames
    user: "User"
    on: date


@right(Action.DECIDE_CANDIDATE)
@require_http_methods(["GET", "HEAD", "POST"])
def several_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what one act would do to many proposals; sent, it is done to those chosen."""
    user, on = reader(request), clock.today()
    document = found_document(uid, user=user, on=on)
    if not may_decide(document, user=user, on=on):
        raise PermissionDenied
    run = readings.run_of(document=document)
    if run is None or run.state != "done":
        raise Http404
    bench = _bench(document, run, user=user, on=on)
    if request.method == "POST":
        return _sent(request, bench)
    given = {name: request.GET.get(name, "") for name in ("act", "table", "name", "alike")}
    choice = several.choice_of(given, request.GET.getlist("row"))
    form = SeveralForm(initial={"client_key": uuid7()})
    return _page(request, bench, form, choice.of(bench.cards), act=given["act"])


def _sent(request: HttpRequest, bench: Bench) -> HttpResponse:
    """Do the act to the proposals that were chosen, or show the page again with what is wrong."""
    form = SeveralForm(request.POST)
    offered = several.choice_of({}, request.POST.getlist("offered")).of(bench.cards)
    chosen = several.choice_of({}, request.POST.getlist("row")).rows
    picked = [card for card in offered if card.n in chosen]
    act = request.POST.get("act", "")
    if not chosen and "client_key" not in form.errors:
        form.add_error(None, _("Choose at least one proposal."))
    if not form.is_valid():
        return _page(request, bench, form, offered, act=act, chosen=chosen, status=422)
    key = form.cleaned_data["client_key"]
    if readings.act_done(run=bench.run, client_key=key, user_id=bench.user.pk):
        return _done(request, bench, "")
    if not picked:
        return _done(request, bench, _("All of these have been decided meanwhile."))
    if act == "reject":
        return _reject(request, bench, form, picked)
    if act == "unit":
        return _name_unit(request, bench, form, offered, picked)
    return _accept(request, bench, form, offered, picked)


def _accept(
    request: HttpRequest,
    bench: Bench,
    form: SeveralForm,
    offered: Sequence[Card],
    picked: Sequence[Card],
) -> HttpResponse:
    """Make drafts of the proposals, all or the good ones; list what cannot be taken."""
    chosen = frozenset(card.n for card in picked)
    if form.cleaned_data["said"] != several.said_of(offered):
        form.add_error(
            None, _("Something here has changed since the page was made. Look again, then send.")
        )
        return _page(request, bench, form, offered, act="accept", chosen=chosen, status=422)
    rows, faults = _words_of(bench, picked)
    whole = form.cleaned_data["whole"]
    if not (faults and whole) and rows:
        try:
            block = intake.confirm_block(
                run_id=bench.run.pk,
                rows=rows,
                whole=whole,
                user=bench.user,
                client_key=form.cleaned_data["client_key"],
                on=bench.on,
                at=clock.now(),
            )
        except intake.BlockRefused as refused:
            faults |= _told(bench, refused.refused)
        else:
            faults |= _told(bench, block.refused)
            whole = False
            if block.done:
                n = len(block.done)
                words = ngettext("%(n)s draft was made.", "%(n)s drafts were made.", n)
                messages.success(request, words % {"n": n})
    if not faults:
        return _done(request, bench, "")
    return _page(
        request,
        _bench(bench.document, bench.run, user=bench.user, on=bench.on),
        form,
        [card for card in offered if card.n in faults or whole],
        act="accept",
        chosen=chosen - faults.keys(),
        faults=faults,
        status=422,
    )


def _reject(
    request: HttpRequest, bench: Bench, form: SeveralForm, picked: Sequence[Card]
) -> HttpResponse:
    """Drop the proposals for one reason."""
    block = intake.reject_block(
        run_id=bench.run.pk,
        turns={bench.rows[card.n].pk: card.turn for card in picked},
        reason=form.cleaned_data["reason"],
        note=" ".join(form.cleaned_data["note"].split()),
        user=bench.user,
        client_key=form.cleaned_data["client_key"],
        on=bench.on,
        at=clock.now(),
    )
    for words in _told(bench, block.refused).values():
        messages.warning(request, words)
    n = len(block.done)
    words = ngettext("%(n)s proposal was dropped.", "%(n)s proposals were dropped.", n)
    return _done(request, bench, words % {"n": n})


def _name_unit(
    request: HttpRequest,
    bench: Bench,
    form: SeveralForm,
    offered: Sequence[Card],
    picked: Sequence[Card],
) -> HttpResponse:
    """Type one unit into the proposals; each is still to decide."""
    typed = str(form.cleaned_data["unit"]).strip()
    if bench.names.find(typed) is None:
        form.add_error("unit", which_unit(typed, bench.names))
        chosen = frozenset(card.n for card in picked)
        return _page(request, bench, form, offered, act="unit", chosen=chosen, status=422)
    n = intake.keep_typed_for_all(
        run_id=bench.run.pk,
        candidate_ids=[bench.rows[card.n].pk for card in picked],
        values={"unit": typed},
        user=bench.user,
        on=bench.on,
        at=clock.now(),
    )
    words = ngettext(
        "The unit was filled in in %(n)s proposal. It is still to decide.",
        "The unit was filled in in %(n)s proposals. They are still to decide.",
        n,
    )
    return _done(request, bench, words % {"n": n})


def _words_of(bench: Bench, picked: Sequence[Card]) -> tuple[list[intake.Row], dict[int, str]]:
    """Return what each proposal would become, and what is wrong with the others."""
    rows, faults = [], {}
    for card in picked:
        candidate = bench.rows[card.n]
        data = {name: getattr(card, name) for name in (*TYPED_FIELDS, "client_key")}
        make = TaskForm if card.kind == "task" else TargetForm
        form = make(data, names=bench.names, seen_by=bench.user.pk, on=bench.on)
        if not form.is_valid():
            faults[card.n] = " ".join(form.faults.values())
            continue
        language, fields = bench.run.rendition.language, candidate.fields
        words = (
            form.assignment(language=language, recurrence=recurrence_in(candidate))
            if isinstance(form, TaskForm)
            else form.promise(language=language, unit_of_measure=fields.get("unit") or "")
        )
        rows.append(intake.Row(candidate.pk, card.turn, words))
    return rows, faults


def _told(bench: Bench, refused: Sequence[tuple[int, Exception]]) -> dict[int, str]:
    """Return by number why proposals could not be taken."""
    numbers = {row.pk: n for n, row in bench.rows.items()}
    return {numbers[pk]: _sentence(fault) for pk, fault in refused}


def _sentence(fault: Exception) -> str:
    if isinstance(fault, intake.AlreadyDecided):
        return told_of(fault)
    if isinstance(fault, duty_services.PersonElsewhere):
        return _("This person no longer holds a post in that unit.")
    return _("You may not assign to this unit.")


def _bench(document: "Document", run: "ReadingRun", *, user: "User", on: date) -> Bench:
    candidates = readings.candidates_of(run=run)
    with units.rights_asked_once():
        names = UnitNames(units.tree_on(on=on))
        cards = cards_of(run, candidates, names, typed={}, user=user, on=on)
    return Bench(
        document=document,
        run=run,
        rows={row.ordinal: row for row in candidates},
        cards=cards,
        names=names,
        user=user,
        on=on,
    )


def _done(request: HttpRequest, bench: Bench, words: str) -> SeeOther:
    if words:
        messages.info(request, words)
    page = reverse("desk", kwargs={"uid": bench.document.uid})
    return SeeOther(desk_order.asked(posted(request)).url(page))


def _page(
    request: HttpRequest,
    bench: Bench,
    form: SeveralForm,
    cards: Sequence[Card],
    *,
    act: str,
    chosen: frozenset[int] | None = None,
    faults: Mapping[int, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    act = act if act in ACTS else ACTS[0]
    everything = act != "accept" and chosen is None
    lines = several.lines_of(
        cards,
        chosen=frozenset(card.n for card in cards) if everything else chosen,
        faults=faults or {},
    )
    view = desk_order.asked(
        {name: request.POST.get(name, request.GET.get(name, "")) for name in ("ask", "order")}
    )
    context: dict[str, Any] = {
        "document": documents.document_facts(
            bench.document, registry.type_names(on=bench.on), None
        ),
        "act": act,
        "lines": lines,
        "chosen_count": sum(line.is_chosen for line in lines),
        "doubtful_count": sum(bool(line.question_text) for line in lines),
        "fault_count": sum(bool(line.fault_text) for line in lines),
        "as_read": next((card.unit_as_read for card in cards if card.unit_as_read), ""),
        "said": several.said_of(cards),
        "client_key": uuid7(),
        "unit_typed": request.POST.get("unit", ""),
        "unit_names": bench.names.offered if act == "unit" else (),
        "form": form,
        "view": view,
        "back_url": view.url(reverse("desk", kwargs={"uid": bench.document.uid})),
    }
    with units.rights_asked_once():
        return render(request, "pages/documents/several.html", context, status=status)
