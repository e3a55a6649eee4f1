"""Whose own words each of many plans has, all held against all, exactly as ``originality.judge``.

Every sentence that several plans share is compared once. A sentence that has half of its runs with
another must have some of its rarest runs with it: only the sentences that hold these are
counted out, so that hundreds of plans take seconds where pair by pair takes an hour.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from lotrinh.rules.originality import (
    COPIED,
    LEAST,
    QUOTED,
    RUN,
    Copied,
    Originality,
    Passage,
    joined,
)

_Words = tuple[str, ...]
_Place = tuple[int, int]
_Index = Mapping[int, Sequence[int]]
_HITS = 3
"""So many of its rarest runs a sentence must hold before it is counted out."""


@dataclass(slots=True)
class _Sentence:
    """A sentence as it stands in one or more texts, each by the place of the text and its own."""

    runs: tuple[int, ...]
    places: list[_Place]


@dataclass(frozen=True, slots=True)
class _Near:
    """The sentence elsewhere that holds most of a sentence's runs."""

    share: float
    place: _Place


def judge_all(
    texts: Sequence[Sequence[Passage]], frame: Sequence[Passage] = ()
) -> tuple[Originality, ...]:
    """Return for every text how many of its sentences are its own against all the others.

    As ``judge`` does, but of sentences equally near the one in the first text is named, and shares
    of whole texts are not counted: ``containment`` is empty. ``source`` is the place of the other
    text in ``texts``.
    """
    numbers: dict[str, int] = {}
    required = frozenset(chain.from_iterable(_runs(one.syllables, numbers) for one in frame))
    known: dict[_Words, _Sentence] = {}
    for text, passages in enumerate(texts):
        for place, one in enumerate(passages):
            held = known.get(one.syllables)
            if held is None:
                known[one.syllables] = _Sentence(_runs(one.syllables, numbers), [(text, place)])
            else:
                held.places.append((text, place))
    sentences = tuple(known.values())
    index, counts = _indexed(sentences)
    nearest = {
        words: _nearest(number, sentences, index, counts)
        for number, words in enumerate(known)
        if len(words) >= LEAST and not _is_framed(sentences[number].runs, required)
    }
    return tuple(_judged(text, passages, texts, nearest) for text, passages in enumerate(texts))


def _judged(
    text: int,
    passages: Sequence[Passage],
    texts: Sequence[Sequence[Passage]],
    nearest: Mapping[_Words, Mapping[int, _Near]],
) -> Originality:
    own = counted = framed = 0
    copied: list[Copied] = []
    for one in passages:
        if len(one.syllables) < LEAST:
            continue
        if one.syllables not in nearest:
            framed += 1
            continue
        counted += 1
        near = _elsewhere(nearest[one.syllables], text)
        if near is None:
            own += 1
            continue
        source, place = near.place
        there = texts[source][place]
        copied.append(Copied(one.start, one.end, source, there.start, there.end, near.share))
    return Originality(own, counted, framed, (), tuple(joined(copied)))


def _elsewhere(near: Mapping[int, _Near], text: int) -> _Near | None:
    """Return the nearest in another text; two are known, for one of them may be the text itself."""
    return next((one for other, one in near.items() if other != text), None)


def _nearest(
    number: int, sentences: Sequence[_Sentence], index: _Index, counts: Mapping[int, int]
) -> Mapping[int, _Near]:
    """Return, the nearest first, a sentence of each of the two texts that come nearest."""
    sentence = sentences[number]
    found = [(1.0, place) for place in _of_two(sentence.places)]
    if len(found) < 2:
        runs, mine = sentence.runs, frozenset(sentence.runs)
        for other in _candidates(runs, index, counts):
            if other == number:
                continue
            there = sentences[other]
            share = _share(runs, mine, there.runs)
            if share >= COPIED:
                found += ((share, place) for place in _of_two(there.places))
    found.sort(key=lambda pair: (-pair[0], pair[1]))
    best: dict[int, _Near] = {}
    for share, place in found:
        if len(best) == 2:
            break
        best.setdefault(place[0], _Near(share, place))
    return best


def _candidates(runs: Sequence[int], index: _Index, counts: Mapping[int, int]) -> Iterator[int]:
    """Yield the sentences that may hold enough of these runs.

    Whoever holds so many of all of them holds at least ``_HITS`` of the rarest, if these are as
    many as may be missing and ``_HITS`` more.
    """
    needed = -int(-COPIED * len(runs) // 1)
    hits = min(_HITS, needed)
    rarest = sorted(runs, key=counts.__getitem__)[: len(runs) - needed + hits]
    held = Counter(chain.from_iterable(index[run] for run in rarest if run in index))
    return (one for one, often in held.items() if often >= hits)


def _of_two(places: Sequence[_Place]) -> Sequence[_Place]:
    """Return the first place in each of the first two texts."""
    first = places[0]
    second = next((one for one in places if one[0] != first[0]), None)
    return (first,) if second is None else (first, second)


def _share(runs: Sequence[int], mine: frozenset[int], there: Sequence[int]) -> float:
    """Return which share of a sentence's runs, ``mine`` as a set, stands in another."""
    common = mine.intersection(there)
    if len(mine) == len(runs):
        return len(common) / len(runs)
    return sum(run in common for run in runs) / len(runs)


def _is_framed(runs: Sequence[int], required: frozenset[int]) -> bool:
    return bool(required) and sum(run in required for run in runs) >= QUOTED * len(runs)


def _indexed(sentences: Sequence[_Sentence]) -> tuple[_Index, Mapping[int, int]]:
    """Return which sentences hold each run that stands more than once, and how often it does."""
    counts = Counter(chain.from_iterable(one.runs for one in sentences))
    index: dict[int, list[int]] = defaultdict(list)
    for number, one in enumerate(sentences):
        for run in one.runs:
            if counts[run] > 1:
                index[run].append(number)
    return dict(index), counts


_ROOM = 1 << 20
"""More kinds of syllables than any language has."""


def _runs(syllables: Sequence[str], numbers: dict[str, int]) -> tuple[int, ...]:
    """Return the runs of a sentence, each as one number."""
    told = [numbers.setdefault(one, len(numbers)) for one in syllables]
    if len(told) < RUN:
        return ()
    return tuple(
        ((a * _ROOM + b) * _ROOM + c) * _ROOM + d
        for a, b, c, d in zip(told, told[1:], told[2:], told[3:], strict=False)
    )
