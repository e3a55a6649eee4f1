"""Holding back what could name somebody: the numbers of a promise that counts persons.

What is held back has no number anywhere: not as a level, not as part of a share, not in the line of
its periods, not among its units; and what is left does not add up to it.
"""

from dataclasses import replace
from decimal import Decimal

from lotrinh.rules.publication.content import Part, Promise, Step
from lotrinh.rules.publication.small import (
    Counted,
    is_small,
    levels_shown,
    persons_in_one,
    shown,
)


def guarded(promise: Promise, counted: Counted) -> Promise:
    """Return a promise as it may be read by everybody, by what its figure counts.

    Shares come with the word whether they are to be held back; counts are judged here. A sum that
    is held back takes its rows with it, since all of them would tell it.
    """
    if counted is Counted.THINGS:
        return promise
    is_count, size = counted is Counted.PERSONS, persons_in_one(promise.unit_of_measure)
    steps = _steps(promise, is_count, size)
    total = _persons(promise.actual, size)
    table = shown([_persons(part.level, size) for part in promise.parts], total)
    hides = promise.is_held_back or _hides_last(promise, steps)
    if is_count:
        hides = hides or is_small(total) or not table.total
    parts = tuple(
        _part(part, hides or part.is_held_back or (is_count and not is_shown))
        for part, is_shown in zip(promise.parts, table.rows, strict=True)
    )
    if not is_count and any(part.is_held_back for part in parts):
        parts = tuple(_part(part, True) for part in parts)  # a share of the rest could be told
    if hides:
        last = promise.period_last
        steps = tuple(_step(one, one.is_held_back or one.last == last) for one in steps)
        promise = replace(promise, actual=None, numerator=None, denominator=None, is_held_back=True)
    return replace(promise, steps=steps, parts=parts)


def _persons(level: Decimal | None, size: Decimal) -> Decimal | None:
    return None if level is None else level * size


def _steps(promise: Promise, is_count: bool, size: Decimal) -> tuple[Step, ...]:
    if not is_count:
        return tuple(_step(one, one.is_held_back) for one in promise.steps)
    levels = [_persons(one.level, size) for one in promise.steps]
    if promise.is_added_up:
        may_be = levels_shown(levels)
    else:
        may_be = tuple(not is_small(level) for level in levels)
    return tuple(
        _step(one, not is_shown) for one, is_shown in zip(promise.steps, may_be, strict=True)
    )


def _hides_last(promise: Promise, steps: tuple[Step, ...]) -> bool:
    return any(one.is_held_back for one in steps if one.last == promise.period_last)


def _step(step: Step, hides: bool) -> Step:
    return replace(step, level=None, is_held_back=True) if hides else step


def _part(part: Part, hides: bool) -> Part:
    """Hold back what a unit told; of one that told nothing there is nothing to hold back."""
    return replace(part, level=None, is_held_back=True) if hides and _was_told(part) else part


def _was_told(part: Part) -> bool:
    return part.level is not None or part.is_held_back
