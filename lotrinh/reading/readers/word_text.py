"""The words of one paragraph of a Word file."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from lxml import etree

from lotrinh.reading.readers.old_letters import from_font
from lotrinh.reading.readers.word_labels import Labels
from lotrinh.reading.readers.word_parts import W, is_on
from lotrinh.reading.readers.writer import Writer

_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_GONE = frozenset(W + name for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText"))
_SIGNS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_BOX = W + "txbxContent"
_SYMBOLS = {
    "F0B7": "•",
    "F02D": "-",
    "F0A7": "•",
    "F0D8": "•",
    "F02B": "+",
    "F0B3": "≥",
    "F0A3": "≤",
}


class Words:
    """Reads paragraphs and keeps which old encodings their fonts were made for."""

    def __init__(self, labels: Labels, styles: etree._Element | None) -> None:
        self._labels = labels
        self._usual = "" if styles is None else _font(styles.find(f"{W}docDefaults/{W}rPrDefault"))
        self._encodings: set[str] = set()

    def of(self, paragraph: etree._Element) -> tuple[str, list[etree._Element]]:
        """Return the words of a paragraph and the text boxes that hang on it."""
        boxes: list[etree._Element] = []
        styles = (_font(style) for style in self._labels.style_of(paragraph))
        usual = next(filter(None, styles), self._usual)
        pieces = self._pieces(paragraph, boxes, usual)
        words = ""
        for font, run in groupby(pieces, key=itemgetter(0)):  # two runs may share one letter
            shown, encoding = from_font(font, "".join(text for _, text in run))
            words += shown
            if encoding and not shown.isascii():
                self._encodings.add(encoding)
        return words, boxes

    def report(self, writer: Writer) -> None:
        """Note which old encodings were turned into modern letters."""
        if self._encodings:
            writer.note("converted", encoding=", ".join(sorted(self._encodings)))

    def _pieces(
        self, holder: etree._Element, boxes: list[etree._Element], font: str
    ) -> Iterator[tuple[str, str]]:
        """Yield the text below ``holder``, each piece with the name of its font."""
        for child in holder:
            tag = child.tag
            if tag in _GONE:
                continue
            if tag == _BOX:
                boxes.append(child)
            elif tag in {W + "t", _FORMULA}:
                yield font, child.text or ""
            elif tag in _SIGNS:
                yield font, _SIGNS[tag]
            elif tag == W + "sym":
                yield "", _SYMBOLS.get(child.get(W + "char", "").upper(), "")
            elif tag == _ALTERNATIVES:
                yield from self._pieces(child[:1], boxes, font)
            elif tag == W + "r":
                yield from self._run(child, boxes, font)
            else:
                yield from self._pieces(child, boxes, font)

    def _run(
        self, run: etree._Element, boxes: list[etree._Element], usual: str
    ) -> Iterator[tuple[str, str]]:
        form = run.find(W + "rPr")
        if is_on(form, "vanish"):
            return
        upper = is_on(form, "caps")
        for font, text in self._pieces(run, boxes, _font(run) or usual):
            yield font, text.upper() if upper and not _is_old(font) else text


def _font(holder: etree._Element | None) -> str:
    """Return the font that a run, a style or the defaults name; "" where they name none."""
    fonts = None if holder is None else holder.find(f"{W}rPr/{W}rFonts")
    return "" if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or ""


def _is_old(font: str) -> bool:
    return font.lower().startswith((".vn", "vni"))
