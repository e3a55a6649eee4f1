"""Organisations named in a text.

A name is read where a word stands that can open or close one: in Vietnamese to the right of its
head, in English in both directions. Numbers of documents and people's names end a name, titles of
laws hold none, and a list that names its head once ("các Sở: Tài chính, Y tế") holds one for each.
"""

import re
from collections.abc import Iterator, Sequence

from lotrinh.reading.body import Body
from lotrinh.reading.english_names import (
    ACRONYMS_EN,
    KEYS_EN,
    names_english_body,
    read_english,
    read_english_list,
)
from lotrinh.reading.grammar import lexicon
from lotrinh.reading.text import Source
from lotrinh.reading.vietnamese_names import (
    ACRONYMS,
    HEADS,
    read_vietnamese,
    read_vietnamese_list,
)

__all__ = ["HEADS", "TRIGGERS", "Body", "find_units", "names_english_body", "opens_list"]

# A first word of a head or a key word: where one stands, a name may be read.
TRIGGERS: frozenset[str] = HEADS.first_words | KEYS_EN | frozenset(ACRONYMS) | ACRONYMS_EN
_GUARDS = lexicon("guards")["agencies"]
_LAW = re.compile(
    r"(?<!\w)(luat|bo luat|phap lenh|law on)"
    rf"(?:,?\s(?!(?:{'|'.join(_GUARDS['law_ends'])})(?!\w))[^\W\d]+){{0,9}}\s(?:the\s)?$"
)
_LAW_WORDS = ("luat", "law on", "phap lenh")
_LAW_REACH = 70


def find_units(source: Source, places: Sequence[int], claimed: bytearray) -> list[Body]:
    """Return all organisations in reading order; ``places`` are where words stand that name one.

    Characters in ``claimed`` belong to people and numbers of documents: names end there.
    """
    found: list[Body] = []
    done = 0
    for place in places:
        if place < done or claimed[place] or _in_title_of_law(source, place):
            continue
        for body in _read(source, place, claimed, done):
            if body.end - body.start > 1:
                found.append(body)
                done = body.end
    return found


def opens_list(source: Source, place: int) -> bool:
    """Tell whether a head in small letters stands there that opens a list ("các sở: ...")."""
    return source.folded.endswith("cac ", 0, place)


def _read(source: Source, place: int, claimed: bytearray, floor: int) -> Iterator[Body]:
    listed = read_vietnamese_list(source, place, claimed) or read_english_list(source, place)
    if listed:
        yield from listed
        return
    if source.composed[place].islower():
        return
    body = read_vietnamese(source, place, claimed) or read_english(source, place, claimed, floor)
    if body is not None:
        yield body


def _in_title_of_law(source: Source, place: int) -> bool:
    """Tell "Luật Tổ chức Chính phủ", whose title only speaks of a body."""
    low = max(0, place - _LAW_REACH)
    if not any(source.folded.find(word, low, place) >= 0 for word in _LAW_WORDS):
        return False
    match = _LAW.search(source.folded, low, place)
    return match is not None and source.composed[match.start(1)].isupper()
