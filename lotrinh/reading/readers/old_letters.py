"""Letters of encodings from before Unicode: TCVN3 (ABC), VNI and Windows-1258.

Old files hold the bytes of such letters; documents made with old fonts hold other letters that
only looked right in those fonts: "ñy ban nh©n d©n", "UÛY BAN NHAÂN DAÂN". Which encoding it was
is told by the fonts, or by which of them makes syllables of the words. Not sure is not enough:
then the file is refused, because guessed letters are wrong letters.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from lotrinh.reading.readers.refusals import Unreadable
from lotrinh.reading.readers.syllables import is_syllable, letters

TCVN3 = "TCVN3 (ABC)"
VNI = "VNI"
WINDOWS_1258 = "Windows-1258"
WINDOWS_1252 = "Windows-1252"
_SIGNS = re.compile("[\u00a1-\u00ff]")
_MODERN = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9\u0300-\u0323]")
_RUN = re.compile("[A-Za-z\u00a1-\u00ff]*[\u00a1-\u00ff][A-Za-z\u00a1-\u00ff]*")
_WORD = re.compile(r"[^\W\d_]+")
_SURE = 0.85  # of the words that bear a mark are syllables
_LIKELY = 0.6
_AHEAD = 0.2  # by which the best encoding must lead
_LEAST = 8  # words that bear a mark
_TITLE = 4  # plain capitals, and no small letter beside them
_QUOTES = re.compile(b"[\x80-\xff]")
_WINDOWS_SIGNS = frozenset("€‚„…‘’“”•–—™\u00a0§©«®°»".encode("cp1252"))

Convert = Callable[[str], str]


def from_tcvn3(text: str) -> str:
    """Return what the text showed in a font for TCVN3.

    Its letters with tones are small ones; fonts with an H at the end of their names showed
    them as capitals. A line without plain small letters was in such a font, and so was a word
    that has capitals behind its first letter.
    """
    shown = text.translate(_tcvn3())
    plain = [letter for letter in shown if letter.isascii() and letter.isalpha()]
    if len(plain) >= _TITLE and all(letter.isupper() for letter in plain):
        return shown.upper()
    return _WORD.sub(_in_capitals, shown)


def _in_capitals(match: re.Match[str]) -> str:
    word = match.group()
    plain = [letter for letter in word if letter.isascii()]
    mixed = any(letter.isupper() for letter in word[1:]) and not word.isupper()
    return word.upper() if mixed and all(letter.isupper() for letter in plain) else word


@cache
def _tcvn3() -> dict[int, str]:
    return {ord(pair[0]): pair[1] for pair in letters()["tcvn3"]["letters"].split()}


def from_vni(text: str) -> str:
    """Return what the text showed in a font for VNI."""
    return _vni_sign().sub(_from_sign, text)


@cache
def _vni_letters() -> dict[str, str]:
    return {pair[0]: pair[1] for pair in letters()["vni"]["letters"].split()}


@cache
def _vni_marks() -> dict[str, str]:
    vni = letters()["vni"]
    return {**vni["any"], **vni["round"], **vni["short"]}


@cache
def _vni_sign() -> re.Pattern[str]:
    """A vowel with the sign behind it, or a letter of its own; both at once, as "ôù" is."""
    vni = letters()["vni"]
    any_, round_, short = ("".join(vni[kind]) for kind in ("any", "round", "short"))
    own = "".join(_vni_letters())
    return re.compile(f"[aeouyôö][{any_}]|[aeo][{round_}]|a[{short}]|[{own}]", re.IGNORECASE)


def _from_sign(match: re.Match[str]) -> str:
    found = match.group()
    letter = _vni_letters().get(found[0], found[0])
    return unicodedata.normalize("NFC", letter + _vni_marks().get(found[1:].lower(), ""))


def from_font(font: str, text: str) -> tuple[str, str | None]:
    """Return what a text in a font of that name showed, and its old encoding if it had one.

    Text in an old font may still be modern text; then it stays.
    """
    name = font.lower()
    if _MODERN.search(text):
        return text, None
    if name.startswith(".vn"):
        shown = from_tcvn3(text)
        return shown.upper() if name.endswith("h") else shown, TCVN3
    if name.startswith("vni"):
        return from_vni(text), VNI
    return text, None


def as_in_old_fonts(line: str) -> tuple[str, ...]:
    """Return what a line may have shown in an old font, in capitals; nothing for a modern line.

    In fonts of capitals the letters are stored as small ones, so both are read as capitals.
    """
    if _MODERN.search(line) or not _SIGNS.search(line):
        return ()
    return from_tcvn3(line).upper(), from_vni(line).upper()


def convert(pieces: Sequence[str]) -> tuple[list[str], str | None]:
    """Return the pieces of a document in modern letters, and the encoding that some were in.

    Raises Unreadable (legacy_encoding) where old letters are likely and their encoding unsure.
    """
    suspects = [piece for piece in pieces if _SIGNS.search(piece) and not _MODERN.search(piece)]
    words = _marked_words(suspects)
    if len(words) < _LEAST or _share(words) >= _LIKELY:
        return list(pieces), None
    ranked = sorted(
        ((_share(_of_runs(suspects, change)), name) for name, change in _CHANGES.items()),
        reverse=True,
    )
    (best, name), (second, _) = ranked
    if best >= _SURE and best - second >= _AHEAD:
        change = _CHANGES[name]
        changed = {piece: change(piece) for piece in suspects}
        return [changed.get(piece, piece) for piece in pieces], name
    if best >= _LIKELY:
        raise Unreadable("legacy_encoding", encoding=name, example=words[0])
    return list(pieces), None


_CHANGES: dict[str, Convert] = {TCVN3: from_tcvn3, VNI: from_vni}


def _marked_words(pieces: Iterable[str]) -> list[str]:
    return [word for piece in pieces for word in _RUN.findall(piece)]


def _of_runs(pieces: Iterable[str], change: Convert) -> list[str]:
    return [change(word) for word in _marked_words(pieces)]


def _share(words: Sequence[str]) -> float:
    """Return how many of the words are syllables, from 0 to 1."""
    return sum(1 for word in words if is_syllable(word)) / max(len(words), 1)


def decode_old(data: bytes) -> tuple[str, str]:
    """Return the text that old bytes mean, and their encoding.

    Raises Unreadable: legacy_encoding where an encoding is likely, encoding where none is.
    """
    if _WINDOWS_SIGNS.issuperset(byte[0] for byte in set(_QUOTES.findall(data))):
        return data.decode("cp1252"), WINDOWS_1252
    latin = data.decode("latin-1")
    read = {TCVN3: from_tcvn3(latin), VNI: from_vni(latin)}
    read[WINDOWS_1258] = unicodedata.normalize("NFC", data.decode("cp1258", "replace"))
    ranked = sorted(((_share(_marked(text)), name) for name, text in read.items()), reverse=True)
    (best, name), (second, _) = ranked[:2]
    runs = _RUN.findall(latin)
    if best >= _SURE and best - second >= _AHEAD and len(runs) >= _LEAST:
        return read[name], name
    if best >= _LIKELY and len(runs) >= _LEAST:
        raise Unreadable("legacy_encoding", encoding=name, example=runs[0])
    raise Unreadable("encoding", offset=_first_old(data))


def _marked(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if not word.isascii()]


def _first_old(data: bytes) -> int:
    found = _QUOTES.search(data)
    return found.start() if found else 0
