"""The next of kin of a document: what it belongs to, what belongs to it, and its siblings."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from lotrinh.apps.documents.models import Document, Relation
from lotrinh.apps.documents.selectors.registry import visible
from lotrinh.apps.documents.selectors.texts import belongs
from lotrinh.rules.families import FAMILY


def next_of_kin(*, document: Document, seen_by: int, on: date) -> QuerySet[Document]:
    """Return the documents of the family at most two steps away that the account may see.

    Two steps lead from an annex to another annex of the same plan. Stubs, whose text nobody has,
    are none, nor is the document itself. Nothing is asked yet: the caller asks with its own query.
    """
    near = _steps(Q(source_now=document.pk) | Q(target_now=document.pk))
    ends = near.values("source_now"), near.values("target_now")
    around = Q(pk__in=())
    for found in ends:
        around |= Q(source_now__in=found) | Q(target_now__in=found)
    far = _steps(around)
    kin = Q(pk__in=far.values("source_now")) | Q(pk__in=far.values("target_now"))
    seen = visible(seen_by=seen_by, on=on).filter(kin, is_stub=False)
    return seen.exclude(pk=document.pk).order_by()


def _steps(where: Q) -> QuerySet[Any]:
    standing: QuerySet[Any] = Relation.objects.filter(
        belongs("rendition"), ended_at__isnull=True, kind__in=FAMILY
    ).annotate(
        source_now=Coalesce("source__merged_into_id", "source_id"),
        target_now=Coalesce("target__merged_into_id", "target_id"),
    )
    return standing.filter(where, source_now__isnull=False).order_by()
