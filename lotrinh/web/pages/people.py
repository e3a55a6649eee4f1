"""People: whom the reader may see, and one person with every post through time."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import address, asked_uid, one_page
from lotrinh.web.presenters.accounts import account_box
from lotrinh.web.presenters.people import person_rows, post_lines, same_named_links

if TYPE_CHECKING:
    from lotrinh.apps.units.models import Person


@right(Action.READ_PEOPLE)
@require_safe
def people_list(request: HttpRequest) -> HttpResponse:
    """Show whom the reader may see, by given name; ``q`` narrows the list, without marks too."""
    user, on = reader(request), clock.today()
    words = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    found = units.people_seen(seen_by=user.pk, on=on, words=words)
    after = asked_uid(request.GET, "after")
    rows, last = one_page(units.people_after(found, after) if after else found)
    here = reverse("people")
    context = {
        "people": person_rows(rows),
        "total": found.count(),
        "query": words,
        "all_url": here,
        "may_appoint": bool(units.reach(user_id=user.pk, action=Action.APPOINT_PEOPLE, on=on)),
        "may_manage": bool(units.reach(user_id=user.pk, action=Action.MANAGE_ACCOUNT, on=on)),
        "next_url": address(here, q=words, after=last.uid) if last else None,
    }
    return render(request, "pages/people/list.html", context)


@right(Action.READ_PEOPLE)
@require_safe
def person_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the posts of one person through time, as far as the reader may see them."""
    user, on = reader(request), clock.today()
    person = units.person_seen(uid, seen_by=user.pk, on=on)
    if person is None:
        raise Http404
    held = units.appointments_of(person=person, seen_by=user.pk, on=on)
    lines = post_lines(held, seen_by=user.pk, on=on)
    explained = units.reach(user_id=user.pk, action=Action.EXPLAIN_RIGHTS, on=on)
    askable = person.user_id == user.pk or any(row.post.unit_id in explained for row in held)
    context = {
        "person": person,
        "lines": lines,
        "now": [line for line in lines if line.when == "now"],
        "others": same_named_links(units.same_named(person, seen_by=user.pk, on=on)),
        "may_appoint": person.user_id != user.pk
        and bool(units.reach(user_id=user.pk, action=Action.APPOINT_PEOPLE, on=on)),
        "may_act": any(line.may_end for line in lines),
        "why_url": _why_url(person) if askable else None,
        "box": account_box(person, reader=user, on=on),
    }
    return render(request, "pages/people/detail.html", context)


def _why_url(person: "Person") -> str | None:
    """Return where to ask what somebody may do; who has no account can do nothing."""
    return address(reverse("why"), who=person.user.sign_in_name) if person.user else None
