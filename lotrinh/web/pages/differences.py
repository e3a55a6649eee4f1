"""What a newer reading, or another text, says differently: looked at, taken or left by a person."""

from collections.abc import Sequence
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

from lotrinh.apps.duties import services as duty_services
from lotrinh.apps.intake import selectors as readings
from lotrinh.apps.intake import services as intake
from lotrinh.apps.intake.selectors import Compared, Difference
from lotrinh.apps.journal import selectors as journal
from lotrinh.apps.targets import services as target_services
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther, address
from lotrinh.web.forms.differences import SettleForm
from lotrinh.web.forms.proposals import KeyedForm
from lotrinh.web.pages.documents import found_document, may_decide
from lotrinh.web.pages.proposals import told_of
from lotrinh.web.presenters import documents
from lotrinh.web.presenters.differences import (
    TEXTS,
    Sides,
    difference_row,
    expanded,
    sides_of,
    words_taken,
)
from lotrinh.web.presenters.names import UnitNames
from lotrinh.web.presenters.refusals import who_may

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.documents.models import Document
    from lotrinh.apps.intake.models import ReadingRun

MOST_ROWS = 40
"""How many differences one page prints; the next come when these are settled."""


@right(Action.READ_DOCUMENT)
@require_safe
def differences(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what the newer reading says differently; ``of=texts``: what changed with the text."""
    user, on = reader(request), clock.today()
    document = found_document(uid, user=user, on=on)
    allowed = may_decide(document, user=user, on=on)
    is_of_texts = request.GET.get("of", "") == TEXTS
    context = {
        "document": documents.document_facts(document, {}, None),
        "may_decide": allowed,
        "refused_text": None
        if allowed
        else who_may(Action.DECIDE_CANDIDATE, unit_id=document.keeper_id, on=on),
        "is_of_texts": is_of_texts,
        **(_of_texts(document, on=on) if is_of_texts else _of_readings(document, on=on)),
        "client_key": uuid7(),
    }
    return render(request, "pages/documents/differences.html", context)


def _of_readings(document: "Document", *, on: date) -> dict[str, Any]:
    """Return what the reading by newer rules says differently from that of the desk."""
    run = readings.run_of(document=document)
    if run is None or run.state != "done":
        return {"is_read": False}
    run.rendition.document = document
    again = readings.rereading_of(run)
    found = readings.asked_of_readings(run, again)
    return {
        "is_read": True,
        "is_outdated": readings.is_outdated(run, again),
        "is_waiting": bool(again and again.state == "queued"),
        **(_shown(run, again, found, on=on) if again and found else {}),
    }


def _of_texts(document: "Document", *, on: date) -> dict[str, Any]:
    """Return what the text that counts now says differently from the one before."""
    pair = readings.runs_of_texts(document)
    if pair is None:
        return {"text_before": None}
    found = readings.asked_of_texts(pair)
    return {"text_before": pair[0].rendition, **_shown(*pair, found, on=on)}


def _shown(
    older: "ReadingRun", newer: "ReadingRun", found: Compared, *, on: date
) -> dict[str, Any]:
    rows = found.all[:MOST_ROWS]
    sides = sides_of(older, newer, rows, UnitNames(units.tree_on(on=on)), on=on)
    return {
        "rows": [difference_row(row, sides) for row in rows],
        "count": len(found.all),
        "unchanged": found.unchanged,
    }


@right(Action.DECIDE_CANDIDATE)
@require_POST
def reread(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let the text be read again by the rules of today, beside the reading that there is."""
    user, on = reader(request), clock.today()
    document = found_document(uid, user=user, on=on)
    if not may_decide(document, user=user, on=on):
        raise PermissionDenied
    run, form = readings.run_of(document=document), KeyedForm(request.POST)
    if run is None:
        raise Http404
    if not form.is_valid():
        messages.error(request, _("This form is no longer whole. Send it once more."))
        return _to_page(request, document)
    try:
        intake.reread(
            run_id=run.pk,
            user=user,
            client_key=form.cleaned_data["client_key"],
            on=on,
            at=clock.now(),
        )
    except intake.NothingNewer:
        messages.info(request, _("The rules of today have read this text already."))
    else:
        messages.success(
            request, _("The text is being read again. Nothing that was decided changes by it.")
        )
    return _to_page(request, document)


@right(Action.DECIDE_CANDIDATE)
@require_POST
def settle(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take the chosen fields of a difference, or leave it."""
    user, on = reader(request), clock.today()
    document = found_document(uid, user=user, on=on)
    if not may_decide(document, user=user, on=on):
        raise PermissionDenied
    form = SettleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This form is no longer whole. Send it once more."))
        return _to_page(request, document)
    found = _difference_meant(document, form, on=on)
    if found is None:
        messages.info(request, _("This difference has been settled, or is none any more."))
        return _to_page(request, document)
    chosen = expanded(request.POST.getlist("take")) if form.cleaned_data["act"] == "take" else ()
    row, sides = found
    if form.cleaned_data["act"] == "take" and row.older is not None and not chosen:
        messages.error(request, _("Tick what is to be taken, or leave the difference."))
        return _to_page(request, document)
    chosen = chosen if row.older is not None else ("words",) * (form.cleaned_data["act"] == "take")
    refused = _refusal(row, sides, chosen, form, user=user, on=on)
    if refused:
        messages.warning(request, refused)
    elif chosen:
        messages.success(request, _("Taken as it is read now."))
    else:
        messages.success(request, _("Left as it was."))
    return _to_page(request, document)


def _refusal(
    row: Difference,
    sides: Sides,
    chosen: Sequence[str],
    form: SettleForm,
    *,
    user: "User",
    on: date,
) -> str:
    """Settle the difference; return why that cannot be, empty where it is done."""
    taken = intake.Taken(
        fields=chosen,
        words=words_taken(row, chosen, sides),
        shown=form.cleaned_data["shown"],
        turn=form.last_turn,
    )
    try:
        intake.settle_difference(
            older_id=row.older.pk if row.older else None,
            newer_id=row.newer.pk if row.newer else None,
            taken=taken,
            user=user,
            client_key=form.cleaned_data["client_key"],
            on=on,
            at=clock.now(),
        )
    except intake.AlreadySettled as refused:
        who = journal.names_of([refused.settled.by.uid]) if refused.settled else {}
        name = next(iter(who.values()), "?")
        return _("%(who)s has settled this difference meanwhile.") % {"who": name}
    except intake.AlreadyDecided as refused:
        return told_of(refused)
    except intake.DutyIssued:
        return _("The duty binds: what it says is not changed here. See the duty.")
    except target_services.TargetAllocated:
        return _("Units hold parts of this target: its level changes by a new allocation.")
    except (duty_services.DutyChangedMeanwhile, target_services.TargetChangedMeanwhile):
        return _("Somebody changed the draft meanwhile. Look at it once more.")
    except (duty_services.NotAllowed, target_services.NotAllowed):
        return _("You may not change this draft.")
    except (intake.NothingToTake, duty_services.StepNotOpen, target_services.RangeUpsideDown):
        return _("There is no draft any more that could take it.")
    except duty_services.PersonElsewhere:
        return _("The person of the draft holds no post in that unit. Put the draft right first.")
    return ""


def _difference_meant(
    document: "Document", form: SettleForm, *, on: date
) -> tuple[Difference, Sides] | None:
    """Return the difference that the form means, with the readings between which it stands."""
    wanted = form.cleaned_data["older"], form.cleaned_data["newer"]
    run = readings.run_of(document=document)
    again = readings.rereading_of(run) if run else None
    texts = readings.runs_of_texts(document)
    pairs = [(run, again)] if run and again else []
    if texts is not None:
        further = readings.runs_of_further_texts(*texts)
        pairs += [texts, *((one, texts[1]) for one in further)]
    for pair in pairs:
        if pair[1].state != "done":
            continue
        for one in pair:
            one.rendition.document = document
        for row in readings.compared(*pair).all:
            uids = row.older.uid if row.older else None, row.newer.uid if row.newer else None
            if uids == wanted:
                return row, sides_of(*pair, [row], UnitNames(units.tree_on(on=on)), on=on)
    return None


def _to_page(request: HttpRequest, document: "Document") -> HttpResponse:
    page = reverse("desk-differences", kwargs={"uid": document.uid})
    return SeeOther(address(page, of=TEXTS if request.POST.get("of") == TEXTS else ""))
