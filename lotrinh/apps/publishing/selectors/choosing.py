"""What an account may publish, and the record of what was published."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from lotrinh.apps.documents.models import Document
from lotrinh.apps.publishing.models import PublicationRecord
from lotrinh.apps.targets import selectors as targets
from lotrinh.apps.targets.models import Target
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action


@dataclass(frozen=True, slots=True)
class Choice:
    """A document with the targets that it sets and that may be published with it."""

    document: Document
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Shelfmark:
    """The number that the next publication bears, and the one that it takes the place of."""

    number: int
    before: PublicationRecord | None


def may_publish(*, user_id: int, on: date) -> bool:
    """Say whether the account may decide what the whole authority tells everybody."""
    return units.may_throughout(user_id=user_id, action=Action.PUBLISH, on=on)


def choices(*, seen_by: int, on: date) -> tuple[Choice, ...]:
    """Return the documents that set targets, each once, as far as the account may see them.

    A target that is part of another is not offered: its whole is. One that several documents set
    is offered with the first of them.
    """
    found = tuple(targets.heads(seen_by=seen_by, on=on))
    papers = targets.documents_of(found, seen_by=seen_by, on=on)
    by_paper: dict[Document, list[Target]] = {}
    for target in found:
        for paper in papers.get(target.pk, ())[:1]:
            by_paper.setdefault(paper, []).append(target)
    return tuple(
        Choice(paper, tuple(held))
        for paper, held in sorted(by_paper.items(), key=lambda pair: _order(pair[0]))
    )


def records() -> QuerySet[PublicationRecord]:
    """Return every publication without its content, the newest first."""
    return PublicationRecord.objects.defer("content").select_related("by").order_by("-number")


def record_by_uid(uid: UUID) -> PublicationRecord | None:
    """Return one publication with all that it said."""
    return PublicationRecord.objects.select_related("by").filter(uid=uid).first()


def newest_record() -> PublicationRecord | None:
    """Return what was published last, with all that it said."""
    return PublicationRecord.objects.order_by("-number").first()


def next_mark() -> Shelfmark:
    """Return what comes next."""
    newest = newest_record()
    return Shelfmark(newest.number + 1, newest) if newest else Shelfmark(1, None)


def _order(document: Document) -> tuple[date, int]:
    return document.issued_on or date.max, document.pk
