"""Counts of persons so small that somebody could be recognised: what is held back of a table.

A count of one to four persons is held back (nought is a count of nobody and stays). Where a table
prints its sum, one missing row could be worked out, and so could several whose rest is small: the
next smallest rows are then held back too, until at least two rows with together at least five
persons are, and where there are not enough rows the sum as well. A line of levels that grow shows
a level only where it differs from the one before it by nobody or by at least five.

Sources: Decree 13/2023/NĐ-CP on personal data, article 2 (what can identify a person); the rule of
primary and secondary cell suppression of official statistics.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

LEAST: Final = 5
"""The smallest count of persons that is published."""

_PERSONS = re.compile(
    r"\b(person|persons|people|inhabitants?|workers?|employees?|pupils?|students?|patients?|"
    r"children|officials?|members?|victims?|cases?|case|"
    r"người|lao động|nhân khẩu|học sinh|sinh viên|học viên|trẻ em|trẻ|bệnh nhân|ca|"
    r"cán bộ|công chức|viên chức|đảng viên|hội viên|đoàn viên|đối tượng|nạn nhân|"
    r"nhân dân|công dân|vụ việc|trường hợp)\b",
    re.IGNORECASE,
)
"""Units that count persons, or what happens to one person each: better one too many held back."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Which rows of a table are shown, and whether their sum is."""

    rows: tuple[bool, ...]
    total: bool


def counts_persons(*words: str) -> bool:
    """Say whether a unit of measure, or what a share is divided by, counts persons.

    >>> counts_persons("người"), counts_persons("hộ"), counts_persons("%", "số lao động")
    (True, False, True)
    >>> counts_persons("học sinh"), counts_persons("bệnh nhân"), counts_persons("tỷ đồng")
    (True, True, False)
    """
    return any(_PERSONS.search(unicodedata.normalize("NFC", one)) for one in words)


def is_small(count: Decimal | None) -> bool:
    """Say whether a count of persons is held back."""
    return count is not None and 0 < count < LEAST


def shown(rows: Sequence[Decimal | None], total: Decimal | None) -> Shown:
    """Say which counts of a table may be shown beside their sum; None was not reported.

    Where rows were not reported the sum is not theirs alone, yet it is guarded all the same: who
    knows the missing rows could work it out.

    >>> shown([Decimal(3), Decimal(40), Decimal(9)], Decimal(52))
    Shown(rows=(False, True, False), total=True)
    """
    hidden = {place for place, count in enumerate(rows) if is_small(count)}
    rest = sorted(
        (count, place) for place, count in enumerate(rows) if count and place not in hidden
    )
    together = sum((rows[place] or Decimal(0) for place in hidden), Decimal(0))
    while hidden and rest and (len(hidden) == 1 or together < LEAST):
        count, place = rest.pop(0)
        hidden.add(place)
        together += count
    is_guarded = not hidden or (len(hidden) > 1 and together >= LEAST)
    return Shown(
        rows=tuple(place not in hidden for place in range(len(rows))),
        total=is_guarded and not is_small(total),
    )


def levels_shown(levels: Sequence[Decimal | None]) -> tuple[bool, ...]:
    """Say which levels of a count of persons that grows may be shown, in their order.

    >>> levels_shown([Decimal(7), Decimal(9), Decimal(14), None, Decimal(14)])
    (True, False, True, True, True)
    """
    before, found = Decimal(0), []
    for level in levels:
        may_be = level is None or not is_small(abs(level - before))
        found.append(may_be)
        if may_be and level is not None:
            before = level
    return tuple(found)


def share_shown(numerator: Decimal | None, denominator: Decimal | None) -> bool:
    """Say whether a share of persons may be shown: neither part of the whole is small."""
    if numerator is None or denominator is None:
        return not is_small(numerator) and not is_small(denominator)
    return not is_small(numerator) and not is_small(denominator - numerator)
