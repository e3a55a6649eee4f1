"""Targets and results: quantities bound to what they measure.

Every quantity in a sentence is an aim, an achievement, or neither. The nearest sign before it
decides ("phấn đấu", "by 2030" against "đã", "reached", "expected"); without a sign, the section in
which it stands does. One achievement is often told by several numbers, the amount, its share
of the plan and its growth: they make one result.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from lotrinh.reading.dates import When
from lotrinh.reading.facts import Result, Target
from lotrinh.reading.grammar import any_of, lexicon, rules
from lotrinh.reading.layout.clauses import Sentence
from lotrinh.reading.layout.sections import Setting
from lotrinh.reading.order import Ordered
from lotrinh.reading.quantities import UNIT_CODES, Quantity
from lotrinh.reading.signs import SCALAR_UNITS, Placed, Sign, sign_at, signs_in
from lotrinh.reading.text import Source

_NO_MEASURE = frozenset({"day", "hour", "year", "month", "time", "rank"})
_COUNTED_LEAST = 10  # a number of things without a known unit tells a result only from here on
_WORK = frozenset({"task", "target", "document"})
_EVENT_UNITS = frozenset({"site", "person"})
_BOUNDARY = re.compile(r"[;:(]|,(?!\d)|\s(?:and|va|with|voi|trong do)\s|\.\s")
_SEGMENT_END = re.compile(r"[;)]|,(?!\d)|\.(?=\s|$)|\s(?:while|trong khi)\s|\u2026")
_GUARDS = lexicon("guards")["commitments"]
_LISTED = re.compile(
    r",\s(?:[^\W\d]+\s){0,3}[^\W\d]+(?:,|\s(?:va|and|hoac|or)\s)"
    rf"|,\s{any_of(_GUARDS['listed'])}"
)
_FILLER = r"[\s,:;()\-\"+*\u2022\u2026.]"
_LEADING_VI = re.compile(rf"(?:{_FILLER}|{any_of(_GUARDS['leading_vi'])})+")
_LEADING_EN = re.compile(rf"(?:{_FILLER}|{any_of(_GUARDS['leading_en'])})+")
_AIM_VERB = re.compile(any_of(_GUARDS["aim_verbs"]))
_OPENING = re.compile(
    r"[\s,]*(?:theo|according to)\s[^;:\n]{0,160},\s"
    rf"|(?:[\s,]*{any_of(_GUARDS['opening'])}[^,;:\n]{{0,60}},\s)+"
)
_RATIO_METRIC_END = re.compile(r"\s" + any_of(_GUARDS["ratio_end"]))
_TRAILING = re.compile(rf"(?:[\s,:;()\-\"]|{any_of(_GUARDS['trailing'])}|(?<!\w)\d{{4}})+$")
_RIGHT_LEAD = re.compile(r"[\s,:]*(?:(?:of|in|cac|so|the|of the|so voi|cua|tong so)\s+)*")
_GROWTH_NAME = re.compile(r"(?:growth(?: rate)?|tang truong)(?!\w)")
_COURTESY = re.compile(any_of(_GUARDS["courtesy"]) + r"\s*$")
_METRIC_REACH = 160
_COMPARED = re.compile(any_of(_GUARDS["base_before"]) + r"\s*$")
_SIZE = re.compile(any_of(_GUARDS["size_before"]) + r"[\s:]*(?:la |khoang |hon |tren |of |about )*$")
_LENGTHS = frozenset({"km", "m", "m2", "hectare"})
_CARRIED = 2  # clauses behind a target with a day
_LEVEL = re.compile(r"\s*,?\s*(?:to|len|dat|uoc dat|reaching|to reach|totall?ing|hitting)\s*")
_SHARE = re.compile(
    r"(?:\s[^\W\d]+){0,6}?\s*(?:\(|,\s*(?:chiem(?: ty le)?|bang|tuong duong|dat ty le|or|making up"
    r"|accounting for|equivalent to|equal to|representing)\s*)(?:[a-z]+\s){0,2}"
)
_WORKED = re.compile(r"\s(?!con lai)(?:\w+\s){0,3}?" + any_of(_GUARDS["worked"]))
_ATTAINED = re.compile(r"\s(?:\w+\s){0,6}?" + any_of(_GUARDS["attained"]))
_BASE_YEAR = re.compile(any_of(_GUARDS["base_year"]) + r"\s(?:nam\s)?$")
_ACHIEVING = re.compile(any_of(_GUARDS["achieving"]) + r"\s(?:duoc |moi |them |tren |hon |gan |to )*$")
_DONE_BEHIND = re.compile(r"[^;.]{0,90}?\s(?:were|was|have been|has been)\s\w+ed\b")
_FINISHED = re.compile(
    r"(?:hoan thanh|dat|vuot|fulfilled|achieved|completed|met|exceeded)\s(?:toan bo |ca |all )?$"
)
_BY = re.compile(r"(?<!\w)by (?:the (?:year|end of) )?$")
_FEW = 6  # 1/2, 2/3, 3/5 are shares
_LINKS = re.compile(any_of(_GUARDS["links"]))
_NEW_METRIC = re.compile(r"[a-z]{2,}\s+[a-z]{2,}")
_MOVED = re.compile(any_of(_GUARDS["moved"]) + r"[^,;.]{1,40}?(?:xuong con|xuong|len|con|to)\s*$")
_TELLING = 90  # characters behind a number that may say what it counts
_REACHED = re.compile(r"(?<!\w)(?:dat|chiem|con)\s*$")
_AMONG_ALL = re.compile(r"(?:^|[\s,;:.])(?:trong(?: tong)?(?: so)?|of(?: the)?)\s*$")
_PLACE = re.compile(r"(?<!\w)(?:tai|o|across|in|at|from)(?: the| cac)?\s*$")
_PLACE_UNITS = frozenset({"tỉnh", "province", "provinces", "commune", "district", "unit", "site", "village", "school"})
_AMONG = re.compile(r"(?<!\w)(?:among|top|trong so)(?: the)?\s*$")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the reading of a sentence may look at."""

    source: Source
    sentences: Sequence[Sentence]
    settings: Sequence[Setting]
    dates: Ordered[When]
    gatherings: frozenset[int]  # indexes of sentences that tell of a gathering
    items: Sequence[bool]  # of every clause, whether it has a label
    dues: dict[int, str]  # clause that leads a list -> the day it gives to all of it
    title_due: str | None  # the one day or year that the title names


@dataclass(slots=True)
class _Carried:
    """The day of the last target: targets that follow at once without a day share it."""

    due: str | None = None
    clause: int = -9  # of the last target
    told: int = -9  # clause of the last result

    def at(self, clause: int) -> str | None:
        """Return the day that still holds in a clause."""
        return self.due if 0 <= clause - self.clause <= _CARRIED else None


def find_commitments(
    around: Surroundings, quantities: Sequence[Quantity]
) -> Iterator[Target | Result]:
    """Yield the targets and results in reading order."""
    starts = [sentence.start for sentence in around.sentences]
    by_sentence: dict[int, list[Quantity]] = {}
    for quantity in quantities:
        index = bisect_left(starts, quantity.digits + 1) - 1
        if index >= 0 and quantity.digits < around.sentences[index].end:
            by_sentence.setdefault(index, []).append(quantity)
    carried = _Carried()
    for index, group in by_sentence.items():
        for fact in _in_sentence(around, index, group, carried):
            yield fact
            if isinstance(fact, Target):
                carried.due = fact.due or carried.due
                carried.clause = around.sentences[index].clause


def _in_sentence(
    around: Surroundings, index: int, group: Sequence[Quantity], carried: _Carried
) -> Iterator[Target | Result]:
    sentence = around.sentences[index]
    dates = around.dates.within(sentence.start, sentence.end)
    days = [
        day.start
        for day in dates
        if day.precision == "year" and _BY.search(around.source.folded[max(0, day.start - 12) : day.start])
    ]
    signs = signs_in(around.source, sentence, days)
    previous = sentence.start
    open_result: list[Quantity] = []
    aimed: Quantity | None = None
    open_from = sentence.start  # the words from here on may name what the result measures
    for place, quantity in enumerate(group):
        sign = _settled_sign(around, sentence, signs, group, place)
        near = 0 <= sentence.clause - carried.clause <= 1
        if sign is None and quantity.comparator != "=" and near:
            sign = "aim"  # "..., lạm phát dưới 4%" behind other targets
        if sign is None and carried.told == sentence.clause and _counts(around.source, quantity):
            sign = "done"
        following = _following(group, place, sentence.end)
        target = (
            _target(around, sentence, quantity, previous, following)
            if sign in {"aim", "will"} and _is_target(quantity)
            else None
        )
        if target is not None and (sign == "aim" or target.due is not None):
            aimed = quantity
            if target.due is None:
                target = replace(target, due=_lent(around, index, carried))
            yield target
        elif aimed is not None and sign != "aim" and _belongs(around.source, [aimed], quantity):
            continue  # "158,000 flats are to be built, an increase of 40%"
        elif open_result and sign != "aim" and _belongs(around.source, open_result, quantity):
            open_result.append(quantity)
        elif _is_result(around.source, quantity, sign, index in around.gatherings):
            carried.told = sentence.clause
            if open_result:
                yield _result(around, open_result, open_from, signs, sentence)
            open_result = [quantity]
            open_from = previous
        if quantity.unit not in _NO_MEASURE:
            previous = quantity.end
    if open_result:
        yield _result(around, open_result, open_from, signs, sentence)


def _lent(around: Surroundings, index: int, carried: _Carried) -> str | None:
    """Return the day of what stands before: of its paragraph, of the title, of other targets."""
    clause = around.sentences[index].clause
    if carried.clause == clause and carried.due is not None:
        return carried.due
    first = index
    while first and around.sentences[first - 1].clause == clause:
        first -= 1
    earlier = around.dates.within(around.sentences[first].start, around.sentences[index].start)
    named = [day.iso for day in earlier if day.role == "deadline" and day.word != "vision"]
    return named[-1] if named else around.title_due or carried.at(clause)


def _settled_sign(
    around: Surroundings,
    sentence: Sentence,
    signs: Sequence[Placed],
    group: Sequence[Quantity],
    place: int,
) -> Sign | None:
    """Return whether a quantity is an aim or an achievement, by all that can tell it."""
    topic = around.settings[sentence.clause].topic
    sign = sign_at(signs, group[place], topic, around.items[sentence.clause])
    if sign is None and _told(around.source, group, place, topic):
        return "done"
    return sign


def _following(group: Sequence[Quantity], place: int, end: int) -> int:
    """Return where the next quantity begins that measures something; ages and hours do not."""
    return next((other.start for other in group[place + 1 :] if other.unit not in _NO_MEASURE), end)


def _told(source: Source, group: Sequence[Quantity], place: int, topic: str | None) -> bool:
    """Tell a number that is said to be reached, or whose growth or share of a plan follows."""
    quantity = group[place]
    if place + 1 < len(group) and _belongs(source, [quantity], group[place + 1]):
        return True
    if place and _MOVED.search(source.folded, max(0, quantity.start - 70), quantity.start):
        return True
    counted = quantity.form == "amount" and quantity.unit not in SCALAR_UNITS
    if counted and quantity.unit in _WORK and _WORKED.match(source.folded, quantity.end):
        return True
    if counted and quantity.unit and _ATTAINED.match(source.folded, quantity.end):
        return topic in {None, "report"}
    if topic is not None or (quantity.unit not in SCALAR_UNITS and quantity.unit is not None):
        return False
    return _REACHED.search(source.folded, max(0, quantity.start - 8), quantity.start) is not None


def _counts(source: Source, quantity: Quantity) -> bool:
    """Tell things that were made or dealt with, where other results stand."""
    if quantity.form != "amount" or quantity.unit in (_NO_MEASURE | _PLACE_UNITS):
        return False
    before = source.folded[max(0, quantity.start - 40) : quantity.start]
    behind = _DONE_BEHIND.match(source.folded, quantity.end, quantity.end + 100)
    return _ACHIEVING.search(before) is not None or behind is not None


def _is_target(quantity: Quantity) -> bool:
    if quantity.unit in _NO_MEASURE:
        return False
    if quantity.form in {"ratio", "multiple"}:
        return True
    return quantity.unit not in _WORK or quantity.comparator != "="


def _is_result(source: Source, quantity: Quantity, sign: Sign | None, gathering: bool) -> bool:
    if sign == "aim" or _COMPARED.search(source.folded, max(0, quantity.start - 70), quantity.start):
        return False
    if quantity.form != "amount":
        return sign != "will" and not _is_fraction(quantity)
    if sign is None or sign in {"aim", "will"} or quantity.unit in _NO_MEASURE:
        return False
    if (
        not quantity.known_unit
        and quantity.unit not in UNIT_CODES
        and quantity.value < _COUNTED_LEAST
    ):
        return False
    if quantity.unit in _LENGTHS and _SIZE.search(
        source.folded, max(0, quantity.start - 24), quantity.start
    ):
        return False
    before = source.folded[max(0, quantity.start - 14) : quantity.start]
    if _AMONG.search(before) or _COURTESY.search(before):
        return False
    if quantity.unit in {"task", "target"} and _AMONG_ALL.search(before):
        return False
    if quantity.unit == "target" and not (
        _FINISHED.search(before)
        or (_WORKED.match(source.folded, quantity.end) and not before.endswith("con "))
    ):
        return False  # "thông qua Nghị quyết với 19 chỉ tiêu"
    if quantity.unit in _PLACE_UNITS and _PLACE.search(before):
        return False
    return not (gathering and quantity.unit in _EVENT_UNITS)


def _is_fraction(quantity: Quantity) -> bool:
    """Tell "1/2 nhiệm kỳ" from so many of so many things."""
    few = quantity.total is not None and quantity.total < _FEW
    return quantity.form == "ratio" and few and not quantity.known_unit


def _belongs(source: Source, group: Sequence[Quantity], quantity: Quantity) -> bool:
    """Tell whether a share, a growth or a multiple says more about the amount before it."""
    taken = {other.form for other in group}
    between = source.folded[group[-1].end : quantity.start]
    if group[0].total and quantity.unit == "%" and quantity.form == "amount":
        share = 100 * group[0].value / group[0].total
        return abs(share - quantity.value) < 1 and len(between) < _TELLING
    if _is_level(group, quantity, between) or _is_share(group, quantity, between):
        return True
    if quantity.form not in {"plan", "growth", "multiple"} or quantity.form in taken:
        return False
    last = between.rpartition(",")
    if last[1] and _NEW_METRIC.search(_LINKS.sub(" ", last[2])):
        return False  # ", số vụ vi phạm giảm 31%" tells of something else
    return len(between) < 110 and ";" not in between and not re.search(r"\.\s|:", between)


def _is_level(group: Sequence[Quantity], quantity: Quantity, between: str) -> bool:
    """Tell the amount behind its growth: "grew by 20 percent to 3.2 billion USD"."""
    grown = len(group) == 1 and group[0].form == "growth" and quantity.form == "amount"
    return grown and quantity.unit != "%" and _LEVEL.fullmatch(between) is not None


def _is_share(group: Sequence[Quantity], quantity: Quantity, between: str) -> bool:
    """Tell the share that an amount is of a whole: "11.591 trạm (7,72% số trạm)"."""
    share = group[0].form in {"amount", "ratio"} and group[0].unit != "%"
    plain = quantity.form == "amount" and quantity.unit == "%"
    return share and plain and _SHARE.fullmatch(between) is not None


def _target(
    around: Surroundings, sentence: Sentence, quantity: Quantity, previous: int, following: int
) -> Target:
    source = around.source
    start = _segment_start(source, previous, quantity.start, sentence.start)
    end = _segment_end(source.folded, quantity.end, following, sentence.end)
    metric_span = _metric(source, start, quantity, end)
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
        confidence=rule.confidence,
        metric=source.composed[slice(*metric_span)] if metric_span else None,
        comparator=quantity.comparator,
        value=value,
        unit="time" if quantity.form == "multiple" else quantity.unit,
        due=_due(around, sentence, quantity, end),
    )


def _segment_start(source: Source, previous: int, place: int, sentence_start: int) -> int:
    """Return where the words about a quantity begin: behind the last quantity or a full break."""
    folded = source.folded
    low = previous
    if place - low > _METRIC_REACH:
        low = folded.find(" ", place - _METRIC_REACH, place) + 1
    opening = _OPENING.match(folded, low, place)
    start = low = opening.end() if opening else low
    for match in _BOUNDARY.finditer(folded, low, place):
        if folded[match.start()] == ":" and not folded[match.end() : place].strip():
            continue  # "Tỷ lệ hộ nghèo: 1,2%"
        if folded[match.start()] == "(" and ")" in folded[match.end() : place]:
            continue
        full = folded[match.start()] in ";:(" or folded[match.start() - 1 : match.end()] == "t. "
        if full or (previous > sentence_start and start == low):
            start = match.end()
    for match in _AIM_VERB.finditer(folded, start, place):
        start = match.end()
    leading = (_LEADING_VI if source.toned else _LEADING_EN).match(folded, start, place)
    return leading.end() if leading else start


def _segment_end(folded: str, place: int, following: int, sentence_end: int) -> int:
    limit = min(following, sentence_end)
    match = _SEGMENT_END.search(folded, place, limit)
    while match is not None and _LISTED.match(folded, match.start(), limit):
        match = _SEGMENT_END.search(folded, match.end(), limit)
    end = match.start() if match else limit
    if match is None and following < sentence_end:
        joint = re.compile(r"\s(?:and|va)\s").search(folded, place, limit)
        end = joint.start() if joint else place
    while end > place and folded[end - 1] in " \n.,;:\u2026":
        end -= 1
    return end


def _metric(source: Source, start: int, quantity: Quantity, end: int) -> tuple[int, int] | None:
    """Return the words that name what is measured: those before the number, else those after."""
    folded = source.folded
    trailing = _TRAILING.search(folded, start, quantity.start)
    left_end = trailing.start() if trailing else quantity.start
    if sum(letter.isalpha() for letter in folded[start:left_end]) >= 3:
        return start, left_end
    begin = quantity.end
    if not quantity.known_unit or quantity.unit not in {"%", "VND", "USD", None}:
        begin = quantity.unit_at or quantity.end
    lead = _RIGHT_LEAD.match(folded, begin, end)
    begin = lead.end() if lead else begin
    return (begin, end) if end - begin >= 3 else None


def _due(around: Surroundings, sentence: Sentence, quantity: Quantity, end: int) -> str | None:
    """Return the day a target is due: from its sentence, else from what leads its list."""
    inside = [
        when
        for when in around.dates.within(sentence.start, sentence.end)
        if when.word != "vision" and not _is_base(around.source, when)
    ]
    before = [when for when in inside if when.start < quantity.start]
    for when in reversed(before):
        if when.role == "deadline":
            return when.iso
    after = [when for when in inside if quantity.start <= when.start <= end + 40]
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


def _is_base(source: Source, when: When) -> bool:
    """Tell the year that a value is compared with ("giá so sánh năm 2010")."""
    before = source.folded[max(0, when.start - 24) : when.start]
    return when.role != "deadline" and _BASE_YEAR.search(before) is not None


def _result(
    around: Surroundings,
    group: Sequence[Quantity],
    previous: int,
    signs: Sequence[Placed],
    sentence: Sentence,
) -> Result:
    source, first, last = around.source, group[0], group[-1].end
    limit = max(last, _segment_end(source.folded, last, sentence.end, sentence.end))
    start, metric, end = _result_spans(around, group, previous, limit, sentence)
    estimated = any(sign == "estimate" for at, sign in signs if start - 60 <= at < limit)
    rule = rules()["result." + first.form]
    forms = {quantity.form: quantity.value for quantity in group}
    main = next((part for part in group if part.form in {"amount", "ratio"}), None)
    return Result(
        start=start,
        end=end,
        text=source.composed[start:end],
        rule=rule.id,
        confidence=rule.confidence,
        metric=source.composed[slice(*metric)] if metric else None,
        value=_amount(main) if main and main.form == "amount" else None,
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


def _result_spans(
    around: Surroundings,
    group: Sequence[Quantity],
    previous: int,
    limit: int,
    sentence: Sentence,
) -> tuple[int, tuple[int, int] | None, int]:
    """Return where a result begins, the words of its metric, and where it ends."""
    source, first, last = around.source, group[0], group[-1].end
    if first.form == "ratio" and first.unit not in SCALAR_UNITS and first.unit_at > first.digits:
        stop = _RATIO_METRIC_END.search(source.folded, first.unit_at, limit)
        metric_end = stop.start() if stop else limit
        end = min(limit, last + _TELLING)
        while end > last and source.folded[end - 1] in " ,;":
            end -= 1
        return first.start, (first.unit_at, metric_end), end
    start = _segment_start(source, previous, first.start, sentence.start)
    metric = _metric(source, start, first, limit)
    if metric is None:
        return min(start, first.start), None, last
    if metric[0] < first.start:
        return min(metric[0], first.start), metric, last
    if first.form == "growth":
        return first.start, None, last
    if len(group) > 1:
        room = _segment_end(source.folded, first.end, group[1].start, sentence.end)
        right = _metric(source, start, first, max(room, first.end))
        return first.start, right if right and right[0] > first.digits else None, last
    metric = metric[0], min(metric[1], metric[0] + _TELLING)
    return first.start, metric, max(last, metric[1])
