"""Which commitment of one reading is which of another: the same words, or their place in the text.

Two readings of one text, or of two prints of one document, propose nearly the same. They are
matched one to one: first what stands on the same words, then what says the same words elsewhere,
then what overlaps most. Nothing is matched twice, and what finds no partner stays alone.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Protocol

from lotrinh.reading.text import read_source

_LEAST_OVERLAP = 0.25
"""What share of their common stretch two passages must have in common to be one commitment."""
_MOST_PIECES = 2_000
"""Beyond so many words or lines the two sides of a changed stretch are not laid word by word."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A commitment with its passage ``[start, end)`` and its folded words."""

    kind: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Found:
    """Where a passage stands in the other text, and what share of its words stands there."""

    start: int
    end: int
    share: float


class Places(Protocol):
    """Tells where a passage of the older text stands in the newer one."""

    def find(self, start: int, end: int) -> Found | None:
        """Return the corresponding passage, or None where no word of it is there."""


class SameText:
    """Both readings are of one text: every passage stands where it stood."""

    def find(self, start: int, end: int) -> Found | None:
        """Return the passage itself."""
        return Found(start, end, 1.0)


@dataclass(frozen=True, slots=True)
class _Word:
    folded: str
    start: int
    end: int


class OtherText:
    """Two texts laid beside each other: line by line, and word by word where lines differ."""

    def __init__(self, older: str, newer: str) -> None:
        self._mine, theirs = list(_words(older)), list(_words(newer))
        self._starts = [word.start for word in self._mine]
        self._there: dict[int, _Word] = {}
        for mine, other in _laid(_lines(self._mine, older), _lines(theirs, newer)):
            self._there[mine] = theirs[other]

    def find(self, start: int, end: int) -> Found | None:
        """Return where the words of a passage stand; from the first that does to the last."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end)
        known = [place for place in range(first, last) if place in self._there]
        if not known:
            return None
        beyond = max(self._mine[known[-1]].end - end, 0)  # the passage may end within a word
        found = [self._there[place] for place in (known[0], known[-1])]
        return Found(found[0].start, found[1].end - beyond, len(known) / (last - first))


def mention(kind: str, text: str, start: int, end: int) -> Mention:
    """Return the mention of a commitment with its words as they are compared."""
    return Mention(kind, start, end, " ".join(read_source(text[start:end]).folded.split()))


def match(
    older: Sequence[Mention], newer: Sequence[Mention], places: Places
) -> tuple[tuple[int, int], ...]:
    """Return pairs of places in both sequences; none occurs twice, the order is that of the older.

    Only mentions of one kind are paired. Identical sequences are paired each with itself.
    """
    there = [places.find(each.start, each.end) for each in older]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for step in (_same_span, _same_words, _overlapping):
        for mine, other in step(older, newer, there):
            if mine not in pairs and other not in taken:
                pairs[mine] = other
                taken.add(other)
    return tuple(sorted(pairs.items()))


def _same_span(
    older: Sequence[Mention], newer: Sequence[Mention], there: Sequence[Found | None]
) -> Iterator[tuple[int, int]]:
    placed: dict[tuple[str, int, int], list[int]] = {}
    for place, each in enumerate(newer):
        placed.setdefault((each.kind, each.start, each.end), []).append(place)
    for place, (each, found) in enumerate(zip(older, there, strict=True)):
        if found is not None:
            span = (each.kind, found.start, found.end)
            alike = placed.get(span, ())
            yield from (
                (place, other) for other in sorted(alike, key=lambda n: _apart(each, newer[n]))
            )


def _apart(one: Mention, other: Mention) -> bool:
    """Say whether the words differ: of several on one span those with the same words come first."""
    return one.words != other.words


def _same_words(
    older: Sequence[Mention], newer: Sequence[Mention], there: Sequence[Found | None]
) -> list[tuple[int, int]]:
    """Return pairs that say the same, the nearest to each other first."""
    said: dict[tuple[str, str], list[int]] = {}
    for place, each in enumerate(newer):
        said.setdefault((each.kind, each.words), []).append(place)
    found = [
        (abs((at.start if at else each.start) - newer[other].start), place, other)
        for place, (each, at) in enumerate(zip(older, there, strict=True))
        for other in said.get((each.kind, each.words), ())
    ]
    return [(place, other) for _distance, place, other in sorted(found)]


def _overlapping(
    older: Sequence[Mention], newer: Sequence[Mention], there: Sequence[Found | None]
) -> list[tuple[int, int]]:
    """Return pairs that have enough in common, the most first."""
    order = sorted(range(len(newer)), key=lambda place: newer[place].start)
    starts = [newer[place].start for place in order]
    longest = max((each.end - each.start for each in newer), default=0)
    found = []
    for place, (each, at) in enumerate(zip(older, there, strict=True)):
        if at is None:
            continue
        first, last = bisect_left(starts, at.start - longest), bisect_right(starts, at.end)
        for other in order[first:last]:
            share = _in_common(at, newer[other])
            if newer[other].kind == each.kind and share >= _LEAST_OVERLAP:
                found.append((-share, place, other))
    return [(place, other) for _share, place, other in sorted(found)]


def _in_common(one: Found, other: Mention) -> float:
    common = min(one.end, other.end) - max(one.start, other.start)
    whole = max(one.end, other.end) - min(one.start, other.start)
    return common / whole if common > 0 else 0.0


def _words(text: str) -> Iterator[_Word]:
    """Yield the words of a text, folded, with their places in the raw text."""
    source = read_source(text)
    folded, place = source.folded, 0
    for piece in folded.split():
        start = folded.index(piece, place)
        place = start + len(piece)
        yield _Word(piece, source.raw_offset(start), source.raw_offset(place - 1) + 1)


@dataclass(frozen=True, slots=True)
class _Line:
    words: tuple[str, ...]
    first: int


def _lines(words: Sequence[_Word], text: str) -> list[_Line]:
    """Return the words line by line, each line with the number of its first word."""
    ends = [0]
    ends += [
        n for n, (one, two) in enumerate(pairwise(words), 1) if "\n" in text[one.end : two.start]
    ]
    ends.append(len(words))
    return [
        _Line(tuple(word.folded for word in words[first:last]), first)
        for first, last in pairwise(ends)
        if last > first
    ]


def _laid(mine: Sequence[_Line], theirs: Sequence[_Line]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of words that correspond: whole lines first, then words between them."""
    lines = SequenceMatcher(
        None, [line.words for line in mine], [line.words for line in theirs], autojunk=False
    )
    for kind, low, high, there, upto in lines.get_opcodes():
        if kind == "equal":
            for one, other in zip(mine[low:high], theirs[there:upto], strict=True):
                yield from ((one.first + n, other.first + n) for n in range(len(one.words)))
        elif kind == "replace":
            yield from _words_laid(mine[low:high], theirs[there:upto])


def _words_laid(mine: Sequence[_Line], theirs: Sequence[_Line]) -> Iterator[tuple[int, int]]:
    one, other = list(_flat(mine)), list(_flat(theirs))
    if max(len(one), len(other)) > _MOST_PIECES:
        return
    found = SequenceMatcher(
        None, [word for word, _n in one], [word for word, _n in other], autojunk=False
    )
    for place, there, size in found.get_matching_blocks():
        for step in range(size):
            yield one[place + step][1], other[there + step][1]


def _flat(lines: Iterable[_Line]) -> Iterator[tuple[str, int]]:
    for line in lines:
        for n, word in enumerate(line.words):
            yield word, line.first + n
