"""Freezing a review into an edition: its words, its numbers with their rows, and its bytes."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.files.services import store
from lotrinh.apps.journal import selectors as journalled
from lotrinh.apps.journal import services as journal
from lotrinh.apps.reviews import printing
from lotrinh.apps.reviews.models import Edition, Review
from lotrinh.apps.reviews.selectors.changes import changes_between, plain
from lotrinh.apps.reviews.selectors.composing import Doors, text_of
from lotrinh.apps.reviews.selectors.freezing import numbers_of
from lotrinh.apps.reviews.selectors.live import Held, held_by, live_numbers
from lotrinh.apps.reviews.selectors.seen import may_freeze
from lotrinh.apps.reviews.services.refusals import (
    KeyTaken,
    NoReason,
    NotAllowed,
    NothingChanged,
)
from lotrinh.rules.actions import Action
from lotrinh.rules.official.text import OfficialText, Seal
from lotrinh.rules.reviewing.numbers import canonical, digest
from lotrinh.rules.reviewing.wording import instant_words

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where an edition can be reached: the page of verification, and that of each number."""

    edition: Callable[[UUID], str]
    number: Callable[[UUID, int], str]


@transaction.atomic
def freeze_edition(
    *,
    review_id: int,
    addresses: Addresses,
    user: User,
    on: date,
    at: datetime,
    client_key: UUID,
    reason: str = "",
) -> Edition:
    """Freeze a review as it is now; sending it twice makes one edition.

    The numbers are made again from the ledger, the text is printed as Word and as PDF with the
    digest of the numbers on every page, and all of it is kept for good. An edition after the first
    says why it is made and what differs from the one before.

    Raises NotAllowed, KeyTaken, NoReason, NothingChanged, and what ``numbers_of`` raises.
    """
    review = Review.objects.select_for_update().select_related("unit").get(pk=review_id)
    if not may_freeze(review, seen_by=user.pk, on=on):
        raise NotAllowed(f"{Action.FREEZE_REVIEW} at {review.unit.code}")
    known = Edition.objects.filter(client_key=client_key).first()
    if known is not None:
        if (known.review_id, known.frozen_by_id) != (review.pk, user.pk):
            raise KeyTaken(str(client_key))
        return known
    before = review.editions.order_by("-ordinal").first()
    if before is not None and not reason.strip():
        raise NoReason(str(review.uid))
    list(review.sections.select_for_update())  # nobody writes while it is read twice
    made = _made(held_by(review, seen_by=user.pk, on=on), before, addresses, at)
    edition = Edition.objects.create(
        review=review,
        reason=reason.strip()[:1000],
        frozen_by=user,
        frozen_on=on,
        frozen_at=at,
        client_key=client_key,
        **made.columns,
        **_files(made.text, user, at),
    )
    _record(edition, user, at)
    return edition


class _Made(NamedTuple):
    """What is frozen: the text as it is printed, and what the row keeps of it."""

    text: OfficialText
    columns: Mapping[str, Any]


def _made(held: Held, before: Edition | None, addresses: Addresses, at: datetime) -> _Made:
    """Make the numbers again, see what differs, and put the seal on the text."""
    live = live_numbers(held)
    numbers = numbers_of(held, live, at=at)
    words = text_of(held, doors=Doors(), numbers=live)
    changes = changes_between(before, numbers, words) if before is not None else []
    if before is not None and not changes:
        raise NothingChanged(str(before.uid))
    uid, ordinal = uuid7(), before.ordinal + 1 if before else 1
    frozen = canonical(numbers | {"edition": ordinal, "uid": str(uid)})
    last = journalled.seal_on()
    seal = Seal(
        edition=ordinal,
        numbers_sha256=digest(frozen),
        journal_root=last.root.hex() if last else None,
        address=addresses.edition(uid),
        frozen=instant_words(
            at.astimezone(timezone.get_default_timezone()), language=held.language
        ),
    )
    text = text_of(
        held,
        doors=Doors(number=lambda number: addresses.number(uid, number)),
        changed={one["n"] for one in changes if "n" in one},
        seal=seal,
        numbers=live,
    )
    columns = {
        "uid": uid,
        "ordinal": ordinal,
        "words": canonical(plain(text)),
        "numbers": frozen,
        "numbers_sha256": seal.numbers_sha256,
        "changes": json.dumps(changes, ensure_ascii=False, sort_keys=True),
        "seal_number": last.number if last else None,
        "root": seal.journal_root or "",
    }
    return _Made(text, columns)


def _files(text: OfficialText, user: User, at: datetime) -> dict[str, Any]:
    """Print the text in both forms and keep the bytes."""
    by: Mapping[str, Any] = {"actor": user.named, "at": at}
    return {
        "docx": store(content=printing.docx(text), media_type=DOCX, **by),
        "pdf": store(content=printing.pdf(text), media_type=PDF, **by),
    }


def _record(edition: Edition, user: User, at: datetime) -> None:
    """Put the digests into the journal: its next seal covers them."""
    journal.record(
        "edition.fixed",
        edition.named,
        actor=user.named,
        at=at,
        unit_uid=edition.review.unit.uid,
        data={
            "review": str(edition.review.uid),
            "edition": edition.ordinal,
            "numbers_sha256": edition.numbers_sha256,
            "docx_sha256": edition.docx.sha256,
            "pdf_sha256": edition.pdf.sha256,
            "words_sha256": digest(edition.words),
            "changes_sha256": digest(edition.changes),
            "reason": edition.reason,
        },
    )
