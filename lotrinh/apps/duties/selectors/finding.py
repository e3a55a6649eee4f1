"""Duties found by words of their names, typed with or without marks."""

from datetime import date

from django.db.models import F
from django.db.models.functions import Lower

from lotrinh.apps.duties.models import Duty
from lotrinh.apps.duties.selectors.seen import visible
from lotrinh.rules.names import search_key

_MOST_WORDS = 8
"""Words of which each is looked for: a long sentence is no search."""


def duties_named(words: str, *, seen_by: int, on: date, most: int) -> tuple[Duty, ...]:
    """Return the duties whose name holds all the words, the latest issued first.

    A word that is typed with marks must be found with them. Only the first eight different words
    are looked for.
    """
    typed = tuple(dict.fromkeys(words.split()))[:_MOST_WORDS]
    if not any(search_key(word) for word in typed):
        return ()
    seen = visible(seen_by=seen_by, on=on)
    found = seen.select_related(None).prefetch_related(None).annotate(lowered=Lower("title"))
    for word in typed:
        plain, small = search_key(word), word.lower()
        found = found.filter(search_key__contains=plain)
        if plain != small:
            found = found.filter(lowered__contains=small)
    latest = F("issued_on").desc(nulls_last=True), "-pk"
    ids = list(found.order_by(*latest).values_list("pk", flat=True)[:most])
    return tuple(seen.filter(pk__in=ids).order_by(*latest))
