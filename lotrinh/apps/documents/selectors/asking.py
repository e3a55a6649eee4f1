"""What was typed, as conditions on what is kept for searching."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from lotrinh.reading import Asked, NumberKey, word_of
from lotrinh.reading.lexemes import quoted


def bearing(asked: Asked, *, is_loose: bool) -> Q:
    """Return the condition of bearing the number, and of holding whatever else was asked for."""
    number = asked.number or NumberKey("")
    bears = Q(search_entry__count=number.count) if number.count else Q()
    if number.has_issuer:
        bears &= Q(search_entry__series=number.series)
    elif number.series:
        bears &= Q(search_entry__symbol=number.symbol)
    elif asked.types:
        bears &= Q(type_code__in=asked.types)
    if number.year:
        bears &= Q(search_entry__year__in=["", number.year])
    if asked.terms:
        rest = _all_of(asked.terms, is_loose=is_loose)
        bears &= Q(search_entry__words=_tsquery(rest))
    return bears


def words_of(asked: Asked, *, is_loose: bool) -> SearchQuery:
    """Return the question to the words of a heading or a text."""
    parts = [_all_of(asked.terms, is_loose=is_loose)] if asked.terms else []
    mentions = [_phrase(term, is_loose=True) for term in asked.mentions]
    if mentions:
        parts.append(f"({' | '.join(mentions)})")
    return _tsquery(" & ".join(parts))


def has_marks(asked: Asked) -> bool:
    """Say whether any word was typed with its marks."""
    return any(word_of(word).is_marked for term in asked.terms for word in term)


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
