"""Tables pasted into plain text with tabs between their cells, as from Word or a web page.

Such a paste loses more than the lines of the grid: a cell that was written on several lines is
broken, a title across the table is a line without tabs, empty cells at the end of a row may be
missing, and blank lines may part the rows. The width of the table is the number of cells that most
of its rows have; from it is told whether a line continues the row above, begins one, or is a title.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from lotrinh.reading.paper import Cell, Table

_LEAST_ROWS = 2
_LEAST_COLUMNS = 3  # two texts with a tab between them may be a letterhead
_GAP = 3  # lines without a tab that may stand between two rows
_LABEL = re.compile(r"\(?(?:\d{1,3}(?:[.,]\d{1,3}){0,4}|[IVXLC]{1,6}|[A-Za-zĐđ])[.):/]?")
_TITLE = re.compile(
    r"(?:\(?(?:[IVXLC]{1,6}|[A-ZĐ]|\d{1,2})[.):/]\s|(?:PHẦN|Phần|MỤC|Mục|NHÓM|Nhóm|PART|Part)\s)"
)
_GOES_ON = re.compile(r"[-+•*–;,.)(]|[^\W\d_]")  # how a line begins that may continue a cell
_MANY_LABELLED = 0.6

_Piece = tuple[int, int]


@dataclass(slots=True)
class _Line:
    """A line with its pieces between tabs; one piece where it has no tab."""

    start: int
    text: str
    pieces: list[_Piece]

    @property
    def filled(self) -> int:
        """How many of its pieces hold words."""
        return sum(1 for start, end in self.pieces if end > start)


@dataclass(slots=True)
class _Rows:
    """The rows put together so far."""

    width: int
    labelled: bool  # rows begin with a label
    done: list[list[_Piece]] = field(default_factory=list)
    row: list[_Piece] = field(default_factory=list)

    def take(self, line: _Line) -> None:
        """Let a line begin a row, continue the one above, or be a title of its own."""
        first = line.text[slice(*_within(line, line.pieces[0]))]
        if len(line.pieces) > 1:
            if self.row and self._continues(line, first):
                self._join(line.pieces)
            else:
                self._end_row()
                self.row = line.pieces
        elif self.row and not _TITLE.match(first) and self._hangs(first):
            self._join(line.pieces)
        else:
            self._end_row()
            self.done.append(line.pieces)

    def finish(self) -> list[list[_Piece]]:
        """Return all rows."""
        self._end_row()
        return self.done

    def _continues(self, line: _Line, first: str) -> bool:
        """Tell a row whose cell was broken from one that lacks its last cells."""
        if len(self.row) + len(line.pieces) - 1 > self.width:
            return False
        if self.labelled:
            return first != "" and not _LABEL.fullmatch(first)
        return first != "" and not first[0].isupper()

    def _hangs(self, words: str) -> bool:
        """Tell a line that continues the last cell from a title."""
        if len(self.row) < self.width:
            return True
        found = _GOES_ON.match(words)
        return found is not None and not words[0].isupper()

    def _join(self, pieces: Sequence[_Piece]) -> None:
        start, end = self.row[-1]
        last = pieces[0][1] if pieces[0][1] > pieces[0][0] else end
        self.row = [*self.row[:-1], (start if end > start else pieces[0][0], last), *pieces[1:]]

    def _end_row(self) -> None:
        if self.row:
            self.done.append(self.row)
        self.row = []


def find_tabbed(text: str) -> Iterator[Table]:
    """Yield the tables of a text whose cells are parted by tabs, in order."""
    for lines in _regions(text):
        counts = Counter(len(line.pieces) for line in lines if len(line.pieces) >= _LEAST_COLUMNS)
        width = max(counts, key=lambda count: (counts[count], count), default=0)
        full = [line for line in lines if len(line.pieces) == width and line.filled > 1]
        if len(full) < _LEAST_ROWS:
            continue
        starts = [line.text[slice(*_within(line, line.pieces[0]))] for line in full]
        marked = sum(1 for words in starts if _LABEL.fullmatch(words))
        rows = _Rows(width, labelled=marked >= _MANY_LABELLED * (len(full) - 1))
        for line in _from_header(lines, width):
            rows.take(line)
        yield _table(_without_signature(text, rows.finish()), width)


def _regions(text: str) -> Iterator[list[_Line]]:
    """Yield runs of lines that may be one table: tabs in most of them, few lines between."""
    run: list[_Line] = []
    waiting: list[_Line] = []
    for found in re.finditer(r"[^\n]+", text):
        line = _line(found)
        if not line.filled:
            continue
        if len(line.pieces) > 1:
            run += [*waiting, line] if run else [line]
            waiting = []
        elif run:
            waiting.append(line)
            if len(waiting) > _GAP:
                yield run
                run, waiting = [], []
    if run:
        yield run


def _from_header(lines: Sequence[_Line], width: int) -> Sequence[_Line]:
    """Leave out what stands before the header, such as a letterhead with a tab in it."""
    for place, line in enumerate(lines):
        if len(line.pieces) == width or line.filled >= _LEAST_COLUMNS:
            return lines[place:]
    return ()


def _without_signature(text: str, rows: list[list[_Piece]]) -> list[list[_Piece]]:
    """Leave out what stands under the table: lines of one or two pieces without a label."""
    last = len(rows)
    while last and len(rows[last - 1]) < _LEAST_COLUMNS:
        start, end = rows[last - 1][0]
        if len(rows[last - 1]) > 1 and _LABEL.fullmatch(text[start:end]):
            break
        last -= 1
    return rows[:last]


def _line(found: re.Match[str]) -> _Line:
    text, start = found.group(), found.start()
    signs = [place for place, letter in enumerate(text) if letter == "\t"]
    pieces = []
    for left, right in pairwise([-1, *signs, len(text)]):
        words = text[left + 1 : right].strip()
        begin = start + text.index(words, left + 1)
        pieces.append((begin, begin + len(words)))
    return _Line(start, text, pieces)


def _within(line: _Line, piece: _Piece) -> _Piece:
    return piece[0] - line.start, piece[1] - line.start


def _table(rows: Sequence[Sequence[_Piece]], width: int) -> Table:
    """Return the rows as a table; a title reaches across it."""
    return Table(
        tuple(
            Cell(place, column, start, end, columns=width if len(row) == 1 else 1)
            for place, row in enumerate(rows)
            for column, (start, end) in enumerate(row)
        )
    )
