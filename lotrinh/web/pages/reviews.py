"""Reviews: the list, beginning one, and the page on which one is written."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from uuid_utils.compat import uuid7

from lotrinh.apps.reporting import selectors as reporting
from lotrinh.apps.reviews import selectors as reviews
from lotrinh.apps.reviews import services
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.period_words import period_name
from lotrinh.rules.reviewing.quoting import quoted_in
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import PAGE, SeeOther, address, asked_place, asked_uids
from lotrinh.web.formatting import day
from lotrinh.web.forms.reviews import BeginForm
from lotrinh.web.presenters.names import UnitNames
from lotrinh.web.presenters.refusals import who_may
from lotrinh.web.presenters.reviews import (
    door_of,
    number_rows,
    parts_of,
    review_rows,
)
from lotrinh.web.presenters.target_series import language

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.reviews.models import Review

MOST_WORDS = 200
_TWO_YEARS = timedelta(days=800)


@right(Action.READ_REVIEW)
@require_safe
def review_list(request: HttpRequest) -> HttpResponse:
    """Show the reviews that the reader may read, the latest begun first (``page`` turns)."""
    user, on = reader(request), clock.today()
    found = reviews.visible(seen_by=user.pk, on=on)
    begin = asked_place(request) * PAGE
    rows = list(found[begin : begin + PAGE + 1])
    follows = len(rows) > PAGE
    rows = rows[:PAGE]
    context = {
        "reviews": review_rows(rows, reviews.last_editions(rows)),
        "may_begin": bool(units.reach(user_id=user.pk, action=Action.WRITE_REVIEW, on=on)),
        "may_publish": bool(units.reach(user_id=user.pk, action=Action.PUBLISH, on=on)),
        "next_url": address(reverse("reviews"), page=begin // PAGE + 1) if follows else None,
    }
    return render(request, "pages/reviews/list.html", context)


@right(Action.WRITE_REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def new_review(request: HttpRequest) -> HttpResponse:
    """Begin a review of a period and of documents."""
    user, on = reader(request), clock.today()
    if not units.reach(user_id=user.pk, action=Action.WRITE_REVIEW, on=on):
        raise PermissionDenied
    given, is_cut = _given(request, user, on)
    if request.method != "POST":
        form = BeginForm(None, initial=_begun(user, given["names"], on), **given)
        return _new_page(request, form, is_cut=is_cut)
    if "narrow" in request.POST:
        typed: dict[str, Any] = request.POST.dict()
        typed["documents"] = request.POST.getlist("documents")
        return _new_page(request, BeginForm(None, initial=typed, **given), is_cut=is_cut)
    form = BeginForm(request.POST, **given)
    if not form.is_valid():
        return _new_page(request, form, status=422)
    try:
        review = services.begin_review(
            said=form.said(),
            user=user,
            on=on,
            at=clock.now(),
            client_key=form.cleaned_data["client_key"],
        )
    except services.NotAllowed:
        unit = form.cleaned_data["unit"]
        form.add_error("unit", who_may(Action.WRITE_REVIEW, unit_id=unit.pk, on=on))
        return _new_page(request, form, status=422)
    except services.CountedLater:
        form.add_error("counted_on", _("Choose today or a day before."))
        return _new_page(request, form, status=422)
    except services.KeyTaken:
        form.add_error(None, _("This form was sent by somebody else. Open it anew."))
        return _new_page(request, form, status=409)
    messages.success(request, _("The review is begun. Every target of the documents is quoted."))
    return SeeOther(reverse("review", kwargs={"uid": review.uid}))


def _given(request: HttpRequest, user: "User", on: date) -> tuple[dict[str, Any], bool]:
    """Return what the form offers, and whether there are more documents than it lists.

    These are the periods of two years, and the documents that set something, that are chosen
    already, or that the words of the form find.
    """
    periods = reporting.periods_known(since=on - _TWO_YEARS, until=on + timedelta(days=366))
    found, is_cut = reviews.documents_offered(
        seen_by=user.pk,
        on=on,
        words=request.POST.get("q", "")[:MOST_WORDS],
        chosen=asked_uids(request.POST, "documents"),
    )
    given = {
        "names": UnitNames(units.tree_on(on=on)),
        "periods": periods,
        "documents": found,
        "page_language": language(),
    }
    return given, is_cut


def _begun(user: "User", names: UnitNames, on: date) -> dict[str, Any]:
    held = units.first_post(user_id=user.pk, on=on)
    return {
        "client_key": uuid7(),
        "unit": (names.label(held.post.scope_id) or "") if held else "",
        "counted_on": day(on),
        "language": language(),
        "system": "state",
    }


def _new_page(
    request: HttpRequest,
    form: BeginForm,
    *,
    is_cut: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "unit_names": form.names.offered,
        "words": request.POST.get("q", "")[:MOST_WORDS],
        "is_cut": is_cut,
    }
    return render(request, "pages/reviews/new.html", context, status=status)


@right(Action.READ_REVIEW)
@require_safe
def review_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a review as it reads now, with its list of numbers and its editions."""
    user, on = reader(request), clock.today()
    review = review_or_404(uid, user, on)
    held = reviews.held_by(review, seen_by=user.pk, on=on)
    live = reviews.live_numbers(held)
    sections = reviews.sections_commented(review=review)
    doors = reviews.Doors(number=lambda number: door_of(held, live[number]))
    used = [number for one, _waits in sections for number in quoted_in(one.text)]
    rows = number_rows(held, live, used)
    editions = reviews.editions_of(review=review)
    changed = reviews.moved_since(editions[0] if editions else None, live)
    context = {
        "review": review,
        "period_text": period_name(review.period.rule, language=language()),
        "parts": parts_of(sections, live, doors, review, changed),
        "numbers": [row for row in rows if row.is_used],
        "others": [row for row in rows if not row.is_used],
        "missing": sum(row.is_missing and row.is_used for row in rows),
        "editions": editions,
        "documents": held.documents,
        "may_write": reviews.may_write(review, seen_by=user.pk, on=on),
        "may_freeze": reviews.may_freeze(review, seen_by=user.pk, on=on),
        "endings": ("docx", "pdf"),
    }
    return render(request, "pages/reviews/detail.html", context)


def review_or_404(uid: UUID, user: "User", on: date) -> "Review":
    """Return a review that the account may read."""
    review = reviews.review_by_uid(uid, seen_by=user.pk, on=on)
    if review is None:
        raise Http404
    return review
