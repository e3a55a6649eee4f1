"""Instructions that name who is to act: "Giao Sở X chủ trì ...", "Sở X: ...", "X được giao ...".

A unit in front of a verb is told to act in a directing document, or where instructions stand
right before; in a report it has mostly acted already.
"""

import re
from dataclasses import dataclass

from lotrinh.reading.assignments import (
    ADVERBS,
    COORDINATE,
    DIRECTING,
    IMPERATIVE,
    LEAD,
    MODAL,
    OPENING,
    Desk,
    Order,
    actors,
    behind_links,
    opening_verb,
    skip,
)
from lotrinh.reading.dates import When
from lotrinh.reading.grammar import any_of, lexicon
from lotrinh.reading.layout.clauses import Sentence
from lotrinh.reading.openings import acted, takes_back, withheld
from lotrinh.reading.text import Source

_GUARDS = lexicon("guards")["tasks"]
_GIVEN = re.compile(
    r"\s(?:duoc|da duoc)\s[^,;.:]{3,60}?\s(?:giao|phan cong|yeu cau)\s(?:nhiem vu\s)?"
)
_REPORTED_EN = re.compile(
    r"(?<!that\s)(?<!which\s)(?<!who\s)(?<!\w)(?:has|have|had|was|were|is|are)\s+(?:also\s+|now\s+|always\s+|been\s+)?(?:\w+ed|been|being|done|made|built|\w+ing|held)\b"
)
_REST = re.compile(r"\s([a-z]+)(?=\s)")
_REST_LENGTH = 60
_WORD = re.compile(r"(?<!\w)[a-z]+")
_SUFFIX = re.compile(r"\s-\s[^\W\d_][^:,.;\n]{0,24}(?=:)")  # "Phòng Tài chính - KH:"
_BY_DUTY = re.compile(  # "theo chức năng, nhiệm vụ được giao" between a unit and its verb
    r"(?:theo|can cu)\s(?:\w+\s){0,4}?(?:chuc nang|tham quyen|nhiem vu)"
    r"(?:(?:,|\sva)\s(?:nhiem vu|quyen han|tham quyen|linh vuc))*"
    r"(?:\s(?:duoc giao|duoc phan cong|cua minh|quan ly))*,?\s|se\s(?=chu tri|phoi hop)"
    r"|will\s(?!be\s|have\s)"
)
_FURTHER = re.compile(r"(?:co quan|don vi|to chuc|doan the|dia phuong|doanh nghiep)(?!\w)")
_NO_VERB = frozenset(_GUARDS["no_verb"])
_ON = re.compile(r"(?:vao\s|on\s)?")  # before a day with which a sentence opens
_HIGHEST = re.compile(any_of(_GUARDS["highest"]))


@dataclass(slots=True)
class _Named:
    """The units that a sentence opens with: ``place`` is where their names begin."""

    start: int
    place: int
    end: int
    names: list[str]
    given: bool  # a verb of assigning stands in front of them
    tasky: bool  # instructions are to be expected


def assigned(desk: Desk, sentence: Sentence, tasky: bool) -> Order | None:
    """Read "Giao Sở X chủ trì, phối hợp với ..." and "Sở X: chủ trì ..." """
    source = desk.source
    start = behind_links(source, sentence.start)
    gives = DIRECTING.at(source, start)
    place = skip(source.folded, gives[0]) if gives else start
    names, end = actors(desk, place, sentence.end)
    opening = None if names or gives else OPENING.match(source.folded, place, sentence.end)
    if opening is not None:
        names, end = actors(desk, opening.end(), sentence.end)
    if names:
        named = _Named(start, place, end, names, given=gives is not None, tasky=tasky)
        return _told_to(desk, sentence, named)
    if gives is None and opening is None and tasky:
        coming = _coming(desk, sentence)
        if coming is not None:
            return _on_a_day(desk, sentence, coming)
    if gives and tasky and source.toned:
        return Order(start, sentence.end, "task.assigned", sentence.clause)
    return None


def _coming(desk: Desk, sentence: Sentence) -> When | None:
    """Return the day with which a sentence opens, where it lies behind that of issue.

    What a text says of such a day has not been done: "Ngày 30/9/2024, Sở Y tế trình ..." in a plan
    of May orders, in one of December it reports.
    """
    first = next(iter(desk.dates.within(sentence.start, sentence.end)), None)
    if first is None or first.first is None or desk.issued is None or not desk.directing:
        return None
    opens = _ON.fullmatch(desk.source.folded, sentence.start, first.start) is not None
    parted = desk.source.folded.startswith(", ", first.end)
    if not (opens and parted and first.precision == "day" and first.role != "issued"):
        return None
    return first if first.first > desk.issued else None


def _on_a_day(desk: Desk, sentence: Sentence, coming: When) -> Order | None:
    """Read "Ngày 30/9/2024, Sở Y tế trình ...": a unit is told to act on a day to come."""
    place = skip(desk.source.folded, coming.end)
    names, end = actors(desk, place, sentence.end)
    if not names:
        return None
    named = _Named(sentence.start, place, end, names, given=False, tasky=True)
    order = _told_to(desk, sentence, named)
    later = desk.dates.within(coming.end, sentence.end)
    if order is not None and not any(when.role == "deadline" for when in later):
        order.due = coming.iso
    return order


def _told_to(desk: Desk, sentence: Sentence, named: _Named) -> Order | None:
    """Return the instruction to the units that a sentence opens with."""
    source = desk.source
    suffix = _SUFFIX.match(source.composed, named.end)
    if suffix is not None and len(named.names) == 1:
        named.end = suffix.end()
        named.names = [" ".join(source.composed[named.place : named.end].split())]
    after = skip(source.folded, named.end)
    duty = _BY_DUTY.match(source.folded, after)
    after = duty.end() if duty else _behind_helpers(desk, after, sentence.end)
    if _assigns(desk, sentence, named, after):
        return None
    if withheld(source, named.start, after) or takes_back(source, after):
        return None
    lead = LEAD.at(source, after)
    verb = lead is not None or _verb_at(desk, sentence, named, after)
    if source.folded[named.end : named.end + 1] == ":" and desk.directing and named.tasky:
        start = skip(source.folded, named.end)
        return Order(start, sentence.end, "task.assigned", sentence.clause, named.names)
    joint = lead is not None and COORDINATE.at(source, skip(source.folded, lead[0])) is not None
    if not verb or not (named.given or named.tasky or joint):
        return None
    if not named.given and not _directs(desk, sentence, named, after, leads=lead is not None):
        return None
    return Order(named.start, sentence.end, "task.assigned", sentence.clause, named.names)


def _behind_helpers(desk: Desk, place: int, limit: int) -> int:
    """Return where an English verb stands behind ", in collaboration with ...,"."""
    helped = None if desk.source.toned else COORDINATE.at(desk.source, place)
    if helped is None or not desk.source.folded.startswith("in ", place):
        return place
    names, end = actors(desk, skip(desk.source.folded, helped[0]), limit)
    return skip(desk.source.folded, end) if names else place


def _assigns(desk: Desk, sentence: Sentence, named: _Named, after: int) -> bool:
    """Tell a unit that assigns something from one that is told to."""
    labelled = desk.directing and desk.clauses[sentence.clause].label is not None
    if named.given or labelled or DIRECTING.at(desk.source, after) is None:
        return False
    return not (named.tasky and not desk.directing and _leads_on(desk.source, named.place, after))


def _verb_at(desk: Desk, sentence: Sentence, named: _Named, after: int) -> bool:
    """Tell whether a verb stands behind a unit; a longer name of the unit is taken over."""
    source = desk.source
    if any(verbs.at(source, after) for verbs in (IMPERATIVE, MODAL, ADVERBS)):
        return True
    if (desk.directing or named.tasky) and not source.toned and _does(source, after):
        return True
    if not named.given and len(named.names) == 1 and desk.directing:
        longer = _longer_name(desk, named.start, named.end, sentence.end)
        if longer is not None:
            named.end = longer
            named.names = [" ".join(source.composed[named.place : longer].split())]
            return True
    labelled = desk.clauses[sentence.clause].label is not None
    among = labelled or desk.settings[sentence.clause].topic == "task"
    return desk.directing and among and _any_verb(source, after)


def _does(source: Source, place: int) -> bool:
    """Tell an English verb of doing in the third person: "The Department reviews ..."."""
    word = _WORD.match(source.folded, place)
    if word is None or not word.group().endswith("s"):
        return False
    verb = word.group()
    bases = (verb[:-1], verb.removesuffix("es"), verb.removesuffix("ies") + "y")
    return any(base in IMPERATIVE.spellings for base in bases)


def _any_verb(source: Source, place: int) -> bool:
    """Take the word behind a unit among tasks for its verb, unless it says what the unit is."""
    word = _WORD.match(source.folded, place)
    if word is None or not source.toned or source.composed[place].isupper():
        return False
    if _FURTHER.match(source.folded, place):
        return False  # the list of who is told goes on
    return word.group() not in _NO_VERB


def _leads_on(source: Source, place: int, after: int) -> bool:
    """Tell a unit that is itself told to direct ("Bộ Công an chỉ đạo triển khai ...")."""
    return source.folded.startswith("chi dao ", after) and not _HIGHEST.match(source.folded, place)


def given(desk: Desk, sentence: Sentence) -> Order | None:
    """Read "Các cơ quan chức năng được Phó Thủ tướng giao triệt phá ...": who is given what."""
    source = desk.source
    names, end = actors(desk, sentence.start, sentence.end)
    given = _GIVEN.match(source.folded, end, sentence.end) if names and source.toned else None
    if given is None or opening_verb(source, given.end(), sentence.end) is None:
        return None
    return Order(given.end(), sentence.end, "task.assigned", sentence.clause, names)


def _longer_name(desk: Desk, start: int, end: int, limit: int) -> int | None:
    """Return where a unit's name ends whose last words are not known, before its verb."""
    source = desk.source
    if source.folded[start:end].startswith("the ") or not source.toned:
        return None
    for word in _REST.finditer(source.folded, end, min(limit, end + _REST_LENGTH)):
        if LEAD.at(source, word.start(1)) or MODAL.at(source, word.start(1)):
            return None if withheld(source, end, word.start(1)) else word.start()
    return None


def _directs(desk: Desk, sentence: Sentence, named: _Named, after: int, *, leads: bool) -> bool:
    """Tell a unit that is told to act from one that is said to have acted."""
    source, end = desk.source, named.end
    if not desk.directing and not leads and MODAL.at(source, after):
        return False  # what somebody must do is read as such, or not at all
    if source.toned and acted(source, after, sentence.end):
        return False
    if (
        not source.toned
        and not MODAL.at(source, after)
        and _REPORTED_EN.search(source.folded, end, sentence.end)
    ):
        return False
    topic = desk.settings[sentence.clause].topic
    return leads or named.tasky or (desk.directing and topic != "report")
