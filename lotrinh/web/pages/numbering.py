"""A unit gets a code of a public numbering from a day."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from uuid_utils.compat import uuid7

from lotrinh.apps.units import selectors as units
from lotrinh.apps.units import services
from lotrinh.rules.actions import Action
from lotrinh.rules.placement import StandsNowhere
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.formatting import day_and_month, named
from lotrinh.web.forms.numbering import UnitCodeForm
from lotrinh.web.presenters.organisation import code_lines


@right(Action.CHANGE_UNIT)
@require_http_methods(["GET", "HEAD", "POST"])
def unit_code(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let a unit bear a code from the day that is said; the former one stays for its days."""
    user, today = reader(request), clock.today()
    unit = units.unit_by_uid(uid)
    if unit is None:
        raise Http404
    if not units.may(user_id=user.pk, action=Action.CHANGE_UNIT, unit_id=unit.pk, on=today):
        raise PermissionDenied
    codes = code_lines(units.codes_of(unit_id=unit.pk))
    context = {"unit": unit, "unit_name": named(unit), "codes": codes}
    if request.method != "POST":
        begun = {"client_key": uuid7(), "since": day_and_month(today)}
        context["form"] = UnitCodeForm(None, initial=begun)
        return render(request, "pages/units/code.html", context)
    form = UnitCodeForm(request.POST)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("system", "code", "since")}
        try:
            services.renumber_unit(unit=unit, **given, user=user, on=today, at=clock.now())
        except services.ChangeNotAllowed as refused:
            raise PermissionDenied from refused
        except StandsNowhere:
            form.add_error("since", _("The unit does not stand on that day."))
        except services.CodeMalformed as wrong:
            form.add_error("code", _wrong_form(wrong))
        except services.CodeTaken:
            form.add_error(
                "code",
                _("Another unit bears this code on these days, or this unit has one already."),
            )
        else:
            messages.success(request, _("The code is recorded."))
            return SeeOther(reverse("unit", kwargs={"uid": unit.uid}))
    return render(request, "pages/units/code.html", {**context, "form": form}, status=422)


def _wrong_form(wrong: services.CodeMalformed) -> str:
    """Return what is wrong with a code, and what a right one looks like."""
    return _(
        "“%(code)s” does not have the right form; from that day a code looks like %(forms)s."
    ) % {"code": wrong.code, "forms": ", ".join(wrong.examples)}
