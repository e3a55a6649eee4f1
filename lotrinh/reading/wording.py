"""The words that a quantity is told in: where they begin and end, and which name what is measured.

What is measured is named in front of its value ("Tỷ lệ hộ nghèo còn 2,1%"), or behind it where
things are counted ("87 trường hợp vi phạm") or shared out ("80% of households").
"""

import re
from collections.abc import Sequence

from lotrinh.reading.deeds import acted_on
from lotrinh.reading.grammar import any_of, lexicon
from lotrinh.reading.layout.clauses import Sentence
from lotrinh.reading.quantities import Quantity
from lotrinh.reading.signs import SCALAR_UNITS
from lotrinh.reading.text import Source

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
_METRIC_REACH = 160
_FURTHEST = 600  # characters behind a number: a sentence of thousands says no more of it
_SHARED = re.compile(
    r"\s(?!so |trong |vao |nam |truoc |tro |va |theo |tong |moi |tu |tren |cua )[a-z]"
)
_STATED = re.compile(
    r"(?:reach\w*|contribut\w*|account\w* for|made up|makes? up|"
    r"to|at|is|are|was|were|be|cover\w*|for|up|hit|achiev\w*|attain\w*|made|makes?)"
    r"(?: \w+ly| only| about| over| just| more than)?\s*$"
)
_REACHING = re.compile(r"(?:dat|la|len|xuong|con|bang|chiem|[:])\s*$")
_NAMED = re.compile(any_of(_GUARDS["named"]) + r"(?!\w)")
_THING_ENDS = {
    toned: re.compile(
        r"[,;:()]|\.(?!\d)|\s(?:vnd|usd|us\$|\$)?\s?\d|\s" + any_of(_GUARDS[words]) + r"(?=\s)",
        re.IGNORECASE,
    )
    for toned, words in ((True, "thing_end_vi_toned"), (False, "thing_end_en"))
}
_GENERIC = frozenset({"person", "case", "household", "visit", "house", "hectare"})
_MEASURED = (SCALAR_UNITS - {"person", "household"}) | {"m3", "MW", "rank", "time"}
_MOVED_FROM = re.compile(r"\s" + any_of(_GUARDS["moved"]) + r"\s.*?\d")
_CHANGE_IN = re.compile(r"\s(?:in|of)\s(?:the\s)?(?=[a-z]{2})")  # "a 12% drop in capital"
_SIZED = SCALAR_UNITS - {"person", "household"}
_PORTIONS = frozenset({"%", "hectare", "tonne", "m2", "m3", "kg"})
_HAVING = re.compile(r"(?<!\w)(?:co|con|voi)\s$")
_LEAST_WORD = 2
_TELLING = 90  # characters behind a number that may say what it counts


def shares_what_follows(source: Source, quantity: Quantity) -> bool:
    """Tell "... kiểm tra 100% chung cư", where what is measured stands behind the share."""
    if quantity.unit != "%" or quantity.form != "amount":
        return False
    if not source.toned:
        low = max(0, quantity.start - 24)
        stated = _STATED.search(source.folded, low, quantity.start)
        return stated is None and source.folded.startswith(" of ", quantity.end)
    following = _SHARED.match(source.folded, quantity.end)
    if following is None or source.composed[following.end() - 1].isupper():
        return False
    low = max(0, quantity.start - 10)
    return _REACHING.search(source.folded, low, quantity.start) is None


def segment_start(source: Source, previous: int, place: int, sentence_start: int) -> int:
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


def segment_end(folded: str, place: int, following: int, sentence_end: int) -> int:
    """Return where the words about a quantity end: at a break that lists nothing."""
    limit = min(following, sentence_end, place + _FURTHEST)
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


def find_metric(source: Source, start: int, quantity: Quantity, end: int) -> tuple[int, int] | None:
    """Return the words that name what is measured: those before the number, else those after."""
    folded = source.folded
    trailing = _TRAILING.search(folded, start, quantity.start)
    left_end = trailing.start() if trailing else quantity.start
    moved = _MOVED_FROM.search(folded, start, left_end)
    left_end = moved.start() if moved else left_end
    if sum(letter.isalpha() for letter in folded[start:left_end]) >= 3:
        return start, left_end
    begin = quantity.end
    if not quantity.known_unit or quantity.unit not in {"%", "VND", "USD", None}:
        begin = quantity.unit_at or quantity.end
    lead = _RIGHT_LEAD.match(folded, begin, end)
    begin = lead.end() if lead else begin
    return (begin, end) if end - begin >= 3 else None


def result_spans(
    source: Source,
    group: Sequence[Quantity],
    previous: int,
    limit: int,
    sentence: Sentence,
) -> tuple[int, tuple[int, int] | None, int]:
    """Return where a result begins, the words of its metric, and where it ends."""
    first, last = group[0], group[-1].end
    if first.form == "ratio" and first.unit not in _SIZED and first.unit_at > first.digits:
        return _counted_of(source, first, last, limit)
    start = segment_start(source, previous, first.start, sentence.start)
    if not source.toned and shares_what_follows(source, first):
        start = first.start
    thing = _thing(source, start, group, limit)
    if thing is not None:
        return first.start, thing, max(last, thing[1])
    behind = _CHANGE_IN.match(source.folded, first.end, limit) if first.form == "growth" else None
    if behind is not None and len(group) == 1 and source.folded[first.end - 1].isalpha():
        return first.start, (behind.end(), limit), limit
    metric = find_metric(source, start, first, limit)
    if metric is None:
        return min(start, first.start), None, last
    if metric[0] < first.start:
        return min(metric[0], first.start), metric, last
    if first.form == "growth":
        return first.start, None, last
    if len(group) > 1:
        room = segment_end(source.folded, first.end, group[1].start, sentence.end)
        right = find_metric(source, start, first, max(room, first.end))
        return first.start, right if right and right[0] > first.digits else None, last
    metric = metric[0], min(metric[1], metric[0] + _TELLING)
    return first.start, metric, max(last, metric[1])


def _counted_of(
    source: Source, first: Quantity, last: int, limit: int
) -> tuple[int, tuple[int, int] | None, int]:
    """Return the same for n of m things: what is said of them stands behind."""
    stop = _RATIO_METRIC_END.search(source.folded, first.unit_at, limit)
    metric_end = stop.start() if stop else limit
    end = min(limit, last + _TELLING)
    if end < limit:  # no word is cut in two
        end = max(last, source.folded.rfind(" ", last, end + 1))
    while end > last and source.folded[end - 1] in " ,;":
        end -= 1
    return first.start, (first.unit_at, metric_end), end


def _has_of(source: Source, first: Quantity, start: int) -> bool:
    """Tell "có 18% sản lượng tiêu thụ qua hợp đồng", "collected 83 tonnes of waste"."""
    if first.unit not in _PORTIONS:
        return False
    if not source.toned:
        return source.folded.startswith(" of ", first.end) and acted_on(source, first)
    low = max(start - 4, first.start - 8)
    had = _HAVING.search(source.folded, max(0, low), first.start) is not None
    following = _SHARED.match(source.folded, first.end)
    return had and following is not None and source.composed[following.end() - 1].islower()


def _thing(
    source: Source, start: int, group: Sequence[Quantity], limit: int
) -> tuple[int, int] | None:
    """Return the words behind a number that name the things it counts; None for a measure."""
    first = group[0]
    if first.form != "amount" or first.unit_at <= first.digits or "/" in (first.unit or ""):
        return None
    if first.unit in _MEASURED and not _has_of(source, first, start):
        return None
    if first.unit is None or _NAMED.match(source.folded, start, first.start):
        return None
    room = group[1].start if len(group) > 1 else limit
    stop = _THING_ENDS[source.toned].search(source.composed, first.end, max(room, first.end))
    end = stop.start() if stop else max(room, first.end)
    end = min(end, first.unit_at + _TELLING)
    bare = end - first.end < _LEAST_WORD and first.unit in _GENERIC and start < first.start
    if bare and not acted_on(source, first):
        return None  # "bác sĩ 934 người": the words in front say who
    while end > first.end and source.folded[end - 1] in " \n":
        end -= 1
    return first.unit_at, end
