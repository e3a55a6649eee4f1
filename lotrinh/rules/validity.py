"""Whether a document is in force on a day, from what later documents did to it.

A document begins on its day of effect, or of issue where it states none. It then stands until
another one ends it whole; what ends or changes a part leaves it standing as amended. What another
document *does* is an effect; that it merely names this one is not. An effect may be known before
the document that causes it, and before its day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Effect(StrEnum):
    """What one document does to another that was there before."""

    AMENDED = "amended"
    REPLACED = "replaced"
    REPEALED = "repealed"
    CORRECTED = "corrected"
    CONTINUED = "continued"


EFFECTS: Mapping[str, Effect] = {
    "amends": Effect.AMENDED,
    "supplements": Effect.AMENDED,
    "replaces": Effect.REPLACED,
    "repeals": Effect.REPEALED,
    "corrects": Effect.CORRECTED,
    "continues": Effect.CONTINUED,
}
"""The effect of a relation, by its kind; other kinds have none."""

ENDS = frozenset({Effect.REPLACED, Effect.REPEALED})
CHANGES = ENDS | {Effect.AMENDED}


class Validity(StrEnum):
    """How a document stands on one day."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    PARTLY_AMENDED = "partly_amended"
    REPLACED = "replaced"
    REPEALED = "repealed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Suffered:
    """An effect on the document that is asked about.

    ``since`` is the first day on which it holds, None where nobody knows; ``is_partial``: it
    touches a part alone. ``cause`` is whatever the caller wants back with the answer.
    """

    effect: Effect
    since: date | None
    is_partial: bool = False
    cause: object = None


@dataclass(frozen=True, slots=True)
class Stand:
    """The answer: how the document stands, since when as far as that is known, and by what."""

    validity: Validity
    since: date | None = None
    by: tuple[Suffered, ...] = ()


def validity_on(begins_on: date | None, effects: Iterable[Suffered], *, on: date) -> Stand:
    """Return how a document stands on the day ``on``.

    The earliest ending counts; of two on one day a replacement says more than a repeal. An ending
    whose day nobody knows makes every day from the beginning on unknown. A change of a part whose
    day nobody knows counts from the beginning. Without a beginning the document stands as far as
    the effects tell; where there are none nobody knows.

    >>> validity_on(date(2021, 1, 1), [], on=date(2020, 12, 31)).validity.value
    'not_yet'
    """
    known = [found for found in effects if found.effect in CHANGES]
    if begins_on is not None and on < begins_on:
        return Stand(Validity.NOT_YET, begins_on)
    whole = [found for found in known if found.effect in ENDS and not found.is_partial]
    ended = [found for found in whole if found.since is not None and found.since <= on]
    if ended:
        return _ended(ended)
    undated = tuple(found for found in whole if found.since is None)
    if undated:
        return Stand(Validity.UNKNOWN, by=undated)
    parts = [
        found
        for found in known
        if found not in whole and (found.since is None or found.since <= on)
    ]
    if parts:
        parts.sort(key=lambda found: found.since or date.min)
        return Stand(Validity.PARTLY_AMENDED, parts[-1].since, tuple(parts))
    if begins_on is None:
        return Stand(Validity.UNKNOWN)
    return Stand(Validity.IN_FORCE, begins_on)


def _ended(ended: list[Suffered]) -> Stand:
    first = min(
        ended, key=lambda found: (found.since or date.max, found.effect is not Effect.REPLACED)
    )
    replaced = first.effect is Effect.REPLACED
    return Stand(Validity.REPLACED if replaced else Validity.REPEALED, first.since, (first,))
