"""How far two labellings of the same documents agree, and what is left to settle."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from . import drafts, papers, schema
from .drafts import Mark
from .matching import Matched, match
from .scores import FIELD_CHECKS


@dataclass
class Agreement:
    """Counts of one kind over all documents labelled twice."""

    both: int = 0
    only_a: int = 0
    only_b: int = 0
    same_fields: int = 0

    @property
    def rate(self) -> float:
        """F1 of one hand against the other; 1 where neither found anything."""
        marked = 2 * self.both + self.only_a + self.only_b
        return 2 * self.both / marked if marked else 1.0


@dataclass
class Twice:
    """One document labelled by both hands."""

    document: Path
    text: str
    a: list[Mark]
    b: list[Mark]
    matched: Mapping[str, Matched] = field(init=False)

    def __post_init__(self) -> None:
        self.matched = {kind: match(kind, self.a, self.b) for kind in schema.FIELDS}


def labelled_twice(documents: Sequence[Path]) -> Iterator[Twice]:
    """Yield the documents for which both drafts exist and a text can be read."""
    for document in documents:
        paths = [papers.draft_path(document, hand) for hand in ("a", "b")]
        text = papers.text_of(document) if all(path.exists() for path in paths) else None
        if text is not None:
            a, b = (drafts.place(drafts.parse(path.read_text()), text).marks for path in paths)
            yield Twice(document, text, a, b)


def agreements(twice: Sequence[Twice]) -> dict[str, Agreement]:
    """Return the counts of every kind."""
    counts = {kind: Agreement() for kind in schema.FIELDS}
    for document in twice:
        for kind, matched in document.matched.items():
            count = counts[kind]
            count.both += len(matched.hits)
            count.only_a += len(matched.missed)
            count.only_b += len(matched.false)
            count.same_fields += sum(not differing(a, b) for a, b in matched.hits)
    return counts


def differing(a: Mark, b: Mark) -> list[str]:
    """Return the fields in which two labels of the same fact differ."""
    checks = FIELD_CHECKS[a.kind]
    right = {check.field: check.right for check in checks}  # the exact one stands last
    stated = [name for name in right if name in a.fields or name in b.fields]
    return [name for name in stated if not right[name](a, b)]


def merged(document: Twice) -> str:
    """Return a draft of the resolved labels: what both say, and what differs as comments.

    Whoever resolves takes away the ``# `` before the right line, or writes a third one.
    """
    settled: list[tuple[tuple[int, int], list[str]]] = []
    for matched in document.matched.values():
        for a, b in matched.hits:
            if names := differing(a, b):
                lines = [f"# {', '.join(names)} differ", *_open(document, a=a, b=b)]
            else:
                lines = [_line(a, document.text)]
            settled.append((_place(a), lines))
        settled += [(_place(a), ["# only a", *_open(document, a=a)]) for a in matched.missed]
        settled += [(_place(b), ["# only b", *_open(document, b=b)]) for b in matched.false]
    settled += [(_place(mark), [_line(mark, document.text)]) for mark in _unmatched(document)]
    settled.sort(key=lambda group: group[0])
    return "".join(f"{line}\n" for _, lines in settled for line in lines)


def _place(mark: Mark) -> tuple[int, int]:
    return mark.start, mark.end


def _unmatched(document: Twice) -> Iterator[Mark]:
    """Yield what one hand calls optional: kept unless the other hand's label stands for it."""
    kept: set[str] = set()
    for mark in (*document.a, *document.b):
        if mark.optional and mark.ident() not in kept:
            kept.add(mark.ident())
            yield mark


def _open(document: Twice, **hands: Mark) -> Iterator[str]:
    return (f"# {hand}: {_line(mark, document.text)}" for hand, mark in hands.items())


def _line(mark: Mark, text: str) -> str:
    return json.dumps(drafts.entry_of(mark, text), ensure_ascii=False)
