"""Which day is the day of a gathering: the one beside its name, or one that opens its sentence."""

import re

from lotrinh.reading.layout.clauses import Sentence
from lotrinh.reading.moments import When
from lotrinh.reading.order import Ordered
from lotrinh.reading.text import Source

# The day right behind a name: "(dự kiến 19/4)", "on February 26", "ngày 12/3/2025".
_BESIDE = re.compile(
    r"\s*(?:\((?:[^\W\d]+ ){0,3}|(?:was |were |is |will be )?(?:held )?on (?:\w+day,? ?\(?)?"
    r"|(?:vao |dien ra |to chuc )?(?:(?:sang|chieu|toi) )?(?:tu )?)"
)
_COMMEMORATED = re.compile(
    r"(?<!\w)(?:ky niem|dip|anniversary|thanh lap|giai phong|thong nhat|birthday|ngay sinh|le)"
    r"(?!\w)[^.;,\d]{0,60}(?:\(|ngay )?\s?$|\d[^\d,.;(]{0,60}\($"
)
_NEAR = 240  # characters: a day further on belongs to something else
_AFTER = 220


def day_beside(source: Source, dates: Ordered[When], end: int, limit: int) -> When | None:
    """Return the day right behind a name."""
    beside = _BESIDE.match(source.folded, end)
    if beside is None or (beside.end() > limit and "(" not in beside.group()):
        return None
    return next((when for when in dates.within(end, beside.end() + 1) if _is_day(when)), None)


def _is_day(when: When) -> bool:
    return when.precision in {"day", "interval"} and when.role == "event"


def day_of(source: Source, dates: Ordered[When], place: int, sentence: Sentence) -> When | None:
    """Return the first day of a sentence that is not the one of an anniversary."""
    for when in dates.within(max(sentence.start, place - _NEAR), min(sentence.end, place + _AFTER)):
        if not _is_day(when):
            continue
        low = max(sentence.start, when.start - 70)
        if _COMMEMORATED.search(source.folded, low, when.start) is None:
            return when
    return None
