"""Reads of how documents stand to each other."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from lotrinh.apps.documents.models import Document, Relation
from lotrinh.apps.documents.selectors.registry import visible


@dataclass(frozen=True, slots=True)
class RelatedDocument:
    """The other end of a relation; ``outgoing`` says that the asked document names it.

    ``is_seen``: the account that asked may see that other end.
    """

    document: Document
    kind: str
    outgoing: bool
    is_seen: bool
    start: int | None
    end: int | None


def related(*, document: Document, seen_by: int, on: date) -> tuple[RelatedDocument, ...]:
    """Return what the document names and what names it, upward first.

    Each says whether the account may see the other end: of one that it may not see the caller
    prints at most what the document itself prints.
    """
    seen = visible(seen_by=seen_by, on=on).order_by()
    rows = (
        Relation.objects.filter(Q(source=document) | Q(target=document))
        .annotate(
            source_is_seen=Exists(seen.filter(pk=OuterRef("source_id"))),
            target_is_seen=Exists(seen.filter(pk=OuterRef("target_id"))),
        )
        .select_related("source", "target")
        .order_by("kind", "id")
    )
    found = (
        RelatedDocument(
            document=row.target if row.source_id == document.pk else row.source,
            kind=row.kind,
            outgoing=row.source_id == document.pk,
            is_seen=row.target_is_seen if row.source_id == document.pk else row.source_is_seen,
            start=row.start,
            end=row.end,
        )
        for row in rows
    )
    return tuple(sorted(found, key=lambda other: not other.outgoing))
