"""What somebody types to find a document: a number in any spelling, words, phrases in quotes.

People type numbers as they remember them: without marks or dashes, in the order of the other
system, by the type and the count alone. Here such a number is reduced to what all its spellings
share. Nothing is refused: what is no number is looked for as words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lotrinh.reading.lexemes import WORD
from lotrinh.reading.text import Source, fold
from lotrinh.reading.typed import (
    CODES,
    MARK,
    SUFFIXES,
    SYMBOLS,
    is_plain,
    kind_before,
    symbol_before,
    typed_source,
)

_ASSEMBLY = re.compile(r"(?:ubtv)?qh\d{1,2}")
_COUNT = re.compile(
    r"(?:(?<![a-z0-9])|(?<=\bso))(?P<count>\d{1,5})(?P<letter>[a-z](?=\s{0,2}[-/]))?"
    r"(?:\s{0,2}[-/]\s{0,2}(?P<year>(?:19|20)\d\d)(?!\d))?(?![.,]?\d)"
)
_GROUP = re.compile(
    r"(?P<joint>\s{0,2}(?:[-/]\s{0,2})+|\s+|[._]|(?<=\d))(?P<group>[a-z][a-z0-9&]*)"
)
_SERIES = re.compile(r"(?<![a-z0-9/-])([a-z]{1,6})\s?[-/]\s?([a-z]{1,10})(?![a-z0-9]|\s?[-/])")
_QUOTED = re.compile(r'"([^"]*)"?')
_MOST_GROUPS, _MOST_WORDS = 5, 20
_LINKS = frozenset(["cua", "ve", "so", "va", "cac", "tai", "of", "the", "and", "no", "on", "by"])
_LETTER = "CV"  # the numbers of letters name no type
_SAME_CODE = ({"QĐ", "QyĐ"}, {"ĐA", "DA"})


@dataclass(frozen=True, slots=True)
class NumberKey:
    """What all spellings of one number share; each part is empty where it is not written.

    ``count`` has no noughts in front, ``symbol`` stands for the type and ``series`` for the type
    and the issuer in one ("nqtw"): where one ends and the other begins is not always written.
    """

    count: str
    year: str = ""
    symbol: str = ""
    series: str = ""

    @property
    def has_issuer(self) -> bool:
        """Whether more than the type stands behind the count."""
        return self.series != self.symbol


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed. ``terms`` are all to be found, each word for word.

    ``number`` has no count where only its type and issuer were typed ("CTr-TU").
    ``types`` are the codes of the word in front of a number that says nothing more itself;
    ``mentions`` are the ways in which texts name that number, of which one is enough.
    """

    terms: tuple[tuple[str, ...], ...]
    number: NumberKey | None = None
    types: frozenset[str] = frozenset()
    mentions: tuple[tuple[str, ...], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed that could be found."""
        return not self.terms and self.number is None


def number_key(number: str) -> NumberKey | None:
    """Return the key of a number that is kept in the registry, or None where it has no count.

    >>> number_key("45- NQ/TW") == number_key("45nq tw") == number_key("45-NQ/TW")
    True
    >>> number_key("193/2025/NQ-QH15") == number_key("193/2025/QH15")
    True
    """
    source = typed_source(number)
    found = _COUNT.match(source.folded)
    return _numbered(source, found)[0] if found else None


def read_asked(typed: str) -> Asked:
    """Return what a person asks for. Any string is accepted.

    >>> read_asked("Nghị quyết 45").types, read_asked('"đào tạo nghề" 2030').terms
    (frozenset({'NQ'}), (('đào', 'tạo', 'nghề'), ('2030',)))
    """
    source = typed_source(typed.strip())
    terms = [_words(source, *found.span(1)) for found in _QUOTED.finditer(source.folded)]
    spoken = [found.span() for found in _QUOTED.finditer(source.folded)]
    number = next(_numbers(source, spoken), None) or next(_series(source, spoken), None)
    taken = [*spoken, number.span] if number else spoken
    loose = [
        (found.group(),)
        for found in WORD.finditer(source.composed)
        if not any(start <= found.start() < end for start, end in taken)
    ]
    if number:
        loose = [words for words in loose if fold(words[0]).lower() not in _LINKS]
    kept = tuple(term for term in (*terms, *loose) if term)[:_MOST_WORDS]
    if number is None:
        return Asked(kept)
    return Asked(kept, number.key, number.types, number.mentions)


@dataclass(frozen=True, slots=True)
class _Number:
    key: NumberKey
    types: frozenset[str]
    mentions: tuple[tuple[str, ...], ...]
    span: tuple[int, int]


def _numbers(source: Source, spoken: list[tuple[int, int]]) -> Iterator[_Number]:
    """Yield the numbers of documents in what was typed; a mere figure is one only by itself."""
    for found in _COUNT.finditer(source.folded):
        if any(start <= found.start() < end for start, end in spoken):
            continue
        key, end = _numbered(source, found)
        mark = MARK.search(source.folded[: found.start()])
        opening = mark.start() if mark else found.start()
        kind = kind_before(source, opening)
        if kind and kind == symbol_before(source, opening):
            key = _of_kind(key, kind[1])
        alone = not source.folded[: found.start()].strip() and not source.folded[end:].strip()
        if not (key.series or kind or alone):
            continue
        start = kind[0] if kind else opening
        types = _types(kind[1]) if kind and not key.series else frozenset()
        own = _words(source, found.start(), end)
        said = _words(source, kind[0], opening) if kind else ()
        yield _Number(key, types, _mentions(key, own, said, types), (start, end))


def _series(source: Source, spoken: list[tuple[int, int]]) -> Iterator[_Number]:
    """Yield type and issuer as numbers have them, where somebody typed them without a count."""
    for found in _SERIES.finditer(source.folded):
        start, end = found.span()
        if any(low <= start < high for low, high in spoken):
            continue
        known = found[1] in CODES and found[2] in SUFFIXES
        if known and is_plain(source.composed[start:end].lower()):
            symbol = SYMBOLS[CODES[found[1]]]
            own = _words(source, start, end)
            key = NumberKey("", "", symbol, symbol + found[2])
            yield _Number(key, frozenset(), (own,), (start, end))


def _of_kind(key: NumberKey, code: str) -> NumberKey:
    """Return a number before which the symbol of its type was written ("CTr 30-TU")."""
    if key.symbol or key.series not in SUFFIXES or code == _LETTER:
        return key
    return replace(key, symbol=SYMBOLS[code], series=SYMBOLS[code] + key.series)


def _mentions(
    key: NumberKey, own: tuple[str, ...], said: tuple[str, ...], types: frozenset[str]
) -> tuple[tuple[str, ...], ...]:
    if key.series:
        apart = (key.count, *([key.year] if key.year else []), key.symbol)
        issuer = key.series[len(key.symbol) :]
        full = (*apart, issuer) if key.symbol and issuer else own
        return tuple(dict.fromkeys((own, full)))
    if not said:
        return (own,)
    symbols = sorted({SYMBOLS[code] for code in types})
    return ((*said, *own), (*said, "số", *own), *((*own, symbol) for symbol in symbols))


def _numbered(source: Source, found: re.Match[str]) -> tuple[NumberKey, int]:
    """Return the key of the number that begins with this count, and where it ends."""
    groups: list[str] = []
    end = found.end()
    while len(groups) < _MOST_GROUPS:
        step = _GROUP.match(source.folded, end)
        if step is None or not _belongs(source, step, groups):
            break
        groups.append(step["group"])
        end = step.end()
    count = (found["count"].lstrip("0") or "0") + (found["letter"] or "")
    symbol, rest = _split(groups)
    return NumberKey(count, found["year"] or "", symbol, symbol + rest), end


def _belongs(source: Source, step: re.Match[str], groups: list[str]) -> bool:
    """Tell letters of a number from a word behind it: only dashes join what is not known."""
    if not is_plain(source.composed[step.start("group") : step.end()].lower()):
        return False
    if step["joint"].strip().strip("._"):
        return True
    group = step["group"]
    if groups:
        return bool(step["joint"]) and group in SUFFIXES
    return group in CODES or bool(_glued(group)) or bool(_ASSEMBLY.fullmatch(group))


def _split(groups: list[str]) -> tuple[str, str]:
    """Return the symbol of the type and what stands for the issuer."""
    if not groups:
        return "", ""
    if _ASSEMBLY.fullmatch(groups[-1]) and (len(groups) == 1 or groups[0] in {"nq", "l", "pl"}):
        return "", groups[-1]
    if groups[0] in CODES:
        return SYMBOLS[CODES[groups[0]]], "".join(groups[1:])
    symbol = _glued(groups[0]) if len(groups) == 1 else ""
    return symbol, "".join(groups)[len(symbol) :]


def _glued(group: str) -> str:
    """Return the symbol with which this begins, where a known suffix follows ("nqtw")."""
    for length in range(min(6, len(group) - 1), 0, -1):
        if group[:length] in CODES and group[length:] in SUFFIXES:
            return group[:length]
    return ""


def _types(code: str) -> frozenset[str]:
    return frozenset(next((same for same in _SAME_CODE if code in same), {code}))


def _words(source: Source, start: int, end: int) -> tuple[str, ...]:
    return tuple(found.group() for found in WORD.finditer(source.composed, start, end))
