"""What became of targets in a period: the total of each held against what was planned.

Plan, estimate and actual are never mixed: what units reported counts, and only where nobody
reported is an estimate taken, which is then said to be one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from lotrinh.apps.reporting.models import Period
from lotrinh.apps.reporting.selectors.measuring import per_of
from lotrinh.apps.reporting.selectors.totals import TotalRead, totals_of
from lotrinh.apps.targets.models import Measure, Target
from lotrinh.apps.units.models import Unit
from lotrinh.rules.comparing import Outcome, judge
from lotrinh.rules.figures import Basis
from lotrinh.rules.target_count import Score, score
from lotrinh.rules.target_terms import Comparator

TOLD = (Basis.VERIFIED, Basis.SELF_REPORTED, Basis.ESTIMATED)
"""Whose word is taken first. What citizens say is a series of its own and judges no target."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A target with its total. ``basis`` and ``total`` are None where nobody has told anything."""

    target: Target
    basis: Basis | None
    total: TotalRead | None
    outcome: Outcome

    @property
    def actual(self) -> Fraction | None:
        """What was reached in the unit of the measure, not rounded."""
        if self.total is None or self.total.exact is None:
            return None
        return self.total.exact * per_of(self.target.measure)

    @property
    def of_plan(self) -> Fraction | None:
        """What was reached as a share of the plan, in percent; None where one of them is not said.

        Of a target that is better the lower it is this says nothing of success.
        """
        planned = self.target.value
        if self.actual is None or planned is None or planned == 0:
            return None
        return self.actual / Fraction(planned) * 100


def reached_in(
    *, targets: Sequence[Target], period: Period, seen_by: int, on: date
) -> tuple[Reached, ...]:
    """Return what became of each target in a period, as the account may see it, in their order.

    A target is that of its unit, or of the one to which it is owed where nobody leads it. Its time
    has ended where the period ends no earlier than it falls due.
    """
    totals = _totals(targets, period, seen_by=seen_by, on=on)
    return tuple(_reached(target, totals.get(_key(target)), period) for target in targets)


def score_of(found: Iterable[Reached]) -> Score:
    """Return how many of the targets came to what."""
    return score(one.outcome for one in found)


Told = tuple[Basis, TotalRead]


def _key(target: Target) -> tuple[int, int]:
    return target.unit_id or target.owed_to_id, target.measure_id


def _totals(
    targets: Sequence[Target], period: Period, *, seen_by: int, on: date
) -> dict[tuple[int, int], Told]:
    """Return by unit and measure the first total that says something, in the order of ``TOLD``."""
    wanted: dict[Unit, dict[int, Measure]] = {}
    for target in targets:
        unit = target.unit or target.owed_to
        wanted.setdefault(unit, {})[target.measure_id] = target.measure
    found: dict[tuple[int, int], Told] = {}
    for unit, measures in wanted.items():
        for basis in TOLD:
            missing = [one for pk, one in measures.items() if (unit.pk, pk) not in found]
            if not missing:
                break
            read = totals_of(
                unit=unit, measures=missing, period=period, basis=basis, seen_by=seen_by, on=on
            )
            told = {(unit.pk, pk): (basis, one) for pk, one in read.items() if one.answers}
            found.update(told)
    return found


def _reached(target: Target, told: Told | None, period: Period) -> Reached:
    basis, total = told if told is not None else (None, None)
    exact = None if total is None else total.exact
    outcome = outcome_of(
        target,
        None if exact is None else exact * per_of(target.measure),
        period=period,
        basis=basis,
        grows=bool(target.measure.accumulates),
    )
    return Reached(target, basis, total, outcome)


def outcome_of(
    target: Target,
    actual: Fraction | None,
    *,
    period: Period,
    basis: Basis | None,
    grows: bool,
) -> Outcome:
    """Say what became of a target by a number that is in its unit of measure.

    ``grows``: the number counts from the beginning of the year, so that it can only grow.
    """
    return judge(
        target.yardstick,
        actual,
        has_ended=target.due is not None and period.ends > target.due,
        is_estimated=basis is Basis.ESTIMATED,
        is_cumulative=grows and target.comparator != Comparator.JUDGED,
    )
