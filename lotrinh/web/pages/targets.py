"""Targets: the list, and one target with the sentence that set it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lotrinh.apps.intake import selectors as readings
from lotrinh.apps.targets import selectors as targets
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import address, asked_uid, one_page
from lotrinh.web.presenters.provenance import events_of, sources_of
from lotrinh.web.presenters.targets import target_facts, target_row


@right(Action.READ_TARGET)
@require_safe
def target_list(request: HttpRequest) -> HttpResponse:
    """Show the targets that the reader sees, the nearest deadline first."""
    user, on = reader(request), clock.today()
    found = targets.visible(seen_by=user.pk, on=on)
    after = asked_uid(request.GET, "after")
    rows, last = one_page(targets.following(found, after) if after else found)
    stated = readings.stated_dues(row.pk for row in rows)
    context = {
        "targets": [target_row(row, stated.get(row.pk, "")) for row in rows],
        "total": found.count(),
        "next_url": address(reverse("targets"), after=last.uid) if last else None,
    }
    return render(request, "pages/targets/list.html", context)


@right(Action.READ_TARGET)
@require_safe
def target_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one target: how far, by when, who, and the sentence that set it."""
    user, on = reader(request), clock.today()
    target = targets.target_by_uid(uid, seen_by=user.pk, on=on)
    if target is None:
        raise Http404
    made_from = readings.accepted_as(target_id=target.pk)
    stated = made_from[0].fields.get("due") if made_from else None
    context = {
        "target": target_facts(target, stated or ""),
        "clarities": (),
        "sources": sources_of(targets.sources_of(target=target), made_from),
        "events": events_of(target.uid),
    }
    return render(request, "pages/targets/detail.html", context)
