"""What targets are heading for: forecasts by what was told of them, and those that will be missed.

A forecast rests on the very totals that the page of a target shows, as far as they were done and
not only expected; it is made anew with every question, is kept nowhere and enters no total. Its
periods are of the kind of which most were told, among those that follow each other without a gap.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from lotrinh.apps.reporting.models import Period, PeriodKind
from lotrinh.apps.reporting.selectors.measuring import rollup_of
from lotrinh.apps.reporting.selectors.outcomes import grounds_of, periods_by_measure, places_seen
from lotrinh.apps.reporting.selectors.series import Series, Told, is_added_up, sheets_of, told_of
from lotrinh.apps.targets import selectors as planned
from lotrinh.apps.targets.models import Measure, Target
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.comparing import ends_of
from lotrinh.rules.figures import DONE
from lotrinh.rules.forecasting import (
    Aim,
    Course,
    Flow,
    Forecast,
    NoForecast,
    forecast,
    gap_of,
    has_rhythm,
    number_of_period,
    setting_on,
)
from lotrinh.rules.forecasting import Told as ToldOf
from lotrinh.rules.target_terms import Rollup


@dataclass(frozen=True, slots=True)
class AtRisk:
    """A target that will be missed at the pace of today, as far as anybody can say."""

    target: Target
    forecast: Forecast


def forecasts_of(*, targets: Iterable[Target], seen_by: int, on: date) -> dict[int, Forecast]:
    """Return by target what it is heading for, or why nobody can say.

    As the account may see it: without the right to read figures it is as if nothing had been told.
    However many targets there are, it asks as often as for one, of a tree once for each day on
    which a last period ends.
    """
    asked = list(targets)
    courses = courses_of(targets=asked, seen_by=seen_by, on=on)
    way = planned.interim_of_all(targets=asked)
    return {
        target.pk: _forecast(target, courses.get(target.pk), way.get(target.pk, ()), on)
        for target in asked
    }


def forecast_by(
    *, target: Target, series: Series | None, way: Iterable[tuple[date, Fraction]], on: date
) -> Forecast:
    """Return the same of one target whose series is at hand; ``way`` are its interim values."""
    course = course_of(target.measure, series.known, series.said) if series else None
    return _forecast(target, course, way, on)


def at_risk(*, targets: Iterable[Target], seen_by: int, on: date) -> tuple[AtRisk, ...]:
    """Return the targets that will be missed at this pace, the least likely to be met first.

    Of equally likely ones that which falls shortest of its plan. They are those whose chance is
    below what ``rules.forecasting`` says is too low, or, of too few trials to speak of a chance,
    whose pace leads past the plan. What is decided already is a result and is not among them.
    """
    asked = {target.pk: target for target in targets}
    setting = setting_on(on)
    if setting is None:
        return ()
    made = forecasts_of(targets=asked.values(), seen_by=seen_by, on=on)
    found = [
        AtRisk(asked[pk], one) for pk, one in made.items() if _is_at_risk(one, setting.at_risk)
    ]
    return tuple(
        sorted(found, key=lambda one: (_chance(one.forecast), -_short(one), one.target.pk))
    )


def aim_of(target: Target, way: Iterable[tuple[date, Fraction]] = ()) -> Aim:
    """Return what a target promises, as the rules forecast it."""
    return Aim(
        target.yardstick,
        target.due,
        tuple(way),
        None if target.baseline is None else Fraction(target.baseline),
    )


def courses_of(*, targets: Iterable[Target], seen_by: int, on: date) -> dict[int, Course]:
    """Return by target what was told of it as done; a target of which nothing was is absent."""
    asked = list(targets)
    measures = {target.measure for target in asked}
    sheets = [sheet for sheet in sheets_of(measures) if sheet.basis in DONE]
    if not sheets:
        return {}
    reach = units.reach(user_id=seen_by, action=Action.READ_FIGURE, on=on)
    known = periods_by_measure(measures, sheets)
    places = places_seen(asked, grounds_of(known), reach)
    told = told_of(measures, sheets, {pk for at in places.values() for pk in at})
    found = {}
    for target in asked:
        at = told[target.measure_id]
        said = next((at[pk] for pk in places[target.pk] if pk in at), None)
        course = course_of(target.measure, known[target.measure_id], said) if said else None
        if course is not None:
            found[target.pk] = course
    return found


def course_of(measure: Measure, known: Mapping[int, Period], said: Told) -> Course | None:
    """Return the course of the kind of period that was told most, of equals the shortest."""
    values: dict[PeriodKind, dict[int, ToldOf]] = {}
    for pk, bases in said.items():
        one = next((bases[basis] for basis in DONE if basis in bases), None)
        period = known[pk]
        if one is None or one.exact is None or not has_rhythm(period.kind.rule):
            continue
        number = number_of_period(period.rule, period.kind.every)
        values.setdefault(period.kind, {})[number] = ToldOf(one.exact, one.answers)
    kind = min(values, key=lambda one: (-len(values[one]), one.every, one.pk), default=None)
    return None if kind is None else Course(kind.every, flow_of(measure, kind), values[kind])


def flow_of(measure: Measure, kind: PeriodKind) -> Flow:
    """Return what the numbers of a measure are, by what its description says of the year."""
    if is_added_up(measure, kind):
        return Flow.ADDED
    rule = kind.rule
    is_cumulative = rule is not None and rule.is_cumulative and rollup_of(measure) is Rollup.SUM
    return Flow.GROWN if measure.accumulates or is_cumulative else Flow.LEVEL


def _forecast(
    target: Target, course: Course | None, way: Iterable[tuple[date, Fraction]], on: date
) -> Forecast:
    aim = aim_of(target, way)
    if rollup_of(target.measure) is Rollup.NONE and gap_of(aim) is None:
        return Forecast(NoForecast.DOES_NOT_ADD)
    return forecast(aim, course, on=on, setting=setting_on(on))


def _is_at_risk(one: Forecast, below: Fraction) -> bool:
    if one.because is not None or one.settled is not None:
        return False
    return one.will_meet is False if one.probability is None else one.probability < below


def _chance(one: Forecast) -> Fraction:
    return Fraction(1, 2) if one.probability is None else one.probability


def _short(one: AtRisk) -> Fraction:
    """Return by which share of the planned level a target is to be missed."""
    ends, value = ends_of(one.target.yardstick), one.forecast.value
    if ends is None or value is None:
        return Fraction(0)
    off = max(ends[0] - value, value - ends[1])
    return off / max(abs(ends[0]), Fraction(1))
