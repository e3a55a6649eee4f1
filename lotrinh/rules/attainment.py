"""Whether a target was met, and how many were.

Judged by the comparator, never by a percentage: 5 % unemployment against "below 3 %" is 166.7 % of
the limit and a target that was missed. What nobody can judge yet is counted beside the others, and
what rests on an estimate says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Self

from lotrinh.rules.target_terms import Comparator


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
