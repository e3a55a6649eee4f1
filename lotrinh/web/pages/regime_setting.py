"""Setting up a reporting regime: said, shown with the days that come of it, then saved.

A regime is never changed once it is saved, so that one sees before what it would ask of whom.
"""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from uuid_utils.compat import uuid7

from lotrinh.apps.reporting import selectors as reporting
from lotrinh.apps.reporting import services
from lotrinh.apps.targets import selectors as targets
from lotrinh.apps.units import selectors as units
from lotrinh.rules import regimes as rules
from lotrinh.rules.actions import Action
from lotrinh.rules.cut_offs import Sending
from lotrinh.rules.names import search_key
from lotrinh.rules.report_states import WrongChain
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.formatting import day_and_month
from lotrinh.web.forms.regimes import RegimeForm
from lotrinh.web.presenters.names import UnitNames
from lotrinh.web.presenters.regimes import due_days, language, name_of_period
from lotrinh.web.wording import word
from lotrinh.web.wording_of_regimes import CHAIN_FAULTS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.reporting.models import Regime
    from lotrinh.apps.targets.models import Measure

MOST_MEASURES = 300
"""So many measures are listed at once; words narrow them."""
EXAMPLES = 2
"""So many periods are shown as examples before a regime is saved."""
_LONGEST = 200


@right(Action.ASSIGN_DUTY)
@require_http_methods(["GET", "HEAD", "POST"])
def new_regime(request: HttpRequest) -> HttpResponse:
    """Set up a regime: sent once it shows whom it asks and the next days, confirmed it is saved.

    ``q`` narrows the measures by words; what is ticked stays in the list.
    """
    user, on = reader(request), clock.today()
    if not units.reach(user_id=user.pk, action=Action.ASSIGN_DUTY, on=on):
        raise PermissionDenied
    given = _given(request, user, on=on)
    if request.method != "POST":
        form = RegimeForm(None, initial=_begun(user, given["names"], on=on), **given)
        return _page(request, form)
    form = RegimeForm(request.POST, **given)
    if "narrow" in request.POST:
        return _page(request, form, is_told=False)
    if not form.is_valid():
        return _page(request, form, status=422)
    if request.POST.get("confirm") != form.said:
        if "confirm" in request.POST:
            messages.info(request, _("You changed the form: read again what would happen."))
        return _page(request, form, preview=_preview(form, on=on))
    made = _set(form, user=user, on=on)
    if made is None:
        return _page(request, form, status=422)
    messages.success(request, _("The regime is saved. Open its first period here."))
    return SeeOther(reverse("regime", kwargs={"uid": made.uid}))


def _given(request: HttpRequest, user: "User", *, on: "date") -> dict[str, Any]:
    """Return what the form offers."""
    return {
        "names": UnitNames(units.tree_on(on=on)),
        "kinds": reporting.period_kinds(on=on),
        "groups": [group for group in units.groups_known(on=on) if on in group.valid],
        "measures": _measures(request, user, on=on),
        "user": user,
        "on": on,
    }


def _measures(request: HttpRequest, user: "User", *, on: "date") -> "Sequence[Measure]":
    """Return the measures to choose from: those that are ticked, and those of the words."""
    words = search_key(request.POST.get("q", "")[:_LONGEST].replace("\x00", "")).split()
    chosen = set(request.POST.getlist("measure"))
    found, others = [], 0
    for one in targets.measures(seen_by=user.pk, on=on):
        fits = all(each in search_key(one.name) for each in words)
        if str(one.uid) in chosen or (fits and others < MOST_MEASURES):
            found.append(one)
            others += str(one.uid) not in chosen
    return found


def _begun(user: "User", names: UnitNames, *, on: "date") -> dict[str, Any]:
    """Return what the form begins with: the unit for which the reader works, usual days."""
    held = units.first_post(user_id=user.pk, on=on)
    return {
        "client_key": uuid7(),
        "owed_to": (names.label(held.post.scope_id) or "") if held else "",
        "basis": "self_reported",
        "kind": "month",
        "since": day_and_month(on.replace(day=1)),
        "working_days": 1,
        "step_2": "approve",
        "height_2": 0,
    }


def _preview(form: RegimeForm, *, on: "date") -> dict[str, Any]:
    """Return whom the regime would ask today, and the days of the next periods."""
    said = form.cleaned_data
    group = units.group_on(code=said["group"], on=on)
    members = units.members_of(group=group, on=on) if group else ()
    writers = reporting.officers_for(unit_ids=[unit.id for unit in members], on=on)
    kind = next(one for one in reporting.period_kinds(on=on) if one.code == said["kind"])
    found: list[Any] = []
    if kind.rule is not None:
        rule = rules.Regime(
            kind=kind.rule,
            sendings=tuple(
                Sending(str(place), one.day, one.months) for place, one in enumerate(said["stages"])
            ),
            cut_off=kind.cut_off,
            since=said["since"],
            until=said["until"],
            working_days=said["working_days"],
        )
        first = max(on, said["since"])
        ahead = timedelta(days=31 * (EXAMPLES * kind.rule.every + 1))
        steps = [(one.stage.step.value, one.stage.height) for one in said["stages"]]
        for asked in reporting.asked_by(rule, since=first, until=first + ahead)[:EXAMPLES]:
            dues = due_days(asked.send_by, steps, working_days=said["working_days"])
            found.append((name_of_period(asked.period), asked.data, dues))
    return {
        "units": len(members),
        "without_writer": len(members) - len(writers),
        "examples": found,
        "measures": [one.name for one in said["measures"]],
    }


def _set(form: RegimeForm, *, user: "User", on: "date") -> "Regime | None":
    """Take the step; say on the form why it could not be taken."""
    try:
        return services.set_regime(
            said=form.regime(language=language()),
            user=user,
            client_key=form.cleaned_data["client_key"],
            on=on,
            at=clock.now(),
        )
    except services.NotAllowed as refused:
        raise PermissionDenied from refused
    except services.NobodyAsked:
        form.add_error("group", _("This group is no longer known. Choose another one."))
    except services.WrongPeriod:
        form.add_error("kind", _("This kind of period is no longer offered. Choose another one."))
    except services.RegimeEnds:
        form.add_error("last", _("The last day lies before the first."))
    except services.KeyTaken:
        form.add_error(None, _("This form was used for something else. Open a fresh one."))
    except WrongChain as wrong:
        form.add_error("step_2", word(CHAIN_FAULTS, wrong.why))
    return None


def _page(
    request: HttpRequest,
    form: RegimeForm,
    *,
    preview: dict[str, Any] | None = None,
    is_told: bool = True,
    status: int = 200,
) -> HttpResponse:
    rows = form.measure_rows
    context = {
        "form": form,
        "measures": rows,
        "stages": form.stage_rows,
        "preview": preview,
        "is_told": is_told,
        "words": request.POST.get("q", "")[:_LONGEST],
        "is_cut": sum(1 for row in rows if not row.is_chosen) >= MOST_MEASURES,
        "unit_names": form.names.offered,
    }
    return render(request, "pages/regimes/form.html", context, status=status)
