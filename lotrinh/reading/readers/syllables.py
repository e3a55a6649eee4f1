"""Whether a word is built like a Vietnamese syllable: by this, wrong letters are told.

A syllable has at most one tone mark, a beginning from a short list and an ending from a longer
one. About one word in a hundred of a sound text is none (names, abbreviations, slips); of a text
in wrong letters nearly every word that bears a mark is none.
"""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib import resources
from typing import Any

_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


@cache
def letters() -> dict[str, Any]:
    """Return what the file of letters says."""
    source = resources.files("lotrinh.reading.readers") / "letters.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def _shape() -> re.Pattern[str]:
    listed = letters()["syllables"]
    beginnings = "|".join(sorted(listed["beginnings"].split(), key=len, reverse=True))
    endings = "|".join(sorted(listed["endings"].split(), key=len, reverse=True))
    return re.compile(f"(?:{beginnings})?(?:{endings})")


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Tell whether a word could be a Vietnamese syllable, whatever its case."""
    bare, tones = _TONES.subn("", unicodedata.normalize("NFD", word.lower()))
    return tones <= 1 and _shape().fullmatch(unicodedata.normalize("NFC", bare)) is not None
