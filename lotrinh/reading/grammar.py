"""Words from the lexicon, compiled so that they are found at a place instead of searched for.

A `Phrases` holds spellings with their meanings. It answers two questions in constant time:
which phrase begins here, and which one ends here. Both look up one word and then compare; both
match the folded twin and then verify tones on the composed text, because "giao" assigns and
"giáo" teaches. Words written without any diacritics are taken at their folded value.

A `Rule` is the name under which a kind of finding is made, with its confidence and with
sentences that it must and must not read. The rules are data, and the tests run all of them.
"""

import hashlib
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Generic, TypeVar

from lotrinh.reading.lines import Line, lines_here, with_lines, written
from lotrinh.reading.text import Source, fold, tone_key

V = TypeVar("V")
_WORD = re.compile(r"[^\W_]+(?:['&][^\W_]+)*|[%$]")
_LAST_WORD = re.compile(r"([^\W_]+)[^\w]*$")


@dataclass(frozen=True, slots=True)
class Rule:
    """How one kind of fact is found; the examples are read by the tests."""

    id: str
    kind: str
    confidence: float
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]


@cache
def lexicon(name: str) -> Mapping[str, Any]:
    """Return one lexicon file. Its words are data: no Python is needed to add one.

    The lines that an installation has applied (``reading.lines``) stand behind those of the file.
    """
    return with_lines(name, tomllib.loads(_file(name).decode()), lines_here())


def _file(name: str) -> bytes:
    return (resources.files("lotrinh.reading") / "lexicon" / f"{name}.toml").read_bytes()


_NAMES = (
    "calendar",
    "documents",
    "events",
    "frame",
    "guards",
    "measures",
    "organisations",
    "people",
    "rules",
    "structure",
    "tables",
    "verbs",
)


def any_of(pieces: Iterable[str]) -> str:
    """Return a pattern for one of the pieces as a whole word, the longest first."""
    inside = "|".join(sorted(pieces, key=len, reverse=True))
    return rf"(?<!\w)(?:{inside})(?!\w)"


@cache
def lexicon_hash(lines: Sequence[Line] | None = None) -> str:
    """Return the fingerprint of all words read by: two readings compare only if it is equal.

    Those of this process, or those of the files with some lines.
    """
    digest = hashlib.sha256()
    for name in _NAMES:
        digest.update(name.encode() + b"\0" + _file(name))
    added = lines_here() if lines is None else tuple(lines)
    if added:
        digest.update(written(added).encode())
    return digest.hexdigest()


@cache
def rules() -> Mapping[str, Rule]:
    """Return every rule by its id."""
    return {
        entry["id"]: Rule(
            entry["id"],
            entry["id"].partition(".")[0],
            entry["confidence"],
            tuple(entry["examples"]),
            tuple(entry.get("counterexamples", ())),
        )
        for entry in lexicon("rules")["rule"]
    }


@dataclass(frozen=True, slots=True)
class _Spelling(Generic[V]):
    folded: str
    meanings: tuple[tuple[str, V], ...]  # toned spelling, value


class Phrases(Generic[V]):
    """Spellings in any number of languages, each with a value."""

    def __init__(self, entries: Iterable[tuple[str, V]]) -> None:
        meanings: dict[str, dict[str, V]] = defaultdict(dict)
        for spelling, value in entries:
            meanings[" ".join(fold(spelling).split())].setdefault(tone_key(spelling), value)
        self._starting: dict[str, list[_Spelling[V]]] = defaultdict(list)
        self._ending: dict[str, list[_Spelling[V]]] = defaultdict(list)
        for folded in sorted(meanings, key=len, reverse=True):
            known = _Spelling(folded, tuple(meanings[folded].items()))
            first, last = _WORD.match(folded), _LAST_WORD.search(folded)
            self._starting[first.group() if first else folded[:1]].append(known)
            self._ending[last.group(1) if last else folded].append(known)
        self.first_words = frozenset(self._starting)
        self.spellings = frozenset(meanings)

    @classmethod
    def of(cls, spellings: Iterable[str], value: V) -> "Phrases[V]":
        """Return phrases that all have one meaning."""
        return cls((spelling, value) for spelling in spellings)

    def at(self, source: Source, place: int) -> tuple[int, V] | None:
        """Return the end and the value of the longest phrase that begins at ``place``."""
        word = _WORD.match(source.folded, place)
        candidates = self._starting.get(word.group() if word else source.folded[place : place + 1])
        for spelling in candidates or ():
            end = _match_ahead(source.folded, place, spelling.folded)
            if end is not None:
                found = _verify(source, place, end, spelling)
                if found is not None:
                    return end, found[0]
        return None

    def before(self, source: Source, place: int) -> tuple[int, V] | None:
        """Return the start and the value of the longest phrase that ends before ``place``.

        Spaces between the phrase and ``place`` are skipped.
        """
        folded = source.folded
        end = place
        while end and folded[end - 1] in " \n":
            end -= 1
        word = _LAST_WORD.search(folded, max(0, end - 24), end)
        if not word:
            return None
        for spelling in self._ending.get(word.group(1), ()):
            start = end - len(spelling.folded)
            if (
                start >= 0
                and folded.startswith(spelling.folded, start)
                and (start == 0 or not folded[start - 1].isalnum())
            ):
                found = _verify(source, start, end, spelling)
                if found is not None:
                    return start, found[0]
        return None


def _match_ahead(folded: str, place: int, phrase: str) -> int | None:
    """Return the end of the phrase where it stands at ``place``, however it is spaced."""
    end = place + len(phrase)
    if not folded.startswith(phrase, place):
        if " " not in phrase:
            return None
        end = place
        for number, word in enumerate(phrase.split(" ")):
            while number and folded[end : end + 1] in {" ", "\n"}:
                end += 1
            if not folded.startswith(word, end):
                return None
            end += len(word)
    following = folded[end : end + 1]
    return None if following.isalnum() and phrase[-1].isalnum() else end


def _verify(source: Source, start: int, end: int, spelling: _Spelling[V]) -> tuple[V] | None:
    """Return the value whose tones agree with what is written, in a tuple; None if none does.

    Without any tones the first spelling is taken: always in a text that has none, and for
    phrases of several words also in one that has.
    """
    key = tone_key(source.composed[start:end])
    for toned, value in spelling.meanings:
        if key == toned:
            return (value,)
    if key.isascii() and (not source.toned or " " in spelling.folded):
        return (spelling.meanings[0][1],)
    return None
