"""One sentence that tells several units to do several things is several instructions.

"Giao Sở A lập kế hoạch; giao Sở B thẩm định" and "asked the Department of A to review ..., the
Department of B to transfer ..." are parted where the next unit and its verb begin, and only
behind a first instruction that is complete by itself. Behind a semicolon a verb is enough: who
acted before acts again ("rà soát quy hoạch; đẩy nhanh tiến độ").
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from lotrinh.reading.assignments import (
    ADVERBS,
    DIRECTING,
    IMPERATIVE,
    LEAD,
    MODAL,
    OPENING,
    Desk,
    Order,
    actors,
    opening_verb,
    skip,
)
from lotrinh.reading.grammar import any_of, lexicon
from lotrinh.reading.openings import takes_back
from lotrinh.reading.text import Source

_JOINT = re.compile(
    r"(?:[;,]|\s(?=(?:and|va)\s))\s*(?:(?:va|and|dong thoi|also|while)\s+)?(?:(?:he|she)\s+)?"
)
_BESIDE = re.compile(r"\s(?:with|between|among)\s(?:[^,;.]{2,40}, )*[^,;.]{2,60}$")
_TO_DO = re.compile(r"\s+(?:to|shall|must|should)\s")
_DONE_BY = re.compile(any_of(lexicon("guards")["tasks"]["done_by"]) + r"\s")
_DAY_NEAR = 24  # characters from "hoàn thành" to its day
_WORD = re.compile(r"[a-z]+")
_BRACKETED = 400  # characters that a remark in brackets may have
_SUBJECT = 100  # characters in which a subject must be over
_COMPLETE = 12  # characters behind the first unit that make an instruction


def split(desk: Desk, order: Order) -> Iterator[Order]:
    """Yield the instructions that one sentence gives, in its order; the first one always."""
    current = order
    done = actors(desk, order.start, order.end)[1]
    for joint in _JOINT.finditer(desk.source.folded, order.start, order.end):
        if joint.start() < max(done + _COMPLETE, order.whole):
            continue
        following = _following(desk, current, joint) or _continuing(desk, current, joint)
        if following is not None:
            if current is order or not takes_back(desk.source, current.start):
                yield replace(current, end=joint.start())
            current = following
            done = actors(desk, current.start, current.end)[1]
    if current is order or not takes_back(desk.source, current.start):
        yield current


def _continuing(desk: Desk, order: Order, joint: re.Match[str]) -> Order | None:
    """Return what the same unit is to do next, if a verb opens it behind a semicolon."""
    source, at = desk.source, joint.end()
    if not joint.group().startswith(";") or _is_inside(source.folded, order.start, at):
        return None
    opening = OPENING.match(source.folded, at, order.end)
    verb = opening.end() if opening else at
    if opening_verb(source, verb, order.end, gerund=True) is None and not _is_bound(source, verb):
        return None
    if source.folded.startswith("trong do", at):
        return None  # it goes on with the same
    if order.end - at < _COMPLETE or _is_deadline(desk, at, order.end):
        return None
    return replace(order, start=at, due=None, recurrence=None, deliverable=None)


def _is_bound(source: Source, place: int) -> bool:
    """Tell whether a modal verb follows soon: "; mỗi nhiệm vụ phải được phân công"."""
    stop = source.folded.find(";", place, place + _SUBJECT)
    for word in _WORD.finditer(source.folded, place, stop if stop > 0 else place + _SUBJECT):
        if word.group() in MODAL.first_words and MODAL.at(source, word.start()):
            return True
    return False


def _is_deadline(desk: Desk, place: int, end: int) -> bool:
    """Tell "hoàn thành trước ngày 30/6", which completes what stands before it."""
    done = _DONE_BY.match(desk.source.folded, place, end)
    return done is not None and bool(desk.dates.within(done.end() - 1, done.end() + _DAY_NEAR))


def _is_inside(folded: str, start: int, place: int) -> bool:
    """Tell whether a place stands inside brackets that opened behind ``start``."""
    low = max(start, place - _BRACKETED)
    return folded.count("(", low, place) > folded.count(")", low, place)


def _following(desk: Desk, order: Order, joint: re.Match[str]) -> Order | None:
    """Return the instruction that begins behind a joint, if a unit and what it is to do follow."""
    source, at = desk.source, joint.end()
    gives = DIRECTING.at(source, at)
    place = skip(source.folded, gives[0]) if gives else at
    names, end = actors(desk, place, order.end)
    if not names:
        return None
    if not source.toned:
        listed = joint.group().startswith((",", " "))
        if listed and _BESIDE.search(source.folded, max(order.start, at - 160), joint.start()):
            return None  # "cooperate with donors, ministries and sectors to draw up plans"
        first = _TO_DO.search(source.folded, order.start, joint.start())
        doing = _TO_DO.match(source.folded, end) is not None and first is not None
    else:
        after = skip(source.folded, end)
        doing = gives is not None or (
            joint.group().startswith(";")
            and any(verbs.at(source, after) for verbs in (LEAD, IMPERATIVE, ADVERBS, MODAL))
        )
    if not doing:
        return None
    return Order(place, order.end, "task.assigned", order.clause, names)
