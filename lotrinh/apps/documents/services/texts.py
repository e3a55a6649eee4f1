"""Writes of texts: one is added, divided, held against the signed copy, taken for the one."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents import selectors
from lotrinh.apps.documents.models import (
    Clause,
    Document,
    JoinedText,
    Rendition,
    TextChoice,
    Verification,
)
from lotrinh.apps.documents.rights import require_keeper
from lotrinh.apps.documents.services.searching import renew_search
from lotrinh.apps.files.models import Blob
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import SYSTEM, Named
from lotrinh.apps.journal.turns import take_turn
from lotrinh.reading import Note, Table


class TextEmpty(Exception):
    """A rendition without a single letter or digit says nothing that could be held."""


class TextTakenMeanwhile(Exception):
    """Somebody else said meanwhile which text counts; whoever asked has not seen that."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A clause as reading found it: a span of the text, end exclusive, and its printed label."""

    start: int
    end: int
    label: str
    level: int
    kind: str


@transaction.atomic
def add_rendition(
    *,
    document: Document,
    kind: str,
    language: str,
    text: str,
    tables: Sequence[Table] = (),
    notes: Sequence[Note] = (),
    blob: Blob | None,
    source_name: str,
    actor: Named,
    at: datetime,
) -> Rendition:
    """Keep a text of the document; the same text again is the one already kept.

    ``tables`` are those that stand in the text, ``notes`` what opening its file left out. The
    caller has checked the right. Raises TextEmpty.
    """
    if not any(character.isalnum() for character in text):
        raise TextEmpty(source_name)
    digest = hashlib.sha256(text.encode()).hexdigest()
    known = Rendition.objects.filter(document=document, sha256=digest).first()
    if known:
        _stays(known, at=at)
        return known
    rendition = Rendition.objects.create(
        document=document,
        kind=kind,
        language=language,
        text=text,
        tables=[table.record() for table in tables],
        notes=[{"code": note.code, "data": dict(note.data)} for note in notes],
        sha256=digest,
        blob=blob,
        source_name=source_name[:255],
        added_at=at,
    )
    renew_search(documents=[document.pk])
    journal.record(
        "rendition.added",
        document.named,
        actor=actor,
        at=at,
        unit_uid=document.keeper.uid,
        data={"kind": kind, "language": language, "sha256": digest},
    )
    return rendition


def _stays(known: Rendition, *, at: datetime) -> None:
    """Let a text that came with another document be one of this by itself from now on."""
    if known.joined.exists():
        JoinedText.objects.get_or_create(rendition=known, origin=known, defaults={"at": at})
        renew_search(documents=[known.document_id])


@transaction.atomic
def divide(
    *, rendition: Rendition, pieces: Sequence[Piece], actor: Named = SYSTEM, at: datetime
) -> None:
    """Give a text its clauses, once: a text that has clauses keeps them, as duties point there."""
    if rendition.clauses.exists():
        return
    Clause.objects.bulk_create(
        Clause(
            rendition=rendition,
            ordinal=ordinal,
            label=piece.label[:60],
            level=piece.level,
            kind=piece.kind,
            start=piece.start,
            end=piece.end,
        )
        for ordinal, piece in enumerate(pieces, start=1)
    )
    journal.record(
        "rendition.divided",
        rendition.document.named,
        actor=actor,
        at=at,
        unit_uid=rendition.document.keeper.uid,
        data={"rendition": str(rendition.uid), "clauses": len(pieces)},
    )


@transaction.atomic
def take_text(
    *,
    rendition: Rendition,
    instead_of: UUID | None,
    reason: str,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
) -> Rendition:
    """Let this text of its document be the one that counts, from which its desk reads.

    ``instead_of`` is the text that the person saw counting. Nothing of another text is lost or
    moved: what was made of it keeps pointing there. Taking the text that counts changes nothing.
    Raises NotAllowed, TextTakenMeanwhile.
    """
    document = rendition.document
    require_keeper(document, user=user, on=on)
    take_turn("text that counts", document.pk)
    if TextChoice.objects.filter(client_key=client_key, rendition=rendition).exists():
        return rendition
    counting = selectors.text_that_counts(document)
    if counting is not None and counting.pk == rendition.pk:
        return rendition
    if counting is not None and counting.uid != instead_of:
        raise TextTakenMeanwhile(str(counting.uid))
    TextChoice.objects.create(
        document=document,
        rendition=rendition,
        turn=document.text_choices.count() + 1,
        by=user,
        at=at,
        reason=reason[:300],
        client_key=client_key,
    )
    renew_search(documents=[document.pk])
    journal.record(
        "rendition.chosen",
        document.named,
        actor=user.named,
        at=at,
        unit_uid=document.keeper.uid,
        data={"rendition": str(rendition.uid), "sha256": rendition.sha256},
    )
    return rendition


@transaction.atomic
def verify_text(
    *, rendition: Rendition, remark: str, user: User, client_key: UUID, on: date, at: datetime
) -> Verification:
    """Record that the person held this very text against the signed copy; once for each key.

    Raises NotAllowed.
    """
    document = rendition.document
    require_keeper(document, user=user, on=on)
    take_turn("verification", client_key)
    known = Verification.objects.filter(client_key=client_key).first()
    if known:
        return known
    made = Verification.objects.create(
        rendition=rendition, by=user, at=at, remark=remark[:300], client_key=client_key
    )
    journal.record(
        "rendition.verified",
        document.named,
        actor=user.named,
        at=at,
        unit_uid=document.keeper.uid,
        data={"rendition": str(rendition.uid), "sha256": rendition.sha256},
    )
    return made
