"""Sample files, built by programs other than the readers, and how to look at what was read."""

import io
import zipfile
from collections.abc import Mapping

import typst
from docx.document import Document

from lotrinh.reading.paper import Paper, Table
from lotrinh.reading.readers import Unreadable, open_document

Seen = tuple[int, int, int, int, str]  # row, column, rows, columns, words


def saved(document: Document) -> bytes:
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def zipped(parts: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return held.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """Return a zip archive in which one part has other content."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {item: archive.read(item) for item in archive.namelist()}
    return zipped(parts | {name: content})


def pdf(source: str) -> bytes:
    """Return the PDF of a typst source, on A4 with ordinary margins and 13 point letters."""
    frame = '#set page(paper: "a4", margin: 2cm)\n#set text(lang: "vi", size: 13pt)\n'
    compiled = typst.compile((frame + source).encode())
    if not isinstance(compiled, bytes):
        raise TypeError(type(compiled))
    return compiled


def read(data: bytes, name: str) -> Paper:
    paper = open_document(data, name)
    check(paper)
    return paper


def check(paper: Paper) -> None:
    """What holds for every paper: cells lie in the text in order and have no space at an end."""
    for table in paper.tables:
        places = [(cell.row, cell.column) for cell in table.cells]
        assert places == sorted(set(places))
        for cell in table.cells:
            words = paper.text[cell.start : cell.end]
            assert words == words.strip()
            assert bool(words) == (cell.end > cell.start)


def lines(paper: Paper) -> list[str]:
    return [line for line in paper.text.split("\n") if line]


def seen(paper: Paper, table: Table | None = None) -> list[Seen]:
    table = table or paper.tables[0]
    return [
        (cell.row, cell.column, cell.rows, cell.columns, paper.text[cell.start : cell.end])
        for cell in table.cells
    ]


def rows(paper: Paper, table: Table | None = None) -> list[list[str]]:
    """Return the words of a table row by row."""
    found: dict[int, list[str]] = {}
    for row, _, _, _, words in seen(paper, table):
        found.setdefault(row, []).append(words)
    return list(found.values())


def refused(data: bytes, name: str) -> Unreadable:
    try:
        paper = open_document(data, name)
    except Unreadable as refusal:
        return refusal
    raise AssertionError(f"read: {paper.text[:80]!r}")
