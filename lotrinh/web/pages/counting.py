"""How a unit counts deadlines: what holds, where each value comes from, and another from a day."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from uuid_utils.compat import uuid7

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties import services
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import SIGNED_IN, reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.formatting import day, day_and_month, named
from lotrinh.web.forms.calendar import CountingForm
from lotrinh.web.presenters.deadlines import counting_rows
from lotrinh.web.presenters.refusals import who_may

if TYPE_CHECKING:
    from lotrinh.apps.duties.selectors import CountingHeld
    from lotrinh.apps.units.models import Unit


@right(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def unit_counting(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show how a unit counts deadlines today, and let it count otherwise from a day on."""
    user, on = reader(request), clock.today()
    unit = units.unit_by_uid(uid)
    if unit is None:
        raise Http404
    may = units.may(user_id=user.pk, action=Action.CHANGE_UNIT, unit_id=unit.pk, on=on)
    held = duties.counting_held(unit=unit, on=on)
    if request.method != "POST":
        form = CountingForm(None, initial=_begun(held, on)) if may else None
        return _page(request, unit, held, form)
    if not may:
        raise PermissionDenied
    form = CountingForm(request.POST)
    if form.is_valid() and _set(request, unit, form, on=on):
        messages.success(request, _("How this unit counts deadlines is set."))
        return SeeOther(reverse("unit-counting", kwargs={"uid": unit.uid}))
    return _page(request, unit, held, form, status=422)


def _set(request: HttpRequest, unit: "Unit", form: CountingForm, *, on: date) -> bool:
    """Take the step; say on the form why it could not be taken."""
    try:
        services.set_counting(
            unit=unit,
            own=form.own(),
            since=form.since_day(),
            read=form.cleaned_data["read"],
            user=reader(request),
            client_key=form.cleaned_data["client_key"],
            on=on,
            at=clock.now(),
        )
    except services.RuleInThePast:
        form.add_error("since", _("How it counted on days that have passed stays."))
    except services.RuleChangedMeanwhile:
        form.add_error(
            None,
            _(
                "Somebody else set this meanwhile. What you typed is still here; open the page in "
                "another tab, compare, then send again from a fresh page."
            ),
        )
    except services.LaterRuleKnown as later:
        form.add_error(
            "since",
            _("It counts otherwise from %(day)s already: choose that day or a later one.")
            % {"day": day(later.day)},
        )
    else:
        return True
    return False


def _begun(held: "CountingHeld", on: date) -> dict[str, object]:
    own = held.own
    return {
        "client_key": uuid7(),
        "before": own.before or "",
        "closes_at": own.closes_at,
        "default_days": own.default_days,
        "soon_days": own.soon_days,
        "report_days": own.report_days,
        "silent_periods": own.silent_periods,
        "since": day_and_month(max(on, held.begins) if held.begins else on),
        "read": held.last,
    }


def _page(
    request: HttpRequest,
    unit: "Unit",
    held: "CountingHeld",
    form: CountingForm | None,
    *,
    status: int = 200,
) -> HttpResponse:
    on = clock.today()
    context = {
        "unit": unit,
        "unit_name": named(unit),
        "rows": counting_rows(held),
        "begins": held.begins if held.begins and held.begins > on else None,
        "form": form,
        "refused_text": None if form else who_may(Action.CHANGE_UNIT, unit_id=unit.pk, on=on),
    }
    return render(request, "pages/units/counting.html", context, status=status)
