"""All words in the XML parts of a Word file or a workbook, line by line, seen or not.

Readers print what a person sees on the paper. A mark of secrecy may stand where nobody looks: in
a watermark, a comment, hidden or deleted text, a print header, a text box. So everything that is
a string somewhere in the file is gathered here; what it belongs to does not matter. Files inside
the file are gone through as well, one archive deep.
"""

import importlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol, cast

from lxml import etree

from lotrinh.reading.readers.archives import DEEPEST, MOST_UNPACKED, part_names, unpacked_size
from lotrinh.reading.readers.embedded import COMPOUND, is_locked, words_inside
from lotrinh.reading.readers.refusals import Unreadable

_PARTS = (".xml", ".vml")
_BLOCKS = frozenset({"p", "h", "si", "is", "text"})  # each is a line, whatever runs it has
_RUNS = frozenset({"t", "delText", "p", "h", "span", "a"})
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "line-break": "\n"}
_SPOKEN = frozenset({"string", "descr", "title", "alt"})  # attributes that are words
_QUOTED = re.compile(r'"([^"]*)"')  # in the format of a number: words that it prints
_NAMED = frozenset({"sheet", "table"})
_CAPITALS = frozenset({"caps", "smallCaps"})
_STYLES = frozenset({"pStyle", "rStyle"})
_OFF = frozenset({"0", "false", "off", "none"})
_SHORT = 40  # letters: longer lines are no mark in capitals by their style
_ZIP, _ZIP_END, _ZIP_END_LENGTH = b"PK\x03\x04", b"PK\x05\x06", 22
_PDF = b"%PDF-"
_REACH = 1024  # bytes in which the mark of a PDF stands
_HEADER_CODE = re.compile(r'&"[^"]*"|&K[0-9A-Fa-f]{6}|&\d+|&[LCR]|&.')
_CELLS = (b"<sheetData", b"</sheetData>")


class _OfPdf(Protocol):
    def words_of(self, data: bytes) -> Iterator[str]: ...


def archive_lines(data: bytes, *, depth: int = 0) -> Iterator[str]:
    """Yield every line of words in the parts of a zip archive, which has been examined before.

    The cells of the sheets of .xlsx are left out in the outer file, whose reader prints them;
    ``depth`` says how many archives lie around this one. Raises Unreadable: damaged, and for what
    lies inside bomb, encrypted, declarations, macros.
    """
    room = MOST_UNPACKED - unpacked_size(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        styles = _capital_styles(archive)
        for name in archive.namelist():
            part = _content(archive, name)
            if name.endswith(_PARTS):
                yield from _lines(part if depth else _without_cells(part), styles)
                continue
            if part.startswith(_ZIP):
                room -= unpacked_size(part)
                if room < 0:
                    raise Unreadable(
                        "bomb", what="unpacked", found=MOST_UNPACKED - room, limit=MOST_UNPACKED
                    )
            yield from lines_of_file(part, depth=depth + 1)


def lines_of_file(data: bytes, *, depth: int) -> Iterator[str]:
    """Yield the words of a file that lies ``depth`` archives deep in another one.

    Raises Unreadable: what ``archive_lines`` raises, and encrypted.
    """
    if is_locked(data):
        raise Unreadable("encrypted")
    if data.startswith(_ZIP):
        if depth > DEEPEST:
            raise Unreadable("bomb", what="depth", found=depth, limit=DEEPEST)
        part_names(data)
        yield from archive_lines(data, depth=depth)
    elif _PDF in data[:_REACH]:
        module = importlib.import_module("lotrinh.reading.readers.pdf_unseen")
        yield from cast(_OfPdf, module).words_of(data)
    else:
        yield from words_inside(data)
        begin, end = data.find(_ZIP), data.rfind(_ZIP_END)
        if data.startswith(COMPOUND) and 0 < begin < end:
            # A program of old has wrapped a modern file.
            yield from lines_of_file(data[begin : end + _ZIP_END_LENGTH], depth=depth)


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
    if _is_without_marks(part):
        return ()
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


def _is_without_marks(part: bytes) -> bool:
    """Tell at once of most parts (styles, themes) that no mark can be spelt in them.

    A mark has a letter that is not ASCII, whole or by its number; the endings of numbers have a
    bracket. With a zero byte it is UTF-16, of which nothing can be said so quickly.
    """
    return part.isascii() and not any(sign in part for sign in (b"&#", b")", b"\0"))


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
        self.found += (value for value in said.values() if _may_be_words(value))
        self.found += _QUOTED.findall(said.get("formatCode", ""))
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


def _may_be_words(value: str) -> bool:
    """Tell whether an attribute may hold words, or a number with the ending of a mark."""
    return not value.isascii() or value.endswith("M)")


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
