"""CSV as real offices write it: letters, separators and lines as their programs chose them.

Excel in Vietnam parts cells by semicolons, its Unicode text by tabs; a first line "sep=;" says so.
Old programs write letters from before Unicode. What cannot be told surely is refused, since guessed
letters are wrong letters.
"""

import csv
import io
import re
from collections.abc import Iterator

from lotrinh.reading.readers import Unreadable
from lotrinh.reading.readers.grids import (
    LONGEST_CELL,
    MOST_COLUMNS,
    Rows,
    check_reach,
    in_modern_letters,
)
from lotrinh.reading.readers.old_letters import decode_old
from lotrinh.reading.readers.plain_text import to_text
from lotrinh.rules.sheet_heads import known_heads

_DELIMITERS = (",", ";", "\t", "|")
_SAID = re.compile(r'"?sep=([,;\t|])"?[ \t]*(?:\r\n|\r|\n)', re.IGNORECASE)
_KEPT_FROM_FORMULA = re.compile(r"'+[=+\-@\t\r]")
_LOOKED_AT = 25  # rows from which the separator is told
_LONGEST_LINE = 1_000_000  # characters
_LONG_LINE = re.compile(rf"[^\r\n]{{{_LONGEST_LINE + 1}}}")


def read_csv(content: bytes) -> tuple[Rows, str | None]:
    """Return the rows, and the old encoding that the letters came from, if they did.

    Every row is equally long; empty rows stay, so that rows can be counted. Raises Unreadable:
    empty, binary, encoding, legacy_encoding, damaged, too_large.
    """
    try:
        text, encoding = to_text(content), None
    except Unreadable as refused:
        if refused.code != "encoding":
            raise
        text, encoding = _old_text(content, refused)
    if _LONG_LINE.search(text):
        long = max(map(len, text.splitlines()))
        raise Unreadable("too_large", what="characters", found=long, limit=_LONGEST_LINE)
    said = _SAID.match(text)
    body = text[said.end() :] if said else text
    rows = list(_rows(body, said[1] if said else _told_delimiter(body)))
    (modern,), converted = in_modern_letters([_even(rows)])
    return modern, encoding or converted


def _old_text(content: bytes, refused: Unreadable) -> tuple[str, str]:
    """Return what old bytes mean; one that no encoding knows is told by its place."""
    try:
        return decode_old(content)
    except Unreadable as other:
        if other.code == "encoding":
            raise refused from None
        raise


def _rows(text: str, delimiter: str) -> Iterator[tuple[str, ...]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begun, count = 1, 0
    try:
        for row in reader:
            count += 1
            check_reach(count, len(row))
            yield tuple(map(_without_guard, row))
            begun = reader.line_num + 1
    except csv.Error as wrong:
        if "field limit" in str(wrong):
            limit = LONGEST_CELL
            raise Unreadable(
                "too_large", what="characters", found=csv.field_size_limit(), limit=limit
            ) from None
        raise Unreadable("damaged", part=f"csv:{begun}") from None


def _told_delimiter(text: str) -> str:
    """Return the separator by which most heads are known, else by which a row has most cells."""
    return max(_DELIMITERS, key=lambda delimiter: _likelihood(text, delimiter))


def _likelihood(text: str, delimiter: str) -> tuple[int, int]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row[: MOST_COLUMNS + 1])
            if len(rows) == _LOOKED_AT:
                break
    except csv.Error:
        pass  # the rows before it tell enough
    return known_heads(rows), max(map(len, rows), default=0)


def _even(rows: list[tuple[str, ...]]) -> Rows:
    """Return rows of one length, without the columns at the right that are empty in all of them."""
    wide = max((place for row in rows for place, cell in enumerate(row, 1) if cell), default=0)
    return tuple((*row[:wide], *("",) * (wide - len(row))) for row in rows)


def _without_guard(text: str) -> str:
    return text[1:] if _KEPT_FROM_FORMULA.match(text) else text
