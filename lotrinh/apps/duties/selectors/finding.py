"""Duties found by words of their names, typed with or without marks."""

from datetime import date

from django.db.models import CharField, F, Func
from django.db.models.functions import Lower

from lotrinh.apps.duties.models import Duty
from lotrinh.apps.duties.selectors.seen import visible
from lotrinh.rules.names import search_key

_MOST_WORDS = 8
"""Words of which each is looked for in every name: each costs a walk over all that is seen."""


class _Bare(Func):
    """A text in small letters without marks, as ``search_key`` writes it."""

    function = "normalize"
    template = (
        "replace(regexp_replace(%(function)s(lower(%(expressions)s), NFD),"
        " U&'[\\0300-\\036F]', '', 'g'), 'đ', 'd')"
    )
    output_field = CharField()


def duties_named(words: str, *, seen_by: int, on: date, most: int) -> tuple[Duty, ...]:
    """Return the duties whose name holds all the words, the latest issued first.

    A word that is typed with marks must be found with them. Only the first eight different words
    are looked for.
    """
    typed = tuple(dict.fromkeys(words.split()))[:_MOST_WORDS]
    if not any(search_key(word) for word in typed):
        return ()
    found = visible(seen_by=seen_by, on=on).annotate(bare=_Bare(F("title")), lowered=Lower("title"))
    for word in typed:
        plain, small = search_key(word), word.lower()
        if plain == small:
            found = found.filter(bare__contains=plain)
        else:
            found = found.filter(lowered__contains=small)
    return tuple(found.order_by(F("issued_on").desc(nulls_last=True), "-pk")[:most])
