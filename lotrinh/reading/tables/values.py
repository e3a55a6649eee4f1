"""Values in cells: "≥ 80", "40 - 50", "≤ 3 Đông Nam Á; ≤ 50 Thế giới", "1.250 tỷ đồng".

A cell may state several values, each with words that say of what; the unit stands in the cell, in
a column of its own, or in the heading. Words without a number are no value.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from lotrinh.reading.facts import Comparator
from lotrinh.reading.numbers import parse_numeral
from lotrinh.reading.quantities import COMPARATORS, UNITS
from lotrinh.reading.tables.grid import LINE_END, Box
from lotrinh.reading.tables.measures import (
    MONEY,
    NUMBER,
    Measure,
    currency_before,
    scale_at,
    short_scale,
    skip,
)
from lotrinh.reading.text import Source

_VALUE = re.compile(
    rf"(?P<sign>>=|<=|=>|=<|[><=~\u2265\u2264])?\s*(?:(?<![\w.,/%)])(?P<minus>-))?(?P<low>{NUMBER})"
    rf"(?:\s?%?\s?(?:-|den|to)\s?(?P<high>-?(?:{NUMBER}))(?!\w))?"
)
# "(1.250)" is what books write for -1.250.
_BRACKETED = re.compile(rf"\s*(?P<sign>\()\s?(?P<low>{NUMBER})\s?%?\s?\)\s?%?\s*")
_NOTE = 100  # a smaller number in brackets may be that of a note or of a column
_MINUS = "\u2212"  # the sign of mathematics is never a list mark
_LISTED = re.compile(r"\s*-[^\n]*(?:\n\s*-[^\n]*)+\s*")
_DASHED = re.compile(r"(?:^|(?<=[\n;>]))\s*-\s+$")
_SIGNS: dict[str, Comparator] = {
    ">=": ">=", "=>": ">=", "\u2265": ">=", "<=": "<=", "=<": "<=", "\u2264": "<=",
    ">": ">", "<": "<", "=": "=", "~": "=",
}  # fmt: skip
_BOUND = re.compile(r"\s?(?:tro len|or more|or higher|and above|tro xuong|or less|or lower)(?!\w)")
_PARTS = re.compile(rf"[;\n]|{LINE_END}|,\s(?=[><=\u2265\u2264])")
_DENOMINATOR = re.compile(r"\s?/\s?\S.*$")
_LARGE = 10**6  # a bare "triệu" or "tỷ" counts money
_RATIO = re.compile(r"\s?/\s?(\d{1,4})(?![\d/.,-])")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_OPENING = 40  # letters before a sign of comparison
_AROUND = 45  # letters around a number without such a sign
_COMPARING = 18  # letters before a number that may compare it: "không thấp hơn", "giảm xuống còn"


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a cell. ``about`` are the words beside it that say of what."""

    start: int
    end: int
    comparator: Comparator
    value: Decimal | tuple[Decimal, Decimal]
    unit: str | None
    about: str
    total: Decimal | None = None  # "15/16": of how many
    sure: bool = True  # its sign and its unit are understood


def is_value(source: Source, box: Box) -> bool:
    """Tell a cell that holds a number with little else."""
    found = next(_parsed(source, box, ","), None)
    return found is not None and not found.is_note


def read_values(source: Source, box: Box, sign: str, measure: Measure | None) -> list[Value]:
    """Return the values of a cell in its order, in the unit of the cell, else in ``measure``."""
    return [_measured(source, found, measure) for found in _parsed(source, box, sign)]


_Number = Decimal | tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class _Found:
    """A number with where its part of the cell begins and ends."""

    match: re.Match[str]
    value: _Number
    start: int
    end: int
    sure: bool

    @property
    def is_note(self) -> bool:
        """Whether it is a small number in brackets, as notes and columns have."""
        small = isinstance(self.value, Decimal) and abs(self.value) < _NOTE
        return self.match["sign"] == "(" and small and self.match["low"].isdigit()


def _parsed(source: Source, box: Box, sign: str) -> Iterator[_Found]:
    """Yield the number of every part of a cell, with its value."""
    folded = source.folded
    place = box.start
    listed = _LISTED.fullmatch(folded, box.start, box.end) is not None
    joints = [match.span() for match in _PARTS.finditer(folded, box.start, box.end)]
    for end, following in [*joints, (box.end, box.end)]:
        booked = _BRACKETED.fullmatch(folded, place, end)
        match = booked or _VALUE.search(folded, place, end)
        if match is not None and (booked or _may_be_value(source, match, place, end)):
            found = _Found(match, _number(match, sign), place, end, True)
            below, sure = _is_below(source, found, listed)
            value = _below_zero(found.value) if below else found.value
            yield replace(found, value=value, sure=sure and not found.is_note)
        place = following


def _number(match: re.Match[str], sign: str) -> _Number:
    low = parse_numeral(match["low"].replace(" ", ""), sign)
    if not match.groupdict().get("high"):
        return low
    high = parse_numeral(match["high"].lstrip("-").replace(" ", ""), sign)
    return (low, -high if match["high"].startswith("-") else high)


def _below_zero(value: _Number) -> _Number:
    return (-value[0], value[1]) if isinstance(value, tuple) else -value


def _is_below(source: Source, found: _Found, listed: bool) -> tuple[bool, bool]:
    """Tell whether a number is below zero, and whether that is sure.

    A dash before every line of a cell marks a list if words follow the numbers; one that a space
    parts from its number may be such a mark.
    """
    match, number = found.match, found.match.start("low")
    if match["sign"] == "(":
        return True, True
    if source.composed[found.start : number].rstrip().endswith(_MINUS):
        return True, True
    if match["minus"]:
        worded = any(letter.isalpha() for letter in source.folded[number : found.end])
        return not (listed and worded), not listed or worded
    dashed = _DASHED.search(source.folded, found.start, number) is not None
    return False, listed or not dashed


def _may_be_value(source: Source, match: re.Match[str], start: int, end: int) -> bool:
    """Tell a value from a date, from the number of a document and from prose with a number."""
    folded, number = source.folded, match.start("low")
    before = folded[start:number]
    after = folded[match.end() : end]
    if sum(letter.isalpha() for letter in before) > (_OPENING if match["sign"] else _COMPARING):
        return False
    if not match["sign"] and sum(letter.isalpha() for letter in before + after) > _AROUND:
        return False
    if folded[number - 1 : number].isalnum() or before.rstrip().endswith("("):
        return False
    if not match["minus"] and re.search(r"\w-$", before):
        return False  # "COVID-19"
    currency = currency_before(folded, start, number)
    if after[:1].isalpha() and not _is_measured(source, match.end(), currency):
        return False  # "5G", "24h"
    if _is_ratio(match["low"], after):
        return True
    return re.match(r"\s?[/-]\s?\w|\s?h\d|:\d|[.)]\s+\S", after) is None or "%" in after[:3]


def _is_measured(source: Source, place: int, currency: tuple[int, str] | None) -> bool:
    """Tell a number with its unit or scale close behind it: "250ha", "45tỷ đồng", "$12m"."""
    unit = currency[1] if currency else None
    scale = short_scale(source.composed, place) or scale_at(source, place, unit)
    return scale is not None or UNITS.at(source, place) is not None


def _is_ratio(low: str, after: str) -> bool:
    """Tell "15/16 thôn" from a month of a year and from the number of a document."""
    ratio = _RATIO.match(after)
    if ratio is None or not low.isdigit() or int(low) > int(ratio[1]):
        return False
    return not _FIRST_YEAR <= int(ratio[1]) < _LAST_YEAR


def _measured(source: Source, found: _Found, measure: Measure | None) -> Value:
    """Return a number with its comparison, its unit and the words around it."""
    folded, match, end = source.folded, found.match, found.end
    first = next(name for name in ("sign", "minus", "low") if match.groupdict().get(name))
    start, stop = match.start(first), match.end()
    ratio = _RATIO.match(folded, stop, end)
    total = Decimal(ratio[1]) if ratio and _is_ratio(match["low"], ratio.group()) else None
    stop = ratio.end() if ratio and total is not None else stop
    currency = currency_before(folded, found.start, start)
    start = currency[0] if currency else start
    stop, own = _own_measure(source, stop, end, currency[1] if currency else None, measure)
    told = own or measure or Measure(1, None, True)
    unit = "%" if match["sign"] == "(" and "%" in match.group() else told.unit
    comparator = _SIGNS.get(match["sign"] or "", "=")
    before = COMPARATORS.before(source, start)
    if before is not None and before[0] >= start - _OPENING and match["sign"] is None:
        start, comparator = max(before[0], _part_start(folded, start)), before[1]
    bound = _BOUND.match(folded, stop, end)
    if bound is not None:
        comparator = ">=" if re.search("len|more|higher|above", bound.group()) else "<="
        stop = bound.end()
    comparator = "range" if isinstance(found.value, tuple) else comparator
    value = _scaled(found.value, told.factor)
    about = _about(source, stop, end)
    sure = found.sure and told.understood
    return Value(start, stop, comparator, value, unit, about, total, sure)


def _own_measure(
    source: Source, stop: int, end: int, unit: str | None, measure: Measure | None
) -> tuple[int, Measure | None]:
    """Return where the words of scale and unit behind a number end, and what they say.

    ``unit`` is the currency before the number. What the cell leaves unsaid, ``measure`` says.
    """
    factor: int | None = None
    while stop < end:
        place = skip(source.folded, stop)
        scale = short_scale(source.composed, place) or scale_at(source, place, unit)
        named = UNITS.at(source, place) if unit is None else None
        if scale is not None and scale[0] <= end and factor is None:
            stop, factor = scale
        elif named is not None and named[0] <= end:
            stop, unit = named
        elif unit in MONEY and (again := UNITS.at(source, place)) and again[1] == unit:
            stop = again[0]
        else:
            break
        if unit is not None and unit not in MONEY:
            break
    if factor is None and unit is None:
        return stop, None
    if factor is None:
        same = measure is not None and measure.unit == unit
        return stop, measure if same else Measure(1, unit, True)
    stated = measure.unit if measure else None
    return stop, Measure(factor, unit or stated or ("VND" if factor >= _LARGE else None), True)


def _part_start(folded: str, place: int) -> int:
    return max(folded.rfind("\n", 0, place), folded.rfind(";", 0, place)) + 1


def _scaled(value: _Number, factor: int) -> _Number:
    return (value[0] * factor, value[1] * factor) if isinstance(value, tuple) else value * factor


def _about(source: Source, start: int, end: int) -> str:
    """Return the words behind a value, without a denominator."""
    text = _DENOMINATOR.sub("", source.composed[start:end])
    return " ".join(text.split()).strip(" ,;.()")
