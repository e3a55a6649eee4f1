"""The rows of a table: which are commitments, which are the sections that hold them together.

A row whose cells are merged, a Roman numeral with nothing but a title, and a row that only sums up
the rows below it are sections. A row without a label that goes on in the middle of a sentence
belongs to the row above, from which a page break has parted it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

from lotrinh.reading.grammar import any_of
from lotrinh.reading.tables.grid import Box, Grid
from lotrinh.reading.tables.headings import TABLES, is_numbering
from lotrinh.reading.text import fold

_WORDS = TABLES["words"]
_AS_ABOVE = frozenset(_WORDS["as_above"])
_NOTHING = frozenset(_WORDS["nothing"])
_CROSS = "x"  # says nothing of itself, but that the column holds for the row
_TOTAL = re.compile(any_of(_WORDS["total"]) + r"(?:\s?[:(+].*)?$")
_LEADING = re.compile(
    r"(?:(?P<number>\d{1,3}(?:\.\d{1,2})*)(?:[.)]|(?<=\.\d)|(?<=\.\d\d))(?=\s|[^\W\d])\s*"
    r"|(?P<letter>[^\W\d_])[.)]\s+|(?P<roman>[IVX]+)[.)]\s+|(?P<dash>[-+*\u2013\u2022\u25cf])\s+)"
)
_NUMBER = re.compile(r"[a-z]{0,3}\.?\s?\d{1,3}((?:\.\d{1,3})*)[.)]?$")
_MIXED = re.compile(r"(?:[ivx]+|[a-h])((?:\.\d{1,3})+)[.)]?$")
_ROMAN = re.compile(r"[IVX]+[.)]?$")
_CAPITAL = re.compile(r"[A-ZĐ][.)]?$")
_LETTER = re.compile(r"(?:[a-zđ]|\d{1,3}[a-zđ])[.)]?$")
_DASH = re.compile(r"[-+*\u2013\u2022\u25cf]$")
_DIGITS = re.compile(r"\d+")
_WHOLE_NUMBER = 2  # the rank of 1, 2, 3
_OFTEN_LABELLED = 0.6


@dataclass(slots=True, eq=False)
class Line:
    """One row. ``name`` is the cell that names the task or the measure, ``cells`` are the others.

    ``rank`` grows with depth; None where the row has no label. ``more`` holds what the rows below
    add to a cell that a page break has parted.
    """

    row: int
    name: Box | None
    label: str
    number: str  # the label, in its own cell or at the head of the name
    rank: int | None
    cells: dict[int, Box]
    is_section: bool = False
    joined: bool = False  # taken in by a row above
    above: tuple["Line", ...] = ()
    more: dict[int, list[Box]] = field(default_factory=dict)

    @property
    def begun(self) -> set[int]:
        """The columns whose cell begins in this row."""
        return {column for column, box in self.cells.items() if box.cell.row == self.row}


def says_something(box: Box | None) -> bool:
    """Tell a cell with words from an empty one and from a dash."""
    return box is not None and box.folded not in _NOTHING


def leading_label(text: str) -> str:
    """Return the label or bullet with which a cell begins, with the space behind it."""
    match = _LEADING.match(text)
    return match.group() if match else ""


def read_lines(
    grid: Grid, first: int, last: int, name: int, label: int | None, sums: bool = False
) -> list[Line]:
    """Return the rows that say something, without column numbers; sums only if asked for."""
    lines: list[Line] = []
    for row in range(first, last):
        boxes = grid.filled(row)
        if not boxes or is_numbering(boxes) or (_is_sum(boxes) and not sums):
            continue
        lines.append(_line(grid, row, name, label))
    _resolve(lines)
    return lines


def _is_sum(boxes: Sequence[Box]) -> bool:
    return any(_TOTAL.match(box.folded) for box in boxes[:2])


def _line(grid: Grid, row: int, name: int, label: int | None) -> Line:
    named = grid.at(row, name)
    labelled = grid.at(row, label) if label is not None else None
    if labelled is not None and labelled is named:
        labelled = None
    cells: dict[int, Box] = {}
    seen: set[int] = set()
    for column in range(grid.width):
        box = grid.at(row, column)
        if box is None or box is named or box is labelled or column in {name, label}:
            continue
        if id(box) not in seen:
            seen.add(id(box))
            cells[column] = box
    written = labelled.text if labelled is not None else ""
    if labelled is not None and named is None and len(written) > 12:
        named, written = labelled, ""  # the title of a section, written under "TT"
    number = written or (leading_label(named.text).strip() if named else "")
    return Line(row, named, written, number, _rank(number), cells)


def _rank(label: str) -> int | None:
    """Return the depth that a label tells: A, I, 1, 1.1, a, and a dash below all others."""
    if not label:
        return None
    folded = fold(label)
    for pattern, rank in ((_DASH, 9), (_ROMAN, 1), (_CAPITAL, 0), (_LETTER, 8)):
        if pattern.match(label):
            return rank
    dotted = _MIXED.match(folded) or _NUMBER.match(folded)
    return 2 + dotted[1].count(".") if dotted else None


def _resolve(lines: Sequence[Line]) -> None:
    """Put what stands above into the cells that say so."""
    for before, line in pairwise(lines):
        for column, box in line.cells.items():
            if box.folded in _AS_ABOVE and column in before.cells:
                line.cells[column] = before.cells[column]


def find_sections(lines: Sequence[Line], telling: Mapping[str, int], joins: bool = True) -> None:
    """Mark the sections, give every line those above it, and join parted rows.

    ``telling`` are the columns whose cells make a row a commitment.
    """
    columns = set(telling.values())
    labelled = sum(line.rank is not None for line in lines) >= _OFTEN_LABELLED * len(lines)
    if joins and labelled:
        for place in range(len(lines)):
            _join(lines, place, columns)
    kept = [line for line in lines if not line.joined]
    for place, line in enumerate(kept):
        line.is_section = _is_section(kept, place, columns, labelled)
    open_sections: list[Line] = []
    for line in kept:
        rank = _section_rank(line)
        if line.is_section:
            open_sections = [above for above in open_sections if _section_rank(above) < rank]
        else:
            open_sections = [
                above for above in open_sections if line.rank is None or _section_rank(above) < rank
            ]
        line.above = tuple(open_sections)
        if line.is_section:
            open_sections.append(line)


def _section_rank(line: Line) -> float:
    return line.rank if line.rank is not None else 1.5


def _filled(line: Line, columns: set[int]) -> bool:
    boxes = [line.cells[column] for column in columns if column in line.cells]
    return any(says_something(box) or box.folded == _CROSS for box in boxes)


def _join(lines: Sequence[Line], place: int, columns: set[int]) -> None:
    """Add a row that goes on in the middle of a sentence to the row above it."""
    line = lines[place]
    if place == 0 or line.label or line.rank is not None:
        return
    above = next((lines[at] for at in range(place - 1, -1, -1) if not lines[at].joined), None)
    if above is None or not _filled(above, columns):
        return
    if line.name is not None and (line.name.cell.row < line.row or not _goes_on(line, columns)):
        return
    if line.name is None and not any(column in line.begun for column in columns):
        return
    for column, box in line.cells.items():
        if box.cell.row == line.row:
            above.more.setdefault(column, []).append(box)
    line.joined = True


def _goes_on(line: Line, columns: set[int]) -> bool:
    """Tell a row that begins in the middle of a sentence, of its own or of a name beside it."""
    texts = [line.name.text] if line.name is not None else []
    texts += [line.cells[column].text for column in columns & line.begun]
    return any(text[:1].islower() for text in texts)


def _is_section(lines: Sequence[Line], place: int, columns: set[int], labelled: bool) -> bool:
    line = lines[place]
    if line.name is None:
        return len(line.cells) == 1 and not _filled(line, columns)
    below = _children(lines, place)
    if _filled(line, columns):
        return any(_filled(child, columns) for child in below)
    if line.rank in {0, 1} or below or line.name.text.isupper():
        return True
    untold = labelled and not line.label and line.rank is None
    return line.name.cell.columns > 1 or untold


def _children(lines: Sequence[Line], place: int) -> list[Line]:
    """Return the rows that lie deeper, up to the next that does not."""
    line = lines[place]
    found: list[Line] = []
    for other in islice(lines, place + 1, None):
        if line.rank is None or other.rank is None or not _lies_below(line, other):
            break
        found.append(other)
    return found


def _lies_below(line: Line, other: Line) -> bool:
    """Tell a deeper label; 2.1 lies below 2 and not below 1."""
    if line.rank is None or other.rank is None or other.rank <= line.rank:
        return False
    above, below = _DIGITS.findall(line.number), _DIGITS.findall(other.number)
    dotted = other.rank > _WHOLE_NUMBER and len(below) > 1 and len(above) == len(below) - 1
    return not dotted or below[: len(above)] == above


def is_detail(lines: Sequence[Line], place: int, columns: set[int]) -> bool:
    """Tell a row that only explains the one above: deeper, and without a cell of its own."""
    line = lines[place]
    if _filled(line, columns) or line.rank is None:
        return False
    for at in range(place - 1, -1, -1):
        rank = lines[at].rank
        if rank is not None and rank < line.rank:
            return not lines[at].is_section
    return False
