"""Judging one actual number by what a target promises.

Whatever is promised (a level, a rank, a percentage of the plan, so many times, so much growth in
all or each year) leads to a level, and levels are compared as exact fractions: nothing is rounded
before it is judged. *Exceeded* means strictly better than the planned level; where the promise is
strict ("below 3 %") no level is named that could be passed, and being below is meeting it. A target
is missed only when its time is over and a number says so: without a number, or while time still
runs, it is not judged yet. What a higher number makes better counts as soon as it is reached, and
is marked as early. Source: the comparators of planning documents and the five standings of target
tables (exceeded, met, not met, not yet judged, estimated).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from lotrinh.rules.figures import Basis, weakest
from lotrinh.rules.target_terms import Comparator, Direction, Reckoning

Number = Decimal | Fraction


class Verdict(StrEnum):
    """How an actual number stands to the promise."""

    EXCEEDED = "exceeded"
    MET = "met"
    MISSED = "missed"
    NOT_YET = "not_yet"


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
class Judgement:
    """A verdict with the basis of the number it rests on; ``because`` of one that is not yet.

    ``early``: reached while time still runs, so it may be lost again.
    """

    verdict: Verdict
    basis: Basis | None = None
    because: NotJudged | None = None
    early: bool = False
    soft: bool = False

    @property
    def is_estimated(self) -> bool:
        """Whether it rests on an estimate, so that it is only expected."""
        return self.verdict is not Verdict.NOT_YET and self.basis is Basis.ESTIMATED


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a named agency said of a target that no number can judge."""

    agency: str
    verdict: Verdict

    def __post_init__(self) -> None:
        if not self.agency.strip() or self.verdict is Verdict.NOT_YET:
            raise ValueError("a ruling names its agency and says how the target stands")


class _Gap(Exception):
    """Something without which nothing can be said."""

    def __init__(self, cause: NotJudged) -> None:
        super().__init__(cause)
        self.cause = cause


def judged(yardstick: Yardstick, actual: Number | None, *, basis: Basis, at_end: bool) -> Judgement:
    """Judge a number; ``at_end``: it tells of the whole time of the target, or estimates it.

    Raises ValueError where the basis is a plan: a plan is not judged by itself.

    >>> below = Yardstick(Comparator.BELOW, Decimal(3))
    >>> judged(below, Decimal("2.9"), basis=Basis.VERIFIED, at_end=True).verdict.value
    'met'
    """
    if basis is Basis.PLANNED:
        raise ValueError("a plan is no actual")
    try:
        verdict = _verdict(yardstick, actual)
    except _Gap as gap:
        return Judgement(Verdict.NOT_YET, basis, gap.cause, soft=yardstick.soft)
    if at_end:
        return Judgement(verdict, basis, soft=yardstick.soft)
    grows = yardstick.better is Direction.HIGHER and yardstick.comparator is not Comparator.KEEP
    if not grows or verdict is Verdict.MISSED:
        return Judgement(Verdict.NOT_YET, basis, NotJudged.TIME_RUNS, soft=yardstick.soft)
    return Judgement(verdict, basis, early=True, soft=yardstick.soft)


def ruled(yardstick: Yardstick, ruling: Ruling | None) -> Judgement:
    """Judge a target of words by what the agency said; raises ValueError where a number judges."""
    if yardstick.comparator is not Comparator.JUDGED:
        raise ValueError(f"{yardstick.comparator.name} is judged by a number")
    if ruling is None:
        return Judgement(Verdict.NOT_YET, None, NotJudged.WORDS_AWAITED, soft=yardstick.soft)
    return Judgement(ruling.verdict, Basis.VERIFIED, soft=yardstick.soft)


def _verdict(yardstick: Yardstick, actual: Number | None) -> Verdict:
    if yardstick.comparator is Comparator.JUDGED:
        raise _Gap(NotJudged.WORDS_AWAITED)
    if actual is None:
        raise _Gap(NotJudged.NO_ACTUAL)
    number = Fraction(actual)
    if yardstick.reckoning is Reckoning.RANK and (number < 1 or number.denominator != 1):
        raise _Gap(NotJudged.NOT_A_RANK)
    low, high = _ends(yardstick)
    if yardstick.comparator is Comparator.ABOVE:
        return Verdict.MET if number > low else Verdict.MISSED
    if yardstick.comparator is Comparator.BELOW:
        return Verdict.MET if number < low else Verdict.MISSED
    if low <= number <= high:
        return Verdict.MET
    side = Direction.HIGHER if number > high else Direction.LOWER
    return Verdict.EXCEEDED if side is yardstick.better else Verdict.MISSED


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


def together(judgements: Iterable[Judgement]) -> Judgement:
    """Return the judgement of a promise of several parts that must all hold.

    Missed as soon as one is; else not judged while one is not; exceeded only where all are. Raises
    ValueError of none.
    """
    parts = list(judgements)
    verdicts = {part.verdict for part in parts}
    if not parts:
        raise ValueError("a promise has a part")
    order = (Verdict.MISSED, Verdict.NOT_YET, Verdict.MET, Verdict.EXCEEDED)
    verdict = next(one for one in order if one in verdicts)
    because = [part.because for part in parts if part.because] if verdict is Verdict.NOT_YET else []
    deciding = [part for part in parts if part.verdict is verdict]
    resting = deciding if verdict in order[:2] else parts
    return Judgement(
        verdict,
        weakest(part.basis for part in resting if part.basis),
        because[0] if because else None,
        early=verdict is not Verdict.NOT_YET and any(part.early for part in resting),
        soft=all(part.soft for part in parts),
    )
