"""Web pages and documents saved as HTML."""

import codecs
import re

from lxml import etree, html

from lotrinh.reading.paper import Paper
from lotrinh.reading.readers.plain_text import to_text
from lotrinh.reading.readers.refusals import Unreadable
from lotrinh.reading.readers.web_blocks import every_line
from lotrinh.reading.readers.web_main import main_blocks
from lotrinh.reading.readers.writer import Writer

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_REACH = 4096
_CAPITALS = re.compile(r"text-transform\s*:\s*uppercase|small-caps", re.IGNORECASE)
_SHORT = 40  # letters: longer lines are no mark in capitals by their style
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_DEEPEST = 300  # elements inside elements; a page of people has some dozens


def read(data: bytes, *, ocr: bool = False) -> Paper:
    """Return the main part of the page. Raises Unreadable: empty, damaged, encoding."""
    writer = Writer()
    text = _DECLARED.sub("", _decoded(data))
    tree = _tree(text)
    styled = bool(_CAPITALS.search(text))
    for line in every_line(tree):
        writer.unseen(line)
        if styled and len(line) < _SHORT:
            writer.unseen(line.upper())
    for block in main_blocks(tree):
        if block.boxes:
            writer.table(block.boxes)
        else:
            writer.line(block.text)
    return writer.paper()


def _decoded(data: bytes) -> str:
    """UTF-8 and UTF-16 tell themselves; what else it may be, the page must say."""
    try:
        return to_text(data)
    except Unreadable as refusal:
        said = _CHARSET.search(data[:_REACH])
        if refusal.code != "encoding" or said is None:
            raise
        try:
            return codecs.lookup(said.group(1).decode()).decode(data)[0]
        except (LookupError, UnicodeDecodeError):
            raise refusal from None


def _tree(text: str) -> html.HtmlElement:
    parser = html.HTMLParser(encoding="utf-8", no_network=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "ignore"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        raise Unreadable("empty") from None
    if _depth(tree) > _DEEPEST:
        raise Unreadable("damaged", part="html")
    return tree


def _depth(tree: html.HtmlElement) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest
