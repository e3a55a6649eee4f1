"""Numbers that measure something: value, unit, comparison, and what a percentage is of.

A quantity is read outward from its digits: the scale and the unit to the right, the comparison,
the currency or the word of growth to the left. Scale words are multiplied out, so that
"492.309 tỷ đồng" and "VND492,309 billion" are one value. Ordinals, articles, years and numbers
of documents are no quantities. Where no known unit follows, the lower-case words that do are
kept as the unit, in the words of the text.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from lotrinh.reading.amounts import (
    COMPARATORS,
    MEASURES,
    SCALES,
    UNIT_CODES,
    UNITS,
    Quantity,
    read_scale,
    skip,
)
from lotrinh.reading.ellipsis import is_same_growth, same_as_before
from lotrinh.reading.facts import Comparator
from lotrinh.reading.grammar import Phrases, any_of, lexicon
from lotrinh.reading.numbers import (
    find_small_numerals,
    find_word_numerals,
    is_label,
    parse_numeral,
    word_value,
)
from lotrinh.reading.ratios import read_counted_ratio, read_ratio
from lotrinh.reading.text import Source

__all__ = ["COMPARATORS", "SCALES", "UNITS", "UNIT_CODES", "Quantity", "find_quantities"]

_APPROXIMATE: Phrases[bool] = Phrases.of(
    MEASURES["approximate"]["vi"] + MEASURES["approximate"]["en"], True
)
_PLANS: Phrases[bool] = Phrases.of(MEASURES["plan"]["vi"] + MEASURES["plan"]["en"], True)
_GROWTH: Phrases[int] = Phrases(
    [(word, 1) for word in MEASURES["growth"]["up_vi"] + MEASURES["growth"]["up_en"]]
    + [(word, -1) for word in MEASURES["growth"]["down_vi"] + MEASURES["growth"]["down_en"]]
)
_THINGS: Phrases[bool] = Phrases.of(MEASURES["things"], True)
_AT_LEAST: Phrases[Comparator] = Phrases.of(MEASURES["after"]["at_least"], ">=")
_AT_MOST: Phrases[Comparator] = Phrases.of(MEASURES["after"]["at_most"], "<=")

_WORD = re.compile(r"[a-z]+")
_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")
_WHOLE_PLAN = 100
_ABOVE_IT = re.compile(
    r"(?<!\w)(?:vuot|exceed(?:ed|ing|s)?(?: by)?|surpass(?:ed|ing)?)(?: \w+){0,1}\s$"
)
_ABOVE_PLAN = re.compile(  # "vượt dự toán 4,2%", "exceeding the target by 6.2%"
    r"(?<!\w)(?:vuot (?:chi tieu|ke hoach|du toan|muc tieu)(?: \w+){0,3}"
    r"|(?:exceed|surpass)(?:ed|ing|s)? (?:the |its )?(?:\w+ )?(?:plan|target|estimate)s? by)\s$"
)
_ONTO = re.compile(
    r"(?:[^,;.]|[.,](?=\d)){0,25}?\s(?:xuong con|xuong|len|con|to)\s(?:\w+\s){0,2}?\d"
)
_MAKES = re.compile(r"mak(?:es?|ing)\s$|made\s$")  # "make up 40 percent" grows nothing
_DENOMINATOR = re.compile(r"(?<=\w)\s+(?:tren|per|for every)\s+(?:moi\s+)?$")
# "từ 40 đảng viên mới trở lên", "10%/năm trở lên": the bound stands behind what is counted.
_LATER_BOUND = re.compile(
    r"(?:\s?/\s?[^\W\d]+)?(?:\s[^\W\d]+){0,3}?\s"
    r"(?=tro (?:len|xuong)\b|or (?:more|higher|less|fewer)\b)"
)
_CHANGE = re.compile(
    r"\s*(increase|growth|rise|jump|surge|decrease|reduction|drop|decline|fall|(?:higher|more|lower|less)(?=\s+than))\b"
)
_BEYOND = re.compile(
    r"(?:cao|thap) hon\s[\d.,]+\s?%?\s?(?:so voi )?(?:cung ky|nam|thang|quy|so voi)"
)
_MORE_THAN = re.compile(r"\s(?:more|less|higher|lower|fewer) than(?!\w)")  # "412 more than in 2023"
_THAN_PLAN = re.compile(
    r"\sthan\s(?:planned|(?:the\s|its\s)?(?:\w+\s){0,2}?(?:plan|target|estimate|projection))\b"
)
_DOWNWARD = frozenset({"decrease", "reduction", "drop", "decline", "fall", "lower", "less"})
_NOT_PLAN = frozenset({"in", "of", "tasks", "targets", "trong", "nhiem", "cua"})
_MONEY = frozenset({"VND", "USD", "EUR"})
_CONVERTED = re.compile(r"\s?\((?:equivalent to|equal to|tuong duong|or|hay)?\s?")
_DOUBLED = re.compile(rf"(?<!\w)({'|'.join(MEASURES['folds'])})(?![\w-])")
_PLAN_WORD = re.compile(r"[^\W\d_]+(?:['\u2019]s)?\s+")
_PER = re.compile(r"\s(?:per|tren)\s1(?:[.,]?000)+\s")
_LARGE = 1000
_SIGNS: dict[str, Comparator] = {
    "<": "<", ">": ">", "<=": "<=", ">=": ">=", "\u2264": "<=", "\u2265": ">=",
}  # fmt: skip
_SIGN = re.compile(r"(?:[<>]=?|[\u2264\u2265])\s?$")
_GROUPED = re.compile(r"\d[.,]\d{3}(?!\d)|\d\s?[a-z]")  # no year: 12,480 or 2.4 million
_BARE = re.compile(r"\b(?:reached|totall?ed|was|were|is|to|of|stood at|hit|dat|la|len|con)\s*$")
_ENDS = re.compile(r"\s?(?:[,;.)]|$|\s(?:in|by|up|an|a|tang|giam|so)\s)")
_BREAKS = re.compile(r"\s?(?:[,;)]|\.(?!\d)|$|\n|(?:by|in)\s(?:the\s)?(?:end\s|\d{4}))")
_EACH_TIME = re.compile(r"\s?/\s?(?:ngay|tuan|day|week|1(?!\d))")
_FEW = 10
_TOLD_OF = re.compile(
    r"\s(?:of them\b|(?:were|was|have(?: already| not)? been|had been)\s"
    r"(?:\w{3,}ed|found|built|held|made|sent|sold|given|met|paid|put)\b)"
)
_YEARS = range(1900, 2101)
_ATTACHED = re.compile(
    r"ty|trieu|km|ha|m2|m3|cm|tan|bil|tril|bn|mil|kh|vnd(?!\w)|dong(?!\w)|d(?!\w)"
)
_DAYS = 31  # a whole beyond it makes no day: 68.914/69.005
_COMPOSED = re.compile(
    r"\s?/\s?(?:1[.,0]*0\s)?[^\W\d]+(?:\s(?:dan|gai|trai|nguoi|inhabitants|people))?(?!\w)"
)
_UNCOMPOSED = frozenset(
    {"hectare", "m2", "m3", "%", "percentage point", "VND", "USD", "EUR", "km", None}
)
_CLOCK = frozenset({"hour", "day", "month", "year", "time"})
_HIGHER = re.compile(r"\s+times\s+(?:higher|larger|more|greater|as|the)\b|\s+lan\s+so\s+voi\b")
_BASES = frozenset({100, 1_000, 10_000, 100_000, 1_000_000})
_RANGE = re.compile(r"[ ]?%?(?:[ ]?-|\s?(?:den|to))\s?(\d+(?:[.,]\d+)*)(?!\s?/)")
_FOLD = re.compile(r"\s?-?\s?fold\b|\s+(?:lan|times)\b(?!\s+(?:thu|moi|a\b))")
_TIMES = re.compile(
    r"(?:gap|tang|tang gap|increased?|up|by|higher|grew|marking a|a)\s+"
    r"(?:gan|hon|khoang|by|nearly|over|a|almost|more than)?\s*$"
)
_OF_PLAN = re.compile(
    r"\s*(?:so\s+(?:voi\s+)?|of\s+(?:the\s+|its\s+)?(?:[a-z']+\s+){0,3}?"
    r"|(?:against|compared\s+(?:to|with))\s+(?:the\s+)?)?"
)
_GUARDS = lexicon("guards")["quantities"]
_NOT_MEASURE = re.compile(any_of(_GUARDS["not_measure_toned"]) + r"\s*[:.]?\s*-?\s*$")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b|h\d{0,2}\b|\s?gio\s?\d|:\d\d|g\d{2}\b")
_WORD_OF = r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*"
_OPEN_UNIT = re.compile(rf"\s+({_WORD_OF}(?:\s+{_WORD_OF}){{0,4}})")
_FIRST_WORDS = re.compile(r"\S+\s+\S+\s+\S+")
_UNIT_WORDS = 3  # the name of a thing; a known unit may stand one or two words further on
_STOP_WORDS = frozenset(_GUARDS["stop_words"])
_VERBAL = re.compile("|".join(_GUARDS["verbal"]))
_GRADE = re.compile(r"(?<!nâng )(?<!cung )(?<!trợ )(?<!được )cấp\s$")  # "cấp 3", but "cấp 412 giấy"
_STOP_TONED = frozenset(_GUARDS["stop_toned"])
_CURRENCY = re.compile(r"(vnd|usd|us\$|\$|eur)\s?$")
_PERCENT_OF = re.compile(r"\s?(?:%|phan tram\b|percent\b|per cent\b)")


def find_quantities(
    source: Source, numerals: Sequence[tuple[int, int]], claimed: bytearray, sign: str
) -> list[Quantity]:
    """Return all quantities in reading order; ``sign`` is the decimal sign of the text."""
    found: list[Quantity] = []
    done = 0
    small = frozenset(find_small_numerals(source))
    places = [*small, *(start for start, _ in (*numerals, *find_word_numerals(source)))]
    folds = {match.start(): match for match in _DOUBLED.finditer(source.folded)}
    for start in sorted({*places, *folds}):
        if start < done or claimed[start]:
            continue
        quantity = (
            _multiplied(folds.get(start))
            or _quantity_at(source, start, sign)
            or (same_as_before(source, start, sign, found[-1]) if found else None)
        )
        if quantity is not None and found and _is_denominator(source, found[-1], quantity):
            found[-1].end = done = quantity.end
        elif quantity is not None and found and _is_conversion(source, found[-1], quantity):
            found[-1].end = done = quantity.end + 1
        elif quantity is not None:
            if quantity.unit is None and found and _TOLD_OF.match(source.folded, quantity.end):
                quantity.unit = found[-1].unit  # as the one before
            if found and is_same_growth(source, found[-1], quantity):
                quantity.form, quantity.value = "growth", quantity.value.copy_sign(found[-1].value)
            quantity.worded = start in small
            found.append(quantity)
            done = quantity.end
        else:
            match = _NUMERAL.match(source.folded, start)
            done = match.end() if match else start
    return found


def _multiplied(match: re.Match[str] | None) -> Quantity | None:
    """Return what "gấp đôi" or "doubled" says, in words."""
    if match is None:
        return None
    value = Decimal(MEASURES["folds"][match[1]])
    return Quantity(match.start(), match.start(1), match.end(), "multiple", value)


def _is_denominator(source: Source, counted: Quantity, quantity: Quantity) -> bool:
    """Tell what is counted against: the people in "35 giường bệnh trên 10.000 dân"."""
    if quantity.value not in _BASES or quantity.digits - counted.end > 12:
        return False
    return _DENOMINATOR.search(source.folded, counted.end - 1, quantity.digits) is not None


def _is_conversion(source: Source, amount: Quantity, quantity: Quantity) -> bool:
    """Tell the same money in another currency: "312 billion VND (12.4 million USD)"."""
    if quantity.unit not in _MONEY or amount.unit not in _MONEY or quantity.unit == amount.unit:
        return False
    return source.folded.startswith(")", quantity.end) and bool(
        _CONVERTED.fullmatch(source.folded, amount.end, quantity.start)
    )


def _quantity_at(source: Source, start: int, sign: str) -> Quantity | None:
    folded = source.folded
    read = _numeral_at(source, start, sign)
    if read is None or not _may_measure(source, start, read[0]):
        return None
    quantity = Quantity(start, start, read[0], "amount", read[1])
    if not read_ratio(source, quantity, sign):
        _read_range(folded, quantity, sign)
        read_scale(source, quantity)
    _read_unit(source, quantity)
    read_counted_ratio(source, quantity, sign)
    _read_form(source, quantity)
    _read_left(source, quantity)
    if quantity.unit is None and quantity.form in {"amount", "ratio"}:
        return quantity if _is_bare(source, quantity) else None
    if quantity.form == "ratio" and (quantity.unit in _CLOCK or _is_map_scale(quantity)):
        return None  # "24/24 giờ", "tỷ lệ 1/2000"
    few = quantity.form == "amount" and quantity.unit != "%" and quantity.value < _FEW
    if few and _EACH_TIME.match(source.folded, quantity.end):
        return None  # "học 2 buổi/ngày", "1 lớp/1 phòng"
    return quantity


def _is_map_scale(quantity: Quantity) -> bool:
    return quantity.value == 1 and quantity.total is not None and quantity.total % 100 == 0


def _is_bare(source: Source, quantity: Quantity) -> bool:
    """Tell a large number without a unit that is said to be reached: "was 12,480, up 6%"."""
    if _PER.match(source.folded, quantity.end):
        return True  # "below 45 per 100,000 births"
    if quantity.form == "ratio" and quantity.total is not None and quantity.total > _DAYS:
        return _BREAKS.match(source.folded, quantity.end) is not None  # "(1,284/1,600)"
    if quantity.form != "amount" or quantity.high is not None:
        return False
    if quantity.value not in _YEARS and _TOLD_OF.match(source.folded, quantity.end):
        return not source.toned  # "of which 9 were adopted"
    if quantity.comparator != "=" and _BREAKS.match(source.folded, quantity.end):
        return True  # "chỉ số BI dưới 20; tại các xã còn lại < 30"
    if quantity.value < _LARGE:
        return False
    if not _GROUPED.search(source.folded, quantity.digits, quantity.end):
        return False
    if not _ENDS.match(source.folded, quantity.end):
        return False
    return _BARE.search(source.folded, max(0, quantity.start - 16), quantity.start) is not None


def _numeral_at(source: Source, start: int, sign: str) -> tuple[int, Decimal] | None:
    """Return the end and the value of the number at ``start``, in digits or in a word."""
    match = _NUMERAL.match(source.folded, start)
    if match is not None and not is_label(match.group()):
        return match.end(), parse_numeral(match.group(), sign)
    word = _WORD.match(source.folded, start)
    value = word_value(source, start, word.end()) if word else None
    return (word.end(), value) if word is not None and value is not None else None


def _may_measure(source: Source, start: int, end: int) -> bool:
    """Tell a measure from an ordinal, an article, an hour, a part of a word or of an address."""
    folded = source.folded
    before = folded[start - 1 : start]
    if before.isalpha() and not _CURRENCY.search(folded[max(0, start - 4) : start]):
        return False
    if folded.endswith("per ", 0, start):
        return False  # "physicians per 10,000 people"
    if before in {"/", "-", "_", "@", "=", "#"} and folded[start - 2 : start - 1].isalnum():
        return False
    if _ORDINAL.match(folded, end):
        return False
    if folded[end : end + 1].isalpha() and not _ATTACHED.match(folded, end):
        return False
    if end - start == 1 and _GRADE.search(source.composed[max(0, start - 16) : start].lower()):
        return False
    return not _NOT_MEASURE.search(source.composed[max(0, start - 16) : start].lower()) or (
        folded[end : end + 2].strip().startswith("%")
    )


def _read_range(folded: str, quantity: Quantity, sign: str) -> None:
    match = _RANGE.match(folded, quantity.end)
    if match is None or is_label(match[1]) or folded[match.end() : match.end() + 1].isalpha():
        return
    high = parse_numeral(match[1], sign)
    if high > quantity.value and not (1900 <= high <= 2100 and quantity.value < 1900):
        quantity.high, quantity.end, quantity.comparator = high, match.end(), "range"


def _read_unit(source: Source, quantity: Quantity) -> None:
    folded, end = source.folded, quantity.end
    scaled = not quantity.known_unit
    place = skip(folded, end)
    quantity.unit_at = place
    unit = UNITS.at(source, place)
    if unit is not None and not (unit[1] in {"year", "month"} and scaled):
        quantity.end, quantity.unit, quantity.known_unit = unit[0], unit[1], True
    currency = _CURRENCY.search(folded[max(0, quantity.digits - 4) : quantity.digits])
    if currency is not None:
        quantity.start = quantity.digits - len(currency.group())
        quantity.unit = MEASURES["prefixes"][currency[1]]
    elif (
        quantity.unit is None
        and scaled
        and folded[max(0, place - 9) : place].rstrip().endswith(("ty", "trieu"))
    ):
        quantity.unit = "VND" if _ends_amount(folded, place) else None
    if quantity.unit is None:
        _read_open_unit(source, quantity, end)
    _read_composed_unit(source, quantity)


def _read_composed_unit(source: Source, quantity: Quantity) -> None:
    """Read the second half of "61,5 tạ/ha", "8,28 bác sĩ/vạn dân"; money stays money."""
    if quantity.unit in _UNCOMPOSED | _CLOCK or quantity.form == "ratio":
        return
    if _EACH_TIME.match(source.folded, quantity.end):
        return
    match = _COMPOSED.match(source.folded, quantity.end)
    if match is not None and quantity.unit_at > quantity.digits:
        quantity.end = match.end()
        quantity.unit = " ".join(source.composed[quantity.unit_at : match.end()].lower().split())
        quantity.known_unit = True


def _ends_amount(folded: str, place: int) -> bool:
    """Tell whether nothing is counted behind the scale: a bare "tỷ" in a budget is money."""
    return not folded[place : place + 1].isalpha() or folded.startswith(
        ("so voi", "bang", "dat", "tang", "va", "trong", "tu", "cho", "de", "nam", "(", "von"),
        place,
    )


def _stops(source: Source, word: str, written: str, before: Sequence[str]) -> bool:
    """Tell a word that is no part of the name of what is counted."""
    if source.toned and not written.isascii():
        return written.lower() in _STOP_TONED
    if word in _STOP_WORDS:
        return True
    plural = not source.toned and bool(before) and before[-1].endswith("s")
    return plural and _VERBAL.fullmatch(word) is not None  # "departments signed ..."


def _read_open_unit(source: Source, quantity: Quantity, end: int) -> None:
    match = _OPEN_UNIT.match(source.folded, end)
    if match is None:
        return
    thing = _THINGS.at(source, match.start(1)) if source.toned else None
    if thing is not None:
        quantity.unit_at, quantity.end, quantity.known_unit = match.start(1), thing[0], False
        quantity.unit = source.composed[match.start(1) : thing[0]].lower()
        return
    words, last, known = _unit_words(source, match)
    if words and not (quantity.known_unit and 1900 <= quantity.value <= 2099):
        quantity.unit_at = match.start(1)
        quantity.unit = known[1] if known else source.composed[match.start(1) : last].lower()
        quantity.end, quantity.known_unit = last, False


def _unit_words(
    source: Source, match: re.Match[str]
) -> tuple[list[str], int, tuple[int, str] | None]:
    """Return the words that name what is counted, where they end, and the unit they end with."""
    words: list[str] = []
    last = match.start(1)
    for word in re.finditer(r"\S+", match[1]):
        at = match.start(1) + word.start()
        written = source.composed[at : match.start(1) + word.end()]
        if _stops(source, word.group(), written, words):
            break
        known = UNITS.at(source, at) if words and not source.toned else None
        if known is not None:  # "new Party members", "key public investment projects"
            return [*words, word.group()], known[0], known
        if written[0].isupper():
            break
        words.append(word.group())
        last = match.start(1) + word.end()
    if len(words) > _UNIT_WORDS:
        words = words[:_UNIT_WORDS]
        last = match.start(1) + len(_first_words(match[1]))
    return words, last, None


def _first_words(words: str) -> str:
    found = _FIRST_WORDS.match(words)
    return found.group() if found else words


def _read_form(source: Source, quantity: Quantity) -> None:
    """Settle what the number says: an amount, n of m, percent of a plan, growth, or n-fold."""
    folded = source.folded
    times = _FOLD.match(folded, quantity.unit_at if quantity.unit == "time" else quantity.end)
    if quantity.unit == "time":
        times = _FOLD.match(folded, quantity.unit_at - 1)
    if times and (
        "fold" in times.group()
        or _HIGHER.match(folded, times.start())
        or _TIMES.search(folded[max(0, quantity.digits - 26) : quantity.digits])
    ):
        quantity.form, quantity.unit, quantity.end = "multiple", None, times.end()
        return
    if quantity.unit == "%":
        place = skip(folded, quantity.end)
        linked = _OF_PLAN.match(folded, place)
        direct = _PLANS.at(source, place)
        plan = direct[0] if direct else None
        if plan is None and linked is not None and linked.group().strip():
            plan = _plan_after(source, linked.end())
        if plan is not None:
            quantity.form, quantity.end = "plan", plan
            above = _ABOVE_IT.search(folded, max(0, quantity.digits - 24), quantity.digits)
        else:
            above = _ABOVE_PLAN.search(folded, max(0, quantity.digits - 60), quantity.digits)
        if above is not None and quantity.value < _WHOLE_PLAN:
            quantity.form, quantity.start = "plan", above.start()
            quantity.value += _WHOLE_PLAN


def _plan_after(source: Source, place: int) -> int | None:
    """Return the end of the plan that a percentage is of, looking over at most three words."""
    for _ in range(4):
        plan = _PLANS.at(source, place)
        if plan is not None:
            return plan[0]
        word = _PLAN_WORD.match(source.folded, place)
        if word is None or word.group().strip() in _NOT_PLAN:
            return None
        place = word.end()
    return None


def _grows_nothing(source: Source, quantity: Quantity, start: int) -> bool:
    """Tell "make up 40 percent", and where something moved from: "giảm từ 3,5% xuống còn 2,1%"."""
    if _MAKES.search(source.folded, max(0, start - 8), start):
        return True
    words = source.folded[start : quantity.start].rstrip()
    return words.endswith((" tu", " from")) and bool(_ONTO.match(source.folded, quantity.end))


def _signed(source: Source, quantity: Quantity) -> tuple[int, Comparator] | None:
    """Return the comparison that is a sign: "< 30", "\u2265 95%"."""
    sign = _SIGN.search(source.folded, max(0, quantity.start - 3), quantity.start)
    return (sign.start(), _SIGNS[sign.group().strip()]) if sign else None


def _growth_before(source: Source, quantity: Quantity, *, beyond: bool) -> tuple[int, int] | None:
    """Return where the word of a growth stands, and its direction; ``beyond``: "cao hơn 6,2%"."""
    growth = _GROWTH.before(source, quantity.start)
    if beyond and _BEYOND.match(source.folded, quantity.start):
        found = _GROWTH.at(source, quantity.start)
        growth = (quantity.start, found[1]) if found else growth
    if growth is not None and _grows_nothing(source, quantity, growth[0]):
        return None
    return growth


def _read_left(source: Source, quantity: Quantity) -> None:
    approximate = _APPROXIMATE.before(source, quantity.start)
    if approximate is not None:
        quantity.start, quantity.approximate = approximate[0], True
    comparator = COMPARATORS.before(source, quantity.start) or _signed(source, quantity)
    if quantity.form == "plan" and quantity.start < quantity.digits:
        comparator = None
    if comparator is not None and quantity.comparator == "=":
        quantity.start, quantity.comparator = comparator
    after = skip(source.folded, quantity.end)
    later = _LATER_BOUND.match(source.folded, quantity.end)
    after = later.end() if later else after
    bound = _AT_LEAST.at(source, after) or _AT_MOST.at(source, after)
    if bound is not None:
        quantity.end, quantity.comparator = bound
    growth = _growth_before(source, quantity, beyond=comparator is not None)
    plain = quantity.form == "amount" and quantity.unit not in {"%", "percentage point"}
    quantity.changed = plain and (
        growth is not None or _MORE_THAN.match(source.folded, quantity.end) is not None
    )
    if (
        growth is not None
        and quantity.form == "amount"
        and quantity.unit in {"%", "percentage point"}
    ):
        quantity.start, quantity.form = growth[0], "growth"
        quantity.value *= growth[1]
    elif quantity.form == "amount" and quantity.unit in {"%", "percentage point"}:
        following = _CHANGE.match(source.folded, quantity.end)
        beyond = _THAN_PLAN.match(source.folded, following.end()) if following else None
        if following is not None and beyond is not None:  # "16% higher than the target"
            quantity.form, quantity.end = "plan", beyond.end()
            quantity.value = _WHOLE_PLAN + quantity.value * _direction(following[1])
        elif following is not None:
            quantity.form, quantity.end = "growth", following.end()
            quantity.value *= _direction(following[1])


def _direction(word: str) -> int:
    return -1 if word in _DOWNWARD else 1
