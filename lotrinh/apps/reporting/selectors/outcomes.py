"""What became of targets: the last of their figures, each held against what was planned.

Plan, estimate and actual are never mixed: what units reported counts, and only where nobody
reported is an estimate taken, which is then said to be one.
"""

from collections.abc import Collection as Held
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from lotrinh.apps.reporting.models import Period, TotalSheet
from lotrinh.apps.reporting.selectors.measuring import ground_of
from lotrinh.apps.reporting.selectors.series import (
    Point,
    Told,
    is_added_up,
    kinds_shown,
    last_of,
    places_of,
    points_of,
    sheets_of,
    told_of,
    year_of,
)
from lotrinh.apps.targets import selectors as planned
from lotrinh.apps.targets.models import Measure, Target
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.comparing import Outcome, judge
from lotrinh.rules.figures import Basis
from lotrinh.rules.ledger import Ground
from lotrinh.rules.target_count import Score, score
from lotrinh.rules.target_terms import Comparator


@dataclass(frozen=True, slots=True)
class Reached:
    """A target with the last period told of it; ``point`` is None where nothing was told."""

    target: Target
    point: Point | None
    outcome: Outcome

    @property
    def actual(self) -> Fraction | None:
        """What was reached in the unit of the measure, not rounded."""
        return self.point.reached if self.point else None

    @property
    def basis(self) -> Basis | None:
        """Whose word it is; None where nobody has told anything."""
        said = self.point.said if self.point else None
        return said.basis if said else None


def periods_told(*, targets: Iterable[Target]) -> tuple[Period, ...]:
    """Return the periods for which something was told of these targets, the latest first."""
    sheets = sheets_of({target.measure for target in targets})
    return tuple({sheet.period_id: sheet.period for sheet in reversed(sheets)}.values())


def reached_by(
    *, targets: Sequence[Target], seen_by: int, on: date, period: Period | None = None
) -> tuple[Reached, ...]:
    """Return what became of each target, as the account may see it, in their order.

    It is read where the page of the target reads it: in the last period that was told of, or in
    ``period`` alone. However many targets there are, it asks as often as for one, of a tree once
    for each day on which a last period ends.
    """
    measures = {target.measure for target in targets}
    sheets = [one for one in sheets_of(measures) if period is None or _until(period, one.period)]
    if not sheets:
        return tuple(_reached(target, None) for target in targets)
    reach = units.reach(user_id=seen_by, action=Action.READ_FIGURE, on=on)
    known = periods_by_measure(measures, sheets)
    places = places_seen(targets, grounds_of(known), reach)
    asked = {pk for found in places.values() for pk in found}
    told = told_of(measures, sheets, asked)
    found = []
    for target in targets:
        at = told[target.measure_id]
        said = next((at[pk] for pk in places[target.pk] if pk in at), None)
        point = _point(target, known[target.measure_id], said, period, on) if said else None
        found.append(_reached(target, point))
    return tuple(found)


def score_of(found: Iterable[Reached]) -> Score:
    """Return how many of the targets came to what."""
    return score(one.outcome for one in found)


def _until(period: Period, other: Period) -> bool:
    """Say whether another period is of the kind of this one and ends no later."""
    return other.kind_id == period.kind_id and other.ends <= period.ends


def grounds_of(known: Mapping[int, Mapping[int, Period]]) -> dict[int, Ground]:
    """Return by measure the tree of the last day told of; a day's tree is asked for once."""
    by_day: dict[date, Ground] = {}
    found: dict[int, Ground] = {}
    for measure_id, periods in known.items():
        if not periods:
            continue
        last = max(periods.values(), key=lambda one: (one.ends, one.starts, one.pk))
        if last.rule.last not in by_day:
            by_day[last.rule.last] = ground_of(last).ground
        found[measure_id] = by_day[last.rule.last]
    return found


def places_seen(
    targets: Iterable[Target], grounds: Mapping[int, Ground], reach: Held[int]
) -> dict[int, tuple[int, ...]]:
    """Return by target at which units its total may stand, those alone that may be read."""
    held = planned.units_with_parts_of(targets=targets)
    found: dict[int, tuple[int, ...]] = {}
    for target in targets:
        ground, parts = grounds.get(target.measure_id), held.get(target.pk, ())
        at = places_of(target, parts, ground) if ground is not None else ()
        found[target.pk] = tuple(pk for pk in at if pk in reach)
    return found


def periods_by_measure(
    measures: Iterable[Measure], sheets: Iterable[TotalSheet]
) -> dict[int, dict[int, Period]]:
    """Return by measure the periods of the sheets that have a lane of it, by their ids."""
    found: dict[int, dict[int, Period]] = {measure.pk: {} for measure in measures}
    for sheet in sheets:
        for pk in sheet.measures:
            if pk in found:
                found[pk][sheet.period_id] = sheet.period
    return found


def _point(
    target: Target, known: Mapping[int, Period], said: Told, period: Period | None, on: date
) -> Point | None:
    """Return the last point of a target, or that of the period that is asked for."""
    periods = [one for pk, one in known.items() if pk in said]
    year = period.rule.last.year if period else year_of(target, on)
    by_kind = kinds_shown(periods, year)
    kind = next(iter(by_kind), None)
    if kind is None:
        return None
    adds_up = is_added_up(target.measure, kind)
    points = points_of(by_kind[kind], periods, said, adds_up=adds_up)
    if period is None:
        return last_of(points)
    return next((one for one in points if one.period.pk == period.pk), None)


def _reached(target: Target, point: Point | None) -> Reached:
    if point is None:
        return Reached(target, None, judge(target.yardstick, None, has_ended=False))
    said, kind = point.said, point.period.kind
    outcome = outcome_of(
        target,
        point.reached,
        period=point.period,
        basis=said.basis if said else None,
        grows=bool(target.measure.accumulates) or is_added_up(target.measure, kind),
    )
    return Reached(target, point, outcome)


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
