"""A text in two layers of equal length, so that one grammar reads every spelling of it.

The *composed* layer is the text as a person sees it: accents joined to their letters, invisible
characters gone. The *folded* layer is its twin: lower case, no diacritics, one kind of dash,
quote and space. Patterns match the twin and look at the composed layer only to verify tones;
what they find is reported in the untouched *raw* text. Nothing is ever edited, so a span can
always be shown to the reader in the file that was handed in.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_MARKED = re.compile(rf"[^\n][\u0300-\u036f{_INVISIBLE}]+")
_LOOSE = re.compile(rf"[\u0300-\u036f{_INVISIBLE}]")
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033"
_APOSTROPHES = "\u2018\u2019\u201a\u201b\u02bc"
_SPACES = "\t\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
_SPACES += "\u202f\u205f\u3000" + _INVISIBLE
_LINE_ENDS = "\v\f\u0085\u2028\u2029"
_LATIN = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
CAPITAL = "[A-Z" + "".join(chr(code) for code in _LATIN if chr(code).isupper()) + "]"
_SAMPLE = 4000  # characters: enough to tell the language
_MARKED_SHARE = 0.02


def _folding_table() -> dict[int, int]:
    table = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
    for code in _LATIN:
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        if len(base) == 1:
            table[code] = ord(base)
    table |= {ord(letter): ord("d") for letter in "\u0110\u0111\u00d0\u00f0"}  # D stroke, eth
    for characters, twin in (
        (_SPACES, " "),
        (_DASHES, "-"),
        (_QUOTES, '"'),
        (_APOSTROPHES, "'"),
        (_LINE_ENDS, "\n"),
    ):
        table |= {ord(character): ord(twin) for character in characters}
    return table


_FOLDING = _folding_table()

# Two ways of placing the same tone mark: the older one is rewritten to the newer before words
# are compared. Each pair is written with the vowels that carry the mark.
_TONE_PLACES = re.compile("o[àáảãạ]|o[èéẻẽẹ]|u[ỳýỷỹỵ]")
_TONES = dict(zip("àáảãạèéẻẽẹỳýỷỹỵ", "\u0300\u0301\u0309\u0303\u0323" * 3, strict=True))
_PLAIN = dict(zip("àáảãạèéẻẽẹỳýỷỹỵ", "aaaaaeeeeeyyyyy", strict=True))


def fold(text: str) -> str:
    """Return the composed text in lower case without diacritics, character for character."""
    return unicodedata.normalize("NFC", text).translate(_FOLDING)


def tone_key(text: str) -> str:
    """Return a spelling that is equal for words which differ only in where the tone mark stands.

    Case and spacing are ignored too; the tones themselves are kept.
    """
    return _TONE_PLACES.sub(_move_tone, " ".join(text.lower().split()))


def _move_tone(match: re.Match[str]) -> str:
    first, second = match.group()[0], match.group()[1]
    return unicodedata.normalize("NFC", first + _TONES[second]) + _PLAIN[second]


@dataclass(frozen=True, slots=True)
class Source:
    """One text with its layers. Offsets in ``composed`` and ``folded`` are the same offsets."""

    raw: str
    composed: str
    folded: str
    moves: tuple[tuple[int, int], ...]  # (composed offset, raw - composed from there on)
    toned: bool  # Vietnamese with its marks: then a word without marks is another word

    def raw_offset(self, offset: int) -> int:
        """Return where in the raw text the character at a composed offset begins."""
        if not self.moves:
            return offset
        place = bisect_right(self.moves, (offset, len(self.raw))) - 1
        return offset + (self.moves[place][1] if place >= 0 else 0)

    def composed_offset(self, offset: int) -> int:
        """Return the composed offset of the character at, or joined into, a raw offset."""
        place = bisect_right(self.moves, offset, key=sum) - 1
        return offset - (self.moves[place][1] if place >= 0 else 0)


def read_source(raw: str) -> Source:
    """Lay out a text in its layers. Any string is accepted."""
    if unicodedata.is_normalized("NFC", raw) and not _LOOSE.search(raw):
        return Source(raw, raw, raw.translate(_FOLDING), (), _bears_tones(raw))
    composed, moves = _compose(raw)
    return Source(raw, composed, composed.translate(_FOLDING), moves, _bears_tones(composed))


def _bears_tones(composed: str) -> bool:
    """Tell Vietnamese with its marks from all else by the share of letters that bear them."""
    sample = composed[:_SAMPLE]
    marked = sum(1 for letter in sample if letter > "\u00bf" and letter.isalpha())
    return marked > len(sample) * _MARKED_SHARE


def _compose(raw: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Join marks to their letters and drop invisible characters, noting every shift of offsets."""
    pieces: list[str] = []
    moves: list[tuple[int, int]] = []
    done = length = 0
    for match in _MARKED.finditer(raw):
        joined = unicodedata.normalize("NFC", match.group().translate(_DROP_INVISIBLE))
        if len(joined) >= len(match.group()):
            continue
        pieces += (raw[done : match.start()], joined)
        length += match.start() - done + len(joined)
        done = match.end()
        moves.append((length, done - length))
    pieces.append(raw[done:])
    return "".join(pieces), tuple(moves)


_DROP_INVISIBLE = {ord(character): None for character in _INVISIBLE}
