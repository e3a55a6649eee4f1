"""Who is named in a cell: several bodies apart, a name with commas in it whole.

A cell is cut at line ends, semicolons, commas and "và", but only where a new name begins: at the
head of an organisation, at a place, at a group ("các sở, ban, ngành") or at an abbreviation. What
an organisation is for ("Văn hóa, Thể thao và Du lịch") is known and never cut. Where one cell says
who leads and who helps, the words "chủ trì" and "phối hợp" part them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lotrinh.reading.agencies import HEADS
from lotrinh.reading.grammar import any_of
from lotrinh.reading.tables.grid import LINE_END, without_markup
from lotrinh.reading.tables.headings import TABLES
from lotrinh.reading.tables.joints import FIELDS, LISTED_FIELD, PLACE, TAILS, parts_names
from lotrinh.reading.tables.shared_heads import with_shared_heads
from lotrinh.reading.text import Source

_NAMES = TABLES["names"]
_MARKER = re.compile(
    rf"(?:{any_of(_NAMES['body'])}\s)?(?P<word>{any_of(_NAMES['chief'])}|{any_of(_NAMES['helping'])})"
    r"(?:\s(?:thuc hien|tham muu|chinh))?\s?(?P<colon>:)?"
)
_CHIEF = re.compile(any_of(_NAMES["chief"]))
_TOWARDS = re.compile(r"phoi hop (?:voi|cung)|cung phoi hop|with$")
_JOINT = re.compile(
    rf"\s*(?:\n|{LINE_END}|;|,|/(?!\w\.)|\s-\s|\s(?:va|and|cung|&)\s)\s*|(?<=\.)\s+"
)
_BULLET = re.compile(r"\s*(?:\\?[-+*\u2022\u00b7]|\d{1,2}[.)](?!\d)|[a-z][.)])\s+|\*\*(?=\w)")
_EDGE = " \n\t,;.:-+*\u2013\u2022/"
_WHOLES = ("tong ", "toan ", "cac ", "total", "all ")
_LONGEST, _SHORTEST = 70, 4  # characters of the name of one unit
_VERY_LONG = 400


@dataclass(frozen=True, slots=True)
class Named:
    """Who leads and who helps, in the words of the cell."""

    lead: tuple[str, ...] = ()
    coordinate: tuple[str, ...] = ()


def read_names(source: Source, start: int, end: int) -> tuple[str, ...]:
    """Return the names in a cell in its order, each once."""
    pieces = [
        _balanced(without_markup(source.composed[begin:stop]).strip(_EDGE))
        for begin, stop in _pieces(source, start, end)
    ]
    names = with_shared_heads([name for name in pieces if name and len(name) < _VERY_LONG])
    return tuple(dict.fromkeys(names))


def names_unit(source: Source, start: int, end: int) -> bool:
    """Tell the name of one body or place: "Sở Nội vụ", "Phường Lam Khê"."""
    if end - start > _LONGEST or end - start < _SHORTEST or not source.composed[start].isupper():
        return False
    if source.folded.startswith(_WHOLES, start):
        return False
    if HEADS.at(source, start) is not None or PLACE.match(source.folded, start):
        return True
    return not source.toned and TAILS.search(source.folded, start, end) is not None


def read_roles(source: Source, start: int, end: int, both: bool = False) -> Named:
    """Return who leads and who helps in a cell that may say both.

    ``both``: the heading asks for both; then, if no word parts them, the first one leads.
    """
    lead: list[str] = []
    coordinate: list[str] = []
    done, target = start, lead
    marked = False
    for match in _MARKER.finditer(source.folded, start, end):
        if _is_remark(source.folded, start, match, end):
            continue
        chief = _CHIEF.fullmatch(match["word"]) is not None
        apart = max(source.folded.rfind(mark, done, match.start()) for mark in ";\n")
        if apart > done and not match["colon"]:
            target.extend(read_names(source, done, apart))
            done = apart
        before = read_names(source, done, match.start())
        following = bool(match["colon"]) or _TOWARDS.search(match["word"]) is not None
        helped = not chief and not lead and not target and len(before) == 1
        following = following or (
            helped and source.composed[match.end() : end].lstrip()[:1].isupper()
        )
        if following:
            target.extend(before)
            target = lead if chief else coordinate
        elif before:
            (lead if chief else coordinate).extend(before)
            target = lead
        else:
            target = lead if chief else coordinate
        marked, done = True, match.end()
    target.extend(read_names(source, done, end))
    if both and not marked and len(lead) > 1:
        lead, coordinate = lead[:1], lead[1:]
    lead = [name for name in lead if not _is_verb(name)]
    coordinate = [name for name in coordinate if not _is_verb(name)]
    return Named(tuple(dict.fromkeys(lead)), tuple(dict.fromkeys(coordinate)))


def _is_remark(folded: str, start: int, match: re.Match[str], end: int) -> bool:
    """Tell a marker within a longer remark in brackets, "(chủ trì thiết kế)", from "(chủ trì)"."""
    return _in_brackets(folded, start, match.start()) and not folded.startswith(")", match.end())


def _is_verb(name: str) -> bool:
    """Tell what is left of a marker in brackets: "(chủ trì)"."""
    return not any(letter.isalpha() for letter in name)


def _balanced(name: str) -> str:
    """Return a name without a bracket that has no partner, or with nothing in it."""
    name = re.sub(r"\(\s*\)", "", name)
    if name.count("(") != name.count(")"):
        name = name.strip("() ") if name.count("(") + name.count(")") == 1 else name
    return " ".join(name.split()).strip(_EDGE)


def _pieces(source: Source, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the names."""
    for piece in _cut(source, start, end):
        yield from _unglued(source, *piece)


def _unglued(source: Source, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Part two names between which a line end was lost: "Bộ Y tế Bộ Nội vụ"."""
    head = HEADS.at(source, start)
    field = FIELDS.at(source, head[0] + 1) if head is not None else None
    if head is not None and field is not None and field[0] + 1 < end:
        again = HEADS.at(source, field[0] + 1)
        word = source.composed[start : head[0]]
        if again is not None and source.composed[field[0] + 1 : again[0]] == word:
            yield start, field[0]
            yield from _unglued(source, field[0] + 1, end)
            return
    yield start, end


def _cut(source: Source, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the pieces of a text, cut at every joint behind which a name begins."""
    folded = source.folded
    at = _behind_bullet(folded, start, end)
    place = at
    while place < end:
        joint = _JOINT.search(folded, place, end)
        if joint is None:
            break
        protected = _field_over(source, at, joint.start())
        if protected is not None and protected > joint.start() and protected <= end:
            place = protected
            continue
        following = _behind_bullet(folded, joint.end(), end)
        outside = following < end and not _in_brackets(folded, at, joint.start())
        if outside and parts_names(source, at, joint, following):
            yield at, joint.start()
            at = following
        place = max(joint.end(), place + 1)
    if at < end:
        yield at, end


def _behind_bullet(folded: str, place: int, end: int) -> int:
    while place < end and folded[place] in " \n":
        place += 1
    match = _BULLET.match(folded, place, end)
    return match.end() if match else place


def _in_brackets(folded: str, start: int, place: int) -> bool:
    return folded.count("(", start, place) > folded.count(")", start, place)


def _field_over(source: Source, start: int, place: int) -> int | None:
    """Return the end of what an organisation is for, where it reaches over ``place``."""
    for at in range(start, place):
        if source.folded[at - 1 : at].isalnum() and at > start:
            continue
        known = FIELDS.at(source, at)
        listed = LISTED_FIELD.match(source.folded, at)
        end = max(known[0] if known else 0, listed.end() if listed else 0)
        if end > place:
            return end
    return None
