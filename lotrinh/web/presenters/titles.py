"""The name of a task: what is to be done, without the unit and the day that have own fields.

"Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính lập dự toán trước ngày 1/9" is "Lập dự toán".
Only words that went into the fields are left out, and only at the ends; a name that would say too
little stays as the text has it.
"""

import re
from collections.abc import Iterable

LEAST = 12
"""So many characters a name has at least."""
_ORDERED = r"(?:(?:giao|yêu cầu|đề nghị|phân công|the)\s+)?"
_LEADS = (
    r"(?:,?\s+(?:có trách nhiệm|chủ trì|làm đầu mối|shall|is to|will|takes? the lead(?: in)?)\b)*"
)
_WITH = r"(?:\s*,?\s*(?:phối hợp (?:với|cùng)|cùng với|in coordination with|together with)\s+)"
_BETWEEN = r"(?:\s*[,;]\s*(?:và\s+|and\s+)?|\s+(?:và|and)\s+)"
_UNTIL = (
    r"[\s,;(]*"
    r"(?:(?:và\s+)?(?:phải\s+)?"
    r"(?:hoàn thành|xong|ban hành|thời hạn|thời gian|to be completed)\s*:?\s*)?"
    r"(?:(?:trước|trong|vào|đến|chậm nhất|muộn nhất|không quá|hết|là|by|before|no later than|in)"
    r"\s+)*"
    r"(?:ngày\s+|tháng\s+|năm\s+)?"
)


def name_of(words: str, *, lead: Iterable[str], others: Iterable[str], due: str) -> str:
    """Return the name of a task from the words of its passage.

    ``lead`` and ``others`` are units as the text names them, ``due`` the words of its deadline.

    >>> name_of(
    ...     "Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính lập dự toán trước ngày 1/9/2024",
    ...     lead=["Sở Y tế"],
    ...     others=["Sở Tài chính"],
    ...     due="ngày 1/9/2024",
    ... )
    'lập dự toán'
    """
    line = " ".join(words.split())
    found = _without_units(line, list(lead), list(others))
    found = _without_day(found, " ".join(due.split()))
    return found if len(found) >= LEAST or found.count(" ") >= 2 else line


def _without_units(line: str, lead: list[str], others: list[str]) -> str:
    if not lead:
        return line
    helpers = ""
    if others:
        names = "|".join(_plain(name) for name in sorted(others, key=len, reverse=True))
        helpers = rf"(?:{_WITH}(?:the\s+)?(?:{names})(?:{_BETWEEN}(?:the\s+)?(?:{names}))*)?"
    opening = rf"{_ORDERED}{_plain(lead[0])}(?P<acts>{_LEADS}{helpers})(?P<sign>[\s,:]+)(?=\w)"
    found = re.match(opening, line, re.IGNORECASE)
    if found is None:
        return line
    rest = line[found.end() :]
    is_list = "," in found["sign"] and not found["acts"]  # "Các chi bộ, đảng bộ ..."
    goes_on = rest[:1].isupper() or re.match(r"(?:và|and|phối hợp|ủy)\b", rest, re.IGNORECASE)
    return line if is_list or goes_on else rest


def _without_day(line: str, due: str) -> str:
    if not due:
        return line
    found = re.search(rf"{_UNTIL}{_plain(due)}\)?$", line, re.IGNORECASE)
    return line[: found.start()] if found else line


def _plain(name: str) -> str:
    return r"\s+".join(map(re.escape, name.split()))
