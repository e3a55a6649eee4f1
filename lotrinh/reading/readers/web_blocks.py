"""The blocks of a web page as a person sees them: lines of prose, list items, tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html

from lotrinh.reading.readers.refusals import Unreadable
from lotrinh.reading.readers.word_labels import printed
from lotrinh.reading.readers.writer import Box

_UNSEEN = frozenset(
    {
        *("script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas"),
        *("video", "audio", "button", "select", "input", "textarea", "head", "nav"),
        *("aside", "footer", "map", "dialog", "menu"),
    }
)
_INLINE = frozenset(
    {
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn"),
        *("em", "font", "i", "img", "ins", "kbd", "label", "mark", "q", "s", "samp", "small"),
        *("span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
        *("o:p", "st1:place", "st1:country-region", "st1:city"),  # how Word writes web pages
    }
)
_PROGRAMS = frozenset({"script", "style"})
_TAG = re.compile(r"<[^>]*>")
_QUOTED = re.compile(r"\"([^\"\n]{1,400})\"|'([^'\n]{1,400})'")
_ESCAPE = re.compile(r"\\u\{?([0-9a-fA-F]{4,6})\}?|\\x([0-9a-fA-F]{2})|\\([0-9a-fA-F]{1,6})[ \t]?")
_LAST_LETTER, _SURROGATES = 0x110000, range(0xD800, 0xE000)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LIST_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_MOST_SPAN = 1000
_MOST_TAKEN = 500_000


@dataclass(frozen=True, slots=True)
class Block:
    """A line of text, or a table where there are boxes, and the element it came from."""

    element: html.HtmlElement
    text: str
    boxes: tuple[Box, ...] = ()


def blocks(root: html.HtmlElement) -> Iterator[Block]:
    """Yield what is seen of ``root``, in order."""
    yield from _Walk().of(root)


class _Walk:
    """Gathers inline text until a block begins or ends."""

    def __init__(self) -> None:
        self._gathered: list[str] = []
        self._counts: dict[html.HtmlElement, int] = {}  # list -> number of its next item

    def of(self, root: html.HtmlElement) -> Iterator[Block]:
        yield from self._inside(root)
        yield from self._line(root)

    def _inside(self, element: html.HtmlElement) -> Iterator[Block]:
        self._gathered.append(element.text or "")
        for child in element:
            if isinstance(child.tag, str) and not _is_hidden(child):
                yield from self._child(child, element)
            self._gathered.append(child.tail or "")

    def _child(self, child: html.HtmlElement, parent: html.HtmlElement) -> Iterator[Block]:
        if child.tag == "br":
            yield from self._line(parent)
        elif child.tag in _INLINE:
            yield from self._inside(child)
        else:
            yield from self._line(parent)
            if child.tag == "table" and not _is_layout(child):
                for caption in child.iterchildren("caption"):
                    yield from blocks(caption)
                yield Block(child, "", tuple(_boxes(child)))
                return
            if child.tag == "li":
                self._gathered.append(self._label(child, parent))
            yield from self._inside(child)
            yield from self._line(child)

    def _label(self, item: html.HtmlElement, holder: html.HtmlElement) -> str:
        """Return what is printed before an item and count it."""
        if holder.tag != "ol":
            return "- "
        count = self._counts.get(holder)
        count = _whole(
            item.get("value"), _whole(holder.get("start"), 1) if count is None else count
        )
        self._counts[holder] = count + 1
        return printed(count, _LIST_FORMS.get(holder.get("type", ""), "decimal")) + ". "

    def _line(self, element: html.HtmlElement) -> Iterator[Block]:
        text = _SPACE.sub(" ", "".join(self._gathered)).strip()
        self._gathered.clear()
        if text:
            yield Block(element, text)


def every_line(root: html.HtmlElement) -> Iterator[str]:
    """Yield all words of a page line by line, whether anybody sees them or not.

    Among them are remarks, all attributes, and the quoted words in styles and programs, which a
    browser may print.
    """
    gathered: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in {"comment", "pi"}:
            yield from _TAG.sub("\n", element.text or "").splitlines()
            gathered.append(element.tail or "")
            continue
        if element.tag not in _INLINE:
            yield _SPACE.sub(" ", "".join(gathered))
            gathered.clear()
        if event == "end":
            gathered.append(element.tail or "")
        elif isinstance(element.tag, str):
            for value in element.attrib.values():
                yield value
                yield from _quoted(value)
            if element.tag in _PROGRAMS:
                yield from _quoted(element.text or "")
            else:
                gathered.append(element.text or "")
    yield "".join(gathered)


def _quoted(program: str) -> Iterator[str]:
    """Yield the short words in quotes, their escapes undone: of a style, of a program."""
    for double, single in _QUOTED.findall(program):
        yield _ESCAPE.sub(_unescaped, double or single)


def _unescaped(found: re.Match[str]) -> str:
    code = int(found[1] or found[2] or found[3], 16)
    return chr(code) if code < _LAST_LETTER and code not in _SURROGATES else ""


def _is_hidden(element: html.HtmlElement) -> bool:
    return (
        element.tag in _UNSEEN
        or element.get("hidden") is not None
        or bool(_HIDDEN.search(element.get("style", "")))
    )


def _is_layout(table: html.HtmlElement) -> bool:
    """A table that holds a table, or one cell alone, only places things on the page."""
    if next(table.iterdescendants("table"), None) is not None:
        return True
    cells = 0
    for _ in table.iterdescendants("td", "th"):
        cells += 1
    return cells < 2


def _whole(text: str | None, default: int) -> int:
    text = (text or "").strip()
    return int(text) if text.isdecimal() else default


def _boxes(table: html.HtmlElement) -> Iterator[Box]:
    """Yield the cells; a place that a cell above or to the left reaches over is not free."""
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(table.iterdescendants("tr")):
        column = 0
        for cell in line.iterchildren("td", "th"):
            while (row, column) in taken:
                column += 1
            rows = min(max(_whole(cell.get("rowspan"), 1), 1), _MOST_SPAN)
            columns = min(max(_whole(cell.get("colspan"), 1), 1), _MOST_SPAN)
            if rows > 1:
                taken |= {
                    (row + down, column + right)
                    for down in range(1, rows)
                    for right in range(columns)
                }
            if len(taken) > _MOST_TAKEN:
                raise Unreadable("too_large", what="cells", found=len(taken), limit=_MOST_TAKEN)
            text = "\n".join(block.text for block in blocks(cell))
            yield Box(row, column, text, rows, columns)
            column += columns
