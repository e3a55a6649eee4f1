"""The name of a gathering: from the words that lead up to its word to where the name ends.

English names begin to the left of the word ("the 14th meeting of ..."), Vietnamese ones with it.
A name ends where its day, its place or what was done there begins; a comma is a part of it while
what follows goes on in small letters with no such word.
"""

import re

from lotrinh.reading.days import MONTH_NAME
from lotrinh.reading.grammar import any_of, lexicon
from lotrinh.reading.text import Source, fold

_GUARDS = lexicon("guards")["events"]
_LEADS = frozenset(lexicon("events")["leads_en"])
_NOT_LEFT = frozenset(lexicon("guards")["agencies"]["not_left"])
_NAME_ENDS: list[str] = _GUARDS["name_end_toned"]
_NUMBERED = r"(?<!\bno)(?<!\btp)(?<!\bt)"  # the dot of "No. 22" and "TP. Vinh" ends nothing
_DAY_AHEAD = rf"\s\((?=(?:[^\W\d]+\s){{0,3}}(?:\d{{1,2}}[/.-]\d|(?:{MONTH_NAME})\s\d))"
_STOP = rf"[;:\n]|{_NUMBERED}\.(?=\s|$)|,|{_DAY_AHEAD}"
_NAME_END = re.compile(rf"{_STOP}|\s{any_of(map(fold, _NAME_ENDS))}\s")
_NAME_END_TONED = re.compile(rf"{_STOP}|\s{any_of(_NAME_ENDS)}\s", re.IGNORECASE)
_GOES_ON = re.compile(rf",\s(?!{any_of(map(fold, _GUARDS['comma_end_toned']))})[a-z]")
_BELONGS = re.compile(rf",\s{any_of(map(fold, _GUARDS['comma_on_toned']))}")
_OF_A_NUMBER = re.compile(r"\d\s?[-/]\s?[a-z/-]+,?\s(?:ngay|dated)\s$")
_NOT_BEHIND = re.compile(r"\s" + any_of(lexicon("events")["not_behind"]))
OF_A_PAPER = re.compile(any_of(_GUARDS["of_a_paper"]) + r"\s*$")
PASSES = re.compile(r"[^.;:,]{0,30} (?:thong qua|passed|adopted) (?:vao )?(?:ngay|on)\s")
_LEADING = 8  # words that may lead up to the word of a gathering
_LENGTH = 220
_ACT_LENGTH = 160


def name_start(source: Source, place: int, floor: int) -> int:
    """Return where an English name begins: ordinals, capitals and kinds lead up to its word."""
    start = place
    for _ in range(_LEADING):
        if start <= floor or source.folded[start - 1] != " ":
            break
        before = max(source.folded.rfind(" ", floor, start - 1) + 1, floor)
        word = source.folded[before : start - 1].strip("()")
        if (
            word in _LEADS
            or re.fullmatch(r"\d{1,3}(?:st|nd|rd|th)", word)
            or _leads_in_capitals(source, before, word)
        ):
            start = before
        else:
            break
    return start


def _leads_in_capitals(source: Source, before: int, word: str) -> bool:
    return (
        source.composed[before].isupper()
        and word.removesuffix("'s").isalnum()
        and word not in _NOT_LEFT
        and not source.toned
    )


def name_end(source: Source, start: int, limit: int, *, act: bool = False) -> int:
    """Return where the name ends whose word ends at ``start``; an ``act`` is told more briefly."""
    folded = source.folded
    if folded.startswith((" voi ", " with "), start):
        start += 6  # "buổi làm việc với ...": with whom is a part of the name
    elif act and folded.startswith((" tai ", " in ", " at "), start):
        start += 4
    last = min(limit, start + (_ACT_LENGTH if act else _LENGTH))
    at = start
    while True:
        match = _search(source, at, last)
        if match is None:
            break
        if not _goes_on(source, match):
            return max(match.start(), start)
        at = match.end() - 1 if match.group()[-1] == " " else match.end()
    end = last
    if end < limit:
        end = folded.rfind(" ", start, end)
    return max(end, start)


def _search(source: Source, start: int, limit: int) -> re.Match[str] | None:
    if source.toned:
        return _NAME_END_TONED.search(source.composed, start, limit)
    return _NAME_END.search(source.folded, start, limit)


def _goes_on(source: Source, match: re.Match[str]) -> bool:
    """Tell a broken line, a comma inside a name and the day of a cited number from an end."""
    folded, found = source.folded, match.group()
    if found == "\n":
        return folded[match.start()] == " "
    if found == ",":
        at = match.start()
        if _BELONGS.match(folded, at):
            return True
        return source.composed[at + 2 : at + 3].islower() and _GOES_ON.match(folded, at) is not None
    return _OF_A_NUMBER.search(folded, max(0, match.start() - 24), match.end()) is not None


def speaks_of_other(source: Source, place: int, end: int) -> bool:
    """Tell a meeting room, the resolution of a conference, and a session that passed something."""
    folded = source.folded
    return (
        _NOT_BEHIND.match(folded, end) is not None
        or PASSES.match(folded, end) is not None
        or OF_A_PAPER.search(folded, max(0, place - 40), place) is not None
    )
