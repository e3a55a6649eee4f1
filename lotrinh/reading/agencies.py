"""Organisations named in a text.

A Vietnamese name is read to the right of its head ("Sở", "Ban", "UBND"): what the organisation
is for comes from a list, because its second syllables are written in lower case like any other
word; then the body or place it belongs to. An English name is read in both directions from the
word that says what it is ("Department", "Committee"). A person's name ends a unit's name.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lotrinh.reading.grammar import Phrases, lexicon
from lotrinh.reading.text import CAPITAL, Source, fold

_ORGANISATIONS = lexicon("organisations")
HEADS: Phrases[str] = Phrases((word, "head") for word in _ORGANISATIONS["heads_vi"])
_FIELDS: Phrases[bool] = Phrases.of(_ORGANISATIONS["fields_vi"], True)
_WHOLE = frozenset(fold(word) for word in _ORGANISATIONS["whole"])
_WHOLE_EN = frozenset(_ORGANISATIONS["whole_en"])
_JOINS: Phrases[bool] = Phrases.of(_ORGANISATIONS["joins_vi"], True)
_ABBREVIATIONS: dict[str, str] = _ORGANISATIONS["abbreviations"]
_EN_KEYS = frozenset(
    phrase.split()[-1] for phrase in _ORGANISATIONS["tails_en"] + _ORGANISATIONS["heads_en"]
) | {
    *("politburo", "front", "government", "assembly", "treasury"),
    *("committees", "councils", "departments", "ministries"),
}
_EN_LOCAL = frozenset({"government", "politburo", "secretariat"})
# A first word of a head or a key word: where one stands, a name may be read.
TRIGGERS: frozenset[str] = HEADS.first_words | _EN_KEYS
_PLACES = frozenset(_ORGANISATIONS["places"])

_GUARDS = lexicon("guards")["agencies"]
_LEVEL = "|".join(_GUARDS["levels"])
_GROUP = re.compile(
    rf"(?: (?:va|cac|nhan dan|cap|cac cap|{_LEVEL}))* (?:cac )?(?:{_LEVEL}|cap)"
    rf"(?: ?(?:,|va|-) ?(?:cac )?(?:{_LEVEL}|truc thuoc trung uong)(?![a-z]))*"
    rf"(?: truc thuoc trung uong)?(?![a-z])"
)
_OF_ALL = re.compile(
    rf" cac (?:{_LEVEL})(?: ?(?:,|va) ?(?:cac )?(?:{_LEVEL})(?![a-z]))*"
    rf"(?: truc thuoc trung uong)?(?![a-z])"
)
_PLACE_WORD = re.compile(rf"(?:tp\.|tp|trung uong|nhan dan|khoi|khu vuc|{_LEVEL})(?![a-z0-9])")
_WORD = re.compile(r"[^\W_][^\W_&.'-]*(?:[&.'-][^\W_]+)*")
_CAPITALS = rf"{CAPITAL}[\w'\u2019&-]*(?:\s{CAPITAL}[\w'\u2019&-]*)*"
_NOT_HEAD = rf"(?!{'|'.join(_GUARDS['new_name_toned'])})"
_LISTED = re.compile(rf"(?:: | ){_CAPITALS}(?:, {_CAPITALS})*(?:,? và {_CAPITALS})?")
_RIGHT = re.compile(
    rf"(?:[ \n](?:of|for)(?:[ \n]the)?[ \n]{_CAPITALS}"
    rf"(?:(?:,[ \n]{_NOT_HEAD}{_CAPITALS})*,?[ \n](?:and|&)[ \n]{_NOT_HEAD}{_CAPITALS})?)+"
    rf"|(?:'s|\u2019s)(?:[ \n]{_CAPITALS})+"
)
_ONE_WORD_BEFORE = re.compile(r"(?<!\w)the ([a-z]+) $")
# Heads behind which what the body is for is written in lower case.
_LOWER_HEADS = tuple(fold(word) for word in _ORGANISATIONS["lower_heads_vi"])
_NOT_LEFT = frozenset(_GUARDS["not_left"])
_NO_UNITS = frozenset({"head office", "the office"})
_SEVERAL = ("party committees", "people's c", "provincial p", "executive committees")
_SECOND_HEAD = frozenset(
    {"giam", "pho", "truong", "chu", "bi", "chanh", "uy", "tong", "thu", "ong", "ba", "dong"}
)


@dataclass(slots=True)
class Body:
    """An organisation's name while it is being read."""

    start: int
    end: int
    canonical: str | None
    rule: str


def names_english_body(folded: str) -> bool:
    """Tell whether a line holds a word that names an organisation in English."""
    return any(word.strip("',") in _EN_KEYS for word in folded.split())


def find_units(source: Source, places: Sequence[int], claimed: bytearray) -> list[Body]:
    """Return all organisations in reading order; ``places`` are where capitalised heads stand.

    Characters in ``claimed`` belong to people and numbers of documents: names end there.
    """
    found: list[Body] = []
    done = 0
    for place in places:
        if place < done or claimed[place]:
            continue
        body = _vietnamese(source, place, claimed) or _english(source, place, claimed, done)
        if body is not None and body.end - body.start > 2:
            found.append(body)
            done = body.end
    return found


def _vietnamese(source: Source, place: int, claimed: bytearray) -> Body | None:
    head = HEADS.at(source, place)
    if head is None:
        return None
    if not source.toned and source.folded[place : head[0]] in {
        "so",
        "ban",
        "bo",
        "hoi",
        "bao",
        "thue",
        "dai",
    }:
        return None
    if _is_other_word(source, place, head[0]):
        return None
    opened = head[0]
    if source.folded.startswith(_LOWER_HEADS, place):
        field = _FIELDS.at(source, opened + 1)
        opened = field[0] if field else opened
    end = _read_on(source, opened, claimed)
    group = _GROUP.match(source.folded, head[0]) if end == head[0] else None
    if group is not None and source.folded.startswith(
        ("ubnd", "hdnd", "uy ban", "dang uy", "mttq", "hoi dong", "cong an"), place
    ):
        listed = _LISTED.match(source.composed, group.end())
        end = listed.end() if listed else group.end()
        return Body(place, end, None, "unit.group")
    name = " ".join(source.folded[place:end].split())
    if (end == head[0] and name not in _WHOLE) or name in _PLACES:
        return None
    everywhere = _OF_ALL.match(source.folded, end)
    if everywhere is not None:  # "Trung tâm Y tế các huyện, thị xã"
        return Body(place, everywhere.end(), None, "unit.group")
    return Body(place, end, _spelled_out(source.composed[place:end]), "unit.vietnamese")


def _is_other_word(source: Source, place: int, end: int) -> bool:
    """Tell a head from "Phó Bí thư Thường trực", a post, and from "BÁO CÁO" in a title."""
    if source.folded.startswith("thuong truc", place):
        return source.folded.endswith(("thu ", "tich ", "ban "), 0, place)
    short = end - place < 4 and source.composed[place:end].isupper()
    return short and _FIELDS.at(source, end + 1) is None


def _read_on(source: Source, end: int, claimed: bytearray) -> int:
    """Return the end of a name that begins before ``end``: fields, places and superior bodies."""
    folded, composed = source.folded, source.composed
    while True:
        place = end + 1
        if folded[end : end + 1] not in {" ", "\n"} or place >= len(folded) or claimed[place]:
            return end
        if folded[end] == "\n":
            return end
        step = _next_part(source, place)
        if step is None:
            joined = folded.startswith(("va ", "- "), place)
            step = (
                _next_part(source, place + 3 if joined else place)
                if joined
                and _FIELDS.at(source, place + (3 if folded[place] == "v" else 2))
                and composed[place + (3 if folded[place] == "v" else 2)].isupper()
                else None
            )
        if step is None:
            return end
        end = _before_claim(step, place, claimed)
        if end != step:
            return end


def _before_claim(step: int, place: int, claimed: bytearray) -> int:
    for at in range(place, step):
        if claimed[at]:
            return at - 1
    return step


def _next_part(source: Source, place: int) -> int | None:
    """Return the end of one more part of a name: a field, a superior body, a place, a word."""
    folded, composed = source.folded, source.composed
    if place >= len(folded):
        return None
    if composed[place].isupper():
        word = _WORD.match(folded, place)
        known = _FIELDS.at(source, place) or HEADS.at(source, place)
        if word is None or (word.group() in _SECOND_HEAD and known is None):
            return None
        if known is not None:
            return known[0]
        return word.end()
    level = _PLACE_WORD.match(folded, place)
    if level is None:
        return None
    after = level.end() + 1
    named = folded[level.end() : after] == " " and composed[after : after + 1].isupper()
    word = _WORD.match(folded, after) if named else None
    return word.end() if word else level.end()


def _spelled_out(written: str) -> str | None:
    """Return the name with its abbreviations written out; None where there are none."""
    parts = written.split()
    full = [_ABBREVIATIONS.get(part.rstrip(".,"), part) for part in parts]
    return " ".join(full) if full != parts else None


def _english(source: Source, place: int, claimed: bytearray, floor: int) -> Body | None:
    folded, composed = source.folded, source.composed
    word = _WORD.match(folded, place)
    if word is None or word.group().removesuffix("'s") not in _EN_KEYS:
        return None
    key_end = place + len(word.group().removesuffix("'s"))
    start = _left_end(source, place, claimed, floor)
    end = key_end
    right = _RIGHT.match(composed, key_end)
    owned = right is not None and right.group()[0] in "'\u2019"
    if right is not None and not (owned and right.group().lower().split()[-1] not in _EN_KEYS):
        end = _cut_right(source, key_end, right.end(), claimed)
    else:
        end = _tail(source, key_end, claimed)
    name = " ".join(folded[start:end].split())
    if start == place and end == key_end and name not in _WHOLE_EN | _EN_LOCAL:
        return None
    if name in _NO_UNITS or (name.endswith("s") and name.startswith(_SEVERAL)):
        return None
    return Body(start, end, None, "unit.english")


def _tail(source: Source, end: int, claimed: bytearray) -> int:
    """Take in the capitalised words that follow ("Party Committee Office")."""
    while True:
        match = re.compile(r" ([^\W\d_]+)").match(source.folded, end)
        if match is None or claimed[match.start(1)] or match[1] not in _EN_KEYS:
            return end
        if not source.composed[match.start(1)].isupper():
            return end
        end = match.end()


def _left_end(source: Source, place: int, claimed: bytearray, floor: int) -> int:
    """Return where the capitalised words that lead up to ``place`` begin."""
    start = place
    while start > floor + 1 and source.folded[start - 1] == " ":
        before = source.folded.rfind(" ", floor, start - 1) + 1
        before = max(before, source.folded.rfind("\n", floor, start - 1) + 1, floor)
        word = source.folded[before : start - 1]
        bare = word.strip("\"'(")
        if bare == "and" and word == bare and _is_paired(source, before, floor):
            start = before
            continue
        if not bare or not bare[-1].isalnum() or bare in _NOT_LEFT or claimed[before]:
            break
        if not source.composed[before + word.index(bare)].isupper():
            break
        start = before + word.index(bare)
        if bare != word:
            break
    return start


def _is_paired(source: Source, place: int, floor: int) -> bool:
    """Tell "the Propaganda and Education Commission", one body, from two bodies with "and"."""
    match = _ONE_WORD_BEFORE.search(source.folded, max(floor, place - 40), place)
    return (
        match is not None
        and match[1] not in _EN_KEYS
        and match[1] not in _NOT_LEFT
        and match[1] not in _PLACES
        and source.composed[match.start(1)].isupper()
    )


def _cut_right(source: Source, start: int, end: int, claimed: bytearray) -> int:
    """End a name before a person, and drop the link words that are left over."""
    for at in range(start, end):
        if claimed[at]:
            end = at
            break
    words = source.folded[start:end].rstrip()
    while words.endswith((" of", " for", " the", " and", ",", " &")):
        words = words[: max(words.rfind(" "), 0)] if not words.endswith(",") else words[:-1]
    end = start + len(words)
    text = source.composed[end - 2 : end]
    return end - 2 if text in {"'s", "\u2019s"} else end
