"""The letters of one PDF page with their places, and the lines that they form.

A PDF holds letters at places, in no promised order. Letters on one base line make a line of
text; a gap as wide as a part of the letter's size is a space, and one much wider parts two
columns. Distances are points, counted from the top left corner of the page as it is shown.
"""

import ctypes
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

_SAME_LINE = 0.45  # of the letter's size: raised footnote digits stay in their line
_SPACE = 0.17  # of the letter's size; the narrowest space of common fonts is 0.25
_COLUMN_GAP = 2.2  # of the letter's size; justified lines have narrower spaces
_BREAKS = frozenset(" \r\n\t\u00a0\u200b")
_MEANT = {
    2: ord("-"),  # how PDFium reports a hyphen at the end of a line
    0: 0xFFFD,  # a drawn sign of which the file does not say what letter it is
}


@dataclass(frozen=True, slots=True)
class Letter:
    """One visible letter: its left and right edge, base line and size."""

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """Letters on one base line, with the words that they spell.

    ``raised`` are its small raised digits: where in the text they stand, and which they are.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    raised: tuple[tuple[int, str], ...] = ()


class Frame:
    """Turns places in a PDF's own coordinates into places on the page as it is shown."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._left, self._bottom, self._right, self._top = page.get_bbox()
        self._turned = page.get_rotation()
        width, height = self._right - self._left, self._top - self._bottom
        self.width, self.height = (height, width) if self._turned % 180 else (width, height)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return the distance from the left and from the top."""
        if self._turned == 90:
            return y - self._bottom, x - self._left
        if self._turned == 180:
            return self._right - x, y - self._bottom
        if self._turned == 270:
            return self._top - y, self._right - x
        return x - self._left, self._top - y


def read_letters(page: pdfium.PdfPage, frame: Frame) -> list[Letter]:
    """Return the visible letters of a page in the order in which the file draws them."""
    textpage = page.get_textpage()
    try:
        return list(_letters(textpage.raw, textpage.count_chars(), frame))
    finally:
        textpage.close()


def _letters(textpage: raw.FPDF_TEXTPAGE, count: int, frame: Frame) -> Iterable[Letter]:
    box = raw.FS_RECTF()
    at_box = ctypes.byref(box)
    x, y = ctypes.c_double(), ctypes.c_double()
    at_x, at_y = ctypes.byref(x), ctypes.byref(y)
    for place in range(count):
        code = raw.FPDFText_GetUnicode(textpage, place)
        code = _MEANT.get(code, code)
        if code <= 32 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            continue
        text = chr(code)
        if text in _BREAKS or not raw.FPDFText_GetLooseCharBox(textpage, place, at_box):
            continue
        raw.FPDFText_GetCharOrigin(textpage, place, at_x, at_y)
        left, _ = frame.place(box.left, box.top)
        right, _ = frame.place(box.right, box.bottom)
        if left > right:
            left, right = right, left
        yield Letter(text, left, right, frame.place(x.value, y.value)[1], _size(textpage, place))


def _size(textpage: raw.FPDF_TEXTPAGE, place: int) -> float:
    """Return the size of a letter as drawn: fonts are often set at size 1 and then enlarged."""
    matrix = raw.FS_MATRIX()
    nominal = float(raw.FPDFText_GetFontSize(textpage, place))
    if raw.FPDFText_GetMatrix(textpage, place, ctypes.byref(matrix)):
        nominal *= math.hypot(matrix.c, matrix.d)
    return max(nominal, 1.0)


def lines_of(letters: Sequence[Letter], columns: bool = True) -> list[list[Line]]:
    """Return the lines from top to bottom, each parted where a wide gap parts columns.

    In a cell there are no ``columns``: wide gaps come from lines stretched to its width.
    """
    rows: list[list[Letter]] = []
    for letter in sorted(letters, key=lambda letter: letter.base):
        if rows and _continues(rows[-1][0], letter):
            rows[-1].append(letter)
        else:
            rows.append([letter])
    for row in rows:
        row.sort(key=lambda letter: letter.left)
    return [_parted(row) if columns else [_line(row)] for row in rows]


def _continues(first: Letter, letter: Letter) -> bool:
    return letter.base - first.base < _SAME_LINE * max(first.size, letter.size)


def _parted(row: list[Letter]) -> list[Line]:
    lines: list[Line] = []
    begin = 0
    right = row[0].right
    for place, letter in enumerate(row):
        if letter.left - right > _COLUMN_GAP * letter.size:
            lines.append(_line(row[begin:place]))
            begin = place
        right = max(right, letter.right)
    return [*lines, _line(row[begin:])]


def _line(row: list[Letter]) -> Line:
    bases = sorted(letter.base for letter in row)
    sizes = sorted(letter.size for letter in row)
    base, size = bases[len(row) // 2], sizes[len(row) // 2]
    text = ""
    raised: list[tuple[int, str]] = []
    right = row[0].left
    for letter in row:
        if text and letter.left - right > _SPACE * letter.size:
            text += " "
        if _is_raised(letter, base, size):
            if raised and raised[-1][0] + len(raised[-1][1]) == len(text):
                raised[-1] = (raised[-1][0], raised[-1][1] + letter.text)
            else:
                raised.append((len(text), letter.text))
        text += letter.text
        right = max(right, letter.right)
    return Line(text, row[0].left, right, base, size, tuple(raised))


def _is_raised(letter: Letter, base: float, size: float) -> bool:
    return letter.text.isdecimal() and letter.size < 0.8 * size and base - letter.base > 0.15 * size
