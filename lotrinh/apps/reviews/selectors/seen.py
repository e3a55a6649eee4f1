"""Reviews and editions as an account may see them on a day."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from lotrinh.apps.reviews.models import Comment, Edition, Review, Section, SectionText
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.reviewing.quoting import quoted_in


def visible(*, seen_by: int, on: date) -> QuerySet[Review]:
    """Return the reviews that the account may read, the latest begun first."""
    reach = units.reach(user_id=seen_by, action=Action.READ_REVIEW, on=on)
    found = Review.objects.filter(unit__in=reach).select_related("unit", "period__kind")
    return found.order_by("-begun_on", "-pk")


def review_by_uid(uid: UUID, *, seen_by: int, on: date) -> Review | None:
    """Return a review, or None where it is missing or not seen."""
    return visible(seen_by=seen_by, on=on).filter(uid=uid).first()


def section_by_uid(uid: UUID, *, seen_by: int, on: date) -> Section | None:
    """Return a section of a review that the account may read."""
    found = Section.objects.filter(review__in=visible(seen_by=seen_by, on=on))
    return found.select_related("review__unit", "review__period__kind").filter(uid=uid).first()


def sections_of(*, review: Review) -> tuple[Section, ...]:
    """Return the sections in their order."""
    return tuple(review.sections.order_by("place"))


def sections_commented(*, review: Review) -> tuple[tuple[Section, int], ...]:
    """Return the sections in their order, each with how many comments wait to be settled."""
    waits = Count("comments", filter=Q(comments__settled_at=None))
    found = review.sections.annotate(waits=waits).order_by("place")
    return tuple((one, one.waits) for one in found)


def empty_parts(*, review: Review) -> tuple[Section, ...]:
    """Return the sections in which nothing is written, and that have no parts of their own."""
    found = sections_of(review=review)
    return tuple(
        one
        for one, follower in zip(found, [*found[1:], None], strict=True)
        if not one.text and (follower is None or follower.level <= one.level)
    )


def quoted_numbers(*, review: Review) -> frozenset[int]:
    """Return the places of the numbers that the text quotes."""
    return frozenset(number for one in sections_of(review=review) for number in quoted_in(one.text))


def texts_of(*, section: Section) -> tuple[SectionText, ...]:
    """Return every text that a section had, the newest first."""
    return tuple(section.texts.select_related("by").order_by("-version"))


def comments_of(*, review: Review) -> dict[int, tuple[Comment, ...]]:
    """Return by section what is said of it, the oldest first."""
    found: dict[int, tuple[Comment, ...]] = {}
    rows = Comment.objects.filter(section__review=review).select_related("by", "settled_by")
    for one in rows.order_by("pk"):
        found[one.section_id] = (*found.get(one.section_id, ()), one)
    return found


def comment_by_uid(uid: UUID, *, seen_by: int, on: date) -> Comment | None:
    """Return a comment on a review that the account may read."""
    found = Comment.objects.filter(section__review__in=visible(seen_by=seen_by, on=on))
    return found.select_related("section__review").filter(uid=uid).first()


def editions_of(*, review: Review) -> tuple[Edition, ...]:
    """Return the editions of a review, the newest first."""
    rows = review.editions.select_related("frozen_by", "docx", "pdf").defer("words")
    return tuple(rows.order_by("-ordinal"))


def edition_by_uid(uid: UUID, *, seen_by: int, on: date) -> Edition | None:
    """Return an edition of a review that the account may read."""
    found = Edition.objects.filter(review__in=visible(seen_by=seen_by, on=on))
    rows = found.select_related("review__unit", "review__period__kind", "frozen_by", "docx", "pdf")
    return rows.filter(uid=uid).first()


def edition_printed(uid: UUID) -> Edition | None:
    """Return an edition for whoever holds its print: its address stands on each page of it."""
    rows = Edition.objects.select_related("review", "docx", "pdf").defer("words", "numbers")
    return rows.filter(uid=uid).first()


def edition_known(uid: UUID) -> Edition | None:
    """Return an edition for the command line, which nobody asks for rights."""
    return Edition.objects.select_related("review", "docx", "pdf").filter(uid=uid).first()


def later_edition(edition: Edition) -> Edition | None:
    """Return the newest edition of the same review, None where this is it."""
    found = Edition.objects.filter(review=edition.review_id, ordinal__gt=edition.ordinal)
    return found.defer("words", "numbers").order_by("-ordinal").first()


def may_write(review: Review, *, seen_by: int, on: date) -> bool:
    """Say whether the account may write the review."""
    return units.may(user_id=seen_by, action=Action.WRITE_REVIEW, unit_id=review.unit_id, on=on)


def may_freeze(review: Review, *, seen_by: int, on: date) -> bool:
    """Say whether the account may freeze the review into an edition."""
    return units.may(user_id=seen_by, action=Action.FREEZE_REVIEW, unit_id=review.unit_id, on=on)


def last_editions(found: Iterable[Review]) -> dict[int, int]:
    """Return by review how many editions it has; one without is not named."""
    rows = Edition.objects.filter(review__in=[one.pk for one in found]).values("review_id")
    return {row["review_id"]: row["last"] for row in rows.annotate(last=Max("ordinal"))}
