"""Questions that every page asks, put into words once for all who have the same rights.

Who reads and which day it is differ from page to page, what he reaches seldom does: the officers of
a ward share it, and so do the leaders of a city. To put such a question into words takes several
times longer than the answer. So the words are kept by what is reached, with a place for the account
and one for the day; the rights themselves are read anew for every page, before anything is asked.
The database keeps the plan of such words too, once it has been asked a few times.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NoReturn

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from lotrinh.apps.journal.statements import SOME_DAY, SOME_ID, ask, worded
from lotrinh.apps.units.selectors.asked import Asked, asked_by
from lotrinh.apps.units.selectors.rights import scopes_reached

MOST = 512
"""So many questions are kept: the words of one are some ten thousand characters."""

Question = Callable[..., QuerySet[Any, Any]]


@dataclass(frozen=True, slots=True)
class Rights:
    """What tells the rights of one account from those of another: no names, no days."""

    scopes: frozenset[tuple[str, tuple[str, ...]]]
    reached: frozenset[tuple[tuple[str, ...], frozenset[int]]]


class _Unknown:
    """Stands where successions would: they differ from day to day, and no words may hold them."""

    def __getattr__(self, name: str) -> NoReturn:
        raise RuntimeError("a question that is kept must be given who answers for whom")


def ask_alike(
    question: Question, *given: Hashable, user_id: int, on: date
) -> list[tuple[Any, ...]]:
    """Return the rows of ``question(*given, seen_by=user_id, on=on)``, a ``values_list``.

    The question may ask what is reached and put account and day into conditions; it may not look at
    them, nor ask the database anything of its own. Its columns are numbers, texts and their lists.
    """
    scopes, reached = scopes_reached(user_id=user_id, on=on)
    try:
        words = _words(question, given, Rights(scopes, reached))
    except EmptyResultSet:  # nothing is reached, and so nothing asked
        return []
    return ask(words, about=user_id, on=on)


@lru_cache(maxsize=MOST)
def _words(question: Question, given: tuple[Hashable, ...], rights: Rights) -> str:
    """Return how the question is put."""
    asked = Asked()
    asked.scopes[SOME_ID, SOME_DAY] = dict(rights.scopes)
    asked.reached |= {(paths, SOME_DAY): unit_ids for paths, unit_ids in rights.reached}
    asked.ended[SOME_DAY] = _Unknown()  # type: ignore[assignment]
    with asked_by(asked):
        rows = question(*given, seen_by=SOME_ID, on=SOME_DAY)
        return worded(*rows.query.sql_with_params())
