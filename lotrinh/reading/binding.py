"""Binding quantities to what they measure: a target with its day, a result with its shares.

What a quantity is has been settled before (``commitments``); here its metric, its limits in the
text and its deadline are found.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from lotrinh.reading.dates import When
from lotrinh.reading.facts import Result, Target
from lotrinh.reading.grammar import any_of, lexicon, rules
from lotrinh.reading.layout.clauses import Sentence
from lotrinh.reading.quantities import Quantity
from lotrinh.reading.signs import Placed
from lotrinh.reading.surroundings import Surroundings
from lotrinh.reading.text import Source
from lotrinh.reading.wording import (
    find_metric,
    result_spans,
    segment_end,
    segment_start,
    shares_what_follows,
)

_GUARDS = lexicon("guards")["commitments"]
_GROWTH_NAME = re.compile(r"(?:growth(?: rate)?|tang truong)(?!\w)")
_LEFT_METRIC = 25  # characters: more of them in front of a share tell what is to be done
_RATE = re.compile(
    r"\W*(?:t[yi] (?:le|trong)|do bao phu|muc do|the (?:share|rate|proportion))(?!\w)"
)
_BASE_YEAR = re.compile(any_of(_GUARDS["base_year"]) + r"\s(?:nam\s)?$")
_COMPARED_WITH = re.compile(any_of(_GUARDS["compared_before"]) + r"\s$")
_BASE_BRACKET = re.compile(any_of(_GUARDS["base_bracket"]) + r"(?!\w)")
_AT_ONCE = re.compile(r"\s?(?:[:,]|(?:la|dat|con|dat ty le|reach|is|at)(?!\w))*\s*")
_BEHIND = re.compile(r"\s(?:vao|den|by|in)(?: (?:het|cuoi|nam|the end of|the year))*\s?")
_RIGHT_BEHIND = 24
_DAYS = 900  # characters around a number in which its day may stand, however long the sentence
_ENDING = re.compile(r"[a-z]\s(?:vao|trong|truoc)(?: (?:het|cuoi|dau|giua|quy|thang|ngay|nam))*\s$")
_BRACKETED = 120  # characters that a remark in brackets may have
_MONEY = frozenset({"VND", "USD", "EUR"})  # n of m in money is also an amount that was reached


def target_of(
    around: Surroundings, sentence: Sentence, quantity: Quantity, previous: int, following: int
) -> Target:
    """Return the target that a quantity sets, with the day that governs it.

    ``previous`` and ``following`` are where the neighbouring quantities end and begin.
    """
    source = around.source
    start = segment_start(source, previous, quantity.start, sentence.start)
    end = segment_end(source.folded, quantity.end, following, sentence.end)
    rate = _RATE.match(source.folded, start, quantity.start)
    far = quantity.start - start > _LEFT_METRIC and rate is None
    if far and shares_what_follows(source, quantity):
        start = quantity.start
    metric_span = find_metric(source, start, quantity, end)
    start = min(start if metric_span is None else metric_span[0], quantity.start)
    growth = quantity.form == "growth"
    named = _GROWTH_NAME.match(source.folded, quantity.start) if growth else None
    if named is not None and metric_span is not None:
        metric_span = metric_span[0], named.end()
    value: Decimal | tuple[Decimal, Decimal] = abs(quantity.value) if growth else quantity.value
    if quantity.high is not None:
        value = (abs(quantity.value), quantity.high) if growth else (quantity.value, quantity.high)
    rule = rules()["target.share" if quantity.unit == "%" else "target.amount"]
    end = max(end, quantity.end)
    return Target(
        start=start,
        end=end,
        text=source.composed[start:end],
        rule=rule.id,
        confidence=around.sureness(rule, [quantity]),
        metric=source.composed[slice(*metric_span)] if metric_span else None,
        comparator=quantity.comparator,
        value=value,
        unit="time" if quantity.form == "multiple" else quantity.unit,
        due=_due(around, sentence, quantity, end),
    )


def _due(around: Surroundings, sentence: Sentence, quantity: Quantity, end: int) -> str | None:
    """Return the day a target is due: from its sentence, else from what leads its list."""
    low, high = max(sentence.start, quantity.start - _DAYS), min(sentence.end, end + _DAYS)
    inside = [
        when
        for when in around.dates.within(low, high)
        if when.word != "vision" and not _is_base(around.source, when)
    ]
    bracket = _bracket(around.source, sentence.start, quantity.start)
    inside = [
        when
        for when in inside
        if _bracket(around.source, sentence.start, when.start) in {None, bracket}
        or when.role == "deadline"
    ]
    at_once = [when for when in inside if 0 <= when.start - quantity.end < _RIGHT_BEHIND]
    if at_once and _BEHIND.fullmatch(around.source.folded, quantity.end, at_once[0].start):
        return at_once[0].iso
    before = [when for when in inside if when.start < quantity.start]
    if before and _AT_ONCE.fullmatch(around.source.folded, before[-1].end, quantity.start):
        return before[-1].iso
    for when in reversed(before):
        if when.role == "deadline" and not _of_its_part(around.source, when, quantity.start):
            return when.iso
    part = around.source.folded.find(";", quantity.end, end + 40)
    last = end + 40 if part < 0 else part
    after = [when for when in inside if quantity.start <= when.start <= last]
    for when in (*after, *reversed(before)):
        if when.role in {"deadline", "period"}:
            return when.iso
    later = {when.iso for when in inside if when.role == "deadline"}
    if len(later) == 1:
        return later.pop()
    for clause in reversed(around.settings[sentence.clause].above):
        if clause in around.dues:
            return around.dues[clause]
    return None


def _of_its_part(source: Source, when: When, place: int) -> bool:
    """Tell a day that ends another part of the sentence: "đạt chuẩn vào năm 2020; tỷ lệ ..."."""
    if ";" not in source.folded[when.end : place]:
        return False
    low = max(0, when.start - 24)
    return _ENDING.search(source.folded, low, when.start) is not None


def _bracket(source: Source, start: int, place: int) -> int | None:
    """Return where the bracket opens in which a place stands; None if it stands in none."""
    low = max(start, place - _BRACKETED)
    opening = source.folded.rfind("(", low, place)
    return None if opening < 0 or source.folded.find(")", opening, place) > 0 else opening


def is_baseline(around: Surroundings, sentence: Sentence, quantity: Quantity) -> bool:
    """Tell what was reached before: "(năm 2024 đạt 7,2%)", "so với năm 2024 (11.363 tỷ đồng)"."""
    opening = _bracket(around.source, sentence.start, quantity.start)
    if opening is None:
        return False
    folded = around.source.folded
    if _COMPARED_WITH.search(folded, max(sentence.start, opening - 60), opening):
        return True
    if _BASE_BRACKET.match(folded, opening + 1):
        return True
    years = around.dates.within(opening, quantity.start)
    named = around.dates.within(sentence.start, opening)
    return bool(years and named) and years[-1].iso < max(when.iso for when in named)


def _is_base(source: Source, when: When) -> bool:
    """Tell the year that a value is compared with ("giá so sánh năm 2010")."""
    before = source.folded[max(0, when.start - 40) : when.start]
    return when.role != "deadline" and _BASE_YEAR.search(before) is not None


def result_of(
    around: Surroundings,
    group: Sequence[Quantity],
    previous: int,
    signs: Sequence[Placed],
    sentence: Sentence,
) -> Result:
    """Return the result that quantities tell together: an amount, its share of a plan, its growth.

    ``previous`` is where the words begin that may name what was measured.
    """
    source, first, last = around.source, group[0], group[-1].end
    limit = max(last, segment_end(source.folded, last, sentence.end, sentence.end))
    start, metric, end = result_spans(source, group, previous, limit, sentence)
    estimated = any(sign == "estimate" for at, sign in signs if start - 60 <= at < limit)
    rule = rules()["result." + first.form]
    forms = {  # of two plans or growths the first one counts
        quantity.form: quantity.value
        for quantity in reversed(group)
        if quantity is first or quantity.unit != "percentage point"
    }
    main = next((part for part in group if part.form in {"amount", "ratio"}), None)
    return Result(
        start=start,
        end=end,
        text=source.composed[start:end],
        rule=rule.id,
        confidence=around.sureness(rule, group),
        metric=(source.composed[slice(*metric)] or None) if metric else None,
        value=_amount(main) if main and (main.form == "amount" or main.unit in _MONEY) else None,
        unit=main.unit if main else None,
        percent_of_plan=forms.get("plan"),
        growth_percent=forms.get("growth"),
        multiplier=forms.get("multiple"),
        done=forms.get("ratio"),
        total=main.total if main else None,
        estimated=estimated,
    )


def _amount(quantity: Quantity) -> Decimal | tuple[Decimal, Decimal]:
    return quantity.value if quantity.high is None else (quantity.value, quantity.high)
