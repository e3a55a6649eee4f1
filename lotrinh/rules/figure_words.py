"""Arithmetic in words, as reports print it in both languages.

"Bằng 120,5% dự toán, tăng 19,6% so với cùng kỳ năm trước". A ratio of 30 is "gấp 30 lần", never
"tăng 30 lần", which may mean 31. Shares that differ are said to differ by points. Rounding never
says more than is true: 99.96 % is not printed as 100 %, and growth that is nearly nothing not as
none. What cannot be said is said to be so, with the reason.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from fractions import Fraction

from lotrinh.rules.exact import rounded
from lotrinh.rules.formats import Exact, number
from lotrinh.rules.progress import Comparison, Unsaid, Way

Word = tuple[str, str]
"""The same words in Vietnamese and in English."""

_MOST_PLACES = 6


class Base(StrEnum):
    """With what a figure is compared."""

    PLAN = "plan"
    YEAR_PLAN = "year_plan"
    BUDGET = "budget"  # dự toán
    ASSIGNED = "assigned"
    LIMIT = "limit"
    SAME_PERIOD = "same_period"
    PREVIOUS_PERIOD = "previous_period"
    PREVIOUS_YEAR = "previous_year"
    BASELINE = "baseline"
    TERM_START = "term_start"


BASES: Mapping[Base, Word] = {
    Base.PLAN: ("kế hoạch", "the plan"),
    Base.YEAR_PLAN: ("kế hoạch năm", "the year's plan"),
    Base.BUDGET: ("dự toán", "the budget estimate"),
    Base.ASSIGNED: ("chỉ tiêu được giao", "the assigned target"),
    Base.LIMIT: ("mức tối đa", "the limit"),
    Base.SAME_PERIOD: ("cùng kỳ năm trước", "the same period last year"),
    Base.PREVIOUS_PERIOD: ("kỳ trước", "the previous period"),
    Base.PREVIOUS_YEAR: ("năm trước", "the previous year"),
    Base.BASELINE: ("số gốc", "the baseline"),
    Base.TERM_START: ("đầu nhiệm kỳ", "the beginning of the term"),
}

_UP: Mapping[Way, Word] = {
    Way.PERCENT_OF: ("bằng {n}% {base}", "{n}% of {base}"),
    Way.GROWTH: ("tăng {n}% so với {base}", "up {n}% on {base}"),
    Way.TIMES: ("gấp {n} lần {base}", "{n} times {base}"),
    Way.POINTS: ("tăng {n} điểm % so với {base}", "up {n} percentage {points} on {base}"),
    Way.A_YEAR: (
        "tăng bình quân {n}%/năm trong {years} năm so với {base}",
        "up {n}% a year on average over {years} {year_word} from {base}",
    ),
}
_DOWN: Mapping[Way, Word] = {
    Way.GROWTH: ("giảm {n}% so với {base}", "down {n}% on {base}"),
    Way.POINTS: ("giảm {n} điểm % so với {base}", "down {n} percentage {points} on {base}"),
    Way.A_YEAR: (
        "giảm bình quân {n}%/năm trong {years} năm so với {base}",
        "down {n}% a year on average over {years} {year_word} from {base}",
    ),
}
_SAME: Word = ("không đổi so với {base}", "unchanged from {base}")
_UNSAID: Mapping[Unsaid, Word] = {
    Unsaid.NO_VALUE: (
        "chưa so được với {base} vì chưa có số thực hiện",
        "not comparable with {base}: there is no figure yet",
    ),
    Unsaid.NO_BASE: (
        "chưa so được với {base} vì chưa có số để so",
        "not comparable with {base}, of which there is no figure",
    ),
    Unsaid.ZERO_BASE: (
        "không tính được tỷ lệ so với {base} vì số để so bằng 0",
        "no ratio to {base}, which is 0",
    ),
    Unsaid.NEGATIVE_BASE: (
        "không tính được tỷ lệ so với {base} vì số để so âm",
        "no ratio to {base}, which is below 0",
    ),
    Unsaid.NEGATIVE_VALUE: (
        "không tính được tỷ lệ so với {base} vì số thực hiện âm",
        "no ratio to {base}: the figure is below 0",
    ),
    Unsaid.NO_TIME: (
        "không tính được mức bình quân năm so với {base} vì chưa rõ số năm",
        "no yearly average from {base}: the number of years is not known",
    ),
}
_EDGES: Mapping[Way, frozenset[Fraction]] = {
    Way.PERCENT_OF: frozenset({Fraction(0), Fraction(100)}),
    Way.TIMES: frozenset({Fraction(1)}),
}
_ONE = Fraction(1)


def compared(comparison: Comparison, base: Base, *, language: str, places: int = 1) -> str:
    """Return a comparison in words, to be put behind a figure.

    Rounded to so many decimals, to more where fewer would make it equal what it is not. What is
    less than once something is so many percent of it.

    >>> compared(Comparison(Way.TIMES, Fraction(30)), Base.SAME_PERIOD, language="vi")
    'gấp 30 lần cùng kỳ năm trước'
    """
    place = _place(language)
    name = BASES[base][place]
    if comparison.unsaid is not None or comparison.value is None:
        return _UNSAID[comparison.unsaid or Unsaid.NO_VALUE][place].format(base=name)
    way, value = comparison.way, comparison.value
    if way is Way.TIMES and value < 1:
        way, value = Way.PERCENT_OF, value * 100
    if value == 0 and way is not Way.PERCENT_OF:
        return _SAME[place].format(base=name)
    pattern = (_DOWN if value < 0 else _UP)[way][place]
    shown = _shown(abs(value), places, _EDGES.get(way, frozenset({Fraction(0)})))
    return pattern.format(
        n=number(shown, language=language),
        base=name,
        points="point" if shown == _ONE else "points",
        years=comparison.years,
        year_word="year" if comparison.years == 1 else "years",
    )


def _shown(value: Fraction, places: int, edges: frozenset[Fraction]) -> Exact:
    """Return the value rounded, with as many decimals as keep it off an edge that it is not on."""
    for more in range(places, _MOST_PLACES + 1):
        found = rounded(value, more)
        if Fraction(found) not in edges or value in edges:
            return found
    return rounded(value, _MOST_PLACES)


def told(
    subject: str,
    shown: str | None,
    comparisons: Iterable[tuple[Comparison, Base]] = (),
    *,
    language: str,
    is_estimated: bool = False,
    places: int = 1,
) -> str:
    """Return one sentence on one figure, ``shown`` as it is printed; None where there is none yet.

    >>> told("Thu ngân sách", "492.309 tỷ đồng", language="vi", is_estimated=True)
    'Thu ngân sách ước đạt 492.309 tỷ đồng.'
    >>> told("Budget revenue", None, language="en")
    'Budget revenue: no figure yet.'
    """
    in_english = _place(language) == 1
    if shown is None:
        return f"{subject}: no figure yet." if in_english else f"{subject}: chưa có số liệu."
    if in_english:
        begins = f"{subject}: {'an estimated ' if is_estimated else ''}{shown}"
    else:
        begins = f"{subject} {'ước đạt' if is_estimated else 'đạt'} {shown}"
    said = [compared(one, base, language=language, places=places) for one, base in comparisons]
    return ", ".join([begins, *said]) + "."


def done_words(done: int, total: int, *, thing: str, language: str) -> str:
    """Return how many of how many things are done; ``thing`` is their name in the plural.

    >>> done_words(15, 20, thing="nhiệm vụ", language="vi")
    '15/20 nhiệm vụ đã hoàn thành, bằng 75%'
    """
    in_english = _place(language) == 1
    if not total:
        return f"no {thing}" if in_english else f"không có {thing} nào"
    edges = frozenset({Fraction(0), Fraction(100)})
    share = number(_shown(Fraction(done * 100, total), 1, edges), language=language)
    if in_english:
        return f"{done} of {total} {thing} done, {share}%"
    return f"{done}/{total} {thing} đã hoàn thành, bằng {share}%"


def _place(language: str) -> int:
    return 1 if language.startswith("en") else 0
