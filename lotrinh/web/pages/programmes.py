"""The follow-up of a conference: which units owe programmes, how far they are, who answers what."""

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
from django.views.decorators.http import require_http_methods, require_safe
from uuid_utils.compat import uuid7

from lotrinh.apps.dissemination import selectors as dissemination
from lotrinh.apps.dissemination import services
from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import PAGE, SeeOther, asked_place, asked_uid
from lotrinh.web.formatting import day, named
from lotrinh.web.forms.programmes import OweForm, document_name
from lotrinh.web.pages.conferences import conference_or_404
from lotrinh.web.pages.unit_sheets import sheet_file
from lotrinh.web.presenters.names import UnitNames
from lotrinh.web.presenters.programmes import (
    SHOWN,
    Asked,
    branches,
    chips,
    coverage_rows,
    narrowed,
    sentence,
    shown,
    unit_line,
)

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.dissemination.models import Conference, ProgrammeCall
    from lotrinh.apps.dissemination.selectors import ProgrammeRow
    from lotrinh.apps.files.sheets import Cell
    from lotrinh.apps.units.selectors import PlacedUnit

MATRIX_PAGE = 25
"""So many units stand in the matrix at once."""


@dataclass(frozen=True, slots=True)
class _Held:
    """The programmes of a call that the reader sees, and those of the unit that is asked for."""

    call: "ProgrammeCall"
    asked: Asked
    placed: "tuple[PlacedUnit, ...]"
    rows: "list[ProgrammeRow]"


@right(Action.READ_DUTY)
@require_safe
def conference_programmes(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show for which documents of a conference programmes are owed, and how many are how far."""
    user, on = reader(request), clock.today()
    conference = conference_or_404(uid, user, on)
    calls = dissemination.calls_seen(conference=conference, seen_by=user.pk, on=on)
    context = {
        "conference": conference,
        "calls": [
            (
                reverse("programmes", kwargs={"uid": one.uid}),
                document_name(one.document),
                sentence(dissemination.programmes_seen(call=one, seen_by=user.pk, on=on)),
            )
            for one in calls
        ],
        "may_owe": dissemination.may_hold(conference, user_id=user.pk, on=on),
    }
    return render(request, "pages/conferences/programmes/calls.html", context)


@right(Action.HOLD_CONFERENCE)
@require_http_methods(["GET", "HEAD", "POST"])
def owe_programmes(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let units owe programmes; with ``look`` only show which units would."""
    user, on = reader(request), clock.today()
    conference = conference_or_404(uid, user, on)
    if not dissemination.may_hold(conference, user_id=user.pk, on=on):
        raise PermissionDenied
    given: dict[str, Any] = {
        "documents": list(documents.visible(seen_by=user.pk, on=on).filter(conferences=conference)),
        "groups": units.groups_known(on=on),
        "names": UnitNames(units.tree_on(on=on)),
    }
    if request.method != "POST":
        return _owe_page(
            request, conference, OweForm(None, initial={"client_key": uuid7()}, **given)
        )
    form = OweForm(request.POST, **given)
    if not form.is_valid():
        return _owe_page(request, conference, form, status=422)
    if "look" in request.POST:
        return _owe_page(request, conference, form, looks=True)
    key = form.cleaned_data["client_key"]
    act = services.ProgrammeAct(user, key, on, clock.now())
    try:
        made = services.call_for_programmes(conference_id=conference.pk, said=form.said(), act=act)
    except services.DayPassed:
        form.add_error("due", _("Choose today or a day to come."))
    except services.NobodyOwes:
        form.add_error("group", _("No unit is left: call sites first, or choose a group."))
    except services.NotNow:
        form.add_error(None, _("The conference was called off."))
    except services.NotAllowed:
        form.add_error("group", _("You may not give duties to every one of these units."))
    else:
        said = ngettext("%(n)s unit owes one now.", "%(n)s units owe one now.", len(made))
        messages.success(request, said % {"n": len(made)})
        return SeeOther(reverse("conference-programmes", kwargs={"uid": uid}))
    return _owe_page(request, conference, form, status=422)


@right(Action.READ_DUTY)
@require_safe
def programmes(request: HttpRequest, uid: UUID) -> HttpResponse:
    """List who owes a programme by a call (``show``, ``under``; ``page`` turns)."""
    user, on = reader(request), clock.today()
    held = _held(request, uid, user, on)
    listed = shown(held.rows, held.asked.show)
    begin = asked_place(request) * PAGE
    cut = listed[begin : begin + PAGE]
    found = dissemination.comparisons_of(one.programme for one in cut)
    asked = dissemination.open_questions_of(call=held.call)
    follows = begin + PAGE < len(listed)
    may_follow = dissemination.may_follow(held.call, user_id=user.pk, on=on)
    top = held.call.conference.organiser_id
    context = {
        "call": held.call,
        "conference": held.call.conference,
        "name": document_name(held.call.document),
        "sentence": sentence(held.rows),
        "drafts": dissemination.drafts_of_call(call=held.call) if may_follow else 0,
        "chips": chips(held.rows, held.asked),
        "branches": branches(held.rows, held.asked, held.placed, top),
        "under": next((named(one) for one in held.placed if one.uid == held.asked.under), ""),
        "all_url": held.asked.url(under=None),
        "lines": [unit_line(one, found.get(one.programme.pk), asked) for one in cut],
        "total": len(listed),
        "next_url": held.asked.url(page=begin // PAGE + 1) if follows else None,
        "file_url": held.asked.url(route="programmes-file"),
        "may_follow": may_follow,
    }
    return render(request, "pages/conferences/programmes/list.html", context)


@right(Action.READ_DUTY)
@require_safe
def programmes_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give the list, as it is narrowed, as a workbook."""
    user, on = reader(request), clock.today()
    held = _held(request, uid, user, on)
    listed = shown(held.rows, held.asked.show)
    found = dissemination.comparisons_of(one.programme for one in listed)
    heads: list[Cell] = [
        *(_("Unit"), _("State"), _("Number, symbol"), _("Issued on"), _("Due"), _("Late")),
        *(_("Own sentences"), _("Sentences counted"), _("Commitments answered")),
    ]
    lines: list[list[Cell]] = [heads]
    for row in listed:
        one = unit_line(row, found.get(row.programme.pk), {})
        compared = found.get(row.programme.pk)
        numbers: list[Cell] = [
            compared.own if compared else None,
            compared.counted if compared else None,
            len(compared.covered) if compared else None,
        ]
        days: list[Cell] = [
            day(one.issued_on) if one.issued_on else "",
            day(one.due) if one.due else "",
        ]
        late = _("yes") if one.is_late else ""
        lines.append([one.unit_name, one.state_text, one.number, *days, late, *numbers])
    return sheet_file(lines, "xlsx", "lotrinh-programmes")


@right(Action.READ_DUTY)
@require_safe
def programmes_coverage(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show which unit's programme answers which commitment (``under``; ``page`` turns)."""
    user, on = reader(request), clock.today()
    held = _held(request, uid, user, on)
    coverage = dissemination.coverage_of(call=held.call, rows=held.rows)
    begin = asked_place(request) * MATRIX_PAGE
    rows = coverage_rows(coverage)
    follows = begin + MATRIX_PAGE < len(rows)
    path = reverse("programmes-coverage", kwargs={"uid": uid})
    context = {
        "call": held.call,
        "conference": held.call.conference,
        "name": document_name(held.call.document),
        "commitments": list(zip(coverage.commitments, coverage.answered, strict=True)),
        "rows": rows[begin : begin + MATRIX_PAGE],
        "total": len(rows),
        "next_url": f"{path}?page={begin // MATRIX_PAGE + 1}" if follows else None,
    }
    return render(request, "pages/conferences/programmes/coverage.html", context)


def call_or_404(uid: UUID, user: "User", on: date) -> "ProgrammeCall":
    """Return a call of which the account sees something."""
    found = dissemination.call_by_uid(uid, seen_by=user.pk, on=on)
    if found is None:
        raise Http404
    return found


def _held(request: HttpRequest, uid: UUID, user: "User", on: date) -> _Held:
    call = call_or_404(uid, user, on)
    show = request.GET.get("show", "")
    asked = Asked(uid, show if show in SHOWN else "", asked_uid(request.GET, "under"))
    placed = units.tree_on(on=on)
    rows = dissemination.programmes_seen(call=call, seen_by=user.pk, on=on)
    return _Held(call, asked, placed, narrowed(rows, asked, placed))


def _owe_page(
    request: HttpRequest,
    conference: "Conference",
    form: OweForm,
    *,
    looks: bool = False,
    status: int = 200,
) -> HttpResponse:
    on = clock.today()
    context: dict[str, Any] = {"conference": conference, "form": form, "looks": looks}
    if looks:
        said = form.said()
        found = dissemination.would_owe(
            conference=conference,
            document=said.document,
            group=said.group,
            without=said.without,
            on=on,
        )
        clause = dissemination.asking_clause(said.document)
        context |= {
            "owing": [
                (named(one.unit), one.person.full_name if one.person else "", one.owes_already)
                for one in found
            ],
            "new": sum(not one.owes_already for one in found),
            "clause": clause.rendition.text[clause.start : clause.end] if clause else "",
            "language": said.document.language,
        }
    return render(request, "pages/conferences/programmes/owe.html", context, status=status)
