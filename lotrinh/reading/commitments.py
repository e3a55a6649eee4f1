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

from lotrinh.reading.binding import is_baseline, result_of, target_of
from lotrinh.reading.deeds import counts, reports, stands_at
from lotrinh.reading.facts import Result, Target
from lotrinh.reading.grammar import any_of, lexicon
from lotrinh.reading.joining import belongs, settled
from lotrinh.reading.layout.clauses import Sentence
from lotrinh.reading.quantities import Quantity
from lotrinh.reading.signs import SCALAR_UNITS, Placed, Sign, sign_at, signs_in
from lotrinh.reading.surroundings import Surroundings
from lotrinh.reading.telling import is_compared, is_result, is_target, moved_from, told
from lotrinh.reading.text import Source

_NO_MEASURE = frozenset({"day", "hour", "year", "month", "time", "rank"})
_GUARDS = lexicon("guards")["commitments"]
_NEXT = 12  # characters between one thing counted and the next
_PASSING: frozenset[Sign] = frozenset({"day", "done", "gained"})
_HAD = re.compile(
    r"[^;.]{0,80}?\s(?:had|have|has)\s(?:already\s|been\s|not\s)*\w+(?:ed|et|en|lt)\b"
)
_NEWLY = re.compile(r"(?:^|[,;:(.]\s|\n|(?:chi|hien|thang|nay|nam|quy)\s)moi\s(?:\w+\s){1,2}$")
_OF_LIFE = re.compile(r"(?:tuoi tho|so nam song|life expectancy|years of life)(?!\w)[^,;.:]{0,60}$")
_LIST = re.compile(r"(?:\s[^\W\d]+){0,3}?(?:,|\svà|\sand|, and)\s")
_SAME_LIST = re.compile(r"[^.\n\d,;]{0,60}(?:[,;]|\svà\s|\sand\s)[^.\n\d]{0,70}")
_NO_LIST = frozenset({"%", "percentage point", "VND", "USD", "EUR", None}) | _NO_MEASURE
_EARLIER = 12  # sentences of a paragraph in which its day may stand
_CARRIED = 2  # clauses behind a target with a day
_PRESENT = re.compile(any_of(_GUARDS["present"]) + r"\s$")
_CLASS_REACH = 60
_CLASS_VI = re.compile(rf"(?<!\w){any_of(_GUARDS['class_vi'])}\s$")
_CLASS_EN = re.compile(rf"(?<!\w){any_of(_GUARDS['class_en'])}\s$")
_BOUNDED = frozenset({"<", ">"})
# Between a year and the value of that year: "năm 2030: 98%", "năm 2030 đạt 98%".
# And between a value and the year right behind it: "40% đến năm 2030", "70% by 2030".
_BY = re.compile(r"(?<!\w)by (?:the (?:year|end of) )?$")
_DONE = frozenset({"done", "estimate"})
_AIMING: frozenset[Sign] = frozenset({"aim", "noun"})
_SPOKEN = 4  # clauses behind an aim in words


@dataclass(slots=True)
class _Carried:
    """The day of the last target: targets that follow at once without a day share it."""

    due: str | None = None
    clause: int = -9  # of the last target
    told: int = -9  # clause of the last result
    within: int = -9  # and its sentence
    end: int = -99  # and where its last number ends
    aims: Sequence[tuple[int, str]] = ()  # clauses that aim at a day, and that day
    unit: str | None = None  # and what it counts, of which a list may follow

    def at(self, clause: int) -> str | None:
        """Return the day that still holds in a clause."""
        return self.due if 0 <= clause - self.clause <= _CARRIED else None

    def spoken(self, clause: int) -> str | None:
        """Return the day by which something was aimed at not far above, in words alone."""
        place = bisect_left(self.aims, (clause + 1, "")) - 1
        if place < 0 or clause - self.aims[place][0] > _SPOKEN:
            return self.at(clause)
        return self.aims[place][1]


@dataclass(frozen=True, slots=True)
class _Place:
    """What a sentence holds: the kinds of its signs, and whether it names a deadline."""

    clause: int
    start: int
    kinds: frozenset[Sign]
    dated: bool  # it names a deadline and does not report

    @classmethod
    def of(cls, around: Surroundings, sentence: Sentence, signs: Sequence[Placed]) -> "_Place":
        """Return what is known of a sentence before its numbers are settled."""
        dates = around.dates.within(sentence.start, sentence.end)
        dated = around.settings[sentence.clause].topic != "report" and any(
            day.role == "deadline" for day in dates
        )
        return cls(sentence.clause, sentence.start, frozenset(sign for _, sign in signs), dated)


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
    carried = _Carried(aims=_aims(around, starts))
    for index, group in by_sentence.items():
        for fact in _in_sentence(around, index, group, carried):
            yield fact
            if isinstance(fact, Target):
                carried.due = fact.due or carried.due
                carried.clause = around.sentences[index].clause


def _aims(around: Surroundings, starts: Sequence[int]) -> list[tuple[int, str]]:
    """Return the clauses in which something is aimed at by a year, and that year, in order."""
    found: list[tuple[int, str]] = []
    last, signs = -1, set[Sign]()
    for when in around.dates.within(0, len(around.source.folded)):
        if when.role != "deadline" or when.precision not in {"year", "interval"}:
            continue
        index = bisect_left(starts, when.start + 1) - 1
        sentence = around.sentences[index] if index >= 0 else None
        if sentence is None or when.start >= sentence.end or when.word == "vision":
            continue
        if index != last:
            placed = signs_in(around.source, sentence, _days(around, sentence))
            last, signs = index, {sign for _, sign in placed}
        if signs & _AIMING and not signs & _DONE:
            found.append((sentence.clause, when.iso))
    return found


def _in_sentence(
    around: Surroundings, index: int, group: Sequence[Quantity], carried: _Carried
) -> Iterator[Target | Result]:
    sentence = around.sentences[index]
    topic = around.settings[sentence.clause].topic
    group = [one for one in group if not one.worded or _is_counted(around, sentence, one)]
    signs = _signs(around, sentence, group, topic)
    scene = _Place.of(around, sentence, signs)
    previous = sentence.start
    open_result: list[Quantity] = []
    aimed: Quantity | None = None
    open_from = sentence.start  # the words from here on may name what the result measures
    for place, quantity in enumerate(group):
        sign = _sign_of(around, scene, (sentence, signs, group), place, carried)
        following = _following(group, place, sentence.end)
        if aimed is not None and _says_more(around.source, aimed, quantity, sign):
            continue
        target = _aimed_at(around, index, (quantity, sign), (previous, following), carried)
        if target is not None:
            aimed = quantity
            yield target
        elif open_result and sign != "aim" and belongs(around.source, open_result, quantity):
            open_result.append(settled(around.source, open_result, quantity))
        elif quantity.changed and carried.told == sentence.clause:
            continue  # "0 deaths; an increase of 26 cases" says more of what was told
        elif is_result(around.source, quantity, sign, index in around.gatherings):
            carried.told, carried.end, carried.within = sentence.clause, quantity.end, index
            carried.unit = quantity.unit if quantity.form == "amount" else None
            if open_result:
                yield result_of(around, open_result, open_from, signs, sentence)
            open_result = [quantity]
            open_from = previous
        if quantity.unit not in _NO_MEASURE and not moved_from(around.source, quantity):
            previous = quantity.end
    if open_result:
        yield result_of(around, open_result, open_from, signs, sentence)


def _says_more(source: Source, aimed: Quantity, quantity: Quantity, sign: Sign | None) -> bool:
    """Tell what only says more of a target: "78/118 xã (66,1%)", "..., an increase of 40%"."""
    return (aimed.total is not None or sign != "aim") and belongs(source, [aimed], quantity)


def _signs(
    around: Surroundings, sentence: Sentence, group: Sequence[Quantity], topic: str | None
) -> Sequence[Placed]:
    """Return the signs of a sentence; the "chỉ tiêu" of "đạt 80% chỉ tiêu" is none."""
    plans = [(one.start, one.end) for one in group if one.form == "plan"]
    return [
        (at, sign)
        for at, sign in signs_in(around.source, sentence, _days(around, sentence), topic)
        if sign != "noun" or not any(start < at < end for start, end in plans)
    ]


def _sign_of(
    around: Surroundings,
    scene: _Place,
    said: tuple[Sentence, Sequence[Placed], Sequence[Quantity]],
    place: int,
    carried: _Carried,
) -> Sign | None:
    """Return what a quantity is by its sentence, else by what stands around it."""
    sentence, signs, group = said
    sign = _settled_sign(around, sentence, signs, group, place)
    if sign in {None, "done"} and _is_listed(around.source, group[place], carried):
        group[place].elliptic = True
        return "done"
    return _by_neighbours(around, scene, group[place], carried) if sign is None else sign


def _is_counted(around: Surroundings, sentence: Sentence, small: Quantity) -> bool:
    """Tell whether a small number in words counts what was done; most count nothing."""
    if small.form != "amount":
        return True
    return counts(around.source, small, sentence.start, among=False, report=True)


def _days(around: Surroundings, sentence: Sentence) -> list[int]:
    """Return the places of years by which something is to be reached: "by 2030"."""
    folded = around.source.folded
    return [
        day.start
        for day in around.dates.within(sentence.start, sentence.end)
        if day.precision == "year" and _BY.search(folded, max(0, day.start - 12), day.start)
    ]


def _aimed_at(
    around: Surroundings,
    index: int,
    number: tuple[Quantity, Sign | None],
    between: tuple[int, int],
    carried: _Carried,
) -> Target | None:
    """Return the target that a number is, with the day that holds for it; None if it is none."""
    quantity, sign = number
    lived = quantity.unit in {"year", "tuổi"} and _OF_LIFE.search(
        around.source.folded, max(0, quantity.start - 90), quantity.start
    )
    if sign not in {"aim", "will"} or not (lived or is_target(around.source, quantity)):
        return None
    if is_compared(around.source, quantity):
        return None
    if quantity.comparator == "=" and is_baseline(around, around.sentences[index], quantity):
        return None
    if _says_which(around, around.sentences[index], quantity):
        return None
    target = target_of(around, around.sentences[index], quantity, *between)
    if target.due is not None:
        return target
    clause = around.sentences[index].clause
    spoken = carried.spoken(clause)
    if sign == "aim":
        return replace(target, due=_lent(around, index, carried) or spoken)
    promised = quantity.unit == "%" and spoken is not None
    return replace(target, due=spoken) if promised else None


def _says_which(around: Surroundings, sentence: Sentence, quantity: Quantity) -> bool:
    """Tell "điều chuyển vốn của các dự án giải ngân dưới 30%": a bound by which some are chosen."""
    topic = around.settings[sentence.clause].topic
    if quantity.comparator not in _BOUNDED or (topic == "target" and quantity.unit == "%"):
        return False
    source = around.source
    low = max(sentence.start, quantity.start - _CLASS_REACH)
    chosen = _CLASS_VI if source.toned else _CLASS_EN
    return chosen.search(source.folded, low, quantity.start) is not None


def _by_neighbours(
    around: Surroundings, place: _Place, quantity: Quantity, carried: _Carried
) -> Sign | None:
    """Settle a number without a sign by the targets, days and results that stand around it."""
    if quantity.comparator != "=" and 0 <= place.clause - carried.clause <= 1:
        return "aim"  # "..., lạm phát dưới 4%" behind other targets
    shares = quantity.unit == "%" and quantity.form == "amount"
    if shares and place.dated and place.kinds.isdisjoint(_DONE):
        return "aim"  # "phủ sóng 100% khu công nghiệp trước năm 2027"
    if 0 <= quantity.start - carried.end < _NEXT and quantity.unit in SCALAR_UNITS:
        parted = ";" in around.source.folded[carried.end : quantity.start]
        if quantity.form == "amount" and not parted:
            return "done"  # "700 ha mía, 2.100 ha chè"
    free = place.kinds.isdisjoint({"told", "aim", "will"})
    among = carried.told == place.clause
    tells = around.press or not place.kinds.isdisjoint(_DONE)
    tells = tells or reports(around.source, place.start, quantity)
    report = tells and around.settings[place.clause].topic in {None, "report"}
    if free and report and stands_at(around.source, quantity):
        return "done"
    if free and counts(around.source, quantity, place.start, among=among, report=report):
        return "done"
    return None


def _is_listed(source: Source, quantity: Quantity, carried: _Carried) -> bool:
    """Tell the 7 in "ban hành 2 quyết định, 7 kế hoạch": nothing but a list goes on.

    Nor does more in "Sở Xây dựng 2 nhiệm vụ; Sở Nội vụ 1 nhiệm vụ": the unit stays the same.
    """
    if quantity.form != "amount" or carried.end < 0 or quantity.unit in _NO_MEASURE:
        return False
    between = source.composed[carried.end : quantity.start]
    if quantity.unit is not None and quantity.unit == carried.unit and not quantity.changed:
        return _SAME_LIST.fullmatch(between) is not None
    counted = carried.unit not in {"%", None} and quantity.unit not in _NO_LIST
    return counted and _LIST.fullmatch(between) is not None


def _lent(around: Surroundings, index: int, carried: _Carried) -> str | None:
    """Return the day of what stands before: of its paragraph, of the title, of other targets."""
    clause = around.sentences[index].clause
    if carried.clause == clause and carried.due is not None:
        return carried.due
    first = index
    while index - first < _EARLIER and first and around.sentences[first - 1].clause == clause:
        first -= 1
    earlier = around.dates.within(around.sentences[first].start, around.sentences[index].start)
    named = [
        day.iso
        for day in earlier
        if day.word != "vision" and (day.role == "deadline" or day.precision == "interval")
    ]
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
    shares = not around.source.toned and around.source.folded.startswith(" of ", group[place].end)
    item = around.items[sentence.clause]
    sign = sign_at(signs, group[place], topic, item, shares=shares)
    if sign is None and topic != "target" and told(around.source, group, place, topic):
        return "done"
    if sign == "aim" and _is_progress(signs, group[place]):
        return "done"
    if sign == "aim" and _stands_so(around.source, group[place]):
        return "done"
    if sign == "aim" and _is_over(around.source, signs, group[place]):
        return "done"
    return "done" if _is_newly(around.source, sentence, group[place]) else sign


def _is_over(source: Source, signs: Sequence[Placed], quantity: Quantity) -> bool:
    """Tell "by the end of June, 85 of 126 communes had met the standards"."""
    if source.toned or not {sign for _, sign in signs} <= _PASSING:
        return False
    return _HAD.match(source.folded, quantity.end, quantity.end + 110) is not None


def _is_progress(signs: Sequence[Placed], quantity: Quantity) -> bool:
    """Tell "16/30 chỉ tiêu đạt": so many of the targets, where nothing before it aims."""
    if quantity.form != "ratio" or quantity.unit not in {"target", "task"}:
        return False
    return not any(sign in {"aim", "day"} and at < quantity.start for at, sign in signs)


def _stands_so(source: Source, quantity: Quantity) -> bool:
    """Tell "tỷ lệ hộ nghèo hiện nay là 3,2%": how things stand where a target is set."""
    return _PRESENT.search(source.folded, max(0, quantity.start - 40), quantity.start) is not None


def _is_newly(source: Source, sentence: Sentence, quantity: Quantity) -> bool:
    """Tell what was reached only so far: "9 tháng mới thu 418 triệu đồng"."""
    low = max(sentence.start, quantity.start - 30)
    found = _NEWLY.search(source.folded, low, quantity.start) if source.toned else None
    return found is not None and "mới " in source.composed[found.start() : found.end()].lower()


def _following(group: Sequence[Quantity], place: int, end: int) -> int:
    """Return where the next quantity begins that measures something; ages and hours do not."""
    later = (group[index] for index in range(place + 1, len(group)))
    return next((other.start for other in later if other.unit not in _NO_MEASURE), end)
