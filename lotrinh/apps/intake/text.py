"""The gate: from the bytes that somebody sends to a text that may be kept, or a clear refusal."""

import hashlib
import re
from dataclasses import dataclass

from lotrinh.reading import Paper
from lotrinh.reading.readers import open_document, open_safely
from lotrinh.reading.readers.kinds import Kind, tell_kind
from lotrinh.reading.readers.old_letters import as_in_old_fonts
from lotrinh.rules.secrecy import Secrecy, secrecy_mark

MOST_BYTES = 16 * 1024 * 1024
MOST_CHARACTERS = 2 * 1024 * 1024
HEADER_CHARACTERS = 6_000
_COLUMN_ENDS = re.compile(r"\t| {2,}|\|")
_NO_LETTER = "--"
_LINE_OF_A_MARK = 120  # letters; a longer line bears no mark of its own
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


class NotDeclared(Exception):
    """Nobody can tell what parts of the file show, and nobody has declared them free of secrets."""

    def __init__(self, unread: "Unread") -> None:
        super().__init__(unread)
        self.unread = unread


class TooLong(Exception):
    """There is more than one submission may hold (``MOST_BYTES``, ``MOST_CHARACTERS``)."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Parts of a file that are pictures nobody has read: pages ("3, 4") and large pictures."""

    pages: str = ""
    pictures: int = 0

    def __bool__(self) -> bool:
        return bool(self.pages or self.pictures)


@dataclass(frozen=True, slots=True)
class Opened:
    """A document that passed the gate, and what its file is.

    ``unread`` are the parts that were let through because somebody declared them free of State
    secrets.
    """

    paper: Paper
    media_type: str
    unread: Unread = Unread()


def opened(content: bytes, name: str, *, is_declared: bool = False) -> Opened:
    """Return the document in ``content``; an empty ``name`` is a pasted text.

    A text is read here; every other format in a child process under limits. A mark of secrecy
    counts wherever it stands in the file, also where nobody would see it; of parts that are
    pictures somebody has to declare that they hold no State secret (``is_declared``). Raises
    TooLong, ``reading.readers.Unreadable``, SecretMarked, NotDeclared.
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
    mark = mark_of(paper)
    if mark is not None:
        raise SecretMarked(mark, hashlib.sha256(content).hexdigest())
    unread = _unread(paper)
    if unread and not is_declared:
        raise NotDeclared(unread)
    return Opened(paper, _MEDIA_TYPES[kind], unread)


def mark_of(paper: Paper) -> Secrecy | None:
    """Return the mark of secrecy that a document bears, seen or unseen, in old letters or new."""
    for text in (paper.text, paper.unseen, _upright(paper)):
        mark = secrecy_mark(text) or secrecy_mark(_in_old_fonts(text))
        if mark is not None:
            return mark
    return None


def _upright(paper: Paper) -> str:
    """Return the single letters of each column of the tables, one below the other."""
    lines: list[str] = []
    for table in paper.tables:
        columns: dict[int, list[str]] = {}
        for cell in table.cells:
            if cell.end - cell.start == 1:
                columns.setdefault(cell.column, []).append(paper.text[cell.start])
        for letters in columns.values():
            lines += [*letters, _NO_LETTER]
    return "\n".join(lines)


def _in_old_fonts(text: str) -> str:
    """Return what short lines would show if their letters were those of an old font."""
    columns = (column for line in text.splitlines() for column in _COLUMN_ENDS.split(line))
    short = (column for column in columns if len(column) <= _LINE_OF_A_MARK)
    return "\n".join(shown for column in short for shown in as_in_old_fonts(column))


def _unread(paper: Paper) -> Unread:
    """Return which parts of a document are pictures that nobody has read."""
    told = {note.code: note.data for note in paper.notes}
    return Unread(
        pages=str(told.get("pages_without_text", {}).get("pages", "")),
        pictures=int(told.get("large_pictures", {}).get("count", 0)),
    )
