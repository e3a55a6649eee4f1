"""Counts of persons so small that somebody could be recognised: what is held back of a table.

What a figure counts is said of its measure; where nobody said it, the words of its unit of measure
decide, and rather hold back one too many. A count of one to four persons is held back (nought is a
count of nobody and stays). Where a table prints its sum, one missing row could be worked out, and
so could several whose rest is small: five missing rows that leave five persons are one each. The
next smallest rows are then held back too, until each missing one may be anything from one to five
for all that the sum tells, and where there are not enough rows the sum as well. A line of levels
that grow shows a level only where it differs from the one before by nobody or by at least five.

Sources: Decree 13/2023/NĐ-CP on personal data, article 2 (what can identify a person); the rule of
primary and secondary cell suppression of official statistics.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
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
"""Units that sound like persons, or what happens to one person each."""


_SIZES = (
    (re.compile(r"^\s*(trăm|hundreds?)\b", re.IGNORECASE), Decimal(100)),
    (re.compile(r"^\s*(nghìn|ngàn|thousands?)\b", re.IGNORECASE), Decimal(1000)),
    (re.compile(r"^\s*(vạn)\b", re.IGNORECASE), Decimal(10_000)),
    (re.compile(r"^\s*(triệu|millions?)\b", re.IGNORECASE), Decimal(1_000_000)),
)
_SHARES = frozenset({"%", "percentage point"})


class Counted(StrEnum):
    """What a figure counts, as far as somebody could be recognised by it."""

    THINGS = "things"
    PERSONS = "persons"
    SHARE_OF_PERSONS = "share_of_persons"


@dataclass(frozen=True, slots=True)
class Shown:
    """Which rows of a table are shown, and whether their sum is."""

    rows: tuple[bool, ...]
    total: bool


def counted(
    unit: str, divided_by: str = "", *, said: bool | None = None, is_share: bool = False
) -> Counted:
    """Return what a figure counts; ``said``: whether it counts persons, None where nobody said it.

    >>> counted("người").value, counted("hộ").value, counted("%", "số lao động").value
    ('persons', 'things', 'share_of_persons')
    >>> counted("người", said=False).value, counted("suất quà", said=True).value
    ('things', 'persons')
    """
    if said is False:
        return Counted.THINGS
    of_unit, of_whole = said or suggests_persons(unit), said or suggests_persons(divided_by)
    if not of_unit and not of_whole:
        return Counted.THINGS
    if is_share or unit in _SHARES or not of_unit:
        return Counted.SHARE_OF_PERSONS
    return Counted.PERSONS


def suggests_persons(words: str) -> bool:
    """Say whether a unit of measure, or what a share is divided by, sounds like persons.

    >>> suggests_persons("học sinh"), suggests_persons("nghìn người"), suggests_persons("tỷ đồng")
    (True, True, False)
    """
    return _PERSONS.search(unicodedata.normalize("NFC", words)) is not None


def persons_in_one(unit: str) -> Decimal:
    """Return how many persons one of a unit of measure is: a figure may be told in thousands.

    >>> persons_in_one("nghìn người"), persons_in_one("người")
    (Decimal('1000'), Decimal('1'))
    """
    plain = unicodedata.normalize("NFC", unit)
    return next((size for words, size in _SIZES if words.match(plain)), Decimal(1))


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
    while rest and not _are_hidden(rows, hidden):
        hidden.add(rest.pop(0)[1])
    return Shown(
        rows=tuple(place not in hidden for place in range(len(rows))),
        total=_are_hidden(rows, hidden) and not is_small(total),
    )


def _are_hidden(rows: Sequence[Decimal | None], hidden: set[int]) -> bool:
    """Say whether what the sum leaves for the missing rows lets each be anything up to five.

    Whoever adds up the rows that are shown knows how many persons the missing ones have together,
    and that none of them has nobody, as nought would be shown.
    """
    together = sum((rows[place] or Decimal(0) for place in hidden), Decimal(0))
    return not hidden or (len(hidden) > 1 and together - len(hidden) + 1 >= LEAST)


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
