"""Days, with or without a year, alone or several of one month.

Each reader looks at one place where digits begin and answers with a date or None.
"""

import re

from lotrinh.reading.grammar import any_of, lexicon
from lotrinh.reading.moments import YEAR, YEAR_END, When, day, days, opening
from lotrinh.reading.text import Source

_CALENDAR = lexicon("calendar")
MONTHS: dict[str, int] = _CALENDAR["months"]
MONTH_WORDS: dict[str, int] = _CALENDAR["month_words"]
MONTH_NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
WORD_MONTH = "|".join(sorted((w.replace(" ", r"\s+") for w in MONTH_WORDS), key=len, reverse=True))

_SLASHED = re.compile(rf"(\d{{1,2}})\s?([/.-])\s?(\d{{1,2}})\s?\2\s?({YEAR}){YEAR_END}")
_JOIN = r"(?:\s?-\s?|\s+den\s+|\s+va\s+|\s?&\s?|\s?,\s?)"
_DAYS = re.compile(
    rf"(\d{{1,2}}){_JOIN}(\d{{1,2}})\s?[/-]\s?(\d{{1,2}})(?:\s?/\s?({YEAR}))?(?![\d/%])"
)
_DAYS_WORDED = re.compile(
    rf"(\d{{1,2}}){_JOIN}(\d{{1,2}})\s*thang\s*(\d{{1,2}})(?!\d)(?:\s*,?\s*nam\s*({YEAR}))?"
)
_WORDED = re.compile(
    rf"(\d{{1,2}})\s*thang\s*(\d{{1,2}}|{WORD_MONTH})(?!\d|\w)"
    rf"(?:\s*,?\s*nam\s*({YEAR}){YEAR_END}|\s*[/-]\s*({YEAR}){YEAR_END})?"
)
_SHORT_DAY = re.compile(
    r"(\d{1,2})\s?([/.-])\s?(\d{1,2})(?![\d/%]|[.,]\d|-\d|\s?(?:ty|trieu|nghin)\b)"
)
_DAY_MONTH = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?(?:(?:\s+and\s+|\s+to\s+|\s?-\s?)(\d{{1,2}})(?:st|nd|rd|th)?)?"
    rf"\s+(?:of\s+)?({MONTH_NAME})\b\.?(?:,?\s+({YEAR}))?(?!\d)"
)
_AFTER_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?"
    r"(?:\s?-\s?(?P<dashed>\d{1,2})(?![\d%/]|[.,]\d)"
    r"|(?:\s+and\s+|\s+to\s+)(?P<joined>\d{1,2})(?:st|nd|rd|th)?"
    rf"(?=\s*(?:$|[,;:)\n]|\.\s|\.$|{YEAR}|(?:in|at|the|this|last|with|for|to|on|and)\b)))?"
    rf"(?:\s*,\s*(?P<year>{YEAR})|\s+(?P<spaced>{YEAR}))?(?![\d%]|[.,]\d)"
)
_NUMBERED = re.compile(rf"(\d{{1,2}}) month (\d{{1,2}}) year ({YEAR})")
MONTH_BEFORE = re.compile(rf"(?<!\w)({MONTH_NAME})\b\.?,?\s*(?:of\s+)?$")
_NO_DAY = re.compile(r"(?<!\w)(?:dot|lan|vong|ky|khoa|nhom|to|so|moi|du) $")
_TODAY = re.compile(
    r"(?:(?:sang|chieu|toi|trua|hom|ngay) (?:nay|qua|mai)\s?[,(]?"
    r"|(?:nay|qua|mai|today|yesterday|tomorrow|day|afternoon|morning)\s?[,(])\s?$"
)
_DATED = _CALENDAR["days"]
_BEFORE_DAY = tuple(_DATED["before"])
_EDGES = (*(f"{word} " for word in _DATED["edges"]), "truoc")
_COUNTED_BEFORE = tuple(f"{word} " for word in _DATED["counted"])
_FOLLOWED = re.compile(rf"\s*(?:$|[,.;:)\n-]|{any_of(_DATED['after'])})")


def read_slashed(source: Source, start: int) -> When | None:
    """Read "16/11/2023" and "21-22/5/2024"."""
    folded = source.folded
    match = _SLASHED.match(folded, start)
    if match:
        numbers = int(match[1]), int(match[3]), int(match[4])
        return day(opening(folded, start, ("ngay",)), match.end(), *numbers)
    match = _DAYS.match(folded, start) or _DAYS_WORDED.match(folded, start)
    if match is None:
        return None
    begun = opening(folded, start, ("ngay",))
    year = int(match[4]) if match[4] else None
    bare = begun == start and not folded.endswith(("tu ", "from "), 0, start)
    if bare and (year is None or "," in match.group()):
        return None
    pair = int(match[1]), int(match[2])
    return days(begun, match.end(), pair, int(match[3]), year)


def read_worded(source: Source, start: int) -> When | None:
    """Read "ngày 14 tháng 5 năm 2011"."""
    folded = source.folded
    match = _WORDED.match(folded, start)
    if match is None:
        match = _NUMBERED.match(folded, start)
        if match is None:
            return None
        return day(opening(folded, start, ("day",)), match.end(), *map(int, match.groups()))
    written = " ".join(match[2].split())
    month = int(written) if written.isdigit() else MONTH_WORDS[written]
    year = match[3] or match[4]
    begun = opening(folded, start, ("ngay mung", "mung", "ngay"))
    if year is None and begun == start:
        if not written.isdigit() or _NO_DAY.search(folded, max(0, start - 8), start):
            return None
        if folded.startswith(" lan", match.end()):
            return None  # "1 tháng 1 lần"
    return day(begun, match.end(), int(match[1]), month, int(year) if year else None)


def read_english(source: Source, start: int) -> When | None:
    """Read "May 9th", "August 01 and 02, 2016" and "16 November 2023"."""
    folded = source.folded
    low = max(0, start - 14)
    before = MONTH_BEFORE.search(folded[low:start])
    if before and source.composed[low + before.start()].isupper():
        match = _AFTER_MONTH.match(folded, start)
        if match:
            written = match["year"] or match["spaced"]
            year = int(written) if written else None
            found = (low + before.start(), match.end())
            last = match["dashed"] or match["joined"]
            return _one_or_several(found, (match[1], last), MONTHS[before[1]], year)
    match = _DAY_MONTH.match(folded, start)
    if match is None or not source.composed[match.start(3)].isupper():
        return None
    year = int(match[4]) if match[4] else None
    return _one_or_several(match.span(), (match[1], match[2]), MONTHS[match[3]], year)


def _one_or_several(
    found: tuple[int, int], numbers: tuple[str, str | None], month: int, year: int | None
) -> When | None:
    first, last = numbers
    if last is not None:
        return days(*found, (int(first), int(last)), month, year)
    return day(*found, int(first), month, year)


def read_short_day(source: Source, start: int) -> When | None:
    """Read "ngày 21-4", "Chiều 9/5", "trước 30/8" and "sáng nay (5/9)"."""
    folded = source.folded
    match = _SHORT_DAY.match(folded, start)
    if match is None:
        return None
    begun = opening(folded, start, _BEFORE_DAY)
    if match[2] == "." and begun == start:
        return None
    if begun == start and not _on_an_edge(folded, start, match):
        return None
    if not folded.startswith("ngay", begun):
        begun = start
    return day(begun, match.end(), int(match[1]), int(match[3]), None)


def _on_an_edge(folded: str, start: int, match: re.Match[str]) -> bool:
    """Tell "đến 15/12" and "dịp 30/4" from "đến 9/10 chỉ tiêu", a share of what is counted."""
    if _TODAY.search(folded, max(0, start - 12), start):
        return True
    if folded.endswith(_COUNTED_BEFORE, 0, start) and not folded.endswith(
        ("truoc ", "before ", "den het "), 0, start
    ):
        return False
    if not folded.endswith(_EDGES, 0, start):
        return False
    if folded.endswith(("truoc ", "truoc", "before ", "den het "), 0, start):
        return True
    return int(match[1]) > int(match[3]) or _FOLLOWED.match(folded, match.end()) is not None
