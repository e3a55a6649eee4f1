"""The finds of a question in their ranks, asked in the way that their number makes cheap.

What a database guesses of Vietnamese is far off: syllables that make one word stand together, so
that a word of three stands in a hundred times as many texts as chance would have it. So the index
of words is asked first, for a bounded number of documents, whoever may see them. Where that is all
there are, they are ranked by their ids. Where there are more, they are met soon on the way through
the register, newest first, and only as many are looked at as the page prints.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery
from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.db.models.expressions import ExpressionWrapper
from django.db.models.functions import Coalesce

from lotrinh.apps.documents.models import Document, SearchEntry
from lotrinh.apps.documents.selectors.asking import bearing, words_of
from lotrinh.apps.documents.selectors.registry import NEWEST_FIRST, behind
from lotrinh.reading import Asked

NUMBER, HEADING, TEXT = 1, 2, 3
"""The ranks of what is found, best first."""
RANKS = (NUMBER, HEADING, TEXT)
FEW = 1000
"""Up to how many documents the indexes are asked for, before sight and filters are."""

Find = tuple[int, int]
"""The rank of a document that is found, and its id."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """Documents that fit a condition, whoever may see them; not all, unless ``is_whole``."""

    ids: tuple[int, ...]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, and what the indexes know of it.

    ``ranked`` are all finds among the documents that the account may see, best first; None where
    too many documents fit to rank them all. Only then ``headings`` are asked for.
    """

    bears: Q
    words: SearchQuery
    among: QuerySet[Document]
    numbers: Fitting
    texts: Fitting
    headings: Fitting
    ranked: tuple[Find, ...] | None


def put(asked: Asked, among: QuerySet[Document], *, is_loose: bool, few: int) -> Question:
    """Return what was typed as a question among these documents.

    More than ``few`` documents that fit are too many to be ranked one by one.
    """
    bears, words = bearing(asked, is_loose=is_loose), words_of(asked, is_loose=is_loose)
    numbers = texts = headings = Fitting((), True)
    if asked.number:
        numbers = _fitting(Document.objects.filter(bears).values_list("pk"), few)
    if not asked.is_empty:
        texts = _texts(Q(words=words), few)
    ranked = None
    if numbers.is_whole and texts.is_whole:
        fits = among.filter(pk__in={*numbers.ids, *texts.ids})
        rank = Case(
            When(pk__in=numbers.ids, then=Value(NUMBER)),
            When(search_entry__heading=words, then=Value(HEADING)),
            default=Value(TEXT),
        )
        rows = fits.annotate(rank=rank).order_by("rank", *NEWEST_FIRST)
        ranked = tuple(rows.values_list("rank", "pk"))
    elif not asked.is_empty:
        headings = _texts(Q(heading=words), few)
    return Question(bears, words, among, numbers, texts, headings, ranked)


def finds(asked: Question, *, after: Document | None, most: int) -> tuple[Find, ...]:
    """Return up to ``most`` finds, from behind the document ``after`` on, best first.

    Nothing stands behind a document that is not found.
    """
    if asked.ranked is None:
        return tuple(_walked(asked, after, most))
    first = 0
    if after is not None:
        known = [pk for _rank, pk in asked.ranked]
        first = known.index(after.pk) + 1 if after.pk in known else len(known)
    return asked.ranked[first : first + most]


def count(asked: Question, *, most: int) -> int:
    """Return how many documents are found, counted up to ``most``."""
    if asked.ranked is not None:
        return min(len(asked.ranked), most)
    known = {*asked.numbers.ids, *asked.texts.ids}
    sure = asked.among.order_by().filter(pk__in=known).values("pk")[:most].count()
    if sure >= most:
        return sure
    fits = Q(search_entry__words=asked.words)
    if asked.numbers.ids:
        fits |= asked.bears
    return asked.among.filter(_on_the_way(fits)).values("pk")[:most].count()


def rank_of(asked: Question, document: Document) -> int | None:
    """Return the rank in which a document is found, or None where it is not."""
    if asked.ranked is not None:
        return next((rank for rank, pk in asked.ranked if pk == document.pk), None)
    return next((r for r in RANKS if of_rank(asked, r).filter(pk=document.pk).exists()), None)


def of_rank(asked: Question, rank: int) -> QuerySet[Document]:
    """Return the finds of one rank."""
    if rank == NUMBER:
        known = Q(pk__in=asked.numbers.ids) if asked.numbers.is_whole else asked.bears
        return asked.among.filter(known)
    rows = asked.among.exclude(asked.bears) if asked.numbers.ids else asked.among
    heading = Q(search_entry__heading=asked.words)
    if rank == HEADING:
        known = Q(pk__in=asked.headings.ids)
        return rows.filter(known if asked.headings.is_whole else _on_the_way(heading))
    if asked.texts.is_whole:
        return rows.filter(pk__in=asked.texts.ids).exclude(heading)
    return rows.filter(_on_the_way(Q(search_entry__words=asked.words) & ~heading))


def _walked(asked: Question, after: Document | None, most: int) -> Iterator[Find]:
    first = rank_of(asked, after) if after else NUMBER
    for rank in RANKS:
        if first is None or rank < first or most < 1:
            continue
        ranked = of_rank(asked, rank)
        if rank == first and after is not None:
            ranked = behind(ranked, after)
        ids = list(ranked.order_by(*NEWEST_FIRST).values_list("pk", flat=True)[:most])
        most -= len(ids)
        yield from ((rank, pk) for pk in ids)


def _texts(condition: Q, few: int) -> Fitting:
    return _fitting(SearchEntry.objects.filter(condition).values_list("pk"), few)


def _fitting(
    rows: "QuerySet[Document, tuple[int]] | QuerySet[SearchEntry, tuple[int]]", few: int
) -> Fitting:
    ids = [row[0] for row in rows[: few + 1]]
    return Fitting(tuple(ids), len(ids) <= few)


def _on_the_way(fits: Q) -> Coalesce:
    """Return a condition that is judged document by document and never looked up in an index."""
    return Coalesce(ExpressionWrapper(fits, BooleanField()), Value(False))
