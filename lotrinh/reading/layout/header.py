"""What a text is: a directing document with its number, or a report of the press."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from lotrinh.reading.agencies import HEADS, names_english_body
from lotrinh.reading.citations import TYPE_WORDS, Reference
from lotrinh.reading.dates import When
from lotrinh.reading.facts import Clause, Header
from lotrinh.reading.grammar import lexicon
from lotrinh.reading.resolve import settle_suffix
from lotrinh.reading.text import CAPITAL, Source, fold

_STRUCTURE = lexicon("structure")
_BLOCK = 2200  # characters in which the block of number, place and title stands
_NUMBER_LINE = re.compile(r"(?:so|no\.?)\s?:?\s*$")
_PLACE_LINE = re.compile(r"(?:^|\n|\s{3,})[^\n]{2,40},\s*(?:ngay|date|on)?\s*$")
_PUBLISHED = re.compile(
    r"(?:[\W\d]|thu (?:hai|ba|tu|nam|sau|bay|\d)|chu nhat|ngay|cap nhat|dang luc"
    r"|luc|gio|gmt|am|pm|sa|ch|ict|update|(?:mon|tues|wednes|thurs|fri|satur|sun)day|updated|published|posted|on|at){0,30}"
)
_BYLINE = 700  # characters: the day of a report stands above it
_TELLING = (  # words that open a sentence or a deadline, not the name of a column
    r"(?:Sáng|Chiều|Trưa|Tối|Ngày|Từ|Trước|Đến|Hết|Sau|Hạn|Trong|Vào"
    r"|On|From|By|Before|After|Until|Due|In)\b"
)
_AGENCY = re.compile(r"\s*[A-Z]{2,6} [-\u2013|] ")  # "VHO - 16:05, 09/02/2025"
_LETTER = re.compile(rf"\s*{CAPITAL}[^\n.;:\d]{{1,30}},[ ]*")  # "Phố Cây, ngày ..." that closes
_NEWSPAPER = re.compile(  # "Người Lao Động 26/01/2025", "Thời sự 25-03-2024"
    rf"[ \t]*(?:{CAPITAL}\w+(?:[ -]?{CAPITAL}\w*){{1,11}}"
    rf"|(?!{_TELLING}){CAPITAL}\w+(?: \w+){{0,3}})[ \t]*"
)
_TITLE_LINES = 4
_OFFICES = tuple(_STRUCTURE["offices"])  # a person's office that issues documents by itself
_PARTY_SUFFIXES = frozenset(lexicon("documents")["suffixes"]["party"])


@dataclass(frozen=True, slots=True)
class Title:
    """The kind of a document and its title, with the clauses in which the title stands."""

    type: str
    words: str | None
    places: tuple[int, ...]


def as_headings(clauses: Sequence[Clause], title: Title | None) -> tuple[Clause, ...]:
    """Return the clauses with every line of the title marked as a heading: it orders nothing."""
    places = set(title.places) if title else set()
    return tuple(
        replace(clause, kind="heading") if place in places else clause
        for place, clause in enumerate(clauses)
    )


def read_header(
    source: Source,
    clauses: Sequence[Clause],
    title: Title | None,
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
    if own is None and title is None and not (national or party):
        first = next((c for c in clauses if c.kind != "boilerplate"), None)
        words = source.composed[first.start : first.end].strip() if first else None
        press_title = words if first and first.kind == "heading" else None
        _mark_published(source, dates)
        return Header("press", None, None, None, None, press_title, language)
    system: Literal["party", "state"] = (
        "party" if party or _is_party(own) or (not national and _of_party(title)) else "state"
    )
    code = own.type if own is not None else (title.type if title else None)
    issuer = _issuer(source, clauses, own)
    if own is not None:
        settle_suffix(own, issuer)
    return Header(
        system,
        code,
        own.number if own else None,
        issuer,
        issue_day(source, dates),
        title.words if title else None,
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


def _of_party(title: Title | None) -> bool:
    """A title that speaks of a Party committee, in a text without the State's heading."""
    words = fold(title.words or "") if title else ""
    return any(body in words for body in _STRUCTURE["party_bodies"])


def find_title(source: Source, clauses: Sequence[Clause]) -> Title | None:
    """Return the kind and the title below a line that is nothing but the kind, in capitals."""
    for place, clause in enumerate(clauses[:40]):
        kind = TYPE_WORDS.at(source, clause.start)
        line = source.composed[clause.start : clause.end].strip(" *:")
        if kind is None or not line.isupper():
            continue
        if kind[0] < clause.end and len(line) > kind[0] - clause.start + 3:
            words = " ".join(line[kind[0] - clause.start :].split())
            return Title(kind[1], words, (place,))
        below = _title_lines(source, clauses, place)
        lines = [" ".join(source.composed[c.start : c.end].split()) for c in below]
        places = tuple(range(place, place + 1 + len(below)))
        return Title(kind[1], " ".join(lines) or None, places)
    return None


def _title_lines(source: Source, clauses: Sequence[Clause], place: int) -> list[Clause]:
    """Return what stands right below the line of the kind, up to a rule, a label or a full stop."""
    lines: list[Clause] = []
    for below in clauses[place + 1 : place + 1 + _TITLE_LINES]:
        written = source.composed[below.start : below.end].strip()
        touching = not lines and below.kind == "preamble"  # "Thực hiện Nghị quyết ..."
        if below.label or not (touching or below.kind in {"heading", "paragraph"}):
            break
        if written.endswith((".", ":", ";", ",")):
            break
        lines.append(below)
        if below.end - below.start > 40:
            break
    return lines


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
        folded = source.folded[clause.start : clause.end]
        if HEADS.at(source, clause.start) is not None or (
            folded.startswith(_OFFICES) or names_english_body(folded)
        ):
            lines = []
        elif not lines:
            continue
        lines.append(" ".join(written.split()))
    return " ".join(lines) or None


def _mark_published(source: Source, dates: Sequence[When]) -> None:
    """Note the day on which a report appeared, alone on its line but for a weekday and a time."""
    for when in dates:
        alone = len(source.folded) < _TITLE_LINES * 50
        if alone or when.precision != "day" or "XXXX" in when.iso:
            continue
        start = source.folded.rfind("\n", 0, when.start) + 1
        end = source.folded.find("\n", when.end)
        rest = (
            source.folded[start : when.start] + source.folded[when.end : end if end >= 0 else None]
        )
        newspaper = (
            when.start < _BYLINE
            and end == when.end
            and _NEWSPAPER.fullmatch(source.composed, start, when.start)
        )
        agency = _AGENCY.match(source.composed, start, when.start)
        rest = rest[agency.end() - start :] if agency else rest.partition(" | ")[0]
        closes = end in {when.end, -1} and _LETTER.fullmatch(source.composed, start, when.start)
        if newspaper or closes or _PUBLISHED.fullmatch(rest):
            when.role = "issued"


def issue_day(source: Source, dates: Sequence[When]) -> str | None:
    """Return the date of the line of place and date ("Hà Nội, ngày 14 tháng 8 năm 2023")."""
    for when in dates:
        if when.start > _BLOCK:
            return None
        line = source.folded.rfind("\n", 0, when.start) + 1
        rest = source.folded[when.end : source.folded.find("\n", when.end)]
        before = source.folded[line : when.start]
        if (
            when.precision == "day"
            and not rest.strip(" |*_")
            and re.search(r"\w,?\s*$", before)
            and len(before) < 120
            and "can cu" not in before
        ):
            when.role = "issued"
            return when.iso
    return None
