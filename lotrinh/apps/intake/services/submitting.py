"""A text comes in: through the gate, into the register, into the queue of the worker."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from uuid_utils.compat import uuid7

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents import services as registry
from lotrinh.apps.documents.models import Document, Rendition
from lotrinh.apps.documents.services import Identity
from lotrinh.apps.files import services as files
from lotrinh.apps.files.models import Blob
from lotrinh.apps.intake import selectors
from lotrinh.apps.intake.models import ReadingRun
from lotrinh.apps.intake.rights import may_register, require_registrar
from lotrinh.apps.intake.services.queueing import enqueue
from lotrinh.apps.intake.text import HEADER_CHARACTERS, Opened, opened
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.reading import Header, read_text
from lotrinh.rules.deadlines import stated_day


@dataclass(frozen=True, slots=True)
class Submission:
    """A document as it came: from a file (its name tells the format where the bytes do not) or
    pasted, then without a name. ``content`` is kept as the original. ``is_declared``: who hands
    it in declares that its pages without text hold no State secret.
    """

    content: bytes
    source_name: str
    kind: str = Rendition.Kind.ORIGINAL
    is_declared: bool = False


def submit(
    *,
    submission: Submission,
    keeper: Unit,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
    rendition_of: Document | None = None,
) -> ReadingRun:
    """Keep a document and queue its reading; the answer comes before its text is understood.

    Nothing is kept of a text that bears a mark of secrecy but the line that it was refused. The
    same text again, under the same key or another, returns the run that there is; another text
    under the same key is another submission. Raises NotAllowed,
    ``text.SecretMarked``, ``text.NotDeclared``, ``text.TooLong``,
    ``reading.readers.Unreadable``, ``registry.TextEmpty``, ``registry.KeptElsewhere``.
    """
    require_registrar(keeper, user=user, on=on)
    document = opened(
        submission.content, submission.source_name, is_declared=submission.is_declared
    )
    text = document.paper.text
    with transaction.atomic():
        take_turn("submission", client_key)
        known = ReadingRun.objects.filter(client_key=client_key, queued_by=user).first()
        if known and known.rendition.text == text:
            return known
        key = uuid7() if known else client_key  # another text in a form that was sent before
        take_turn("text", hashlib.sha256(submission.content).hexdigest())
        repeated = selectors.run_of_text(text=text, seen_by=user.pk, on=on)
        if repeated:
            return repeated
        return _keep(document, submission, keeper, user, key, on, at, rendition_of)


def refuse_secret(*, sha256: str, keeper: Unit, user: User, at: datetime) -> None:
    """Record that a text with a mark of secrecy was refused: who, when, its hash, no more."""
    journal.record(
        "text.refused_secret",
        keeper.named,
        actor=user.named,
        at=at,
        unit_uid=keeper.uid,
        data={"sha256": sha256},
    )


def _keep(
    opened_document: Opened,
    submission: Submission,
    keeper: Unit,
    user: User,
    client_key: UUID,
    on: date,
    at: datetime,
    rendition_of: Document | None,
) -> ReadingRun:
    text = opened_document.paper.text
    header = read_text(text[:HEADER_CHARACTERS]).header
    blob = _stored(opened_document, submission.content, user, at)
    document = rendition_of or registry.register_document(
        identity=_identity(header),
        title=_title(header, submission, text),
        language=header.language,
        keeper=keeper,
        user=user,
        on=on,
        at=at,
    )
    if not may_register(document.keeper, user=user, on=on):
        raise registry.KeptElsewhere(document.number)
    rendition = registry.add_rendition(
        document=document,
        kind=_kind_among(document, header.language, submission.kind),
        language=header.language,
        text=text,
        tables=opened_document.paper.tables,
        notes=opened_document.paper.notes,
        blob=blob,
        source_name=submission.source_name,
        actor=user.named,
        at=at,
    )
    run = ReadingRun.objects.create(
        rendition=rendition, queued_by=user, queued_at=at, client_key=client_key
    )
    journal.record("reading.queued", run.named, actor=user.named, at=at, unit_uid=keeper.uid)
    enqueue(run)
    return run


def _stored(document: Opened, content: bytes, user: User, at: datetime) -> Blob:
    """Keep the bytes, and what was declared about the parts that nobody could read."""
    blob = files.store(content=content, media_type=document.media_type, actor=user.named, at=at)
    unread = document.unread
    if unread:
        files.declare_no_secret(
            blob=blob, pages=unread.pages, pictures=unread.pictures, user=user, at=at
        )
    return blob


def _identity(header: Header) -> Identity:
    """Return what the head of a text says that it is."""
    return Identity(
        system=header.system or "press",
        type_code=header.type or "",
        number=header.number or "",
        issuer=units.unit_named(header.issuer or ""),
        issuer_text=header.issuer or "",
        issued_on=stated_day(header.issued),
    )


def _title(header: Header, submission: Submission, text: str) -> str:
    """Return what a document is called; one with a number needs no other name.

    Without a number the file's name stands for a title that could not be read, and for a pasted
    text its first line.
    """
    if header.title or header.number:
        return header.title or ""
    lines = (line.strip() for line in text.splitlines())
    return submission.source_name or next((line for line in lines if line), "")


def _kind_among(document: Document, language: str, kind: str) -> str:
    """Return what a text is to its document: in another language than the original, a translation.

    Its commitments are those of the original, and nobody should decide them twice.
    """
    held = document.renditions.filter(documents.belongs())
    originals = held.filter(kind=Rendition.Kind.ORIGINAL)
    spoken = set(originals.values_list("language", flat=True))
    if kind == Rendition.Kind.ORIGINAL and spoken and language not in spoken:
        return Rendition.Kind.TRANSLATION
    return kind
