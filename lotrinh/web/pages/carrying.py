"""Carrying a duty down: to the units of a group, to its own people and units, with others' help."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
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
from lotrinh.web.formatting import day_and_month, named
from lotrinh.web.forms.carrying import BreakDownForm, SpreadForm
from lotrinh.web.forms.duties import IssueForm
from lotrinh.web.forms.proposals import MOST_HOLDERS
from lotrinh.web.presenters.carrying import preview_of
from lotrinh.web.presenters.names import PeopleNames, UnitNames
from lotrinh.web.presenters.provenance import sources_of
from lotrinh.web.presenters.refusals import who_may

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.duties.models import Duty


@right(Action.ISSUE_DUTY)
@require_http_methods(["GET", "HEAD", "POST"])
def spread(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Carry a draft to the units of a group: sent once it shows them, confirmed it is done."""
    user, on = reader(request), clock.today()
    duty = _seen(uid, user=user, on=on)
    if not duties.may_spread(duty=duty, seen_by=user.pk, on=on):
        raise PermissionDenied
    if duty.state != DutyState.DRAFT and request.method != "POST":
        messages.info(request, _("This duty has been issued or withdrawn before."))
        return SeeOther(_page_of(duty))
    names = UnitNames(units.tree_on(on=on))
    groups = [group for group in units.groups_known(on=on) if on in group.valid]
    given: dict[str, Any] = {"groups": groups, "names": names, "seen_by": user.pk, "on": on}
    if request.method != "POST":
        begun = {"client_key": uuid7(), "as_of": day_and_month(on), "version": duty.version}
        return _spread_page(request, duty, SpreadForm(None, initial=begun, **given))
    form = SpreadForm(request.POST, **given)
    if not form.is_valid():
        return _spread_page(request, duty, form, status=422)
    if request.POST.get("confirm") != form.said:
        if "confirm" in request.POST:
            messages.info(request, _("You changed the form: read again what would happen."))
        return _spread_page(request, duty, form, is_asked=True)
    if not _carried(duty, form, user=user, on=on):
        return _spread_page(request, duty, form, status=422)
    messages.success(request, _("Every unit of the group now has its own duty."))
    return SeeOther(_page_of(duty))


@right(Action.ISSUE_DUTY)
@require_POST
def gather(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take back what was carried to a group, as long as nobody has acted."""
    user, on = reader(request), clock.today()
    duty, form = _seen(uid, user=user, on=on), IssueForm(request.POST)
    if not duties.may_spread(duty=duty, seen_by=user.pk, on=on) or not form.is_valid():
        raise PermissionDenied
    try:
        services.gather_duty(
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
    except services.DutyHasMoved as moved:
        unit = moved.duty.unit or moved.duty.owed_to
        words = _("Not taken back: %(unit)s has acted on it already.") % {"unit": named(unit)}
        messages.error(request, words)
    except services.DutyChangedMeanwhile:
        messages.error(request, _("Not taken back: it was changed meanwhile. Read it again."))
    except services.StepNotOpen:
        messages.info(request, _("Nothing is carried from this duty to a group."))
    else:
        messages.success(request, _("It was taken back. The units owe it no longer."))
    return SeeOther(_page_of(duty))


@right(Action.ASSIGN_DUTY)
@require_http_methods(["GET", "HEAD", "POST"])
def break_down(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make a draft that serves a duty: the unit that owes gives a part to itself or below."""
    user, on = reader(request), clock.today()
    duty = _seen(uid, user=user, on=on)
    if duty.unit is None or not duties.may_break_down(duty=duty, seen_by=user.pk, on=on):
        raise PermissionDenied
    if duty.state not in services.BROKEN_DOWN_IN and request.method != "POST":
        messages.info(request, _("Only a duty that is being worked on is broken down."))
        return SeeOther(_page_of(duty))
    below = units.descendants_of(unit_id=duty.unit.pk, on=on)
    standing = units.tree_on(on=on)
    names = UnitNames(tuple(unit for unit in standing if unit.id in below))
    given: dict[str, Any] = {"names": names, "seen_by": user.pk, "on": on}
    if request.method != "POST":
        begun = {
            "client_key": uuid7(),
            "title": duty.title,
            "unit": names.label(duty.unit.pk) or "",
            "due": day_and_month(duty.deadline) if duty.deadline else "",
            "authority": duty.authority,
        }
        return _break_page(request, duty, BreakDownForm(None, initial=begun, **given), names)
    form = BreakDownForm(request.POST, **given)
    made = _broken_down(duty, form, user=user, on=on) if form.is_valid() else None
    if made is None:
        return _break_page(request, duty, form, names, status=422)
    messages.success(request, _("A draft was made. It binds once it is issued."))
    return SeeOther(_page_of(made))


def _carried(duty: "Duty", form: SpreadForm, *, user: "User", on: date) -> bool:
    """Take the step; say on the form why it could not be taken."""
    try:
        services.spread_duty(
            duty_id=duty.pk,
            act=services.Act(
                user=user,
                client_key=form.cleaned_data["client_key"],
                on=on,
                at=clock.now(),
                version=form.cleaned_data["version"],
            ),
            carrying=form.carrying(),
        )
    except services.NotAllowed:
        who = who_may(Action.ISSUE_DUTY, unit_id=duty.owed_to_id, on=on)
        form.add_error("group", _("You may not issue to every unit of it. %(who)s") % {"who": who})
    except services.LeftOutStranger as stranger:
        for unit in units.units_by_ids(stranger.unit_ids).values():
            words = _("“%(unit)s” is not in the group on that day.") % {"unit": named(unit)}
            form.add_error(None, words)
    except services.PersonElsewhere:
        form.add_error("own", _("This person no longer holds a post in that unit."))
    except services.NothingToCarry:
        form.add_error("group", _("The group means no unit on that day that is not left out."))
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


def _broken_down(duty: "Duty", form: BreakDownForm, *, user: "User", on: date) -> "Duty | None":
    """Take the step and return the draft; None where the form says why it was refused."""
    try:
        return services.break_down(
            duty_id=duty.pk,
            assignment=form.assignment(language=duty.language, recurrence=""),
            user=user,
            client_key=form.cleaned_data["client_key"],
            on=on,
            at=clock.now(),
        )
    except services.NotAllowed:
        place = form.unit_found or duty.owed_to
        who = who_may(Action.ASSIGN_DUTY, unit_id=place.pk, on=on)
        form.add_error("unit", _("You may not assign to this unit. %(who)s") % {"who": who})
    except services.UnitNotBelow:
        form.add_error("unit", _("Only the unit itself and the units below it can be named."))
    except services.PersonElsewhere:
        form.add_error("person", _("This person no longer holds a post in that unit."))
    except services.StepNotOpen:
        form.add_error(None, _("Only a duty that is being worked on is broken down."))
    return None


def _spread_page(
    request: HttpRequest,
    duty: "Duty",
    form: SpreadForm,
    *,
    is_asked: bool = False,
    status: int = 200,
) -> HttpResponse:
    user, on = reader(request), clock.today()
    context: dict[str, Any] = {"duty": duty, "form": form, "unit_names": form.names.offered}
    if is_asked:
        found = form.carrying()
        shown = duties.spread_of(
            duty=duty,
            group=found.group,
            as_of=found.as_of,
            left_out=found.left_out,
            own=found.own,
            seen_by=user.pk,
            on=on,
        )
        context |= preview_of(shown)
        context["group_name"] = named(found.group)
        strangers = units.units_by_ids(shown.strangers).values()
        context["strangers"] = [named(unit) for unit in strangers]
        context["may_confirm"] = bool(shown.shares) and shown.is_allowed and not shown.strangers
        words = ngettext("%(n)d unit", "%(n)d units", len(shown.shares)) % {"n": len(shown.shares)}
        context["units_text"] = words
    return render(request, "pages/duties/spread.html", context, status=status)


def _break_page(
    request: HttpRequest,
    duty: "Duty",
    form: BreakDownForm,
    names: UnitNames,
    *,
    status: int = 200,
) -> HttpResponse:
    user, on = reader(request), clock.today()
    first = [duty.unit_id] if duty.unit_id else []
    holders = units.holders(first=first, seen_by=user.pk, on=on, most=MOST_HOLDERS)
    labels = [label for label in PeopleNames(holders, names).labels if not label.endswith(", )")]
    passages = sources_of(duties.sources_of(duty=duty))
    context = {"duty": duty, "form": form, "sources": passages, "person_names": labels}
    context["unit_names"] = names.offered
    return render(request, "pages/duties/break_down.html", context, status=status)


def _seen(uid: UUID, *, user: "User", on: date) -> "Duty":
    found = duties.duty_by_uid(uid, seen_by=user.pk, on=on)
    if found is None:
        raise Http404
    return found


def _page_of(duty: "Duty") -> str:
    return reverse("duty", kwargs={"uid": duty.uid})
