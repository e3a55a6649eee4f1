"""What of a document is kept for searching, from what the registry says of it and its text.

The words are those of `reading.lexemes`; the heading (number, title, issuer, type) is kept apart
from the whole, because what it says weighs more.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from lotrinh.reading import NumberKey, lexemes, number_key
from lotrinh.reading.citations import TYPE_NAMES

_VERSION = "2"
"""Changes with the way in which words are made, so that entries made otherwise are renewed."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a document is called, by all its names; ``rendition`` is the text that counts."""

    number: str
    title: str
    type_code: str
    issuers: tuple[str, ...]
    rendition: int | None

    @property
    def digest(self) -> str:
        """A mark that changes when what is kept for searching has to be made anew."""
        said = (_VERSION, self.number, self.title, self.type_code, self.issuers, self.rendition)
        return hashlib.sha256(repr(said).encode()).hexdigest()[:32]

    @property
    def key(self) -> NumberKey:
        """What all spellings of the number share; empty where there is no number."""
        return number_key(self.number) or NumberKey("")

    @property
    def lexemes(self) -> str:
        """The words of the heading."""
        return lexemes(*self._texts())

    def lexemes_with(self, text: str) -> str:
        """Return the words of the heading and of the text."""
        return lexemes(*self._texts(), text)

    def _texts(self) -> Iterable[str]:
        return (self.number, self.title, TYPE_NAMES.get(self.type_code, ""), *self.issuers)
