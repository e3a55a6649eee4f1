"""Writing a `Paper`: lines and tables one after the other into one flat text.

The readers of the formats find lines and cells; here they become text with offsets. A line of
prose is a line of the text. A table is printed cell by cell, each cell on lines of its own, with
a blank line before and after it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from lotrinh.reading.paper import MOST_COLUMNS, MOST_PLACES, Cell, Note, Paper, Table
from lotrinh.reading.readers.old_letters import convert
from lotrinh.reading.readers.refusals import Unreadable
from lotrinh.reading.readers.soundness import check_letters

_LINE_ENDS = re.compile("\r\n?|[\v\f\u0085\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_MOST_CELLS = 500_000
_MOST_UNSEEN = 200_000  # characters


@dataclass(frozen=True, slots=True)
class Box:
    """A cell before it has a place in the text: its words, and where and how large it is."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1


def clean(text: str) -> str:
    """Return the text with one kind of line end and without characters that no one sees."""
    return _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))


@dataclass(frozen=True, slots=True)
class _Grid:
    boxes: tuple[Box, ...]
    name: str | None
    page: int | None


class Writer:
    """Takes lines and tables in the order of the document and gives the Paper."""

    def __init__(self) -> None:
        self._items: list[str | _Grid] = []
        self._cells = 0
        self._places = 0
        self._notes: list[Note] = []
        self._unseen: set[str] = set()

    def line(self, text: str) -> None:
        """Add a paragraph; one that holds line ends becomes several lines, a blank one none."""
        for line in clean(text).split("\n"):
            if line.strip():
                self._items.append(line.strip())

    def table(self, boxes: Iterable[Box], name: str | None = None, page: int | None = None) -> None:
        """Add a table. A table without a word is passed over. Raises Unreadable (too_large).

        What a cell claims to reach over beyond the rows that there are, or beyond the columns
        that there may be, is cut off.
        """
        ordered = _bounded(sorted(boxes, key=lambda box: (box.row, box.column)))
        if not any(box.text.strip() for box in ordered):
            return
        self._cells += len(ordered)
        if self._cells > _MOST_CELLS:
            raise Unreadable("too_large", what="cells", found=self._cells, limit=_MOST_CELLS)
        self._places += _places(ordered)
        if self._places > MOST_PLACES:
            raise Unreadable("too_large", what="cells", found=self._places, limit=MOST_PLACES)
        cleaned = tuple(replace(box, text=_lines(box.text)) for box in ordered)
        self._items.append(_Grid(cleaned, name, page))

    def note(self, code: str, **data: str | int) -> None:
        """Add something about the file that its reader must be told."""
        self._notes.append(Note(code, data))

    def unseen(self, text: str) -> None:
        """Add lines of the file of which the text may say nothing; see `Paper`."""
        for line in clean(text).split("\n"):
            if line.strip():
                self._unseen.add(line.strip())

    def paper(self) -> Paper:
        """Return everything written, in modern letters.

        Raises Unreadable: empty where there is no word, legacy_encoding, damaged_text.
        """
        pieces, encoding = convert(list(_texts(self._items)))
        if not pieces:
            raise Unreadable("empty")
        if encoding:
            self.note("converted", encoding=encoding)
        laid = _Layout(iter(pieces))
        for item in self._items:
            laid.add(item)
        paper = laid.paper(tuple(self._notes))
        check_letters(paper.text)
        return replace(paper, unseen=_shortest(self._unseen - set(paper.text.split("\n"))))


class _Layout:
    """Puts lines and cells into one text; ``pieces`` are their words in order."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces = pieces
        self._written: list[str] = []
        self._length = 0
        self._tables: list[Table] = []

    def add(self, item: str | _Grid) -> None:
        if isinstance(item, str):
            self._put(next(self._pieces) + "\n")
            return
        self._blank_line()
        cells = tuple(self._cell(box) for box in item.boxes)
        self._tables.append(Table(cells, item.name, item.page))
        self._blank_line()

    def paper(self, notes: tuple[Note, ...]) -> Paper:
        return Paper("".join(self._written).rstrip("\n") + "\n", tuple(self._tables), notes)

    def _cell(self, box: Box) -> Cell:
        words = next(self._pieces)
        start = self._length
        if words:
            self._put(words + "\n")
        return Cell(box.row, box.column, start, start + len(words), box.rows, box.columns)

    def _blank_line(self) -> None:
        if self._written and self._written[-1] != "\n":
            self._put("\n")

    def _put(self, text: str) -> None:
        self._written.append(text)
        self._length += len(text)


def _bounded(boxes: Sequence[Box]) -> list[Box]:
    """Cut what the boxes, which are in order, claim beyond their table."""
    height = boxes[-1].row + 1 if boxes else 0
    found: list[Box] = []
    for box in boxes:
        if box.column >= MOST_COLUMNS:
            if box.text.strip():
                raise Unreadable("too_large", what="cells", found=box.column, limit=MOST_COLUMNS)
            continue
        rows = min(max(box.rows, 1), height - box.row)
        columns = min(max(box.columns, 1), MOST_COLUMNS - box.column)
        found.append(replace(box, rows=rows, columns=columns))
    return found


def _places(boxes: Sequence[Box]) -> int:
    """Return how many places the boxes reach over, or their table has if that is more."""
    wide = max(box.column + box.columns for box in boxes)
    return max((boxes[-1].row + 1) * wide, sum(box.rows * box.columns for box in boxes))


def _shortest(lines: Iterable[str]) -> str:
    """Return the lines that fit, those with a mark's letters and the short ones first."""
    kept: list[str] = []
    room = _MOST_UNSEEN
    for line in sorted(lines, key=lambda line: (line.isascii(), len(line), line)):
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    return "\n".join(kept)


def _texts(items: Iterable[str | _Grid]) -> Iterator[str]:
    for item in items:
        if isinstance(item, str):
            yield item
        else:
            yield from (box.text for box in item.boxes)


def _lines(text: str) -> str:
    lines = (line.strip() for line in clean(text).split("\n"))
    return "\n".join(line for line in lines if line)
