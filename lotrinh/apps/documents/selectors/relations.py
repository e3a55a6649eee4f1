"""Reads of how documents stand to each other, and whether one is in force.

A stub that was merged is read as the document that it turned out to be. A relation counts for a
reader only where he may see the document that causes it: of one that he may not see he learns at
most what another document prints.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from lotrinh.apps.documents.models import Document, Relation
from lotrinh.apps.documents.selectors.registry import ids_of, visible
from lotrinh.apps.documents.selectors.texts import belongs
from lotrinh.rules.families import FAMILY, Edge
from lotrinh.rules.validity import EFFECTS, Stand, Suffered, validity_on

_UP, _DOWN = 4, 5
MOST = 300
"""How many documents a family holds at most."""
Step = tuple[int, int, str]
"""A relation of a family: (child, parent, kind)."""


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
    walk = _Walk(visible(seen_by=seen_by, on=on).order_by(), as_of)
    walk.names[document.pk] = ids_of(document)
    edges: dict[tuple[int, int, str], Edge] = {}
    above, front = {document.pk}, {document.pk}
    hidden: set[int] = set()
    for _step in range(_UP):
        steps = walk.upward(front)
        edges |= {step: Edge(*step) for step in steps}
        found = {parent for _child, parent, _kind in steps}
        hidden |= found - set(walk.names)
        front = _room((found & set(walk.names)) - above, above)
        above |= front
        if not front:
            break
    below, front, is_cut = set(above), set(above), False
    for _step in range(_DOWN):
        steps = walk.downward(front)
        shown = {child for child, _parent, _kind in steps} & set(walk.names)
        edges |= {step: Edge(*step) for step in steps if step[0] in shown}
        front = _room(shown - below, below)
        is_cut = is_cut or front != shown - below
        below |= front
        if not front:
            break
    rows = Document.objects.filter(pk__in=below | hidden).select_related("issuer")
    return Family(
        documents={row.pk: row for row in rows},
        edges=tuple(edges.values()),
        hidden=frozenset(hidden - below),
        is_cut=is_cut,
    )


def _standing() -> QuerySet[Relation]:
    """Return the relations that hold, each with its ends as merged stubs are read.

    Nobody ended them, and the text that states one is a text of its document still.
    """
    return Relation.objects.filter(belongs("rendition"), ended_at__isnull=True).annotate(
        source_now=Coalesce("source__merged_into_id", "source_id"),
        target_now=Coalesce("target__merged_into_id", "target_id"),
    )


class _Walk:
    """Steps from documents to those above or below, one query each.

    ``names`` holds by document id under which ids it is named, for those that the account may see.
    """

    def __init__(self, seen: QuerySet[Document], as_of: date) -> None:
        self.seen, self.as_of = seen, as_of
        self.names: dict[int, list[int]] = {}

    def upward(self, front: Iterable[int]) -> set[Step]:
        """Return the relations in which the documents name others."""
        return self._steps("source__in", front, "parent")

    def downward(self, front: Iterable[int]) -> set[Step]:
        """Return the relations in which others name the documents."""
        return self._steps("target__in", front, "child")

    def _steps(self, where: str, front: Iterable[int], other: str) -> set[Step]:
        named = [name for pk in front for name in self.names[pk]]
        rows = (
            Relation.objects.filter(ended_at__isnull=True, kind__in=FAMILY, source__isnull=False)
            .filter(belongs("rendition"), **{where: named})
            .annotate(
                child=Coalesce("source__merged_into_id", "source_id"),
                parent=Coalesce("target__merged_into_id", "target_id"),
                since=Coalesce("effective_from", "source__effective_from", "source__issued_on"),
            )
            .filter(Q(since__isnull=True) | Q(since__lte=self.as_of))
            .annotate(
                is_seen=Exists(self.seen.filter(pk=OuterRef(other))),
                stubs=ArraySubquery(
                    Document.objects.filter(merged_into=OuterRef(other)).values("pk")
                ),
            )
            .values_list("child", "parent", "kind", "is_seen", "stubs")
        )
        steps = set()
        for child, parent, kind, is_seen, stubs in rows[: 4 * MOST]:
            steps.add((child, parent, kind))
            if is_seen:
                end = parent if other == "parent" else child
                self.names.setdefault(end, [end, *stubs])
        return steps


def _room(found: set[int], held: set[int]) -> set[int]:
    """Return as many of the documents as a family still has room for, the earliest first."""
    return set(sorted(found)[: max(0, MOST - len(held))])


def _now(document: Document | None) -> Document | None:
    return (document.merged_into or document) if document is not None else None


def _since(row: Relation, source: Document | None) -> date | None:
    if row.effective_from is not None or source is None:
        return row.effective_from
    return source.effective_from or source.issued_on
