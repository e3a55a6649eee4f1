"""The lines below an instruction that say who, with whom, by when and what for.

Plans give each task a short list: "- Cơ quan chủ trì: ...", "- Thời gian hoàn thành: ...",
"- Sản phẩm: ...". Such a line is no instruction of its own; it completes the one above it. Where
that one is written like a heading, without a final stop, the list is what shows it to be a task.
"""

import re

from lotrinh.reading.assignments import GROUP, Desk, Order, recurrence
from lotrinh.reading.grammar import any_of, lexicon
from lotrinh.reading.layout.clauses import Sentence

_FIELDS: dict[str, list[str]] = lexicon("structure")["particulars"]
_OPENINGS = tuple((name, re.compile(rf"{any_of(words)}\s*:\s*")) for name, words in _FIELDS.items())
_INITIALS = tuple({word[:2] for words in _FIELDS.values() for word in words})
_ENDINGS = ' .;,/\n"'
_SEPARATOR = re.compile(r"\s*(?:[,;]|\s(?:va|and))\s+(?:the\s+)?")


def is_particular(desk: Desk, sentence: Sentence) -> bool:
    """Tell whether a sentence completes an instruction instead of giving one."""
    return _opening(desk, sentence) is not None


def _opening(desk: Desk, sentence: Sentence) -> tuple[str, int] | None:
    folded = desk.source.folded
    if not folded.startswith(_INITIALS, sentence.start):
        return None
    for name, pattern in _OPENINGS:
        match = pattern.match(folded, sentence.start, sentence.end)
        if match is not None:
            return name, match.end()
    return None


def complete(desk: Desk, order: Order, sentence: Sentence) -> None:
    """Give an instruction what a line below it says; the first line of a kind counts."""
    opening = _opening(desk, sentence)
    if opening is None:
        return
    name, start = opening
    end = sentence.end
    while end > start and desk.source.folded[end - 1] in _ENDINGS:
        end -= 1
    if end <= start:
        return
    written = " ".join(desk.source.composed[start:end].split())
    if name == "lead":
        order.lead = order.named = _names(desk, start, end)
    elif name == "coordinate":
        order.coordinate = order.coordinate or _names(desk, start, end)
    elif name == "deliverable":
        order.deliverable = order.deliverable or written
    elif name == "due":
        dates = desk.dates.within(start, end)
        order.due = order.due or (dates[-1].iso if dates else None)
        order.recurrence = order.recurrence or recurrence(desk.source, start, end)


def _names(desk: Desk, start: int, end: int) -> list[str]:
    """Return the names in a line; a comma parts two of them only before a unit or a group."""
    folded, composed = desk.source.folded, desk.source.composed
    cuts = [start]
    pieces: list[str] = []
    for match in _SEPARATOR.finditer(folded, start, end):
        opens = match.end() in desk.bodies or GROUP.match(folded, match.end()) is not None
        if ";" in match.group() or opens:
            pieces.append(composed[cuts[-1] : match.start()])
            cuts.append(match.end())
    pieces.append(composed[cuts[-1] : end])
    return [" ".join(piece.split()) for piece in pieces if piece.strip()]
