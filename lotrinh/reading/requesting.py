"""Instructions that somebody utters: what was requested, and what must be done.

"The Chairman requested that ..." leaves what comes behind the verb; "nêu rõ, thời gian tới tiếp tục
..." the imperative; a modal verb ("phải", "must be") the sentence in which somebody says it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from lotrinh.reading.assignments import (
    ADVERBS,
    BOUND,
    DIRECTING,
    IMPERATIVE,
    MODAL,
    OPENING,
    SAYING,
    Desk,
    Order,
    actors,
    opening_verb,
    skip,
)
from lotrinh.reading.grammar import any_of, lexicon
from lotrinh.reading.layout.clauses import Sentence
from lotrinh.reading.openings import opened, withheld
from lotrinh.reading.text import Source

_GUARDS = lexicon("guards")["tasks"]
_NOUN_BEFORE = re.compile(any_of(_GUARDS["noun_before"]) + r"\s*$")
_PASSIVE_DUTY = re.compile(
    r"(?:is|are|was|were)\s+(?:requested|required|urged|asked|assigned|directed|instructed|told|tasked"
    r"|entrusted|charged|mandated|obliged)\s+(?:to|with)\b"
)
_BEEN = re.compile(r"(?<!\w)(?:been|was|were)\s(?:\w+\s){0,3}$")
_NOUN_AFTER = re.compile(r"\s*" + any_of(_GUARDS["noun_after"]))
_AFTER_VERB = re.compile(
    r"(?:\s|,|:|\brang\b|\bthat\b|\bfor\b|\bto\b(?=\s+(?:immediately|promptly|urgently))|\bon\b|\bupon\b|\bla\b)*"
)
_REPORTED_VI = re.compile(r"(?<!\w)(?:đã|đang|vừa|được giao|từ năm)(?!\w)")
_LONG_AGO = ("chi dao", "giao", "phan cong")  # behind "da" these report
_FREE = frozenset({"yeu cau", "de nghi"})  # any other verb must name who is to act
_BY_VERB = frozenset({"chi dao"})  # a verb of doing may follow at once
_SUBJECT = re.compile(any_of(_GUARDS["subjects"]))
_SUBJECT_START = re.compile(r"[,;.:\"]|\sthat\s|\srang\s")
_REPORTING = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(SAYING.first_words)))})(?!\w)")
_STATES = re.compile(r"\s(?:là|không phải|đã|đang)\s")  # then something is said, not ordered
_SAID_WITHIN = 400  # characters before a verb in which its subject and speaker stand
_STATED = 90
_ASKED_WITHIN = 330  # characters that the names of those who are asked may take
_AIM_IS = re.compile(rf"(?<!\w){any_of(_GUARDS['aim_is'])}\s$")
_TOLD = re.compile(  # "ordered the ministry to ...": who is told, whatever the name
    r"(?:the\s)?((?!him\b|her\b|them\b|us\b|it\b|everyone\b)[A-Za-z][\w'-]*(?:\s(?!to\b|that\b|must\b|should\b)"
    r"[\w'-]+){0,5})\sto\s(?!the\b|an?\b)"
)
_BODY = re.compile(
    rf"\s*(?:[Tt]he\s)?((?:[\w'-]+\s){{0,4}}?{any_of(_GUARDS['bodies_en'])})\s+(?:also\s+)?$"
)
_PLACE = re.compile(r"\s*(?:[A-Z][\w']+\s){1,2}\s*")
_QUOTED = re.compile(
    r"(?<!\w)(?:said|stressed|noted|emphasi[sz]ed|added|urged|affirmed|underlined)\b"
)
_OF_WHICH = re.compile(r"\s(?:with|by)\s|\sto\s(?!the\b|an?\b)")
_HIGHEST = re.compile(any_of(_GUARDS["highest"]))
_BE_DONE = re.compile(r"\s(?:be|duoc)\s")
_NOT_BOUND = re.compile(r"\s" + any_of(_GUARDS["not_bound"]))
_RELATIVE = ("which ", "who ", "that ", "where ")


def directive(desk: Desk, sentence: Sentence) -> tuple[int, int] | None:
    """Return where a verb such as "requested" stands and where what it asks for begins."""
    source = desk.source
    for place in _triggers(desk, sentence):
        verb = DIRECTING.at(source, place)
        if verb is None or withheld(source, sentence.start, place):
            continue
        before = source.folded[max(sentence.start, place - 22) : place]
        if _passive_duty(source.folded, place):
            return sentence.start, sentence.start
        if _is_noun(source, place, verb[0], before):
            continue
        if _BEEN.search(source.folded, max(sentence.start, place - 34), place):
            continue
        if _names_whom(desk, sentence, place, verb[0]):
            link = _AFTER_VERB.match(source.folded, verb[0], sentence.end)
            return place, link.end() if link else verb[0]
    return None


def _is_noun(source: Source, place: int, end: int, before: str) -> bool:
    """Tell "the requests" and "đáp ứng yêu cầu", and what was directed long ago."""
    if _NOUN_BEFORE.search(before) or _NOUN_AFTER.match(source.folded, end):
        return True
    if source.toned:
        return source.folded.startswith(_LONG_AGO, place) and before.endswith("da ")
    if _OF_WHICH.match(source.folded, end) and source.folded.endswith("ed", place, end):
        return True  # "teams tasked with reviewing", "tasks assigned to prepare for it"
    plural = source.folded.startswith("requests", place) and end - place == len("requests")
    return plural and before.endswith("the ")


def _names_whom(desk: Desk, sentence: Sentence, place: int, end: int) -> bool:
    """Tell whether a verb of directing is followed by whom it directs, or needs no such name."""
    source = desk.source
    if not source.toned:
        return _asks(source.folded, place, end, sentence.end)
    word = " ".join(source.folded[place:end].split())
    if word in _FREE or actors(desk, skip(source.folded, end), sentence.end)[0]:
        return True
    return word in _BY_VERB and _led_to(desk, sentence, place, end)


def _led_to(desk: Desk, sentence: Sentence, place: int, end: int) -> bool:
    """Tell "Chính phủ chỉ đạo phát triển mạnh ...": a body directs, without saying whom."""
    if desk.settings[sentence.clause].topic is not None:
        return False
    subject = _subject_start(desk, sentence.start, place)
    names, last = actors(desk, subject, place)
    if not (names and place - last <= 2) and not _HIGHEST.match(desk.source.folded, subject):
        return False
    return opening_verb(desk.source, skip(desk.source.folded, end), sentence.end) is not None


def _passive_duty(folded: str, place: int) -> bool:
    """Tell "are requested to", which directs, from "was requested", which reports."""
    return any(_PASSIVE_DUTY.match(folded, max(0, place - back)) for back in (3, 4, 5))


def _asks(folded: str, place: int, end: int, limit: int) -> bool:
    """An English verb of asking is followed by "that", or by whom and "to"."""
    if folded.startswith("call", place) or folded[limit - 1] == ":":
        return True
    return (
        re.compile(r"\s(?:that|to)\s|:").search(folded, end, min(limit, end + _ASKED_WITHIN))
        is not None
    )


def requested(desk: Desk, sentence: Sentence, directive: tuple[int, int]) -> Order | None:
    """Read what somebody requested: the text is what comes behind the verb."""
    start = directive[1]
    if sentence.end - start < 20:
        return None
    names, end = actors(desk, start, sentence.end)
    if _REPORTED_VI.match(desk.source.composed, skip(desk.source.folded, end)):
        return None
    if not names and not desk.source.toned:
        told = _TOLD.match(desk.source.composed, start, sentence.end)
        names = [" ".join(told[1].split())] if told is not None else []
    if not names:
        comma = desk.source.folded.find(",", start, start + 80)
        names = actors(desk, skip(desk.source.folded, comma), sentence.end)[0] if comma > 0 else []
    return Order(start, sentence.end, "task.requested", sentence.clause, names)


def _body(desk: Desk, start: int, place: int) -> list[str]:
    """Return an English body that is told by its common name: "The city must ...", "Hanoi must"."""
    if desk.source.toned:
        return []
    named = _BODY.search(desk.source.composed, _subject_start(desk, start, place), place)
    return [" ".join(named[1].split())] if named is not None else []


def _said(desk: Desk, sentence: Sentence, place: int) -> int | None:
    """Return where the words begin that somebody said, if such a verb stands before ``place``."""
    source = desk.source
    found: int | None = None
    low = max(sentence.start, place - _SAID_WITHIN)
    for word in _REPORTING.finditer(source.folded, low, place):
        verb = SAYING.at(source, word.start())
        if verb is not None and verb[0] < place:
            link = _AFTER_VERB.match(source.folded, verb[0], sentence.end)
            found = min(place, link.end() if link else verb[0])
    return found


def told(desk: Desk, sentence: Sentence) -> Order | None:
    """Read "Thủ tướng nêu rõ, thời gian tới, tiếp tục ...": an imperative that somebody says."""
    source = desk.source
    heard = source.toned and not desk.directing
    start = _said(desk, sentence, sentence.end) if heard else None
    if start is None:
        return None
    opening = OPENING.match(source.folded, start, sentence.end)
    place = opening.end() if opening else start
    if not opened(source, place, sentence.end, strict=False):
        return None
    if _STATES.search(source.composed, place, min(sentence.end, place + _STATED)):
        return None
    return Order(place, sentence.end, "task.requested", sentence.clause)


def _bound_by(desk: Desk, start: int, place: int, end: int) -> list[str]:
    """Return who is named from ``start`` on before a modal verb from ``place`` to ``end``."""
    names = actors(desk, start, end)[0]
    names = names or actors(desk, _subject_start(desk, start, place), end)[0]
    passive = _BE_DONE.match(desk.source.folded, end) is not None
    return names if names or passive else _body(desk, start, place)


def _subject_start(desk: Desk, start: int, place: int) -> int:
    """Return where the words begin that say who must do what stands at ``place``."""
    start = max(start, place - _SAID_WITHIN)
    for boundary in _SUBJECT_START.finditer(desk.source.folded, start, place):
        start = boundary.end()
    return skip(desk.source.folded, start)


def _is_official(desk: Desk, sentence: Sentence, place: int) -> bool:
    """In a report, only what public bodies and their people must do is an instruction."""
    folded = desk.source.folded
    if actors(desk, sentence.start, min(place, sentence.start + _SAID_WITHIN))[0]:
        return True
    start = _subject_start(desk, sentence.start, place)
    if not folded[start:place].strip():
        return True
    named = not desk.source.toned and _PLACE.fullmatch(desk.source.composed, start, place)
    if named and _QUOTED.search(folded, sentence.start, sentence.end):
        return True
    return _SUBJECT.search(folded, start, place) is not None


def _triggers(desk: Desk, sentence: Sentence) -> Iterator[int]:
    """Yield the places in a sentence of words that may direct."""
    first = bisect_left(desk.triggers, sentence.start)
    for turn in range(first, bisect_left(desk.triggers, sentence.end, first)):
        yield desk.triggers[turn]


def _modal(source: Source, sentence: Sentence, place: int) -> int | None:
    """Return where a modal verb ends by which somebody is bound: not "không phải"."""
    modal = MODAL.at(source, place)
    if modal is None or (place == sentence.start and not source.toned):
        return None  # "Should difficulties arise" is a condition
    low = max(sentence.start, place - 16)
    if source.folded.startswith(("is to ", "are to "), place) and (
        _AIM_IS.search(source.folded, low, place) or source.folded.startswith("be ", modal[0] + 1)
    ):
        return None  # "the aim is to ...", "158,000 flats are to be completed"
    if withheld(source, sentence.start, place) or _NOT_BOUND.match(source.folded, modal[0]):
        return None
    return modal[0]


def _is_to_be(folded: str, modal: int, after: int) -> bool:
    """Tell "must be published" and "needs to be more drastic"."""
    return folded.startswith("be ", after) or folded.endswith(" be", 0, modal)


def must(desk: Desk, sentence: Sentence, tasky: bool) -> Order | None:
    """Read what must be done: a modal verb in front of a verb of doing."""
    source = desk.source
    for place in _triggers(desk, sentence):
        modal = _modal(source, sentence, place)
        if modal is None:
            continue
        said = _said(desk, sentence, place)
        passive = _BE_DONE.match(source.folded, modal) is not None
        listed = tasky and (passive or desk.clauses[sentence.clause].label is not None)
        known = desk.directing or listed or said is not None
        if not (known or _is_official(desk, sentence, place)):
            continue
        after = skip(source.folded, modal)
        verb = IMPERATIVE.at(source, after) or ADVERBS.at(source, after)
        if verb is None:
            verb = BOUND.at(source, after)
        start = sentence.start if said is None else said
        names = _bound_by(desk, start, place, modal)
        if source.toned and verb is None and not (desk.directing and names):
            continue
        told = max(sentence.start, place - _SAID_WITHIN)
        if _REPORTED_VI.search(source.composed[told:place].lower()):
            continue
        if source.folded.endswith(_RELATIVE, 0, place):
            continue
        if not source.toned and (
            not tasky and verb is None and not _is_to_be(source.folded, modal, after)
        ):
            continue
        return Order(start, sentence.end, "task.modal", sentence.clause, names, whole=modal)
    return None
