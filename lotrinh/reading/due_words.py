"""Words around a deadline that say more than the time itself.

"Trước" that time, "và những năm tiếp theo", so many (working) days "kể từ" an event, "ngày 20 hằng
tháng", "3 tháng/lần". Times themselves are read by ``dates``; here stands what changes their
meaning.
"""

import re
from dataclasses import replace

from lotrinh.reading.text import fold
from lotrinh.rules.due_days import FromEvent, Stated

_BEFORE = re.compile(
    r"(?<!\w)(?:truoc|before|prior to)"
    r"(?:\s+(?:ngay|thang|quy|nam|the|\d{1,2}\s*(?:h|gio)\s*\d{0,2}))*\s*$"
)
_OPEN = re.compile(
    r"(?<!\w)(?:va|and)\s+(?:(?:cac|nhung)\s+nam\s+(?:tiep theo|sau|ke tiep)"
    r"|the (?:following|subsequent) years|years (?:that follow|after))"
)
_COUNT = r"(\d{1,3})(?:\s*\([^)]{1,30}\))?\s+"
_DAYS_FROM = re.compile(
    rf"(?<!\w){_COUNT}ngay(\s+lam viec)?,?\s+(?:ke\s+)?(?:tu|sau)(?!\w)"
    rf"|(?<!\w){_COUNT}(working\s+|business\s+)?days\s+(?:from|after|of|since)(?!\w)"
)
_DAYS_GIVEN = re.compile(
    r"(?:cham nhat(?: la)?|trong(?: thoi han| vong)?|khong qua|within)\s+"
    rf"{_COUNT}(?:ngay\s+(lam viec)|(working|business)\s+days)(?!\w)"
)
_RECEIVED = re.compile(r"\s*(?:ngay|khi)?\s*(?:nhan duoc|nhan|tiep nhan)(?!\w)|.{0,9}receipt")
_ISSUED = re.compile(r"\s*(?:ngay|khi)?\s*(?:van ban nay )?(?:ky|ban hanh)(?!\w)|.{0,9}issu")
_EVERY = re.compile(r"(?<!\w)(\d{1,2})\s+thang\s*(?:/\s*(?:0?1\s+)?|mot\s+|0?1\s+)lan(?!\w)")
_EVERY_CODES = {1: "monthly", 3: "quarterly", 6: "half-yearly", 12: "yearly"}
_DAY_OF_MONTH = re.compile(
    r"(?<!\w)(?:ngay|truoc|day)\s+(?:ngay\s+)?(\d{1,2})(?:\s+cua)?\s+"
    r"(?:hang|moi|cua moi)\s+(?:thang|quy)(?!\w)"
)
_DAY_OF_YEAR = re.compile(
    r"(?<!\w)(?:ngay\s+)?(\d{1,2})\s*/\s*(\d{1,2})\s+(?:hang|moi)\s+nam(?!\w)"
)
_LEAD_IN = 24  # characters
_LONGEST = 12
_LONGEST_MONTH = 31


def stated_by(words: str, *, lead_in: str = "", iso: str = "", recurrence: str = "") -> Stated:
    """Return what a passage says of its deadline, once its time and recurrence are read.

    ``lead_in`` is what stands right before the time that ``iso`` names.

    >>> stated_by("chậm nhất 05 ngày làm việc kể từ ngày nhận được").days
    5
    >>> stated_by("báo cáo trước ngày 20 hằng tháng", recurrence="monthly").recurrence
    'monthly:19'
    """
    folded = fold(words)
    found = Stated(iso=iso, recurrence=_recurrence(folded, recurrence))
    counted = _DAYS_FROM.search(folded) or (None if iso else _DAYS_GIVEN.search(folded))
    if counted:
        number, *working = (group for group in counted.groups() if group)
        return replace(
            found,
            days=int(number),
            are_working=bool(working),
            event=_event(folded, counted.end()),
        )
    if not iso:
        return found
    is_before = _BEFORE.search(fold(lead_in)) is not None
    return replace(found, is_before=is_before, is_open=_OPEN.search(folded) is not None)


def _event(folded: str, place: int) -> FromEvent:
    if _RECEIVED.match(folded, place):
        return FromEvent.RECEIVED
    return FromEvent.ISSUED if _ISSUED.match(folded, place) else FromEvent.OTHER


def _recurrence(folded: str, read: str) -> str:
    """Return how often, with the day by which, where the words say it."""
    every = _EVERY.search(folded)
    if every and int(every[1]) in _EVERY_CODES:
        read = _EVERY_CODES[int(every[1])]
    if read in {"monthly", "quarterly"}:
        day = _DAY_OF_MONTH.search(folded)
        if day is None or not 1 <= int(day[1]) <= _LONGEST_MONTH:
            return read
        return f"{read}:{_last_in_term(folded, day.start(1), int(day[1]))}"
    if read == "yearly":
        day = _DAY_OF_YEAR.search(folded)
        if day and 1 <= int(day[1]) <= _LONGEST_MONTH and 1 <= int(day[2]) <= _LONGEST:
            number = _last_in_term(folded, day.start(1), int(day[1]))
            return f"yearly:{int(day[2]):02}-{number:02}"
    return read


def _last_in_term(folded: str, place: int, number: int) -> int:
    """Return the day before where the words say "trước"; the first of a month stays."""
    is_before = _BEFORE.search(folded, max(0, place - _LEAD_IN), place) is not None
    return number - 1 if is_before and number > 1 else number
