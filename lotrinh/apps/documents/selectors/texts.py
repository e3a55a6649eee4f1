"""Reads of the texts of a document: which there are, which one counts, who verified it."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from lotrinh.apps.documents.models import (
    Clause,
    Document,
    JoinedText,
    Rendition,
    TextChoice,
    Verification,
)
from lotrinh.apps.documents.selectors.registry import visible

_HOLDS = Q(origin__document=F("rendition__document")) | Q(
    origin__document__merged_into=F("rendition__document")
)
"""That a text which was joined is one of the document with which it was kept."""
_RANK = Case(
    *(When(kind=kind, then=Value(rank)) for rank, kind in enumerate(Rendition.Kind.values)),
    default=Value(9),
)


def belongs(rendition: str = "pk") -> Q:
    """Return the condition that a text is one of its document, for a query over many rows.

    One that came along when two documents were said to be one is, as long as they are taken for
    one; afterwards it is with its own document alone. ``rendition`` is the path from such a row to
    its text; a row without one fulfils the condition.
    """
    joined = JoinedText.objects.filter(rendition=OuterRef(rendition))
    return Q(~Exists(joined)) | Q(Exists(joined.filter(_HOLDS)))


def text_that_counts(document: Document) -> Rendition | None:
    """Return the text of a document from which its desk reads, or None where none is held.

    It is the one that a person took last, else the first original that came in; a second file of
    the same number changes nothing by itself. Without an original the first other text counts.
    """
    return (
        document.renditions.annotate(counts=counting_text("document"))
        .filter(pk=F("counts"))
        .first()
    )


def counting_text(document_id: str) -> Coalesce:
    """Return the id of ``text_that_counts`` as an expression for a query over many rows.

    ``document_id`` is the path from such a row to its document ("pk", "rendition__document").
    """
    taken = TextChoice.objects.filter(document=OuterRef(document_id)).order_by("-turn")
    first = Rendition.objects.filter(document=OuterRef(document_id)).order_by(_RANK, "id")
    taken, first = taken.filter(belongs("rendition")), first.filter(belongs())
    return Coalesce(
        Subquery(taken.values("rendition")[:1]),
        Subquery(first.values("pk")[:1]),
        output_field=BigIntegerField(),
    )


def renditions_of(*, document: Document) -> tuple[Rendition, ...]:
    """Return the texts of a document that the caller may see: the one that counts, then by kind.

    Each with ``is_verified``: somebody held it against the signed copy.
    """
    verified = Exists(Verification.objects.filter(rendition=OuterRef("pk")))
    rows = document.renditions.filter(belongs())
    rows = rows.annotate(counts=counting_text("document"), is_verified=verified)
    order = {kind: rank for rank, kind in enumerate(Rendition.Kind.values)}
    return tuple(
        sorted(
            rows.order_by("id"),
            key=lambda found: (found.pk != found.counts, order.get(found.kind, 9)),
        )
    )


def rendition_by_uid(uid: UUID, *, seen_by: int, on: date) -> Rendition | None:
    """Return the text, or None where it is missing or its document may not be seen."""
    rows = _seen(seen_by=seen_by, on=on).filter(uid=uid)
    return rows.select_related("document__keeper").first()


def text_elsewhere(uid: UUID, *, seen_by: int, on: date) -> Rendition | None:
    """Return where a text is now that was kept with another document for a time, word for word.

    None where there is none that the account may see.
    """
    origins = JoinedText.objects.filter(rendition__uid=uid).values("origin")
    rows = _seen(seen_by=seen_by, on=on).filter(pk__in=origins)
    return rows.select_related("document").order_by("id").first()


def texts_only_by(*, document: Document) -> QuerySet[Rendition]:
    """Return the texts that another document has only because this one is taken for it."""
    joined = JoinedText.objects.filter(_HOLDS, rendition=OuterRef("pk"))
    rows = Rendition.objects.filter(
        Exists(joined.filter(origin__document=document)), document=document.merged_into_id
    )
    return rows.exclude(Exists(joined.exclude(origin__document=document)))


def clauses_of(*, rendition: Rendition) -> tuple[Clause, ...]:
    """Return the clauses of a text in its order."""
    return tuple(rendition.clauses.order_by("ordinal"))


def clause_at(*, rendition: Rendition, start: int, end: int) -> Clause | None:
    """Return the clause in which the span begins, or None where the text has no clause there."""
    return rendition.clauses.filter(start__lte=start, end__gt=start).order_by("ordinal").first()


def clauses_at(*, rendition: Rendition, starts: Iterable[int]) -> dict[int, int]:
    """Return by start of a span the id of its ``clause_at``; spans without a clause are absent."""
    rows = rendition.clauses.order_by("ordinal").values_list("start", "end", "pk")
    held = tuple(rows)
    found = {}
    for start in starts:
        clause = next((pk for begin, end, pk in held if begin <= start < end), None)
        if clause is not None:
            found[start] = clause
    return found


def same_text(*, sha256: str, seen_by: int, on: date) -> Rendition | None:
    """Return a text with this digest that the account may already see, or None."""
    rows = _seen(seen_by=seen_by, on=on).filter(sha256=sha256)
    return rows.select_related("document").first()


def text_choices_of(*, document: Document) -> tuple[TextChoice, ...]:
    """Return when which text was taken for the one that counts, oldest first."""
    return tuple(document.text_choices.select_related("rendition", "by").order_by("turn"))


def verifications_of(renditions: Iterable[Rendition]) -> dict[int, tuple[Verification, ...]]:
    """Return by text id who held it against the signed copy, oldest first; others are absent."""
    found: dict[int, tuple[Verification, ...]] = {}
    rows = Verification.objects.filter(rendition__in=list(renditions)).select_related("by")
    for row in rows.order_by("id"):
        found[row.rendition_id] = (*found.get(row.rendition_id, ()), row)
    return found


def _seen(*, seen_by: int, on: date) -> QuerySet[Rendition]:
    """Return the texts of the documents that the account may see."""
    return Rendition.objects.filter(belongs(), document__in=visible(seen_by=seen_by, on=on))
