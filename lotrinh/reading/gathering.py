"""What a gathering is while it is being read, and which sentences tell of the same one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lotrinh.reading.layout.clauses import Sentence
from lotrinh.reading.moments import UNKNOWN, When

BARE_NAME = 24  # characters: no more than the word and a little
_KINDS = ("hoi nghi", "lam viec", "hop", "hoi thao", "meeting", "conference", "session")


@dataclass(slots=True)
class Gathering:
    """An event while it is being read."""

    start: int
    end: int
    name: str
    kind: str
    date: When | None
    sites: Decimal | None
    participants: Decimal | None
    sentence: int = 0


def kind_of(word: str) -> str:
    """Return what sort of gathering a word names, whatever stands around it."""
    for kind in _KINDS:
        if kind in word:
            return kind
    return word.split()[-1]


def merged_of(found: list[Gathering]) -> list[Gathering]:
    """Join sentences about one gathering; the first with a day gives it its name and place."""
    kept: list[Gathering] = []
    for gathering in found:
        same = next((other for other in kept if _one_event(other, gathering)), None)
        if same is None:
            kept.append(gathering)
            continue
        if same.date is None and gathering.date is not None:
            same.start, same.end, same.name = gathering.start, gathering.end, gathering.name
        same.date = same.date or gathering.date
        same.sites = same.sites if same.sites is not None else gathering.sites
        if same.participants is None:
            same.participants = gathering.participants
    return kept


def _one_event(one: Gathering, other: Gathering) -> bool:
    if one.kind != other.kind and not (_same_day(one, other) and _is_bare(other)):
        return False
    if one.date is not None and other.date is not None and not _same_day(one, other):
        return False
    return one.sites is None or other.sites is None or one.sites == other.sites


def _same_day(one: Gathering, other: Gathering) -> bool:
    """Whether two days are one, a year being left out in either."""
    if one.date is None or other.date is None:
        return False
    first, second = one.date.iso, other.date.iso
    if UNKNOWN in first or UNKNOWN in second:
        return first[4:10] == second[4:10]
    return first == second


def _is_bare(gathering: Gathering) -> bool:
    return gathering.kind != "act" and gathering.end - gathering.start < BARE_NAME


def by_sentence(
    sentences: Sequence[Sentence], places: Sequence[int]
) -> Iterator[tuple[int, list[int]]]:
    """Yield every sentence that holds places, with them."""
    at = 0
    for index, sentence in enumerate(sentences):
        while at < len(places) and places[at] < sentence.start:
            at += 1
        inside: list[int] = []
        while at < len(places) and places[at] < sentence.end:
            inside.append(places[at])
            at += 1
        if inside:
            yield index, inside
