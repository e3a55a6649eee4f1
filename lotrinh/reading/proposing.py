"""Which line of the lexicon would have made a reading right that people put right by hand.

Each function looks at one passage and names what could be learned from it, the longer words
first; only who has seen several passages can tell which of them is worth a line. What the lexicon
knows already is never named: then something else went wrong.
"""

import re
from collections.abc import Iterator

from lotrinh.reading.amounts import COMPARATORS
from lotrinh.reading.assignments import ADVERBS, IMPERATIVE, LEAD, MODAL, skip
from lotrinh.reading.lines import COMPARATOR, SIGNS, Line
from lotrinh.reading.tasks import NEVER
from lotrinh.reading.text import Source, read_source

_WORDS = re.compile(r"[^\W\d_]+(?:[ \t\n]+[^\W\d_]+){0,3}")
_LABEL = re.compile(r"\s*(?:[-–+•*]|\(?[\dIVXa-zđ]{1,3}[.)])\s+")
_NUMBER = re.compile(r"(?<![\w.,/-])(?!(?:19|20)\d\d(?!\d|[.,]\d))\d")
_STEPS = 4
_LONGEST_OPENING, _SHORTEST_OPENING = 4, 2
_TONED, _PLAIN = "vi", "en"


def missed_verbs(passage: str) -> list[Line]:
    """Return which verb would have to be known for this passage to open as an instruction.

    >>> missed_verbs("- Đồng thời bồi lắng các hồ chứa")
    [('verbs.imperative.vi', 'bồi lắng'), ('verbs.imperative.vi', 'bồi')]
    >>> missed_verbs("Rà soát các hồ chứa")
    []
    """
    source = read_source(passage)
    place = _behind_label(source)
    for _ in range(_STEPS):
        if IMPERATIVE.at(source, place) or LEAD.at(source, place):
            return []
        opener = ADVERBS.at(source, place) or MODAL.at(source, place)
        if opener is None:
            break
        place = skip(source.folded, opener[0])
    language = _language(source)
    return [
        (f"verbs.imperative.{language}", words)
        for words in _beginnings(source, place, most=2 if language == _TONED else 1, least=1)
    ]


def dropped_openings(sentence: str) -> list[Line]:
    """Return with which opening this sentence would never be read as an instruction.

    >>> dropped_openings("Tổ chức thành công đại hội là niềm vui")[0]
    ('verbs.never.vi', 'tổ chức thành công')
    """
    source = read_source(sentence)
    place = _behind_label(source)
    if NEVER.at(source, place):
        return []
    return [
        (f"verbs.never.{_language(source)}", words)
        for words in _beginnings(source, place, most=_LONGEST_OPENING, least=_SHORTEST_OPENING)
    ]


def changed_comparators(passage: str, sign: str) -> list[Line]:
    """Return which words before the number would have to mean ``sign``; none for "=".

    >>> changed_comparators("tỷ lệ che phủ rừng không kém 42%", ">=")
    [('measures.comparator.>=.vi', 'không kém'), ('measures.comparator.>=.vi', 'kém')]
    """
    if sign not in SIGNS:
        return []
    source = read_source(passage)
    number = _NUMBER.search(source.composed)
    if number is None or COMPARATORS.before(source, number.start()):
        return []
    before = source.composed[: number.start()].rstrip()
    words = re.findall(r"[^\W\d_]+", re.split(r"[,;:.()]", before)[-1])[-2:]
    place = f"{COMPARATOR}.{sign}.{_language(source)}"
    return [(place, " ".join(words[at:]).casefold()) for at in range(len(words))]


def sentence_around(text: str, start: int, end: int) -> str:
    """Return the sentence in which a passage stands, up to where the passage ends."""
    before = max(text.rfind(sign, 0, start) for sign in ("\n", ". ", "; ", ": "))
    return text[before + 1 : end].strip()


def _behind_label(source: Source) -> int:
    label = _LABEL.match(source.composed)
    return label.end() if label else len(source.composed) - len(source.composed.lstrip())


def _beginnings(source: Source, place: int, *, most: int, least: int) -> Iterator[str]:
    """Give the first words from a place on, as many as ``most`` first."""
    found = _WORDS.match(source.composed, place)
    words = found.group().casefold().split()[:most] if found else []
    for count in range(len(words), least - 1, -1):
        yield " ".join(words[:count])


def _language(source: Source) -> str:
    return _TONED if source.toned else _PLAIN
