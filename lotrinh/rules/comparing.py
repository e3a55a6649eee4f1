"""Judging one actual number by what a target promises.

Whatever is promised (a level, a rank, a percentage of the plan, so many times, so much growth in
all or each year) leads to a level, and levels are compared as exact fractions: nothing is rounded
before it is judged. *Exceeded* means strictly better than the planned level; where the promise is
strict ("below 3 %") no level is named that could be passed, and being below is meeting it. A target
is missed only when a number says so and its time is over, or nothing can mend it: until then, or
without a number, it is not judged yet. Source: the comparators of planning documents and the five
standings of target tables (exceeded, met, not met, not yet judged, estimated).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from lotrinh.rules.target_terms import Comparator, Direction, Reckoning

Number = Decimal | Fraction


class Attainment(StrEnum):
    """What became of a target, from best to worst, and last what nobody can say yet."""

    EXCEEDED = "exceeded"
    MET = "met"
    MISSED = "missed"
    NOT_JUDGED = "not_judged"


class NotJudged(StrEnum):
    """Why a target is not judged yet."""

    NO_ACTUAL = "no_actual"
    NO_PLAN = "no_plan"
    NO_BASE = "no_base"
    BASE_NOT_ABOVE_NOUGHT = "base_not_above_nought"
    NO_TOLERANCE = "no_tolerance"
    NO_YEARS = "no_years"
    NOT_A_RANK = "not_a_rank"
    TIME_RUNS = "time_runs"
    WORDS_AWAITED = "words_awaited"


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What is promised. ``high`` ends a range, ``tolerance`` is in the unit of ``planned``.

    ``base`` is what a change is measured from and what is to be kept; ``years`` lie between it and
    the promise. ``direction`` is asked only where the comparator has none. ``soft``: an aspiration,
    which does not bind.
    """

    comparator: Comparator
    planned: Decimal | None = None
    high: Decimal | None = None
    tolerance: Decimal | None = None
    base: Number | None = None
    years: int | None = None
    reckoning: Reckoning = Reckoning.LEVEL
    direction: Direction | None = None
    soft: bool = False

    def __post_init__(self) -> None:
        if self.comparator is Comparator.RANGE and not self._ends_in_order():
            raise ValueError(f"a range has two ends, the lower first: {self.planned} {self.high}")
        if self.tolerance is not None and self.tolerance < 0:
            raise ValueError(f"a tolerance is not below nought: {self.tolerance}")
        if self.years is not None and self.years < 1:
            raise ValueError(f"compound growth needs a year at least: {self.years}")

    def _ends_in_order(self) -> bool:
        return self.planned is None or (self.high is not None and self.planned < self.high)

    @property
    def better(self) -> Direction | None:
        """Which way is better; None: neither, the number itself is wanted."""
        if self.comparator in {Comparator.AT_LEAST, Comparator.ABOVE}:
            return Direction.HIGHER
        if self.comparator in {Comparator.AT_MOST, Comparator.BELOW}:
            return Direction.LOWER
        if self.reckoning is Reckoning.RANK:
            return Direction.LOWER
        if self.comparator is Comparator.KEEP:
            return self.direction or Direction.HIGHER
        return self.direction


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a target; ``because`` of one that is not judged.

    One that ``is_estimated`` rests on an estimate, so it is only expected. ``soft``: an aspiration.
    """

    attainment: Attainment
    is_estimated: bool = False
    because: NotJudged | None = None
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a named agency said of a target that no number can judge."""

    agency: str
    attainment: Attainment

    def __post_init__(self) -> None:
        if not self.agency.strip() or self.attainment is Attainment.NOT_JUDGED:
            raise ValueError("a ruling names its agency and says how the target stands")


_GRAVEST = (Attainment.EXCEEDED, Attainment.MET, Attainment.NOT_JUDGED, Attainment.MISSED)


class _Gap(Exception):
    """Something without which nothing can be said."""

    def __init__(self, cause: NotJudged) -> None:
        super().__init__(cause)
        self.cause = cause


def judge(
    yardstick: Yardstick,
    actual: Number | None,
    *,
    has_ended: bool,
    is_estimated: bool = False,
    is_cumulative: bool = False,
) -> Outcome:
    """Say what became of a target.

    An estimate is one for the whole time and is judged as such. Before the time ``has_ended`` an
    actual number is judged only where it ``is_cumulative`` and can only grow: what is reached then
    stays reached, and a limit that is passed stays passed.

    >>> below = Yardstick(Comparator.BELOW, Decimal(3))
    >>> judge(below, Decimal("2.9"), has_ended=True).attainment.value
    'met'
    """
    try:
        found, is_settled = _attained(yardstick, actual)
    except _Gap as gap:
        return Outcome(Attainment.NOT_JUDGED, because=gap.cause, soft=yardstick.soft)
    if has_ended or is_estimated:
        return Outcome(found, is_estimated, soft=yardstick.soft)
    if is_cumulative and is_settled:
        return Outcome(found, soft=yardstick.soft)
    return Outcome(Attainment.NOT_JUDGED, because=NotJudged.TIME_RUNS, soft=yardstick.soft)


def ruled(yardstick: Yardstick, ruling: Ruling | None) -> Outcome:
    """Judge a target of words by what the agency said; raises ValueError where a number judges."""
    if yardstick.comparator is not Comparator.JUDGED:
        raise ValueError(f"{yardstick.comparator.name} is judged by a number")
    if ruling is None:
        cause = NotJudged.WORDS_AWAITED
        return Outcome(Attainment.NOT_JUDGED, because=cause, soft=yardstick.soft)
    return Outcome(ruling.attainment, soft=yardstick.soft)


def _attained(yardstick: Yardstick, actual: Number | None) -> tuple[Attainment, bool]:
    """Judge a number, and say whether it stays so however much the number grows."""
    if yardstick.comparator is Comparator.JUDGED:
        raise _Gap(NotJudged.WORDS_AWAITED)
    if actual is None:
        raise _Gap(NotJudged.NO_ACTUAL)
    number = Fraction(actual)
    if yardstick.reckoning is Reckoning.RANK and (number < 1 or number.denominator != 1):
        raise _Gap(NotJudged.NOT_A_RANK)
    low, high = _ends(yardstick)
    if yardstick.comparator is Comparator.ABOVE:
        return (Attainment.MET, True) if number > low else (Attainment.MISSED, False)
    if yardstick.comparator is Comparator.BELOW:
        return (Attainment.MET, False) if number < low else (Attainment.MISSED, True)
    if low <= number <= high:
        return Attainment.MET, yardstick.better is Direction.HIGHER
    side = Direction.HIGHER if number > high else Direction.LOWER
    found = Attainment.EXCEEDED if side is yardstick.better else Attainment.MISSED
    return found, number > high


def ends_of(yardstick: Yardstick) -> tuple[Fraction, Fraction] | None:
    """Return the lowest and the highest level that is just what was promised; None: no number is.

    >>> ends_of(Yardstick(Comparator.AT_LEAST, Decimal(36)))
    (Fraction(36, 1), Fraction(36, 1))
    """
    try:
        return _ends(yardstick)
    except _Gap:
        return None


def _ends(yardstick: Yardstick) -> tuple[Fraction, Fraction]:
    """Return the lowest and the highest level that is just what was promised."""
    if yardstick.comparator is Comparator.KEEP:
        kept = _base(yardstick)
        return kept, kept
    if yardstick.planned is None:
        raise _Gap(NotJudged.NO_PLAN)
    low = high = Fraction(yardstick.planned)
    if yardstick.comparator is Comparator.RANGE and yardstick.high is not None:
        high = Fraction(yardstick.high)
    if yardstick.comparator is Comparator.ABOUT:
        if yardstick.tolerance is None:
            raise _Gap(NotJudged.NO_TOLERANCE)
        low, high = low - Fraction(yardstick.tolerance), high + Fraction(yardstick.tolerance)
    return _level(yardstick, low), _level(yardstick, high)


def _level(yardstick: Yardstick, promised: Fraction) -> Fraction:
    """Return the level to which a promised number leads; rises with it."""
    reckoning = yardstick.reckoning
    if reckoning in {Reckoning.LEVEL, Reckoning.RANK}:
        return promised
    base = _base(yardstick)
    if reckoning is Reckoning.POINTS:
        return base + promised
    if base <= 0:
        raise _Gap(NotJudged.BASE_NOT_ABOVE_NOUGHT)
    if reckoning is Reckoning.FOLD:
        return base * promised
    if reckoning is Reckoning.OF_BASE:
        return base * promised / 100
    growth = max(1 + promised / 100, Fraction(0))  # what falls by more than all is all gone
    if reckoning is Reckoning.CHANGE:
        return base * growth
    if yardstick.years is None:
        raise _Gap(NotJudged.NO_YEARS)
    return base * growth**yardstick.years


def _base(yardstick: Yardstick) -> Fraction:
    if yardstick.base is None:
        raise _Gap(NotJudged.NO_BASE)
    return Fraction(yardstick.base)


def together(outcomes: Iterable[Outcome]) -> Outcome:
    """Return what became of a promise of several parts that must all hold.

    Missed as soon as one is; else not judged while one is not; exceeded only where all are. Raises
    ValueError of none.
    """
    parts = list(outcomes)
    if not parts:
        raise ValueError("a promise has a part")
    found = max((part.attainment for part in parts), key=_GRAVEST.index)
    deciding = [part for part in parts if part.attainment is found]
    is_decided = found in {Attainment.MISSED, Attainment.NOT_JUDGED}
    return Outcome(
        found,
        # one part that is missed for certain settles it; else every part has to be certain
        is_estimated=(
            all(part.is_estimated for part in deciding)
            if is_decided
            else any(part.is_estimated for part in parts)
        ),
        because=deciding[0].because,
        soft=all(part.soft for part in parts),
    )
