"""What both printers need to know of a form: letters that can be printed, links, columns."""

import re
from collections.abc import Sequence

from lotrinh.rules.official.text import Block, Paragraph, Run, Table

# Signs that neither XML nor a printed page can hold.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)

# The number and symbol of a document, "986/KH-UBND": lines break beside it, never within. Both
# printers read this pattern, so it holds nothing that only one of them knows.
WHOLE = r"\b\d[\d/]{0,14}[-/][A-ZĐ]\w*(?:[-/][A-ZĐ]\w*)*|/[A-ZĐ]+(?:-[A-ZĐ]+)+"

_LONG_WORD = re.compile(r"\S{25,}")
_PIECE = 12

LONG_CELL = 500  # letters; a longer cell may break over pages
LINE = 72  # letters of a table that stand side by side on a page, roughly
WIDE_TABLE = 8  # columns; an appendix with a wider table lies on its side


def printable(words: str) -> str:
    """Return words without signs that cannot be printed.

    >>> printable("UBND\\x00 thành\\x0b phố")
    'UBND thành phố'
    """
    return _FORBIDDEN.sub("", words)


def breakable(words: str) -> str:
    """Return words of which the very long ones (an address, a code) may break over lines.

    Words of both languages are shorter; one that cannot break would run over the edge of the page.

    >>> breakable("a" * 30) == "\N{ZERO WIDTH SPACE}".join(["a" * 12, "a" * 12, "a" * 6])
    True
    """
    return _LONG_WORD.sub(lambda word: _pieces(word.group()), words)


def _pieces(word: str) -> str:
    parts = (word[place : place + _PIECE] for place in range(0, len(word), _PIECE))
    return "\N{ZERO WIDTH SPACE}".join(parts)


def link_of(run: Run) -> str | None:
    """Return where a run leads, if that is a page: nothing else is worth a click on paper."""
    return run.href if run.href and _LINK.fullmatch(run.href) else None


def is_wide(blocks: Sequence[Block]) -> bool:
    """Say whether some blocks need a page that lies on its side."""
    return any(isinstance(block, Table) and len(block.head) > WIDE_TABLE for block in blocks)


def letter_size(table: Table, body: int) -> int:
    """Return how large the letters of a table are: smaller the more columns it has."""
    columns = len(table.head)
    return body - (1 if columns <= 4 else 2 if columns <= 6 else 3)


def column_weights(table: Table) -> tuple[int, ...]:
    """Return how the width of the page is shared between the columns of a table.

    A column of figures is worth its longest figure, which does not break; one of words its longest
    cell, within bounds: a single long name does not starve the rest. A word of the head fits. What
    does not break has its room first, with that at both edges; only the rest of the line is shared.
    """
    places = range(len(table.head))
    least = [_least(table, place) for place in places]
    more = [max(_weight(table, place) - least[place], 0) for place in places]
    room = max(LINE - sum(least), 0)
    return tuple(
        10 * own + 10 * room * wish // max(sum(more), 1)
        for own, wish in zip(least, more, strict=True)
    )


def _least(table: Table, place: int) -> int:
    word = max((len(word) for word in table.head[place].split()), default=0)
    unbroken = max((_longest_word(row[place]) for row in table.rows), default=0)
    return max(word, min(unbroken, 16)) + 3


def _weight(table: Table, place: int) -> int:
    word = max((len(word) for word in table.head[place].split()), default=0)
    longest = max((_length(row[place]) for row in table.rows), default=0)
    if table.numeric[place]:
        return max(word, min(longest, 16), 2) + 2
    unbroken = max((_longest_word(row[place]) for row in table.rows), default=0)  # a day, a number
    return max(word + 2, min(unbroken, 16) + 3, min(longest, 40), 8)


def _longest_word(cell: Paragraph) -> int:
    words = "".join(run.text for run in cell.runs).split()
    return max((len(word) for word in words), default=0)


def _length(cell: Paragraph) -> int:
    return sum(8 if run.is_missing else len(run.text) for run in cell.runs)
