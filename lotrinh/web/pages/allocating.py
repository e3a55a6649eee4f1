"""Beginning to divide a target: among whom, by which method, from which bases."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from uuid_utils.compat import uuid7

from lotrinh.apps.targets import selectors as targets
from lotrinh.apps.targets import services
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.formatting import amount, day_and_month, named
from lotrinh.web.forms.allocating import DivideForm
from lotrinh.web.presenters.names import UnitNames

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.targets.models import Allocation, Target


@right(Action.ASSIGN_DUTY)
@require_http_methods(["GET", "HEAD", "POST"])
def divide(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Begin an allocation: among whom, by which method, from which bases. A draft comes of it."""
    user, on = reader(request), clock.today()
    target = targets.target_by_uid(uid, seen_by=user.pk, on=on)
    if target is None:
        raise Http404
    if not targets.may_allocate(target=target, seen_by=user.pk, on=on):
        raise PermissionDenied
    names = UnitNames(units.tree_on(on=on))
    given: dict[str, Any] = {
        "groups": [group for group in units.groups_known(on=on) if on in group.valid],
        "methods": targets.methods_for(target.measure),
        "target": target,
        "names": names,
    }
    if request.method != "POST":
        begun = {"client_key": uuid7(), "as_of": day_and_month(on)}
        return _divide_page(request, target, DivideForm(None, initial=begun, **given))
    form = DivideForm(request.POST, **given)
    made = _drafted(target, form, user=user, on=on) if form.is_valid() else None
    if made is None:
        return _divide_page(request, target, form, status=422)
    messages.success(request, _("A draft was made. It binds nobody until it is decided."))
    return SeeOther(_sheet_of(made))


def _drafted(target: "Target", form: DivideForm, *, user: "User", on: date) -> "Allocation | None":
    """Draft it; say on the form why it could not be drafted."""
    try:
        return services.draft_allocation(
            target_id=target.pk,
            among=form.among(),
            division=form.division(),
            user=user,
            client_key=form.cleaned_data["client_key"],
            on=on,
            at=clock.now(),
        )
    except services.NotAllowed as refused:
        raise PermissionDenied from refused
    except services.NothingToDivide:
        form.add_error(None, _("Only a target with one level that still holds can be divided."))
    except services.AllocationOpen:
        form.add_error(
            None, _("Another allocation of this target is not decided yet. Go on with that one.")
        )
    except services.NoShares:
        form.add_error("group", _("The group means no unit on that day that is not left out."))
    except services.ShareStranger as stranger:
        for unit in units.units_by_ids(stranger.unit_ids).values():
            words = _("“%(unit)s” is not in the group on that day.") % {"unit": named(unit)}
            form.add_error("rows", words)
    return None


def _divide_page(
    request: HttpRequest, target: "Target", form: DivideForm, *, status: int = 200
) -> HttpResponse:
    user, on = reader(request), clock.today()
    found = targets.allocations_of(target=target, seen_by=user.pk, on=on)
    open_now = next((one for one in found if one.state in ("draft", "consulting")), None)
    context = {
        "target": target,
        "title": target.measure.name,
        "whole_text": ""
        if target.value is None
        else amount(target.value, target.measure.unit_of_measure),
        "is_divisible": targets.is_divisible(target),
        "open_url": _sheet_of(open_now) if open_now else None,
        "is_again": any(one.state == "decided" for one in found),
        "denominator": target.measure.denominator,
        "rollup_said": bool(target.measure.rollup),
        "form": form,
        "unit_names": form.names.offered,
    }
    return render(request, "pages/targets/divide.html", context, status=status)


def _sheet_of(allocation: "Allocation") -> str:
    return reverse("allocation", kwargs={"uid": allocation.uid})
