"""The Vietnamese order of words, as a key that any database compares byte by byte.

Letters come first (a ă â b c d đ e ê ... o ô ơ ... u ư ... y), tones break ties (level, grave,
hook, tilde, acute, dot); case does not count. Source: the order of Vietnamese dictionaries, as in
the locale data "vi" of CLDR.
"""

import unicodedata

_LETTERS = {
    letter: f"{rank:02d}"
    for rank, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", start=10)
}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


def sort_key(name: str) -> str:
    """Return an ASCII key whose plain order is the Vietnamese order of ``name``.

    >>> sorted(["Đức", "Dũng", "Ân", "Anh", "Ăn", "Em"], key=sort_key)
    ['Anh', 'Ăn', 'Ân', 'Dũng', 'Đức', 'Em']
    """
    letters: list[str] = []
    tones: list[str] = []
    for character in unicodedata.normalize("NFC", name.casefold()):
        base, tone = _split(character)
        letters.append(_LETTERS.get(base) or _other(base))
        tones.append(tone)
    return "".join(letters) + "!" + "".join(tones)


def person_key(full_name: str) -> str:
    """Return the key by which officials list people: given name first, then the rest in order.

    >>> sorted(["Nguyễn Thị Bình", "Trần An", "Lê Văn Bình"], key=person_key)
    ['Trần An', 'Lê Văn Bình', 'Nguyễn Thị Bình']
    """
    words = full_name.split()
    return sort_key(" ".join(words[-1:] + words[:-1]))


def _split(character: str) -> tuple[str, str]:
    """Part a letter from its tone: "ế" is ("ê", "4")."""
    parts = unicodedata.normalize("NFD", character)
    tone = next((_TONES[mark] for mark in parts if mark in _TONES), "0")
    kept = "".join(mark for mark in parts if mark not in _TONES)
    return unicodedata.normalize("NFC", kept), tone


def _other(character: str) -> str:
    if character.isspace():
        return "--"  # before every digit and letter, after the end of a name
    if character.isdigit() and character.isascii():
        return f"0{character}"
    return f"9{ord(character[:1] or ' '):06x}"
