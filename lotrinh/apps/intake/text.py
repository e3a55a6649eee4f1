"""The gate: from the bytes that somebody sends to a text that may be kept, or a clear refusal."""

import hashlib

from lotrinh.rules.secrecy import Secrecy, secrecy_mark

MOST_BYTES = 2 * 1024 * 1024
HEADER_CHARACTERS = 6_000
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


class SecretMarked(Exception):
    """The text bears a mark of State secrecy; nothing of it is kept but its hash."""

    def __init__(self, mark: Secrecy, sha256: str) -> None:
        super().__init__(mark)
        self.mark = mark
        self.sha256 = sha256


class NotText(Exception):
    """The bytes are no text in UTF-8 or UTF-16."""


class TooLong(Exception):
    """The text is longer than what one submission may hold (``MOST_BYTES``)."""


def decoded(content: bytes) -> str:
    """Return the text of ``content`` without its byte-order mark, unchanged otherwise.

    Raises TooLong, NotText, SecretMarked.
    """
    if len(content) > MOST_BYTES:
        raise TooLong(str(len(content)))
    try:
        text = content.decode(_MARKS.get(content[:2], "utf-8-sig"))
    except UnicodeDecodeError as broken:
        raise NotText(str(broken)) from broken
    if "\x00" in text:
        raise NotText("zero character")
    mark = secrecy_mark(text)
    if mark is not None:
        raise SecretMarked(mark, hashlib.sha256(content).hexdigest())
    return text
