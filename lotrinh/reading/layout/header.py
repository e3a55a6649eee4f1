"""What a text is: a directing document with its number, or a report of the press."""

import re
from collections.abc import Sequence
from typing import Literal

from lotrinh.reading.agencies import HEADS
from lotrinh.reading.citations import TYPE_WORDS, Reference
from lotrinh.reading.dates import When
from lotrinh.reading.facts import Clause, Header
from lotrinh.reading.grammar import lexicon
from lotrinh.reading.text import Source, fold

_STRUCTURE = lexicon("structure")
_BLOCK = 2200  # characters in which the block of number, place and title stands
_NUMBER_LINE = re.compile(r"(?:so|no\.?)\s?:?\s*$")
_PLACE_LINE = re.compile(r"(?:^|\n|\s{3,})[^\n]{2,40},\s*(?:ngay|date|on)?\s*$")
_TITLE_LINES = 4
_PARTY_SUFFIXES = frozenset(lexicon("documents")["suffixes"]["party"])


def read_header(
    source: Source,
    clauses: Sequence[Clause],
    references: Sequence[Reference],
    dates: Sequence[When],
    vietnamese: bool,
) -> Header:
    """Return what the text says about itself in its first lines."""
    language: Literal["vi", "en"] = "vi" if vietnamese else "en"
    head = source.folded[:_BLOCK]
    national = any(mark in head for mark in _STRUCTURE["national"])
    party = any(mark in head for mark in _STRUCTURE["party"])
    own = _own_number(source, references, national or party)
    title = _title(source, clauses, own)
    if own is None and title is None and not (national or party):
        first = next((c for c in clauses if c.kind != "boilerplate"), None)
        words = source.composed[first.start : first.end].strip() if first else None
        press_title = words if first and first.kind == "heading" else None
        return Header("press", None, None, None, None, press_title, language)
    system: Literal["party", "state"] = (
        "party" if party or _is_party(own) or (not national and _of_party(title)) else "state"
    )
    code = own.type if own is not None else (title[0] if title else None)
    return Header(
        system,
        code,
        own.number if own else None,
        _issuer(source, clauses, own),
        _issued(source, dates),
        title[1] if title else None,
        language,
    )


def _own_number(source: Source, references: Sequence[Reference], formal: bool) -> Reference | None:
    """Return the number that stands on a line of its own behind "Số" in the first lines."""
    for reference in references:
        if reference.start > _BLOCK:
            return None
        line = source.folded.rfind("\n", 0, reference.own_start) + 1
        before = source.folded[line : reference.own_start]
        opens = _NUMBER_LINE.search(before)
        if opens and (formal or not before[: opens.start()].strip()) and len(before) < 60:
            words = before[: opens.start()].strip()
            if not words or (formal and not TYPE_WORDS.before(source, line + opens.start())):
                return reference
    return None


def _is_party(own: Reference | None) -> bool:
    return own is not None and (own.suffix or "").split("-")[0] in _PARTY_SUFFIXES


def _of_party(title: tuple[str, str | None] | None) -> bool:
    """A title that speaks of a Party committee, in a text without the State's heading."""
    words = fold(title[1] or "") if title else ""
    return any(body in words for body in _STRUCTURE["party_bodies"])


def _title(
    source: Source, clauses: Sequence[Clause], own: Reference | None
) -> tuple[str, str | None] | None:
    """Return the kind and the title below a line that is nothing but the kind, in capitals."""
    for place, clause in enumerate(clauses[:40]):
        kind = TYPE_WORDS.at(source, clause.start)
        line = source.composed[clause.start : clause.end].strip(" *:")
        if kind is None or not line.isupper():
            continue
        if kind[0] < clause.end and len(line) > kind[0] - clause.start + 3:
            return kind[1], " ".join(line[kind[0] - clause.start :].split())
        lines: list[str] = []
        for below in clauses[place + 1 : place + 1 + _TITLE_LINES]:
            written = source.composed[below.start : below.end].strip()
            if below.kind not in {"heading", "paragraph"} or below.label:
                break
            if written.endswith((".", ":", ";")):
                break
            lines.append(" ".join(written.split()))
            if below.end - below.start > 40:
                break
        return kind[1], " ".join(lines) or None
    return None


def _issuer(source: Source, clauses: Sequence[Clause], own: Reference | None) -> str | None:
    """Return the last body named in capitals above the number, over all its lines."""
    limit = own.start if own is not None else _BLOCK
    lines: list[str] = []
    for clause in clauses:
        if clause.start >= limit:
            break
        written = source.composed[clause.start : clause.end].strip(" *")
        if clause.kind != "heading" or not written.isupper():
            continue
        if TYPE_WORDS.at(source, clause.start) is not None:
            break
        if HEADS.at(source, clause.start) is not None:
            lines = []
        elif not lines:
            continue
        lines.append(" ".join(written.split()))
    return " ".join(lines) or None


def _issued(source: Source, dates: Sequence[When]) -> str | None:
    """Return the date of the line of place and date ("Hà Nội, ngày 14 tháng 8 năm 2023")."""
    for when in dates:
        if when.start > _BLOCK:
            return None
        line = source.folded.rfind("\n", 0, when.start) + 1
        rest = source.folded[when.end : source.folded.find("\n", when.end)]
        before = source.folded[line : when.start]
        if (
            when.precision == "day"
            and not rest.strip()
            and re.search(r"\w,?\s*$", before)
            and len(before) < 120
            and "can cu" not in before
        ):
            when.role = "issued"
            return when.iso
    return None
