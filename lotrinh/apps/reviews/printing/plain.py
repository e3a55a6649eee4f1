"""What both printers need to know of a form: letters that can be printed, links, columns."""

import re
from collections.abc import Sequence

from lotrinh.rules.official.text import Block, Paragraph, Run, Table

# Signs that neither XML nor a printed page can hold.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)

LONG_CELL = 500  # letters; a longer cell may break over pages
WIDE_TABLE = 8  # columns; an appendix with a wider table lies on its side


def printable(words: str) -> str:
    """Return words without signs that cannot be printed.

    >>> printable("UBND\\x00 thành\\x0b phố")
    'UBND thành phố'
    """
    return _FORBIDDEN.sub("", words)


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
    """Return how the width is shared between columns of words; 0 for one as wide as its figures.

    A column is worth its longest cell, within bounds: a single long name does not starve the rest.
    """
    weights = []
    for place, head in enumerate(table.head):
        cells = [_length(row[place]) for row in table.rows]
        longest = max([len(head) // 2, *cells])
        is_narrow = table.numeric[place] and max(cells, default=0) <= 24
        weights.append(0 if is_narrow else min(max(longest, 8), 45))
    return tuple(weights)


def _length(cell: Paragraph) -> int:
    return sum(len(run.text) for run in cell.runs)
