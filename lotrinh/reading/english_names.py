"""English names of organisations, read in both directions from the word that says what it is.

"Department", "Committee" or "Council" is that word: capitalised words lead up to it, and what it
is for or belongs to follows behind "of". Names of levels in small letters ("the municipal Party
Committee") belong to it.
"""

import re

from lotrinh.reading.body import Body
from lotrinh.reading.grammar import Phrases, lexicon
from lotrinh.reading.text import CAPITAL, Source

_ORGANISATIONS = lexicon("organisations")
_WHOLE_EN = frozenset(_ORGANISATIONS["whole_en"])
_PLACES = frozenset(_ORGANISATIONS["places"])
_FIELDS: Phrases[bool] = Phrases.of(_ORGANISATIONS["fields_en"], True)
_ACRONYMS: dict[str, str] = _ORGANISATIONS["acronyms_en"]
ACRONYMS_EN: frozenset[str] = frozenset(word.lower() for word in _ACRONYMS)
KEYS_EN: frozenset[str] = frozenset(
    phrase.split()[-1] for phrase in _ORGANISATIONS["tails_en"] + _ORGANISATIONS["heads_en"]
) - {"of"} | frozenset(_ORGANISATIONS["keys_en"])
_LOCAL = frozenset({"government", "politburo", "secretariat"})
_PLURALS: dict[str, str] = _ORGANISATIONS["plurals_en"]
_LEVELS = frozenset(_ORGANISATIONS["levels_en"])
_LEVEL_NAMES = _ORGANISATIONS["level_names_en"]

_GUARDS = lexicon("guards")["agencies"]
_WORD = re.compile(r"[^\W_][^\W_&.'-]*(?:[&.'-][^\W_]+)*")
_CAPITALS = rf"{CAPITAL}[\w'\u2019&-]*(?: {CAPITAL}[\w'\u2019&-]*){{0,9}}"
_NOT_HEAD = rf"(?!{'|'.join(_GUARDS['new_name_toned'])})"
_RIGHT = re.compile(
    rf"(?:[ \n](?:of|for|on)(?:[ \n]the)?[ \n]{_CAPITALS}"
    rf"(?:(?:,[ \n]{_NOT_HEAD}{_CAPITALS}){{0,5}},?"
    rf"[ \n](?:and|&)[ \n]{_NOT_HEAD}{_CAPITALS})?){{1,5}}"
    rf"|(?:'s|\u2019s)(?: {_CAPITALS})+(?:[ \n](?:and|for)(?: {CAPITAL}[\w-]*)+)?"
)
_RIGHT_IN_CAPITALS = re.compile(
    r"(?:[ \n]OF(?:[ \n]THE)?[ \n][A-Z][A-Z'\u2019-]+(?: [A-Z][A-Z'\u2019-]+){0,9}){1,5}"
)
_BELOW = re.compile(  # the second line of a letterhead
    r"\n[A-Z][A-Z ]{1,30} (?:PROVINCE|CITY|DISTRICT|TOWN|COMMUNE|WARD)(?!\w)"
)
_OF_ITS_LEVEL = re.compile(
    r"[ \n]of[ \n]the[ \n](?:province|city|district|ward|commune|town)(?!\w)"
)
_OF = re.compile(r"[ \n](?:of|for)[ \n](?:the[ \n])?")
_LIST_OF = re.compile(r"(?:[ \n]of)?:[ \n]|[ \n]of[ \n](?:the[ \n])?")
_LEVEL_BEHIND = re.compile(rf" (?:{'|'.join(_ORGANISATIONS['place_kinds_en'])})(?!\w)")
_OWNER = re.compile(rf"[ \n](?:of|in)[ \n](?:the[ \n])?(?:{_CAPITALS})")
_LEVELS_BEHIND = "|".join(_LEVEL_NAMES)
_ALL_OF = re.compile(
    rf"[ \n](?:of|in)[ \n](?:the[ \n]|all[ \n])?(?:{_LEVELS_BEHIND})"
    rf"(?:(?:,?[ \n]and[ \n]|,[ \n])(?:{_LEVELS_BEHIND}))*(?!\w)"
)
_NEXT_LISTED = re.compile(r"[,;]? and |[,;][ \n]")
_TAIL = re.compile(rf"(?: {CAPITAL}[\w-]*){{1,3}}")
_ONE_WORD_BEFORE = re.compile(r"(?<!\w)(?:the|of|and|,) ([a-z]+) $")
_NOT_LEFT = frozenset(_GUARDS["not_left"])
_NO_UNITS = frozenset(_GUARDS["no_units_en"])
_SEVERAL = ("party committees", "people's c", "provincial p", "executive committees")


def names_english_body(folded: str) -> bool:
    """Tell whether a line holds a word that names an organisation in English."""
    return any(word.strip("',") in KEYS_EN for word in folded.split())


def read_english(source: Source, place: int, claimed: bytearray, floor: int) -> Body | None:
    """Return the organisation in whose name the word at ``place`` says what it is."""
    folded, composed = source.folded, source.composed
    word = _WORD.match(folded, place)
    if word is None:
        return None
    key = word.group().removesuffix("'s")
    if key not in KEYS_EN:
        return _acronym(source, place, place + len(key))
    key_end = place + len(key)
    while place > floor and folded[place - 1] == "-" and composed[place - 2 : place - 1].isalpha():
        place = folded.rfind(" ", 0, place) + 1  # "Sub-Department"
    start = _left_end(source, place, claimed, floor)
    end = _right_end(source, key_end, claimed)
    name = " ".join(folded[start:end].split())
    several = key in _PLURALS or name.startswith(_SEVERAL)
    everywhere = _ALL_OF.match(folded, key_end) if several else None
    if everywhere is not None:
        return Body(start, everywhere.end(), None, "unit.group")
    if start == place and end == key_end and name not in _WHOLE_EN | _LOCAL:
        return None
    leveled = start < place and name.startswith(tuple(_LEVELS))
    if name in _NO_UNITS or (end == key_end and several and name.endswith("s") and not leveled):
        return None
    if composed[start:end].isupper() and name.endswith((" of", " republic of")):
        return None
    return Body(start, end, None, "unit.english")


def read_english_list(source: Source, place: int) -> list[Body]:
    """Return the organisations of "the Departments of Finance, Health and Home Affairs"."""
    word = _WORD.match(source.folded, place)
    single = _PLURALS.get(word.group()) if word else None
    link = _LIST_OF.match(source.folded, word.end()) if word and single else None
    if link is None or single is None or not source.composed[place].isupper():
        return []
    found: list[Body] = []
    at, begun = link.end(), place
    while True:
        field = _FIELDS.at(source, at)
        if field is None or not source.composed[at].isupper():
            break
        name = f"{single} of {' '.join(source.composed[at : field[0]].split())}"
        found.append(Body(begun, field[0], None, "unit.listed", name))
        more = _NEXT_LISTED.match(source.folded, field[0])
        if more is None:
            break
        at = begun = more.end()
    return found if len(found) > 1 else []


def _acronym(source: Source, place: int, end: int) -> Body | None:
    full = _ACRONYMS.get(source.composed[place:end])
    if full is None or source.folded[place - 1 : place] in {"-", "/", "&"}:
        return None
    following = _WORD.match(source.folded, end + 1)
    if following is not None and following.group() in KEYS_EN:
        return None  # "PCC Secretariat": the key word reads the whole
    return Body(place, end, full, "unit.english")


def _right_end(source: Source, key_end: int, claimed: bytearray) -> int:
    """Return the end of what a body is for, or belongs to, behind its key word."""
    folded, composed = source.folded, source.composed
    link = _OF.match(folded, key_end)
    field = _FIELDS.at(source, link.end()) if link else None
    if field is not None and link is not None and composed[link.end()].isupper():
        owner = _OWNER.match(composed, field[0])
        return _cut(source, key_end, _placed(source, owner.end() if owner else field[0]), claimed)
    right = _RIGHT.match(composed, key_end) or (
        _RIGHT_IN_CAPITALS.match(composed, key_end) if composed[key_end - 1].isupper() else None
    )
    if right is None:
        level = _OF_ITS_LEVEL.match(folded, key_end) or _BELOW.match(composed, key_end)
        return level.end() if level else _tail(source, key_end, claimed)
    owned = right.group()[0] in "'\u2019"
    if owned and KEYS_EN.isdisjoint(right.group().lower().split()):
        return _tail(source, key_end, claimed)
    end = _cut(source, key_end, right.end(), claimed)
    return _placed(source, end) if end == right.end() and not owned else end


def _placed(source: Source, end: int) -> int:
    """Return the end of a place whose kind follows in small letters ("of Pho Cay town")."""
    kind = _LEVEL_BEHIND.match(source.composed, end)
    return kind.end() if kind and source.folded[end - 1].isalpha() else end


def _tail(source: Source, end: int, claimed: bytearray) -> int:
    """Take in capitalised words that lead to another key ("City Party Committee Office")."""
    while True:
        match = _TAIL.match(source.composed, end)
        if match is None:
            return end
        at = end
        further = end
        for word in match.group().split():
            start = at + 1
            at = start + len(word)
            if claimed[start] or word.lower() in _NOT_LEFT:
                break
            if word.lower() in KEYS_EN:
                further = at
                break
        if further == end:
            return end
        end = further


def _left_end(source: Source, place: int, claimed: bytearray, floor: int) -> int:
    """Return where the words that lead up to ``place`` begin: capitalised ones and levels."""
    start = place
    while start > floor + 1 and source.folded[start - 1] == " ":
        before = source.folded.rfind(" ", floor, start - 1) + 1
        before = max(before, source.folded.rfind("\n", floor, start - 1) + 1, floor)
        word = source.folded[before : start - 1]
        bare = word.strip("\"'(")
        if bare == "and" and word == bare and _is_paired(source, before, floor):
            start = before
            continue
        if bare in _LEVELS and word == bare and not claimed[before]:
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
        and match[1] not in KEYS_EN
        and match[1] not in _NOT_LEFT
        and match[1] not in _PLACES
        and source.composed[match.start(1)].isupper()
    )


def _cut(source: Source, start: int, end: int, claimed: bytearray) -> int:
    """End a name before a person, and drop the link words that are left over."""
    for at in range(start, end):
        if claimed[at]:
            end = at
            break
    words = source.folded[start:end].rstrip()
    while words.endswith((" of", " for", " on", " in", " the", " and", ",", " &")):
        words = words[: max(words.rfind(" "), 0)] if not words.endswith(",") else words[:-1]
    end = start + len(words)
    text = source.composed[end - 2 : end]
    return end - 2 if text in {"'s", "\u2019s"} else end
