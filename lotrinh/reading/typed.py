"""What somebody typed, laid out in the way in which numbers of documents are written.

Fingers and machines take a letter for a figure ("3O-CTr/TU"), leave out a space ("CTr30") and put
the count behind the rest ("CTr/TU số 30"). All of it is mended before anything is looked for; what
is no number stays as it was typed.
"""

import re

from lotrinh.reading.citations import TYPE_WORDS
from lotrinh.reading.grammar import lexicon
from lotrinh.reading.text import Source, fold, read_source

_DOCUMENTS = lexicon("documents")
CODES: dict[str, str] = {}
"""The code of a type by its symbol, folded."""
for _kind in _DOCUMENTS["type"]:
    for _symbol in _kind["symbols"]:
        CODES.setdefault(_symbol, _kind["code"])
SYMBOLS = {kind["code"]: kind["symbols"][0] for kind in _DOCUMENTS["type"]}
"""The symbol that stands for all of a type."""
SUFFIXES = frozenset(
    fold(suffix)
    for system in ("either", "state", "party")
    for suffix in _DOCUMENTS["suffixes"][system]
)
"""What stands for an issuer in numbers, folded."""
MARK = re.compile(r"(?<![a-z])(?:(?:so hieu|so|nos?|numbers?)\b\s*[.:]{0,2}\s*)+$")
_CENTRAL = re.compile(r"(?<!\w)t\.?ư\.?(?!\w)|(?<!\w)t\.\s?w\.?(?!\w)", re.IGNORECASE)
_MISREAD = re.compile(r"(?<![a-z0-9])(?=[oil]*\d)(?=\d*[oil])[\doil]{2,5}(?![a-z0-9])")
_AS_FIGURES = str.maketrans("oil", "011")
_JOINED = re.compile(r"\s{0,2}[-/]\s{0,2}[a-z0-9]")
_JOINED_BEFORE = re.compile(r"\d\s{0,2}[-/]\s{0,2}$")
_APART = re.compile(r"\s{1,2}([a-z]{1,10})(?![a-z0-9])")
_GLUED = re.compile(r"(?<![a-z0-9/-])([a-z]{2,6})(?=\d{1,5}(?![a-z0-9]))")
_REVERSED = re.compile(
    r"(?<![a-z0-9/-])([a-z]{1,6})\s?[-/]\s?([a-z]{1,10})\s+(?:so\s+)?"
    r"(?!(?:19|20)\d\d(?!\d))(\d{1,5})(?![a-z0-9]|\s?[-/])"
)


def typed_source(typed: str) -> Source:
    """Lay out what was typed; "TƯ" and "T.W" are short for the centre.

    >>> typed_source("3O-CTr/TU").raw, typed_source("CTr30").raw, typed_source("CTr/TU số 30").raw
    ('30-CTr/TU', 'CTr 30', '30-CTr/TU')
    """
    source = read_source(_CENTRAL.sub("TW", read_source(typed).composed))
    for mend in (_figures, _spaces, _order):
        mended = mend(source)
        source = source if mended == source.composed else read_source(mended)
    return source


def is_plain(written: str) -> bool:
    """Tell the letters of a number, which bear no tones ("NĐ", "ĐA"), from a word ("đã")."""
    return written.replace("đ", "d").replace("ư", "u") == fold(written)


def kind_before(source: Source, place: int) -> tuple[int, str] | None:
    """Return where the word for a type begins that stands before this place, and its code."""
    return TYPE_WORDS.before(source, place) or symbol_before(source, place)


def symbol_before(source: Source, place: int) -> tuple[int, str] | None:
    """Return where the symbol of a type begins that stands before this place, and its code."""
    last = re.search(r"(?<![a-z0-9])([a-z]{1,6})\s*$", source.folded[:place])
    if last is None or last[1] not in CODES:
        return None
    return (last.start(1), CODES[last[1]]) if _is_plain_at(source, last, 1) else None


def _figures(source: Source) -> str:
    """Take letters for the figures that they look like where a number has its figures."""
    letters = list(source.composed)
    for found in _MISREAD.finditer(source.folded):
        if _counts(source, found):
            letters[found.start() : found.end()] = found.group().translate(_AS_FIGURES)
    return "".join(letters)


def _counts(source: Source, found: re.Match[str]) -> bool:
    before = source.folded[: found.start()]
    if _JOINED.match(source.folded, found.end()) or _JOINED_BEFORE.search(before):
        return True
    apart = _APART.match(source.folded, found.end())
    if apart and apart[1] in CODES and _is_plain_at(source, apart, 1):
        return True
    return bool(MARK.search(before) or kind_before(source, found.start()))


def _spaces(source: Source) -> str:
    """Set the symbol of a type apart from the count behind it."""
    text = source.composed
    for found in reversed(list(_GLUED.finditer(source.folded))):
        if found[1] in CODES and _is_plain_at(source, found, 1):
            text = f"{text[: found.end()]} {text[found.end() :]}"
    return text


def _order(source: Source) -> str:
    """Put the count before type and issuer."""
    text = source.composed
    for found in reversed(list(_REVERSED.finditer(source.folded))):
        kind, issuer, count = (text[slice(*found.span(part))] for part in (1, 2, 3))
        known = found[1] in CODES and found[2] in SUFFIXES
        if known and is_plain(f"{kind}{issuer}".lower()):
            text = f"{text[: found.start()]}{count}-{kind}/{issuer}{text[found.end() :]}"
    return text


def _is_plain_at(source: Source, found: re.Match[str], part: int) -> bool:
    return is_plain(source.composed[slice(*found.span(part))].lower())
