"""Tables inside plain text and Markdown: rows of cells between bars, or between tabs.

The text stays as it is; a cell is the piece of it between two signs, without the asterisks that
make all of it bold. Rows follow one another without a break. The line of dashes below a header of
Markdown is no row.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lotrinh.reading.paper import Cell, Table

_LINE = re.compile(r"[^\n]+")
_BAR = re.compile(r"(?<!\\)\|")
_TAB = re.compile(r"\t")
_RULE = re.compile(r"[\s|:+=-]*-[\s|:+=-]*")
_BOLD = re.compile(r"(\*{1,3}|__)(?=[^\s*_])(?:(?!\1).)*[^\s*_]\1")
_LEAST_ROWS = 2
_LEAST_COLUMNS = 3  # two texts with tabs between them may be a letterhead

_Piece = tuple[int, int]


def find_tables(text: str) -> tuple[Table, ...]:
    """Return the tables of a text in order."""
    return tuple(
        _table(rows) for rows in _blocks(text) if sum(1 for row in rows if row) >= _LEAST_ROWS
    )


def _blocks(text: str) -> Iterator[list[list[_Piece]]]:
    """Yield runs of lines that are rows, each as its pieces; a line of dashes has none."""
    rows: list[list[_Piece]] = []
    sign: re.Pattern[str] | None = None
    end = -1
    for match in _LINE.finditer(text):
        kind = _kind(match.group())
        if rows and (kind is not sign or match.start() != end + 1):
            yield rows
            rows = []
        sign, end = kind, match.end()
        if kind is not None:
            rows.append(list(_pieces(match, kind)))
    if rows:
        yield rows


def _kind(line: str) -> re.Pattern[str] | None:
    bare = line.strip()
    if bare.startswith("|") and len(_BAR.findall(bare)) >= 2:
        return _BAR
    pieces = line.split("\t")
    if len(pieces) >= _LEAST_COLUMNS and sum(1 for piece in pieces if piece.strip()) > 1:
        return _TAB
    return None


def _pieces(match: re.Match[str], sign: re.Pattern[str]) -> Iterator[_Piece]:
    line, start = match.group(), match.start()
    if sign is _BAR and _RULE.fullmatch(line):
        return
    signs = [found.start() for found in sign.finditer(line)]
    if sign is _BAR:
        closed = line.rstrip().endswith("|")
        edges = signs if closed else [*signs, len(line)]
    else:
        edges = [-1, *signs, len(line)]
    for left, right in pairwise(edges):
        words = line[left + 1 : right].strip()
        begin = line.index(words, left + 1)
        bold = _BOLD.fullmatch(words) if sign is _BAR else None
        mark = len(bold[1]) if bold else 0
        yield start + begin + mark, start + begin + len(words) - mark


def _table(rows: Sequence[Sequence[_Piece]]) -> Table:
    written = [row for row in rows if row]
    return Table(
        tuple(
            Cell(place, column, start, end)
            for place, row in enumerate(written)
            for column, (start, end) in enumerate(row)
        )
    )
