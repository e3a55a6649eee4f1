"""Tables and paragraphs that run over the end of a page, made whole again.

The next page's part of a table has the same columns and stands first on its page. Header rows
that are printed again go. A row that the page's end cut in two is one row again: its first cell,
the running number, is empty, and its words go on in the middle of a sentence.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lotrinh.reading.readers.pdf_pages import Part, Run, Sheet
from lotrinh.reading.readers.pdf_paragraphs import goes_on, joined
from lotrinh.reading.readers.writer import Box

_NEAR = 6.0  # points between two columns that are the same
_MOST_HEADERS = 4  # rows of a header
_LABEL = re.compile(r"\w{1,2}\)")
_ENDED = re.compile(r"[.;:!?]$")


def join_sheets(parts: Iterable[Part]) -> list[Part]:
    """Return the parts with every table in one piece."""
    found: list[Part] = []
    for part in parts:
        last = found[-1] if found else None
        if isinstance(part, Sheet) and isinstance(last, Sheet) and _follows(last, part):
            _append(last, part)
        else:
            found.append(part)
    return found


def _follows(last: Sheet, part: Sheet) -> bool:
    return (
        part.page == last.last_page + 1
        and len(part.edges) == len(last.edges)
        and all(
            abs((a - last.edges[0]) - (b - part.edges[0])) <= _NEAR
            for a, b in zip(last.edges, part.edges, strict=True)
        )
    )


def _append(table: Sheet, part: Sheet) -> None:
    table.last_page = part.last_page
    boxes = _without_header(table.boxes, part.boxes)
    if not boxes:
        return
    last = max(box.row + box.rows for box in table.boxes) - 1
    shift = last + 1 - min(box.row for box in boxes)
    moved = [replace(box, row=box.row + shift) for box in boxes]
    ending = {box.column: box for box in table.boxes if box.row + box.rows == last + 1}
    opening = [box for box in moved if box.row == last + 1]
    if _is_cut(ending, opening):
        table.boxes = _merged(table.boxes, ending, opening)
        rest = [replace(box, row=box.row - 1) for box in moved if box.row > last + 1]
        table.boxes += rest
        return
    table.boxes += _with_spans(table.boxes, ending, moved, opening)


def _without_header(table: Sequence[Box], boxes: Sequence[Box]) -> list[Box]:
    """Leave out the rows at the top that repeat the top of the table."""
    drop = 0
    for row in range(_MOST_HEADERS):
        if not _row(boxes, row) or _row(boxes, row) != _row(table, row):
            break
        drop = row + 1
    return [box for box in boxes if box.row >= drop]


def _row(boxes: Sequence[Box], row: int) -> list[tuple[int, str]]:
    """Return what tells a row from another one; a row without words tells nothing."""
    found = [(box.column, " ".join(box.text.split())) for box in boxes if box.row == row]
    return found if any(text for _, text in found) else []


def _is_cut(ending: dict[int, Box], opening: Sequence[Box]) -> bool:
    """Tell whether the first row of a page goes on with the last row of the page before.

    Its first cell, the running number, is empty, and no cell says something where the row above
    says nothing. Then either a cell goes on in small letters, or the longest one goes on with a
    sentence that had no end while another cell has nothing to add.
    """
    said = [box for box in opening if box.text]
    if not said or opening[0].text or any(box.rows > 1 for box in opening):
        return False
    pairs = [(ending.get(box.column), box) for box in said]
    if any(not above or not above.text or above.columns != box.columns for above, box in pairs):
        return False
    if any(box.text[0].islower() and not _LABEL.match(box.text) for box in said):
        return True
    longest = ending[max(said, key=lambda box: len(box.text)).column]
    complete = any(
        not box.text and box.column in ending and ending[box.column].text for box in opening[1:]
    )
    return complete and not _ENDED.search(longest.text)


def _merged(table: Sequence[Box], ending: dict[int, Box], opening: Sequence[Box]) -> list[Box]:
    more = {id(ending[box.column]): box.text for box in opening if box.text}
    return [
        replace(box, text=_continued(box.text, more[id(box)])) if id(box) in more else box
        for box in table
    ]


def _continued(text: str, more: str) -> str:
    if not text or _ENDED.search(text) or more[0] in "-+":
        return f"{text}\n{more}".strip()
    return joined(text, more)


def _with_spans(
    table: list[Box], ending: dict[int, Box], moved: Sequence[Box], opening: Sequence[Box]
) -> list[Box]:
    """A merged cell that is empty on the new page goes on with the one above it."""
    gone: set[int] = set()
    for box in opening:
        above = ending.get(box.column)
        if above is None or box.text or above.columns != box.columns:
            continue
        if above.rows > 1 or box.rows > 1:
            place = next(at for at, held in enumerate(table) if held is above)
            table[place] = replace(above, rows=above.rows + box.rows)
            gone.add(id(box))
    return [box for box in moved if id(box) not in gone]


def lines_of(parts: Sequence[Part]) -> Iterator[str | Sheet]:
    """Yield paragraphs and tables; a paragraph may go on over the end of a page."""
    words = ""
    last: tuple[Run, int] | None = None
    for part in parts:
        if isinstance(part, Sheet):
            if words:
                yield words
            words, last = "", None
            yield part
            continue
        for place, line in enumerate(part.lines):
            run, above = last or (part, place)
            new_page = run.page != part.page
            if (
                last
                and (run is part or new_page)
                and goes_on(run.lines[above], line, run.right, same_page=not new_page)
            ):
                words = joined(words, line.text)
            else:
                if words:
                    yield words
                words = line.text
            last = part, place
    if words:
        yield words
