"""Reminding units of the programmes that they owe: the letters first, then all in one act."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from uuid_utils.compat import uuid7

from lotrinh.apps.dissemination import selectors as dissemination
from lotrinh.apps.dissemination import services
from lotrinh.apps.duties.letters import urging_letters
from lotrinh.rules.actions import Action
from lotrinh.rules.duty_states import DutyState, Step, steps_from
from lotrinh.rules.programmes import ProgrammeState
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther, address
from lotrinh.web.formatting import named
from lotrinh.web.forms.programmes import RemindForm, document_name
from lotrinh.web.pages.programmes import call_or_404

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.dissemination.models import ProgrammeCall
    from lotrinh.apps.duties.models import Duty

LETTERS = 10
"""So many letters are shown at once."""
WHOM = ("nothing", "drafts", "late")


@dataclass(frozen=True, slots=True)
class LetterShown:
    """One letter before it is sent."""

    unit_name: str
    person_name: str
    language: str
    subject: str
    text: str
    has_address: bool


@right(Action.HOLD_CONFERENCE)
@require_http_methods(["GET", "HEAD", "POST"])
def remind(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the letters to those who have nothing yet, only drafts, or are late; then send them."""
    user, on = reader(request), clock.today()
    call = call_or_404(uid, user, on)
    if not dissemination.may_follow(call, user_id=user.pk, on=on):
        raise PermissionDenied
    asked = request.GET if request.method != "POST" else request.POST
    whom = asked.get("whom", "")
    whom = whom if whom in WHOM else WHOM[0]
    duties = _duties(call, whom, user, on)
    if request.method != "POST":
        form = RemindForm(None, initial={"client_key": uuid7()})
        return _page(request, call, whom, form, duties)
    form = RemindForm(request.POST)
    if not form.is_valid():
        return _page(request, call, whom, form, duties, status=422)
    if "look" in request.POST:
        return _page(request, call, whom, form, duties)
    note, key = form.cleaned_data["note"], form.cleaned_data["client_key"]
    refused = services.remind_of_programmes(
        call_id=call.pk,
        versions={duty.pk: duty.version for duty in duties},
        note=note,
        act=services.ProgrammeAct(user, key, on, clock.now()),
    )
    done = len(duties) - len(refused)
    said = ngettext("%(n)s unit is reminded.", "%(n)s units are reminded.", done)
    messages.success(request, said % {"n": done})
    if refused:
        messages.error(request, _("Some were not: only who judges their duties reminds of them."))
    return SeeOther(reverse("programmes", kwargs={"uid": uid}))


def _duties(call: "ProgrammeCall", whom: str, user: "User", on: date) -> "list[Duty]":
    """Return the duties of those who are meant and for whom it is to move."""
    rows = dissemination.programmes_seen(call=call, seen_by=user.pk, on=on)
    wanted = {
        "nothing": [one for one in rows if one.state is ProgrammeState.NONE],
        "drafts": [one for one in rows if one.state is ProgrammeState.DRAFT],
        "late": [
            one
            for one in rows
            if one.is_late and one.state in {ProgrammeState.NONE, ProgrammeState.DRAFT}
        ],
    }[whom]
    duties = [one.programme.duty for one in wanted]
    return [one for one in duties if Step.REMIND in steps_from(DutyState(one.state))]


def _page(
    request: HttpRequest,
    call: "ProgrammeCall",
    whom: str,
    form: RemindForm,
    duties: "list[Duty]",
    *,
    status: int = 200,
) -> HttpResponse:
    user, on = reader(request), clock.today()
    typed = request.POST.get("look", "")
    place = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
    begin = place * LETTERS
    letters = urging_letters(
        duties=duties[begin : begin + LETTERS],
        by=user,
        note=str(form["note"].value() or "")[:1000],
        on=on,
    )
    path = reverse("programmes-remind", kwargs={"uid": call.uid})
    names = {
        "nothing": _("who has nothing yet"),
        "drafts": _("who has a draft only"),
        "late": _("whose day has passed"),
    }
    context = {
        "call": call,
        "conference": call.conference,
        "name": document_name(call.document),
        "form": form,
        "whom": whom,
        "choices": [(name, address(path, whom=code), code == whom) for code, name in names.items()],
        "count": len(duties),
        "first": begin + 1,
        "last": min(begin + LETTERS, len(duties)),
        "before": place - 1 if place else None,
        "after": place + 1 if begin + LETTERS < len(duties) else None,
        "letters": [
            LetterShown(
                named(one.duty.unit) if one.duty.unit else "",
                one.person.full_name,
                one.language,
                one.subject,
                one.text,
                one.has_address,
            )
            for one in letters
        ],
    }
    return render(request, "pages/conferences/programmes/remind.html", context, status=status)
