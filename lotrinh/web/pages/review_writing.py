"""Writing a review: a part of its text, its frame, a number for its list, words on a part."""

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

from lotrinh.apps.reviews import selectors as reviews
from lotrinh.apps.reviews import services
from lotrinh.apps.targets import selectors as targets
from lotrinh.rules.actions import Action
from lotrinh.rules.reviewing.quoting import Aspect, mark_of
from lotrinh.web import clock
from lotrinh.web.access import reader, right
from lotrinh.web.answers import SeeOther
from lotrinh.web.formatting import day
from lotrinh.web.forms.reviews import (
    CommentForm,
    FrameForm,
    NumberForm,
    SectionForm,
    framed_with,
)
from lotrinh.web.pages.reviews import review_or_404
from lotrinh.web.presenters.review_words import misquoted
from lotrinh.web.presenters.reviews import door_of, number_rows, said_rows, version_rows
from lotrinh.web.wording import word
from lotrinh.web.wording_of_reviews import FRAME_WORDS

if TYPE_CHECKING:
    from lotrinh.apps.accounts.models import User
    from lotrinh.apps.reviews.models import Review, Section


@right(Action.READ_REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a part of the text with what was said of it; who may writes it here."""
    user, on = reader(request), clock.today()
    found = _section_or_404(uid, user, on)
    if request.method != "POST":
        form = SectionForm(initial={"text": found.text, "version": found.version})
        return _section_page(request, found, form)
    if not reviews.may_write(found.review, seen_by=user.pk, on=on):
        raise PermissionDenied
    form = SectionForm(request.POST)
    if not form.is_valid():
        return _section_page(request, found, form, status=422)
    held = form.cleaned_data
    try:
        services.write_section(
            section_id=found.pk,
            version=held["version"],
            text=held["text"],
            user=user,
            on=on,
            at=clock.now(),
        )
    except services.SectionChangedMeanwhile as changed:
        return _changed_page(request, found, form, changed.text)
    except services.NumberNotQuoted as unknown:
        form.add_error("text", misquoted(unknown.found))
        return _section_page(request, found, form, status=422)
    messages.success(request, _("The part is kept."))
    return SeeOther(reverse("review", kwargs={"uid": found.review.uid}) + f"#p-{found.uid}")


def _changed_page(
    request: HttpRequest, found: "Section", form: SectionForm, text: str
) -> HttpResponse:
    """Show what somebody else wrote meanwhile beside what was typed, which is sent over it next."""
    form.add_error(
        None,
        _("Somebody changed it meanwhile. What you typed is still here; compare, then send."),
    )
    sent: Any = form.data
    renewed = sent.copy()
    found.refresh_from_db(fields=["version", "text"])
    renewed["version"] = found.version
    form.data = renewed
    return _section_page(request, found, form, status=409, meanwhile=text)


def _section_page(
    request: HttpRequest,
    found: "Section",
    form: SectionForm,
    *,
    status: int = 200,
    meanwhile: str | None = None,
    comment_form: CommentForm | None = None,
) -> HttpResponse:
    user, on = reader(request), clock.today()
    review = found.review
    held = reviews.held_by(review, seen_by=user.pk, on=on)
    live = reviews.live_numbers(held)
    doors = reviews.Doors(number=lambda number: door_of(held, live[number]))
    shown = [
        one.runs for one in reviews.paragraphs_of(found.text, live, doors, (), review.language)
    ]
    context = {
        "review": review,
        "part": found,
        "heading": f"{found.mark} {found.heading}",
        "form": form,
        "meanwhile": meanwhile,
        "paragraphs": shown,
        "rows": (rows := number_rows(held, live, reviews.quoted_numbers(review=review))),
        "unquoted": [row for row in rows if not row.is_used],
        "quoted": [row for row in rows if row.is_used],
        "comments": said_rows(reviews.comments_of(review=review).get(found.pk, ())),
        "comment_form": comment_form or CommentForm(initial={"client_key": uuid7()}),
        "may_write": reviews.may_write(review, seen_by=user.pk, on=on),
    }
    return render(request, "pages/reviews/section.html", context, status=status)


@right(Action.READ_REVIEW)
@require_POST
def comment(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say something of a part of the text."""
    user, on = reader(request), clock.today()
    found = _section_or_404(uid, user, on)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _commented_anew(request, found, form, status=422)
    try:
        services.comment_section(
            section_id=found.pk,
            text=form.cleaned_data["text"],
            user=user,
            on=on,
            at=clock.now(),
            client_key=form.cleaned_data["client_key"],
        )
    except services.KeyTaken:
        form.add_error(None, _("This form was sent by somebody else. Open it anew."))
        return _commented_anew(request, found, form, status=409)
    messages.success(request, _("Your words stand beside the part."))
    return SeeOther(reverse("section", kwargs={"uid": uid}) + "#comments")


def _commented_anew(
    request: HttpRequest, found: "Section", form: CommentForm, *, status: int
) -> HttpResponse:
    """Show the part again with the comment that could not be kept."""
    written = SectionForm(initial={"text": found.text, "version": found.version})
    return _section_page(request, found, written, status=status, comment_form=form)


@right(Action.WRITE_REVIEW)
@require_POST
def settle(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that a comment has been dealt with."""
    user, on = reader(request), clock.today()
    found = reviews.comment_by_uid(uid, seen_by=user.pk, on=on)
    if found is None:
        raise Http404
    try:
        services.settle_comment(comment_id=found.pk, user=user, on=on, at=clock.now())
    except services.NotAllowed:
        raise PermissionDenied from None
    return SeeOther(reverse("section", kwargs={"uid": found.section.uid}) + "#comments")


@right(Action.WRITE_REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def add_number(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put a number on the list."""
    user, on = reader(request), clock.today()
    review = review_or_404(uid, user, on)
    if not reviews.may_write(review, seen_by=user.pk, on=on):
        raise PermissionDenied
    offered = targets.from_documents(review.documents.all(), seen_by=user.pk, on=on)
    form = NumberForm(request.POST if request.method == "POST" else None, targets=offered)
    context = {"review": review, "form": form}
    if request.method != "POST":
        return render(request, "pages/reviews/number.html", context)
    if not form.is_valid():
        return render(request, "pages/reviews/number.html", context, status=422)
    try:
        quote = services.quote_number(
            review_id=review.pk,
            source=form.source,
            aspect=Aspect(form.cleaned_data["aspect"]),
            target=form.target,
            user=user,
            on=on,
            at=clock.now(),
        )
    except services.TooManyQuotes:
        form.add_error(None, _("The list of numbers is full."))
        return render(request, "pages/reviews/number.html", context, status=422)
    said = _("It is number %(n)s: write %(mark)s where it is to stand.")
    messages.success(request, said % {"n": quote.number, "mark": mark_of(quote.number)})
    return SeeOther(reverse("review", kwargs={"uid": uid}) + "#numbers")


@right(Action.WRITE_REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def frame_of(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say what stands around the text."""
    user, on = reader(request), clock.today()
    review = review_or_404(uid, user, on)
    if not reviews.may_write(review, seen_by=user.pk, on=on):
        raise PermissionDenied
    if request.method != "POST":
        form = FrameForm(initial=framed_with(review, day))
        return render(request, "pages/reviews/frame.html", {"review": review, "form": form})
    form = FrameForm(request.POST)
    status, meanwhile = 422, []
    if form.is_valid():
        try:
            services.frame_review(
                review_id=review.pk,
                version=form.cleaned_data["version"],
                frame=form.frame(),
                user=user,
                on=on,
                at=clock.now(),
            )
        except services.CountedLater:
            form.add_error("counted_on", _("Choose today or a day before."))
        except services.FrameChangedMeanwhile:
            status, meanwhile = 409, _renew(form, review_or_404(uid, user, on))
        else:
            messages.success(request, _("Heading and signature are kept."))
            return SeeOther(reverse("review", kwargs={"uid": uid}))
    context = {"review": review, "form": form, "meanwhile": meanwhile}
    return render(request, "pages/reviews/frame.html", context, status=status)


def _renew(form: FrameForm, review: "Review") -> list[tuple[str, str]]:
    """Let what was typed be sent over what is kept; return what is kept otherwise, by its name."""
    form.add_error(
        None,
        _("Somebody changed it meanwhile. What you typed is still here; compare, then send."),
    )
    sent: Any = form.data
    renewed = sent.copy()
    renewed["version"] = review.version
    form.data = renewed
    kept = framed_with(review, day)
    del kept["version"]
    typed = {name: str(sent.get(name, "")).replace("\r\n", "\n") for name in kept}
    return [(word(FRAME_WORDS, name), now) for name, now in kept.items() if now != typed[name]]


@right(Action.READ_REVIEW)
@require_safe
def section_history(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show every text that a part had."""
    user, on = reader(request), clock.today()
    found = _section_or_404(uid, user, on)
    context = {
        "review": found.review,
        "part": found,
        "heading": f"{found.mark} {found.heading}",
        "texts": version_rows(reviews.texts_of(section=found)),
    }
    return render(request, "pages/reviews/section_history.html", context)


def _section_or_404(uid: UUID, user: "User", on: date) -> "Section":
    found = reviews.section_by_uid(uid, seen_by=user.pk, on=on)
    if found is None:
        raise Http404
    return found
