"""Whether a number in a sentence is aimed at, was reached, or is only expected.

Words say it: "phấn đấu" and "by 2030" aim, "đã" and "reached" report, "ước" and "expected"
estimate. The nearest such sign before a number governs it, in places one right behind it; where a
sentence has none, the section in which it stands decides. Some words report only where nothing
aims ("phấn đấu thu hút được 3 triệu lượt khách"), and some aim only where a day is given
("sẽ", "will"): a promise without a day is no target.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Literal

from lotrinh.reading.grammar import Phrases, any_of, lexicon
from lotrinh.reading.layout.clauses import Sentence
from lotrinh.reading.quantities import Quantity
from lotrinh.reading.text import Source

# noun: "target" itself, a weaker sign of aim; day: "by 2030", an aim unless something is expected;
# will: an aim only with a day; told: an aim only of a share; gained: a weaker done
Sign = Literal["aim", "day", "will", "told", "noun", "done", "gained", "estimate"]
Placed = tuple[int, Sign]

_AIM = lexicon("measures")["aim"]
_ACHIEVED = lexicon("measures")["achieved"]


def _entries() -> Iterator[tuple[str, Sign]]:
    groups: tuple[tuple[dict[str, list[str]], str, Sign], ...] = (
        (_AIM, "strong", "aim"),
        (_AIM, "day", "day"),
        (_AIM, "will", "will"),
        (_AIM, "told", "told"),
        (_AIM, "noun", "noun"),
        (_ACHIEVED, "estimate", "estimate"),
        (_ACHIEVED, "strong", "done"),
        (_ACHIEVED, "gained", "gained"),
    )
    for words, group, sign in groups:
        for language in ("vi", "en"):
            for word in words[f"{group}_{language}"]:
                yield word, sign


_SIGNS: Phrases[Sign] = Phrases(_entries())
_PAST: Phrases[bool] = Phrases.of([*_ACHIEVED["past_vi"], *_ACHIEVED["past_en"]], True)
_REACHED: frozenset[Sign] = frozenset({"done", "gained"})
_WORD = re.compile(r"(?<![\w])[a-z]+")
_GUARDS = lexicon("guards")["commitments"]
# A period that ends in a month is over when somebody writes of it, even if a translation
# says "From 2021 to September 2024 the city will reach ...".
_PAST_OPENING = re.compile(
    rf"\s*(?:from|since|between)\s[^,;.:]{{2,40}}?\s(?:to|until|and)\s(?:the end of\s|mid-?\s?)?"
    rf"(?:{'|'.join(lexicon('calendar')['months'])}|(?:first|second|third|fourth) quarter)\s"
    r"|\s*(?:in|during|over|for)\s(?:the\s)?first\s(?:half|quarter|\w+\smonths)\s"
    r"|\s*(?:as of|so far|to date|up to now)\b"
)
_ASKED = re.compile(
    r"\b(?:requested|asked|urged|directed|instructed|assigned|ordered|required)\s"
    r"(?:that\s)?[^.;,]{2,90}?\sto\s"
)
_AIMS: frozenset[Sign] = frozenset({"aim", "day", "will", "told", "noun"})
# "được bảo đảm" tells of a state, "vượt chỉ tiêu 6,7%" of what was exceeded: neither aims.
_NO_AIM_BEFORE = re.compile(any_of(_GUARDS["no_aim_before"]) + r"\s$")
_MANY = ("cac ", "hau het ", "nhieu ", "da so ", "all ", "most ", "the ")
_REACH = 1500  # characters over which a sign may still bear on a number
_ORDERED = re.compile(r"da (?:giao|yeu cau|chi dao|de nghi|phan cong) ")
_NEAR_SIGN = 30
_SHARE_SIGN = 120  # characters behind "60 per cent of ..." in which its verb may stand
_EXPECTED = 60  # "38/40 tasks are expected to be completed": the sign stands behind
_BOUNDS = frozenset({">=", "<="})
_COUNTED_LEAST = 10  # a number of things without a known unit tells a result only from here on
_MANY_THINGS = 100
_SHARES = frozenset({"%", "percentage point"})
_WORK = frozenset({"task", "target", "document"})
SCALAR_UNITS = frozenset(
    {
        "%",
        "percentage point",
        "VND",
        "USD",
        "EUR",
        "person",
        "household",
        "hectare",
        "km",
        "m2",
        "tonne",
        "MW",
        "point",
    }
)


def signs_in(
    source: Source, sentence: Sentence, days: Sequence[int] = (), topic: str | None = None
) -> list[Placed]:
    """Return the signs of a sentence; behind a past period an aim in words is none.

    ``days`` are the places of its deadlines: "by 2030" aims like "đến năm 2030". Among targets
    (``topic``) only words of the past report: "70% of communes have ..." is aimed at there.
    """
    signs = list(_found(source, sentence, among_targets=topic == "target"))
    if not source.toned:
        asked: list[Placed] = [
            (match.end() - 3, "told")
            for match in _ASKED.finditer(source.folded, sentence.start, sentence.end)
        ]
        signs = sorted([*signs, *asked])
    if days:
        dated: list[Placed] = [(place, "day") for place in days]
        signs = sorted([*signs, *dated])
    if _PAST_OPENING.match(source.folded, sentence.start, sentence.end):
        signs = [(at, "done" if sign in _AIMS - {"noun"} else sign) for at, sign in signs]
    return _settled(signs)


def _found(source: Source, sentence: Sentence, *, among_targets: bool) -> Iterator[Placed]:
    first_words = _SIGNS.first_words
    done = False
    for word in _WORD.finditer(source.folded, sentence.start, sentence.end):
        if word.group() not in first_words:
            continue
        place = word.start()
        found = _SIGNS.at(source, place)
        if found is None or (found[1] in _REACHED and source.folded.endswith("to ", 0, place)):
            continue
        if among_targets and found[1] in _REACHED and not _is_past(source, place):
            continue
        before = source.folded[max(sentence.start, place - 16) : place]
        if found[1] in _AIMS and _NO_AIM_BEFORE.search(before):
            continue
        if found[1] == "done" and _is_ordered(source, place):
            continue
        if found[1] == "noun" and done and before.endswith(_MANY):
            continue  # "đã đạt hầu hết các chỉ tiêu"
        done = done or found[1] == "done"
        yield place, found[1]


def _is_past(source: Source, place: int) -> bool:
    """Tell a word of the past; in "lao động đã qua đào tạo" it only says which ones are meant."""
    which = source.folded.startswith(("da qua ", "da duoc "), place)
    return not which and _PAST.at(source, place) is not None


def _is_ordered(source: Source, place: int) -> bool:
    """Tell "đã giao Sở A ...": what was ordered is not done; "đã giao đất" is."""
    verb = _ORDERED.match(source.folded, place)
    return verb is not None and source.composed[verb.end() : verb.end() + 1].isupper()


def _settled(signs: Sequence[Placed]) -> list[Placed]:
    """Let a weak word count by what stands before it: nothing gained of what is aimed at."""
    settled: list[Placed] = []
    last: Sign | None = None
    aimed = False
    for place, sign in signs:
        aimed = (aimed or sign in {"aim", "day"}) and sign not in {"done", "estimate"}
        if sign == "gained":
            if not aimed:
                settled.append((place, "done"))
        elif sign in {"day", "will"}:
            settled.append((place, "estimate" if last == "estimate" else sign))
        else:
            settled.append((place, sign))
            last = sign
    return settled


def sign_at(
    signs: Sequence[Placed],
    quantity: Quantity,
    topic: str | None,
    item: bool,
    *,
    shares: bool = False,
) -> Sign | None:
    """Return the sign that governs a quantity: the nearest before it, else the section.

    ``item`` says whether the quantity stands in a piece with a label, ``shares`` whether what it
    measures stands behind it ("60 per cent of documents will be ...").
    """
    counted = quantity.unit not in SCALAR_UNITS
    low = bisect_left(signs, quantity.start - _REACH, key=lambda placed: placed[0])
    high = bisect_left(signs, quantity.end + _REACH, low, key=lambda placed: placed[0])
    signs = signs[low:high]
    usable = [(place, sign) for place, sign in signs if not (counted and sign == "noun")]
    before = [sign for place, sign in usable if place < quantity.digits]
    expected = quantity.end + _EXPECTED
    if quantity.form == "ratio" and any(
        sign == "estimate" and quantity.end <= place < expected for place, sign in signs
    ):
        return "estimate"
    behind = _aimed_behind(usable, quantity, shares=shares)
    if behind is not None:
        return behind
    if before and before[-1] == "told":
        return "aim" if quantity.unit in _SHARES else None
    if before:
        aimed = topic == "target" and before[-1] == "will"
        return "aim" if aimed else _plain(before[-1])
    few = counted and quantity.value < _COUNTED_LEAST
    if topic == "target" and not (few and (quantity.unit in _WORK or not item)):
        return "aim"
    return _by_form(usable, quantity, topic)


def _by_form(usable: Sequence[Placed], quantity: Quantity, topic: str | None) -> Sign | None:
    """Return what a number says by its form, where no sign stands before it."""
    if topic == "task":
        usable = [(place, sign) for place, sign in usable if sign not in {"done", "told"}]
    if quantity.form in {"plan", "growth", "multiple", "ratio"} and (usable or topic != "task"):
        return "done" if not usable or usable[0][1] == "noun" else _plain(usable[0][1])
    if usable and quantity.unit in SCALAR_UNITS:
        return _plain(usable[0][1])
    if quantity.comparator in _BOUNDS and all(sign in _AIMS for _, sign in usable):
        if quantity.unit not in SCALAR_UNITS and quantity.value < _MANY_THINGS:
            return None  # "mở ít nhất 02 lớp": that is a task
        sure: Sign = "aim" if quantity.unit in SCALAR_UNITS else "will"
        return sure if topic in {None, "task"} else None
    return "done" if topic == "report" else None


def _plain(sign: Sign) -> Sign:
    return "aim" if sign in {"noun", "day"} else sign


def _aimed_behind(usable: Sequence[Placed], quantity: Quantity, *, shares: bool) -> Sign | None:
    """Tell "158,000 flats are to be built" behind a verb that is far from the number."""
    near = [place for place, _ in usable if quantity.digits - _NEAR_SIGN < place < quantity.digits]
    reach = _SHARE_SIGN if quantity.unit == "%" and shares else _NEAR_SIGN
    behind = [sign for place, sign in usable if 0 <= place - quantity.end < reach]
    free = not any(place < quantity.digits for place, _ in usable)
    aims: tuple[Sign, ...] = ("aim", "will", "day") if free else ("aim", "will")
    return _plain(behind[0]) if not near and behind and behind[0] in aims else None
