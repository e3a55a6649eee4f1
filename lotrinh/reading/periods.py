"""Months, quarters, halves and years, and the intervals between years.

What opens with digits is read where they stand; "in May", "quý II" and "sáu tháng đầu năm" hold
none and are read where their word stands.
"""

import re

from lotrinh.reading.days import MONTH_BEFORE, MONTH_NAME, MONTH_WORDS, MONTHS, WORD_MONTH
from lotrinh.reading.grammar import any_of, lexicon
from lotrinh.reading.moments import (
    YEAR,
    When,
    month,
    months,
    opening,
    quarter,
    whole_year,
    years,
)
from lotrinh.reading.text import Source

_CALENDAR = lexicon("calendar")
_COUNTS: dict[str, int] = _CALENDAR["counts"]
_COUNT_WORD = "|".join(_COUNTS)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_NOT_YEARS = _CALENDAR["not_years"]

_MONTH_YEAR = re.compile(rf"(\d{{1,2}})\s?[/-]\s?({YEAR})(?![\d/]|-\d)")
_MONTHS_YEAR = re.compile(rf"(\d{{1,2}})\s?[-,]\s?(\d{{1,2}})\s?/\s?({YEAR})(?![\d/]|-\d)")
_MONTH_NAM = re.compile(
    rf"(\d{{1,2}})(?:\s*,?\s*nam\s*({YEAR}))?(?![\d/%]|[.,-]\d|\s?/|\s*(?:tuoi|lan)\b)"
)
_HALF = re.compile(
    rf"(\d{{1,2}}|{_COUNT_WORD})\s+thang\s+"
    rf"(?:(dau|cuoi)\s+nam(?:\s+({YEAR}))?|(?:(?:dau\s+|cua\s+)?nam\s+)?({YEAR}))(?!\w)"
)
_MONTHS_OF = re.compile(
    rf"(?:first|last|final)\s+(\d{{1,2}}|{_COUNT_WORD})\s+months"
    rf"(?:\s+of\s+(?:the\s+year\s+)?({YEAR})|(?:\s+of\s+(?:the|this)\s+year)?)(?![a-z0-9])"
)
_MONTHS_PLAIN = re.compile(rf"(\d{{1,2}}|{_COUNT_WORD})\s+months\s+of\s+({YEAR})(?!\d)")
_HALF_OF = re.compile(
    rf"(first|second)\s+half(?:\s+of\s+(?:({YEAR})|(?:the|this)\s+year)(?![a-z0-9])"
    r"|(?<=the\s\w{5}\shalf)(?!\s+of\b|[\w-])|(?<=the\s\w{6}\shalf)(?!\s+of\b|[\w-]))"
)
_NUA = re.compile(rf"nua\s+(dau|cuoi|sau)\s+nam(?:\s+({YEAR}))?(?!\w)")
_QUARTER = re.compile(rf"([1-4])(?:\s*(?:[/-]|,?\s*(?:nam|of)?\s*)\s*({YEAR}))?(?![\d/%]|[.,]\d)")
_GLUED_QUARTER = re.compile(rf"q([1-4])\s?[/-]?\s?({YEAR})?(?![\d/%a-z])")
_ROMAN_QUARTER = re.compile(
    rf"(iv|i{{1,3}})(?!\w)(?:\s*(?:/|-|,?\s*(?:nam|of))?\s*({YEAR})(?!\d))?"
)
_NTH_QUARTER = re.compile(
    rf"(first|second|third|fourth|1st|2nd|3rd|4th)\s+quarter(?:\s+of\s+({YEAR})|,?\s+({YEAR}))?(?!\w)"
)
_WORD_MONTH = re.compile(rf"thang\s+({WORD_MONTH})\s*,?\s+nam\s+({YEAR})(?!\d)")
_MONTH_ALONE = re.compile(rf"({MONTH_NAME})(?!\w|\.\w)(?!\s+\d)")
_INTERVAL = re.compile(rf"({YEAR})\s*(?:-|/|den(?:\s+nam)?|to|until|and)\s*({YEAR})(?![\d/]|-\d)")
_GLUED_YEARS = re.compile(rf"({YEAR})({YEAR})(?!\d)")
_CLOSES = re.compile(r"[ \n]{0,3}(?:[,.;:)]|$|-\s)| ?\n")
_SCALES = frozenset({"1/2000"})  # of maps
_PERIOD_WORD = ("giai doan ", "nhiem ky ", "period ", "(")
_YEAR_WORD = re.compile(
    r"(?<!\w)(?:nam|years?|" + "|".join(_CALENDAR["before_year"]) + r")\s+$|(?<!\w)mid-$"
)
_COUNTED = re.compile(
    r"\s+(?:nguoi|participants|people|dai bieu|households|ho|delegates|trieu|ha|km|tan|units"
    r"|ty(?! (?:le|trong|suat|gia)))\b"
)
_LAW = re.compile(
    rf"(?<!\w)(?:{'|'.join(_NOT_YEARS['titles'])})"
    rf"(?:,?\s(?!(?:{'|'.join(_NOT_YEARS['title_ends'])})(?!\w))[^\W\d]+){{0,14}}\s(?:nam\s|of\s|in\s)?$"
)
_LAW_BEHIND = re.compile(r"\s(?:[A-Z][\w-]+\s){1,5}(?:Law|Code|Constitution|Ordinance)\b")
_NAMED = re.compile(any_of(_NOT_YEARS["names"]) + r"\s$")
_BLANK = re.compile(r"ngay\s+thang\s+nam\s+$")
_BEFORE_MONTH = re.compile(any_of(_CALENDAR["before_month"]) + r"\s+$")
_LOW = 120  # characters in which the title of a law stands before its year


def read_months(source: Source, start: int) -> When | None:
    """Read "6 tháng đầu năm 2024" and "the first 7 months of 2023"."""
    folded = source.folded
    half = _HALF.match(folded, start)
    if half:
        return _half(half, start)
    begun = opening(folded, start, ("first", "last", "final"))
    match = _MONTHS_OF.match(folded, begun) if begun != start else None
    if match:
        return _months_of(match)
    match = _NTH_QUARTER.match(folded, start)
    if match:
        return _at_nth(source, match)
    match = _MONTHS_PLAIN.match(folded, start)
    return _first_months(match) if match else None


def _first_months(match: re.Match[str]) -> When | None:
    return months(*match.span(), 1, _count(match[1]), int(match[2]))


def _count(written: str) -> int:
    return int(written) if written.isdigit() else _COUNTS[written]


def _half(match: re.Match[str], start: int) -> When | None:
    count, year = _count(match[1]), match[3] or match[4]
    first = 13 - count if match[2] == "cuoi" else 1
    return months(start, match.end(), first, first + count - 1, int(year) if year else None)


def _months_of(match: re.Match[str]) -> When | None:
    count, year = _count(match[1]), match[2]
    first = 1 if match.group().startswith("first") else 13 - count
    return months(*match.span(), first, first + count - 1, int(year) if year else None)


def read_month(source: Source, start: int) -> When | None:
    """Read "tháng 6/2025", "12/2025", "trong tháng 6", "quý 3/2021" and "quý 1"."""
    folded = source.folded
    begun = opening(folded, start, ("quy", "qui", "quarter"))
    if begun != start:
        match = _QUARTER.match(folded, start)
        return _quarter(begun, match, int(match[1])) if match else None
    begun = opening(folded, start, ("thang",))
    several = _MONTHS_YEAR.match(folded, start) if begun != start else None
    if several:
        pair = int(several[1]), int(several[2])
        return months(begun, several.end(), *pair, int(several[3]))
    match = _MONTH_YEAR.match(folded, start)
    if match:
        if begun == start and match.group() in _SCALES:
            return None
        return month(begun, match.end(), int(match[1]), int(match[2]))
    match = _MONTH_NAM.match(folded, start)
    if match is None or begun == start or folded.endswith(("cach mang ", "30 "), 0, begun):
        return None
    return month(begun, match.end(), int(match[1]), int(match[2]) if match[2] else None)


def _quarter(begun: int, match: re.Match[str], number: int) -> When:
    return quarter(begun, match.end(), number, int(match[2]) if match[2] else None)


def read_year(source: Source, start: int) -> When | None:
    """Read what a four-digit year closes or is: "May 2024", "2021-2025", "by 2030"."""
    folded = source.folded
    year = int(folded[start : start + 4])
    if not 1900 <= year <= 2099:
        return None
    low = max(0, start - 30)
    left = folded[low:start]
    match = _INTERVAL.match(folded, start)
    if match and int(match[2]) > year and ("and" not in match.group() or "between" in left):
        return years(start, match.end(), year, int(match[2]))
    before = MONTH_BEFORE.search(left)
    if before and source.composed[low + before.start()].isupper():
        return month(low + before.start(), start + 4, MONTHS[before[1]], year)
    return _plain_year(source, start, left, year)


def read_glued_years(source: Source, start: int) -> When | None:
    """Read "giai đoạn 20112020", between whose years the dash was lost."""
    match = _GLUED_YEARS.match(source.folded, start)
    if match is None or not source.folded.endswith(_PERIOD_WORD, 0, start):
        return None
    first, last = int(match[1]), int(match[2])
    return years(start, match.end(), first, last) if first < last else None


def _plain_year(source: Source, start: int, left: str, year: int) -> When | None:
    folded = source.folded
    end = start + 4
    if folded[end : end + 1].isalnum() or re.match(r"[.,/]\d|\s?%", folded[end : end + 3]):
        return None
    word = _YEAR_WORD.search(left)
    owned = folded.startswith("'s ", end)
    if word is None and not owned and not _CLOSES.match(folded, end):
        return None
    if _COUNTED.match(folded, end) or (left.endswith(("-", "/", "+")) and word is None):
        return None
    if _is_a_name(source, start, end, left):
        return None
    return whole_year(opening(folded, start, ("nam",)), end, year)


def _is_a_name(source: Source, start: int, end: int, left: str) -> bool:
    """Tell the year of a law's title or of a championship from a time."""
    if _BLANK.search(left) or _NAMED.search(left):
        return True
    if source.composed[end : end + 1] == " " and _LAW_BEHIND.match(source.composed, end):
        return True
    low = max(0, start - _LOW)
    match = _LAW.search(source.folded, low, start)
    return match is not None and source.composed[match.start()].isupper()


def read_at_word(source: Source, place: int) -> When | None:
    """Read a period that holds no digits, or opens with none, where its word stands."""
    folded = source.folded
    for pattern, build in _AT_WORD:
        match = pattern.match(folded, place)
        if match:
            return build(source, match)
    return None


def _at_roman(source: Source, match: re.Match[str]) -> When | None:
    if not source.composed[match.start(1)].isupper():
        return None
    year = match[2]
    return quarter(match.start(), match.end(), _ROMAN[match[1]], int(year) if year else None)


def _at_nth(source: Source, match: re.Match[str]) -> When:
    year = match[2] or match[3]
    return quarter(match.start(), match.end(), _NTH[match[1]], int(year) if year else None)


def _at_half(source: Source, match: re.Match[str]) -> When | None:
    covered = (1, 6) if match[1] in {"first", "dau"} else (7, 12)
    return months(*match.span(), *covered, int(match[2]) if match[2] else None)


def _at_glued_quarter(source: Source, match: re.Match[str]) -> When | None:
    if not source.composed[match.start()].isupper() or not match[2]:
        return None
    return quarter(match.start(), match.end(), int(match[1]), int(match[2]))


def _at_month(source: Source, match: re.Match[str]) -> When | None:
    """Read "in May": without such a word before it "May" and "March" are other words."""
    low = max(0, match.start() - 14)
    if not source.composed[match.start()].isupper():
        return None
    if _BEFORE_MONTH.search(source.folded, low, match.start()) is None:
        return None
    return month(*match.span(), MONTHS[match[1]], None)


def _at_word_month(source: Source, match: re.Match[str]) -> When | None:
    number = MONTH_WORDS[" ".join(match[1].split())]
    return month(*match.span(), number, int(match[2]))


_AT_WORD = (
    (re.compile(rf"(?:qu[yi]|quarter)\s+{_ROMAN_QUARTER.pattern}"), _at_roman),
    (_NTH_QUARTER, _at_nth),
    (_HALF_OF, _at_half),
    (_NUA, _at_half),
    (_GLUED_QUARTER, _at_glued_quarter),
    (_WORD_MONTH, _at_word_month),
    (_HALF, lambda source, match: _half(match, match.start())),
    (_MONTHS_OF, lambda source, match: _months_of(match)),
    (_MONTHS_PLAIN, lambda source, match: _first_months(match)),
    (_MONTH_ALONE, _at_month),
)
# The words at which one of these may stand.
TRIGGERS: frozenset[str] = frozenset(
    {"quy", "qui", "quarter", "first", "second", "third", "fourth", "last", "final", "nua", "thang"}
    | {"q"}
    | set(MONTHS)
    | set(_COUNTS)
)
