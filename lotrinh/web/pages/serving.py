"""What serves a duty: all the duties that were made under it, and the units that take part."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from uuid_utils.compat import uuid7

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties import services
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.duty_states import BINDING, DutyState
from lotrinh.rules.parts import Part
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther, address, asked_uid, one_page
from lotrinh.web.forms.carrying import PartForm
from lotrinh.web.pages.drafts import may_amend
from lotrinh.web.presenters.carrying import part_rows, parts_with_doors, serving_rows
from lotrinh.web.presenters.names import UnitNames
from lotrinh.web.presenters.refusals import who_may

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.duties.models import Duty


NARROWED = {
    "issued": BINDING,
    "done": (DutyState.DONE,),
    "draft": (DutyState.DRAFT,),
}
"""How the list of what serves a duty can be narrowed, and to which states."""


@right(Action.READ_DUTY)
@require_safe
def serving(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show every duty that serves this one, the nearest deadline first, and who takes part.

    ``state`` narrows the list to those that were issued, are done, or are drafts.
    """
    user, on = reader(request), clock.today()
    duty = _seen(uid, user=user, on=on)
    state = request.GET.get("state", "")
    found = duties.parts_of(duty=duty, seen_by=user.pk, on=on)
    if state in NARROWED:
        found = found.filter(state__in=NARROWED[state])
    after = asked_uid(request.GET, "after")
    rows, last = one_page(duties.following(found, after) if after else found)
    here = reverse("duty-parts", kwargs={"uid": duty.uid})
    context = {
        "duty": duty,
        "serving": serving_rows(rows, on=on),
        "parts": parts_with_doors(duty, user=user, on=on),
        "is_carried": duty.state == DutyState.SPREAD,
        "state": state if state in NARROWED else "",
        "all_url": here,
        "files": _files(duty) if state == DutyState.DRAFT else (),
        "may_import": bool(units.reach(user_id=user.pk, action=Action.ASSIGN_DUTY, on=on)),
        "taking_part": part_rows(duties.taking_part(duty=duty)),
        "may_share": may_amend(duty, user=user, on=on),
        "next_url": address(here, state=request.GET.get("state"), after=last.uid) if last else None,
        "refused_text": None
        if may_amend(duty, user=user, on=on)
        else who_may(Action.ASSIGN_DUTY, unit_id=duty.owed_to_id, on=on),
    }
    return render(request, "pages/duties/serving.html", context)


@right(Action.ASSIGN_DUTY)
@require_http_methods(["GET", "HEAD", "POST"])
def take_part(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let another unit take part in a duty."""
    user, on = reader(request), clock.today()
    duty = _shared(uid, user=user, on=on)
    names = UnitNames.standing(on=on)
    if request.method != "POST":
        form = PartForm(None, names=names, initial={"client_key": uuid7()})
        return _form_page(request, duty, form)
    form = PartForm(request.POST, names=names)
    if not form.is_valid() or not _assigned(duty, form, user=user, on=on):
        return _form_page(request, duty, form, status=422)
    messages.success(request, _("The unit takes part from today."))
    return SeeOther(reverse("duty-parts", kwargs={"uid": duty.uid}))


@right(Action.ASSIGN_DUTY)
@require_POST
def end_part(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let a unit take part no longer."""
    user, on = reader(request), clock.today()
    duty = _shared(uid, user=user, on=on)
    found = duties.part_by_uid(asked_uid(request.POST.dict(), "part"), duty=duty)
    if found is None:
        messages.info(request, _("This unit does not take part."))
    else:
        services.end_part(duty_id=duty.pk, part_id=found.pk, user=user, on=on, at=clock.now())
        messages.success(request, _("The unit takes part no longer."))
    return SeeOther(reverse("duty-parts", kwargs={"uid": duty.uid}))


def _files(duty: "Duty") -> list[tuple[str, str]]:
    """Return the drafts that serve a duty as files, in which what is missing can be filled in."""
    asked = {"class": DutyState.DRAFT.value, "of": duty.uid}
    return [
        (name, address(reverse("duties-file", kwargs={"ending": name}), **asked))
        for name in ("xlsx", "csv")
    ]


def _assigned(duty: "Duty", form: PartForm, *, user: "User", on: date) -> bool:
    """Take the step; say on the form why it could not be taken."""
    said = form.cleaned_data
    try:
        services.assign_part(
            duty_id=duty.pk,
            unit=said["unit"],
            part=Part(said["part"]),
            user=user,
            on=on,
            at=clock.now(),
        )
    except services.NotAllowed:
        who = who_may(Action.ASSIGN_DUTY, unit_id=said["unit"].pk, on=on)
        form.add_error("unit", _("You may not assign to this unit. %(who)s") % {"who": who})
    except services.LeadTakesPart:
        form.add_error("unit", _("This unit owes the duty: it is the lead."))
    except services.StepNotOpen:
        form.add_error(None, _("Nobody comes to take part any more: see how the duty stands."))
    else:
        return True
    return False


def _shared(uid: UUID, *, user: "User", on: date) -> "Duty":
    """Return a duty in which the account may let others take part."""
    duty = _seen(uid, user=user, on=on)
    if not may_amend(duty, user=user, on=on):
        raise PermissionDenied
    return duty


def _seen(uid: UUID, *, user: "User", on: date) -> "Duty":
    found = duties.duty_by_uid(uid, seen_by=user.pk, on=on)
    if found is None:
        raise Http404
    return found


def _form_page(
    request: HttpRequest, duty: "Duty", form: PartForm, *, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"duty": duty, "form": form, "unit_names": form.names.offered}
    return render(request, "pages/duties/part.html", context, status=status)
