"""The labelled documents: where they lie, their text, their language and format.

For plain text the text is the decoded file, and labels can be checked without the engine; for
every other format it is what reading prints, cell by cell, so the readers are loaded for these.
"""

import importlib
from collections.abc import Sequence
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
LABELLED = CHECKOUT / "tests" / "reading" / "labelled"
SETS = ("seen", "held_out")
HANDS = ("a", "b", "resolved")
_ENDINGS = frozenset({".txt", ".md", ".html", ".htm", ".docx", ".xlsx", ".xls", ".ods", ".pdf"})


def documents(folder: Path) -> list[Path]:
    """Return the documents of a set, sorted by name."""
    return sorted(path for path in folder.glob("*.*") if path.suffix.lower() in _ENDINGS)


def draft_path(document: Path, hand: str) -> Path:
    """Return where the labels of one hand for a document lie."""
    return document.parent / hand / f"{document.name}.jsonl"


def language(document: Path) -> str:
    """Return ``en`` for names like ``plan.en.txt``, else ``vi``."""
    return "en" if ".en." in document.name else "vi"


def form(document: Path) -> str:
    """Return the format of a document: txt, docx, html, xlsx, pdf."""
    return document.suffix.lower().lstrip(".")


def text_of(document: Path) -> str | None:
    """Return the text that spans refer to, or None where no reader gives one."""
    if document.suffix.lower() == ".txt":
        return document.read_bytes().decode("utf-8-sig")
    try:
        readers = importlib.import_module("lotrinh.reading.readers")
    except ImportError as reason:
        print(f"{document.name}: no text, the engine cannot be loaded ({reason})")
        return None
    try:
        return str(readers.open_document(document.read_bytes(), document.name).text)
    except readers.Unreadable as reason:
        print(f"{document.name}: no text ({reason})")
        return None


def named(folder: Path, names: Sequence[str]) -> list[Path]:
    """Return the documents with these names (a path or a draft's name will do), or all.

    Raises FileNotFoundError with the name that is in no such set.
    """
    there = {path.name: path for path in documents(folder)}
    if not names:
        return list(there.values())
    chosen = []
    for name in names:
        bare = Path(name).name.removesuffix(".jsonl")
        if bare not in there:
            raise FileNotFoundError(f"{bare} is no document of {folder.name}")
        chosen.append(there[bare])
    return chosen
