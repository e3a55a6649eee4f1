"""What the reader has learned: names, lines of the lexicon, and how its rules fare.

Everything here can be followed to the passages from which it came, and be undone by somebody.
"""

from datetime import date, timedelta
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

from lotrinh.apps.intake import selectors as readings
from lotrinh.apps.intake import services as intake
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import SIGNED_IN, reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.forms.learning import EndNameForm, LineForm, PeriodForm
from lotrinh.web.pages.documents import may_decide
from lotrinh.web.presenters import learning
from lotrinh.web.presenters.refusals import who_may

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.intake.models import LearnedName

_ONE_DAY = timedelta(days=1)


@right(SIGNED_IN)
@require_safe
def learned_names(request: HttpRequest) -> HttpResponse:
    """Show the names that were learned in documents that the reader may see."""
    user, on = reader(request), clock.today()
    rows = readings.learned_names(seen_by=user.pk, on=on)
    context = {"names": learning.name_rows(rows, on=on)}
    return render(request, "pages/learning/names.html", context)


@right(Action.READ_DOCUMENT)
@require_safe
def learned_name(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show where a name was learned, what came of it, and how to end it."""
    user, on = reader(request), clock.today()
    found = _name(uid, user=user, on=on)
    return _name_page(request, found, EndNameForm(initial={"client_key": uuid7()}))


@right(Action.DECIDE_CANDIDATE)
@require_POST
def end_name(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let a learned name fill in nothing any more."""
    user, on = reader(request), clock.today()
    found, form = _name(uid, user=user, on=on), EndNameForm(request.POST)
    if not may_decide(readings.document_of(found), user=user, on=on):
        raise PermissionDenied
    if not form.is_valid():
        return _name_page(request, found, form, status=422)
    try:
        intake.end_learned_name(
            learned_id=found.pk,
            reason=form.cleaned_data["reason"],
            user=user,
            client_key=form.cleaned_data["client_key"],
            on=on,
            at=clock.now(),
        )
    except intake.NameEnded:
        messages.warning(request, _("Somebody else has ended this meanwhile; see below."))
    else:
        messages.success(request, _("From now on this name fills in nothing."))
    return SeeOther(reverse("learned-name", kwargs={"uid": uid}))


@right(SIGNED_IN)
@require_safe
def lexicon(request: HttpRequest) -> HttpResponse:
    """Show the lines of the lexicon that are proposed, applied or dismissed here."""
    user, on = reader(request), clock.today()
    sees_all = units.may_define(user_id=user.pk, on=on)
    rows = readings.lines_listed(seen_by=user.pk, on=on, sees_all=sees_all)
    context = {"lines": [learning.line_row(row) for row in rows], "sees_all": sees_all}
    return render(request, "pages/learning/lexicon.html", context)


@right(SIGNED_IN)
@require_safe
def lexicon_line(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what speaks for a line, what it gains and loses, and what was decided about it."""
    row = _line(uid, user=reader(request), on=clock.today())
    form = LineForm(initial={"client_key": uuid7(), "turn": row.last_turn})
    return _line_page(request, row, form)


@right(Action.DEFINE_ROLE)
@require_POST
def decide_line(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Apply a line, dismiss it, or take it back."""
    user, on = reader(request), clock.today()
    row, form = _line(uid, user=user, on=on), LineForm(request.POST)
    if not units.may_define(user_id=user.pk, on=on):
        raise PermissionDenied
    if not form.is_valid():
        return _line_page(request, row, form, status=422)
    try:
        intake.decide_line(
            line_id=row.pk,
            turn=form.last_turn,
            verdict=form.cleaned_data["verdict"],
            reason=form.cleaned_data["reason"],
            user=user,
            client_key=form.cleaned_data["client_key"],
            on=on,
            at=clock.now(),
        )
    except intake.LineDecided:
        form.add_error(None, _("Somebody has decided about this line meanwhile; see below."))
        return _line_page(request, _line(uid, user=user, on=on), form, status=422)
    messages.success(request, _("Recorded. Texts that are read from now on are read so."))
    return SeeOther(reverse("lexicon-line", kwargs={"uid": uid}))


@right(SIGNED_IN)
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Show what became of the proposals of each rule between two days."""
    user, on = reader(request), clock.today()
    given = {name: request.GET.get(name, "") for name in ("since", "until")}
    form = PeriodForm(given)
    said = form.cleaned_data if form.is_valid() else {"since": None, "until": None}
    sees_all = units.may_define(user_id=user.pk, on=on)
    last = said["until"]
    records = readings.rule_records(
        seen_by=None if sees_all else user.pk,
        on=on,
        since=said["since"],
        until=last + _ONE_DAY if last else None,
    )
    context = {
        "form": form,
        "rules": [learning.rule_row(record) for record in records],
        "sees_all": sees_all,
    }
    return render(request, "pages/learning/rules.html", context)


def _name(uid: UUID, *, user: "User", on: date) -> "LearnedName":
    found = readings.learned_name(uid, seen_by=user.pk, on=on)
    if found is None:
        raise Http404
    return found


def _name_page(
    request: HttpRequest, found: "LearnedName", form: EndNameForm, *, status: int = 200
) -> HttpResponse:
    user, on = reader(request), clock.today()
    document = readings.document_of(found)
    (row,) = learning.name_rows([found], on=on)
    allowed = may_decide(document, user=user, on=on)
    context = {
        "row": row,
        "form": form if allowed and row.ended is None else None,
        "refused_text": None
        if allowed
        else who_may(Action.DECIDE_CANDIDATE, unit_id=document.keeper_id, on=on),
    }
    return render(request, "pages/learning/name.html", context, status=status)


def _line(uid: UUID, *, user: "User", on: date) -> Any:
    sees_all = units.may_define(user_id=user.pk, on=on)
    found = readings.lines_listed(seen_by=user.pk, on=on, sees_all=sees_all, uid=uid)
    if not found:
        raise Http404
    return found[0]


def _line_page(
    request: HttpRequest, row: Any, form: LineForm, *, status: int = 200
) -> HttpResponse:
    user, on = reader(request), clock.today()
    allowed, root = units.may_define(user_id=user.pk, on=on), units.root_unit(on=on)
    line = learning.line_row(row)
    shown = learning.passages(readings.passages_for(line_id=row.pk, seen_by=user.pk, on=on))
    context = {
        "line": line,
        "passages": shown,
        "hidden": line.supported - len(shown),
        "changes": learning.changes(line.measure, seen_by=user.pk, on=on) if line.measure else (),
        "form": form if allowed else None,
        "refused_text": None
        if allowed or root is None
        else who_may(Action.DEFINE_ROLE, unit_id=root.pk, on=on),
    }
    return render(request, "pages/learning/line.html", context, status=status)
