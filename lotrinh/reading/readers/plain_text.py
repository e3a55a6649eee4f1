"""Plain text: which letters the bytes mean.

UTF-8 and UTF-16 are told by their marks or by what the bytes can mean. Nothing of the text is
changed but for the byte order mark, so offsets count in the file as it was handed in.
"""

import codecs
from pathlib import PurePath

from lotrinh.reading.readers.refusals import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 4000
_OTHER_FORMATS = frozenset(
    {".docx", ".doc", ".pdf", ".xlsx", ".xls", ".ods", ".odt", ".rtf", ".pptx", ".html", ".htm"}
)


def decode(data: bytes, name: str) -> str:
    """Return the text of a plain text file; other formats are refused by the name's ending."""
    if PurePath(name).suffix.lower() in _OTHER_FORMATS:
        raise Unreadable("type")
    return to_text(data)


def to_text(data: bytes) -> str:
    """Return what the bytes say. Raises Unreadable: empty, encoding, binary."""
    if not data.strip(b" \t\r\n\0"):
        raise Unreadable("empty")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding, skipped=len(mark))
    if b"\0" in data[:_SAMPLE]:
        return _decoded(data, _utf16_without_mark(data))
    return _decoded(data, "utf-8")


def _utf16_without_mark(data: bytes) -> str:
    """Tell the byte order by the side on which zero bytes stand; few of them mean no text."""
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 4 < len(sample) // 2 or min(even, odd) * 10 > max(even, odd):
        raise Unreadable("binary")
    return "utf-16-be" if even > odd else "utf-16-le"


def _decoded(data: bytes, encoding: str, *, skipped: int = 0) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable("encoding", offset=skipped + error.start) from None
    if "\0" in text:
        raise Unreadable("binary")
    if not text.strip():
        raise Unreadable("empty")
    return text
