"""Bodies and people that the one who asks knows already.

Reading holds no register. Whoever has one answers a single question: who bore this name on that
day? A name with exactly one bearer is taken as known, whatever it looks like; a name with several
is left to the patterns, and so is one that nobody bears.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, Protocol

from lotrinh.reading.body import Body
from lotrinh.reading.grammar import Rule
from lotrinh.reading.text import CAPITAL, Source

_LONGEST = 12  # words of a name
_CAPITAL = re.compile(rf"(?<!\w){CAPITAL}")
_WORD = re.compile(r"[^\W_]+(?:['&.-][^\W_]+)*")
_BETWEEN = re.compile(r"(?:,|-| -|)[ \n]")
RULES = {
    "unit.known": Rule("unit.known", "unit", 0.99, (), ()),
    "person.known": Rule("person.known", "person", 0.98, (), ()),
}


class Known(NamedTuple):
    """Someone or something in a register: its key there and its full name."""

    uid: str
    name: str
    kind: Literal["unit", "person"] = "unit"


class Registry(Protocol):
    """A register of names, each valid for a time."""

    def candidates(self, key: str, on: date | None) -> Sequence[Known]:
        """Return all who bear a name on a day; ``key`` is the name as `fold` returns it.

        The words of the key are parted by single spaces. Without a day every bearer counts.
        """


@dataclass(frozen=True, slots=True)
class Mention:
    """A known name where it stands."""

    start: int
    end: int
    known: Known


def find_known(
    source: Source, registry: Registry, on: date | None, claimed: bytearray
) -> list[Mention]:
    """Return where known names stand, the longest at each place, in reading order."""
    asked: dict[str, Sequence[Known]] = {}
    found: list[Mention] = []
    done = 0
    for place in (match.start() for match in _CAPITAL.finditer(source.composed)):
        if place < done or claimed[place]:
            continue
        for end in reversed(_word_ends(source.folded, place, claimed)):
            key = " ".join(source.folded[place:end].split())
            if key not in asked:
                asked[key] = registry.candidates(key, on)
            if len(asked[key]) == 1:
                found.append(Mention(place, end, asked[key][0]))
                done = end
                break
    return found


def _word_ends(folded: str, place: int, claimed: bytearray) -> list[int]:
    """Return the ends of the words from a place on that one name may hold."""
    ends: list[int] = []
    while len(ends) < _LONGEST:
        word = _WORD.match(folded, place)
        if word is None or claimed[place]:
            break
        ends.append(word.end())
        link = _BETWEEN.match(folded, word.end())
        if link is None:
            break
        place = link.end()
    return ends


def with_known(bodies: Sequence[Body], mentions: Sequence[Mention]) -> list[Body]:
    """Return the bodies with the known ones among them; of two that overlap the longer stays.

    A known body says its full name wherever the text calls it otherwise.
    """
    units = [mention for mention in mentions if mention.known.kind == "unit"]
    kept = list(bodies)
    for unit in units:
        low = bisect_left([body.end for body in kept], unit.start + 1)
        high = low
        while high < len(kept) and kept[high].start < unit.end:
            high += 1
        longest = max((body.end - body.start for body in kept[low:high]), default=0)
        if longest <= unit.end - unit.start:
            kept[low:high] = [Body(unit.start, unit.end, unit.known.name, "unit.known")]
    return kept
