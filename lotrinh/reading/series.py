"""Short forms completed: "exactly one candidate or none".

A short form in a list takes the body that the end of the list names. Then each is completed from
a full number of the same kind and sequence in the same text, if there is exactly one that it can
mean, and a resolution of the National Assembly also from its year, which fixes the legislature.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from lotrinh.reading.citations import Reference, composed_number
from lotrinh.reading.text import Source

_JOINT = re.compile(r"\s*(?:,|;|va|and|&|,\s*(?:va|and))\s*(?:cac\s+)?")
# The legislatures that sat through whole years: a year of change stays open.
_LEGISLATURES = {
    **dict.fromkeys(range(2012, 2016), 13),
    **dict.fromkeys(range(2017, 2021), 14),
    **dict.fromkeys(range(2022, 2026), 15),
    **dict.fromkeys(range(2027, 2031), 16),
}


def complete(source: Source, found: Sequence[Reference]) -> list[Reference]:
    """Return the references, each short form with the full number that it can only mean."""
    _share_bodies(source, found)
    full: dict[tuple[int, str | None], list[Reference]] = {}
    for reference in found:
        if reference.rule == "citation.full":
            full.setdefault(_place_in_series(reference), []).append(reference)
    for reference in found:
        if reference.rule == "citation.short" or _lost_its_year(reference):
            _complete_one(reference, full.get(_place_in_series(reference), []))
        if reference.rule == "citation.short" and reference.suffix == "QH":
            _add_legislature(reference)
    return [one for one in found if not one.tentative or one.number != one.seq]


def _share_bodies(source: Source, found: Sequence[Reference]) -> None:
    """Hand the body at the end of a list to the short forms before it."""
    for first, second in reversed(list(pairwise(found))):
        if first.rule != "citation.short" or first.suffix is not None or second.suffix is None:
            continue
        gap = source.folded[first.end : second.start]
        if first.type == second.type and _JOINT.fullmatch(gap):
            first.suffix, first.issuer = second.suffix, second.issuer
            if first.year is None:
                first.number = composed_number(first.seq, first.type or "", first.suffix)


def _complete_one(reference: Reference, candidates: Sequence[Reference]) -> None:
    meant = {
        other.number: other
        for other in candidates
        if other is not reference
        and _same_body(other.suffix, reference.suffix)
        and (reference.year is None or reference.year == other.year)
        and (not _lost_its_year(reference) or other.year is not None)
    }
    if len(meant) == 1:
        other = next(iter(meant.values()))
        reference.number, reference.suffix = other.number, other.suffix
        reference.issuer = reference.issuer or other.issuer


def _lost_its_year(reference: Reference) -> bool:
    """Tell "88/NĐ-CP": a decree always has a year in its number."""
    return reference.rule == "citation.full" and reference.type == "NĐ" and not reference.year


def _add_legislature(reference: Reference) -> None:
    if reference.year is None or "QH1" in reference.number:
        return
    legislature = _LEGISLATURES.get(int(reference.year))
    if legislature is not None:
        reference.suffix = f"QH{legislature}"
        reference.number = f"{reference.seq}/{reference.year}/{reference.suffix}"


def _place_in_series(reference: Reference) -> tuple[int, str | None]:
    return int(re.sub(r"\D", "", reference.seq)), reference.type


def _same_body(full: str | None, short: str | None) -> bool:
    return short is None or (
        full is not None and re.sub(r"\d", "", full) == re.sub(r"\d", "", short)
    )
