"""Days, months, quarters, years and intervals, in the precision in which they are written.

Nothing is guessed: a day without a year stays without one. What a date is for (a deadline, the
day a document was issued, the day of an event, a period) is told by the words before it.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lotrinh.reading.grammar import Phrases, lexicon
from lotrinh.reading.text import Source

_CALENDAR = lexicon("calendar")
_MONTHS: dict[str, int] = _CALENDAR["months"]
_MONTH_WORDS: dict[str, int] = _CALENDAR["month_words"]
_COUNTS: dict[str, int] = _CALENDAR["counts"]
_DEADLINE = _CALENDAR["deadline"]
UNTIL: Phrases[str] = Phrases(
    [(word, "until") for word in _DEADLINE["until_vi"] + _DEADLINE["until_en"]]
    + [(word, "before") for word in _DEADLINE["before_vi"] + _DEADLINE["before_en"]]
    + [(word, "vision") for word in _DEADLINE["vision_vi"] + _DEADLINE["vision_en"]]
)

_YEAR = r"(?:19|20)\d\d"
_MONTH_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WORD_MONTH = "|".join(
    sorted((w.replace(" ", r"\s+") for w in _MONTH_WORDS), key=len, reverse=True)
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4}

_SLASHED = re.compile(rf"(\d{{1,2}})\s?([/.-])\s?(\d{{1,2}})\s?\2\s?({_YEAR})(?!\d|[/-]\d)")
_DAYS = re.compile(rf"(\d{{1,2}})\s?(?:-|den|va|&)\s?(\d{{1,2}})/(\d{{1,2}})/({_YEAR})(?!\d)")
_WORDED = re.compile(
    rf"(\d{{1,2}})\s*thang\s*(\d{{1,2}}|{_WORD_MONTH})(?!\d|\w)(?:\s*,?\s*nam\s*({_YEAR})|\s*[/-]\s*({_YEAR}))?"
)
_SHORT_DAY = re.compile(
    r"(\d{1,2})\s?[/-]\s?(\d{1,2})(?![\d/%]|[.,]\d|-\d|\s?(?:ty|trieu|nghin)\b)"
)
_DAY_MONTH = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_MONTH_NAME})\b\.?(?:,?\s+({_YEAR}))?(?!\d)"
)
_AFTER_MONTH = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?(?:\s*,\s*({_YEAR})|\s+({_YEAR}))?(?![\d%]|[.,]\d)"
)
_MONTH_YEAR = re.compile(rf"(\d{{1,2}})\s?[/-]\s?({_YEAR})(?![\d/]|-\d)")
_MONTH_NAM = re.compile(rf"(\d{{1,2}})\s*(?:,?\s*nam\s*({_YEAR}))?(?![\d/]|[.,]\d)")
_HALF = re.compile(rf"(\d{{1,2}})\s+thang\s+(?:(dau|cuoi)\s+nam(?:\s+({_YEAR}))?|nam\s+({_YEAR}))")
_MONTHS_OF = re.compile(rf"(\d{{1,2}}|[a-z]+)\s+months\s+of\s+(?:the\s+year\s+)?({_YEAR})")
_QUARTER = re.compile(rf"([1-4])\s*(?:[/-]|,?\s*(?:nam|of)?\s*)\s*({_YEAR})(?!\d)")
_INTERVAL = re.compile(rf"({_YEAR})\s*(?:-|den(?:\s+nam)?|to|and|until)\s*({_YEAR})(?![\d/]|-\d)")
_ROMAN_QUARTER = re.compile(r"(?<!\w)(?:quy|quarter)\s+(i{1,3}|iv)\s*(?:/|-|,?\s*(?:nam|of)?)\s*$")
_NTH_QUARTER = re.compile(r"(?<!\w)(first|second|third|fourth) quarter (?:of )?$")
_MONTH_BEFORE = re.compile(rf"(?<!\w)({_MONTH_NAME})\b\.?,?\s*(?:of\s+)?$")
_YEAR_WORD = re.compile(
    r"(?<!\w)(?:(nam|year)|in|the|of|by|until|to|before|end|since|from|for|during|den|truoc|cuoi|dau|tam\snhin"
    r"|hanh|after|and|vision|towards|toward|ky|trong|giua|hoc|het|sau|phan|va|plan|throughout|early|late|mid)\s+$"
)
_BEFORE_DAY = ("ngay", "sang", "chieu", "toi", "trua", "hom", "dem", "sang ngay", "chieu ngay")
_COUNTED = re.compile(
    r"\s+(?:nguoi|participants|people|dai bieu|households|ho|delegates|trieu|ha|km"
    r"|ty(?! (?:le|trong|suat|gia)))\b"
)
_FROM_NOW = re.compile(
    r"(?:tu nay|tinh|from now|as of|ke tu|so voi|compared to|up)\s+(?:den|until|to)?\s*(?:nam\s*)?$"
)


@dataclass(slots=True)
class When:
    """A date while it is being read: its first and last day are None where the year is unknown."""

    start: int
    end: int
    iso: str
    first: date | None
    last: date | None
    precision: str
    rule: str
    role: str = "period"
    word: str | None = None  # "until", "before" or "vision", from the words before it

    @property
    def last_day(self) -> date | None:
        """The last day that is still in time."""
        if self.word == "before" and self.first is not None:
            return self.first - timedelta(days=1)
        return self.last


def find_dates(
    source: Source, numerals: Sequence[tuple[int, int]], claimed: bytearray
) -> list[When]:
    """Return all dates in reading order; digits in ``claimed`` belong to something else."""
    found: list[When] = []
    done = 0
    for start, end in numerals:
        if start < done or claimed[start]:
            continue
        when = _date_at(source, start, end)
        if when is not None:
            _set_word(source, when)
            found.append(when)
            done = when.end
    return found


def _date_at(source: Source, start: int, end: int) -> When | None:
    folded = source.folded
    before = folded[start - 1 : start]
    glued = before.isalnum() and not folded.endswith(("ngay", "thang", "dong"), 0, start)
    if glued and not source.composed[start - 1].islower():
        return None
    if before in {".", ","} and folded[start - 2 : start - 1].isdigit():
        return None
    if before == "$" or (
        before == "/" and not _ROMAN_QUARTER.search(folded[max(0, start - 14) : start])
    ):
        return None
    readers = _YEAR_READERS if end - start == 4 else _DAY_READERS if end - start <= 2 else ()
    for read in readers:
        when = read(folded, start)
        if when is not None:
            return when
    return None


def _day(start: int, end: int, rule: str, day: int, month: int, year: int | None) -> When | None:
    """Return a day that exists in the calendar, or None."""
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year or 2024, month)[1]:
        return None
    if year is None:
        return When(start, end, f"XXXX-{month:02}-{day:02}", None, None, "day", rule)
    moment = date(year, month, day)
    return When(start, end, moment.isoformat(), moment, moment, "day", rule)


def _span(
    start: int, end: int, rule: str, months: tuple[int, int, int, int], iso: str, precision: str
) -> When:
    first_year, first_month, last_year, last_month = months
    last = date(last_year, last_month, monthrange(last_year, last_month)[1])
    return When(start, end, iso, date(first_year, first_month, 1), last, precision, rule)


def _month(start: int, end: int, month: int, year: int) -> When | None:
    if not 1 <= month <= 12:
        return None
    months = (year, month, year, month)
    return _span(start, end, "date.month", months, f"{year}-{month:02}", "month")


def _quarter(start: int, end: int, quarter: int, year: int) -> When:
    months = (year, quarter * 3 - 2, year, quarter * 3)
    return _span(start, end, "date.quarter", months, f"{year}-Q{quarter}", "quarter")


def _opening(folded: str, start: int, words: tuple[str, ...]) -> int:
    """Return the start of the word that names the unit of time, where it stands before."""
    end = start
    while end and folded[end - 1] in " \n":
        end -= 1
    for word in words:
        if (
            folded.endswith(word, 0, end)
            and not folded[end - len(word) - 1 : end - len(word)].isalnum()
        ):
            return end - len(word)
    return start


def _read_slashed(folded: str, start: int) -> When | None:
    match = _SLASHED.match(folded, start)
    if match:
        day, month, year = int(match[1]), int(match[3]), int(match[4])
        return _day(_opening(folded, start, ("ngay",)), match.end(), "date.day", day, month, year)
    match = _DAYS.match(folded, start)
    if match is None:
        return None
    opening = _opening(folded, start, ("ngay",))
    first = _day(opening, match.end(), "date.day", int(match[1]), int(match[3]), int(match[4]))
    last = _day(opening, match.end(), "date.day", int(match[2]), int(match[3]), int(match[4]))
    if first is None or last is None:
        return None
    iso = f"{first.iso}/{last.iso}"
    return When(opening, match.end(), iso, first.first, last.last, "interval", "date.interval")


def _read_worded(folded: str, start: int) -> When | None:
    match = _WORDED.match(folded, start)
    if match is None:
        return None
    half = _HALF.match(folded, start)
    if half:
        return _read_half(half)
    written = " ".join(match[2].split())
    month = int(written) if written.isdigit() else _MONTH_WORDS[written]
    year = match[3] or match[4]
    if year is None and not (written.isdigit() or _opening(folded, start, ("ngay",)) != start):
        return None
    opening = _opening(folded, start, ("ngay",))
    return _day(opening, match.end(), "date.day", int(match[1]), month, int(year) if year else None)


def _read_half(match: re.Match[str]) -> When | None:
    count, year = int(match[1]), match[3] or match[4]
    if year is None or not 1 <= count <= 12:
        return None
    first = 13 - count if match[2] == "cuoi" else 1
    return _months_of_year(match.start(), match.end(), int(year), first, first + count - 1)


def _months_of_year(start: int, end: int, year: int, first: int, last: int) -> When:
    iso = f"{year}-{first:02}/{year}-{last:02}"
    return _span(start, end, "date.interval", (year, first, year, last), iso, "interval")


def _read_months(folded: str, start: int) -> When | None:
    half = _HALF.match(folded, start)
    if half:
        return _read_half(half)
    match = _MONTHS_OF.match(folded, start)
    if match is None or not match[1].isdigit():
        return None
    count, year = int(match[1]), int(match[2])
    opening = _opening(folded, start, ("first", "last", "final"))
    if not 1 <= count <= 12:
        return None
    first = 13 - count if folded.startswith(("last", "final"), opening) else 1
    return _months_of_year(opening, match.end(), year, first, first + count - 1)


def _read_english(folded: str, start: int) -> When | None:
    low = max(0, start - 14)
    month = _MONTH_BEFORE.search(folded[low:start])
    if month:
        match = _AFTER_MONTH.match(folded, start)
        if match:
            year = match[2] or match[3]
            opening = low + month.start()
            number = _MONTHS[month[1]]
            return _day(
                opening, match.end(), "date.day", int(match[1]), number, int(year) if year else None
            )
    match = _DAY_MONTH.match(folded, start)
    if match is None:
        return None
    year = match[3]
    return _day(
        start,
        match.end(),
        "date.day",
        int(match[1]),
        _MONTHS[match[2]],
        int(year) if year else None,
    )


def _read_month(folded: str, start: int) -> When | None:
    quarter = _opening(folded, start, ("quy", "quarter", "q"))
    match = _QUARTER.match(folded, start)
    if quarter != start:
        return _quarter(quarter, match.end(), int(match[1]), int(match[2])) if match else None
    opening = _opening(folded, start, ("thang",))
    match = _MONTH_YEAR.match(folded, start)
    if match:
        return _month(opening, match.end(), int(match[1]), int(match[2]))
    match = _MONTH_NAM.match(folded, start)
    if match and opening != start and match[2]:
        return _month(opening, match.end(), int(match[1]), int(match[2]))
    return None


def _read_short_day(folded: str, start: int) -> When | None:
    match = _SHORT_DAY.match(folded, start)
    if match is None:
        return None
    opening = _opening(folded, start, _BEFORE_DAY)
    if opening == start and not folded.endswith((" truoc ", "den het ", "before "), 0, start):
        return None
    if not folded.startswith("ngay", opening):
        opening = start
    return _day(opening, match.end(), "date.day", int(match[1]), int(match[2]), None)


def _read_year_end(folded: str, start: int) -> When | None:
    """Read what a four-digit year closes: "Q II of 2024", "May 2024", "2021-2025", "by 2030"."""
    year = int(folded[start : start + 4])
    if not 1900 <= year <= 2099:
        return None
    match = _INTERVAL.match(folded, start)
    if match and int(match[2]) > year:
        months = (year, 1, int(match[2]), 12)
        return _span(start, match.end(), "date.interval", months, f"{year}/{match[2]}", "interval")
    low = max(0, start - 26)
    left = folded[low:start]
    end = start + 4
    quarter = _ROMAN_QUARTER.search(left)
    if quarter:
        return _quarter(low + quarter.start(), end, _ROMAN[quarter[1]], year)
    nth = _NTH_QUARTER.search(left)
    if nth:
        return _quarter(low + nth.start(), end, _NTH[nth[1]], year)
    month = _MONTH_BEFORE.search(left)
    if month:
        return _month(low + month.start(), end, _MONTHS[month[1]], year)
    return _read_plain_year(folded, start, left, year)


def _read_plain_year(folded: str, start: int, left: str, year: int) -> When | None:
    end = start + 4
    if folded[end : end + 1].isalnum() or re.match(r"[.,/]\d|\s?%", folded[end : end + 3]):
        return None
    word = _YEAR_WORD.search(left)
    months = _worded_months(folded, start, left, year)
    if months:
        return months
    if word is None and not re.match(r"\s*(?:[,.;:)]|$|-\s)", folded[end : end + 3]):
        return None
    if _COUNTED.match(folded, end) or left.endswith(("-", "/", "+")):
        return None
    opening = _opening(folded, start, ("nam",))
    return _span(opening, end, "date.year", (year, 1, year, 12), str(year), "year")


def _worded_months(folded: str, start: int, left: str, year: int) -> When | None:
    """Read "first six months of 2024", whose count is a word."""
    match = re.search(
        r"(first|last|final)\s+([a-z]+)\s+months\s+of\s+$", folded[max(0, start - 30) : start]
    )
    if match is None or match[2] not in _COUNTS:
        return None
    count = _COUNTS[match[2]]
    first = 1 if match[1] == "first" else 13 - count
    opening = max(0, start - 30) + match.start()
    return _months_of_year(opening, start + 4, year, first, first + count - 1)


_Reader = Callable[[str, int], When | None]
_DAY_READERS: tuple[_Reader, ...] = (
    _read_slashed,
    _read_worded,
    _read_months,
    _read_english,
    _read_month,
    _read_short_day,
)
_YEAR_READERS: tuple[_Reader, ...] = (_read_year_end,)


def _set_word(source: Source, when: When) -> None:
    """Note the word of deadline or vision in front of a date, and the role it gives."""
    before = UNTIL.before(source, when.start)
    if when.precision == "day":
        when.role = "event"
    if before is None:
        return
    when.word = before[1]
    if when.precision == "month" and source.composed.startswith("Đến hết", before[0]):
        when.word = None  # "Đến hết tháng 9" opens a report
        return
    if before[1] == "vision":
        when.role = "period"
    elif not _FROM_NOW.search(source.folded[max(0, when.start - 24) : when.start]):
        when.role = "deadline"
    else:
        when.word = None
