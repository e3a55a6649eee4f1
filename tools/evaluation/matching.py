"""Which found fact is which marked one.

Two marks of a kind can be the same fact if they share more than half of the shorter of the two
and agree in what makes the kind: the number of a citation, the date, the value of a target or
result, the name of a unit or person. A relation is its triple, wherever it stands. Of all pairs
that are possible the closest ones are taken first, each mark once.
"""

import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from . import schema
from .drafts import Mark

_TRIPLE = ("source", "target", "relation")
_NAMED = frozenset({"unit", "person"})


@dataclass(frozen=True, slots=True)
class Matched:
    """The outcome for one kind in one document. What is optional is in none of the three."""

    hits: tuple[tuple[Mark, Mark], ...]
    missed: tuple[Mark, ...]
    false: tuple[Mark, ...]


def match(kind: str, labels: Sequence[Mark], found: Sequence[Mark]) -> Matched:
    """Pair the labels of one kind with the found facts of that kind."""
    wanted = [mark for mark in labels if mark.kind == kind]
    got = [mark for mark in found if mark.kind == kind]
    if kind == "relation":
        wanted, got = _once(wanted), _once(got)
    candidates = sorted(
        (label.optional or fact.optional, -closeness, row, column)
        for row, label in enumerate(wanted)
        for column, fact in enumerate(got)
        if (closeness := _closeness(label, fact)) and same_key(label, fact)
    )
    rows: set[int] = set()
    columns: set[int] = set()
    hits = []
    for loose, _, row, column in candidates:
        if row in rows or column in columns:
            continue
        rows.add(row)
        columns.add(column)
        if not loose:
            hits.append((row, column))
    return Matched(
        tuple((wanted[row], got[column]) for row, column in sorted(hits)),
        _left(wanted, rows),
        _left(got, columns),
    )


def _left(marks: Sequence[Mark], used: set[int]) -> tuple[Mark, ...]:
    return tuple(
        mark for number, mark in enumerate(marks) if number not in used and not mark.optional
    )


def _once(marks: Iterable[Mark]) -> list[Mark]:
    return list({tuple(mark.fields.get(name) for name in _TRIPLE): mark for mark in marks}.values())


def _closeness(label: Mark, fact: Mark) -> float:
    """Return the shared part of the longer; 0 where it is not more than half of the shorter."""
    if label.kind == "relation":
        return 1.0
    shared = min(label.end, fact.end) - max(label.start, fact.start)
    lengths = sorted((label.end - label.start, fact.end - fact.start))
    return shared / lengths[1] if shared > lengths[0] / 2 else 0.0


def same_key(label: Mark, fact: Mark) -> bool:
    """Whether a found fact says what makes a label of its kind."""
    if label.kind == "citation":
        return same(label, fact, "number")
    if label.kind == "date":
        return same(label, fact, "iso")
    if label.kind == "target":
        return same(label, fact, "value")
    if label.kind == "result":
        name = next(name for name in schema.QUANTITIES if name in label.fields)
        return same(label, fact, name) and (name != "done" or same(label, fact, "total"))
    if label.kind in _NAMED:
        return any(plain(name) == plain(fact.fields.get("name")) for name in label.values("name"))
    if label.kind == "relation":
        return all(same(label, fact, name) for name in _TRIPLE)
    return True


def same(label: Mark, fact: Mark, name: str) -> bool:
    """Whether a field of a fact has one of the values that the label allows."""
    return any(alike(value, fact.fields.get(name)) for value in label.values(name))


def alike(left: Any, right: Any) -> bool:
    """Whether two plain values are equal; numbers up to rounding, lists of numbers in order."""
    if isinstance(left, list) and isinstance(right, list | tuple):
        pairs = zip(left, right, strict=False)
        return len(left) == len(right) and all(alike(one, other) for one, other in pairs)
    if _numeric(left) and _numeric(right):
        return math.isclose(left, right, rel_tol=1e-9)
    return bool(left == right)


def _numeric(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def plain(name: Any) -> str:
    """Return a name without case, diacritics, article, or space and marks around it.

    Folded here and not by the engine, so that a fault there cannot make two names equal.

    >>> plain(" The Sở Y tế;") == plain("SỞ Y TẾ")
    True
    """
    letters = unicodedata.normalize("NFD", str(name or "").lower().replace("đ", "d"))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    words = " ".join(bare.split()).strip(" .,;:-\"'")
    return words.removeprefix("the ")
