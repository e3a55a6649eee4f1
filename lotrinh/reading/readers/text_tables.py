"""Tables inside plain text and Markdown: rows of cells between bars (for tabs: ``tabbed_tables``).

The text stays as it is; a cell is the piece of it between two bars, without the asterisks that
make all of it bold. Rows follow one another without a break. The line of dashes below a header of
Markdown is no row.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lotrinh.reading.paper import Cell, Table
from lotrinh.reading.readers.tabbed_tables import find_tabbed

_LINE = re.compile(r"[^\n]+")
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[\s|:+=-]*-[\s|:+=-]*")
_BOLD = re.compile(r"(\*{1,3}|__)(?=[^\s*_])(?:(?!\1).)*[^\s*_]\1")
_LEAST_ROWS = 2

_Piece = tuple[int, int]


def find_tables(text: str) -> tuple[Table, ...]:
    """Return the tables of a text in order."""
    found = [
        *(_table(rows) for rows in _blocks(text) if sum(1 for row in rows if row) >= _LEAST_ROWS),
        *find_tabbed(text),
    ]
    return tuple(sorted(found, key=lambda table: table.cells[0].start))


def _blocks(text: str) -> Iterator[list[list[_Piece]]]:
    """Yield runs of lines that are rows, each as its pieces; a line of dashes has none."""
    rows: list[list[_Piece]] = []
    end = -1
    for match in _LINE.finditer(text):
        is_row = _is_row(match.group())
        if rows and (not is_row or match.start() != end + 1):
            yield rows
            rows = []
        end = match.end()
        if is_row:
            rows.append(list(_pieces(match)))
    if rows:
        yield rows


def _is_row(line: str) -> bool:
    bare = line.strip()
    return bare.startswith("|") and len(_BAR.findall(bare)) >= 2


def _pieces(match: re.Match[str]) -> Iterator[_Piece]:
    line, start = match.group(), match.start()
    if _RULE.fullmatch(line):
        return
    bars = [found.start() for found in _BAR.finditer(line)]
    edges = bars if line.rstrip().endswith("|") else [*bars, len(line)]
    for left, right in pairwise(edges):
        words = line[left + 1 : right].strip()
        begin = line.index(words, left + 1)
        bold = _BOLD.fullmatch(words)
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
