"""Pages that are pictures: telling them from pages of text, and turning them into text.

A scanned page is one large picture, at times with a few letters of a digital signature on it. A
text layer that nobody sees, laid below such a picture, was made by some scanner's OCR.
"""

import ctypes
import io
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

_LARGE = 0.5  # of the page
_FEW_LETTERS = 250  # a signature's stamp has fewer
_SCALE = 300 / 72  # dots a point: letters with tone marks need them
_LARGEST_SIDE = 5_000  # dots
_MOST_ANNOTATIONS = 2_000
_WORDS_OF_ANNOTATIONS = (b"Contents", b"V", b"DV", b"TU", b"T", b"Subj", b"Name", b"NM")
_LONGEST_STRING = 100_000  # bytes
_ANGLES = 10  # that are told apart, for one radian
_SPACE, _LAST_LETTER = 0x20, 0x10FFFF


def is_picture(page: pdfium.PdfPage, letters: int) -> bool:
    """Tell whether the words of this page stand in a picture and are not text."""
    return letters < _FEW_LETTERS and _covered(page) > _LARGE


def has_unseen_text(page: pdfium.PdfPage) -> bool:
    """Tell whether the page is a picture with text laid below it."""
    if _covered(page) <= _LARGE:
        return False
    for thing in page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,), max_depth=2):
        mode = raw.FPDFTextObj_GetTextRenderMode(thing.raw)
        return bool(mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE)
    return False


def _covered(page: pdfium.PdfPage) -> float:
    """Return how much of the page its largest picture covers, from 0 to 1."""
    left, bottom, right, top = page.get_bbox()
    whole = max((right - left) * (top - bottom), 1.0)
    edges = [ctypes.c_float() for _ in range(4)]
    largest: float = 0.0
    for thing in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=2):
        if raw.FPDFPageObj_GetBounds(thing.raw, *(ctypes.byref(edge) for edge in edges)):
            x0, y0, x1, y1 = (edge.value for edge in edges)
            wide = min(x1, right) - max(x0, left)
            high = min(y1, top) - max(y0, bottom)
            largest = max(largest, max(wide, 0) * max(high, 0))
    return float(largest / whole)


def as_png(page: pdfium.PdfPage) -> bytes:
    """Return the page as a picture that can be read."""
    scale = min(_SCALE, _LARGEST_SIDE / max(page.get_size()))
    image = page.render(scale=scale, grayscale=True).to_pil()
    held = io.BytesIO()
    image.save(held, "PNG")
    return held.getvalue()


def all_words(page: pdfium.PdfPage) -> Iterator[str]:
    """Yield all text of the page as it is stored, and what its annotations say.

    A stamp may be drawn aslant: where the direction of the letters changes a line ends.
    """
    textpage = page.get_textpage()
    try:
        yield "".join(_letters(textpage.raw, textpage.count_chars()))
    finally:
        textpage.close()
    for place in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST_ANNOTATIONS)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, place)
        if annotation:
            for key in _WORDS_OF_ANNOTATIONS:
                yield _string(annotation, key)
            raw.FPDFPage_CloseAnnot(annotation)


def _letters(textpage: raw.FPDF_TEXTPAGE, count: int) -> Iterator[str]:
    before: int | None = None
    for place in range(count):
        code = raw.FPDFText_GetUnicode(textpage, place)
        if code > _SPACE:
            angle = round(raw.FPDFText_GetCharAngle(textpage, place) * _ANGLES)
            if before not in {None, angle}:
                yield "\n"
            before = angle
        if code <= _LAST_LETTER:
            yield chr(code)


def _string(annotation: raw.FPDF_ANNOTATION, key: bytes) -> str:
    length = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if not 0 < length <= _LONGEST_STRING:
        return ""
    held = ctypes.create_string_buffer(length)
    shorts = ctypes.cast(held, ctypes.POINTER(raw.FPDF_WCHAR))
    raw.FPDFAnnot_GetStringValue(annotation, key, shorts, length)
    return held.raw.decode("utf-16-le", "ignore").rstrip("\0")
