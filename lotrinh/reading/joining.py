"""Which numbers say more about the one before them: its share of a plan, its growth, its level.

One achievement is told by several numbers, and what it was compared with makes none of its own.
"""

import re
from collections.abc import Sequence

from lotrinh.reading.amounts import Quantity
from lotrinh.reading.grammar import any_of, lexicon
from lotrinh.reading.text import Source

_GUARDS = lexicon("guards")["commitments"]
_LEVEL = re.compile(r"\s*,?\s*(?:to|len|dat|uoc dat|reaching|to reach|totall?ing|hitting)\s*")
_SHARE = re.compile(
    r"(?:\s[^\W\d]+){0,6}?\s*(?:\(|,\s*(?:chiem(?: ty le)?|bang|tuong duong|dat ty le|or|making up"
    r"|accounting for|equivalent to|equal to|representing)\s*)(?:[a-z]+\s){0,2}"
)
_LINKS = re.compile(any_of(_GUARDS["links"]))
_NEW_METRIC = re.compile(r"[a-z]{2,}\s+[a-z]{2,}")
_TELLING = 90  # characters behind a number that may say more of it


def belongs(source: Source, group: Sequence[Quantity], quantity: Quantity) -> bool:
    """Tell whether a share, a growth or a multiple says more about the amount before it."""
    taken = {other.form for other in group}
    if quantity.unit == "percentage point" and group[-1].unit == "%":
        return quantity.start - group[-1].end < _TELLING
    between = source.folded[group[-1].end : quantity.start]
    if group[0].total and quantity.unit == "%" and quantity.form == "amount":
        share = 100 * group[0].value / group[0].total
        return abs(share - quantity.value) < 1 and len(between) < _TELLING
    if _is_level(group, quantity, between) or _is_share(group, quantity, between):
        return True
    if quantity.form not in {"plan", "growth", "multiple"} or quantity.form in taken:
        return False
    last = between.rpartition(",")
    if last[1] and _NEW_METRIC.search(_LINKS.sub(" ", last[2])):
        return False  # ", số vụ vi phạm giảm 31%" tells of something else
    return len(between) < 110 and ";" not in between and not re.search(r"\.\s|:", between)


def _is_level(group: Sequence[Quantity], quantity: Quantity, between: str) -> bool:
    """Tell the amount behind its growth: "grew by 14 percent to 2.6 billion USD"."""
    grown = len(group) == 1 and group[0].form == "growth" and quantity.form == "amount"
    return grown and quantity.unit != "%" and _LEVEL.fullmatch(between) is not None


def _is_share(group: Sequence[Quantity], quantity: Quantity, between: str) -> bool:
    """Tell the share that an amount is of a whole: "1.264 trạm (4,31% số trạm)"."""
    share = group[0].form in {"amount", "ratio"} and group[0].unit != "%"
    plain = quantity.form == "amount" and quantity.unit == "%"
    return share and plain and _SHARE.fullmatch(between) is not None
