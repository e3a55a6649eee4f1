"""Dates of a text in the precision in which they are written, and what they are for.

Nothing is guessed: a day without a year stays without one, unless it opens a range or a list
whose end states it ("từ ngày 01/3 đến ngày 15/4/2025").
"""

import re
from collections.abc import Callable, Sequence

from lotrinh.reading import days, periods
from lotrinh.reading.moments import UNKNOWN, When, day, month, months, quarter
from lotrinh.reading.roles import UNTIL, set_roles
from lotrinh.reading.text import Source

__all__ = ["UNTIL", "When", "find_dates"]

_RANGE = re.compile(r"\s*(?:-|,|den(?:\s+het)?|va|to|and|until|through)\s*(?:the\s+)?")
_OPENS_RANGE = re.compile(r"(?<!\w)(ngay|thang|quy) (\d{1,2}|iv|i{1,3}) (?:den|va|-|,) ?(?:het )?$")
_ONE_TITLE = re.compile(r"[^.\d]{1,90}")
_PAIR = re.compile(
    r"[^\d]*(\d{1,2})(?:st|nd|rd|th)?\s*(?:and|va|,|&|den)\s*(\d{1,2})(?!\d).*", re.DOTALL
)
_DASH = re.compile(r"\s?-\s?")
_TWO_DAYS = len("2024-05-21/2024-05-22")
_EVERY_YEAR = re.compile(
    r"(?:,? (?:va|and) [\w/. ]{3,14})?,? (?:h[an]ng nam|moi nam|each year|every year|annually)"
)
_YEARLY = re.compile(r"(?:hang nam|moi nam|annually|every year|each year)[^.;:\d]*$")
_CLAUSE = 60  # characters
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_READER = Callable[[Source, int], When | None]
_DAY_READERS: tuple[_READER, ...] = (
    days.read_slashed,
    periods.read_months,
    days.read_worded,
    days.read_english,
    periods.read_month,
    days.read_short_day,
)
_READERS: dict[int, tuple[_READER, ...]] = {
    1: _DAY_READERS,
    2: _DAY_READERS,
    4: (periods.read_year,),
    8: (periods.read_glued_years,),
}


def find_dates(
    source: Source,
    numerals: Sequence[tuple[int, int]],
    words: Sequence[int],
    claimed: bytearray,
) -> list[When]:
    """Return all dates in reading order; characters in ``claimed`` belong to something else.

    ``words`` are where words of time stand.
    """
    found: list[When] = []
    places = sorted([(start, end) for start, end in numerals] + [(place, place) for place in words])
    done = 0
    for start, end in places:
        if start < done or claimed[start]:
            continue
        when = _date_at(source, start, end) if end > start else periods.read_at_word(source, start)
        if when is None or when.start < done:
            continue
        opened = _opened_range(source, when)
        if opened is not None and opened.start >= done:
            found.append(opened)
        found += _parted(source, when)
        done = when.end
    _share_years(source, found)
    found = _joined(source, [when for when in found if not _recurs(source, when)])
    set_roles(source, found)
    return found


def _date_at(source: Source, start: int, end: int) -> When | None:
    folded = source.folded
    before = folded[start - 1 : start]
    glued = before.isalnum() and not folded.endswith(("ngay", "thang", "dong"), 0, start)
    if glued and not source.composed[start - 1].islower():
        return None
    if before in {".", ","} and folded[start - 2 : start - 1].isdigit():
        return None
    if before in {"$", "/"} and start:
        return None
    for read in _READERS.get(end - start, ()):
        when = read(source, start)
        if when is not None:
            return when
    return None


def _parted(source: Source, when: When) -> list[When]:
    """Return both days of "15 and 31 December 2022"; a span of days stays one."""
    pair = _PAIR.fullmatch(source.folded, when.start, when.end)
    if pair is None or when.precision != "interval" or len(when.iso) != _TWO_DAYS:
        return [when]
    year = None if when.iso.startswith(UNKNOWN) else int(when.iso[:4])
    found = (
        day(when.start, pair.end(1), int(when.iso[8:10]), int(when.iso[5:7]), year),
        day(pair.start(2), when.end, int(when.iso[-2:]), int(when.iso[-5:-3]), year),
    )
    return [one for one in found if one is not None]


def _joined(source: Source, found: list[When]) -> list[When]:
    """Join "15/10/2006 - 15/10/2016", one span of time, from its two days."""
    kept: list[When] = []
    for when in found:
        first = kept[-1] if kept else None
        if first is None or not (first.precision == when.precision == "day"):
            kept.append(when)
        elif _DASH.fullmatch(source.folded, first.end, when.start) and _ordered(first, when):
            iso = f"{first.iso}/{when.iso}"
            span = (first.start, when.end, iso, first.first, when.last)
            kept[-1] = When(*span, "interval", "date.interval")
        else:
            kept.append(when)
    return kept


def _ordered(first: When, second: When) -> bool:
    return first.first is not None and second.first is not None and first.first < second.first


def _recurs(source: Source, when: When) -> bool:
    """Tell "trước 30/11 hằng năm", which comes every year."""
    if when.precision != "day" or not when.iso.startswith(UNKNOWN):
        return False
    if _EVERY_YEAR.match(source.folded, when.end):
        return True
    return _YEARLY.search(source.folded, max(0, when.start - _CLAUSE), when.start) is not None


def _opened_range(source: Source, when: When) -> When | None:
    """Return "ngày 10" of "từ ngày 10 đến ngày 12/4/2024", which has no month of its own."""
    low = max(0, when.start - 26)
    match = _OPENS_RANGE.search(source.folded, low, when.start)
    if match is None:
        return None
    start, end = match.start(), match.end(2)
    written = match[2]
    number = int(written) if written.isdigit() else _ROMAN[written]
    year = None if when.iso.startswith(UNKNOWN) else int(when.iso[:4])
    if match[1] == "ngay" and when.precision == "day" and written.isdigit():
        return day(start, end, number, int(when.iso[5:7]), year)
    if match[1] == "thang" and when.precision == "month" and written.isdigit():
        return month(start, end, number, year)
    if match[1] == "quy" and when.precision == "quarter" and 1 <= number <= 4:
        return quarter(start, end, number, year)
    return None


def _share_years(source: Source, found: list[When]) -> None:
    """Give a date without a year the year of the date that closes its range or list."""
    for place in range(len(found) - 1, 0, -1):
        first, second = found[place - 1], found[place]
        if not first.iso.startswith(UNKNOWN) or second.iso.startswith(UNKNOWN):
            continue
        if first.precision == "interval" and _of_one_title(source, first, second):
            found[place - 1] = _in_year(first, int(second.iso[:4])) or first
        if first.precision != second.precision or "/" in first.iso:
            continue
        if _RANGE.fullmatch(source.folded, first.end, second.start):
            found[place - 1] = _in_year(first, int(second.iso[:4])) or first


def _of_one_title(source: Source, first: When, second: When) -> bool:
    """Tell "6 tháng đầu năm, phương hướng 6 tháng cuối năm 2024", two parts of one year."""
    gap = source.folded[first.end : second.start]
    halves = len(second.iso) == len("2024-07/2024-12") or second.precision == "year"
    return (
        halves
        and len(first.iso) == len("XXXX-01/XXXX-06")
        and _ONE_TITLE.fullmatch(gap) is not None
    )


def _in_year(when: When, year: int) -> When | None:
    if when.precision == "interval":
        first, last = int(when.iso[5:7]), int(when.iso[13:15])
        return months(when.start, when.end, first, last, year)
    if when.precision == "day":
        return day(when.start, when.end, int(when.iso[8:]), int(when.iso[5:7]), year)
    if when.precision == "month":
        return month(when.start, when.end, int(when.iso[5:]), year)
    if when.precision == "quarter":
        return quarter(when.start, when.end, int(when.iso[-1]), year)
    return None
