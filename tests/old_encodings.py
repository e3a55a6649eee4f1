"""Texts as programs from before Unicode wrote them, byte by byte."""

import unicodedata
from collections.abc import Iterator

from lotrinh.reading.readers.old_letters import from_tcvn3, from_vni


def in_windows_1258(text: str) -> Iterator[bytes]:
    """Write a text as a Vietnamese Windows does: what has no letter of its own bears its tone."""
    for letter in text:
        try:
            yield letter.encode("cp1258")
        except UnicodeEncodeError:
            marks = unicodedata.normalize("NFD", letter)
            tone = next(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
            base = unicodedata.normalize("NFC", marks.replace(tone, ""))
            yield base.encode("cp1258") + tone.encode("cp1258")


def in_tcvn3(text: str) -> Iterator[bytes]:
    """Write a text in the letters of TCVN3, which has small letters with tones only."""
    letters = {from_tcvn3(chr(code)): chr(code) for code in range(161, 256)}
    for letter in text:
        yield letters.get(letter, letter).encode("latin-1")


def in_vni(text: str) -> Iterator[bytes]:
    """Write a text in the letters of VNI: a vowel, then its sign."""
    signs = [chr(code) for code in range(192, 256)]
    pairs = [chr(code) for code in range(192, 256)]
    pairs += [base + sign for base in "aeouyôöAEOUYÔÖ" for sign in signs]
    letters = {from_vni(pair): pair for pair in pairs}
    for letter in text:
        yield letters.get(letter, letter).encode("latin-1")
