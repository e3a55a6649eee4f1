"""From the bytes of a file to its text, or a clear refusal.

Only plain text is read so far. UTF-8 and UTF-16 are told by their marks or by what the bytes
can mean; a file in an older encoding is refused, because guessed letters would be wrong
letters. Nothing of the text is changed but for the byte order mark.
"""

import codecs
from pathlib import PurePath

_LATER = frozenset(
    {".docx", ".doc", ".pdf", ".xlsx", ".xls", ".html", ".htm", ".odt", ".rtf", ".pptx"}
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Unreadable(Exception):
    """The bytes are no text that can be read.

    ``code`` is one of: type (a format not read yet), encoding, binary, empty.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def decode(data: bytes, name: str) -> str:
    """Return the text of a file; ``name`` tells its type by the suffix. Raises Unreadable."""
    if PurePath(name).suffix.lower() in _LATER:
        raise Unreadable("type")
    if not data.strip(b" \t\r\n\0"):
        raise Unreadable("empty")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding)
    if b"\0" in data[:4000]:
        return _decoded(data, _utf16_without_mark(data))
    return _decoded(data, "utf-8")


def _utf16_without_mark(data: bytes) -> str:
    """Tell the byte order by the side on which zero bytes stand; few of them mean no text."""
    sample = data[:4000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 4 < len(sample) // 2 or min(even, odd) * 10 > max(even, odd):
        raise Unreadable("binary")
    return "utf-16-be" if even > odd else "utf-16-le"


def _decoded(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable("encoding") from None
    if "\0" in text:
        raise Unreadable("binary")
    return text
