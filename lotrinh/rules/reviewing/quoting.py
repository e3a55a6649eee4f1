"""Numbers that the text of a review quotes: ``[#3]`` stands for the third of its list.

Nobody types such a number: it is read where it is kept each time the text is shown, until the
review is frozen into an edition. So it cannot differ from what the pages say, and it opens what it
is made of.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

# What begins as a quote does and is none was meant as one: it is read, so that it can be said.
_MARK = re.compile(r"\[#(?:(\d{1,4})\]|[^\[\]\n]{0,20}\]|[^\s\[\]]{0,20})")
MOST_QUOTES = 4_000
"""So many numbers one review may quote."""


class Source(StrEnum):
    """Where a quoted number is kept."""

    TARGET = "target"  # what was reached of one target in the period
    TARGETS = "targets"  # what became of all targets of the documents
    DUTIES = "duties"  # how the duties of the documents stand


class Aspect(StrEnum):
    """What is said of it."""

    VALUE = "value"
    PLAN = "plan"
    OF_PLAN = "of_plan"
    GROWTH = "growth"
    SCORE = "score"
    DONE = "done"
    ON_TIME = "on_time"
    OVERDUE = "overdue"


ASPECTS: Mapping[Source, tuple[Aspect, ...]] = {
    Source.TARGET: (Aspect.VALUE, Aspect.PLAN, Aspect.OF_PLAN, Aspect.GROWTH),
    Source.TARGETS: (Aspect.SCORE,),
    Source.DUTIES: (Aspect.DONE, Aspect.ON_TIME, Aspect.OVERDUE),
}
"""What can be said of each."""


class Piece(NamedTuple):
    """A piece of a text: words, or where ``number`` is there the number that is quoted.

    ``is_misread`` marks what begins as a quote does and quotes nothing: ``[#abc]``.
    """

    text: str
    number: int | None = None
    is_misread: bool = False


class Misquote(NamedTuple):
    """A quote that stands for nothing, in its paragraph counted from 1.

    ``number`` is what it asks for; None where it asks for no number at all.
    """

    paragraph: int
    mark: str
    number: int | None


def mark_of(number: int) -> str:
    """Return how a text quotes the number of this place in the list.

    >>> mark_of(3)
    '[#3]'
    """
    return f"[#{number}]"


def pieces_of(text: str) -> Iterator[Piece]:
    """Yield words and quoted numbers in their order; together they are the text.

    >>> [piece.number for piece in pieces_of("đạt [#1], [#2].")]
    [None, 1, None, 2, None]
    >>> [piece.text for piece in pieces_of("đạt [#ba] hộ, [# 4] và [#5 xã") if piece.is_misread]
    ['[#ba]', '[# 4]', '[#5']
    """
    at = 0
    for found in _MARK.finditer(text):
        if found.start() > at:
            yield Piece(text[at : found.start()])
        yield Piece(found[0], int(found[1])) if found[1] else Piece(found[0], is_misread=True)
        at = found.end()
    if at < len(text):
        yield Piece(text[at:])


def quoted_in(text: str) -> tuple[int, ...]:
    """Return the places of the numbers that a text quotes, each once, in their order."""
    found = [piece.number for piece in pieces_of(text) if piece.number is not None]
    return tuple(dict.fromkeys(found))


def misquotes_in(text: str, known: Collection[int]) -> tuple[Misquote, ...]:
    """Return the quotes of a text that stand for no number of the list, where they stand.

    >>> [(one.paragraph, one.mark) for one in misquotes_in("[#1]\\n\\n[#x] và [#99]", {1})]
    [(2, '[#x]'), (2, '[#99]')]
    """
    paragraphs = [line for line in text.splitlines() if line.strip()]
    return tuple(
        Misquote(place, piece.text, piece.number)
        for place, line in enumerate(paragraphs, start=1)
        for piece in pieces_of(line)
        if piece.is_misread or (piece.number is not None and piece.number not in known)
    )
