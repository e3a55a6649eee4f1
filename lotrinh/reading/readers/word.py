"""Word files (.docx): what a person sees on the paper, in the order of the paper.

Deleted text of tracked changes is gone and inserted text stays; labels that Word counts itself
are written out; text boxes follow the paragraph they hang on. Tables keep their merged cells. The
header of the first page opens the text, because secrecy marks and numbers can stand there; other
headers and the footers close it, behind the footnotes.
"""

import re
from collections.abc import Iterator

from lxml import etree

from lotrinh.reading.paper import Paper
from lotrinh.reading.readers.office_pictures import large_pictures
from lotrinh.reading.readers.unseen import archive_lines
from lotrinh.reading.readers.word_labels import Labels
from lotrinh.reading.readers.word_parts import Parts, R, W, is_on, number, value
from lotrinh.reading.readers.word_text import Words
from lotrinh.reading.readers.writer import Box, Writer

_WRAPPERS = frozenset(
    W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")
)
_PAGE_NUMBER = re.compile(r"(?:trang|page)?[\s\d/|.-]*", re.IGNORECASE)


def read(data: bytes, *, ocr: bool = False) -> Paper:
    """Return the document in a .docx file. Raises Unreadable: damaged, empty, too_large."""
    reader = _Reader(Parts(data))
    for line in archive_lines(data):
        reader.unseen(line)
    pictures = large_pictures(data)
    if pictures:
        reader.note("large_pictures", count=pictures)
    return reader.paper()


class _Reader:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        styles = parts.of_type("styles")
        self._labels = Labels(parts.of_type("numbering"), styles)
        self._words = Words(self._labels, styles)
        self._writer = Writer()
        self.unseen = self._writer.unseen
        self.note = self._writer.note

    def paper(self) -> Paper:
        body = self._parts.main.find(W + "body")
        if body is not None:
            opening, closing = self._running_lines(body)
            for line in opening:
                self._writer.line(line)
            self._write(body)
            for line in [*self._footnotes(), *closing]:
                self._writer.line(line)
        self._words.report(self._writer)
        return self._writer.paper()

    def _write(self, holder: etree._Element) -> None:
        """Write the paragraphs and tables of ``holder``."""
        for block in _blocks(holder):
            if block.tag == W + "p":
                self._writer.line("\n".join(self._lines(block)))
                continue
            cells = list(_cells(block))
            if len(cells) == 1:
                self._write(cells[0])
            else:
                self._writer.table(self._boxes(block))

    def _lines(self, paragraph: etree._Element, alone: bool = True) -> Iterator[str]:
        """Yield a paragraph with its label, then the text boxes that hang on it.

        A label without a word stays in a table (``alone`` is false), where it numbers the row.
        """
        label = self._labels.next(paragraph)
        words, boxes = self._words.of(paragraph)
        if words.strip() or (label and not alone):
            yield label + words.lstrip() if label else words
        for box in boxes:
            yield from self._all_lines(box)

    def _all_lines(self, holder: etree._Element, alone: bool = True) -> Iterator[str]:
        """Yield the lines of a cell, a text box, a footnote; tables in it cell by cell."""
        for block in _blocks(holder):
            if block.tag == W + "p":
                yield from self._lines(block, alone)
                continue
            for cell in _cells(block):
                yield from self._all_lines(cell, alone=False)

    def _boxes(self, table: etree._Element) -> list[Box]:
        boxes: list[Box] = []
        open_at: dict[int, int] = {}  # column -> place in boxes of the cell that may go on
        for row, line in enumerate(_rows(table)):
            column = max(number(line, "trPr/gridBefore", 0), 0)
            for cell in _row_cells(line):
                width = max(number(cell, "tcPr/gridSpan", 1), 1)
                merge = value(cell, "tcPr/vMerge")
                above = open_at.get(column)
                if merge in {"", "continue"} and above is not None:
                    top = boxes[above]
                    boxes[above] = Box(
                        top.row, top.column, top.text, row - top.row + 1, top.columns
                    )
                else:
                    text = "\n".join(self._all_lines(cell, alone=False))
                    boxes.append(Box(row, column, text, 1, width))
                    open_at = {key: at for key, at in open_at.items() if key != column}
                    if merge is not None:
                        open_at[column] = len(boxes) - 1
                column += width
        return boxes

    def _footnotes(self) -> Iterator[str]:
        for kind in ("footnotes", "endnotes"):
            root = self._parts.of_type(kind)
            for note in () if root is None else root:
                if note.get(W + "type") in {None, "normal"}:
                    yield " ".join(self._all_lines(note))

    def _running_lines(self, body: etree._Element) -> tuple[list[str], list[str]]:
        """Return the lines of the header of the first page, and all other running lines, once."""
        opening: list[str] = []
        closing: list[str] = []
        for place, section in enumerate(body.iter(W + "sectPr")):
            kind = "first" if is_on(section, "titlePg") else "default"
            for reference in section:
                if reference.tag not in {W + "headerReference", W + "footerReference"}:
                    continue
                root = self._parts.by_relation(reference.get(R + "id", ""))
                if root is None:
                    continue
                first = reference.tag == W + "headerReference" and place == 0
                kept = opening if first and reference.get(W + "type") == kind else closing
                for line in self._all_lines(root):
                    if not _PAGE_NUMBER.fullmatch(line) and line not in opening + closing:
                        kept.append(line)
        return opening, closing


def _blocks(holder: etree._Element) -> Iterator[etree._Element]:
    """Yield paragraphs and tables, also those inside content controls and insertions."""
    for child in holder:
        if child.tag in {W + "p", W + "tbl"}:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _blocks(child)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == W + "tr":
            if child.find(f"{W}trPr/{W}del") is None:
                yield child
        elif child.tag in _WRAPPERS:
            yield from _rows(child)


def _row_cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == W + "tc":
            yield child
        elif child.tag in _WRAPPERS:
            yield from _row_cells(child)


def _cells(table: etree._Element) -> Iterator[etree._Element]:
    for row in _rows(table):
        yield from _row_cells(row)
