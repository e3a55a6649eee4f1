"""All words in the XML parts of a Word file or a workbook, line by line, seen or not.

Readers print what a person sees on the paper. A mark of secrecy may stand where nobody looks: in
a watermark, a comment, hidden or deleted text, a print header, a text box. So everything that is
a string somewhere in the file is gathered here; what it belongs to does not matter.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from lotrinh.reading.readers.refusals import Unreadable

_PARTS = (".xml", ".vml")
_BLOCKS = frozenset({"p", "h", "si", "is", "text"})  # each is a line, whatever runs it has
_RUNS = frozenset({"t", "delText", "p", "h", "span", "a"})
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "line-break": "\n"}
_SPOKEN = frozenset({"string", "descr", "title", "alt"})  # attributes that are words
_NAMED = frozenset({"sheet", "table"})
_CAPITALS = frozenset({"caps", "smallCaps"})
_STYLES = frozenset({"pStyle", "rStyle"})
_OFF = frozenset({"0", "false", "off", "none"})
_SHORT = 40  # letters: longer lines are no mark in capitals by their style
_HEADER_CODE = re.compile(r'&"[^"]*"|&K[0-9A-Fa-f]{6}|&\d+|&[LCR]|&.')
_CELLS = (b"<sheetData", b"</sheetData>")


def archive_lines(data: bytes) -> Iterator[str]:
    """Yield every line of words in the parts of a zip archive, which has been examined before.

    The cells of the sheets of .xlsx are left out. Raises Unreadable (damaged).
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        styles = _capital_styles(archive)
        for name in archive.namelist():
            if name.endswith(_PARTS):
                yield from _lines(_without_cells(_content(archive, name)), styles)


def _content(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError):
        raise Unreadable("damaged", part=name) from None


def _without_cells(part: bytes) -> bytes:
    """Leave out what may be millions of numbers."""
    begin, end = part.find(_CELLS[0]), part.rfind(_CELLS[1])
    return part[:begin] + part[end + len(_CELLS[1]) :] if 0 <= begin < end else part


def _lines(part: bytes, styles: frozenset[str]) -> Iterable[str]:
    target = _Lines(styles)
    parser = etree.XMLParser(
        target=target,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        recover=True,
    )
    try:
        etree.fromstring(part, parser)
    except etree.XMLSyntaxError:
        return ()  # no words that could be told
    return target.found


class _Lines:
    """Takes the events of a parser and gathers lines."""

    def __init__(self, styles: frozenset[str]) -> None:
        self.found: list[str] = []
        self._styles = styles
        self._names: list[str] = []
        self._lines: list[list[str]] = [[]]
        self._in_capitals: list[bool] = [False]
        self._aside: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = _local(tag)
        self._put_aside()
        self._names.append(name)
        said = {_local(key): value for key, value in attributes.items()}
        self.found += (said[key] for key in _SPOKEN & said.keys())
        if name in _BLOCKS:
            self._lines.append([])
            self._in_capitals.append(False)
        elif name in _SIGNS:
            self._lines[-1].append(_SIGNS[name])
        elif name in _NAMED:
            self.found.append(said.get("name", ""))
        elif name in _CAPITALS or name in _STYLES:
            value = said.get("val", "")
            self._in_capitals[-1] |= value in self._styles if name in _STYLES else value not in _OFF

    def data(self, text: str) -> None:
        if self._names and self._names[-1] in _RUNS:
            self._lines[-1].append(text)
        else:
            self._aside.append(text)

    def end(self, tag: str) -> None:
        self._put_aside()
        if self._names.pop() in _BLOCKS:
            self._put("".join(self._lines.pop()), self._in_capitals.pop())

    def close(self) -> None:
        self._put("".join(self._lines[0]), False)

    def _put(self, line: str, in_capitals: bool) -> None:
        self.found.append(line)
        if in_capitals and len(line) < _SHORT:
            self.found.append(line.upper())

    def _put_aside(self) -> None:
        """Words of any other element are a line of their own."""
        line = "".join(self._aside)
        self._aside.clear()
        if self._names and self._names[-1].endswith(("Header", "Footer")):
            line = _HEADER_CODE.sub("\n", line)
        self.found.append(line)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _capital_styles(archive: zipfile.ZipFile) -> frozenset[str]:
    """Return the styles of a Word file that print capitals, also those based on one of them."""
    if "word/styles.xml" not in archive.namelist():
        return frozenset()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(_content(archive, "word/styles.xml"), parser)
    found: set[str] = set()
    bases: dict[str, str] = {}
    for style in () if root is None else root.iter("{*}style"):
        own = _attribute(style, "styleId")
        bases[own] = next((_attribute(base, "val") for base in style.iter("{*}basedOn")), "")
        if any(
            _attribute(sign, "val") not in _OFF for sign in style.iter("{*}caps", "{*}smallCaps")
        ):
            found.add(own)
    for style in bases:
        met: list[str] = []
        base = style
        while base in bases and base not in found and base not in met:
            met.append(base)
            base = bases[base]
        if base in found:
            found.update(met)
    return frozenset(found)


def _attribute(element: etree._Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if _local(str(key)) == name), "")
