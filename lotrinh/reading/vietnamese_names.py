"""Vietnamese names of organisations, read to the right of their head ("Sở", "Ban", "UBND").

What an organisation is for comes from a list where it is known, because its second syllables are
written in lower case like any other word. A name that the list does not know goes on through
small letters up to a word that cannot be a part of one. Then follows the body or the place to
which it belongs.
"""

import re

from lotrinh.reading.body import Body
from lotrinh.reading.grammar import Phrases, lexicon
from lotrinh.reading.text import CAPITAL, Source, fold

_ORGANISATIONS = lexicon("organisations")
HEADS: Phrases[str] = Phrases((word, "head") for word in _ORGANISATIONS["heads_vi"])
ACRONYMS: dict[str, str] = {fold(k): v for k, v in _ORGANISATIONS["acronyms"].items()}
_FIELDS: Phrases[bool] = Phrases.of(_ORGANISATIONS["fields_vi"], True)
_WHOLE = frozenset(fold(word) for word in _ORGANISATIONS["whole"])
_ABBREVIATIONS: dict[str, str] = _ORGANISATIONS["abbreviations"]
_PLACES = frozenset(_ORGANISATIONS["places"])
# Heads behind which what the body is for is written in lower case.
_LOWER_HEADS = tuple(fold(word) for word in _ORGANISATIONS["lower_heads_vi"])
_OPEN_HEADS = frozenset(fold(word) for word in _ORGANISATIONS["open_heads_vi"])
_BEGUN_HEADS = frozenset(fold(word) for word in _ORGANISATIONS["begun_heads_vi"])
_LISTED_HEADS: Phrases[str] = Phrases((word, word) for word in _ORGANISATIONS["listed_heads_vi"])

_GUARDS = lexicon("guards")["agencies"]
_NOT_BODIES: Phrases[bool] = Phrases.of(_GUARDS["not_bodies_toned"], True)
_COMPOUNDS: Phrases[bool] = Phrases.of(_GUARDS["name_compounds_toned"], True)
_STOPS: Phrases[bool] = Phrases.of(_GUARDS["name_stops_toned"], True)
_SUPERIORS: Phrases[bool] = Phrases.of(_GUARDS["superiors_toned"], True)
_LEVELS: Phrases[bool] = Phrases.of(_GUARDS["levels_toned"], True)
_LEVEL = "|".join(_GUARDS["levels"])
_SHORT = "|".join(_GUARDS["levels_short"])
_GROUP = re.compile(
    rf"(?: (?:va|cac|nhan dan|cap|cac cap|{_LEVEL}))* (?:cac )?(?:\d{{1,3}} )?"
    rf"(?:{_LEVEL}|cap|q,? ?h,? ?tx|q, h, tx|dia phuong)"
    rf"(?: ?(?:,|va|-|/|;)[ \n]?(?:cac )?(?:cap )?"
    rf"(?:{_LEVEL}|{_SHORT}|truc thuoc trung uong)(?![a-z]))*"
    rf"(?: truc thuoc trung uong)?(?![a-z])"
)
_OF_ALL = re.compile(
    rf" cac (?:{_LEVEL})(?: ?(?:,|va) ?(?:cac )?(?:{_LEVEL})(?![a-z]))*"
    rf"(?: truc thuoc trung uong)?(?![a-z])"
)
_WORD = re.compile(r"[^\W_][^\W_&.'-]*(?:[&.'-][^\W_]+)*")
_SMALL = re.compile(r"[^\W\d_]+")
_CAPITALS = rf"{CAPITAL}[\w'\u2019&-]*(?:\s{CAPITAL}[\w'\u2019&-]*)*"
_NAMED_LEVEL = rf"(?:(?:{'|'.join(_GUARDS['levels_toned'])}) )?{_CAPITALS}"
_LISTED = re.compile(rf"(?:: | ){_CAPITALS}(?:, {_NAMED_LEVEL})*(?:,? và {_NAMED_LEVEL})?")
_GROUPED = ("ubnd", "hdnd", "uy ban", "dang uy", "mttq", "hoi dong", "cong an")
_NEXT_LISTED = re.compile(r" ?[,;](?: |\n *)?(?:va )?| va ")
_ACRONYM = re.compile(rf"{CAPITAL}[{CAPITAL[1:-1]}&-]{{1,8}}(?!\w)")
_NOT_IN_NAME: Phrases[bool] = Phrases.of(_GUARDS["not_in_name_toned"], True)
_UNTONED_WORDS = frozenset({"so", "ban", "bo", "hoi", "bao", "thue", "dai"})
_GAP = re.compile(r" ?\n ?| |(?=[-&])")
_OWN_NUMBER = re.compile(r"so \d{1,2}(?![\d/%]|[.,-]\d)")
_LINK = re.compile(r"va |[-&] ?\n?")
# "BCH" is the executive committee of a party or union, but the command of these.
_COMMANDS = re.compile(r"(?<!\w)BCH(?= (?:PC|PTDS|QS|[Qq]uân sự|[Pp]hòng|CHQS|[Bb]ộ đội))")
_COMMAND = "Ban Chỉ huy"
_PLACE_REACH = 32  # characters: the longest name of a place
_LINKED = 4  # characters: no more than "và" or a dash was read before something else began
_COMMON_HEADS = tuple(fold(word) for word in _ORGANISATIONS["common_heads_vi"])
_OPEN_WORDS = 6  # small words of a name that no list knows
_FULL_LINE = 45  # characters: a line that long was broken by its width


def read_vietnamese(source: Source, place: int, claimed: bytearray) -> Body | None:
    """Return the organisation whose head stands at ``place``."""
    head = HEADS.at(source, place)
    if head is None:
        return _acronym(source, place)
    folded = source.folded
    if not source.toned and folded[place : head[0]] in _UNTONED_WORDS:
        return None
    if _is_other_word(source, place, head[0]):
        return None
    end = _read_on(source, place, head[0], claimed)
    group = _GROUP.match(folded, head[0]) if end == head[0] else None
    if group is not None and folded.startswith(_GROUPED, place):
        end = _group_end(source, group.end())
        return Body(place, end, _spelled_out(source.composed[place:end]), "unit.group")
    name = " ".join(folded[place:end].split())
    if (end == head[0] and name not in _WHOLE) or name in _PLACES:
        return None
    if name.startswith(_COMMON_HEADS) and source.composed[place + 1 : end].islower():
        return None
    everywhere = _OF_ALL.match(folded, end)
    if everywhere is not None:  # "Trung tâm Y tế các huyện, thị xã"
        end = everywhere.end()
        return Body(place, end, _spelled_out(source.composed[place:end]), "unit.group")
    return Body(place, end, _spelled_out(source.composed[place:end]), "unit.vietnamese")


def _group_end(source: Source, end: int) -> int:
    """Return where the places of a group end ("UBND các huyện Lam Khê, Bình Sa")."""
    listed = _LISTED.match(source.composed, end)
    if listed is None:
        return end
    last = source.composed.rfind(" và ", end, listed.end())
    if last >= 0 and HEADS.at(source, last + 4) is not None:
        return last
    return listed.end()


def read_vietnamese_list(source: Source, place: int, claimed: bytearray) -> list[Body]:
    """Return the organisations of "các Sở: Tài chính, Y tế", each with its elided head."""
    folded = source.folded
    head = _LISTED_HEADS.at(source, place) if folded.endswith("cac ", 0, place) else None
    if head is None:
        return []
    at = head[0]
    while folded[at : at + 1] in {":", " ", "\n"}:
        at += 1
    found: list[Body] = []
    title = head[1][0].upper() + head[1][1:]
    begun = place
    while at < len(folded) and not claimed[at]:
        end = _field_end(source, at)
        if end is None:
            break
        name = f"{title} {' '.join(source.composed[at:end].split())}"
        elided = found or ":" in folded[place:at]
        start = at if elided else begun
        found.append(Body(start, end, _spelled_out(name), "unit.listed", name))
        more = _NEXT_LISTED.match(folded, end)
        if more is None:
            break
        at = more.end()
    return found if len(found) > 1 else []


def _field_end(source: Source, at: int) -> int | None:
    if not source.composed[at].isupper():
        return None
    field = _FIELDS.at(source, at)
    if field is not None:
        return field[0]
    acronym = _ACRONYM.match(source.composed, at)
    return acronym.end() if acronym else None


def _acronym(source: Source, place: int) -> Body | None:
    """Return a body named only by letters with one meaning ("VPCP")."""
    word = _SMALL.match(source.folded, place)
    if word is None or not source.composed[place : word.end()].isupper():
        return None
    full = ACRONYMS.get(word.group())
    if full is None or source.folded[place - 1 : place] in {"-", "/", "&"}:
        return None
    return Body(place, word.end(), full, "unit.vietnamese")


def _is_other_word(source: Source, place: int, end: int) -> bool:
    """Tell a head from "Phó Bí thư Thường trực", a post, and from "BÁO CÁO" in a title."""
    if source.folded.startswith("thuong truc", place):
        return source.folded.endswith(("thu ", "tich ", "ban "), 0, place)
    other = _NOT_BODIES.at(source, place)
    if other is not None and other[0] > end:
        return True
    short = end - place < 4 and source.composed[place:end].isupper()
    if _ends_a_word(source, place, end):
        return True
    head = " ".join(source.folded[place:end].split())
    if not short or head in _WHOLE or head in _OPEN_HEADS:
        return False
    return _FIELDS.at(source, end + 1) is None and HEADS.at(source, end + 1) is None


def _ends_a_word(source: Source, place: int, end: int) -> bool:
    """Tell "NHIỆM VỤ" and "XÃ HỘI" in capitals from a body called "VỤ" or "HỘI"."""
    head = source.composed[place:end]
    if not head.isupper() or len(head) < 2 or " " in head or source.composed[place - 1] != " ":
        return False
    line = source.composed[source.composed.rfind("\n", 0, place) + 1 : place].rstrip()
    return line[-1:].isupper() and _FIELDS.at(source, end + 1) is None


def _read_on(source: Source, place: int, end: int, claimed: bytearray) -> int:
    """Return the end of a name whose head ends at ``end``."""
    folded = source.folded
    head = " ".join(folded[place:end].split())
    open_ended = head in _OPEN_HEADS
    free = open_ended  # small letters may follow at once
    named = open_ended or head in _BEGUN_HEADS  # a name of its own may follow, not just a place
    if folded.startswith(_LOWER_HEADS, place):
        field = _FIELDS.at(source, end + 1)
        end, free = (field[0], False) if field else (end, True)
    while True:
        after = _goes_on(source, place, end, claimed)
        if after is None:
            return end
        step, known = _next_part(source, after)
        field = _FIELDS.at(source, after) if step is None and named else None
        if field is not None and source.folded.count(" ", after, field[0]) > 1:
            step, known = field[0], True  # "các công trình giao thông", in small letters
        if step is None and free and named:
            step, known = _small_words(source, after, claimed), False
        if step is None:
            step, known = _joined(source, after, open_ended), not open_ended
        if step is None and named:
            step = _numbered(source, after)
        if step is None:
            return end
        cut = _before_claim(step, after, claimed)
        if cut != step:
            return end if cut - after < _LINKED else cut
        end, free = step, not known


def _goes_on(source: Source, place: int, end: int, claimed: bytearray) -> int | None:
    """Return where the next word of the name may begin: on its line, or below a letterhead."""
    folded, composed = source.folded, source.composed
    gap = _GAP.match(folded, end)
    after = gap.end() if gap else end
    if gap is None or after >= len(folded) or claimed[after]:
        return None
    if "\t" in composed[end:after]:
        return None
    if "\n" not in gap.group():
        return after
    return after if _on_next_line(source, place, end, after) else None


def _on_next_line(source: Source, place: int, end: int, after: int) -> bool:
    folded, composed = source.folded, source.composed
    if composed[place:end].isupper():
        level = _LEVELS.at(source, after)
        head = HEADS.at(source, after)
        return level is not None and head is None and composed[after : level[0]].isupper()
    wrapped = end - folded.rfind("\n", 0, place) > _FULL_LINE
    return wrapped and composed[after].isupper() and HEADS.at(source, after) is None


def _joined(source: Source, place: int, open_ended: bool) -> int | None:
    """Return the end of "và ..." or "- ..." where a known field follows with a capital."""
    link = _LINK.match(source.folded, place)
    at = link.end() if link else place
    if link is None or at >= len(source.folded) or not source.composed[at].isupper():
        return None
    dashed = link.group()[0] in "-&" and open_ended and HEADS.at(source, at) is None
    return _next_part(source, at)[0] if dashed or _FIELDS.at(source, at) else None


def _numbered(source: Source, place: int) -> int | None:
    """Return the end of "số 2", by which bodies of one kind are told apart."""
    match = _OWN_NUMBER.match(source.folded, place)
    return match.end() if match else None


def _before_claim(step: int, place: int, claimed: bytearray) -> int:
    for at in range(place, step):
        if claimed[at]:
            return at - 1
    return step


def _next_part(source: Source, place: int) -> tuple[int | None, bool]:
    """Return the end of one more part of a name, and whether the part is known to end there."""
    folded, composed = source.folded, source.composed
    if place >= len(folded):
        return None, False
    if composed[place].isupper():
        word = _WORD.match(folded, place)
        known = _FIELDS.at(source, place) or HEADS.at(source, place) or _LEVELS.at(source, place)
        if word is None or (known is None and _NOT_IN_NAME.at(source, place) is not None):
            return None, False
        if known is not None:
            glued = folded[known[0] - 1] == "." and folded[known[0] : known[0] + 1].isalnum()
            return (word.end() if glued else known[0]), True
        in_capitals = word.end() - place > 1 and composed[place : word.end()].isupper()
        if in_capitals and _STOPS.at(source, place) is not None:
            return None, False
        return word.end(), composed[place : word.end()].isupper() or _ends_place(source, word)
    level = _LEVELS.at(source, place) or _SUPERIORS.at(source, place)
    if level is None:
        return None, False
    after = level[0] + 1
    named = composed[level[0] : after] == " " and composed[after : after + 1].isupper()
    word = _WORD.match(folded, after) if named else None
    if word is None or HEADS.at(source, after) or folded[word.end() : word.end() + 1] == ":":
        return level[0], True
    return word.end(), True


def _ends_place(source: Source, word: re.Match[str]) -> bool:
    """Tell whether capitalised words behind a level, or the name of a known place, end there."""
    before = source.composed[max(0, word.start() - _PLACE_REACH) : word.start()].split()
    name = fold(word.group())
    while before and before[-1][0].isupper() and fold(before[-1]) not in _GUARDS["levels"]:
        name = f"{fold(before.pop())} {name}"
        if name in _PLACES:
            return True
    return name in _PLACES or (bool(before) and fold(before[-1]) in _GUARDS["levels"])


def _small_words(source: Source, place: int, claimed: bytearray) -> int | None:
    """Return the end of the small words of a name that no list knows."""
    folded, composed = source.folded, source.composed
    end: int | None = None
    at = place
    for _ in range(_OPEN_WORDS):
        word = _SMALL.match(folded, at)
        if word is None or composed[at].isupper() or claimed[at]:
            break
        joined = _COMPOUNDS.at(source, at)
        if joined is None and (_STOPS.at(source, at) or _LEVELS.at(source, at)):
            break
        end = joined[0] if joined else word.end()
        if folded[end : end + 1] != " ":
            break
        at = end + 1
    return end


def _spelled_out(written: str) -> str | None:
    """Return the name with its abbreviations written out; None where there are none."""
    parts = _COMMANDS.sub(_COMMAND, written).split()
    full = [_ABBREVIATIONS.get(part.rstrip(".,"), part) for part in parts]
    return " ".join(full) if full != written.split() else None
