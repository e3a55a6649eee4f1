"""From the lines of a page to paragraphs and columns, by where the lines stand.

A line goes on in the next one where the next one's first word would not have fitted behind it.
That is sure enough to join them; in doubt a line end stays, because two paragraphs made one are
worse than one made two. Lines that a wide gap parts (a letterhead, a signature beside the
recipients) are read column by column.
"""

import re
from collections.abc import Iterator, Sequence

from lotrinh.reading.readers.pdf_letters import Line

_LABEL = re.compile(
    r"[-+*•▪●–]\s?\S|\(?\d{1,2}(?:\.\d{1,2})*[.)]\s|[a-zđA-ZĐ]{1,2}\)|[IVX]{1,5}[.)]\s"
    r"|(?:Điều|Chương|Mục|Phần|PHẦN|CHƯƠNG|MỤC|Article|Chapter|Section|Part)\s+[\dIVX]",
)
_ENDED = re.compile(r"[.;:!?]\s*[\"”)]*$")
_FURTHEST = 2.1  # of the letter's size, from one base line to the next within a paragraph
_INDENT = 0.7  # of the letter's size: the first line of a paragraph stands further right
_LETTER_WIDTH = 0.45  # of the letter's size, on the average
_NARROWEST = 1.0  # of the letter's size: a gutter between columns


def paragraphs(lines: Sequence[Line], right: float) -> Iterator[str]:
    """Yield the paragraphs of lines that stand below each other; ``right`` is their margin."""
    words = ""
    above: Line | None = None
    for line in lines:
        if above is not None and goes_on(above, line, right):
            words = joined(words, line.text)
        else:
            if words:
                yield words
            words = line.text
        above = line
    if words:
        yield words


def goes_on(above: Line, line: Line, right: float, same_page: bool = True) -> bool:
    """Tell whether ``line`` goes on with what the line above it began."""
    size = max(above.size, line.size)
    if _LABEL.match(line.text) or abs(above.size - line.size) > 0.15 * size:
        return False
    if same_page and not 0 < line.base - above.base < _FURTHEST * size:
        return False
    if same_page and (line.left >= above.right or above.left >= line.right):
        return False
    if _breaks_word(above.text) and line.text[0].isalnum():
        return True
    if _is_title(above) != _is_title(line) and line.text[0].isupper():
        return False
    if line.text[0].islower() and not _ENDED.search(above.text):
        return True
    first_word = line.text.split(" ", 1)[0]
    room = right - above.right
    if room > (len(first_word) + 1) * _LETTER_WIDTH * size + 0.5 * size:
        return False
    if line.text[0].islower():
        return True
    if _are_centred(above, line) or above.text.endswith((";", ":")):
        return False
    indented = line.left > above.left + _INDENT * size
    return not (_ENDED.search(above.text) and (indented or not same_page))


def _is_title(line: Line) -> bool:
    """Several words in capitals; one alone is an abbreviation."""
    return line.text.isupper() and " " in line.text


def _are_centred(above: Line, line: Line) -> bool:
    """Lines set around one middle were broken where their author wanted."""
    apart = abs(above.left - line.left)
    middles = abs(above.left + above.right - line.left - line.right) / 2
    return apart > 0.5 * line.size and middles < 0.35 * line.size


def joined(words: str, more: str) -> str:
    """Join two lines; a number that broke behind its slash or hyphen stays one word."""
    if _breaks_word(words) and more[:1].isalnum():
        return words + more
    return f"{words} {more}"


def _breaks_word(words: str) -> bool:
    return len(words) > 1 and words[-1] in "-/" and not words[-2].isspace()


def in_columns(rows: Sequence[Sequence[Line]]) -> Iterator[list[Line]]:
    """Yield runs of lines to be read one after the other; columns side by side become two."""
    place = 0
    plain: list[Line] = []
    while place < len(rows):
        if len(rows[place]) == 1:
            plain.append(rows[place][0])
            place += 1
            continue
        if plain:
            yield plain
            plain = []
        end, gutter = _band(rows, place)
        band = [line for row in rows[place:end] for line in row]
        yield [line for line in band if line.left < gutter]
        yield [line for line in band if line.left >= gutter]
        place = end
    if plain:
        yield plain


def _band(rows: Sequence[Sequence[Line]], begin: int) -> tuple[int, float]:
    """Return where the columns that begin here end, and the middle of the gutter between them.

    They go on below the last row with both as far as rows follow closely, or to the last row of
    all, if nothing crosses the gutter.
    """
    left, right = rows[begin][0].right, rows[begin][1].left
    end = begin + 1
    for place in range(begin + 1, len(rows)):
        row = rows[place]
        middle = (left + right) / 2
        narrowed = (
            max([left, *(line.right for line in row if line.left < middle)]),
            min([right, *(line.left for line in row if line.left >= middle)]),
        )
        if narrowed[1] - narrowed[0] < _NARROWEST * row[0].size:
            break
        left, right = narrowed
        near = row[0].base - rows[place - 1][0].base < _FURTHEST * row[0].size
        if len(row) > 1 or place == len(rows) - 1 or (near and end == place):
            end = place + 1
    return end, (left + right) / 2
