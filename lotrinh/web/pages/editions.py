"""Editions: freezing a review, what was frozen, each number with its rows, and verification."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from uuid_utils.compat import uuid7

from lotrinh.apps.journal import selectors as journal
from lotrinh.apps.reviews import printing, services
from lotrinh.apps.reviews import selectors as reviews
from lotrinh.rules.actions import Action
from lotrinh.rules.formats import number as number_words
from lotrinh.rules.official.form import SystemsMixed
from lotrinh.rules.official.layouts import LayoutUnknown
from lotrinh.rules.reviewing.quoting import Aspect
from lotrinh.web import clock
from lotrinh.web.access import PUBLIC, reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.attachments import attachment, kept_as
from lotrinh.web.forms.reviews import FreezeForm
from lotrinh.web.pages.reviews import review_or_404
from lotrinh.web.presenters.review_words import file_name
from lotrinh.web.presenters.reviews import (
    addresses,
    change_rows,
    counted_rows,
    frozen_number,
    planned_text,
    term_tables,
)
from lotrinh.web.presenters.target_series import language
from lotrinh.web.wording import word
from lotrinh.web.wording_of_reviews import ASPECT_WORDS, BROKEN

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.reviews.models import Edition, Review

UNPRINTED = (SystemsMixed, LayoutUnknown, printing.SignUnprintable)
"""What keeps a text from being printed until somebody changes it."""
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@right(Action.READ_REVIEW)
@require_safe
def draft_file(request: HttpRequest, uid: UUID, ending: str) -> HttpResponse:
    """Give a review as it reads now, marked as a draft on every page."""
    user, on = reader(request), clock.today()
    review = review_or_404(uid, user, on)
    held = reviews.held_by(review, seen_by=user.pk, on=on)
    text = reviews.text_of(held, doors=reviews.Doors())
    try:
        content = printing.docx(text) if ending == "docx" else printing.pdf(text)
    except UNPRINTED as wrong:
        messages.error(request, unprinted(wrong))
        return SeeOther(reverse("review-frame", kwargs={"uid": uid}))
    answer = HttpResponse(content, content_type=_TYPES[ending])
    answer["Content-Disposition"] = kept_as(file_name(review, ending))
    answer["Cache-Control"] = "private, no-store"
    return answer


@right(Action.FREEZE_REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Freeze a review into an edition, after having read what that means."""
    user, on = reader(request), clock.today()
    review = review_or_404(uid, user, on)
    if not reviews.may_freeze(review, seen_by=user.pk, on=on):
        raise PermissionDenied
    last = next(iter(reviews.editions_of(review=review)), None)
    given = {"needs_reason": last is not None}
    if request.method != "POST":
        form = FreezeForm(None, initial={"client_key": uuid7()}, **given)
        return _freeze_page(request, review, form, last)
    form = FreezeForm(request.POST, **given)
    if not form.is_valid():
        return _freeze_page(request, review, form, last, status=422)
    try:
        edition = services.freeze_edition(
            review_id=review.pk,
            addresses=addresses(),
            user=user,
            on=on,
            at=clock.now(),
            client_key=form.cleaned_data["client_key"],
            reason=form.cleaned_data["reason"],
        )
    except reviews.NumbersHidden as hidden:
        form.add_error(None, _hidden(hidden.numbers))
    except reviews.NumbersWait as waiting:
        form.add_error(None, _waiting(waiting.numbers))
    except UNPRINTED as wrong:
        form.add_error(None, unprinted(wrong))
    except (services.NoReason, services.KeyTaken):
        form.add_error(None, _("Somebody froze it a moment ago. Look at the editions first."))
    except services.NothingChanged:
        form.add_error(None, _("The last edition says all this already; nothing was frozen."))
    else:
        messages.success(request, _("Edition %(n)s is frozen.") % {"n": edition.ordinal})
        return SeeOther(reverse("edition", kwargs={"uid": edition.uid}))
    return _freeze_page(request, review, form, last, status=409)


def unprinted(wrong: Exception) -> str:
    """Say why a text cannot be printed, and where to put it right."""
    if isinstance(wrong, printing.SignUnprintable):
        said = _("The sign “%(sign)s” cannot be printed in an official text. Write it otherwise.")
        return said % {"sign": wrong.args[0]}
    if isinstance(wrong, LayoutUnknown):
        return _("No form is known for texts of that day. Change the day of the text.")
    said = _(
        "Marks of the Party and of the State are mixed: “%(mark)s”. Change heading or signature."
    )
    return said % {"mark": wrong.mark if isinstance(wrong, SystemsMixed) else wrong}


def _hidden(numbers: tuple[int, ...]) -> str:
    said = _("Numbers %(n)s are not yours to see. Somebody who may see all of them has to freeze.")
    return said % {"n": ", ".join(map(str, numbers))}


def _waiting(numbers: tuple[int, ...]) -> str:
    said = _("Numbers %(n)s are still being counted: something was just approved. Send once more.")
    return said % {"n": ", ".join(map(str, numbers))}


def _freeze_page(
    request: HttpRequest,
    review: "Review",
    form: FreezeForm,
    last: "Edition | None",
    *,
    status: int = 200,
) -> HttpResponse:
    user, on = reader(request), clock.today()
    held = reviews.held_by(review, seen_by=user.pk, on=on)
    live, quoted = reviews.live_numbers(held), reviews.quoted_numbers(review=review)
    context = {
        "review": review,
        "form": form,
        "last": last,
        "missing": [
            (one.quote.number, one.name, word(ASPECT_WORDS, one.quote.aspect))
            for number, one in live.items()
            if one.is_missing and number in quoted
        ],
        "empty": reviews.empty_parts(review=review),
        "comments": sum(
            one.settled_at is None
            for found in reviews.comments_of(review=review).values()
            for one in found
        ),
    }
    return render(request, "pages/reviews/freeze.html", context, status=status)


@right(Action.READ_REVIEW)
@require_safe
def edition_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what was frozen: its files, its numbers, what differs from before, the proof of it."""
    user, on = reader(request), clock.today()
    edition = _edition_or_404(uid, user, on)
    proof = reviews.recount_edition(edition)
    numbers = reviews.frozen_numbers(edition)
    opens_all = reviews.opens_rows(numbers, seen_by=user.pk, on=on)
    context = {
        "edition": edition,
        "who": journal.names_of([edition.frozen_by.uid]).get(edition.frozen_by.uid, "?"),
        "review": edition.review,
        "numbers": [
            {
                "n": one["n"],
                "name": one["name"],
                "aspect": word(ASPECT_WORDS, one["aspect"]),
                "text": one["text"],
                "is_missing": one["is_missing"],
                "url": reverse("edition-number", kwargs={"uid": uid, "number": one["n"]}),
            }
            for one in numbers
        ],
        "changes": change_rows(edition),
        "proof": proof,
        "faults": [word(BROKEN, one) for one in proof.broken],
        "later": reviews.later_edition(edition),
        "endings": ("docx", "pdf", "json") if opens_all else ("docx", "pdf"),
    }
    return render(request, "pages/reviews/edition.html", context)


@right(Action.READ_REVIEW)
@require_safe
def edition_number(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """Show one number of an edition: how it was made, of which figures, with their evidence."""
    user, on = reader(request), clock.today()
    edition = _edition_or_404(uid, user, on)
    found = frozen_number(edition, number)
    if found is None:
        raise Http404
    is_closed = not reviews.opens_rows([found], seen_by=user.pk, on=on)
    context = {
        "edition": edition,
        "review": edition.review,
        "one": found,
        "aspect": word(ASPECT_WORDS, found["aspect"]),
        "planned": "" if found["aspect"] == Aspect.PLAN else planned_text(found),
        "is_closed": is_closed,
        "terms": [] if is_closed else list(term_tables(found)),
        "counted": [] if is_closed else counted_rows(found),
        "is_added_up": found.get("added_up", False),
    }
    return render(request, "pages/reviews/edition_number.html", context)


@right(Action.READ_REVIEW)
@require_safe
def edition_file(request: HttpRequest, uid: UUID, ending: str) -> HttpResponse:
    """Give an edition as it was frozen: Word, PDF, or its numbers with their rows as JSON."""
    user, on = reader(request), clock.today()
    edition = _edition_or_404(uid, user, on)
    name = file_name(edition.review, ending, edition.ordinal)
    if ending != "json":
        return attachment(request, edition.docx if ending == "docx" else edition.pdf, name)
    if not reviews.opens_rows(reviews.frozen_numbers(edition), seen_by=user.pk, on=on):
        raise PermissionDenied
    answer = HttpResponse(edition.numbers, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = kept_as(name)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@right(PUBLIC)
@require_safe
def verify(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Tell whoever holds a print what its edition was: what stands on the print, and no more."""
    edition = reviews.edition_printed(uid)
    if edition is None:
        raise Http404
    context = {
        "edition": edition,
        "later": reviews.later_edition(edition),
        "size": number_words(edition.pdf.size, language=language()),
    }
    return render(request, "pages/reviews/verify.html", context)


def _edition_or_404(uid: UUID, user: "User", on: date) -> "Edition":
    found = reviews.edition_by_uid(uid, seen_by=user.pk, on=on)
    if found is None:
        raise Http404
    return found
