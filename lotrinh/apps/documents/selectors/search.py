"""Finding documents: by a number in any spelling, by words with or without marks.

What is found comes in three ranks: documents that bear the number, those whose heading says all
that was asked for, those whose text does; within a rank the newest comes first. The
account's own sight is part of every question, so neither ranks nor counts nor near numbers tell
of a document that it may not see.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet

from lotrinh.apps.documents.models import Clause, Document, Rendition, SearchEntry
from lotrinh.apps.documents.selectors.registry import NEWEST_FIRST, behind, visible
from lotrinh.reading import Asked, NumberKey, Passage, passage_of, read_asked, word_of
from lotrinh.reading.lexemes import quoted
from lotrinh.reading.slips import likely_counts, weight

NUMBER, HEADING, TEXT = 1, 2, 3
"""The ranks of what is found, best first."""
MOST_COUNTED = 200
"""How many finds are counted; of more only that much is said."""
_MOST_NEAR, _MOST_TRIED = 5, 2000

Row = tuple[int, Document]


@dataclass(frozen=True, slots=True)
class Search:
    """A question as it is answered to one account. ``is_loose``: marks were not held to.

    ``among`` are the documents that the account may see and that the filters leave.
    """

    asked: Asked
    is_loose: bool
    among: QuerySet[Document]

    @property
    def terms(self) -> tuple[tuple[str, ...], ...]:
        """All that may be marked where it stands."""
        return (*self.asked.mentions, *self.asked.terms)


@dataclass(frozen=True, slots=True)
class Shown:
    """The passage of a text in which the words stand; ``ordinal`` is that of its clause."""

    passage: Passage
    rendition_uid: UUID
    language: str
    ordinal: int | None


def search(*, typed: str, among: QuerySet[Document]) -> Search:
    """Return the question that was typed, to be asked among documents that the account may see.

    Where words typed with marks stand nowhere they are looked for by their letters alone.
    """
    asked = read_asked(typed)
    strict = Search(asked, False, among)
    if asked.is_empty or not _has_marks(asked) or _anything(strict):
        return strict
    return replace(strict, is_loose=True)


def found_page(found: Search, *, after: Document | None, most: int) -> list[Row]:
    """Return up to ``most`` finds with their ranks, from behind the document ``after`` on."""
    rows: list[Row] = []
    first, at = (rank_of(found, after), after) if after else (NUMBER, None)
    if first is None:
        return []
    for rank in (NUMBER, HEADING, TEXT):
        if rank < first or len(rows) >= most:
            continue
        ranked = _of_rank(found, rank)
        if rank == first and at is not None:
            ranked = behind(ranked, at)
        page = ranked.select_related("issuer", "keeper").order_by(*NEWEST_FIRST)
        rows += [(rank, row) for row in page[: most - len(rows)]]
    return rows


def rank_of(found: Search, document: Document) -> int | None:
    """Return the rank in which a document is found, or None where it is not."""
    ranks = (NUMBER, HEADING, TEXT)
    return next((r for r in ranks if _of_rank(found, r).filter(pk=document.pk).exists()), None)


def found_count(found: Search) -> int:
    """Return how many documents are found, counted up to ``MOST_COUNTED`` + 1."""
    if found.asked.is_empty:
        return 0
    conditions = Q(search_entry__words=_query(found))
    if found.asked.number:
        conditions |= _bears(found)
    rows = found.among.filter(conditions).order_by().values("pk")
    return rows[: MOST_COUNTED + 1].count()


def near_numbers(found: Search) -> tuple[Document, ...]:
    """Return visible documents of which a misspelt number may be meant, the likeliest first.

    There are none where a document bears the very number, and none for a mere figure.
    """
    number = found.asked.number
    if number is None or not number.count or not (number.series or found.asked.types):
        return ()
    if _of_rank(found, NUMBER).exists():
        return ()
    like = Q(search_entry__count__in=list(likely_counts(number.count)))
    if number.has_issuer:
        like &= Q(search_entry__series=number.series)
    elif number.series:
        like &= Q(search_entry__symbol=number.symbol)
    else:
        like &= Q(type_code__in=found.asked.types)
    if number.series:
        like |= Q(search_entry__count=number.count)
    rows = found.among.filter(like).order_by(*NEWEST_FIRST)
    parts = ("count", "year", "symbol", "series")
    tried = rows.values_list("pk", *(f"search_entry__{part}" for part in parts))[:_MOST_TRIED]
    weighed = [(weight(number, NumberKey(*key)), at, pk) for at, (pk, *key) in enumerate(tried)]
    slips = ((heavy, at, pk) for heavy, at, pk in weighed if heavy is not None)
    best = [pk for _heavy, _at, pk in sorted(slips)[:_MOST_NEAR]]
    near = found.among.select_related("issuer", "keeper").in_bulk(best)
    return tuple(near[pk] for pk in best)


def shown_passages(found: Search, documents: Iterable[Document]) -> dict[int, Shown]:
    """Return by document the passage of its text in which what was asked for stands.

    The caller has checked that the account may see them.
    """
    titles = {document.pk: document.title for document in documents}
    texts = Rendition.objects.filter(
        pk__in=SearchEntry.objects.filter(document__in=titles).values("rendition")
    )
    marks = not found.is_loose
    passages = {
        row: passage
        for row in texts
        if (
            passage := passage_of(
                row.text, found.terms, with_marks=marks, title=titles[row.document_id]
            )
        )
    }
    clauses = _clauses({row.pk: passage.start for row, passage in passages.items()})
    return {
        row.document_id: Shown(passage, row.uid, row.language, clauses.get(row.pk))
        for row, passage in passages.items()
    }


def marked_title(found: Search, title: str) -> tuple[tuple[str, bool], ...]:
    """Return a title in parts that say whether they were asked for."""
    passage = passage_of(title, found.terms, with_marks=not found.is_loose, whole=True)
    return passage.parts if passage else ((title, False),)


def in_registry(*, seen_by: int, on: date) -> QuerySet[Document]:
    """Return the documents among which the account may search that day: all that it may see."""
    return visible(seen_by=seen_by, on=on)


def _of_rank(found: Search, rank: int) -> QuerySet[Document]:
    if found.asked.is_empty or (rank == NUMBER and found.asked.number is None):
        return found.among.none()
    if rank == NUMBER:
        return found.among.filter(_bears(found))
    query = _query(found)
    rows = found.among.exclude(_bears(found)) if found.asked.number else found.among
    if rank == HEADING:
        return rows.filter(search_entry__heading=query)
    return rows.filter(search_entry__words=query).exclude(search_entry__heading=query)


def _bears(found: Search) -> Q:
    """Return the condition of bearing the number, and of holding whatever else was asked for."""
    number = found.asked.number or NumberKey("")
    bears = Q(search_entry__count=number.count) if number.count else Q()
    if number.has_issuer:
        bears &= Q(search_entry__series=number.series)
    elif number.series:
        bears &= Q(search_entry__symbol=number.symbol)
    elif found.asked.types:
        bears &= Q(type_code__in=found.asked.types)
    if number.year:
        bears &= Q(search_entry__year__in=["", number.year])
    if found.asked.terms:
        rest = _all_of(found.asked.terms, is_loose=found.is_loose)
        bears &= Q(search_entry__words=_tsquery(rest))
    return bears


def _anything(found: Search) -> bool:
    return any(_of_rank(found, rank).exists() for rank in (NUMBER, HEADING, TEXT))


def _has_marks(asked: Asked) -> bool:
    return any(word_of(word).is_marked for term in asked.terms for word in term)


def _query(found: Search) -> SearchQuery:
    parts = [_all_of(found.asked.terms, is_loose=found.is_loose)] if found.asked.terms else []
    mentions = [_phrase(term, is_loose=True) for term in found.asked.mentions]
    if mentions:
        parts.append(f"({' | '.join(mentions)})")
    return _tsquery(" & ".join(parts))


def _all_of(terms: Iterable[tuple[str, ...]], *, is_loose: bool) -> str:
    return " & ".join(_phrase(term, is_loose=is_loose) for term in terms)


def _phrase(term: tuple[str, ...], *, is_loose: bool) -> str:
    """Return the words as they follow each other; they are letters and digits and nothing else."""
    words = [word_of(word) for word in term]
    forms = [word.marked if word.is_marked and not is_loose else word.bare for word in words]
    return "(" + " <-> ".join(quoted(form) for form in forms) + ")"


class _Words(SearchQuery):
    """A question as it is: the words were made by `reading.lexemes` and need no parser."""

    def as_sql(self, compiler: Any, connection: Any, *_shape: Any, **_given: Any) -> Any:
        return super().as_sql(compiler, connection, template="%(expressions)s::tsquery")


def _tsquery(said: str) -> SearchQuery:
    return _Words(said, search_type="raw")


def _clauses(places: dict[int, int]) -> dict[int, int]:
    """Return by text the ordinal of the clause in which a place of it lies."""
    if not places:
        return {}
    wanted = Q()
    for rendition, start in places.items():
        wanted |= Q(rendition=rendition, start__lte=start, end__gt=start)
    rows = Clause.objects.filter(wanted).order_by("-ordinal")
    return dict(rows.values_list("rendition_id", "ordinal"))
