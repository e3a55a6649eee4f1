"""Writes of relations: how one document stands to another."""

from datetime import datetime

from django.db import transaction

from lotrinh.apps.documents.models import Document, Relation, Rendition
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import SYSTEM, Named


@transaction.atomic
def relate(
    *,
    source: Document,
    target: Document,
    kind: str,
    rendition: Rendition | None,
    span: tuple[int, int] | None,
    actor: Named = SYSTEM,
    at: datetime,
) -> Relation | None:
    """State that ``source`` stands to ``target`` in ``kind``, once; nothing relates to itself."""
    if source.pk == target.pk:
        return None
    start, end = span or (None, None)
    relation, created = Relation.objects.get_or_create(
        source=source,
        target=target,
        kind=kind,
        defaults={"rendition": rendition, "start": start, "end": end},
    )
    if created:
        journal.record(
            "document.related",
            source.named,
            actor=actor,
            at=at,
            unit_uid=source.keeper.uid,
            data={"kind": kind, "target": str(target.uid)},
        )
    return relation
