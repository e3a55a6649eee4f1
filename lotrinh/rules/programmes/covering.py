"""Which commitments of a document are answered by a clause of a unit's programme.

A clause answers a commitment by *citation*, where it names the very clause of the document; by
*level*, where it sets the same value in the same unit of measure for words that are near; or by
*words*, where enough of what sets the commitment apart from the others stands in one clause. Words
are compared by pairs of syllables without case and diacritics, names and numbers masked; a pair
weighs the less the more commitments of the document share it, so that "nâng cao hiệu quả" tells
nothing. What cannot be told is not found, which is not the same as missing: people read on.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from math import log

LEAST_IN_COMMON = 0.30
"""From this share of its telling words on, a clause answers a commitment; see docs/accuracy.md."""
LEAST_WITH_LEVEL = 0.12
"""The same where the clause sets the same level."""
MASK = "#"

Level = tuple[str, str]
"""A value and its unit of measure, as text."""


class Answered(StrEnum):
    """How a clause answers a commitment."""

    CITED = "cited"
    LEVEL = "level"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Commitment:
    """What a document commits to: its syllables, its levels, the address of its clause."""

    syllables: tuple[str, ...]
    levels: frozenset[Level] = frozenset()
    address: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A clause of a programme. ``cited`` are the addresses of the document that it names."""

    start: int
    end: int
    syllables: tuple[str, ...]
    levels: frozenset[Level] = frozenset()
    cited: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class Covering:
    """A commitment, by its place, and the clause that answers it best; ``share`` from 0 to 1."""

    commitment: int
    clause: int
    how: Answered
    share: float


def answers_of(commitments: Sequence[Commitment], clauses: Sequence[Said]) -> tuple[Covering, ...]:
    """Return for every commitment that is answered the clause that does so best, in their order."""
    weights = _weights(commitments)
    holding: dict[tuple[str, str], set[int]] = defaultdict(set)
    for place, clause in enumerate(clauses):
        for pair in _pairs(clause.syllables):
            holding[pair].add(place)
    found = (
        _best(place, commitment, clauses, holding, weights)
        for place, commitment in enumerate(commitments)
    )
    return tuple(one for one in found if one is not None)


def _best(
    place: int,
    commitment: Commitment,
    clauses: Sequence[Said],
    holding: Mapping[tuple[str, str], set[int]],
    weights: Mapping[tuple[str, str], float],
) -> Covering | None:
    shares: dict[int, float] = defaultdict(float)
    pairs = _pairs(commitment.syllables)
    whole = sum(weights[pair] for pair in pairs) or 1.0
    for pair in sorted(pairs):
        for clause in holding.get(pair, ()):
            shares[clause] += weights[pair] / whole
    if commitment.address:
        for number, one in enumerate(clauses):
            if commitment.address in one.cited:
                return Covering(place, number, Answered.CITED, min(shares[number], 1.0))
    ranked = sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))
    for number, share in ranked:
        if share >= LEAST_WITH_LEVEL and commitment.levels & clauses[number].levels:
            return Covering(place, number, Answered.LEVEL, min(share, 1.0))
    if ranked and ranked[0][1] >= LEAST_IN_COMMON:
        return Covering(place, ranked[0][0], Answered.WORDS, min(ranked[0][1], 1.0))
    return None


def _weights(commitments: Sequence[Commitment]) -> dict[tuple[str, str], float]:
    """Return how much each pair tells: that of one commitment much, that of most nothing."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for one in commitments:
        for pair in _pairs(one.syllables):
            counts[pair] += 1
    many = len(commitments) + 1
    return {pair: log(many / count) for pair, count in counts.items()}


def _pairs(syllables: Sequence[str]) -> set[tuple[str, str]]:
    return {pair for pair in pairwise(syllables) if pair != (MASK, MASK)}
