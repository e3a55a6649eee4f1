"""Questions on a new figure, from its own history and from the units below; never refusals.

A figure that is unlike those before it may be right: the officer answers with a word, and the word
is kept. So each question says what made it, in numbers, and how much is much is handed in: these
thresholds are data of the office that asks. What is missing is compared with nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

Told = Decimal | Fraction | int
_ZERO = Fraction(0)
_NEARLY = 1.000001  # by so much numbers of the machine may miss exact ones


class Unlikely(StrEnum):
    """What is odd about a figure."""

    NEGATIVE = "negative"  # below zero, where no figure was before
    ABOVE_WHOLE = "above_whole"  # the numerator is more than the denominator
    UNIT_SLIP = "unit_slip"  # a thousand, a million or a billion times what is usual
    JUMP = "jump"
    FELL = "fell"  # what is counted since the year began is less than it was
    UNCHANGED = "unchanged"  # exactly the figure of the last period
    PARTS_DIFFER = "parts_differ"  # the units below do not add up to it
    PARTS_EXCEED = "parts_exceed"  # those that have reported are more than it already


@dataclass(frozen=True, slots=True)
class Entered:
    """A figure as it was reported: a value, and of a pair the denominator."""

    value: Decimal
    over: Decimal | None = None

    @property
    def size(self) -> Fraction | None:
        """What is compared through time: the value, of a pair the share; None of nothing."""
        if self.over is None:
            return Fraction(self.value)
        return Fraction(self.value) / Fraction(self.over) if self.over else None


@dataclass(frozen=True, slots=True)
class Past:
    """What the unit reported before; None where it did not.

    ``last`` is the period before. ``year_before`` is the same period of last year: what goes up and
    down with the seasons is no jump against it. ``since_new_year`` is the last cumulative figure of
    the same year, for a measure that is counted so. ``earlier`` are other figures known, for the
    sign alone.
    """

    last: Entered | None = None
    year_before: Entered | None = None
    since_new_year: Entered | None = None
    earlier: tuple[Entered, ...] = ()


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How much is much.

    ``jump``: more than so many times, or less than one of so many. ``slips``: powers of ten by
    which units are mistaken; ``slip_within``: how many times off such a power still looks like it.
    ``parts_within``: by which share of a figure its parts may miss it, for what is rounded.
    Raises ValueError for a factor below 1 or a share below 0.
    """

    jump: Fraction
    slip_within: Fraction
    slips: tuple[int, ...] = (3, 6, 9)
    parts_within: Fraction = _ZERO

    def __post_init__(self) -> None:
        if self.jump < 1 or self.slip_within < 1 or self.parts_within < 0:
            raise ValueError(f"no thresholds: {self}")


@dataclass(frozen=True, slots=True)
class FigureQuestion:
    """One question on a figure; ``data`` are the numbers that made it."""

    odd: Unlikely
    data: Mapping[str, Told] = field(default_factory=dict)


def questions(
    entered: Entered,
    *,
    past: Past,
    thresholds: Thresholds,
    parts: Sequence[Entered | None] = (),
    may_exceed_whole: bool = False,
) -> tuple[FigureQuestion, ...]:
    """Return what there is to ask about a figure before it is handed in.

    ``parts`` are the figures of the units below where they should add up to it; None where one has
    not reported. Each oddity is asked about once: what looks like a mistaken unit is no jump too.

    >>> asked = questions(
    ...     Entered(Decimal(45_000_000)),
    ...     past=Past(last=Entered(Decimal(40_000))),
    ...     thresholds=Thresholds(jump=Fraction(5), slip_within=Fraction(2)))
    >>> asked[0].odd.value, asked[0].data["power"], asked[0].data["instead"]
    ('unit_slip', 3, Fraction(45000, 1))
    """
    found = [
        _negative(entered, past),
        None if may_exceed_whole else _above_whole(entered),
        _slip(entered, past, thresholds) or _jump(entered, past, thresholds),
        _fell(entered, past),
        _unchanged(entered, past),
        *_of_parts(entered, parts, thresholds),
    ]
    return tuple(question for question in found if question is not None)


def is_usual(entered: Entered, *, past: Past, thresholds: Thresholds) -> bool:
    """Say, without exact arithmetic, that nothing is to be asked of a figure by its own past.

    False where only ``questions`` can say so. For whoever judges many figures at once, of which few
    are unlike the others.
    """
    before = past.since_new_year
    if entered.value < 0 or entered == past.last:
        return False
    if entered.over is not None and entered.value > entered.over:
        return False
    if before is not None and entered.value < before.value:
        return False
    size = _about(entered)
    bases = [_about(one) for one in (past.last, past.year_before) if one is not None]
    ratios = [] if size is None else [size / one for one in bases if one and size / one >= 0]
    slips = (10**power / thresholds.slip_within for power in thresholds.slips)
    most = float(min(thresholds.jump, *slips)) / _NEARLY
    return not ratios or any(1 / most < ratio < most for ratio in ratios)


def _about(entered: Entered) -> float | None:
    """Return nearly the size of a figure."""
    if entered.over is None:
        return float(entered.value)
    return float(entered.value) / float(entered.over) if entered.over else None


def _negative(entered: Entered, past: Past) -> FigureQuestion | None:
    known = [past.last, past.year_before, past.since_new_year, *past.earlier]
    was_negative = any(one is not None and one.value < 0 for one in known)
    if entered.value >= 0 or was_negative:
        return None
    return FigureQuestion(Unlikely.NEGATIVE, {"value": entered.value})


def _above_whole(entered: Entered) -> FigureQuestion | None:
    if entered.over is None or entered.value <= entered.over:
        return None
    return FigureQuestion(Unlikely.ABOVE_WHOLE, {"value": entered.value, "over": entered.over})


def _slip(entered: Entered, past: Past, thresholds: Thresholds) -> FigureQuestion | None:
    """Ask about a figure that is nearly a power of ten times every one with which it compares."""
    ratios = _ratios(entered, past)
    for power in thresholds.slips:
        for way in (power, -power):
            factor = Fraction(10) ** way
            if ratios and all(_is_near(ratio / factor, thresholds) for ratio in ratios):
                size = entered.size or _ZERO
                return FigureQuestion(Unlikely.UNIT_SLIP, {"power": way, "instead": size / factor})
    return None


def _is_near(ratio: Fraction, thresholds: Thresholds) -> bool:
    return 1 / thresholds.slip_within <= ratio <= thresholds.slip_within


def _jump(entered: Entered, past: Past, thresholds: Thresholds) -> FigureQuestion | None:
    """Ask about a figure that is far from every one with which it compares, all to one side."""
    ratios = _ratios(entered, past)
    rises = bool(ratios) and all(ratio > thresholds.jump for ratio in ratios)
    falls = bool(ratios) and all(ratio * thresholds.jump < 1 for ratio in ratios)
    if not rises and not falls:
        return None
    nearest = min(ratios) if rises else max(ratios)
    return FigureQuestion(Unlikely.JUMP, {"ratio": nearest, "threshold": thresholds.jump})


def _ratios(entered: Entered, past: Past) -> list[Fraction]:
    """Return the ratios to the last figure and to that of a year before, where there are any.

    There is none to zero, and none between figures of different signs: the sign is asked about by
    itself.
    """
    size = entered.size
    bases = [one.size for one in (past.last, past.year_before) if one is not None]
    if size is None:
        return []
    return [size / base for base in bases if base and size / base >= 0]


def _fell(entered: Entered, past: Past) -> FigureQuestion | None:
    before = past.since_new_year
    if before is None or entered.value >= before.value:
        return None
    return FigureQuestion(Unlikely.FELL, {"value": entered.value, "before": before.value})


def _unchanged(entered: Entered, past: Past) -> FigureQuestion | None:
    """Ask about the very figure of the last period; nothing twice is no copy."""
    if entered.value == 0 or entered != past.last:
        return None
    return FigureQuestion(Unlikely.UNCHANGED, {"value": entered.value})


def _of_parts(
    entered: Entered, parts: Sequence[Entered | None], thresholds: Thresholds
) -> Iterable[FigureQuestion | None]:
    known = [part for part in parts if part is not None]
    missing = len(parts) - len(known)
    if not known:
        return
    yield _sum(entered.value, [part.value for part in known], missing, thresholds, is_over=False)
    overs = [part.over for part in known if part.over is not None]
    if entered.over is not None and len(overs) == len(known):
        yield _sum(entered.over, overs, missing, thresholds, is_over=True)


def _sum(
    whole: Decimal,
    parts: Sequence[Decimal],
    missing: int,
    thresholds: Thresholds,
    *,
    is_over: bool,
) -> FigureQuestion | None:
    """Compare a figure with the sum below it; with some missing only what exceeds it is odd."""
    total = sum((Fraction(part) for part in parts), _ZERO)
    off = total - Fraction(whole)
    if abs(off) <= abs(Fraction(whole)) * thresholds.parts_within:
        return None
    data: dict[str, Told] = {
        "value": whole,
        "total": total,
        "missing": missing,
        "is_over": int(is_over),
    }
    if not missing:
        return FigureQuestion(Unlikely.PARTS_DIFFER, data)
    can_only_grow = all(part >= 0 for part in parts)
    return FigureQuestion(Unlikely.PARTS_EXCEED, data) if off > 0 and can_only_grow else None
