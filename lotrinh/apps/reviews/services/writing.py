"""Writing a review: its sections, the numbers it quotes, its frame, and what is said of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.reviews.models import Comment, Quote, Review, Section, SectionText
from lotrinh.apps.reviews.selectors.seen import may_write
from lotrinh.apps.reviews.services.refusals import (
    CountedLater,
    FrameChangedMeanwhile,
    KeyTaken,
    NotAllowed,
    NoWords,
    NumberNotQuoted,
    SectionChangedMeanwhile,
    TooManyQuotes,
    WrongQuote,
)
from lotrinh.apps.targets import selectors as targets
from lotrinh.apps.targets.models import Target
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.reviewing.quoting import ASPECTS, MOST_QUOTES, Aspect, Source, misquotes_in


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the text; what is empty is left open in print."""

    about: str
    superior: str
    issuer: str
    symbol: str
    number: str
    place: str
    day: date | None
    addressed_to: str
    recipients: str
    capacity: str
    post: str
    signer: str
    counted_on: date


@transaction.atomic
def write_section(
    *, section_id: int, version: int, text: str, user: User, on: date, at: datetime
) -> Section:
    """Let a section say this, if it still has the version that the writer read.

    A section that says it already stays as it is. Every text that it had is kept.

    Raises NotAllowed, SectionChangedMeanwhile with what it says now, NumberNotQuoted.
    """
    found = Section.objects.select_for_update(of=("self",)).select_related("review__unit")
    section = found.get(pk=section_id)
    _require_writer(section.review, user, on)
    text = "\n".join(line.rstrip() for line in text.splitlines()).strip()
    if text == section.text:
        return section
    if version != section.version:
        raise SectionChangedMeanwhile(section.text)
    known = Quote.objects.filter(review=section.review_id).values_list("number", flat=True)
    misquotes = misquotes_in(text, frozenset(known))
    if misquotes:
        raise NumberNotQuoted(misquotes)
    section.text, section.version = text, section.version + 1
    section.save(update_fields=["text", "version"])
    SectionText.objects.create(section=section, version=section.version, text=text, by=user, at=at)
    journal.record(
        "review.section_changed",
        section.named,
        actor=user.named,
        at=at,
        unit_uid=section.review.unit.uid,
        data={"review": str(section.review.uid), "version": section.version},
    )
    return section


@transaction.atomic
def quote_number(
    *,
    review_id: int,
    source: Source,
    aspect: Aspect,
    target: Target | None,
    user: User,
    on: date,
    at: datetime,
) -> Quote:
    """Put a number on the list of a review; one that is on it already is returned.

    Raises NotAllowed, WrongQuote, TooManyQuotes.
    """
    review = Review.objects.select_for_update().get(pk=review_id)
    _require_writer(review, user, on)
    if aspect not in ASPECTS[source] or (source is Source.TARGET) != (target is not None):
        raise WrongQuote(f"{source}: {aspect}")
    if target is not None and not targets.sees(target, seen_by=user.pk, on=on):
        raise WrongQuote(str(target.uid))
    known = review.quotes.filter(source=source, aspect=aspect, target=target).first()
    if known is not None:
        return known
    last = review.quotes.aggregate(last=Max("number"))["last"] or 0
    if last >= MOST_QUOTES:
        raise TooManyQuotes(str(MOST_QUOTES))
    quote = Quote.objects.create(
        review=review, number=last + 1, source=source, aspect=aspect, target=target
    )
    journal.record(
        "review.number_added",
        review.named,
        actor=user.named,
        at=at,
        unit_uid=review.unit.uid,
        data={
            "number": quote.number,
            "source": str(source),
            "aspect": str(aspect),
            "target": str(target.uid) if target else None,
        },
    )
    return quote


@transaction.atomic
def frame_review(
    *, review_id: int, version: int, frame: Frame, user: User, on: date, at: datetime
) -> Review:
    """Let the frame of a review be this, if it still has the version that was read.

    Raises NotAllowed, CountedLater and FrameChangedMeanwhile.
    """
    review = Review.objects.select_for_update().get(pk=review_id)
    _require_writer(review, user, on)
    if frame.counted_on > on:
        raise CountedLater(frame.counted_on.isoformat())
    before = {name: getattr(review, name) for name in asdict(frame)}
    after = {
        name: said.strip() if isinstance(said, str) else said
        for name, said in asdict(frame).items()
    }
    moved = [name for name, said in after.items() if before[name] != said]
    if not moved:
        return review
    if version != review.version:
        raise FrameChangedMeanwhile(str(review.uid))
    _say(review, after)
    journal.record(
        "review.framed",
        review.named,
        actor=user.named,
        at=at,
        unit_uid=review.unit.uid,
        data={"changed": moved, "version": review.version},
    )
    return review


def _say(review: Review, said: Mapping[str, object]) -> None:
    for name, value in said.items():
        setattr(review, name, value)
    review.version += 1
    review.save(update_fields=[*said, "version"])


@transaction.atomic
def comment_section(
    *, section_id: int, text: str, user: User, on: date, at: datetime, client_key: UUID
) -> Comment:
    """Say something of a section to those who write it; sending it twice says it once.

    Whoever may read the review may. Raises NotAllowed, NoWords, KeyTaken.
    """
    section = Section.objects.select_related("review__unit").get(pk=section_id)
    review = section.review
    if not units.may(user_id=user.pk, action=Action.READ_REVIEW, unit_id=review.unit_id, on=on):
        raise NotAllowed(f"{Action.READ_REVIEW} at {review.unit.code}")
    take_turn("comment", str(client_key))
    known = Comment.objects.filter(client_key=client_key).first()
    if known is not None:
        if (known.by_id, known.section_id) != (user.pk, section.pk):
            raise KeyTaken(str(client_key))
        return known
    if not text.strip():
        raise NoWords(str(section.uid))
    comment = Comment.objects.create(
        section=section, text=text.strip()[:2000], by=user, at=at, client_key=client_key
    )
    _record_comment("review.commented", comment, review, user, at)
    return comment


@transaction.atomic
def settle_comment(*, comment_id: int, user: User, on: date, at: datetime) -> Comment:
    """Say that a comment has been dealt with; once it is, it stays so.

    Raises NotAllowed.
    """
    rows = Comment.objects.select_for_update(of=("self",)).select_related("section__review__unit")
    comment = rows.get(pk=comment_id)
    review = comment.section.review
    _require_writer(review, user, on)
    if comment.settled_at is None:
        comment.settled_by, comment.settled_at = user, at
        comment.save(update_fields=["settled_by", "settled_at"])
        _record_comment("review.comment_settled", comment, review, user, at)
    return comment


def _record_comment(verb: str, comment: Comment, review: Review, user: User, at: datetime) -> None:
    journal.record(
        verb,
        review.named,
        actor=user.named,
        at=at,
        unit_uid=review.unit.uid,
        data={"comment": str(comment.uid), "section": str(comment.section.uid)},
    )


def _require_writer(review: Review, user: User, on: date) -> None:
    if not may_write(review, seen_by=user.pk, on=on):
        raise NotAllowed(f"{Action.WRITE_REVIEW} at {review.unit.code}")
