"""Marks of State secrecy that stand as a line or stamp of their own in a text.

A document that bears one is refused before anything of it is kept. The mark is the bare word in
capitals, alone on its line or behind "Độ mật:"; the same letters inside a sentence or a title
("MẬT ĐỘ DÂN SỐ", "GIẢI MẬT") are no mark. Source: the three degrees of the Law on the Protection
of State Secrets (29/2018/QH14, art. 8; 117/2025/QH15). The promise covers text that can be read,
not pictures of pages.
"""

import re
import unicodedata
from enum import StrEnum


class Secrecy(StrEnum):
    """The three degrees, highest first."""

    TOP_SECRET = "TUYỆT MẬT"  # noqa: S105 - a degree of secrecy, no password
    SECRET = "TỐI MẬT"  # noqa: S105
    CONFIDENTIAL = "MẬT"


_UNPRINTED = dict.fromkeys(
    [*b"\t ", 0xA0, 0xAD, *range(0x2000, 0x200E), 0x202F, 0x2060, 0x3000, 0xFEFF]
)
_MARK = re.compile(
    r"^(?:(?:mức)?độmật[:：])?[\[(\-–—*«“\"]*((?-i:TUYỆTMẬT|TỐIMẬT|MẬT))[\])\-–—*»”\".]*$",
    re.MULTILINE | re.IGNORECASE,
)


def secrecy_mark(text: str) -> Secrecy | None:
    """Return the degree of the first mark that stands by itself on a line, or None.

    Spaces and signs that print nothing do not hide a mark, nor do letters set apart.

    >>> secrecy_mark("ỦY BAN NHÂN DÂN\\nTỐI MẬT\\nSố: 05/BC-UBND")
    <Secrecy.SECRET: 'TỐI MẬT'>
    >>> secrecy_mark("MẬT ĐỘ DÂN SỐ TĂNG\\nDanh mục tài liệu được GIẢI MẬT") is None
    True
    """
    lines = unicodedata.normalize("NFC", text).splitlines()  # a form feed ends a line too
    found = _MARK.search("\n".join(lines).translate(_UNPRINTED))
    if found is None:
        return None
    return next(degree for degree in Secrecy if degree.value.replace(" ", "") == found.group(1))
