"""Marks of State secrecy that stand as a line, a stamp or a column of their own in a text.

A document that bears one is refused before anything of it is kept. Known as a mark is one of the
three degrees in capitals, alone on its line or in its column (columns are set apart by a tab, a
bar, or two spaces or more), whatever signs but "+" stand around it; behind "Độ mật:" also in small
letters, beside a degree of urgency, and several times on one line. Characters that print nothing,
other widths of a letter, letters of other alphabets that look the same, accents written apart,
spaces or dots between the letters, and letters set one below the other hide none. A number of a
document, alone on its line, in its column or behind "Số", bears a mark by its ending: (M), (TM),
(TuM), (Mật). The same letters inside a sentence or a title ("MẬT ĐỘ DÂN SỐ", "GIẢI MẬT") are no
mark. Source: the three degrees of the Law on the Protection of State Secrets (29/2018/QH14, art. 8;
117/2025/QH15); the endings are use in office.

Not known: a mark that shares its column with other words, and whatever stands in a picture.
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from itertools import pairwise


class Secrecy(StrEnum):
    """The three degrees, highest first."""

    TOP_SECRET = "TUYỆT MẬT"  # noqa: S105 - a degree of secrecy, no password
    SECRET = "TỐI MẬT"  # noqa: S105
    CONFIDENTIAL = "MẬT"


_DEGREES = {degree.value.replace(" ", ""): degree for degree in Secrecy}
_LINE_ENDS = "\n\r\v\f\x85"
_BLANK_LETTERS = {0x034F, 0x115F, 0x1160, 0x3164, 0xFFA0, *range(0xFE00, 0xFE10)}
_VARIANTS = range(0xE0100, 0xE01F0)
_BRAILLE_BLANK = "\u2800"
_SAME_LETTER = {"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ"}  # eth and African D print as D stroke
_COLUMN_ENDS = re.compile(r"\t| {2,}|\|")
_LOOKS_LATIN = str.maketrans("МТОУЕΜΤΟΥΕмтоуеμτου", "MTOYEMTOYEmtoyemtou")
_STOPS = str.maketrans(dict.fromkeys(".·•∙‧*|/", None))
_SPELT = re.compile(r"\W*\w(?:[.·•∙‧*|/ -]{1,3}\w){2,7}\W*")
_LONGEST_SPELT = 60  # characters
_NUMBERED = re.compile(
    r"(?:\W*(?:Số|SỐ|số|No)\b[ .:…]*\d{0,5}|\W*\d{1,5}) ?(?:/ ?\d{4} ?)?[-/] ?[A-ZĐ][\wĐ&.]{0,9} ?"
    r"[-/] ?[A-ZĐ][\w&.-]{0,19} ?[-/]? ?\((M|TM|TuM|TUM|Mật|Tối mật|Tuyệt mật)\)\W*"
)
_HYPHENS = str.maketrans(dict.fromkeys("-–·.", None))
_ENDINGS = {"M": "MẬT", "TM": "TỐIMẬT", "TUM": "TUYỆTMẬT"}
_SQUEEZED = str.maketrans({" ": None, "\t": None, "_": "-"})
_DEGREE = r"(TUY[Ệệ]T[-–·.]?M[Ậậ]T|T[Ốố]I[-–·.]?M[Ậậ]T|M[Ậậ]T)"
_URGENT = r"(?:(?:ĐỘKHẨN|[Đđ]ộkhẩn)[^\w+]*)?(?:HỎATỐC(?:HẸNGIỜ)?|THƯỢNGKHẨN|KHẨN)"
_ALSO = rf"(?:{_URGENT}|TOPSECRET|SECRET|CONFIDENTIAL|\([ABC]\))"
# Every run of signs is followed by a letter or by the end, so nothing is tried often: linear.
_MARK = re.compile(
    r"[^\w+]*(?:(?i:(?:(?:mức|dấu)?độmật|dấu)[^\w+]+(tuyệtmật|tốimật|mật))"
    rf"|(?:ĐỘMẬT|{_URGENT}[^\w+]*)?{_DEGREE}(?:[^\w+]*\2)*(?:[^\w+]*{_ALSO})?)[^\w+]*"
)


def secrecy_mark(text: str) -> Secrecy | None:
    """Return the degree of the first mark that stands by itself on a line or in a column, or None.

    >>> secrecy_mark("ỦY BAN NHÂN DÂN\\nTỐI MẬT\\nSố: 05/BC-UBND")
    <Secrecy.SECRET: 'TỐI MẬT'>
    >>> secrecy_mark("MẬT ĐỘ DÂN SỐ TĂNG\\nDanh mục tài liệu được GIẢI MẬT") is None
    True
    """
    upright: list[str] = []
    for line in _as_printed(text).splitlines():
        letter = line.strip()
        if not letter:
            continue
        if len(letter) == 1 and letter.isalpha():
            upright.append(letter)
            continue
        found = _upright_mark(upright) or _mark_of(line)
        upright.clear()
        if found is not None:
            return found
    return _upright_mark(upright)


def _mark_of(line: str) -> Secrecy | None:
    """Return the mark that a line or one of its columns is."""
    if "Ậ" in line or "ậ" in line:
        for reading in _readings(line):
            found = _MARK.fullmatch(_together(reading))
            if found is not None:
                return _DEGREES[(found[1] or found[2]).upper().translate(_HYPHENS)]
    if "M)" in line or "ật)" in line:
        for column in (line, *_COLUMN_ENDS.split(line)):
            numbered = _NUMBERED.fullmatch(column)
            if numbered is not None:
                ending = numbered[1].upper().translate(_SQUEEZED)
                return _DEGREES[_ENDINGS.get(ending, ending)]
    return None


def _together(reading: str) -> str:
    """Return a reading without the blanks in it, and without the stops between single letters."""
    if len(reading) <= _LONGEST_SPELT and _SPELT.fullmatch(reading):
        reading = reading.translate(_STOPS).replace("-", "")
    return reading.translate(_SQUEEZED)


def _upright_mark(letters: list[str]) -> Secrecy | None:
    """Return the mark that letters set one below the other spell."""
    spelt = "".join(letters)
    return next((degree for word, degree in _DEGREES.items() if word == spelt), None)


def _as_printed(text: str) -> str:
    """Return the text with one character for all that print the same, none that print nothing."""
    plain = unicodedata.normalize("NFKC", text.translate(_table(text)))
    loose = {ord(sign): None for sign in set(plain) if unicodedata.category(sign) in {"Mn", "Me"}}
    return _in_latin(plain.translate(loose))


def _in_latin(text: str) -> str:
    """Return the text with Latin letters for those that look the same, where any mark may be."""
    return text.translate(_LOOKS_LATIN) if "Ậ" in text or "ậ" in text else text


def _table(text: str) -> dict[int, str | None]:
    """Return what becomes of the characters of a text before their accents are joined to them."""
    table: dict[int, str | None] = {}
    for sign in set(text):
        category = unicodedata.category(sign)
        if category == "Zs" or sign == _BRAILLE_BLANK:
            table[ord(sign)] = " "
        elif sign in _SAME_LETTER:
            table[ord(sign)] = _SAME_LETTER[sign]
        elif sign == "\t" or sign in _LINE_ENDS:
            continue
        elif category in {"Cf", "Cc"} or ord(sign) in _BLANK_LETTERS or ord(sign) in _VARIANTS:
            table[ord(sign)] = None
    return table


def _readings(line: str) -> Iterator[str]:
    """Yield the line as a whole, then its columns: two and two, since a mark may fill two."""
    yield line
    columns = [column for column in _COLUMN_ENDS.split(line) if column.strip()]
    if len(columns) > 1:
        for one, other in pairwise(columns):
            yield f"{one}{other}"
            yield f"{one}:{other}"
        yield from columns
