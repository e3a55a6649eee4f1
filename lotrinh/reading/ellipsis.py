"""Numbers that leave out what the number before them said: its unit, or that it is a growth.

"Kỷ luật 59 tổ chức đảng (khiển trách 43, cảnh cáo 16)" counts organisations three times, and
"industry increased by 7%, services by 8.9%" tells of two increases.
"""

import re

from lotrinh.reading.amounts import Quantity
from lotrinh.reading.grammar import any_of, lexicon
from lotrinh.reading.numbers import is_label, parse_numeral
from lotrinh.reading.text import Source

_GUARDS = lexicon("guards")["quantities"]
_REACH = 160  # characters from the number that says the unit
_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")
_BEFORE_TONED = re.compile(
    any_of(_GUARDS["same_before_toned"]) + r"(?:\s(?:đối với|được|là|có|mới|chỉ|còn)){0,2}:?\s$"
)
_ENDS = re.compile(r"\s?(?:[,;)]|\.(?!\d)|$|\n|và\s|/)")
_BEHIND_EN = re.compile(r"\s" + any_of(_GUARDS["same_behind_en"]))
_BY = re.compile(r"\sby (?:about |nearly |over |only |just )?$")
_UNCOUNTED = frozenset({"%", "percentage point", "VND", "USD", "EUR", None})


def same_as_before(source: Source, start: int, sign: str, last: Quantity) -> Quantity | None:
    """Return the number at ``start`` with the unit of the number before it; None if it has none."""
    match = _NUMERAL.match(source.folded, start)
    if match is None or is_label(match.group()) or last.unit in _UNCOUNTED:
        return None
    if start - last.end > _REACH or ". " in source.folded[last.end : start]:
        return None
    end = match.end()
    if source.toned:
        before = source.composed[max(0, start - 40) : start].lower()
        if not (_BEFORE_TONED.search(before) and _ENDS.match(source.composed, end)):
            return None
    elif not _BEHIND_EN.match(source.folded, end):
        return None
    value = parse_numeral(match.group(), sign)
    return Quantity(start, start, end, "amount", value, unit=last.unit, elliptic=True)


def is_same_growth(source: Source, last: Quantity, quantity: Quantity) -> bool:
    """Tell the 8.9 in "industry increased by 7%, services by 8.9%"."""
    if last.form != "growth" or quantity.form != "amount" or quantity.unit != "%":
        return False
    between = source.folded[last.end : quantity.start]
    return len(between) < _REACH and ". " not in between and _BY.search(between) is not None
