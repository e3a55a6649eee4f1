"""How a sentence opens: with a verb of doing, or with somebody who has acted already.

What opens by taking an order back ("Bãi bỏ nhiệm vụ giao ...") orders nothing.

"Rà soát ..." orders; "Rà soát đã được hoàn thành" reports. In English the words of both are often
the same, so that a subject with its verb behind it decides.
"""

import re

from lotrinh.reading.assignments import opening_verb
from lotrinh.reading.grammar import any_of, lexicon
from lotrinh.reading.text import Source

_GUARDS = lexicon("guards")["tasks"]
_REPORTED_VI = re.compile(r"(?<!\w)(?:đã|đang|vừa|được giao|từ năm)(?!\w)")
_PIECE = re.compile(r"[,;:.]\s+(?!$)")
_SUBJECT = re.compile(any_of(_GUARDS["doers"]) + r"(?!\w)")
_BASED = re.compile(r"(?:can cu|tren co so|theo)\s")
_REACH = 160  # characters in which the predicate of a report stands
_ENGLISH_SUBJECT = re.compile(
    r"[\w']+(?:\s(?!who\b|that\b|which\b)[\w',-]+){0,4}?\s(?:is|are|was|were|has|have|had|will|continues?d?|remains?|remained"
    r"|starts|started|shows|showed|reached|ended)\s"
)

_WITHHELD = re.compile(any_of(_GUARDS["withheld"]) + r"\s*$")
_TAKEN_BACK = re.compile(any_of(_GUARDS["taken_back"]))
_WITHHELD_WITHIN = 60  # characters before a verb in which the words that withhold it stand


def withheld(source: Source, low: int, place: int) -> bool:
    """Tell a verb of giving at ``place`` that gives nothing: "không giao", "tạm dừng giao"."""
    low = max(low, place - _WITHHELD_WITHIN)
    return _WITHHELD.search(source.folded, low, place) is not None


def takes_back(source: Source, place: int) -> bool:
    """Tell words that take an order back: "bãi bỏ nhiệm vụ giao Sở X", "tạm dừng giao Sở X"."""
    return _TAKEN_BACK.match(source.folded, place) is not None


def opened(source: Source, start: int, end: int, *, strict: bool) -> bool:
    """Tell whether a sentence opens with the verb of an instruction."""
    verb_end = None if takes_back(source, start) else opening_verb(source, start, end)
    return verb_end is not None and _not_reported(source, start, verb_end, end, strict)


def acted(source: Source, start: int, end: int) -> bool:
    """Tell a Vietnamese sentence that says what somebody has done or is doing.

    "Thực hiện Chỉ thị, huyện đã ban hành ..." reports; in "rà soát các quy hoạch đã được duyệt"
    the same word only says which ones are meant, for no subject opens the piece it stands in.
    """
    stop = min(end, start + _REACH)
    written = source.composed[start:stop].lower()
    for found in _REPORTED_VI.finditer(written):
        at = start + found.start()
        opens = start
        for comma in _PIECE.finditer(source.folded, start, at):
            opens = comma.end()
        if opens < at and opens > start and not _SUBJECT.match(source.folded, opens, at):
            continue
        if _BASED.match(source.folded, opens, at):
            continue
        if opening_verb(source, opens, at) is None:
            return True
    return False


def _not_reported(source: Source, start: int, verb_end: int, end: int, strict: bool) -> bool:
    if source.toned and strict:
        return _REPORTED_VI.search(source.composed[start:end].lower()[:120]) is None
    if source.toned:
        return not acted(source, start, end)
    if _ENGLISH_SUBJECT.match(source.folded, start, min(end, start + 60)):
        return False
    after = source.folded[verb_end : verb_end + 2]
    if after[:1] != " " and strict:
        return False
    return not (strict and source.folded[verb_end : verb_end + 4] in {" of ", " is ", " to c"})
