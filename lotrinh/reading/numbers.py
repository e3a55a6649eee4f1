"""Numerals as Vietnamese and English write them: 29.000 and 29,000 are one number.

A dot or comma with exactly three digits behind it is ambiguous by itself. The document settles
it: every numeral that can only be read one way is a vote, and where there is none the language
of the text decides. Values are exact decimals.
"""

import re
from decimal import Decimal

from lotrinh.reading.grammar import any_of, lexicon
from lotrinh.reading.text import Source, fold, tone_key

_GROUPED = re.compile(r"\d{1,3}([.,])\d{3}(?:\1\d{3})*$")
_VOTES = (
    (re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3}){2,}(?![\d.])|\d,\d{1,2}(?![\d.,])"), ","),
    (re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3}){2,}(?![\d,])|\d\.\d{1,2}(?![\d.,/])"), "."),
)
_DAY = re.compile(  # written with a dot between day and month
    r"(?:(?<![\d.,])[1-9]|(?<=(?<![\d.,])[0-3])\d)\.(?:0?[1-9]|1[0-2])"
    r"(?![\d%]|\s?(?:%|t[yi]\b|trieu|nghin|ha\b|km|tan\b|m\d?\b|usd|diem|phan|lan\b))"
)
_BEFORE_UNIT = re.compile(
    r"(?<![\d.,])[1-9]\d{0,2}([.,])(?:000|\d{3}(?=\s?(?:nguoi|can bo|people)))"
)


_PLAIN = re.compile(r"\d[\d.,]*\d")
_TWO_WAYS = re.compile(r"\d{1,3}[.,]\d{3}")
_EVEN = 2  # one convention is used at most so many times as often as the other

_NUMBER = re.compile(
    r"\d+(?:[.,]\d+)?|\d+([.,])\d{3}(?:\1\d{3})+|\d+([.,])\d{3}(?:\2\d{3})*(?!\2)[.,]\d+"
)
_LONGEST = 40  # characters of a numeral; longer ones count nothing that can be

_WORDS: dict[str, int] = {
    word: value for word, value in lexicon("measures")["number_words"].items()
}
_FOLDED_WORDS = {fold(word): (tone_key(word), value) for word, value in _WORDS.items()}
_WORD_NUMERAL = re.compile(
    rf"(?<![\w-])({'|'.join(sorted(map(re.escape, _FOLDED_WORDS), key=len, reverse=True))})"
    rf"(?=[ ]+{any_of(lexicon('measures')['word_scales'])})"
    rf"|(?<=at least )({'|'.join(map(re.escape, _FOLDED_WORDS))})(?=\s[a-z])"
    rf"|(?:(?<=it nhat )|(?<=toi thieu ))({'|'.join(map(re.escape, _FOLDED_WORDS))})(?=\s[a-z])"
)


_ENGLISH_NUMBERS = [word for word in _WORDS if word.isascii() and word not in {"one", "ba", "hai"}]
_SMALL_NUMERAL = re.compile(
    r"(?<![\w-])(?<!the )(?<!these )(?<!those )(?<!its )(?<!their )(?<!our )(?<!or )"
    rf"(?:{'|'.join(_ENGLISH_NUMBERS)})"
    r"(?=\s(?:(?:of|out of)(?: the)? \d|(?:[a-z-]+\s){0,3}?[a-z-]{2,}s\b))"
)
_COUNTING = re.compile(r"(?:tram|muoi|nghin|linh|le|hundred|and|thousand)\s$")  # a longer one


def find_word_numerals(source: Source) -> list[tuple[int, int]]:
    """Return where numbers stand that are written out, before a scale or behind a bound.

    Elsewhere words for small numbers count nothing that can be measured ("một số", "one of").
    """
    return [
        match.span()
        for match in _WORD_NUMERAL.finditer(source.folded)
        if word_value(source, *match.span()) is not None
        and not _COUNTING.search(source.folded, max(0, match.start() - 8), match.start())
    ]


def find_small_numerals(source: Source) -> list[int]:
    """Return where English words for numbers stand that count things: "four school kitchens".

    They measure something only where it is said what was done with the things.
    """
    if source.toned:
        return []
    return [match.start() for match in _SMALL_NUMERAL.finditer(source.folded)]


def word_value(source: Source, start: int, end: int) -> Decimal | None:
    """Return the value of a number that is written out; None for any other word."""
    known = _FOLDED_WORDS.get(source.folded[start:end])
    if known is None or (source.toned and tone_key(source.composed[start:end]) != known[0]):
        return None
    return Decimal(known[1])


def decimal_sign(folded: str, vietnamese: bool) -> str:
    """Return the sign, "," or ".", before the decimals of this text's numerals."""
    votes = _votes(folded, vietnamese)
    for match in _BEFORE_UNIT.finditer(folded):
        votes["," if match.group(1) == "." else "."] += 1
    if votes[","] == votes["."]:
        return "," if vietnamese else "."
    return "," if votes[","] > votes["."] else "."


def _votes(folded: str, vietnamese: bool) -> dict[str, int]:
    """Count the numerals that can be read in one way only; "ngày 30.4" is no numeral."""
    votes = {",": 0, ".": 0}
    for pattern, sign in _VOTES:
        votes[sign] += sum(
            not (vietnamese and _DAY.match(folded, match.start()) is not None)
            for match in pattern.finditer(folded)
        )
    return votes


def is_mixed(folded: str, vietnamese: bool = False) -> bool:
    """Tell a text whose numerals follow both conventions so evenly that neither rules it."""
    votes = list(_votes(folded, vietnamese).values())
    return 0 < max(votes) <= _EVEN * min(votes)


def is_ambiguous(folded: str, place: int) -> bool:
    """Tell a numeral that each convention reads in its own way: "1.234", but not "1.234,5"."""
    numeral = _PLAIN.match(folded, place)
    if numeral is None or numeral.group().startswith("0"):
        return False
    return _TWO_WAYS.fullmatch(numeral.group()) is not None


def is_vietnamese(source: Source) -> bool:
    """Tell the language of a text; without marks its most common words decide."""
    if source.toned:
        return True
    words = source.folded[:4000].split()
    english = sum(word in _ENGLISH for word in words)
    unmarked = sum(word in _UNMARKED for word in words)
    return unmarked > english


_ENGLISH = frozenset({"the", "of", "and", "in", "on", "for", "is", "by", "with", "dated"})
_UNMARKED = frozenset({"cua", "cac", "va", "ngay", "nam", "thuc", "hien", "ke", "hoach", "tren"})


def is_label(numeral: str) -> bool:
    """Tell a list or a label from a number: "2,3,4", "4.3.4", "1.234,567.8"; any endless digits.

    >>> is_label("2,3,4.3.4"), is_label("1.234.567,8"), is_label("1,234.56"), is_label("12.5")
    (True, False, False, False)
    """
    return len(numeral) > _LONGEST or _NUMBER.fullmatch(numeral) is None


def parse_numeral(numeral: str, sign: str) -> Decimal:
    """Return the value of digits with dots and commas, ``sign`` being the decimal sign.

    Of what is a list or a label (see ``is_label``), it is the value of the first digits.

    >>> parse_numeral("29.000", ","), parse_numeral("45,37", ","), parse_numeral("2.550,259", ",")
    (Decimal('29000'), Decimal('45.37'), Decimal('2550.259'))
    >>> parse_numeral("492,309", "."), parse_numeral("120.5", ","), parse_numeral("0,125", ".")
    (Decimal('492309'), Decimal('120.5'), Decimal('0.125'))
    """
    if is_label(numeral):
        numeral = re.split("[.,]", numeral)[0][:_LONGEST]
    dots, commas = numeral.count("."), numeral.count(",")
    if not dots and not commas:
        return Decimal(numeral)
    if dots and commas:
        sign = "." if numeral.rfind(".") > numeral.rfind(",") else ","
    elif dots + commas > 1:
        return Decimal(numeral.replace(".", "").replace(",", ""))
    else:
        grouped = _GROUPED.match(numeral)
        used = "." if dots else ","
        ambiguous = grouped is not None and not numeral.startswith("0")
        if not ambiguous:
            sign = used
    other = "," if sign == "." else "."
    return Decimal(numeral.replace(other, "").replace(sign, "."))
