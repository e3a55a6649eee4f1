"""Who signed: a name alone at the right of its line, below a post in capitals.

The block of signatures often stands beside the list of recipients, in the same lines of a plain
text; only what stands behind the last wide gap of a line belongs to it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lotrinh.reading.grammar import Phrases, lexicon
from lotrinh.reading.text import CAPITAL, Source, fold, tone_key

_PEOPLE = lexicon("people")
_SURNAMES = frozenset(map(fold, _PEOPLE["surnames"]))
_TONED_SURNAMES = frozenset(map(tone_key, _PEOPLE["surnames"]))
_POSTS: Phrases[bool] = Phrases.of(
    [*_PEOPLE["posts"]["vi"], *_PEOPLE["posts"]["en"], *_PEOPLE["signing"]], True
)
_IN_CAPITALS = re.compile(rf"(?m)(?:^ *|\t *|(?<! ) {{3,}})({CAPITAL}[^a-z\n\t]{{3,70}}?)[ \t]*$")
_FOR = re.compile(r"(?:q|kt|k/t|tl|t/l|tuq|tm|t/m|p\.p|o\.b)\.?\s?", re.IGNORECASE)
_SEGMENT = re.compile(r"(?:\t| {3,})")
_NAME = re.compile(
    rf"(?:[^\W\d_][\w/]{{0,6}}\.\s?){{0,3}}(?:(?:[A-Z]{{2,6}}|ThS|Ths)\s)?"
    rf"({CAPITAL}[^\W\d_]*(?: {CAPITAL}[^\W\d_]*){{1,4}})"
)
_ALSO_A_POST = re.compile(r"(?:director|head|chairman|vice|deputy|giam doc|pho|truong|chu tich)\s")
_BESIDE = ("-", "+", "noi nhan", "recipients", "(", "[", "as above", "nhu tren", "luu", "copy")
_REACH = 9  # lines between a post and the name below it


@dataclass(frozen=True, slots=True)
class Signed:
    """A name that signs, and where its post stands."""

    start: int
    end: int
    role_start: int
    role_end: int


def find_signatures(source: Source) -> dict[int, Signed]:
    """Return the names that sign a document, by where they begin."""
    found: dict[int, Signed] = {}
    for post in _IN_CAPITALS.finditer(source.composed):
        start = post.start(1)
        shortened = _FOR.match(source.composed, start)
        start = shortened.end() if shortened else start
        if _POSTS.at(source, start) is None or not source.composed[start : post.end(1)].isupper():
            continue
        signed = _signed_below(source, start, post.end(1))
        if signed is not None:
            found[signed.start] = signed  # the post nearest above the name holds
    return found


def _signed_below(source: Source, start: int, end: int) -> Signed | None:
    """Return the name below a post, behind marks of signing and beside recipients."""
    for low, high in _lines(source, end):
        line = source.folded[low:high].strip()
        at = _last_segment(source, low, high)
        name = _NAME.fullmatch(source.composed[at:high].strip())
        place = source.composed.index(name[1], at) if name else at
        if name is not None and _is_name(source, name[1]) and _POSTS.at(source, place) is None:
            return Signed(place, place + len(name[1]), start, end)
        if at > low or not line or line.startswith(_BESIDE):
            continue
        if source.composed[low:high].isupper() or line.endswith((";", ",")):
            continue
        if _ALSO_A_POST.match(line):
            end = high
            continue
        return None
    return None


def _lines(source: Source, place: int) -> Iterator[tuple[int, int]]:
    low = source.folded.find("\n", place) + 1
    for _ in range(_REACH):
        if not low:
            return
        high = source.folded.find("\n", low)
        yield low, high if high >= 0 else len(source.folded)
        low = high + 1


def _last_segment(source: Source, low: int, high: int) -> int:
    gaps = list(_SEGMENT.finditer(source.composed, low, high))
    inner = [gap.end() for gap in gaps if source.composed[gap.end() : high].strip()]
    return inner[-1] if inner else low


def _is_name(source: Source, written: str) -> bool:
    first, *rest = written.split()
    known = tone_key(first) in _TONED_SURNAMES if source.toned else fold(first) in _SURNAMES
    return known and not (written.isupper() and len(rest) > 3)
