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
from lotrinh.reading.grammar import Phrases, any_of, lexicon
from lotrinh.reading.tables.grid import LINE_END, without_markup
from lotrinh.reading.tables.headings import TABLES
from lotrinh.reading.tables.shared_heads import with_shared_heads
from lotrinh.reading.text import CAPITAL, Source, fold

_NAMES = TABLES["names"]
_FIELDS: Phrases[bool] = Phrases.of(lexicon("organisations")["fields_vi"], True)
_LISTED_FIELD = re.compile(any_of(_NAMES["fields"]))
_OPENER = re.compile(any_of(_NAMES["openers"]))
_GROUP = re.compile(any_of(_NAMES["group"]))
_GENERIC = re.compile(any_of(_NAMES["generic"]))
_TAILS = re.compile(
    any_of(lexicon("organisations")["tails_en"] + lexicon("organisations")["heads_en"])
)
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
_WHOLE_NAMES = frozenset(fold(word) for word in lexicon("organisations")["whole"])
_ACRONYM = re.compile(r"(?!(?:T[PXT]|THCS|THPT|GDTX)\b)[A-ZĐ][A-ZĐ0-9&.-]+(?![\w])")
_NAMED_PLACE = re.compile(rf" {CAPITAL}")
_PLACE = re.compile(any_of(_NAMES["places"]))
_ANY = ("cac ", "tat ca ", "toan the ", "nhung ", "all ", "other ", "relevant ")
_OF_GROUP = re.compile(
    r"\s(?:[a-z']+\s){0,2}(?:lien quan|khac|concerned|agencies|units|departments|ministries"
    r"|localities|bodies|organi[sz]ations)"
)
_OF_KIND = re.compile(r"(?:co quan|don vi|to chuc|dia phuong|cap uy|relevant|other)\b")
_PLURAL = ("cac ", "tat ca ", "toan the ", "ubnd cac ", "all ", "cac: ")
_CHIEFS = re.compile(r"(?:thu truong|giam doc|truong|chu tich|bi thu|nguoi dung dau) cac\s")
_WHOLES = ("tong ", "toan ", "cac ", "total", "all ")
_WORDS_OF_NAME = 2  # spaces in a head that may be a name: "Tổ giúp việc"
_SHORT = 6  # letters of a head that alone is no name
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
    if HEADS.at(source, start) is not None or _PLACE.match(source.folded, start):
        return True
    return not source.toned and _TAILS.search(source.folded, start, end) is not None


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
        before = read_names(source, done, match.start())
        following = bool(match["colon"]) or _TOWARDS.search(match["word"]) is not None
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
    field = _FIELDS.at(source, head[0] + 1) if head is not None else None
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
        if outside and _parts(source, at, joint, following):
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
        known = _FIELDS.at(source, at)
        listed = _LISTED_FIELD.match(source.folded, at)
        end = max(known[0] if known else 0, listed.end() if listed else 0)
        if end > place:
            return end
    return None


def _parts(source: Source, start: int, joint: re.Match[str], following: int) -> bool:
    """Tell whether a new name begins behind a joint."""
    strong = ";" in joint.group()
    bulleted = following > joint.end()
    begins = _begins(source, following)
    if strong or bulleted:
        return True
    if "\n" in joint.group() or "<" in joint.group():
        ended = source.folded[joint.start() - 1] in ",;."
        return begins or (ended and source.composed[following].isupper())
    if joint.group() == " / ":
        return begins
    if joint.group().strip() in {"/", "-"}:
        return begins and HEADS.at(source, following) is not None
    if joint.group().strip() in {"va", "and", "cung", "&"}:
        bare = HEADS.at(source, start)  # "Báo và Đài tỉnh" is one
        word = source.composed[start : joint.start()]
        if bare is not None and len(word) < _SHORT and bare[0] >= joint.start() and word.istitle():
            return False
        return begins and not _in_group(source, start, following)
    if not source.composed[following].isupper():
        if source.composed[joint.start() - 1] == ")":
            return True
        generic = _GENERIC.match(source.folded, following) is not None
        named = source.composed[start].isupper() and _is_named(source, start, joint.start())
        loose = generic and named
        if _same_kind(source.folded, start, following) or (generic and _is_loose(source, start)):
            return True
        return (begins or loose) and not _in_group(source, start, following)
    if _opens_group(source.folded, start):
        return begins or _is_field(source, following)
    return begins or _is_whole(source, start, joint.start()) or _is_field(source, following)


def _begins(source: Source, place: int) -> bool:
    """Tell whether the name of a body, an office, a place or a group begins here."""
    folded, composed = source.folded, source.composed
    if composed[place].isupper():
        if HEADS.at(source, place) is not None or _ACRONYM.match(composed, place):
            return True
        if _OPENER.match(folded, place) is not None:
            return True
    if folded.startswith(("the ", "cac ", "tat ca ", "toan the ", "nhung "), place):
        return True
    if not source.toned and composed[place].isupper():
        line = folded.find("\n", place)
        return _TAILS.search(folded, place, line if line > 0 else len(folded)) is not None
    named = _PLACE.match(folded, place)
    if named is not None and _NAMED_PLACE.match(composed, named.end()):
        return True  # "phường Bình An"
    group = _GROUP.match(folded, place)
    return group is not None and composed[place].islower() and _names_group(folded, group.end())


def _names_group(folded: str, place: int) -> bool:
    """Tell "cơ quan liên quan" and "relevant agencies" from a single word of a list."""
    return _OF_GROUP.match(folded, place) is not None


def _in_group(source: Source, start: int, following: int) -> bool:
    """Tell the members of one group: "các sở, ban, ngành và địa phương liên quan"."""
    folded = source.folded
    if source.composed[following].isupper() or folded.startswith("cac ", following):
        return False
    shortened = source.composed[start + 1 : start + 2].isupper()  # "UBND các xã"
    opened = _GROUP.match(folded, start) is not None and not shortened
    return opened and (folded.startswith(_ANY, start) or source.composed[start].islower())


def _is_whole(source: Source, start: int, end: int) -> bool:
    """Tell a name that is complete: a field that is known, an abbreviation, a place."""
    head = HEADS.at(source, start)
    if head is None or " ".join(source.folded[start:end].split()) in _WHOLE_NAMES:
        return True
    field = _FIELDS.at(source, head[0] + 1)
    listed = _LISTED_FIELD.match(source.folded, head[0] + 1)
    abbreviated = _ACRONYM.match(source.composed, head[0] + 1)
    return field is not None or listed is not None or abbreviated is not None


def _same_kind(folded: str, start: int, following: int) -> bool:
    """Tell names that open with the same two words: "Tổ dân phố số 5, tổ dân phố số 6"."""
    words = folded[start : start + _LONGEST].split()[:2]
    return len(words) > 1 and folded.startswith(" ".join(words) + " ", following)


def _is_named(source: Source, start: int, end: int) -> bool:
    """Tell the name of one body from a group or a bare head ("Bộ, ngành, địa phương")."""
    first = source.composed[start:end].split(",")[0].strip()
    head = HEADS.at(source, start)
    bare = head is not None and head[0] >= start + len(first)  # "Tập đoàn, doanh nghiệp"
    bare = bare and first.count(" ") < _WORDS_OF_NAME
    named = (" " in first and not bare) or _ACRONYM.match(first) is not None
    return named and not _opens_group(source.folded, start)


def _is_loose(source: Source, start: int) -> bool:
    """Tell what stands in a list without a name of its own: "doanh nghiệp", "người dân"."""
    if not source.composed[start].islower() or _OF_KIND.match(source.folded, start):
        return False
    return _GENERIC.match(source.folded, start) is not None


def _opens_group(folded: str, start: int) -> bool:
    return folded.startswith(_PLURAL, start) or _CHIEFS.match(folded, start) is not None


def _is_field(source: Source, place: int) -> bool:
    return _FIELDS.at(source, place) is not None
