"""Reporting regimes: the list, one with what it asks and its periods, and its end."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from uuid_utils.compat import uuid7

from lotrinh.apps.reporting import selectors as reporting
from lotrinh.apps.reporting import services
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import SIGNED_IN, reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.formatting import day, day_and_month
from lotrinh.web.forms.regimes import EndRegimeForm
from lotrinh.web.presenters.groups import group_url
from lotrinh.web.presenters.refusals import who_may
from lotrinh.web.presenters.regimes import (
    may_open,
    may_set,
    measures_of,
    period_lines,
    regime_rows,
    stage_lines,
)
from lotrinh.web.presenters.room import count_line

if TYPE_CHECKING:
    from datetime import date

    from lotrinh.apps.reporting.models import Regime

OPENED = 36
"""So many opened periods the page of a regime lists."""


@right(SIGNED_IN)
@require_safe
def regime_list(request: HttpRequest) -> HttpResponse:
    """Show the regimes that are in force or to come, and those that have ended."""
    user, on = reader(request), clock.today()
    known, ended = reporting.regimes_known(on=on), reporting.regimes_ended(on=on)
    groups = units.names_of_groups(one.group for one in (*known, *ended))
    may = bool(units.reach(user_id=user.pk, action=Action.ASSIGN_DUTY, on=on))
    root = units.root_unit(on=on)
    context = {
        "regimes": regime_rows(known, groups),
        "ended": regime_rows(ended, groups),
        "may_set": may,
        "refused_text": ""
        if may or root is None
        else who_may(Action.ASSIGN_DUTY, unit_id=root.pk, on=on),
    }
    return render(request, "pages/regimes/list.html", context)


@right(SIGNED_IN)
@require_safe
def regime_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what a regime asks for, by which stages, and its periods with those to be opened."""
    user, on = reader(request), clock.today()
    regime = found_regime(uid)
    opens = may_open(regime, user_id=user.pk, on=on)
    counts = reporting.collections_counted(
        seen_by=user.pk, on=on, regime_id=regime.pk, is_closed=None, most=OPENED
    )
    has_ended = regime.until is not None and regime.until <= on
    periods = period_lines(regime, counts, may_open=opens, on=on)
    context = {
        "regime": regime_rows([regime], units.names_of_groups([regime.group]))[0],
        "legal_basis": regime.legal_basis,
        "content": regime.content,
        "method": regime.method,
        "working_days": regime.working_days,
        "owed_to_uid": regime.owed_to.uid,
        "group_url": group_url(regime.group, on=on),
        "measures": measures_of(regime),
        "stages": stage_lines(regime),
        "periods": periods,
        "counts": {one.collection.pk: count_line(one) for one in counts},
        "opened": [count_line(one) for one in counts],
        "is_of_any_days": regime.kind.rule is None,
        "has_ended": has_ended,
        "may_open": opens,
        "may_end": may_set(regime, user_id=user.pk, on=on) and not has_ended,
        "refused_text": ""
        if opens
        else who_may(Action.ISSUE_DUTY, unit_id=regime.owed_to_id, on=on),
    }
    return render(request, "pages/regimes/detail.html", context)


@right(Action.ASSIGN_DUTY)
@require_http_methods(["GET", "HEAD", "POST"])
def end_regime(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let a regime ask for nothing whose data close after the day that is said."""
    user, on = reader(request), clock.today()
    regime = found_regime(uid)
    if not may_set(regime, user_id=user.pk, on=on):
        raise PermissionDenied
    if request.method != "POST":
        begun = {"client_key": uuid7(), "last": day_and_month(on), "version": regime.version}
        return _end_page(request, regime, EndRegimeForm(None, initial=begun))
    form = EndRegimeForm(request.POST)
    if form.is_valid() and _ended(regime, form, request, on=on):
        messages.success(request, _("The end of the regime is recorded."))
        return SeeOther(reverse("regime", kwargs={"uid": uid}))
    return _end_page(request, regime, form, status=422)


def found_regime(uid: UUID) -> "Regime":
    """Return a regime; which there are is known to everyone."""
    regime = reporting.regime_by_uid(uid)
    if regime is None:
        raise Http404
    return regime


def _ended(regime: "Regime", form: EndRegimeForm, request: HttpRequest, *, on: "date") -> bool:
    """Take the step; say on the form why it could not be taken."""
    try:
        services.end_regime(
            regime_id=regime.pk,
            version=form.cleaned_data["version"],
            until=form.until(),
            user=reader(request),
            on=on,
            at=clock.now(),
        )
    except services.NotAllowed as refused:
        raise PermissionDenied from refused
    except services.RegimeEnds as refused:
        words = _("It began on %(day)s: its last day cannot lie before that. Choose a later day.")
        form.add_error("last", words % {"day": day(refused.since)})
    except services.RegimeChangedMeanwhile:
        words = _(
            "Somebody else changed this regime meanwhile. What you typed is still here; open the "
            "regime in another tab, compare, then send again from a fresh page."
        )
        form.add_error(None, words)
    else:
        return True
    return False


def _end_page(
    request: HttpRequest, regime: "Regime", form: EndRegimeForm, *, status: int = 200
) -> HttpResponse:
    context = {"uid": regime.uid, "name": regime.name, "form": form}
    return render(request, "pages/regimes/end.html", context, status=status)
