"""Reading the labelled documents and comparing them with their resolved labels."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from lotrinh.reading import Fact, Paper, read_paper
from lotrinh.reading.readers import Unreadable, open_document

from . import drafts, papers
from .drafts import Mark
from .scores import Count, DocumentScore, score


class BadLabels(Exception):
    """The labels of a document cannot be used: `tools/labels.py check` says why."""


def score_documents(documents: Sequence[Path]) -> Iterator[DocumentScore]:
    """Yield the outcome for each document that has resolved labels. Raises BadLabels."""
    for document in documents:
        path = papers.draft_path(document, "resolved")
        if path.exists():
            yield score_document(document, path)


def score_document(document: Path, labels: Path) -> DocumentScore:
    """Read one document and compare it with one label file.

    Quotes that are not in the text are a fault of the labels in plain text; in any other format
    the reader did not print these words, and they count as missed. So do all labels of a document
    that cannot be read.
    """
    paper = opened(document)
    draft = drafts.parse(labels.read_text(encoding="utf-8"))
    placed = drafts.place(draft, paper.text)
    sure = papers.form(document) == "txt" and paper.text
    if draft.problems or (sure and placed.problems):
        raise BadLabels(document.name)
    found = [mark_of(fact) for fact in read_paper(paper).facts]
    matched, counts, fields = score(placed.marks, found, filled_cells(paper))
    for kind, lost in placed.lost.items():
        counts[kind] += Count(missed=lost)
    return DocumentScore(
        document.name,
        papers.language(document),
        papers.form(document),
        counts,
        fields,
        matched,
        placed.lost.total(),
    )


def opened(document: Path) -> Paper:
    """Return what the reader of its format makes of a document; nothing where it refuses."""
    try:
        return open_document(document.read_bytes(), document.name)
    except Unreadable:
        return Paper("")


def filled_cells(paper: Paper) -> list[tuple[int, int]]:
    """Return the spans of all cells with text in them."""
    return [(cell.start, cell.end) for cell in paper.cells() if cell.start < cell.end]


def mark_of(fact: Fact) -> Mark:
    """Return a found fact in the form of a label: only the fields that say something."""
    said = {name: value for name, value in fact.fields().items() if value not in (None, [], False)}
    return Mark(fact.kind, fact.start, fact.end, fact.text, said)
