"""The gate: from the bytes that somebody sends to a text that may be kept, or a clear refusal."""

import hashlib
from dataclasses import dataclass

from lotrinh.reading import Paper
from lotrinh.reading.readers import open_document, open_safely
from lotrinh.reading.readers.kinds import Kind, tell_kind
from lotrinh.rules.secrecy import Secrecy, secrecy_mark

MOST_BYTES = 16 * 1024 * 1024
MOST_CHARACTERS = 2 * 1024 * 1024
HEADER_CHARACTERS = 6_000
_MEDIA_TYPES: dict[Kind, str] = {
    "text": "text/plain",
    "html": "text/html",
    "word": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "workbook": "application/octet-stream",  # three formats, told apart by the name alone
    "pdf": "application/pdf",
}
_PASTED = "pasted.txt"


class SecretMarked(Exception):
    """The text bears a mark of State secrecy; nothing of it is kept but its hash."""

    def __init__(self, mark: Secrecy, sha256: str) -> None:
        super().__init__(mark)
        self.mark = mark
        self.sha256 = sha256


class TooLong(Exception):
    """There is more than one submission may hold (``MOST_BYTES``, ``MOST_CHARACTERS``)."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A document that passed the gate, and what its file is."""

    paper: Paper
    media_type: str


def opened(content: bytes, name: str) -> Opened:
    """Return the document in ``content``; an empty ``name`` is a pasted text.

    A text is read here; every other format in a child process under limits. A mark of secrecy
    counts wherever it stands in the file, also where nobody would see it. Raises TooLong,
    ``reading.readers.Unreadable``, SecretMarked.
    """
    if len(content) > MOST_BYTES:
        raise TooLong(str(len(content)))
    kind: Kind = tell_kind(content, name) if name else "text"
    if kind == "text":
        paper = open_document(content, name if name.endswith((".txt", ".md")) else _PASTED)
    else:
        paper = open_safely(content, name)
    if len(paper.text) > MOST_CHARACTERS:
        raise TooLong(str(len(paper.text)))
    mark = secrecy_mark(paper.text) or secrecy_mark(paper.unseen)
    if mark is not None:
        raise SecretMarked(mark, hashlib.sha256(content).hexdigest())
    return Opened(paper, _MEDIA_TYPES[kind])
