"""Gatherings: what was held, when, with how many connected sites and people.

A gathering is told of in a sentence that names it and its day, or counts its sites or people. An
act ("inspected", "làm việc với") is one only with its day in the sentence. Later sentences about
the same gathering fill in what the first one left out; they make no event of their own unless
they name another day.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lotrinh.reading.attendance import count, count_later
from lotrinh.reading.dates import When
from lotrinh.reading.gathering import BARE_NAME, Gathering, by_sentence, kind_of, merged_of
from lotrinh.reading.gathering_days import day_beside, day_of
from lotrinh.reading.gathering_names import (
    OF_A_PAPER,
    PASSES,
    name_end,
    name_start,
    speaks_of_other,
)
from lotrinh.reading.grammar import Phrases, any_of, lexicon
from lotrinh.reading.layout.clauses import Sentence
from lotrinh.reading.order import Ordered
from lotrinh.reading.quantities import Quantity
from lotrinh.reading.text import Source, fold

_EVENTS = lexicon("events")
GATHERINGS: Phrases[bool] = Phrases.of(_EVENTS["gatherings_vi"] + _EVENTS["gatherings_en"], True)
ACTS: Phrases[bool] = Phrases.of(_EVENTS["acts_vi"] + _EVENTS["acts_en"], True)
_GUARDS = lexicon("guards")["events"]
_HOLDING = re.compile(any_of(map(fold, [*_EVENTS["holding_vi"], *_EVENTS["holding_en"]])))
_ALSO_NOUNS = tuple(_EVENTS["also_nouns"])
_OF_A_VISIT = re.compile(r"(?<!\w)(?:chuyen|buoi|cuoc) (?:\w+ va )?$")
_OBJECT = 4  # characters: an act needs an object
_NOUN = re.compile(any_of(_EVENTS["noun_before"]) + r"\s$")
_LEADS_UP = re.compile(any_of(_GUARDS["leads_up"]) + r"\s*$")
_PREPARED = re.compile(any_of(_GUARDS["prepared"]) + r"\s*$")
_LATER = re.compile(any_of(_GUARDS["later"]) + r"\s*$")
_BESIDE = 30  # characters: a day may stand on the next line
_MENTIONS = 30  # words of gatherings looked back at
_FOLLOWS = 6  # sentences in which it is told who came
_SESSION = "ky hop"


@dataclass(frozen=True, slots=True)
class _Around:
    """What a sentence is read with."""

    source: Source
    sentences: Sequence[Sentence]
    dates: Ordered[When]
    quantities: Ordered[Quantity]


@dataclass(frozen=True, slots=True)
class _Told:
    """What a whole sentence tells: its sites and people, and whether something is held in it."""

    index: int
    sentence: Sentence
    sites: Decimal | None
    people: Decimal | None
    held: bool


def find_events(
    source: Source,
    places: Sequence[int],
    sentences: Sequence[Sentence],
    dates: Sequence[When],
    quantities: Sequence[Quantity],
    title: tuple[int, int] | None = None,
) -> list[Gathering]:
    """Return the gatherings; ``places`` are where words that name one stand.

    One that the ``title`` of a document names in full is reported there, where it is told first.
    """
    around = _Around(source, sentences, Ordered(dates), Ordered(quantities))
    found: list[Gathering] = []
    for index, inside in by_sentence(sentences, places):
        found += _in_sentence(around, index, inside)
    merged = merged_of(found)
    _fill_in(around, merged)
    for gathering in merged:
        _name_in_full(around, gathering, places)
    if title is not None:
        for place in places:
            if title[0] <= place < title[1]:
                _name_in_title(source, place, title[1], merged)
    merged += _sessions(around, places, merged)
    return sorted(merged, key=lambda gathering: gathering.start)


def _tell(around: _Around, index: int) -> _Told:
    sentence = around.sentences[index]
    sites, people = count(around.source, around.quantities, sentence)
    held = _HOLDING.search(around.source.folded, sentence.start, sentence.end) is not None
    return _Told(index, sentence, sites, people, held)


def _in_sentence(around: _Around, index: int, places: Sequence[int]) -> Iterator[Gathering]:
    """Yield the first gathering of a sentence, and others that have a day of their own."""
    days: set[str] = set()
    done, limit = 0, around.sentences[index].end
    counted = around.quantities.within(around.sentences[index].start, limit)
    dated = around.dates.within(around.sentences[index].start, limit + _BESIDE)
    if not dated and all(quantity.unit != "site" for quantity in counted):
        return
    told = _tell(around, index)
    for place in places:
        if place < done:
            continue
        gathering = _named(around, place, told) or _acted(around, place, told)
        if gathering is None:
            continue
        day = gathering.date.iso if gathering.date else ""
        if days and (
            day in days or day_beside(around.source, around.dates, gathering.end, limit) is None
        ):
            continue
        days.add(day)
        done = gathering.end
        yield gathering


def _named(around: _Around, place: int, told: _Told) -> Gathering | None:
    """Return the gathering whose word stands at ``place``, if its day or its sites are told."""
    source, sentence = around.source, told.sentence
    word = GATHERINGS.at(source, place)
    if word is None or speaks_of_other(source, place, word[0]):
        return None
    start = name_start(source, place, sentence.start)
    end = name_end(source, word[0], sentence.end)
    beside = day_beside(source, around.dates, end, sentence.end)
    if _LEADS_UP.search(source.folded, max(0, start - 24), start):
        return None
    when = beside or day_of(source, around.dates, place, sentence)
    if when is None and told.sites is None:
        return None
    if beside is None and not (
        told.held and not _PREPARED.search(source.folded, max(0, place - 24), place)
    ):
        return None
    bare = end - start < BARE_NAME and beside is None
    if bare and told.sites is None and _LATER.search(source.folded, max(0, start - 24), start):
        return None
    kind = kind_of(source.folded[place : word[0]])
    name = source.composed[start:end].strip()
    return Gathering(start, end, name, kind, when, told.sites, told.people, told.index)


def _acted(around: _Around, place: int, told: _Told) -> Gathering | None:
    """Return the gathering that an act at ``place`` was: its day opens the sentence or follows."""
    source, sentence = around.source, told.sentence
    word = ACTS.at(source, place)
    if word is None or _is_noun(source, place, sentence.start):
        return None
    end = name_end(source, word[0], sentence.end, act=True)
    when = day_beside(source, around.dates, end, sentence.end) or day_of(
        source, around.dates, place, sentence
    )
    whole = source.folded.count(" ", place, word[0]) > 1  # "tiếp công dân" needs no object
    if when is None or place == sentence.start or (end - word[0] < _OBJECT and not whole):
        return None
    if when.start > place and day_beside(source, around.dates, end, sentence.end) is None:
        return None
    name = source.composed[place:end].strip()
    return Gathering(place, end, name, "act", when, None, told.people, told.index)


def _is_noun(source: Source, place: int, floor: int) -> bool:
    """Tell "công tác kiểm tra" and "đoàn giám sát" from somebody's act."""
    named = source.folded.startswith(_ALSO_NOUNS, place)
    low = max(floor, place - 24)
    if _OF_A_VISIT.search(source.folded, low, place):
        return True
    return named and _NOUN.search(source.folded, low, place) is not None


def _fill_in(around: _Around, found: Sequence[Gathering]) -> None:
    """Take from the sentences that follow who came and what was connected."""
    lasts = {gathering.sentence: gathering for gathering in found}
    for index, gathering in lasts.items():
        for sentence in around.sentences[index + 1 : index + 1 + _FOLLOWS]:
            sites, people = count_later(around.source, around.quantities, around.dates, sentence)
            gathering.sites = sites if gathering.sites is None else gathering.sites
            if gathering.participants is None:
                gathering.participants = people


def _name_in_full(around: _Around, bare: Gathering, places: Sequence[int]) -> None:
    """Give a gathering that is told of by its word alone the full name shortly before."""
    source = around.source
    alone = GATHERINGS.at(source, bare.start)
    if bare.kind == "act" or alone is None or alone[0] < bare.end:
        return
    low = around.sentences[max(0, bare.sentence - _FOLLOWS)].start
    before = places[bisect_left(places, low) : bisect_left(places, bare.start)]
    for place in reversed(before[-_MENTIONS:]):
        word = GATHERINGS.at(source, place)
        if word is None or kind_of(source.folded[place : word[0]]) != bare.kind:
            continue
        if speaks_of_other(source, place, word[0]):
            continue
        start = name_start(source, place, low)
        end = name_end(source, word[0], len(source.folded))
        if end - start > BARE_NAME and start != place:
            bare.start, bare.end, bare.name = start, end, source.composed[start:end].strip()
            return


def _name_in_title(source: Source, place: int, limit: int, found: list[Gathering]) -> None:
    word = GATHERINGS.at(source, place)
    if word is None or OF_A_PAPER.search(source.folded, max(0, place - 40), place):
        return
    kind = kind_of(source.folded[place : word[0]])
    end = name_end(source, word[0], limit)
    for gathering in found:
        if gathering.kind in {kind, "act"} and gathering.start > end and end - place > BARE_NAME:
            gathering.start, gathering.end, gathering.kind = place, end, kind
            gathering.name = source.composed[place:end].strip()
            return


def _sessions(
    around: _Around, places: Sequence[int], found: Sequence[Gathering]
) -> Iterator[Gathering]:
    """Yield the session in capitals that heads a resolution, on the day when it was passed."""
    source = around.source
    if any(gathering.kind == "hop" for gathering in found):
        return
    head: tuple[int, int] | None = None
    for place in places:
        word = GATHERINGS.at(source, place)
        if word is None or not source.folded.startswith(_SESSION, place):
            continue
        end = name_end(source, word[0], source.folded.find("\n", place))
        if head is None and source.composed[place:end].isupper():
            head = place, end
        passes = PASSES.match(source.folded, word[0])
        days = around.dates.within(word[0], passes.end() + 1) if passes and head else []
        if days and head:
            name = source.composed[head[0] : head[1]].strip()
            yield Gathering(*head, name, "hop", days[-1], None, None)
            return
