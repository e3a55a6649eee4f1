"""Finding documents: by a number in any spelling, by words with or without marks.

What is found comes in three ranks: documents that bear the number, those whose heading says all
that was asked for, those whose text does; within a rank the newest comes first. The
account's own sight is part of every question, so neither ranks nor counts nor near numbers tell
of a document that it may not see.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from lotrinh.apps.documents.models import Clause, Document, Rendition, SearchEntry
from lotrinh.apps.documents.selectors import ranking
from lotrinh.apps.documents.selectors.asking import has_marks
from lotrinh.apps.documents.selectors.ranking import FEW, NUMBER, Question
from lotrinh.apps.documents.selectors.registry import NEWEST_FIRST, in_order, visible
from lotrinh.reading import Asked, NumberKey, Passage, passage_of, read_asked
from lotrinh.reading.slips import likely_counts, weight

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
    question: Question

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


def search(*, typed: str, among: QuerySet[Document], few: int = FEW) -> Search:
    """Return the question that was typed, to be asked among documents that the account may see.

    Where words typed with marks stand nowhere they are looked for by their letters alone. ``few``
    changes the way in which is searched, never what is found.
    """
    asked = read_asked(typed)
    strict = Search(asked, False, among, ranking.put(asked, among, is_loose=False, few=few))
    if asked.is_empty or not has_marks(asked) or ranking.finds(strict.question, after=None, most=1):
        return strict
    return Search(asked, True, among, ranking.put(asked, among, is_loose=True, few=few))


def found_page(found: Search, *, after: Document | None, most: int) -> list[Row]:
    """Return up to ``most`` finds with their ranks, from behind the document ``after`` on."""
    page = ranking.finds(found.question, after=after, most=most)
    ranks = {pk: rank for rank, pk in page}
    return [(ranks[row.pk], row) for row in in_order(list(ranks))]


def found_count(found: Search) -> int:
    """Return how many documents are found, counted up to ``MOST_COUNTED`` + 1."""
    return ranking.count(found.question, most=MOST_COUNTED + 1)


def near_numbers(found: Search) -> tuple[Document, ...]:
    """Return visible documents of which a misspelt number may be meant, the likeliest first.

    There are none where a document bears the very number, and none for a mere figure.
    """
    number = found.asked.number
    if number is None or not number.count or not (number.series or found.asked.types):
        return ()
    if ranking.of_rank(found.question, NUMBER).exists():
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
    return tuple(in_order(best))


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


def _clauses(places: dict[int, int]) -> dict[int, int]:
    """Return by text the ordinal of the clause in which a place of it lies."""
    if not places:
        return {}
    wanted = Q()
    for rendition, start in places.items():
        wanted |= Q(rendition=rendition, start__lte=start, end__gt=start)
    rows = Clause.objects.filter(wanted).order_by("-ordinal")
    return dict(rows.values_list("rendition_id", "ordinal"))
