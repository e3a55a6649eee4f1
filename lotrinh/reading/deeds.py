"""Things that were made, dealt with or found: numbers that count deeds, whatever sign there is.

A count tells a result where the words beside it say what was done with the things, or what became
of them. Small numbers of things without such words tell nothing.
"""

import re

from lotrinh.reading.amounts import Quantity
from lotrinh.reading.grammar import any_of, lexicon
from lotrinh.reading.text import Source

_GUARDS = lexicon("guards")["commitments"]
NO_MEASURE = frozenset(
    {"day", "hour", "year", "month", "time", "rank", "độ", "độ c", "mm", "cm", "degrees", "m", "a"}
)
PLACE_UNITS = frozenset(
    {"tỉnh", "province", "provinces", "commune", "district", "unit", "site", "village", "school"}
)
_TELLING = 90  # characters behind a number that may say what became of what it counts
_HAPPENED = re.compile(any_of(_GUARDS["happened"]) + r"\s$")
_SUFFERED = re.compile(r"\s(?:\w+\s)?" + any_of(_GUARDS["happened_behind_toned"]) + r"(?!\w)")
# "kiểm tra tài chính đảng đối với 27 tổ chức": some words may stand between deed and number.
_DEED_TONED = re.compile(
    any_of(_GUARDS["deeds_toned"])
    + r"(?:\s(?!"
    + any_of(_GUARDS["no_object_toned"])
    + r")[^\W\d]+){0,4}\s$"
)
_BECAME_TONED = re.compile(r"(?:\s(?!của\s)[^\W\d]+){0,5}?,?\s" + any_of(_GUARDS["became_toned"]))
_ORDERED = re.compile(any_of(_GUARDS["ordering_toned"]))
_DEED = re.compile(
    r"(?<![\w-])(\w{3,}ed|" + "|".join(_GUARDS["deeds_en"]) + r")\s(?:[\w-]+\s){0,2}$"
)
# "100 percent of cells in the commune announced": what so many of them did.
_SHARE_DID = re.compile(
    r"\sof\s[^;.,]{3,80}?\s(?:\w{4,}ed|(?:have|has|had|were|was|is|are)(?:\snow|\snot)?(?:\sbeen)?\s\w{3,}(?:ed|en|ld))"
    r"\b(?!\sby)"
)
_NO_DEED = re.compile(any_of(_GUARDS["no_deed"]))
_GOT = re.compile(
    r"(?:\s[a-z-]+){0,3}\s(?:\w{4,}ed|remain(?:s|ed)?)\s(?!by\b)"
    r"|[^;.]{0,70}?\s(?:received|signed|won|"
    r"(?:were|was|have|has|had)\s(?:\w+ly\s|now\s|not\s|yet\s|already\s)*"
    r"(?:been\s(?:\w+ly\s)?)?"
    r"(?:\w{3,}ed|set up|found|built|held|made|sent|sold|given|met|paid|put))\b"
)
_ACHIEVING = re.compile(
    any_of(_GUARDS["achieving"]) + r"\s(?:duoc |moi |them |tren |hon |gan |to )*$"
)
_DONE_BEHIND = re.compile(
    r"[^;.]{0,90}?\s(?:were|was|(?:have|has|had)(?:\snot|\syet){0,2}\sbeen)\s\w+ed\b"
)
_HAVING = re.compile(r"(?<!\w)(?:có|còn)\s$", re.IGNORECASE)
_PART = re.compile(  # of a total that was told
    r"(?:trong (?:số )?đó|bao gồm|gồm(?: có)?|trong (?:tổng )?số [^;.]{3,60},)"
    r"\s(?:có\s|là\s){0,2}$",
    re.IGNORECASE,
)
_MONEY = frozenset({"VND", "USD", "EUR"})
_MEASURED = frozenset({"VND", "USD", "EUR", "%"})
_STANDS = re.compile(r"(?<!\w)(?:is|reaches|(?:drop|fall|decrease|increase|rise)s to)\s*$")
_SUM = re.compile(r"(?<!\w)số tiền [^,;.\d]{0,50}$", re.IGNORECASE)
_PERIOD = re.compile(any_of(_GUARDS["past_period_toned"]))
_SPOKEN = 300  # characters in front of a number in which somebody may ask for it


def follows(pattern: re.Pattern[str], source: Source, quantity: Quantity) -> bool:
    """Match behind a number with the tones: "đạt" is reached, "đất" is land."""
    behind = source.composed[quantity.end : quantity.end + _TELLING].lower()
    return pattern.match(behind) is not None


def counts(source: Source, quantity: Quantity, start: int, *, among: bool, report: bool) -> bool:
    """Tell things that were made or dealt with, in a sentence from ``start``.

    ``among``: other results stand beside them. ``report``: the text only tells.
    """
    if quantity.form != "amount" or quantity.unit in NO_MEASURE:
        return False
    if (among or report) and source.toned and _is_told(source, quantity, start):
        return True
    if quantity.unit in PLACE_UNITS and not told_of(source, quantity):
        return False
    before = source.folded[max(0, quantity.start - 40) : quantity.start]
    if not among:
        return _was_done(source, quantity, before)
    behind = _DONE_BEHIND.match(source.folded, quantity.end, quantity.end + 100)
    dealt = acted_on(source, quantity) if source.toned else _ACHIEVING.search(before) is not None
    return dealt or behind is not None


def told_of(source: Source, quantity: Quantity) -> bool:
    """Tell whether the words beside a number say what was done, or what became of its things."""
    if acted_on(source, quantity):
        return True
    if source.toned:
        return follows(_BECAME_TONED, source, quantity)
    before = source.folded[max(0, quantity.start - 40) : quantity.start]
    return _was_done(source, quantity, before)


def stands_at(source: Source, quantity: Quantity) -> bool:
    """Tell "turnover is USD 36 billion", "unemployment drops to 1.74%" in an English report."""
    if source.toned or quantity.unit not in _MEASURED:
        return False
    return _STANDS.search(source.folded, max(0, quantity.start - 16), quantity.start) is not None


def reports(source: Source, start: int, quantity: Quantity) -> bool:
    """Tell a sentence from ``start`` that says of which time it tells: "trong 2 năm qua"."""
    low = max(start, quantity.start - _SPOKEN)
    return (
        source.toned and _PERIOD.search(source.composed[low : quantity.start].lower()) is not None
    )


def _is_told(source: Source, quantity: Quantity, start: int) -> bool:
    """Tell "xử phạt 12 trường hợp", "34 hộ chưa bàn giao" where nobody asks for it."""
    asked = source.composed[max(start, quantity.start - _SPOKEN) : quantity.start].lower()
    if _ORDERED.search(asked):
        return False
    before = source.composed[max(start, quantity.start - 90) : quantity.start]
    if _PART.search(before) or (quantity.unit in _MONEY and _SUM.search(before)):
        return True
    if _PERIOD.search(asked) and _HAVING.search(
        source.composed, quantity.start - 8, quantity.start
    ):
        return True
    return _is_dealt(source, quantity) or follows(_BECAME_TONED, source, quantity)


def _is_dealt(source: Source, quantity: Quantity) -> bool:
    before = source.composed[max(0, quantity.start - 60) : quantity.start].lower()
    return _DEED_TONED.search(before) is not None


def _was_done(source: Source, quantity: Quantity, before: str) -> bool:
    """Tell things that somebody dealt with, or that got something, by the verb beside them."""
    if source.toned:
        return _HAPPENED.search(before) is not None or follows(_SUFFERED, source, quantity)
    deed = _DEED.search(before)
    if deed is not None:
        return _NO_DEED.fullmatch(deed[1]) is None
    if quantity.unit == "%":
        return _SHARE_DID.match(source.folded, quantity.end, quantity.end + 120) is not None
    opens = (
        before.rstrip().endswith((".", ",", ";", " that", " while", " and")) or not before.strip()
    )
    return opens and _GOT.match(source.folded, quantity.end, quantity.end + 100) is not None


def acted_on(source: Source, quantity: Quantity) -> bool:
    """Tell whether the words in front of a number say what was done with what it counts."""
    before = source.folded[max(0, quantity.start - 40) : quantity.start]
    if source.toned:
        return _HAVING.search(source.composed, quantity.start - 8, quantity.start) is not None or (
            _is_dealt(source, quantity)
        )
    deed = _DEED.search(before)
    return deed is not None and _NO_DEED.fullmatch(deed[1]) is None
