"""Gatherings: what was held, when, with how many connected sites and people.

A gathering is told of in a sentence that names it and its day, or counts its sites or people.
Later sentences about the same kind of gathering fill in what the first one left out; they make
no event of their own unless they name another day.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from lotrinh.reading.dates import When
from lotrinh.reading.grammar import Phrases, any_of, lexicon
from lotrinh.reading.layout.clauses import Sentence
from lotrinh.reading.order import Ordered
from lotrinh.reading.quantities import Quantity
from lotrinh.reading.text import Source, fold

_EVENTS = lexicon("events")
GATHERINGS: Phrases[bool] = Phrases.of(_EVENTS["gatherings_vi"] + _EVENTS["gatherings_en"], True)
_HOLDING = re.compile(
    r"(?<!\w)(?:"
    + "|".join(re.escape(fold(word)) for word in (*_EVENTS["holding_vi"], *_EVENTS["holding_en"]))
    + r")(?!\w)"
)
_GUARDS = lexicon("guards")["events"]
_NAME_ENDS: list[str] = _GUARDS["name_end_toned"]
_STOP = r"[;:\n\"]|\.(?=\s|$)|,"
_NAME_END = re.compile(rf"{_STOP}|\s{any_of(map(fold, _NAME_ENDS))}\s")
_NAME_END_TONED = re.compile(rf"{_STOP}|\s{any_of(_NAME_ENDS)}\s", re.IGNORECASE)
_OF_A_PAPER = re.compile(any_of(_GUARDS["of_a_paper"]) + r"\s*$")
_LATER = re.compile(any_of(_GUARDS["later"]) + r"\s*$")
_LEADS = frozenset(_EVENTS["leads_en"])
_NOT_LEFT = frozenset(lexicon("guards")["agencies"]["not_left"])
_KINDS = ("hoi nghi", "lam viec", "hop", "hoi thao", "meeting", "conference", "session")
_NEAR = 220  # characters: a day further on belongs to something else
_LEADING = 8  # words that may lead up to the word of a gathering
_BARE_NAME = 24  # characters: no more than the word and a little
_PASSES = re.compile(
    r"[^.;:]{0,30} (?:thong qua|passed on|adopted on)(?: ngay)?"
)  # the day on which a resolution was passed
_NAME_LENGTH = 180


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
    starts = [sentence.start for sentence in sentences]
    ordered, counted = Ordered(dates), Ordered(quantities)
    found: list[Gathering] = []
    seen: set[int] = set()
    for place in places:
        index = bisect_left(starts, place + 1) - 1
        if index < 0 or index in seen or place >= sentences[index].end:
            continue
        word = GATHERINGS.at(source, place)
        if word is None:
            continue
        gathering = _told(source, place, word[0], sentences[index], ordered, counted)
        if gathering is not None:
            seen.add(index)
            found.append(gathering)
    merged = _merged(found)
    if title is not None:
        for place in places:
            if title[0] <= place < title[1]:
                _name_in_title(source, place, title[1], merged)
    return sorted(merged, key=lambda gathering: gathering.start)


def _name_in_title(source: Source, place: int, limit: int, found: list[Gathering]) -> None:
    word = GATHERINGS.at(source, place)
    if word is None or _OF_A_PAPER.search(source.folded, max(0, place - 40), place):
        return
    kind = _kind(source.folded[place : word[0]])
    end = _name_end(source, word[0], limit)
    for gathering in found:
        if gathering.kind == kind and gathering.start > end and end - place > _BARE_NAME:
            gathering.start, gathering.end = place, end
            gathering.name = source.composed[place:end].strip()
            return


def _kind(word: str) -> str:
    """Return what sort of gathering a word names, whatever stands around it."""
    for kind in _KINDS:
        if kind in word:
            return kind
    return word.split()[-1]


def _told(
    source: Source,
    place: int,
    word_end: int,
    sentence: Sentence,
    dates: Ordered[When],
    quantities: Ordered[Quantity],
) -> Gathering | None:
    when = next(
        (
            date
            for date in dates.within(sentence.start, sentence.end)
            if date.precision in {"day", "interval"}
            and date.role == "event"
            and (date.start < place + _NEAR)
        ),
        None,
    )
    counted = quantities.within(sentence.start, sentence.end)
    counts = [q for q in counted if q.form == "amount"]
    sites = next((q.value for q in counts if q.unit == "site"), None)
    people = next((q.value for q in counts if q.unit == "person"), None)
    if when is None and sites is None:
        return None
    if not _HOLDING.search(source.folded, sentence.start, sentence.end):
        return None
    if _PASSES.match(source.folded, word_end):
        return None
    if _OF_A_PAPER.search(source.folded, max(0, place - 40), place):
        return None
    start = _name_start(source, place, sentence.start)
    end = _name_end(source, word_end, sentence.end)
    bare = end - start < _BARE_NAME
    if bare and sites is None and _LATER.search(source.folded, max(0, start - 24), start):
        return None
    kind = _kind(source.folded[place:word_end])
    return Gathering(start, end, source.composed[start:end].strip(), kind, when, sites, people)


def _name_start(source: Source, place: int, floor: int) -> int:
    """Return where an English name begins: ordinals, capitals and kinds lead up to its word."""
    start = place
    for _ in range(_LEADING):
        if start <= floor or source.folded[start - 1] != " ":
            break
        before = source.folded.rfind(" ", floor, start - 1) + 1
        before = max(before, floor)
        word = source.folded[before : start - 1]
        if word in _LEADS or re.fullmatch(r"\d{1,3}(?:st|nd|rd|th)", word):
            start = before
        elif source.composed[before].isupper() and word.isalnum() and word not in _NOT_LEFT:
            if source.toned:
                break
            start = before
        else:
            break
    return start


def _name_end(source: Source, start: int, limit: int) -> int:
    folded = source.folded
    if folded.startswith((" voi ", " with "), start):
        start += 6  # "buổi làm việc với ...": with whom is a part of the name
    end_of = min(limit, start + _NAME_LENGTH)
    if source.toned:  # a line broken in the middle of a sentence does not end a name
        match = _NAME_END_TONED.search(source.composed, start, end_of)
        while match and match.group() == "\n" and folded[match.start()] == " ":
            match = _NAME_END_TONED.search(source.composed, match.end(), end_of)
    else:
        match = _NAME_END.search(folded, start, end_of)
    end = match.start() if match else min(limit, start + _NAME_LENGTH)
    if not match and end < limit:
        end = folded.rfind(" ", start, end)
    return max(end, start)


def _merged(found: list[Gathering]) -> list[Gathering]:
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
    if one.kind != other.kind:
        return False
    if one.date is not None and other.date is not None and one.date.iso != other.date.iso:
        return False
    return one.sites is None or other.sites is None or one.sites == other.sites
