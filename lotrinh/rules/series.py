"""Series of numbers: where they begin again, what is missing in one, whose suffix a number bears.

Party numbers run through a term of the committee, State numbers through a calendar year, each by
type and issuer. So one number string is many documents, and the period tells them apart.
Source: 05-HD/VPTW of 2026 (before it 36-HD/VPTW of 2018); Decree 30/2020/NĐ-CP, Annex III.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

_PARTY = re.compile(r"^(\d+)([a-zđ]?)-([^\W\d_]+)/(.+)$", re.IGNORECASE)
_STATE = re.compile(r"^(\d+)([a-zđ]?)/(?:(\d{4})/)?(?:([^\W\d_]+)-)?(.+)$", re.IGNORECASE)
_ORDER = re.compile(r"\d{1,5}[a-zđ]?\s*([-–—/])\s*(?:\d{4}\s*/\s*)?[^\W\d_]{1,6}\s*([-–—/])")


@dataclass(frozen=True, slots=True)
class Term:
    """A term of office between two congresses.

    ``begins_on`` is the day after the congress before it closed, ``ends_on`` the day on which its
    own closes; either is None while nobody has entered it. ``begun_by`` is a day on which it had
    certainly begun, as a document of the term bears it.
    """

    code: str
    begins_on: date | None = None
    ends_on: date | None = None
    begun_by: date | None = None

    @property
    def surely_from(self) -> date | None:
        """The first day of which it is certain that the term had begun."""
        return self.begins_on or self.begun_by


def term_on(terms: Sequence[Term], day: date) -> Term | None:
    """Return the term in which the day certainly lies; ``terms`` stand in their order.

    Between what is known of two terms no day belongs to either.

    >>> later = Term("XIV", begun_by=date(2026, 1, 23))
    >>> term_on([Term("XIII"), later], date(2026, 3, 1)) is later
    True
    >>> term_on([Term("XIII"), later], date(2025, 3, 1)) is None
    True
    """
    for place, term in reversed(list(enumerate(terms))):
        if term.surely_from is None or term.surely_from > day:
            continue
        if term.ends_on is not None:
            return term if day <= term.ends_on else None
        following = terms[place + 1] if place + 1 < len(terms) else None
        if following is None or (following.begins_on is not None and day < following.begins_on):
            return term
        return None
    return None


def count_of(number: str) -> int | None:
    """Return the running count of a canonical number; None where it begins with none.

    >>> count_of("30-CTr/TU"), count_of("2074a/QĐ-TTTT"), count_of("")
    (30, 2074, None)
    """
    found = re.match(r"\d+", number)
    return int(found.group()) if found else None


def type_printed(number: str) -> str:
    """Return the code of the type that a canonical number prints; empty where it prints none.

    >>> type_printed("45-NQ/TW"), type_printed("59/2019/NĐ-CP"), type_printed("98/2023/QH15")
    ('NQ', 'NĐ', '')
    """
    party = _PARTY.match(number)
    if party:
        return party[3]
    state = _STATE.match(number)
    first = (state[4] or "") if state else ""
    return "" if len(first) > 3 and first.isupper() else first


def suffix_of(number: str) -> str:
    """Return the part of a canonical number that stands for its issuer.

    >>> suffix_of("45-NQ/TW"), suffix_of("59/2019/NĐ-CP"), suffix_of("98/2023/QH15")
    ('TW', 'CP', 'QH15')
    >>> suffix_of("1888/UBND-TKBT"), suffix_of("728/TTr-VNC"), suffix_of("")
    ('UBND', 'VNC', '')
    """
    party = _PARTY.match(number)
    if party:
        return party[4].partition("-")[0]
    state = _STATE.match(number)
    if state is None:
        return ""
    first, rest = state[4] or "", state[5]
    is_letter = len(first) > 3 and first.isupper()  # "1888/UBND-TKBT" bears no type
    return first if is_letter else rest.partition("-")[0]


LONGEST_GAP = 9
"""The longest run that is a gap: a register that misses more does not hold the series."""


def missing_between(counts: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Return the runs of counts that are missing between known ones, ends included.

    >>> missing_between([30, 33, 34, 36])
    ((31, 32), (35, 35))
    """
    known = sorted(set(counts))
    return tuple((left + 1, right - 1) for left, right in pairwise(known) if right - left > 1)


def missing_beside(counts: Iterable[int], own: int) -> tuple[tuple[int, int], ...]:
    """Return the gaps that touch ``own``: the one before it and the one behind it.

    >>> missing_beside([1, 30, 33, 40], 30)
    ((31, 32),)
    """
    return tuple(
        (first, last)
        for first, last in missing_between([*counts, own])
        if (last == own - 1 or first == own + 1) and last - first < LONGEST_GAP
    )


class Fault(StrEnum):
    """What is unusual about a document as it was issued; a warning and never a refusal."""

    SAME_NUMBER = "same_number"
    GAP = "gap"
    MIXED_ORDER = "mixed_order"
    TYPE_NOT_OF_ISSUER = "type_not_of_issuer"
    TYPE_NOT_IN_FORCE = "type_not_in_force"
    NOT_ISSUER_NOR_SUPERIOR = "not_issuer_nor_superior"


def is_mixed(printed: str, system: str) -> bool:
    """Say whether a printed number follows the order of parts of the other system.

    >>> is_mixed("06/Ctr-TU", "party"), is_mixed("102-KH/UBND", "state")
    (True, True)
    >>> is_mixed("30-CTr/TU", "party"), is_mixed("59/2019/NĐ-CP", "state")
    (False, False)
    """
    found = _ORDER.match(printed.strip())
    if found is None:
        return False
    first_is_dash = found[1] != "/"
    return first_is_dash != (system == "party")
