"""Values in cells: "≥ 80", "40 - 50", "≤ 3 Đông Nam Á; ≤ 50 Thế giới", "1.250 tỷ đồng".

A cell may state several values, each with words that say of what; the unit stands in the cell, in
a column of its own, or in the heading. Words without a number are no value.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from lotrinh.reading.facts import Comparator
from lotrinh.reading.numbers import parse_numeral
from lotrinh.reading.quantities import COMPARATORS, SCALES, UNIT_CODES, UNITS
from lotrinh.reading.tables.grid import Box
from lotrinh.reading.text import Source, read_source

_NUMBER = r"\d{1,3}(?:[., ]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_VALUE = re.compile(
    rf"(?P<sign>>=|<=|=>|=<|[><=~\u2265\u2264])?\s*(?P<low>{_NUMBER})"
    rf"(?:\s?%?\s?(?:-|den|to)\s?(?P<high>{_NUMBER})(?!\w))?"
)
_SIGNS: dict[str, Comparator] = {
    ">=": ">=", "=>": ">=", "\u2265": ">=", "<=": "<=", "=<": "<=", "\u2264": "<=",
    ">": ">", "<": "<", "=": "=", "~": "=",
}  # fmt: skip
_BOUND = re.compile(r"\s?(?:tro len|or more|or higher|and above|tro xuong|or less|or lower)(?!\w)")
_PARTS = re.compile(r"[;\n]|,\s(?=[><=\u2265\u2264])")
_DENOMINATOR = re.compile(r"\s?/\s?\S.*$")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_MONEY = 10**6  # a bare "triệu" or "tỷ" counts money
_SHORT_MILLION = re.compile(r"^tr(?:iệu)?(?:\.\s?|\s)?đ(?:ồng)?$", re.IGNORECASE)
_LAST_BRACKET = re.compile(r"\s*\([^()]*\)\s*$")
_COUNT = re.compile(r"(?:(?:tong )?so(?: luong)? |(?:total )?number of |poor |new )?")
_RATE = re.compile(r"(?:ty|ti) le|(?:rate|share|percentage|proportion) of")
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


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit of measure as a column states it: "tỷ đồng" is 10^9 of VND."""

    factor: int
    unit: str | None
    exact: bool  # the code says all that is written


def is_value(source: Source, box: Box) -> bool:
    """Tell a cell that holds a number with little else."""
    parsed = next(_parsed(source, box, ","), None)
    return parsed is not None


def read_values(source: Source, box: Box, sign: str, measure: Measure | None) -> list[Value]:
    """Return the values of a cell in its order, in the unit of the cell, else in ``measure``."""
    return [
        _measured(source, match, value, end, measure)
        for match, value, end in _parsed(source, box, sign)
    ]


def read_measure(text: str) -> Measure | None:
    """Return the unit that a cell or a bracket names; None if it is empty."""
    written = _SHORT_MILLION.sub("triệu đồng", " ".join(text.split()).strip(" .:;-"))
    if not written:
        return None
    source = read_source(written)
    factor, place = 1, 0
    counted = re.match(rf"({_NUMBER})\s?", source.folded)
    if counted and not counted[1].startswith("0"):
        factor, place = int(parse_numeral(counted[1].replace(" ", ""), ",")), counted.end()
    scale = SCALES.at(source, place)
    if scale is not None:
        factor, place = factor * scale[1], _skip(source.folded, scale[0])
        if place >= len(written):
            return Measure(factor, "VND" if scale[1] >= _MONEY else None, False)
    unit = UNITS.at(source, place)
    if unit is not None:
        return Measure(factor, unit[1], unit[0] >= len(written))
    return Measure(factor, _lowered(written[place:]), True)


def measure_in_brackets(text: str) -> Measure | None:
    """Return the unit that brackets in a heading or a name state: "Thu nhập (triệu đồng)"."""
    for bracket in reversed(_BRACKETS.findall(text)):
        written = re.sub(r"^(?:ĐVT|đvt|đơn vị tính|Đơn vị tính|unit)\s*:?\s*", "", bracket.strip())
        measure = read_measure(written)
        if measure is not None and (measure.unit in UNIT_CODES):
            return measure
    return None


def without_measure(text: str) -> str:
    """Return a name without the brackets at its end that only state its unit."""
    match = _LAST_BRACKET.search(text)
    stated = measure_in_brackets(match.group()) if match else None
    return text[: match.start()].rstrip() if match and stated else text


def measure_of_name(text: str) -> Measure | None:
    """Return what a name says is counted: "Số hộ thoát nghèo", "Tỷ lệ ...", "Houses built"."""
    source = read_source(text)
    if _RATE.match(source.folded):
        return Measure(1, "%", True)
    opened = _COUNT.match(source.folded)
    unit = UNITS.at(source, opened.end() if opened else 0)
    return Measure(1, unit[1], True) if unit is not None else None


def _lowered(written: str) -> str:
    """Return a unit in the middle of a sentence: "Tuyến cáp" is "tuyến cáp", "Tbps" stays."""
    abbreviated = written.isascii() and " " not in written and len(written) < 6
    return written if abbreviated or written[1:2].isupper() else written[:1].lower() + written[1:]


def _skip(folded: str, place: int) -> int:
    while folded[place : place + 1] == " ":
        place += 1
    return place


_Number = Decimal | tuple[Decimal, Decimal]


def _parsed(source: Source, box: Box, sign: str) -> Iterator[tuple[re.Match[str], _Number, int]]:
    """Yield the number of every part of a cell, with its value and where its part ends."""
    folded = source.folded
    place = box.start
    ends = [match.start() for match in _PARTS.finditer(folded, box.start, box.end)]
    for end in [*ends, box.end]:
        match = _VALUE.search(folded, place, end)
        if match is not None and _may_be_value(source, match, place, end):
            low = parse_numeral(match["low"].replace(" ", ""), sign)
            high = match["high"] and parse_numeral(match["high"].replace(" ", ""), sign)
            value: _Number = (low, high) if high else low
            yield match, value, end
        place = end + 1


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
    if after[:1].isalpha() and UNITS.at(source, match.end()) is None:
        return False  # "5G", "24h"
    if _is_ratio(match["low"], after):
        return True
    return re.match(r"\s?[/-]\s?\w|\s?h\d|:\d|[.)]\s+\S", after) is None or "%" in after[:3]


def _is_ratio(low: str, after: str) -> bool:
    """Tell "15/16 thôn" from a month of a year and from the number of a document."""
    ratio = _RATIO.match(after)
    if ratio is None or not low.isdigit() or int(low) > int(ratio[1]):
        return False
    return not _FIRST_YEAR <= int(ratio[1]) < _LAST_YEAR


def _measured(
    source: Source, match: re.Match[str], value: _Number, end: int, measure: Measure | None
) -> Value:
    """Return a number with its comparison, its unit and the words around it."""
    folded = source.folded
    start, stop = match.start("sign" if match["sign"] else "low"), match.end()
    ratio = _RATIO.match(folded, stop, end)
    total = Decimal(ratio[1]) if ratio and _is_ratio(match["low"], ratio.group()) else None
    stop = ratio.end() if ratio and total is not None else stop
    place = _skip(folded, stop)
    factor, unit = (measure.factor, measure.unit) if measure else (1, None)
    scale = SCALES.at(source, place)
    scale = scale if scale is not None and scale[0] <= end else None
    if scale is not None:
        factor, stop = scale[1], scale[0]
        unit = unit or ("VND" if factor >= _MONEY else None)
        place = _skip(folded, stop)
    named = UNITS.at(source, place)
    if named is not None and named[0] <= end:
        factor = factor if scale is not None or named[1] == unit else 1
        unit, stop = named[1], named[0]
    comparator = _SIGNS.get(match["sign"] or "", "=")
    before = COMPARATORS.before(source, start)
    if before is not None and before[0] >= start - _OPENING and match["sign"] is None:
        start, comparator = max(before[0], _part_start(folded, start)), before[1]
    bound = _BOUND.match(folded, stop, end)
    if bound is not None:
        comparator = ">=" if re.search("len|more|higher|above", bound.group()) else "<="
        stop = bound.end()
    comparator = "range" if isinstance(value, tuple) else comparator
    about = _about(source, stop, end)
    return Value(start, stop, comparator, _scaled(value, factor), unit, about, total)


def _part_start(folded: str, place: int) -> int:
    return max(folded.rfind("\n", 0, place), folded.rfind(";", 0, place)) + 1


def _scaled(value: _Number, factor: int) -> _Number:
    return (value[0] * factor, value[1] * factor) if isinstance(value, tuple) else value * factor


def _about(source: Source, start: int, end: int) -> str:
    """Return the words behind a value, without a denominator."""
    text = _DENOMINATOR.sub("", source.composed[start:end])
    return " ".join(text.split()).strip(" ,;.()")
