"""What stands on the pages of a PDF: runs of lines and tables, without the page furniture.

Page numbers go. A line that stands at the head or the foot of page after page is kept where it
stands first: it may be a mark of secrecy or the document's number.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lotrinh.reading.readers.pdf_letters import Frame, Letter, Line, lines_of
from lotrinh.reading.readers.pdf_paragraphs import in_columns, paragraphs
from lotrinh.reading.readers.pdf_rulings import Grid
from lotrinh.reading.readers.writer import Box

_PAGE_NUMBER = re.compile(
    r"[-–|\s]*(?:(?:trang|page)\s*)?\d{1,4}(?:\s*(?:/|of|trên)\s*\d{1,4})?[-–|\s]*", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_NOTE_NUMBER = re.compile(r"[\[(]?(\d{1,3})[\])]?\s*(?=[^\W\d])")
_SMALL = 0.9  # of the usual size: letters of footnotes
_EDGE_ROWS = 2  # at the head and at the foot of a page
_MIDDLE = 0.3  # of the letter's size above the base line: inside the cell, whatever the accents
_PADDING = 4.0  # points between the words of a cell and its right line


@dataclass(frozen=True, slots=True)
class Run:
    """Lines that are read one after the other, and their right margin."""

    lines: tuple[Line, ...]
    right: float
    page: int


@dataclass(slots=True)
class Sheet:
    """A table, or the part of one that stands on one page. Edges are its vertical lines."""

    boxes: list[Box]
    edges: tuple[float, ...]
    page: int
    last_page: int


Part = Run | Sheet


@dataclass(slots=True)
class Page:
    """One page before the pages are put together."""

    number: int
    frame: Frame
    rows: list[list[Line]]  # outside of tables
    footnotes: list[list[Line]]
    sheets: list[tuple[float, float, Sheet]]  # top and bottom of each table


def lay_out(number: int, frame: Frame, letters: Sequence[Letter], grids: Sequence[Grid]) -> Page:
    """Return the lines and tables of a page."""
    cells: dict[tuple[int, int], list[Letter]] = {}
    free: list[Letter] = []
    for letter in letters:
        x, y = (letter.left + letter.right) / 2, letter.base - _MIDDLE * letter.size
        for place, grid in enumerate(grids):
            area = grid.area_at(x, y)
            if area is not None:
                cells.setdefault((place, area), []).append(letter)
                break
        else:
            free.append(letter)
    rows = lines_of(free)
    begin = _footnotes(rows)
    marks = {found for row in rows[begin:] if (found := _number(row))}
    rows = [[_unmarked(line, marks) for line in row] for row in rows]
    sheets: list[tuple[float, float, Sheet]] = []
    for place, grid in enumerate(grids):
        boxes = [
            Box(
                area.row,
                area.column,
                _cell_text(cells.get((place, index), ()), area.right, marks),
                area.rows,
                area.columns,
            )
            for index, area in enumerate(grid.areas)
        ]
        if any(box.text for box in boxes):
            sheet = Sheet(boxes, grid.columns, number, number)
            sheets.append((grid.lines[0], grid.lines[-1], sheet))
    return Page(number, frame, rows[:begin], rows[begin:], sheets)


def _cell_text(letters: Sequence[Letter], right: float, marks: set[str]) -> str:
    lines = [_unmarked(row[0], marks) for row in lines_of(letters, columns=False)]
    return "\n".join(paragraphs(lines, right - _PADDING))


def _footnotes(rows: Sequence[Sequence[Line]]) -> int:
    """Return where the footnotes of a page begin: small lines at its foot, the first numbered."""
    sizes = sorted(line.size for row in rows for line in row for _ in line.text)
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    begin = end = len(rows) - 1 if rows and _PAGE_NUMBER.fullmatch(rows[-1][0].text) else len(rows)
    place = end
    while place > 0 and max(line.size for line in rows[place - 1]) < _SMALL * usual:
        place -= 1
        if _number(rows[place]):
            begin = place
    return begin if begin < end else len(rows)


def _number(row: Sequence[Line]) -> str:
    """Return the number that a footnote opens with."""
    if row[0].raised and row[0].raised[0][0] == 0:
        return row[0].raised[0][1]
    found = _NOTE_NUMBER.match(row[0].text)
    return found.group(1) if found else ""


def _unmarked(line: Line, marks: set[str]) -> Line:
    """Leave out the raised digits that refer to footnotes; those of "m2" stay."""
    text = line.text
    for place, digits in reversed(line.raised):
        if digits in marks and not (digits in {"2", "3"} and text[:place].endswith("m")):
            text = text[:place] + text[place + len(digits) :]
    return replace(line, text=text.strip() or line.text)


def drop_furniture(pages: Iterable[Page]) -> None:
    """Take page numbers and repeated running lines out of the pages."""
    pages = list(pages)
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({key for place in _edge_places(page) if (key := _key(page.rows[place]))})
    least = 2 if len(pages) == 2 else 3
    kept: set[str] = set()
    for page in pages:
        gone = set()
        for place in _edge_places(page):
            key = _key(page.rows[place])
            if _is_page_number(page, place):
                gone.add(place)
            elif seen[key] >= least:
                if key in kept:
                    gone.add(place)
                kept.add(key)
        page.rows = [row for place, row in enumerate(page.rows) if place not in gone]


def _edge_places(page: Page) -> list[int]:
    """Return the rows at the head and foot of a page that stand outside of its tables."""
    top = min((top for top, _, _ in page.sheets), default=page.frame.height)
    bottom = max((bottom for _, bottom, _ in page.sheets), default=0.0)
    count = len(page.rows)
    head = [place for place in range(min(_EDGE_ROWS, count)) if page.rows[place][0].base < top]
    foot = [
        place
        for place in range(max(count - _EDGE_ROWS, len(head)), count)
        if page.rows[place][0].base > bottom
    ]
    return head + foot


def _is_page_number(page: Page, place: int) -> bool:
    row = page.rows[place]
    if len(row) != 1 or not _PAGE_NUMBER.fullmatch(row[0].text):
        return False
    numbers = [int(digits) for digits in _DIGITS.findall(row[0].text)]
    share = row[0].base / max(page.frame.height, 1.0)
    return numbers[0] <= page.number + 500 and not 0.13 < share < 0.87


def _key(row: Sequence[Line]) -> str:
    return " ".join(_DIGITS.sub("0", line.text) for line in row).strip()


def margins(pages: Iterable[Page]) -> dict[float, float]:
    """Return the right margin of the text for every width of pages.

    It is where the longest line ends, but not further left than the left margin demands.
    """
    lefts: dict[float, float] = {}
    rights: dict[float, float] = {}
    for page in pages:
        width = page.frame.width
        for row in page.rows:
            lefts[width] = min(lefts.get(width, width), row[0].left)
            rights[width] = max(rights.get(width, 0.0), row[-1].right)
    return {width: max(right, width - lefts[width]) for width, right in rights.items()}


def parts_of(page: Page, right: float) -> list[Part]:
    """Return what stands on the page, from top to bottom; ``right`` is its margin."""
    parts: list[Part] = []
    rows = list(page.rows)
    for top, _, sheet in sorted(page.sheets, key=lambda placed: placed[0]):
        above = [row for row in rows if row[0].base <= top + 1]
        rows = rows[len(above) :]
        parts += _runs(above, right, page.number)
        parts.append(sheet)
    return parts + _runs(rows, right, page.number)


def _runs(rows: Sequence[Sequence[Line]], right: float, page: int) -> list[Part]:
    """A run beside another one ends where its longest line ends."""
    beside = any(len(row) > 1 for row in rows)
    return [
        Run(tuple(lines), _right(lines) if beside and _is_aside(lines, right) else right, page)
        for lines in in_columns(rows)
        if lines
    ]


def _is_aside(lines: Sequence[Line], right: float) -> bool:
    return _right(lines) < right * 0.6 or min(line.left for line in lines) > right * 0.4


def _right(lines: Sequence[Line]) -> float:
    return max(line.right for line in lines)
