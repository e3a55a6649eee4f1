"""Bytes as letters and digits (base32 without padding, RFC 4648), read in one step.

The module of Python's library looks at each letter by itself; a batch of passes has ten thousand.
"""

import re
from base64 import b32encode
from typing import Final

_LETTERS: Final = re.compile("[A-Z2-7]*", re.ASCII)
_DIGITS: Final = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789abcdefghijklmnopqrstuv"
)
"""A letter of base32, as Python writes the same digit of a number to the base of 32."""


def as_letters(whole: bytes) -> str:
    """Return bytes as letters and digits.

    >>> as_letters(b"pass")
    'OBQXG4Y'
    """
    return b32encode(whole).decode().rstrip("=")


def from_letters(letters: str, size: int) -> bytes:
    """Return so many bytes from their letters, large or small. Raises ValueError.

    >>> from_letters("obqxg4y", 4)
    b'pass'
    """
    large = letters.upper()
    spare = 5 * len(large) - 8 * size
    if not 0 <= spare < 5 or not _LETTERS.fullmatch(large):
        raise ValueError(letters[:12])
    return (int(large.translate(_DIGITS), 32) >> spare).to_bytes(size, "big")
