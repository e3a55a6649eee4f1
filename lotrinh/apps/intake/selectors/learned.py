"""Names that were learned: what a name means in documents of one issuer, said by whom and where.

Nothing is weighed. A name holds from the decision that said it until that decision is undone or
somebody ends it; of one person only the last word counts; and where two persons say different
units, the name means none of them until people agree.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lotrinh.apps.documents import selectors as documents
from lotrinh.apps.documents.models import Document
from lotrinh.apps.intake.models import Decision, LearnedName
from lotrinh.apps.journal import selectors as journal
from lotrinh.rules.names import name_key

MOST_LISTED = 100
_DOCUMENT = "decision__candidate__run__rendition__document"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name was said to mean, the first that said so first; several units are a conflict."""

    said: tuple[LearnedName, ...]

    @property
    def unit_ids(self) -> tuple[int, ...]:
        """The different units that were said, in the order in which they were."""
        return tuple(dict.fromkeys(row.unit_id for row in self.said))

    @property
    def agreed(self) -> LearnedName | None:
        """The name as it was learned first; None where people disagree."""
        return self.said[0] if len(self.unit_ids) == 1 else None


def scope_of(document: Document) -> dict[str, Any]:
    """Return whose documents share the names of this one: its issuer's, else its keeper's."""
    scope = LearnedName.Scope
    if document.issuer_id is not None:
        return {"scope": scope.ISSUER, "scope_unit_id": document.issuer_id, "scope_words": ""}
    if document.issuer_key:
        printed = {"scope_unit_id": None, "scope_words": document.issuer_key}
        return {"scope": scope.ISSUER_PRINTED, **printed}
    return {"scope": scope.KEEPER, "scope_unit_id": document.keeper_id, "scope_words": ""}


def meanings_of(names: Iterable[str], *, document: Document) -> dict[str, Meaning]:
    """Return what names mean in documents like this one; names that nobody taught are absent."""
    return _meanings(names, document, holding_names().select_related("unit"))


def meanings_told(
    names: Iterable[str], *, document: Document, seen_by: int, on: date
) -> dict[str, Meaning]:
    """Return what ``meanings_of`` does, each row with who said so and in which document.

    ``by_name`` is the name of that person, ``is_seen`` whether the account may see the document,
    which ``document_of`` gives.
    """
    seen = documents.visible(seen_by=seen_by, on=on).order_by()
    rows = _with_documents(holding_names().select_related("unit")).annotate(
        is_seen=Exists(seen.filter(pk=OuterRef(_DOCUMENT))), by_name=journal.kept_name("by__uid")
    )
    return _meanings(names, document, rows)


def _meanings(
    names: Iterable[str], document: Document, rows: QuerySet[LearnedName]
) -> dict[str, Meaning]:
    keys = {name: name_key(name) for name in names}
    if not keys:
        return {}
    rows = rows.filter(**scope_of(document), key__in=set(keys.values()))
    last: dict[str, dict[int, LearnedName]] = {}
    for row in rows.order_by("id"):
        last.setdefault(row.key, {})[row.by_id] = row
    return {
        name: Meaning(tuple(sorted(last[key].values(), key=lambda row: row.pk)))
        for name, key in keys.items()
        if key in last
    }


def holding_names() -> QuerySet[LearnedName]:
    """Return the learned names that nobody ended and whose decision was not undone."""
    return LearnedName.objects.filter(~_undone("decision"), ending__isnull=True)


def learned_names(*, seen_by: int, on: date) -> Sequence[LearnedName]:
    """Return the latest learned names of documents that the account may see, latest first.

    Ended and undone ones too: each has ``used``, how often its unit was taken, and ``is_undone``.
    """
    seen = documents.visible(seen_by=seen_by, on=on).order_by()
    rows = _listed().filter(**{f"{_DOCUMENT}__in": seen})
    return tuple(rows.order_by("-id")[:MOST_LISTED])


def learned_name(uid: UUID, *, seen_by: int, on: date) -> LearnedName | None:
    """Return the learned name, or None where it is missing or its document may not be seen."""
    seen = documents.visible(seen_by=seen_by, on=on).order_by()
    return _listed().filter(uid=uid, **{f"{_DOCUMENT}__in": seen}).first()


def conflicts_among(rows: Iterable[LearnedName]) -> frozenset[int]:
    """Return the ids of those names for which somebody else has said another unit."""
    mine = list(rows)
    others: dict[tuple[Any, ...], dict[int, LearnedName]] = {}
    for row in holding_names().filter(key__in={row.key for row in mine}).order_by("id"):
        others.setdefault(_place(row), {})[row.by_id] = row
    return frozenset(
        row.pk
        for row in mine
        if (said := others.get(_place(row), {}))
        and said.get(row.by_id) == row
        and len({one.unit_id for one in said.values()}) > 1
    )


def document_of(row: LearnedName) -> Document:
    """Return the document in which a name was learned."""
    return row.decision.candidate.run.rendition.document


def _place(row: LearnedName) -> tuple[Any, ...]:
    return row.scope, row.scope_unit_id, row.scope_words, row.key


def _listed() -> "QuerySet[LearnedName]":
    used = Q(uses__isnull=False) & ~Q(_undone("uses__decision"))
    rows = LearnedName.objects.select_related("unit", "scope_unit", "ending")
    return _with_documents(rows).annotate(
        used=Count("uses", filter=used),
        is_undone=_undone("decision"),
        by_name=journal.kept_name("by__uid"),
        ended_by_name=journal.kept_name("ending__by__uid"),
    )


def _with_documents(rows: QuerySet[LearnedName]) -> QuerySet[LearnedName]:
    """Return the rows with their documents, and without the long texts on the way there."""
    run = "decision__candidate__run"
    long = (f"{run}__facts", f"{run}__rendition__text", f"{run}__rendition__tables")
    return rows.select_related(f"{_DOCUMENT}__keeper").defer(*long)


def _undone(path: str) -> Exists:
    """Return whether the decision at this path is not the last turn of its proposal any more."""
    later = Decision.objects.filter(
        candidate=OuterRef(f"{path}__candidate"), turn__gt=OuterRef(f"{path}__turn")
    )
    return Exists(later)
