"""Targets: the list, and one with its plan, its way, its parts and the sentence that set it."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lotrinh.apps.intake import selectors as readings
from lotrinh.apps.targets import selectors as targets
from lotrinh.apps.targets import services
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther, address, asked_uid, one_page
from lotrinh.web.forms.describing import DescribeForm, begun_with
from lotrinh.web.presenters.allocations import asked_rows
from lotrinh.web.presenters.names import UnitNames
from lotrinh.web.presenters.provenance import events_of, sources_of
from lotrinh.web.presenters.target_page import divided, plan_rows, revision_rows, said_of
from lotrinh.web.presenters.target_reached import reached_of
from lotrinh.web.presenters.targets import target_facts, target_row

if TYPE_CHECKING:
    from lotrinh.apps.targets.models import Target


@right(Action.READ_TARGET)
@require_safe
def target_list(request: HttpRequest) -> HttpResponse:
    """Show the targets that the reader sees, the nearest deadline first."""
    user, on = reader(request), clock.today()
    found = targets.heads(seen_by=user.pk, on=on)
    after = asked_uid(request.GET, "after")
    rows, last = one_page(targets.following(found, after) if after else found)
    stated = readings.stated_dues(row.pk for row in rows)
    context = {
        "targets": [target_row(row, stated.get(row.pk, "")) for row in rows],
        "total": found.count(),
        "asked": asked_rows(targets.asked_about(seen_by=user.pk, on=on)),
        "next_url": address(reverse("targets"), after=last.uid) if last else None,
    }
    return render(request, "pages/targets/list.html", context)


@right(Action.READ_TARGET)
@require_safe
def target_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one target: its plan, its way, its parts, what it is, and the sentence that set it."""
    user, on = reader(request), clock.today()
    target = targets.target_by_uid(uid, seen_by=user.pk, on=on)
    if target is None:
        raise Http404
    made_from = readings.accepted_as(target_id=target.pk)
    stated = made_from[0].fields.get("due") if made_from else None
    way = targets.milestones_of(target=target)
    may_change = targets.may_allocate(target=target, seen_by=user.pk, on=on)
    parts = divided(target, seen_by=user.pk, on=on)
    place = target.unit_id or target.owed_to_id
    context = {
        "reached": reached_of(
            target,
            parts["held"],
            way.holding,
            kind=request.GET.get("kind", ""),
            seen_by=user.pk,
            on=on,
        ),
        "may_read_figures": units.may(
            user_id=user.pk, action=Action.READ_FIGURE, unit_id=place, on=on
        ),
        "target": target_facts(target, stated or ""),
        "plan": plan_rows(target, way),
        "revisions": revision_rows(target, way),
        "said": said_of(target),
        **parts,
        "may_describe": may_change and target.allocation_id is None,
        "may_divide": may_change and targets.is_divisible(target),
        "clarities": (),
        "sources": sources_of(targets.sources_of(target=target), made_from),
    }
    return render(request, "pages/targets/detail.html", context)


@right(Action.READ_TARGET)
@require_safe
def target_history(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what was done to a target and how its days on the way were changed, and by whom."""
    user, on = reader(request), clock.today()
    target = targets.target_by_uid(uid, seen_by=user.pk, on=on)
    if target is None:
        raise Http404
    way = targets.milestones_of(target=target)
    context = {
        "target": target,
        "title": target.measure.name,
        "revisions": revision_rows(target, way, named_too=True),
        "events": events_of(target.uid),
    }
    return render(request, "pages/targets/history.html", context)


@right(Action.ASSIGN_DUTY)
@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say what a number is: how it is counted, which way is better, how it adds up, its way."""
    user, on = reader(request), clock.today()
    target = targets.target_by_uid(uid, seen_by=user.pk, on=on)
    if target is None:
        raise Http404
    may = units.may(user_id=user.pk, action=Action.ASSIGN_DUTY, unit_id=target.owed_to_id, on=on)
    if not may or target.allocation_id is not None:
        raise PermissionDenied
    names = UnitNames(units.tree_on(on=on))
    others = targets.beside(target=target, seen_by=user.pk, on=on)
    given: dict[str, Any] = {"target": target, "names": names, "others": others}
    begun = begun_with(target, targets.interim_of(target=target), names)
    begun["shown"] = targets.described_mark(target)
    if request.method != "POST":
        form = DescribeForm(None, initial=begun, **given)
        return _describe_page(request, target, form)
    form = DescribeForm(request.POST, **given)
    if not form.is_valid():
        return _describe_page(request, target, form, status=422)
    try:
        services.describe_target(
            target_id=target.pk,
            shown=form.cleaned_data["shown"],
            description=form.description(),
            user=user,
            on=on,
            at=clock.now(),
        )
    except services.TargetChangedMeanwhile:
        sent: Any = form.data
        renewed = sent.copy()
        renewed["shown"] = begun["shown"]
        form.add_error(
            None,
            _("Somebody changed it meanwhile. What you typed is still here; compare, then send."),
        )
        form.data = renewed
        return _describe_page(request, target, form, status=409)
    except services.ServesItself:
        form.add_error("superior", _("A target serves no target that serves it."))
        return _describe_page(request, target, form, status=422)
    except services.TargetAllocated:
        words = _("Units hold parts of it: its level, decimals and adding up stay as they are.")
        form.add_error(None, words)
        return _describe_page(request, target, form, status=422)
    messages.success(request, _("It now says what this number is."))
    return SeeOther(reverse("target", kwargs={"uid": uid}))


def _describe_page(
    request: HttpRequest, target: "Target", form: DescribeForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "target": target,
        "title": target.measure.name,
        "form": form,
        "unit_names": form.names.offered,
    }
    return render(request, "pages/targets/describe.html", context, status=status)
