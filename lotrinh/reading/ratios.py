"""So many of so many: "20/24", "15 out of 20", "VND401.6 billion of the VND480 billion"."""

import re
from decimal import Decimal

from lotrinh.reading.amounts import MEASURES, SCALES, UNITS, Quantity, read_scale, skip
from lotrinh.reading.numbers import is_label, parse_numeral
from lotrinh.reading.text import Source

_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")
_RATIO = re.compile(
    r"\s?/\s?(\d+(?:[.,]\d+)*)|\s+(?:out\s+of|tren\s+tong\s+so|trong\s+tong\s+so|trong\s+so)"
    r"\s+(?:the\s+|a\s+total\s+of\s+)?(\d+(?:[.,]\d+)*)"
    r"|\s+(?:of|among|tren)\s+(?:the\s+)?(\d+(?:[.,]\d+)*)"
)
_MONEY_RATIO = re.compile(  # "VND401.6 billion of the VND480 billion"
    r"(?:\s+(?:out of|of)\s+|\s*/\s*)(?:the\s+|a\s+total\s+of\s+)?(vnd|usd|us\$|\$|eur)\s?(?=\d)"
)
_COUNTED_RATIO = re.compile(  # behind the unit: "9.870 người trên tổng số 12.640 người"
    r"\s+(?:out\s+of|tren\s+tong\s+so|trong\s+tong\s+so)\s+(?:the\s+|a\s+total\s+of\s+)?(\d+(?:[.,]\d+)*)"
)
_EACH = re.compile(r"\s?/\s?(\d+(?:[.,]\d+)*)\s?")  # "46.9 ha/51.36 ha"
_NAMED = re.compile(r"\s[a-z]{3,}")
_YEARS = range(1900, 2101)
_WHOLE = re.compile(
    r"(?:\s(?!va\b|and\b)[^\W\d]+){0,4}?\s(?<!va\s)(?<!and\s)(?:tren|trong|out of|of)\s"
    r"(?:tong so\s|the\s)?(\d+(?:[.,]\d+)*)(?=\s)"
)


def read_ratio(source: Source, quantity: Quantity, sign: str) -> bool:
    """Read the whole that follows a number at once; tell whether there is one."""
    match = _RATIO.match(source.folded, quantity.end)
    if match is None:
        return _read_money_ratio(source, quantity, sign)
    whole = match.group(match.lastindex or 1)
    total = parse_numeral(whole, sign)
    if total == 0 or is_label(whole) or quantity.value > total * 10:
        return False
    if match.lastindex == 3 and not _is_whole(source, quantity, total, match.end()):
        return False
    quantity.total, quantity.form, quantity.end = total, "ratio", match.end()
    read_scale(source, quantity)
    return True


def _is_whole(source: Source, part: Quantity, total: Decimal, end: int) -> bool:
    """Tell the 22 in "6 of 22 spans" from the one in "15 of 2024" or "5 of 12/6"."""
    if UNITS.at(source, skip(source.folded, end)):
        return True
    plain = not source.toned and part.value <= total and total not in _YEARS
    return plain and _NAMED.match(source.composed, end) is not None


def _read_money_ratio(source: Source, quantity: Quantity, sign: str) -> bool:
    """Read an amount of money that is part of another one."""
    scale = SCALES.at(source, skip(source.folded, quantity.end))
    link = _MONEY_RATIO.match(source.folded, scale[0] if scale else quantity.end)
    whole = _NUMERAL.match(source.folded, link.end()) if link else None
    if link is None or whole is None or is_label(whole.group()):
        return False
    total = parse_numeral(whole.group(), sign)
    large = SCALES.at(source, skip(source.folded, whole.end()))
    quantity.total = total * large[1] if large else total
    quantity.value *= scale[1] if scale else 1
    quantity.unit, quantity.form = MEASURES["prefixes"][link[1]], "ratio"
    quantity.end = large[0] if large else whole.end()
    return True


def read_counted_ratio(source: Source, quantity: Quantity, sign: str) -> None:
    """Read the whole that stands behind the unit of a part, if there is one."""
    match = _COUNTED_RATIO.match(source.folded, quantity.end) if quantity.unit else None
    if match is None and quantity.unit:
        match = _same_of(source, quantity) or _same_unit(source, quantity)
    if match is None or quantity.form != "amount" or quantity.high is not None:
        return
    if quantity.unit == "%" and source.folded.startswith("%", match.end()):
        quantity.end = match.end() + 1  # "83,2%/50%": the second is what was planned
        return
    total = parse_numeral(match[1], sign)
    if total >= quantity.value and quantity.unit != "%" and not is_label(match[1]):
        quantity.form, quantity.total, quantity.end = "ratio", total, match.end()
        unit = UNITS.at(source, skip(source.folded, match.end()))
        quantity.end = unit[0] if unit else match.end()


def _same_of(source: Source, quantity: Quantity) -> re.Match[str] | None:
    """Match the whole of which a part was counted: "1.066 mặt hàng trúng trên 1.240 mặt hàng"."""
    counted = source.folded[quantity.unit_at : quantity.end]
    match = _WHOLE.match(source.folded, quantity.end)
    if match is None or not source.folded.startswith(counted, match.end() + 1):
        return None
    return match


def _same_unit(source: Source, quantity: Quantity) -> re.Match[str] | None:
    """Match the whole behind a stroke that has the unit of the part: "46.9 ha/51.36 ha"."""
    match = _EACH.match(source.folded, quantity.end)
    if match is None:
        return None
    counted = source.folded[quantity.unit_at : quantity.end]
    return match if counted and source.folded.startswith(counted, match.end()) else None
