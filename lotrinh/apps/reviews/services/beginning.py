"""Beginning a review: its frame, the parts of the outline, and first words with first numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents.models import Document
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.reporting.models import Period
from lotrinh.apps.reviews.models import Quote, Review, Section, SectionText
from lotrinh.apps.reviews.reference import OutlinePart, outline_on
from lotrinh.apps.reviews.selectors.live import Live, held_by, live_numbers
from lotrinh.apps.reviews.services.refusals import (
    CountedLater,
    DocumentNotSeen,
    KeyTaken,
    NoDocuments,
    NotAllowed,
)
from lotrinh.apps.targets.models import Target
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.rules.actions import Action
from lotrinh.rules.reviewing.quoting import MOST_QUOTES, Aspect, Source, mark_of

_OF_TARGET = (Aspect.VALUE, Aspect.PLAN, Aspect.OF_PLAN, Aspect.GROWTH)


@dataclass(frozen=True, slots=True)
class ReviewSaid:
    """What a review is of. ``counted_on`` is the day at whose end duties are counted."""

    unit: Unit
    period: Period
    documents: Sequence[Document]
    system: str
    language: str
    counted_on: date
    about: str


@transaction.atomic
def begin_review(
    *, said: ReviewSaid, user: User, on: date, at: datetime, client_key: UUID
) -> Review:
    """Begin a review with the outline in force; sending it twice begins it once.

    Every target of the documents is quoted, in its parts of the outline a sentence for each, and
    the duties are counted. The account sees the documents and may write at the unit.

    Raises NotAllowed, NoDocuments, DocumentNotSeen, KeyTaken, CountedLater.
    """
    take_turn("review", str(client_key))
    known = Review.objects.filter(client_key=client_key).first()
    if known is not None:
        if known.begun_by_id != user.pk:
            raise KeyTaken(str(client_key))
        return known
    _require(said, user, on)
    if said.counted_on > on:
        raise CountedLater(said.counted_on.isoformat())
    review = Review.objects.create(
        unit=said.unit,
        period=said.period,
        system=said.system,
        language=said.language,
        counted_on=said.counted_on,
        about=said.about.strip()[:500],
        issuer=_issuer(said),
        begun_by=user,
        begun_on=on,
        client_key=client_key,
    )
    review.documents.set(said.documents)
    found = held_by(review, seen_by=user.pk, on=on).set_by_documents
    _quote_all(review, found)
    live = live_numbers(held_by(review, seen_by=user.pk, on=on))
    _write_outline(review, outline_on(on), _Fill(review.language, live, found), user, at)
    journal.record(
        "review.opened",
        review.named,
        actor=user.named,
        at=at,
        unit_uid=said.unit.uid,
        data={
            "period": str(said.period.uid),
            "documents": [str(one.uid) for one in said.documents],
            "system": said.system,
            "language": said.language,
        },
    )
    return review


def _require(said: ReviewSaid, user: User, on: date) -> None:
    if not units.may(user_id=user.pk, action=Action.WRITE_REVIEW, unit_id=said.unit.pk, on=on):
        raise NotAllowed(f"{Action.WRITE_REVIEW} at {said.unit.code}")
    if not said.documents:
        raise NoDocuments(said.about)
    wanted = {one.pk for one in said.documents}
    seen = documents.visible(seen_by=user.pk, on=on).filter(pk__in=wanted)
    if len(wanted) != seen.count():
        raise DocumentNotSeen(said.about)


def _issuer(said: ReviewSaid) -> str:
    unit = said.unit
    return unit.name_en if said.language == "en" else unit.name_vi


def _quote_all(review: Review, found: Iterable[Target]) -> None:
    """Quote the score, the duties and every target, as long as there is room in the list."""
    wanted: list[tuple[Source, Aspect, Target | None]] = [
        (Source.TARGETS, Aspect.SCORE, None),
        (Source.DUTIES, Aspect.DONE, None),
        (Source.DUTIES, Aspect.OVERDUE, None),
    ]
    wanted += [(Source.TARGET, aspect, one) for one in found for aspect in _OF_TARGET]
    Quote.objects.bulk_create(
        Quote(review=review, number=number, source=source, aspect=aspect, target=target)
        for number, (source, aspect, target) in enumerate(wanted[:MOST_QUOTES], start=1)
    )


class _Fill:
    """The first words of a part, with the numbers that they quote.

    A level is quoted even where nobody has told it; what it is compared with, where that is known.
    """

    def __init__(self, language: str, live: Mapping[int, Live], found: Sequence[Target]) -> None:
        self.is_english, self.found = language == "en", found
        self.has_duties = any(
            isinstance(one.exact, Mapping) and any(one.exact.values())
            for one in live.values()
            if one.quote.source == Source.DUTIES
        )
        self.quotes = {
            (one.quote.target_id, one.quote.aspect): number
            for number, one in live.items()
            if not one.is_missing or one.quote.aspect not in {Aspect.OF_PLAN, Aspect.GROWTH}
        }

    def words(self, part: OutlinePart) -> str:
        """Return what stands in a part at first; empty where somebody has to write it."""
        if part.fill == "score":
            score = self._mark(None, Aspect.SCORE)
            return f"Targets: {score}." if self.is_english else f"Về chỉ tiêu: {score}."
        if part.fill == "duties":
            done, late = self._mark(None, Aspect.DONE), self._mark(None, Aspect.OVERDUE)
            if not self.has_duties:
                return f"Tasks: {done}." if self.is_english else f"Về nhiệm vụ: {done}."
            if self.is_english:
                return f"Tasks: {done}; {late} are overdue."
            return f"Về nhiệm vụ: {done}; {late} nhiệm vụ quá hạn."
        if part.fill == "targets":
            return "\n".join(self._target(one) for one in self.found)
        return ""

    def _target(self, one: Target) -> str:
        marks = [
            self._mark(one.pk, aspect) for aspect in (Aspect.VALUE, Aspect.OF_PLAN, Aspect.GROWTH)
        ]
        said = ", ".join(mark for mark in marks if mark)
        return f"- {one.measure.name}: {said}."

    def _mark(self, target_id: int | None, aspect: Aspect) -> str:
        number = self.quotes.get((target_id, aspect))
        return "" if number is None else mark_of(number)


def _write_outline(
    review: Review, parts: Iterable[OutlinePart], fill: _Fill, user: User, at: datetime
) -> None:
    for place, part in enumerate(parts, start=1):
        section = Section.objects.create(
            review=review,
            place=place,
            level=part.level,
            mark=part.mark,
            heading=part.heading(review.language),
            text=fill.words(part),
        )
        SectionText.objects.create(section=section, version=1, text=section.text, by=user, at=at)
