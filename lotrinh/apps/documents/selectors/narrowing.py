"""What narrows the register: what a document is, who issued and keeps it, whether it is in force.

Each filter is a condition on the documents that the account may see; the units that are offered
to choose from are those of such documents alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from lotrinh.apps.documents.models import Document, Relation
from lotrinh.apps.documents.selectors.registry import visible
from lotrinh.apps.documents.selectors.texts import belongs
from lotrinh.apps.units.models import Unit
from lotrinh.rules.validity import EFFECTS, ENDS

HELD, CITED = "text", "cited"
"""Whether the text of a document is held, or it is only cited by others."""
_ENDING = tuple(kind for kind, effect in EFFECTS.items() if effect in ENDS)
_MOST_OFFERED = 200


@dataclass(frozen=True, slots=True)
class Filters:
    """By what the register is narrowed; an empty field narrows nothing."""

    system: str = ""
    type_code: str = ""
    issuer: UUID | None = None
    keeper: UUID | None = None
    year: int | None = None
    language: str = ""
    held: str = ""
    in_force: date | None = None


def narrowed(
    found: QuerySet[Document], filters: Filters, *, seen_by: int, on: date
) -> QuerySet[Document]:
    """Return those of the documents that fit every filter."""
    fields = {
        "system": filters.system,
        "type_code": filters.type_code,
        "issuer__uid": filters.issuer,
        "keeper__uid": filters.keeper,
        "year": filters.year,
        "language": filters.language,
    }
    found = found.filter(**{name: value for name, value in fields.items() if value})
    if filters.keeper:
        found = found.filter(is_stub=False)  # a stub is kept by nobody
    if filters.held:
        found = found.filter(is_stub=filters.held == CITED)
    if filters.in_force:
        found = in_force(found, as_of=filters.in_force, seen_by=seen_by, on=on)
    return found


def in_force(
    found: QuerySet[Document], *, as_of: date, seen_by: int, on: date
) -> QuerySet[Document]:
    """Return those of the documents that certainly stand on ``as_of``, changed in part or not.

    It is what `rules.validity` says of each: begun, and ended whole by no relation of which the
    account may see the cause. A document whose beginning or end nobody knows is left out.
    """
    seen = visible(seen_by=seen_by, on=on).order_by().values("pk")
    endings = (
        Relation.objects.filter(ended_at__isnull=True, kind__in=_ENDING, target_pinpoint="")
        .annotate(
            cause=Coalesce("source__merged_into_id", "source_id"),
            since=Coalesce(
                "effective_from",
                "source__merged_into__effective_from",
                "source__merged_into__issued_on",
                "source__effective_from",
                "source__issued_on",
            ),
            ended=Coalesce("target__merged_into_id", "target_id"),
        )
        .filter(belongs("rendition"))
        .filter(Q(cause__isnull=True) | Q(cause__in=seen))
        .filter(Q(since__isnull=True) | Q(since__lte=as_of))
        .exclude(cause=F("ended"))
    )
    begun = found.annotate(begins=Coalesce("effective_from", "issued_on")).filter(begins__lte=as_of)
    return begun.exclude(pk__in=endings.values("ended"))


def units_offered(found: QuerySet[Document], role: str) -> tuple[Unit, ...]:
    """Return the units that are ``issuer`` or ``keeper`` of these documents, in their order."""
    rows = found.filter(is_stub=False) if role == "keeper" else found
    ids: Iterable[int] = rows.order_by().values_list(role, flat=True).distinct()
    return tuple(Unit.objects.filter(pk__in=ids).order_by("sort_key", "pk")[:_MOST_OFFERED])
