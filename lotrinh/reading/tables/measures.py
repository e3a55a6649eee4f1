"""Units of measure as columns and brackets state them: "tỷ đồng", "VND billion", "10^3 m3".

Words of scale stand on either side of a currency, and a number or a power of ten in front of a
unit multiplies it. What is left over is kept as the unit in its own words, or makes the reading
unsure if it might multiply as well.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from lotrinh.reading.grammar import Phrases, lexicon
from lotrinh.reading.numbers import parse_numeral
from lotrinh.reading.quantities import SCALES, UNIT_CODES, UNITS
from lotrinh.reading.tables.headings import TABLES
from lotrinh.reading.text import Source, read_source

NUMBER = r"\d{1,3}(?:[., ]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
MONEY = frozenset({"VND", "USD", "EUR"})
_WORDS = TABLES["units"]
_MORE_SCALES: Phrases[int] = Phrases(_WORDS["scales"].items())
_PREFIXES: dict[str, str] = lexicon("measures")["prefixes"]
_PREFIX = "|".join(sorted(map(re.escape, _PREFIXES), key=len, reverse=True))
_CURRENCY = re.compile(rf"({_PREFIX})(?:(?<=\$)|(?![a-z]))")
_CURRENCY_BEFORE = re.compile(rf"(?<!\w)({_PREFIX})\s?$")
_SHORT = [
    (re.compile(rf"{short}\.?\s?(?=(?:đ|vn|usd|đô)(?!ạ))", re.IGNORECASE), scale)
    for short, scale in _WORDS["short"].items()
]
_THOUSANDS = re.compile(r"['`\u2019]?000(?!\d)\s?")
_POWER = re.compile(r"10\s?(?:(?:\^|\*\*)\s?(\d)|([\u00b2\u00b3\u2074-\u2079]))\s?")
_COUNTED = re.compile(rf"({NUMBER})\s?")
_BETWEEN = re.compile(r"[ .,()*\u00d7'-]*(?:of )?")
_NO_SCALE = re.compile(r"t[yi] (?:le|trong|suat|gia)\b")  # "tỷ lệ" is a rate, no billion
_BRACKETS = re.compile(r"\(([^()]*)\)")
_LAST_BRACKET = re.compile(r"\s*\([^()]*\)\s*$")
_DENOMINATOR = re.compile(r"\s?/.*$")
_MULTIPLIES = re.compile(r"(?<!\w)\d|\^|\*")
_WORD = re.compile(r"[^\W\d_]+")
_COUNT = re.compile(r"(?:(?:tong )?so(?: luong)? |(?:total )?number of |poor |new )?")
_RATE = re.compile(r"(?:ty|ti) le|(?:rate|share|percentage|proportion) of")
_RANK = re.compile(r"(?:xep hang|thu hang|thu bac|rank(?:ing)?)(?!\w)")
_LARGE = 10**6  # a bare "triệu" or "tỷ" counts money
_METRE = "m"  # a scale beside a currency, and nowhere else


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit of measure as a column states it: "tỷ đồng" is 10^9 of VND."""

    factor: int
    unit: str | None
    exact: bool  # the code says all that is written
    understood: bool = True  # nothing is left that might multiply


def read_measure(text: str) -> Measure | None:
    """Return the unit that a cell or a bracket names; None if it is empty."""
    written = _spelled(" ".join(text.split()).strip(" .:;-"))
    if not written:
        return None
    source = read_source(written)
    factor, place, even = _multiplier(source.folded, 0)
    unit: str | None = None
    while place < len(written):
        scale = scale_at(source, place, unit)
        named = _unit_at(source, place) if unit is None else None
        if scale is not None and (unit is None or unit in MONEY):
            factor, end = factor * scale[1], scale[0]
        elif named is not None:
            end, unit = named
            times, after, whole = _multiplier(source.folded, _past(source.folded, end))
            if unit in MONEY and whole and times > 1:
                factor, end = factor * times, after  # "VND '000"
        else:
            break
        place = _past(source.folded, end)
    rest = written[place:]
    understood = even and _is_harmless(rest, unit)
    if unit is not None:
        return Measure(factor, unit, not rest, understood)
    if not rest:
        return Measure(factor, "VND" if factor >= _LARGE else None, False, understood)
    return Measure(factor, _lowered(rest), True, understood)


def scale_at(source: Source, place: int, unit: str | None) -> tuple[int, int] | None:
    """Return the end and the factor of the word of scale at ``place``, beside a unit or none."""
    scale = SCALES.at(source, place)
    if _NO_SCALE.match(source.folded, place):
        return None
    if scale is None:
        scale = _MORE_SCALES.at(source, place)
    elif source.folded[place : scale[0]] == _METRE and unit not in MONEY:
        beside = _unit_at(source, skip(source.folded, scale[0]))
        return scale if beside is not None and beside[1] in MONEY else None
    return scale


def currency_before(folded: str, start: int, place: int) -> tuple[int, str] | None:
    """Return the start and the code of a currency that stands in front of ``place``."""
    match = _CURRENCY_BEFORE.search(folded, max(start, place - 6), place)
    return (match.start(), _PREFIXES[match[1]]) if match else None


def short_scale(composed: str, place: int) -> tuple[int, int] | None:
    """Return the end and the factor of a short word of scale that a currency follows: "tr.đ"."""
    for pattern, scale in _SHORT:
        match = pattern.match(composed, place)
        if match is not None:
            return match.end(), lexicon("measures")["scales"][scale]
    return None


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
    if _RANK.match(source.folded):
        return Measure(1, "rank", True)
    opened = _COUNT.match(source.folded)
    unit = UNITS.at(source, opened.end() if opened else 0)
    return Measure(1, unit[1], True) if unit is not None else None


def skip(folded: str, place: int) -> int:
    """Return where the spaces that begin at ``place`` end."""
    while folded[place : place + 1] == " ":
        place += 1
    return place


def _past(folded: str, place: int) -> int:
    between = _BETWEEN.match(folded, place)
    return between.end() if between else place


def _spelled(written: str) -> str:
    """Return a unit with its short word of scale written out: "Tr.đ" is "triệu đ"."""
    for pattern, scale in _SHORT:
        match = pattern.match(written)
        if match is not None:
            return f"{scale} {written[match.end() :]}"
    return written


def _multiplier(folded: str, place: int) -> tuple[int, int, bool]:
    """Return the number at ``place`` that multiplies, its end, and whether it is a power of ten."""
    thousands = _THOUSANDS.match(folded, place)
    if thousands is not None:
        return 1000, thousands.end(), True
    power = _POWER.match(folded, place)
    if power is not None:
        return 10 ** unicodedata.digit(power[1] or power[2]), power.end(), True
    counted = _COUNTED.match(folded, place)
    if counted is None or counted[1].startswith("0"):
        return 1, place, True
    value: Decimal = parse_numeral(counted[1].replace(" ", ""), ",")
    if counted[1][1:].strip("0., ") == "":
        value = Decimal(re.sub(r"\D", "", counted[1]))  # 1.000 and 1,000 are one number here
    return int(value), counted.end(), re.fullmatch("10*", str(value)) is not None


def _unit_at(source: Source, place: int) -> tuple[int, str] | None:
    currency = _CURRENCY.match(source.folded, place)
    known = UNITS.at(source, place)
    if known is None and currency is not None:
        return currency.end(), _PREFIXES[currency[1]]
    return known


def _is_harmless(rest: str, unit: str | None) -> bool:
    """Tell words that only say of what, from words that might multiply."""
    said = _DENOMINATOR.sub("", rest).strip(" .,;:()'-")
    if not said:
        return True
    source = read_source(said)
    if unit in MONEY or _MULTIPLIES.search(source.folded):
        return False
    words = [match.start() for match in _WORD.finditer(source.folded)]
    found = [named for at in words if (named := _unit_at(source, at)) is not None]
    if any(code in MONEY for _, code in found):
        return False
    return all(scale_at(source, at, unit) is None for at in words)


def _lowered(written: str) -> str:
    """Return a unit in the middle of a sentence: "Tuyến cáp" is "tuyến cáp", "Tbps" stays."""
    abbreviated = written.isascii() and " " not in written and len(written) < 6
    return written if abbreviated or written[1:2].isupper() else written[:1].lower() + written[1:]
