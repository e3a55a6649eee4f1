"""Which numbers say more about the one before them: its share of a plan, its growth, its level.

One achievement is told by several numbers, and what it was compared with makes none of its own.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from lotrinh.reading.amounts import Quantity
from lotrinh.reading.grammar import any_of, lexicon
from lotrinh.reading.text import Source

_GUARDS = lexicon("guards")["commitments"]
_LEVEL = re.compile(
    r"\s*,?\s*(?:to|len|dat|uoc dat|reaching|to reach|totall?ing|hitting|earning|bringing in"
    r"|amounting to|worth)\s*"
)
_SHARE = re.compile(
    r"(?:\s[^\W\d]+){0,6}?\s*(?:\(|,\s*(?:(?:va )?(?:moi |chi |uoc )?dat(?: ty le)?|tuc(?: la)?"
    r"|chiem(?: ty le)?|bang|tuong duong|or|i\.e\.?|making up|reaching|fulfilling|completing"
    r"|meeting|accounting for|equivalent to|equal to|representing)\s*)(?:[a-z]+\s){0,2}"
)
_OF_OTHERS = re.compile(r"\s(?:in|of|for|tai|trong)\s")  # "a 4.4% rise in farming"
_REMARK = re.compile(r"\s?\([^()]{0,60}\)")  # "3.115 tỷ đồng (KH: 3.600 tỷ), đạt 86,5%"
_LINKS = re.compile(any_of(_GUARDS["links"]))
_NEW_METRIC = re.compile(r"[a-z]{2,}\s+[a-z]{2,}")
_PLANNED = re.compile(
    r"(?<!\w)(?:dat|bang|reaching|reached|fulfilling|meeting|dat ty le)\s(?:[a-z]+\s){0,2}$"
)
_MONEY = frozenset({"VND", "USD", "EUR"})
_MEASURED = _MONEY | {"%", "percentage point", "hectare", "km", "m2", "tonne", "MW", None}
_PLAIN_WORDS = re.compile(
    r"(?:\s(?!chiem\s|bang\s|va\s|and\s|tang\s|giam\s|up\s|down\s)[\w\"\u201c\u201d]+){1,9}\s(?:tu\s)?"
)
_FAR = 110
_TELLING = 90  # characters behind a number that may say more of it


def belongs(source: Source, group: Sequence[Quantity], quantity: Quantity) -> bool:
    """Tell whether a share, a growth or a multiple says more about the amount before it."""
    between = source.folded[group[-1].end : quantity.start]
    if quantity.unit == "percentage point" and group[-1].unit == "%":
        return len(between) < _TELLING
    if between == ", " and source.folded.startswith("exceeding", quantity.start):
        return quantity.unit == "%"  # "is USD 36 billion, exceeding 12.5%": of what, is not said
    if _qualifies(group, quantity, between) or _is_level(group, quantity, between):
        return True
    if quantity.changed and group[0].form in {"amount", "ratio", "growth"}:
        return len(between) < _TELLING and ";" not in between and _is_same(between)
    if group[0].total and quantity.unit == "%" and quantity.form == "amount":
        share = 100 * group[0].value / group[0].total
        return abs(share - quantity.value) < 1 and len(between) < _TELLING
    if quantity.form not in {"plan", "growth", "multiple"}:
        return _is_share(group, quantity, between)
    return _compares(source, group, quantity, between)


def _compares(source: Source, group: Sequence[Quantity], quantity: Quantity, between: str) -> bool:
    """Tell a share of a plan, a growth or a multiple of what was told before."""
    if len(between) >= _FAR or ";" in between or re.search(r"\.\s|:", between):
        return False
    if quantity.form not in {other.form for other in group}:
        return _is_same(between)
    if _OF_OTHERS.match(source.folded, quantity.end):
        return False
    # "up 7.6% from last month, up 22.2% from last year"
    last = between.rpartition(",")[2].rpartition(" va ")[2].rpartition(" and ")[2]
    return re.search(r"[a-z]", _LINKS.sub(" ", last)) is None


def _qualifies(group: Sequence[Quantity], quantity: Quantity, between: str) -> bool:
    """Tell what only says which ones were counted: "14 chủ đầu tư giải ngân dưới 30%"."""
    things = group[-1].form in {"amount", "ratio"} and group[-1].unit not in _MEASURED
    bound = quantity.unit == "%" and quantity.comparator != "="
    return things and bound and _PLAIN_WORDS.fullmatch(between) is not None


def _is_same(between: str) -> bool:
    """Tell whether no other measure is named: ", số vụ vi phạm giảm 31%" tells of one."""
    last = between.rpartition(",")
    return not (last[1] and _NEW_METRIC.search(_LINKS.sub(" ", last[2])))


def _is_level(group: Sequence[Quantity], quantity: Quantity, between: str) -> bool:
    """Tell the amount behind its growth: "grew by 14 percent to 2.6 billion USD"."""
    grown = len(group) == 1 and group[0].form == "growth" and quantity.form == "amount"
    return grown and quantity.unit != "%" and _LEVEL.fullmatch(between) is not None


def _is_share(group: Sequence[Quantity], quantity: Quantity, between: str) -> bool:
    """Tell the share that an amount is of a whole: "1.264 trạm (4,31% số trạm)"."""
    share = group[0].form in {"amount", "ratio"} and group[0].unit != "%"
    plain = quantity.form == "amount" and quantity.unit == "%"
    return share and plain and _SHARE.fullmatch(_REMARK.sub("", between)) is not None


def settled(source: Source, group: Sequence[Quantity], share: Quantity) -> Quantity:
    """Return a number that belongs to a group; what an amount "đạt 83,2%" is of, is its plan."""
    between = source.folded[group[-1].end : share.start]
    if _qualifies(group, share, between):
        return replace(share, form="amount")
    counted = group[0].form == "amount" or group[0].unit in _MONEY
    plain = share.form == "amount" and share.unit == "%" and group[0].unit != "%"
    return replace(share, form="plan") if plain and counted and _PLANNED.search(between) else share
