"""PDF files: paragraphs and ruled tables, put together across the pages.

Pages that are pictures are named in a note; a file of nothing else is refused, because nothing
in it can be read without OCR. Where OCR is asked for, everything it gives is a draft.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium

from lotrinh.reading.paper import Paper
from lotrinh.reading.readers.ocr import read_picture
from lotrinh.reading.readers.pdf_gutters import find_open_grids
from lotrinh.reading.readers.pdf_joining import join_sheets, lines_of
from lotrinh.reading.readers.pdf_letters import Frame, read_letters
from lotrinh.reading.readers.pdf_letters import lines_of as letter_lines
from lotrinh.reading.readers.pdf_pages import Page, Part, drop_furniture, lay_out, margins, parts_of
from lotrinh.reading.readers.pdf_paragraphs import paragraphs
from lotrinh.reading.readers.pdf_pictures import all_words, as_png, has_unseen_text, is_picture
from lotrinh.reading.readers.pdf_rulings import find_rulings
from lotrinh.reading.readers.pdf_unseen import acts_of, words_beside_pages
from lotrinh.reading.readers.refusals import Unreadable
from lotrinh.reading.readers.writer import Writer

_MOST_PAGES = 2_000
_ACTS = {"script": "has_script", "launch": "has_launch", "attachment": "has_attachment"}
_TRAILER = 16_384  # bytes in which the end mark of a whole file stands


def read(data: bytes, *, ocr: bool = False) -> Paper:
    """Return the text and tables. Raises Unreadable: damaged, encrypted, needs_ocr, too_large."""
    with _opened(data) as document:
        if len(document) > _MOST_PAGES:
            raise Unreadable("too_large", what="pages", found=len(document), limit=_MOST_PAGES)
        scan = _Scan(ocr, list(words_beside_pages(document)), acts_of(data))
        for number, page in _pages(document):
            scan.take(number, page)
    return scan.paper()


@dataclass
class _Scan:
    """Goes through the pages and gathers what each of them is."""

    ocr: bool
    unseen: list[str]
    acts: tuple[str, ...]
    pages: list[Page] = field(default_factory=list)
    pictures: dict[int, str] = field(default_factory=dict)  # page -> text by OCR
    drafts: bool = False

    def take(self, number: int, page: pdfium.PdfPage) -> None:
        self.unseen += all_words(page)
        frame = Frame(page)
        letters = read_letters(page, frame)
        if is_picture(page, len(letters)):
            self.unseen += [line.text for row in letter_lines(letters) for line in row]
            self.pictures[number] = read_picture(as_png(page)) if self.ocr else ""
            return
        self.drafts |= has_unseen_text(page)
        rulings = find_rulings(page, frame)
        opened = find_open_grids(rulings.across, rulings.grids, letters)
        grids = sorted([*rulings.grids, *opened], key=lambda grid: grid.lines[0])
        self.pages.append(lay_out(number, frame, letters, grids))

    def paper(self) -> Paper:
        unread = [number for number, text in self.pictures.items() if not text.strip()]
        if (
            unread
            and len(unread) == len(self.pictures)
            and not any(page.rows or page.sheets for page in self.pages)
        ):
            raise Unreadable("needs_ocr", pages=len(unread))
        writer = Writer()
        for text in self.unseen:
            writer.unseen(text)
        drop_furniture(self.pages)
        self._write(writer)
        if unread:
            writer.note("pages_without_text", pages=", ".join(map(str, unread)))
        if self.drafts or len(unread) < len(self.pictures):
            writer.note("read_by_ocr")
        for act in self.acts:
            writer.note(_ACTS[act])
        return writer.paper()

    def _write(self, writer: Writer) -> None:
        """Write the pages in order; a picture parts what stands before it from what follows."""
        parts: list[Part] = []
        edges = margins(self.pages)
        by_number = {page.number: page for page in self.pages}
        for number in sorted([*by_number, *self.pictures]):
            if number in by_number:
                page = by_number[number]
                parts += parts_of(page, edges.get(page.frame.width, page.frame.width))
                continue
            _write_parts(parts, writer)
            parts = []
            writer.line(self.pictures[number])
        _write_parts(parts, writer)
        for page in self.pages:
            lines = [line for row in page.footnotes for line in row]
            right = max((line.right for line in lines), default=0.0)
            for words in paragraphs(lines, right):
                writer.line(words)


def _write_parts(parts: list[Part], writer: Writer) -> None:
    for found in lines_of(join_sheets(parts)):
        if isinstance(found, str):
            writer.line(found)
        else:
            writer.table(found.boxes, page=found.page)


@contextlib.contextmanager
def _opened(data: bytes) -> Iterator[pdfium.PdfDocument]:
    if b"%%EOF" not in data[-_TRAILER:]:
        # PDFium would mend a file that was cut off, and nobody would miss its last pages.
        raise Unreadable("damaged", part="pdf")
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise Unreadable("encrypted") from None
        raise Unreadable("damaged", part="pdf") from None
    try:
        yield document
    finally:
        document.close()


def _pages(document: pdfium.PdfDocument) -> Iterator[tuple[int, pdfium.PdfPage]]:
    """Yield the pages with their numbers from 1. Raises Unreadable (damaged)."""
    for place in range(len(document)):
        try:
            page = document[place]
        except pdfium.PdfiumError:
            raise Unreadable("damaged", part=f"page {place + 1}") from None
        try:
            yield place + 1, page
        finally:
            page.close()
