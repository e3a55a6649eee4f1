"""Reads of how documents stand to each other, and whether one is in force.

A stub that was merged is read as the document that it turned out to be. A relation counts for a
reader only where he may see the document that causes it: of one that he may not see he learns at
most what another document prints.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from lotrinh.apps.documents.models import Document, Relation
from lotrinh.apps.documents.selectors.registry import ids_of, visible
from lotrinh.rules.families import FAMILY, Edge
from lotrinh.rules.validity import EFFECTS, Stand, Suffered, validity_on

_UP, _DOWN = 4, 6
MOST = 300
"""How many documents a family holds at most."""


@dataclass(frozen=True, slots=True)
class RelatedDocument:
    """The other end of a relation; ``outgoing`` says that the asked document names it.

    ``document`` is None where only the effect is known. ``is_seen``: the account that asked may
    see that other end. ``since`` is the first day on which the relation holds, None if unknown.
    """

    document: Document | None
    kind: str
    outgoing: bool
    is_seen: bool
    start: int | None
    end: int | None
    relation: Relation
    since: date | None


@dataclass(frozen=True, slots=True)
class Family:
    """Documents that lead to each other; ``hidden`` are those of which only the number shows."""

    documents: dict[int, Document]
    edges: tuple[Edge, ...]
    hidden: frozenset[int]
    is_cut: bool


def related(*, document: Document, seen_by: int, on: date) -> tuple[RelatedDocument, ...]:
    """Return what the document names and what names it, upward first, as relations stand now.

    Each says whether the account may see the other end: of one that it may not see the caller
    prints at most what the document itself prints.
    """
    own = ids_of(document)
    here = Q(source__in=own) | Q(target__in=own)
    seen = visible(seen_by=seen_by, on=on).order_by()
    rows = (
        _standing()
        .filter(here)
        .annotate(
            source_is_seen=Exists(seen.filter(pk=OuterRef("source_now"))),
            target_is_seen=Exists(seen.filter(pk=OuterRef("target_now"))),
        )
        .select_related(
            "source__merged_into", "target__merged_into", "source__issuer", "target__issuer"
        )
        .order_by("kind", "id")
    )
    found: dict[tuple[object, ...], RelatedDocument] = {}
    for row in rows:
        source, target = _now(row.source), _now(row.target)
        outgoing = source is not None and source.pk == document.pk
        other = target if outgoing else source
        if other is not None and other.pk == document.pk:
            continue
        end = RelatedDocument(
            document=other,
            kind=row.kind,
            outgoing=outgoing,
            is_seen=other is None or (row.target_is_seen if outgoing else row.source_is_seen),
            start=row.start,
            end=row.end,
            relation=row,
            since=_since(row, source),
        )
        points = (row.source_pinpoint, row.target_pinpoint)
        found.setdefault((other.pk if other else None, row.kind, outgoing, *points), end)
    return tuple(sorted(found.values(), key=lambda other: not other.outgoing))


def stand_of(document: Document, rows: Iterable[RelatedDocument], *, as_of: date) -> Stand:
    """Return whether a document is in force on ``as_of``, from what ``related`` gave of it.

    The cause of each effect is the row of the relation.
    """
    suffered = [
        Suffered(EFFECTS[row.kind], row.since, bool(row.relation.target_pinpoint), row)
        for row in rows
        if not row.outgoing and row.is_seen and row.kind in EFFECTS
    ]
    return validity_on(document.effective_from or document.issued_on, suffered, on=as_of)


def ended_relations(*, document: Document, seen_by: int, on: date) -> tuple[Relation, ...]:
    """Return the relations of a document that were withdrawn or put right, the latest first."""
    seen = visible(seen_by=seen_by, on=on).order_by()
    own = ids_of(document)
    here = Q(source__in=own) | Q(target__in=own)
    rows = Relation.objects.filter(here, ended_at__isnull=False)
    rows = rows.filter(Q(source__isnull=True) | Q(source__in=seen), target__in=seen)
    return tuple(rows.select_related("source", "target", "ended_by").order_by("-ended_at"))


def relation_by_uid(uid: UUID, *, seen_by: int, on: date) -> Relation | None:
    """Return the relation, or None where it is missing or one of its ends may not be seen."""
    seen = visible(seen_by=seen_by, on=on).order_by()
    rows = (
        Relation.objects.annotate(
            source_now=Coalesce("source__merged_into_id", "source_id"),
            target_now=Coalesce("target__merged_into_id", "target_id"),
        )
        .filter(Q(source__isnull=True) | Exists(seen.filter(pk=OuterRef("source_now"))))
        .filter(Exists(seen.filter(pk=OuterRef("target_now"))))
    )
    ends = ("source__keeper", "target__keeper", "rendition__document", "stated_by", "ended_by")
    return rows.filter(uid=uid).select_related(*ends).first()


def family_of(*, document: Document, as_of: date, seen_by: int, on: date) -> Family:
    """Return the documents above this one and all that follow from them, as known on ``as_of``.

    What holds only from a later day is left out; where no day is known it belongs. Nothing is
    followed through a document that the account may not see; of one that a seen one names only its
    number is known. ``is_cut``: the family is larger than a page prints.
    """
    seen = visible(seen_by=seen_by, on=on).order_by()
    edges: dict[tuple[int, int, str], Edge] = {}
    above, front = {document.pk}, {document.pk}
    hidden: set[int] = set()
    for _step in range(_UP):
        steps = _steps(Q(source__in=_named_by(front)), as_of=as_of)
        found = {parent for _child, parent, _kind in steps}
        blind = found - _seen_among(seen, found)
        hidden |= blind
        edges |= {step: Edge(*step) for step in steps}
        front = found - blind - above
        above |= front
        if not front:
            break
    below, front = set(above), set(above)
    for _step in range(_DOWN):
        steps = _steps(Q(target__in=_named_by(front)), as_of=as_of)
        named = {child for child, _parent, _kind in steps}
        shown = _seen_among(seen, named)
        edges |= {step: Edge(*step) for step in steps if step[0] in shown}
        front = shown - below
        below |= front
        if not front or len(below) > MOST:
            break
    rows = Document.objects.filter(pk__in=below | hidden).select_related("issuer")
    return Family(
        documents={row.pk: row for row in rows},
        edges=tuple(edges.values()),
        hidden=frozenset(hidden - below),
        is_cut=len(below) > MOST,
    )


def _standing() -> QuerySet[Relation]:
    """Return the relations that nobody ended, each with its ends as merged stubs are read."""
    return Relation.objects.filter(ended_at__isnull=True).annotate(
        source_now=Coalesce("source__merged_into_id", "source_id"),
        target_now=Coalesce("target__merged_into_id", "target_id"),
    )


def _steps(wanted: Q, *, as_of: date) -> set[tuple[int, int, str]]:
    """Return the relations of families as (child, parent, kind), as far as they hold that day."""
    since = Coalesce("effective_from", "source__effective_from", "source__issued_on")
    rows = (
        Relation.objects.filter(ended_at__isnull=True, kind__in=FAMILY, source__isnull=False)
        .annotate(
            child=Coalesce("source__merged_into_id", "source_id"),
            parent=Coalesce("target__merged_into_id", "target_id"),
            since=since,
        )
        .filter(wanted)
        .filter(Q(since__isnull=True) | Q(since__lte=as_of))
        .values_list("child", "parent", "kind")
    )
    return {(child, parent, kind) for child, parent, kind in rows[: 4 * MOST]}


def _named_by(ids: set[int]) -> QuerySet[Any]:
    """Return the ids under which these documents are named, those of merged stubs among them."""
    return Document.objects.filter(Q(pk__in=ids) | Q(merged_into__in=ids)).values("pk")


def _seen_among(seen: QuerySet[Document], ids: set[int]) -> set[int]:
    return set(seen.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()


def _now(document: Document | None) -> Document | None:
    return (document.merged_into or document) if document is not None else None


def _since(row: Relation, source: Document | None) -> date | None:
    if row.effective_from is not None or source is None:
        return row.effective_from
    return source.effective_from or source.issued_on
