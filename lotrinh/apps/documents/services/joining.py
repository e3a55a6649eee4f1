"""A document that came in as one of its own turns out to be another text of one that is known."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from lotrinh.apps.accounts.models import User
from lotrinh.apps.documents.models import Document, JoinedText, Rendition
from lotrinh.apps.documents.rights import require_keeper
from lotrinh.apps.documents.selectors import belongs
from lotrinh.apps.documents.services.searching import renew_search
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.turns import take_turn


class NotJoinable(Exception):
    """One of the two stands for another document already, or they are one."""


@transaction.atomic
def join_document(
    *, document: Document, into: Document, kind: str, user: User, on: date, at: datetime
) -> tuple[Rendition, ...]:
    """Let a document be ``into``, and its texts further texts of that one, of this ``kind``.

    Nothing is moved: the texts are kept there once more, for as long as the two are one
    (``unmerge_stub``), and what pointed to the document leads to the other from now on. Return the
    texts as they stand there, in the order in which they came.
    Raises NotAllowed, NotJoinable.
    """
    for pk in sorted((document.pk, into.pk)):
        take_turn("joining documents", pk)
    rows = Document.objects.select_for_update(of=("self",)).select_related("keeper")
    pair = {row.pk: row for row in rows.filter(pk__in=[document.pk, into.pk]).order_by("pk")}
    row, other = pair[document.pk], pair[into.pk]
    for each in (row, other):
        require_keeper(each, user=user, on=on)
        if each.merged_into_id is not None or row.pk == other.pk:
            raise NotJoinable(str(each.uid))
    texts = row.renditions.filter(belongs()).order_by("id")
    there = tuple(_kept_there(text, other, kind, user=user, at=at) for text in texts)
    row.is_stub = True
    gone = [row, *Document.objects.filter(merged_into=row).order_by("pk")]
    for one in gone:
        one.merged_into = other
        one.save(update_fields=["merged_into", "is_stub"])
    renew_search(documents=[one.pk for one in (other, *gone)])
    journal.record(
        "document.joined",
        row.named,
        actor=user.named,
        at=at,
        unit_uid=row.keeper.uid,
        data={"into": str(other.uid), "kind": kind, "texts": len(there)},
    )
    return there


def _kept_there(
    text: Rendition, into: Document, kind: str, *, user: User, at: datetime
) -> Rendition:
    """Keep a text with another document too; the same text there is the one already kept."""
    origins = [joined.origin for joined in text.joined.select_related("origin")] or [text]
    known = Rendition.objects.filter(document=into, sha256=text.sha256).first()
    if known is not None:
        if known.joined.exists():  # without it, it is a text of that document by itself
            _belongs_by(known, origins, at=at)
        return known
    made = Rendition.objects.create(
        document=into,
        kind=kind,
        language=text.language,
        text=text.text,
        tables=text.tables,
        notes=text.notes,
        sha256=text.sha256,
        blob=text.blob,
        source_name=text.source_name,
        added_at=at,
    )
    _belongs_by(made, origins, at=at)
    journal.record(
        "rendition.added",
        into.named,
        actor=user.named,
        at=at,
        unit_uid=into.keeper.uid,
        data={"kind": kind, "language": text.language, "sha256": text.sha256},
    )
    return made


def _belongs_by(rendition: Rendition, origins: Iterable[Rendition], *, at: datetime) -> None:
    """Write because of which texts this one is kept; what is written already stays."""
    JoinedText.objects.bulk_create(
        [JoinedText(rendition=rendition, origin=origin, at=at) for origin in origins],
        ignore_conflicts=True,
    )
