"""Putting a draft right: here what is missing is said, until the duty can be issued."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from uuid_utils.compat import uuid7

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties import services
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.duty_states import DutyState
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.formatting import day_and_month
from lotrinh.web.forms.duties import IssueForm
from lotrinh.web.forms.proposals import MOST_HOLDERS, AmendForm
from lotrinh.web.presenters.names import PeopleNames, UnitNames
from lotrinh.web.presenters.provenance import sources_of
from lotrinh.web.presenters.refusals import who_may
from lotrinh.web.presenters.standing import clarities_of

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.duties.models import Duty


@right(Action.ASSIGN_DUTY)
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the words of a draft as a form; sent, they become the draft's next version."""
    user, on = reader(request), clock.today()
    duty = duties.duty_by_uid(uid, seen_by=user.pk, on=on)
    if duty is None:
        raise Http404
    if not may_amend(duty, user=user, on=on):
        raise PermissionDenied
    if duty.state != DutyState.DRAFT:
        messages.info(request, _("This duty has been issued or withdrawn before."))
        return SeeOther(_page_of(duty))
    names = UnitNames(units.tree_on(on=on))
    if request.method != "POST":
        form = AmendForm(None, names=names, seen_by=user.pk, on=on, initial=_said(duty, names))
        return _form_page(request, duty, form, names)
    form = AmendForm(request.POST, names=names, seen_by=user.pk, on=on)
    if form.is_valid() and _amended(duty, form, user=user, on=on):
        messages.success(request, _("The draft was changed."))
        return SeeOther(_page_of(duty))
    return _form_page(request, duty, form, names, status=422)


@right(Action.ASSIGN_DUTY)
@require_POST
def withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give a draft up; it stays readable and counts nowhere."""
    user, on = reader(request), clock.today()
    duty = duties.duty_by_uid(uid, seen_by=user.pk, on=on)
    if duty is None:
        raise Http404
    form = IssueForm(request.POST)
    if not may_amend(duty, user=user, on=on) or not form.is_valid():
        raise PermissionDenied
    try:
        services.withdraw_draft(
            duty_id=duty.pk,
            act=services.Act(
                user=user,
                client_key=form.cleaned_data["client_key"],
                on=on,
                at=clock.now(),
                version=form.version_of(duty.version),
            ),
        )
    except services.NotAllowed as refused:
        raise PermissionDenied from refused
    except services.DutyChangedMeanwhile:
        messages.error(request, _("Not withdrawn: the draft was changed meanwhile. Read it again."))
    except services.StepNotOpen:
        messages.info(request, _("This duty has been issued or withdrawn before."))
    else:
        messages.success(request, _("The draft was given up. It counts nowhere."))
    return SeeOther(_page_of(duty))


def may_amend(duty: "Duty", *, user: "User", on: date) -> bool:
    """Say whether the account may say what is owed: at the unit it is owed to."""
    place = duty.owed_to_id
    return units.may(user_id=user.pk, action=Action.ASSIGN_DUTY, unit_id=place, on=on)


def _amended(duty: "Duty", form: AmendForm, *, user: "User", on: date) -> bool:
    """Take the step; say on the form why it could not be taken."""
    try:
        services.amend_draft(
            duty_id=duty.pk,
            act=services.Act(
                user=user,
                client_key=form.cleaned_data["client_key"],
                on=on,
                at=clock.now(),
                version=form.cleaned_data["version"],
            ),
            assignment=form.assignment(language=duty.language, recurrence=duty.recurrence),
        )
    except services.NotAllowed:
        place = form.unit_found or duty.owed_to
        who = who_may(Action.ASSIGN_DUTY, unit_id=place.pk, on=on)
        form.add_error("unit", _("You may not assign to this unit. %(who)s") % {"who": who})
    except services.PersonElsewhere:
        form.add_error("person", _("This person no longer holds a post in that unit."))
    except (services.DutyChangedMeanwhile, services.StepNotOpen):
        form.add_error(
            None,
            _(
                "Somebody else changed this draft meanwhile. What you typed is still here; "
                "open the duty in another tab, compare, then send again from a fresh page."
            ),
        )
    else:
        return True
    return False


def _said(duty: "Duty", names: UnitNames) -> dict[str, Any]:
    """Return what the draft says so far, as its form shows it."""
    return {
        "title": duty.title,
        "unit": (names.label(duty.unit_id) or "") if duty.unit_id else "",
        "person": duty.person.full_name if duty.person else "",
        "due": day_and_month(duty.due) if duty.due else "",
        "deliverable": duty.deliverable,
        "responsibility": duty.responsibility,
        "authority": duty.authority,
        "version": duty.version,
        "client_key": uuid7(),
    }


def _form_page(
    request: HttpRequest, duty: "Duty", form: AmendForm, names: UnitNames, *, status: int = 200
) -> HttpResponse:
    user, on = reader(request), clock.today()
    first = [duty.unit_id] if duty.unit_id else []
    holders = units.holders(first=first, seen_by=user.pk, on=on, most=MOST_HOLDERS)
    context = {
        "duty": duty,
        "form": form,
        "clarities": clarities_of(duty),
        "sources": sources_of(duties.sources_of(duty=duty)),
        "unit_names": names.offered,
        "person_names": PeopleNames(holders, names).labels,
    }
    return render(request, "pages/duties/amend.html", context, status=status)


def _page_of(duty: "Duty") -> str:
    return reverse("duty", kwargs={"uid": duty.uid})
