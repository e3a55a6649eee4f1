"""Gains and losses against the last release, label by label, on the seen set.

A label is known by its document, kind and words and by which of several alike it is, not by its
offsets: these move when a reader prints a table in another way.
"""

import hashlib
import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import schema
from .drafts import Mark
from .scores import KINDS, DocumentScore, total

Outcome = Mapping[str, Any]
_MARGIN = 0.01  # a floor lies this far below the figure of the release
_LENGTH = 12  # hexadecimal digits of an identity: enough for some ten thousand labels


@dataclass
class Change:
    """What changed in one kind. Labels that only one of both releases knows are in neither."""

    gained: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    false_before: int = 0
    false_now: int = 0


def outcome(scores: Sequence[DocumentScore], engine: str) -> Outcome:
    """Return what of every document was found, in the form that is kept with a release."""
    return {
        "engine": engine,
        "floors": floors(scores),
        "documents": {one.name: _document(one) for one in scores},
    }


def floors(scores: Sequence[DocumentScore]) -> dict[str, float]:
    """Return for each kind the F1 that later readings of the same set must not fall below."""
    figures = {kind: total(scores, kind).f1 for kind in KINDS}
    return {
        kind: max(0.0, math.floor((figure - _MARGIN) * 100) / 100)
        for kind, figure in figures.items()
        if figure is not None
    }


def fallen(before: Outcome, scores: Sequence[DocumentScore]) -> list[str]:
    """Return the kinds that are read worse than the kept release lets them, with both figures.

    Only documents that the release knew count: new ones bring no floor with them.
    """
    known = [one for one in scores if one.name in before["documents"]]
    now = {kind: total(known, kind).f1 for kind in KINDS}
    return [
        f"{kind}: {now[kind]} < {floor}"
        for kind, floor in before["floors"].items()
        if (now[kind] or 0.0) < floor
    ]


def _document(one: DocumentScore) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for kind in schema.FIELDS:
        hits, missed = identities(one, kind)
        if hits or missed or one.counts[kind].false:
            kept[kind] = {
                "hits": sorted(hits),
                "missed": sorted(missed),
                "false": one.counts[kind].false,
            }
    return kept


def identities(one: DocumentScore, kind: str) -> tuple[dict[str, Mark], dict[str, Mark]]:
    """Return the labels of a kind, those found and those missed, by identity."""
    matched = one.matched[kind]
    found = {id(label) for label, _ in matched.hits}
    labels = sorted(
        [label for label, _ in matched.hits] + list(matched.missed),
        key=lambda mark: (mark.start, mark.end, mark.ident()),
    )
    seen: Counter[str] = Counter()
    hits: dict[str, Mark] = {}
    missed: dict[str, Mark] = {}
    for label in labels:
        words = f"{kind} {' '.join(label.text.split())}"
        seen[words] += 1
        digest = hashlib.sha256(f"{words} {seen[words]}".encode()).hexdigest()[:_LENGTH]
        (hits if id(label) in found else missed)[digest] = label
    return hits, missed


def changes(before: Outcome, scores: Sequence[DocumentScore]) -> dict[str, Change]:
    """Return what changed kind by kind since the kept release."""
    found = {kind: Change() for kind in schema.FIELDS}
    for one in scores:
        old = before["documents"].get(one.name)
        for kind, change in found.items() if old is not None else ():
            then = old.get(kind, {"hits": [], "missed": [], "false": 0})
            hits, missed = identities(one, kind)
            change.gained += [_said(one, hits[name]) for name in hits.keys() & set(then["missed"])]
            change.lost += [_said(one, missed[name]) for name in missed.keys() & set(then["hits"])]
            change.false_before += then["false"]
            change.false_now += one.counts[kind].false
    return found


def _said(one: DocumentScore, label: Mark) -> str:
    return f"{one.name}: {' '.join(label.text.split())}"


def release_path(labelled: Path) -> Path:
    """Return where the outcome of the last release is kept."""
    return labelled / "last_release.json"


def load(labelled: Path) -> Outcome | None:
    """Return the outcome of the last release, None before the first."""
    path = release_path(labelled)
    kept: Outcome | None = json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
    return kept


def save(labelled: Path, kept: Outcome) -> None:
    """Keep an outcome as that of the last release."""
    written = json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True)
    release_path(labelled).write_text(f"{written}\n", encoding="utf-8")
