"""Dates and bodies that belong to the number of a document.

A date and a body right behind a number belong to it; "This directive, issued on ..." gives its
date to the last directive named, and "on May 16 ... adopted Resolution ..." to the next one.
"""

import re
from collections.abc import Sequence

from lotrinh.reading.agencies import Body
from lotrinh.reading.citations import TYPE_WORDS, Reference
from lotrinh.reading.dates import When
from lotrinh.reading.order import Ordered
from lotrinh.reading.text import Source, fold

_DATE_LINK = re.compile(
    r"(?:\s*(?:cua|of(?: the)?|by(?: the)?|do)\s+[^.;:\d\"]{2,80}?)?\s*[,(]?\s*"
    r"(?:was\s+)?(?:issued\s+)?"
    r"(?:dated|ngay|on|of|ky ngay|ban hanh ngay|issued on)?\s*$"
)
_ISSUED_NEAR = re.compile(
    r"(?<!\w)(?:issued|promulgated|ban hanh|dated|ky ban hanh|da ky)\s*(?:on|ngay)?\s*$"
)
_ADOPTS = re.compile(
    r"[^.;\d]{0,60}(?<!\w)"
    r"(?:ban hanh|da ky|da co|co|issued|promulgated|adopted|signed|approved|passed)\s+(?:the\s+)?"
)
_LAW = re.compile(r"(?<!\w)(luat|bo luat|phap lenh|hien phap|law on|law|ordinance)\s[^;:.\d]*$")
_LAW_AHEAD = re.compile(r"\s(?:Law|Code|Ordinance|Constitution)\b")
_TITLE_REACH = 140
_BODY_LINK = re.compile(r"\s*[,)]?\s*(?:cua|of|by|do|from)\s+(?:the\s+)?$")
_THIS = re.compile(
    r"(?<!\w)this (directive|resolution|decision|plan|programme|program|conclusion|regulation)\b"
)
_REACH = 90


def attach_dates(source: Source, references: Sequence[Reference], dates: Sequence[When]) -> None:
    """Give each number the date behind it; such dates, and those of laws, are days of issue."""
    ordered = Ordered(references)
    for when in dates:
        if when.precision != "day":
            if when.precision == "year":
                _attach_year(source, ordered, when)
            continue
        owner = ordered.last_before(when.start)
        if owner is not None and owner.end <= when.start and _owns(source, owner, when):
            owner.date = owner.date or when.iso
            when.role = "issued"
        elif _ISSUED_NEAR.search(source.folded, max(0, when.start - 24), when.start):
            when.role = "issued"
            _attach_by_anaphor(source, references, when)
        elif when.role != "deadline":
            _attach_ahead(source, ordered, when)


def _owns(source: Source, owner: Reference, when: When) -> bool:
    gap = source.folded[owner.end : when.start]
    if "\n" in gap and source.composed[when.start].isupper():
        return False  # a paragraph of its own
    return len(gap) <= _REACH and _DATE_LINK.fullmatch(gap) is not None


def _attach_ahead(source: Source, references: Ordered[Reference], when: When) -> None:
    """Read "on May 16 the Government adopted Resolution ..." and "Law ... ngày 19/6/2015"."""
    for reference in references.within(when.end, when.end + _REACH):
        if _ADOPTS.fullmatch(source.folded, when.end, reference.start):
            reference.date = reference.date or when.iso
            when.role = "issued"
            return
    low = max(0, when.start - _TITLE_REACH)
    law = _LAW.search(source.folded, low, when.start)
    ahead = _LAW_AHEAD.match(source.composed, when.end)
    if (law is not None and source.composed[law.start(1)].isupper()) or ahead is not None:
        when.role = "issued"


def _attach_year(source: Source, references: Ordered[Reference], when: When) -> None:
    """Complete "Nghị định 30 năm 2020", whose year is a part of its number."""
    owner = references.last_before(when.start)
    if owner is None or owner.rule != "citation.short" or owner.type != "NĐ":
        return
    if (
        source.folded[owner.end : when.start].strip() in {"", "/", "of"}
        and owner.number == owner.seq
    ):
        owner.number, owner.suffix = f"{owner.seq}/{when.iso}/NĐ-CP", "CP"


def _attach_by_anaphor(source: Source, references: Sequence[Reference], when: When) -> None:
    low = max(0, when.start - 60)
    match = _THIS.search(source.folded[low : when.start])
    if match is None:
        return
    word = TYPE_WORDS.at(source, low + match.start(1))
    for reference in reversed(references):
        if word and reference.start < when.start and reference.type == word[1]:
            reference.date = reference.date or when.iso
            when.role = "issued"
            return


def attach_issuers(source: Source, references: Sequence[Reference], bodies: Sequence[Body]) -> None:
    """Give each number the body that the text names as its issuer."""
    ordered = Ordered(bodies)
    for reference in references:
        for body in ordered.within(reference.end, reference.end + _REACH):
            gap = source.folded[reference.end : body.start]
            if _BODY_LINK.fullmatch(gap) or _dated_link(gap):
                reference.issuer = " ".join(source.composed[body.start : body.end].split())
                settle_suffix(reference, reference.issuer)
            break


def settle_suffix(reference: Reference, issuer: str | None) -> None:
    """Read "13-NQ/TƯ của Tỉnh ủy" as the province's own: the mark on the U is a slip."""
    if reference.unsure and _OWN_COMMITTEE.match(fold(issuer or "")):
        reference.number = reference.number.removesuffix("TW") + "TU"
        reference.suffix, reference.unsure = "TU", False


_OWN_COMMITTEE = re.compile(r"(?:ban thuong vu |ban chap hanh )?(?:tinh uy|thanh uy|dang bo tinh)")
_DATED = re.compile(
    r"\s*[,(]?\s*(?:dated|ngay|on|of)?\s*[\w\s/.-]{0,24},?(?:\s*\d{4})?,?\)?\s*(?:cua|of|by|do)\s+(?:the\s+)?"
)


def _dated_link(gap: str) -> bool:
    return any(letter.isdigit() for letter in gap) and _DATED.fullmatch(gap) is not None
