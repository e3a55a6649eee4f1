"""Whether the letters of a text are the right ones, as far as that can be told.

Letters of other alphabets that look Latin, and syllables that no Vietnamese word has, come from
bad text layers and bad OCR. Facts read from such a text would be wrong without anyone seeing it,
so a text with more than a few of them is refused. A stray letter is tolerated, and so are Greek
letters that stand for themselves, as in "μg" or "kΩ".
"""

import re
import unicodedata

from lotrinh.reading.readers.refusals import Unreadable
from lotrinh.reading.readers.syllables import is_syllable

_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*")
_FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u052f]")
_LOOKS_LATIN = (
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
)
_LOOKS_LATIN += "\u03b9\u03bd\u03bf\u03c5"
_SIGN_LETTER = rf"(?![{_LOOKS_LATIN}])[\u0391-\u03c9]"
_WITH_SIGN = re.compile(rf"{_SIGN_LETTER}[A-Za-z]{{1,5}}|[A-Za-z]{{1,5}}{_SIGN_LETTER}")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_OWN = re.compile("[ĂăĐđƠơƯư\u1ea0-\u1ef9]")  # letters of no other language
_TONED = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_MOST_FOREIGN = 0.004  # of the words
_LEAST_FOREIGN = 3
_SIGN = "\ufffd\ue000-\uf8ff"
_HOLE = re.compile(rf"(?<=[^\W\d_])[{_SIGN}]++|(?<![{_SIGN}])[{_SIGN}]++(?=[^\W\d_])")
_REACH = 12  # characters of the word around a hole
_MOST_HOLES = 0.02  # of the words
_MOST_BROKEN = (
    0.05  # sound texts have less than 0.005 of the words with letters that only Vietnamese has
)
_LEAST_BROKEN = 8
_SHOWN = 40  # characters of the example


def check_letters(text: str) -> None:
    """Raise Unreadable (damaged_text) if too many words cannot be what was written."""
    _check_holes(text)
    words = 0
    foreign: list[re.Match[str]] = []
    own = 0
    broken: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        words += 1
        word = match.group()
        if word.isascii():
            continue
        if _FOREIGN.search(word):
            if _LATIN.search(word) and not _WITH_SIGN.fullmatch(word):
                foreign.append(match)
            continue
        word = unicodedata.normalize("NFC", word)
        if _OWN.search(word) and not _is_short_form(word):
            own += 1
            if len(word) > 1 and not is_syllable(word):
                broken.append(match)
    if len(foreign) >= _LEAST_FOREIGN and len(foreign) > _MOST_FOREIGN * words:
        _refuse(text, foreign[0].start(), foreign[0].group(), len(foreign), words)
    if len(broken) >= _LEAST_BROKEN and len(broken) > _MOST_BROKEN * own:
        _refuse(text, broken[0].start(), broken[0].group(), len(broken), own)


def _check_holes(text: str) -> None:
    """A sign without a letter, beside letters, is a hole in a word."""
    holes = list(_HOLE.finditer(text))
    if len(holes) >= _LEAST_BROKEN:
        words = len(text.split())
        if len(holes) > _MOST_HOLES * words:
            first = holes[0]
            around = text[max(0, first.start() - _REACH) : first.end() + _REACH].split()
            word = next(part for part in around if _HOLE.search(part))
            _refuse(text, first.start(), word, len(holes), words)


def _is_short_form(word: str) -> bool:
    """Initials such as "HĐND" bear no tone."""
    return not word.islower() and not _TONED.search(unicodedata.normalize("NFD", word))


def _refuse(text: str, place: int, example: str, found: int, words: int) -> None:
    raise Unreadable(
        "damaged_text",
        share=max(round(100 * found / words), 1),
        line=text.count("\n", 0, place) + 1,
        example=example[:_SHOWN],
    )
