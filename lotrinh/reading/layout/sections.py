"""Where in a document a sentence stands: among targets, tasks, or what was achieved.

A heading or a lead-in ("...the following tasks:") speaks for everything below it until the next
one of its own rank. It may also give a day by which all of that is due, and name who is to act.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from lotrinh.reading.facts import Clause
from lotrinh.reading.grammar import lexicon
from lotrinh.reading.text import Source

_SECTIONS: dict[str, list[str]] = lexicon("structure")["sections"]
Topic = Literal["target", "task", "report", "neither"]
_TOPICS: tuple[Topic, ...] = ("neither", "target", "report", "task")
_WORDS = {
    topic: re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, _SECTIONS[topic])) + r")(?!\w)")
    for topic in _TOPICS
}
_LEAD_IN_REACH = 160
_OPENS = 14  # characters before the word that names the topic of an unlabelled heading
_BARE = 80  # and its length at most
_LISTS_TARGETS = re.compile(  # a title above a list and nothing else
    r"(?:cac |mot so |nhung |he thong )?(?:chi tieu|muc tieu)(?: [a-z]+){0,4}"
    r" (?:den nam|nam|giai doan|nhiem ky)\s\d{4}|(?:main |key )?targets (?:for|to|by)\s"
)
_ORDERS = re.compile(r"(?:yeu cau|de nghi|giao|chi dao|tap trung|can|phai)[^.;]{0,80}$")
_RESTS = re.compile(r"\W*(?:dieu \d+\W+)?(?:can cu|tren co so|theo)\s[^,;]{2,80},")
_BULLETS = frozenset("-+*\u2013\u2022")
_DEMANDS = re.compile(r"\W*(?:yeu cau|requirements?)\W*")  # said of the work, not of a unit


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands above a clause: its topic and the clauses that opened it, nearest last."""

    topic: Topic | None = None
    above: tuple[int, ...] = ()


def find_settings(source: Source, clauses: Sequence[Clause]) -> tuple[Setting, ...]:
    """Return the setting of every clause, in order."""
    settings: list[Setting] = []
    open_pieces: list[tuple[int, int, Topic | None]] = []  # level, clause, topic
    labelled = next((place for place, clause in enumerate(clauses) if clause.label), 1)
    for place, clause in enumerate(clauses):
        leads = _leads(source, clause) and (
            place >= labelled  # what stands above "I." is the title
            or clause.kind != "heading"
            or _LISTS_TARGETS.match(source.folded, clause.start, clause.end) is not None
        )
        while open_pieces and _closes(source, clauses, open_pieces[-1], clause, leads):
            open_pieces.pop()
        topic = next((piece[2] for piece in reversed(open_pieces) if piece[2]), None)
        settings.append(Setting(topic, tuple(piece[1] for piece in open_pieces)))
        if leads:
            open_pieces.append((clause.level, place, announces(source, clause)))
    return tuple(settings)


def _leads(source: Source, clause: Clause) -> bool:
    if clause.kind in {"boilerplate", "preamble", "cell"}:
        return False
    return clause.kind == "heading" or source.folded[clause.end - 1] == ":"


def _closes(
    source: Source,
    clauses: Sequence[Clause],
    piece: tuple[int, int, Topic | None],
    clause: Clause,
    leads: bool,
) -> bool:
    """A piece ends at the next of its rank. A lead-in without a label ends with its list."""
    opener = clauses[piece[1]]
    if clause.level < opener.level:
        return True
    if opener.label is None and opener.kind != "heading":
        return clause.level == opener.level and clause.kind != "item" and piece[1] != -1 and leads
    if opener.kind == "heading" and opener.label is None:
        return clause.kind == "heading" and (clause.label is None)
    if _nests(source, opener, clause):
        return False
    return clause.level == opener.level and clause.label is not None


def _nests(source: Source, opener: Clause, clause: Clause) -> bool:
    """Tell a list of "-" below a line that opens with "+" and ends in a colon."""
    if opener.label is None or clause.label is None or opener.level != clause.level:
        return False
    marks = opener.label[:1] in _BULLETS and opener.label != clause.label
    return marks and source.folded[opener.end - 1] == ":"


def announces(source: Source, clause: Clause) -> Topic | None:
    """Return what a heading or the end of a lead-in announces: the first such word decides."""
    start = (
        clause.start if clause.kind == "heading" else max(clause.start, clause.end - _LEAD_IN_REACH)
    )
    text = source.folded[start : clause.end]
    found = [(match.start(), topic) for topic in _TOPICS if (match := _WORDS[topic].search(text))]
    if not found:
        return None
    if clause.kind == "heading" and _DEMANDS.fullmatch(text.removeprefix(clause.label or "")):
        return "neither"
    place, topic = min(found, key=lambda pair: pair[0])
    if clause.kind != "heading":
        return _led_to(text, topic)
    spoken = clause.kind == "heading" and clause.label is None and not _is_capital(source, clause)
    if spoken and (place > _OPENS or len(text) > _BARE):
        return None  # a crosshead of the press that only mentions targets or results
    return topic


def _led_to(text: str, topic: Topic) -> Topic | None:
    """Return what a lead-in announces that may name first what it only rests on."""
    if topic == "report" and _ORDERS.search(text):
        return "task"  # "biểu dương kết quả đạt được và yêu cầu:"
    rest = _RESTS.match(text)
    if rest is None:
        return topic
    later = [
        (match.start(), kind)
        for kind in _TOPICS
        if (match := _WORDS[kind].search(text, rest.end()))
    ]
    return min(later)[1] if later else None


def _is_capital(source: Source, clause: Clause) -> bool:
    return source.composed[clause.start : clause.end].isupper()
