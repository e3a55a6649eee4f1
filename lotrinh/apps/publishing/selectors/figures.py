"""What was reached of many targets at once, period by period and unit by unit, to be published.

It is read where the pages of the targets read it, in as many questions as for one target.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from lotrinh.apps.reporting.models import Period, PeriodKind
from lotrinh.apps.reporting.selectors import Point, Stated
from lotrinh.apps.reporting.selectors.measuring import ground_of
from lotrinh.apps.reporting.selectors.series import (
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
from lotrinh.apps.targets.models import Target
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.rules.actions import Action
from lotrinh.rules.ledger import Ground

Levels = tuple[Fraction | None, Stated | None]
"""What was reached, and how it was told."""


@dataclass(frozen=True, slots=True)
class Line:
    """The periods of one target, and what units that hold parts of it have reached by the last."""

    kind: PeriodKind
    points: tuple[Point, ...]
    is_added_up: bool
    parts: tuple[tuple[Unit, Levels], ...]

    @property
    def last(self) -> Point:
        """The last period of which something was done, else the last that is expected."""
        return last_of(self.points)


def lines_of(targets: Sequence[Target], *, seen_by: int, on: date) -> dict[int, Line]:
    """Return by target what was reached of it; one of which nothing was told is not named.

    Figures that the account may not read are as if they had not been told.
    """
    measures = {target.measure for target in targets}
    sheets = sheets_of(measures) if measures else []
    if not sheets:
        return {}
    known: dict[int, dict[int, Period]] = {measure.pk: {} for measure in measures}
    for sheet in sheets:
        for pk in known.keys() & set(sheet.measures):
            known[pk][sheet.period_id] = sheet.period
    reach = units.reach(user_id=seen_by, action=Action.READ_FIGURE, on=on)
    held = planned.units_with_parts_of(targets=targets)
    parts = {pk: tuple(one for one in found if one in reach) for pk, found in held.items()}
    places = _places(targets, held, _grounds(known), reach)
    asked = {pk for found in (*places.values(), *parts.values()) for pk in found}
    told = told_of(measures, sheets, asked)
    named = units.units_by_ids({pk for found in parts.values() for pk in found})
    lines = {}
    for target in targets:
        at = told[target.measure_id]
        place = next((pk for pk in places[target.pk] if pk in at), None)
        below = [(named[pk], at.get(pk, {})) for pk in parts.get(target.pk, ())]
        if place is not None:
            line = _line(target, known[target.measure_id], at[place], below, on)
            if line is not None:
                lines[target.pk] = line
    return lines


def _grounds(known: Mapping[int, Mapping[int, Period]]) -> dict[int, Ground]:
    """Return by measure the tree of the last day told of; a day's tree is asked for once."""
    by_day: dict[date, Ground] = {}
    found: dict[int, Ground] = {}
    for measure_id, periods in known.items():
        if periods:
            last = max(periods.values(), key=lambda one: (one.ends, one.starts, one.pk))
            if last.rule.last not in by_day:
                by_day[last.rule.last] = ground_of(last).ground
            found[measure_id] = by_day[last.rule.last]
    return found


def _places(
    targets: Iterable[Target],
    held: Mapping[int, tuple[int, ...]],
    grounds: Mapping[int, Ground],
    reach: frozenset[int],
) -> dict[int, tuple[int, ...]]:
    """Return by target at which units its total may stand, those alone that may be read."""
    found: dict[int, tuple[int, ...]] = {}
    for target in targets:
        ground = grounds.get(target.measure_id)
        at = places_of(target, held.get(target.pk, ()), ground) if ground else ()
        found[target.pk] = tuple(pk for pk in at if pk in reach)
    return found


def _line(
    target: Target,
    known: Mapping[int, Period],
    said: Told,
    parts: Sequence[tuple[Unit, Told]],
    on: date,
) -> Line | None:
    periods = [one for pk, one in known.items() if pk in said]
    by_kind = kinds_shown(periods, year_of(target, on))
    kind = next(iter(by_kind), None)
    if kind is None:
        return None
    adds_up = is_added_up(target.measure, kind)
    points = points_of(by_kind[kind], periods, said, adds_up=adds_up)
    last = last_of(points)
    counted = [one.period for one in points if one.period.ends <= last.period.ends]
    reached = tuple((unit, _reached(told, counted, last, adds_up=adds_up)) for unit, told in parts)
    return Line(kind, points, adds_up, reached)


def _reached(told: Told, periods: Sequence[Period], last: Point, *, adds_up: bool) -> Levels:
    """Return what a unit has reached by the last period, on no firmer basis than the whole."""
    points = points_of(periods, periods, told, adds_up=adds_up)
    end = points[-1]
    if last.actual is None:
        return end.expected, end.estimate
    held = [one.level for one in points if one.level is not None] if adds_up else [end.level]
    return (held[-1] if held else None), end.actual
