"""The words of a text as a search knows them: by their letters alone, and by their marks too.

A word is kept twice in one place: folded ("uy"), and with its marks where it bears any ("ủy").
So a word that is typed without marks finds every spelling, and one that is typed with them finds
just what it says. Where a tone mark stands, y for i at the end of a syllable, and noughts before a
number are matters of taste and never of meaning.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lotrinh.reading.text import Source, fold, read_source, tone_key

WORD = re.compile(r"[^\W_\u02bc]+")
"""Letters and digits; the apostrophe that counts as a letter parts words like any other one."""
_END_IN_Y = re.compile(r"(h|k|l|m|s|t|v|qu)([yỳýỷỹỵ])")
_AS_I = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")
_LONGEST = 40  # characters of a word
_MOST_PLACES = 200  # of one word; PostgreSQL keeps no more than 255
_LAST_PLACE = 16_000  # PostgreSQL counts no further than 16,383
_MOST_BYTES = 700_000  # of all words: PostgreSQL holds a megabyte


@dataclass(frozen=True, slots=True)
class Word:
    """A word by its letters alone, and with its marks; the two are equal where it bears none."""

    bare: str
    marked: str

    @property
    def is_marked(self) -> bool:
        """Whether the word bears marks that its letters alone do not tell."""
        return self.bare != self.marked


def word_of(written: str) -> Word:
    """Return one composed word as it is kept.

    >>> word_of("Uỷ") == word_of("ủy"), word_of("quý") == word_of("quí"), word_of("06").bare
    (True, True, '6')
    """
    lower = written.lower()[:_LONGEST]
    if lower.isdecimal():
        plain = lower.lstrip("0") or "0"
        return Word(plain, plain)
    found = _END_IN_Y.fullmatch(lower)
    if found:
        lower = found[1] + found[2].translate(_AS_I)
    return Word(fold(lower), tone_key(lower))


def words_in(source: Source) -> Iterator[tuple[Word, int, int]]:
    """Yield each word of a text with its place in the composed layer."""
    for found in WORD.finditer(source.composed):
        yield word_of(found.group()), found.start(), found.end()


def lexemes(*texts: str) -> str:
    """Return the words of these texts with their places, as PostgreSQL reads a ``tsvector``.

    No phrase reaches from one text into the next. Of a text beyond all measure the words that
    come first are kept.

    >>> lexemes("Thành uỷ", "45-NQ/TW")
    "'thanh':1 'thành':1 'uy':2 'ủy':2 '45':4 'nq':5 'tw':6"
    """
    places: dict[str, list[int]] = {}
    known: dict[str, tuple[str, ...]] = {}
    room, at = _MOST_BYTES, 0
    for text in texts:
        for found in WORD.finditer(read_source(text).composed):
            at += 1
            written = found.group()
            if written not in known:
                word = word_of(written)
                known[written] = (word.bare, word.marked) if word.is_marked else (word.bare,)
            for form in known[written]:
                kept = places.get(form)
                if kept is None:
                    room -= len(form.encode()) + 8
                    if room < 0:
                        continue
                    kept = places[form] = []
                if len(kept) < _MOST_PLACES and (at <= _LAST_PLACE or not kept):
                    kept.append(min(at, _LAST_PLACE))
                    room -= 2
        at += 1
    return " ".join(f"{quoted(form)}:{','.join(map(str, kept))}" for form, kept in places.items())


def quoted(form: str) -> str:
    """Return a form of a word as PostgreSQL reads it in a ``tsvector`` or a ``tsquery``."""
    kept = form.replace("\\", "\\\\").replace("'", "''")
    return f"'{kept}'"
