"""What a date is for: a deadline, the days of an event, or the time that a statement covers.

The words before a date tell; where they are the same for what was reached and what is to be
reached ("đến ngày 15/6", "trong quý II"), the words of its clause decide. Days of issue are told
by the numbers of documents beside them, not here.
"""

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from lotrinh.reading.grammar import Phrases, any_of, lexicon
from lotrinh.reading.moments import UNKNOWN, When
from lotrinh.reading.text import Source

_CALENDAR = lexicon("calendar")
_DEADLINE = _CALENDAR["deadline"]
UNTIL: Phrases[str] = Phrases(
    [(word, "until") for word in _DEADLINE["until_vi"] + _DEADLINE["until_en"]]
    + [(word, "before") for word in _DEADLINE["before_vi"] + _DEADLINE["before_en"]]
    + [(word, "vision") for word in _DEADLINE["vision_vi"] + _DEADLINE["vision_en"]]
)
_ROLES = _CALENDAR["roles"]
_AS_OF = re.compile(
    any_of(_ROLES["as_of"]) + r"\s(?:\d{1,2}\s?(?:h|g|gio)\s?\d{0,2},?\s)?(?:ngay\s)?$"
)
_SINCE = re.compile(any_of(_ROLES["since"]) + r"\s$")
_REACHED = re.compile(any_of(_ROLES["reached"]))
_TERM = re.compile(any_of(_ROLES["term"]) + r"\s?:\s$")
_IN = re.compile(any_of(_ROLES["within"]) + r"\s$")
_FROM_NOW = re.compile(
    r"(?:tu nay|tinh|from now|as of|ke tu|so voi|compared to|up)\s+(?:den|until|to)?\s*(?:nam\s*)?$"
)
_CLOCK = re.compile(
    r"(?:(?:\d{1,2}\s?(?:h|g|gio|:)\s?\d{0,2}\s?(?:phut)?|\d{1,2} ?[ap]\.?m\.?),? ?)?"
    r"(?:(?:sang|trua|chieu|toi|dem) )?(?:hom nay \(|nay \()?(?:on )?$"
)
_FROM = ("tu ", "from ", "tu\n", "since ")
_TO = re.compile(r"\s(?:den|toi|to|until|through)(?:\s(?:het|the))?\s")
_IN_YEAR = re.compile(r"(?<!\w)in $")
_ORDERED = re.compile(any_of(_ROLES["ordered"]))
_ENDS = re.compile(r"\s?(?:[.;]|$)")
_AND = re.compile(r"\s(?:va|and|hoac|or)\s(?:truoc\s|before\s)?")
_TWO_DAYS = len("2024-05-21/2024-05-22")
_FEW_DAYS = 14
_CLAUSE = 90  # characters
_AN_ORDER = 8  # characters: what is to be done stands before the time in which it is
_LEAP_YEAR = "2024"  # in which a day without a year is counted


def set_roles(source: Source, found: Sequence[When]) -> None:
    """Note what each date is for, and the word of deadline or vision in front of it."""
    for when in found:
        _set_word(source, when)
    for first, second in pairwise(found):
        _set_range(source, first, second)
        _set_pair(source, first, second)


def _set_word(source: Source, when: When) -> None:
    folded = source.folded
    if when.precision == "day" or (when.precision == "interval" and _is_short(when)):
        when.role = "event"
    low = max(0, when.start - 40)
    if _told_then(source, when, low):
        when.role = "period"
        word = UNTIL.before(source, when.start)
        when.word = word[1] if word and word[1] == "before" else None
        return
    clock = _CLOCK.search(folded, max(0, when.start - 24), when.start)
    before = UNTIL.before(source, clock.start() if clock else when.start)
    if before is None:
        if _TERM.search(folded, low, when.start) or _to_be_done_in(source, when, low):
            when.role = "deadline"
        return
    when.word = before[1]
    if when.precision == "month" and source.composed.startswith("Đến hết", before[0]):
        when.word = None  # "Đến hết tháng 9" opens a report
        return
    if before[1] == "vision":
        when.role = "period"
    elif not _FROM_NOW.search(folded[max(0, when.start - 24) : when.start]):
        when.role = "deadline"
    else:
        when.word = None


def _told_then(source: Source, when: When, low: int) -> bool:
    """Tell "tính đến 30/10" and "By June 14, there were ...", on which something was counted."""
    folded = source.folded
    if when.precision not in {"day", "month"}:
        return False
    if _AS_OF.search(folded, low, when.start):
        return True
    if when.precision == "day" and _SINCE.search(folded, low, when.start):
        return not folded.endswith(_FROM[:1], low, when.start)
    opens = _OPENS.search(source.composed, max(0, when.start - 12), when.start)
    return opens is not None and _REACHED.search(folded, when.end, when.end + _CLAUSE) is not None


_OPENS = re.compile(r"(?:Đến|Đến hết|By|that by|rằng đến) $")


def _to_be_done_in(source: Source, when: When, low: int) -> bool:
    """Tell "thẩm định trong quý III năm 2022" from what was reached within that time."""
    if when.precision not in {"month", "quarter", "year"}:
        return False
    within = _IN.search(source.folded, low, when.start)
    if when.precision == "year" and _ENDS.match(source.folded, when.end):
        ordered = _ORDERED.search(source.folded, max(0, when.start - _CLAUSE), when.start)
        within = within or (_IN_YEAR.search(source.folded, low, when.start) if ordered else None)
    if within is None or source.composed[within.start()].isupper():
        return False
    start = max(
        source.folded.rfind(mark, max(0, when.start - _CLAUSE), when.start) for mark in ".;\n"
    )
    start = max(start + 1, when.start - _CLAUSE, 0)
    if within.start() - start < _AN_ORDER:
        return False
    return _REACHED.search(source.folded, start, when.end + 30) is None


def _is_short(when: When) -> bool:
    """Tell a few days from a longer time between two days."""
    if len(when.iso) < _TWO_DAYS:
        return False
    one, other = (_counted(iso) for iso in when.iso.split("/"))
    return (other - one).days <= _FEW_DAYS


def _counted(iso: str) -> date:
    return date.fromisoformat(iso.replace(UNKNOWN, _LEAP_YEAR))


def _set_range(source: Source, first: When, second: When) -> None:
    """Read "từ ngày 11 đến ngày 13/7" as the days of something, or as a period if it is long."""
    if not first.precision == second.precision == "day":
        return
    if not source.folded.endswith(_FROM, 0, first.start) or not _TO.fullmatch(
        source.folded, first.end, second.start
    ):
        return
    days_between = (_counted(second.iso) - _counted(first.iso)).days
    role = "event" if 0 <= days_between <= _FEW_DAYS else "period"
    first.role = second.role = role


def _set_pair(source: Source, first: When, second: When) -> None:
    """Read "trước ngày 10/6 và 10/12" as two deadlines."""
    alike = first.precision == second.precision and second.word is None
    joined = _AND.fullmatch(source.folded, first.end, second.start) is not None
    if first.role == "deadline" and alike and joined:
        second.role, second.word = first.role, first.word
