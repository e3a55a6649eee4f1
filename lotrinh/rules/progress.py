"""How a result compares with its plan or with another time, and whether the plan was met.

Everything is exact: rounding is for printing. What cannot be said is said to be so, by a code: a
share of nothing, growth from below zero, a ratio to a figure that nobody gave. Whether a plan was
met is judged by its comparator, never by the percentage: 5 % unemployment against "below 3 %" is
166.7 % of the limit and a plan that was missed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum
from fractions import Fraction
from typing import Self

from lotrinh.rules.target_terms import Comparator

_HUNDRED = 100
_DIGITS = 60  # of a root: far more than is ever printed
FOLD_FROM = Fraction(2)
"""From which ratio on one says "twice as much" rather than "100 % more"."""


class Way(StrEnum):
    """In which way two numbers are compared."""

    PERCENT_OF = "percent_of"  # bằng 120,5% dự toán
    GROWTH = "growth"  # tăng 19,6% so với cùng kỳ
    TIMES = "times"  # gấp 30 lần
    POINTS = "points"  # tăng 2,93 điểm %
    A_YEAR = "a_year"  # bình quân mỗi năm


class Unsaid(StrEnum):
    """Why a comparison cannot be made."""

    NO_VALUE = "no_value"
    NO_BASE = "no_base"
    ZERO_BASE = "zero_base"
    NEGATIVE_BASE = "negative_base"
    NEGATIVE_VALUE = "negative_value"
    NO_TIME = "no_time"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of comparing: exactly one of ``value`` and ``unsaid`` is there.

    The value is in percent for PERCENT_OF, GROWTH and A_YEAR, in points for POINTS, and the ratio
    itself for TIMES. ``years`` is set for A_YEAR.
    """

    way: Way
    value: Fraction | None = None
    unsaid: Unsaid | None = None
    years: int | None = None


def percent_of(actual: Decimal | None, plan: Decimal | None) -> Comparison:
    """Return how many percent of a plan were reached.

    >>> percent_of(Decimal(63), Decimal(50)).value
    Fraction(126, 1)
    """
    ratio = _ratio(actual, plan)
    if isinstance(ratio, Unsaid):
        return Comparison(Way.PERCENT_OF, unsaid=ratio)
    return Comparison(Way.PERCENT_OF, ratio * _HUNDRED)


def growth(actual: Decimal | None, base: Decimal | None) -> Comparison:
    """Return by how many percent a figure is above another one, below zero where it is under it."""
    ratio = _ratio(actual, base)
    if isinstance(ratio, Unsaid):
        return Comparison(Way.GROWTH, unsaid=ratio)
    return Comparison(Way.GROWTH, (ratio - 1) * _HUNDRED)


def times(actual: Decimal | None, base: Decimal | None) -> Comparison:
    """Return how many times another figure it is: the ratio, never the ratio less one.

    >>> times(Decimal(60), Decimal(2)).value
    Fraction(30, 1)
    """
    ratio = _ratio(actual, base)
    if isinstance(ratio, Unsaid):
        return Comparison(Way.TIMES, unsaid=ratio)
    return Comparison(Way.TIMES, ratio)


def change(
    actual: Decimal | None, base: Decimal | None, *, fold_from: Fraction = FOLD_FROM
) -> Comparison:
    """Return the growth, or how many times as much it is from the ratio ``fold_from`` on."""
    found = times(actual, base)
    if found.value is not None and found.value >= fold_from:
        return found
    return growth(actual, base)


def points(actual: Decimal | None, base: Decimal | None) -> Comparison:
    """Return by how many percentage points one share is above another; of any sign, also 0.

    >>> points(Decimal("86.50"), Decimal("83.57")).value == Fraction("2.93")
    True
    """
    if actual is None or base is None:
        missing = Unsaid.NO_VALUE if actual is None else Unsaid.NO_BASE
        return Comparison(Way.POINTS, unsaid=missing)
    return Comparison(Way.POINTS, Fraction(actual) - Fraction(base))


def a_year(actual: Decimal | None, base: Decimal | None, *, years: int) -> Comparison:
    """Return by how many percent a figure grew each year, compounded over so many years.

    Exact where the root is rational, to sixty digits elsewhere.

    >>> a_year(Decimal(121), Decimal(100), years=2).value
    Fraction(10, 1)
    """
    if years < 1:
        return Comparison(Way.A_YEAR, unsaid=Unsaid.NO_TIME)
    ratio = _ratio(actual, base)
    if isinstance(ratio, Unsaid):
        return Comparison(Way.A_YEAR, unsaid=ratio, years=years)
    return Comparison(Way.A_YEAR, (_root(ratio, years) - 1) * _HUNDRED, years=years)


def _ratio(actual: Decimal | None, base: Decimal | None) -> Fraction | Unsaid:
    """Return the ratio to a base above zero; below zero there are no words for a ratio."""
    if actual is None:
        return Unsaid.NO_VALUE
    if base is None:
        return Unsaid.NO_BASE
    if base <= 0:
        return Unsaid.NEGATIVE_BASE if base < 0 else Unsaid.ZERO_BASE
    if actual < 0:
        return Unsaid.NEGATIVE_VALUE
    return Fraction(actual) / Fraction(base)


def _root(ratio: Fraction, degree: int) -> Fraction:
    if not ratio:
        return ratio
    with localcontext() as context:
        context.prec = _DIGITS
        parts = [Decimal(part) ** (Decimal(1) / degree) for part in ratio.as_integer_ratio()]
        near = Fraction(*(int(part.to_integral_value()) for part in parts))
        if near**degree == ratio:
            return near
        return Fraction(parts[0] / parts[1])


class Attainment(StrEnum):
    """What became of a target, from best to worst, and last what nobody can say yet."""

    EXCEEDED = "exceeded"
    MET = "met"
    MISSED = "missed"
    NOT_JUDGED = "not_judged"


@dataclass(frozen=True, slots=True)
class Planned:
    """What a target asks for. Only a range has a ``high``, and needs it: else ValueError.

    ``higher_is_better`` tells on which side of a value that is to be reached exactly, or of a
    range, lies more than was asked for; None: on neither.
    """

    comparator: Comparator
    value: Decimal
    high: Decimal | None = None
    higher_is_better: bool | None = None

    def __post_init__(self) -> None:
        if (self.comparator is Comparator.RANGE) != (self.high is not None):
            raise ValueError(f"{self.comparator} with the second value {self.high}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a target, and whether that rests on an estimate."""

    attainment: Attainment
    is_estimated: bool = False


def judge(
    planned: Planned,
    actual: Decimal | None,
    *,
    has_ended: bool,
    is_estimated: bool = False,
    is_cumulative: bool = False,
) -> Outcome:
    """Say whether a target was met.

    An estimate for the whole time is judged as one. Before the time has ended an actual figure is
    judged only where it ``is_cumulative`` and can only grow: what is reached then stays reached,
    and a limit that is passed stays passed. A bound that must be passed ("above 7 %") is met by
    what passes it, never exceeded: it names no value that would just do.
    """
    if actual is None:
        return Outcome(Attainment.NOT_JUDGED)
    found = _attained(planned, actual)
    if has_ended or is_estimated:
        return Outcome(found, is_estimated)
    settled = is_cumulative and _is_settled(planned, found)
    return Outcome(found if settled else Attainment.NOT_JUDGED)


def _is_settled(planned: Planned, found: Attainment) -> bool:
    """Say whether a figure that can only grow leaves no other end open."""
    if planned.comparator in (Comparator.AT_MOST, Comparator.BELOW):
        return found is Attainment.MISSED
    is_floor = planned.comparator in (Comparator.AT_LEAST, Comparator.ABOVE) or (
        planned.comparator is Comparator.EXACTLY and planned.higher_is_better is True
    )
    return is_floor and found is not Attainment.MISSED


def _attained(planned: Planned, actual: Decimal) -> Attainment:
    low, high = planned.value, planned.value if planned.high is None else planned.high
    if planned.comparator is Comparator.ABOVE:
        return Attainment.MET if actual > low else Attainment.MISSED
    if planned.comparator is Comparator.BELOW:
        return Attainment.MET if actual < high else Attainment.MISSED
    if low <= actual <= high:
        return Attainment.MET
    better = {Comparator.AT_LEAST: True, Comparator.AT_MOST: False}.get(
        planned.comparator, planned.higher_is_better
    )
    return Attainment.EXCEEDED if better is (actual > high) else Attainment.MISSED


@dataclass(frozen=True, slots=True)
class Score:
    """How many targets came to what; ``estimated`` of those that were reached rest on estimates."""

    exceeded: int = 0
    met: int = 0
    missed: int = 0
    not_judged: int = 0
    estimated: int = 0

    def __add__(self, other: Self) -> Self:
        """Return both together."""
        return type(self)(
            self.exceeded + other.exceeded,
            self.met + other.met,
            self.missed + other.missed,
            self.not_judged + other.not_judged,
            self.estimated + other.estimated,
        )

    @property
    def reached(self) -> int:
        """Met or exceeded."""
        return self.exceeded + self.met

    @property
    def total(self) -> int:
        """All of them: what nobody can judge yet is in the denominator."""
        return self.reached + self.missed + self.not_judged


def score(outcomes: Iterable[Outcome]) -> Score:
    """Count what became of targets."""
    found = list(outcomes)
    held = [one.attainment for one in found]
    reached = (Attainment.EXCEEDED, Attainment.MET)
    return Score(
        exceeded=held.count(Attainment.EXCEEDED),
        met=held.count(Attainment.MET),
        missed=held.count(Attainment.MISSED),
        not_judged=held.count(Attainment.NOT_JUDGED),
        estimated=sum(one.is_estimated and one.attainment in reached for one in found),
    )
