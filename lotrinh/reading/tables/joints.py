"""Where a list of names is cut: the signs between two names, and the signs within one.

A comma parts two names only where a new one begins behind it, or where what stands before it is
whole; the members of a group ("các sở, ban, ngành") and what a body is for stay together.
"""

import re

from lotrinh.reading.agencies import HEADS
from lotrinh.reading.grammar import Phrases, any_of, lexicon
from lotrinh.reading.tables.headings import TABLES
from lotrinh.reading.text import CAPITAL, Source, fold

_NAMES = TABLES["names"]
FIELDS: Phrases[bool] = Phrases.of(lexicon("organisations")["fields_vi"], True)
LISTED_FIELD = re.compile(any_of(_NAMES["fields"]))
PLACE = re.compile(any_of(_NAMES["places"]))
TAILS = re.compile(
    any_of(
        f"{word}s?"
        for word in lexicon("organisations")["tails_en"] + lexicon("organisations")["heads_en"]
    )
)
_OPENER_EN = re.compile("|".join(_NAMES["openers_en"]))
_OPENER = re.compile(any_of(_NAMES["openers"]))
_GROUP = re.compile(any_of(_NAMES["group"]))
_GENERIC = re.compile(any_of(_NAMES["generic"]))
_WHOLE_NAMES = frozenset(fold(word) for word in lexicon("organisations")["whole"])
_ACRONYM = re.compile(r"(?!(?:T[PXT]|THCS|THPT|GDTX)\b)[A-ZĐ][A-ZĐ0-9&.-]+(?![\w])")
_NAMED_PLACE = re.compile(rf" {CAPITAL}")
_ANY = ("cac ", "tat ca ", "toan the ", "nhung ", "all ", "other ", "relevant ")
_OF_KIND = re.compile(r"(?:co quan|don vi|to chuc|dia phuong|cap uy|relevant|other)\b")
_PLURAL = ("cac ", "tat ca ", "toan the ", "ubnd cac ", "all ", "cac: ")
_CHIEFS = re.compile(r"(?:thu truong|giam doc|truong|chu tich|bi thu|nguoi dung dau) cac\s")
_WORDS_OF_NAME = 2  # spaces in a head that may be a name: "Tổ giúp việc"
_SHORT = 6  # letters of a head that alone is no name
_OF_GROUP = re.compile(
    r"\s(?:[a-z']+\s){0,2}(?:lien quan|khac|concerned|agencies|units|departments|ministries"
    r"|localities|bodies|organi[sz]ations)"
)
_LONGEST = 70  # characters of the name of one unit


def parts_names(source: Source, start: int, joint: re.Match[str], following: int) -> bool:
    """Tell whether the name that begins at ``start`` ends at a joint and another follows it."""
    sign = joint.group().strip()
    if ";" in sign or following > joint.end():  # a bullet stands behind the joint
        return True
    begins = _begins(source, following)
    if "\n" in joint.group() or "<" in sign:
        ended = source.folded[joint.start() - 1] in ",;."
        whole = source.toned or TAILS.search(source.folded, start, joint.start()) is not None
        return (begins and (ended or whole)) or (ended and source.composed[following].isupper())
    if joint.group() == " / ":
        return begins
    if sign in {"/", "-"}:
        return begins and HEADS.at(source, following) is not None
    if sign in {"va", "and", "cung", "&"}:
        bare = _is_bare(source, start, joint.start())
        return begins and not bare and not _in_group(source, start, following)
    if not source.composed[following].isupper():
        return _parts_small(source, start, joint.start(), following)
    if _opens_group(source.folded, start):
        return begins or _is_field(source, following)
    return begins or _is_whole(source, start, joint.start()) or _is_field(source, following)


def _parts_small(source: Source, start: int, end: int, following: int) -> bool:
    """Tell whether a name in small letters begins behind a comma: "Sở Y tế, doanh nghiệp"."""
    if source.composed[end - 1] == ")" or _same_kind(source.folded, start, following):
        return True
    generic = _GENERIC.match(source.folded, following) is not None
    if generic and _is_loose(source, start):
        return True
    named = source.composed[start].isupper() and _is_named(source, start, end)
    loose = generic and named
    return (_begins(source, following) or loose) and not _in_group(source, start, following)


def _is_bare(source: Source, start: int, end: int) -> bool:
    """Tell a head that names nothing by itself: "Báo và Đài tỉnh" is one body."""
    word = source.composed[start:end]
    head = HEADS.at(source, start)
    return head is not None and len(word) < _SHORT and head[0] >= end and word.istitle()


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
        if _OPENER_EN.match(folded, place) is not None:
            return True
        line = folded.find("\n", place)
        return TAILS.search(folded, place, line if line > 0 else len(folded)) is not None
    named = PLACE.match(folded, place)
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
    field = FIELDS.at(source, head[0] + 1)
    listed = LISTED_FIELD.match(source.folded, head[0] + 1)
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
    return FIELDS.at(source, place) is not None
