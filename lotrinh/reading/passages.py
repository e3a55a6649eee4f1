"""The passage of a text in which what was asked for stands, as the text prints it.

The words are found again in the folded twin of the text, so that the passage keeps its marks and
its dashes whatever was typed. Of several places the one counts in which most of what was asked
stands together.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lotrinh.reading.lexemes import WORD, word_of
from lotrinh.reading.text import Source, fold, read_source

_AROUND = 90  # characters before and behind
_TOGETHER = 200  # characters within which words stand together
_MOST_HITS = 300
_HEAD = 3000  # characters of a text in which its title is looked for
_EDGE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a text. ``parts`` follow each other and say whether they were asked for.

    ``start`` counts code points of the text; it is where the first word that was asked for stands.
    """

    start: int
    parts: tuple[tuple[str, bool], ...]
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    term: int


def passage_of(
    text: str,
    terms: Sequence[tuple[str, ...]],
    *,
    with_marks: bool,
    whole: bool = False,
    title: str = "",
) -> Passage | None:
    """Return the passage of the text that holds most of these terms, or None where none stands.

    A term is found word for word. ``with_marks``: a word that bears marks is found with them
    alone. ``whole`` takes all of a short text, such as a title. What a text says up to the end of
    its own ``title`` is no passage of it: the title is read anyway.

    >>> passage_of("Về công tác thi đua", [("thi", "dua")], with_marks=False).parts
    (('Về công tác ', False), ('thi đua', True))
    """
    source = read_source(text)
    head = _end_of_title(source, title)
    hits = [hit for hit in _hits(source, terms, with_marks=with_marks) if hit.start >= head]
    if not hits:
        return None
    first = 0 if whole else _best(hits)
    end = len(source.composed)
    low = 0 if whole else _edge(source, max(head, hits[first].start - _AROUND), back=False)
    if not whole:
        last = max(hit.end for hit in hits[first:] if hit.start - hits[first].start <= _TOGETHER)
        end = _edge(source, min(end, last + _AROUND), back=True)
    shown = [hit for hit in hits if low <= hit.start and hit.end <= end]
    return Passage(
        start=source.raw_offset(hits[first].start),
        parts=tuple(_parts(source, shown, low, end)),
        is_first=low == 0,
        is_last=end == len(source.composed),
    )


def _end_of_title(source: Source, title: str) -> int:
    """Return where the title ends that a text prints at its head, however it breaks its lines."""
    words = [re.escape(word) for word in WORD.findall(fold(title))]
    if not words:
        return 0
    found = re.compile(r"[\W_]+".join(words)).search(source.folded, 0, _HEAD)
    return found.end() if found else 0


def _hits(source: Source, terms: Sequence[tuple[str, ...]], *, with_marks: bool) -> list[_Hit]:
    wanted = [term for term in terms if term]
    if not wanted:
        return []
    pattern = re.compile(
        r"(?<![^\W_])(?:" + "|".join(f"({_pattern(term)})" for term in wanted) + r")(?![^\W_])"
    )
    hits: list[_Hit] = []
    for found in pattern.finditer(source.folded):
        term = (found.lastindex or 1) - 1
        if with_marks and not _agrees(source, found, wanted[term]):
            continue
        hits.append(_Hit(found.start(), found.end(), term))
        if len(hits) == _MOST_HITS:
            break
    return hits


def _pattern(term: tuple[str, ...]) -> str:
    return r"[\W_]+".join(_word_pattern(word_of(word).bare) for word in term)


def _word_pattern(bare: str) -> str:
    if bare.isdecimal():
        return f"0*{bare}"
    if bare.endswith("i") and len(bare) <= 3:  # "qui" is found in "quy"
        return re.escape(bare[:-1]) + "[iy]"
    return re.escape(bare)


def _agrees(source: Source, found: re.Match[str], term: tuple[str, ...]) -> bool:
    """Say whether each word bears the marks that were asked for."""
    written = re.findall(r"[^\W_]+", source.composed[found.start() : found.end()])
    asked = [word_of(word) for word in term]
    return len(written) == len(asked) and all(
        not word.is_marked or word.marked == word_of(there).marked
        for word, there in zip(asked, written, strict=True)
    )


def _best(hits: Sequence[_Hit]) -> int:
    """Return the hit from which on most different terms stand together, the first of equals."""

    def near(at: int) -> int:
        terms = set()
        for hit in hits[at:]:
            if hit.start - hits[at].start > _TOGETHER:
                break
            terms.add(hit.term)
        return len(terms)

    return max(range(len(hits)), key=lambda at: (near(at), -at))


def _edge(source: Source, place: int, *, back: bool) -> int:
    """Return the next space from a place on, towards the hit, so that no word is cut."""
    if place in {0, len(source.composed)}:
        return place
    if back:
        cut = max(source.composed.rfind(" ", 0, place), source.composed.rfind("\n", 0, place))
        return cut if cut > place - _AROUND else place
    found = _EDGE.search(source.composed, place, place + _AROUND)
    return found.end() if found else place


def _parts(source: Source, hits: Sequence[_Hit], low: int, end: int) -> list[tuple[str, bool]]:
    parts: list[tuple[str, bool]] = []
    at = low
    for hit in hits:
        parts += ((_raw(source, at, hit.start), False), (_raw(source, hit.start, hit.end), True))
        at = hit.end
    parts.append((_raw(source, at, end), False))
    return [(text, is_hit) for text, is_hit in parts if text]


def _raw(source: Source, start: int, end: int) -> str:
    return source.raw[source.raw_offset(start) : source.raw_offset(end)]
