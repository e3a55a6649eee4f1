"""What a file is, told by what it holds; the ending of its name decides only among texts."""

import re
from pathlib import PurePath
from typing import Literal

from lotrinh.reading.readers.archives import part_names
from lotrinh.reading.readers.refusals import Unreadable

Kind = Literal["text", "html", "word", "workbook", "pdf"]
ENDINGS = frozenset({".txt", ".md", ".html", ".htm", ".docx", ".xlsx", ".xls", ".ods", ".pdf"})

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of Word and Excel before 2007
_WORKBOOK = "Workbook".encode("utf-16-le")
_BOOK = "Book".encode("utf-16-le")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD = "WordDocument".encode("utf-16-le")
_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|meta|title)\b", re.IGNORECASE)
_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_XML = re.compile(rb"<\?xml|<svg\b|<!DOCTYPE\s+(?!html)", re.IGNORECASE)
_PAGE = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_SUBSET = re.compile(rb"<!\s{0,9}(?:ENTITY|DOCTYPE[^>\[]{0,1000}\[)", re.IGNORECASE)
_OTHER = (
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"MIME-V",
)
_REACH = 1024  # bytes of rubbish that may stand before the mark of a PDF or an HTML tag


def tell_kind(data: bytes, name: str) -> Kind:
    """Return what kind of file this is.

    Raises Unreadable: empty, type, encrypted, damaged, bomb, declarations, macros.

    A zip archive is examined before anything in it is unpacked.
    """
    if not data.strip(b" \t\r\n\0"):
        raise Unreadable("empty")
    head = data[:_REACH]
    if b"%PDF-" in head:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _packed(data)
    if data.startswith(_COMPOUND):
        return _compound(data)
    if data.startswith(_OTHER):
        raise Unreadable("type")
    return _written(data, name)


def is_plain_text(data: bytes, name: str) -> bool:
    """Tell whether the file is text by its ending and its first bytes, so no parser is needed."""
    if PurePath(name).suffix.lower() not in {".txt", ".md"}:
        return False
    if b"%PDF-" in data[:_REACH] or data.startswith((b"PK\x03\x04", _COMPOUND, *_OTHER)):
        return False
    return _written(data, name) == "text"


def _packed(data: bytes) -> Kind:
    names = part_names(data)
    if "word/document.xml" in names:
        return "word"
    if names & {"xl/workbook.xml", "xl/workbook.bin"}:
        return "workbook"
    if "content.xml" in names and b"opendocument.spreadsheet" in data[:200]:
        return "workbook"
    raise Unreadable("type")


def _compound(data: bytes) -> Kind:
    if _ENCRYPTED in data:
        raise Unreadable("encrypted")
    if _WORD in data:
        raise Unreadable("type")
    if _MACROS in data:
        raise Unreadable("macros")
    if _WORKBOOK in data or _BOOK in data:
        return "workbook"
    raise Unreadable("type")


def _written(data: bytes, name: str) -> Kind:
    ending = PurePath(name).suffix.lower()
    head = data[:_REACH].replace(b"\0", b"")  # UTF-16 has a zero beside every plain letter
    opening = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if ending in {".txt", ".md"}:
        kind: Kind = "html" if _HTML.match(opening) else "text"
    else:
        kind = "html" if ending in {".html", ".htm"} or _HTML.search(head) else "text"
    if _XML.match(opening) and not _PAGE.search(head):
        raise Unreadable("type")  # a drawing, or data for a program
    if (kind == "html" or opening.startswith(b"<")) and _SUBSET.search(data.replace(b"\0", b"")):
        raise Unreadable("declarations", part="html")
    return kind
