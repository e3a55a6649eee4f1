"""Reads of the registry, each as one account may see it on one day.

A document is seen by those who may read documents at the unit that keeps it or at a unit it was
sent to. A stub holds nothing but what other documents print of it, so everyone who can sign in
sees it.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from lotrinh.apps.documents.models import Clause, Document, DocumentType, Relation, Rendition
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.why import Places


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


def visible(*, seen_by: int, on: date) -> QuerySet[Document]:
    """Return the documents that the account may see that day, latest registration first."""
    reach = units.reach(user_id=seen_by, action=Action.READ_DOCUMENT, on=on)
    mine = Q(keeper__in=reach) | Q(recipients__unit__in=reach) | Q(is_stub=True)
    return (
        Document.objects.filter(pk__in=Document.objects.filter(mine).values("pk"))
        .select_related("issuer", "keeper")
        .order_by("-registered_at", "-id")
    )


def may_read(*, document: Document, seen_by: int, on: date) -> bool:
    """Say whether the account may see this document that day."""
    return visible(seen_by=seen_by, on=on).filter(pk=document.pk).exists()


def document_by_uid(uid: UUID, *, seen_by: int, on: date) -> Document | None:
    """Return the document, or None where it is missing or may not be seen."""
    return visible(seen_by=seen_by, on=on).filter(uid=uid).first()


def judged_at(*, uid: UUID, action: Action) -> Places | None:
    """Return where a right over the document is judged; None where there is no such document.

    It is read where it is kept and where it was sent to; all else is for those who keep it.
    """
    document = Document.objects.filter(uid=uid).first()
    if document is None:
        return None
    if action != Action.READ_DOCUMENT:
        return Places((document.keeper_id,))
    sent_to = document.recipients.order_by("id").values_list("unit_id", flat=True)
    return Places((document.keeper_id, *sent_to), for_everyone=document.is_stub)


def matching(*, words: str, with_cited: bool, seen_by: int, on: date) -> QuerySet[Document]:
    """Return the visible documents whose number or title holds ``words``; empty words match all.

    Documents that are only cited elsewhere are among them where ``with_cited`` says so.
    """
    found = visible(seen_by=seen_by, on=on)
    if not with_cited:
        found = found.filter(is_stub=False)
    if words:
        found = found.filter(Q(number__icontains=words) | Q(title__icontains=words))
    return found


def registered_before(found: QuerySet[Document], uid: UUID) -> QuerySet[Document]:
    """Return what follows the document ``uid`` in the order of ``visible``: the next page."""
    last = found.filter(uid=uid).values_list("registered_at", "pk").first()
    if last is None:
        return found.none()
    at, pk = last
    return found.filter(Q(registered_at__lt=at) | Q(registered_at=at, pk__lt=pk))


def renditions_of(*, document: Document) -> tuple[Rendition, ...]:
    """Return the texts of a document that the caller may see, the original first."""
    order = {kind: rank for rank, kind in enumerate(Rendition.Kind.values)}
    return tuple(
        sorted(document.renditions.order_by("id"), key=lambda found: order.get(found.kind, 9))
    )


def clauses_of(*, rendition: Rendition) -> tuple[Clause, ...]:
    """Return the clauses of a text in its order."""
    return tuple(rendition.clauses.order_by("ordinal"))


def clause_at(*, rendition: Rendition, start: int, end: int) -> Clause | None:
    """Return the clause in which the span begins, or None where the text has no clause there."""
    return rendition.clauses.filter(start__lte=start, end__gt=start).order_by("ordinal").first()


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


def types_on(*, on: date) -> tuple[DocumentType, ...]:
    """Return the document types in force on that day."""
    return tuple(DocumentType.objects.filter(valid__contains=on).order_by("system", "code"))


def type_names(*, on: date) -> dict[tuple[str, str], DocumentType]:
    """Return the types in force on that day by (system, code)."""
    return {(row.system, row.code): row for row in types_on(on=on)}


def same_text(*, sha256: str, seen_by: int, on: date) -> Rendition | None:
    """Return a text with this digest that the account may already see, or None."""
    return (
        Rendition.objects.filter(sha256=sha256, document__in=visible(seen_by=seen_by, on=on))
        .select_related("document")
        .first()
    )
