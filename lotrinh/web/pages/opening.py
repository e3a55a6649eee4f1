"""Opening a period of a regime: shown first whom it asks and who writes there, then opened."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from uuid_utils.compat import uuid7

from lotrinh.apps.duties.services import NotAllowed as MayNotIssue
from lotrinh.apps.reporting import selectors as reporting
from lotrinh.apps.reporting import services
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther, asked_uid
from lotrinh.web.formatting import day, named
from lotrinh.web.forms.proposals import STALE
from lotrinh.web.forms.regimes import DaysForm
from lotrinh.web.pages.regimes import found_regime
from lotrinh.web.presenters.regimes import due_days, may_open, name_of_period

if TYPE_CHECKING:
    from datetime import date

    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.reporting.models import Collection, Regime
    from lotrinh.apps.units.models import Unit
    from lotrinh.rules.periods import Period

NAMED = 1000
"""So many units the preview names."""


@dataclass(frozen=True, slots=True)
class AskedUnit:
    """A unit that would owe the report, and who writes it there; empty where nobody may."""

    uid: UUID
    name: str
    writer: str


@right(Action.ASSIGN_DUTY)
@require_http_methods(["GET", "HEAD", "POST"])
def open_period(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show which units the period ``first`` to ``last`` asks; sent, each owes its report."""
    user, on = reader(request), clock.today()
    regime = found_regime(uid)
    if not may_open(regime, user_id=user.pk, on=on):
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else request.GET
    asks = "first" in sent or "last" in sent
    form = DaysForm(sent) if asks or request.method == "POST" else DaysForm()
    period = _period(regime, form) if form.is_bound else None
    if request.method != "POST":
        status = 422 if form.is_bound and form.errors else 200
        return _page(request, regime, form, period, on=on, status=status)
    key = asked_uid(request.POST, "client_key")
    if key is None:
        form.add_error(None, str(STALE))
    made = None
    if period is not None and key is not None:
        made = _opened(regime, period, form, user=user, client_key=key, on=on)
    if made is None:
        return _page(request, regime, form, period, on=on, status=422)
    told = ngettext(
        "The period is open: %(n)s unit owes a report.",
        "The period is open: %(n)s units owe a report.",
        made.reports.count(),
    )
    messages.success(request, told % {"n": made.reports.count()})
    return SeeOther(reverse("collection", kwargs={"uid": made.uid}))


def _period(regime: "Regime", form: DaysForm) -> "Period | None":
    """Return the period of the days, or say on the form why the regime asks for none such."""
    if not form.is_valid():
        return None
    since, until = form.days()
    period = reporting.period_asked(regime=regime, since=since, until=until)
    if period is None:
        _say_wrong(regime, form)
    return period


def _say_wrong(regime: "Regime", form: forms.Form) -> None:
    words = _(
        "The regime asks for no such period: it is for %(kind)s, and the data of the period have "
        "to close while it is in force, from %(day)s on. Choose one of the list on its page."
    )
    said = {"kind": named(regime.kind).lower(), "day": day(regime.since)}
    form.add_error("first", words % said)


def _opened(
    regime: "Regime",
    period: "Period",
    form: DaysForm,
    *,
    user: "User",
    client_key: UUID,
    on: "date",
) -> "Collection | None":
    """Take the step; say on the form why it could not be taken."""
    try:
        return services.open_reports(
            regime_id=regime.pk,
            starts=period.since,
            ends=period.until,
            user=user,
            client_key=client_key,
            on=on,
            at=clock.now(),
        )
    except (services.NotAllowed, MayNotIssue):
        words = _("You may not give duties to every unit of the group: see those marked below.")
        form.add_error(None, words)
    except services.WrongPeriod:
        _say_wrong(regime, form)
    except services.NobodyAsked:
        form.add_error(None, _nobody())
    except services.KeyTaken:
        form.add_error(None, _("This form was used for something else. Open a fresh one."))
    return None


def _page(
    request: HttpRequest,
    regime: "Regime",
    form: DaysForm,
    period: "Period | None",
    *,
    on: "date",
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "regime_uid": regime.uid,
        "regime_name": regime.name,
        "form": form,
        "period": None,
        "is_of_any_days": regime.kind.rule is None,
    }
    if period is not None:
        context |= _previewed(regime, period, user=reader(request), on=on)
        context["client_key"] = uuid7()
    return render(request, "pages/regimes/open.html", context, status=status)


def _previewed(regime: "Regime", period: "Period", *, user: "User", on: "date") -> dict[str, Any]:
    """Return whom the period asks, who writes there, and by when."""
    asked = reporting.units_asked(regime=regime, period=period, on=on)
    writers = reporting.officers_for(unit_ids=[unit.pk for unit in asked], on=on)
    steps = [(one.step, one.height) for one in reporting.stages_said(regime=regime)]
    sent = reporting.days_of_sending(regime=regime, period=period)
    beyond = _beyond(asked, user=user, on=on)
    known = reporting.collection_of(regime=regime, period=period)
    return {
        "period": period,
        "period_text": name_of_period(period),
        "data": regime.kind.cut_off.data_of(period),
        "dues": due_days(sent, steps, working_days=regime.working_days),
        "total": len(asked),
        "lacking": [_asked(unit, "") for unit in asked if unit.pk not in writers],
        "beyond": [_asked(unit, "") for unit in beyond],
        "units": [
            _asked(unit, writers[unit.pk].full_name if unit.pk in writers else "")
            for unit in asked[:NAMED]
        ],
        "more": max(0, len(asked) - NAMED),
        "opened": known,
        "nobody_text": "" if asked else _nobody(),
    }


def _asked(unit: "Unit", writer: str) -> AskedUnit:
    return AskedUnit(unit.uid, named(unit), writer)


def _beyond(asked: "tuple[Unit, ...]", *, user: "User", on: "date") -> "list[Unit]":
    """Return the units to which the reader may not give duties."""
    assigns = units.reach(user_id=user.pk, action=Action.ASSIGN_DUTY, on=on)
    issues = units.reach(user_id=user.pk, action=Action.ISSUE_DUTY, on=on)
    return [unit for unit in asked if unit.pk not in assigns & issues]


def _nobody() -> str:
    return _(
        "The group means no unit today that stood in this period: nobody would be asked. Change "
        "the group, or set up a regime for another one."
    )
