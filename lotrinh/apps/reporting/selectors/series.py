"""What was reached of a target, period by period, with the year before and the way it was planned.

All periods of one kind are read from the packed totals at once, however many there are. Actual and
estimate stay apart. What each period reports by itself is added up from the beginning of the year
where the measure says so; a period of which nothing was told adds nothing and is not zero.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.db.models import Exists, OuterRef

from lotrinh.apps.reporting.models import Delta, Period, PeriodKind, TotalSheet
from lotrinh.apps.reporting.selectors.measuring import ground_of, per_of, rollup_of
from lotrinh.apps.reporting.selectors.rows import Cell, read_lanes
from lotrinh.apps.reporting.selectors.totals import read_cell
from lotrinh.apps.targets.models import Measure, Target
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.rules.actions import Action
from lotrinh.rules.figures import DONE, Basis
from lotrinh.rules.ledger import Ground
from lotrinh.rules.periods import YEAR, a_year_before
from lotrinh.rules.tally import Share
from lotrinh.rules.target_terms import Rollup
from lotrinh.rules.totals import NoTotal

_BASES = (*DONE, Basis.ESTIMATED)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a unit and all below it told for a period on one basis, in the unit of the measure."""

    basis: Basis
    exact: Fraction | None
    unsaid: NoTotal | None
    numerator: Decimal | None
    denominator: Decimal | None
    answers: int
    as_of: datetime
    is_waiting: bool


@dataclass(frozen=True, slots=True)
class Point:
    """A period of the series.

    ``level`` is the actual as the series shows it, added up from the beginning of the year where
    the series is; ``expected`` the estimate likewise; ``year_before`` what ``level`` was a year
    before, None unless the very same periods were told of.
    """

    period: Period
    actual: Stated | None
    estimate: Stated | None
    level: Fraction | None = None
    expected: Fraction | None = None
    year_before: Fraction | None = None

    @property
    def said(self) -> Stated | None:
        """What was done, else what is expected."""
        return self.actual or self.estimate

    @property
    def reached(self) -> Fraction | None:
        """The level that ``said`` leads to."""
        return self.expected if self.actual is None else self.level


@dataclass(frozen=True, slots=True)
class Series:
    """The periods of one kind. ``kinds`` are those that have figures, the fullest first.

    ``told`` says how many of the periods from the beginning of the year to the last one are told
    of; None where the series is not ``is_added_up``. ``parts`` are the units of which it was asked,
    as far as they may be seen; ``children`` are those right below, where none were named. ``place``
    is the unit whose totals these are, by the tree of ``ground``; ``said`` is all that was told of
    it, in the periods that are ``known`` and of whatever year and kind.
    """

    kind: PeriodKind
    kinds: tuple[PeriodKind, ...]
    points: tuple[Point, ...]
    is_added_up: bool
    told: Share | None
    parts: Mapping[int, "PartSaid"]
    children: tuple[Unit, ...]
    place: int
    ground: Ground = field(repr=False)
    known: Mapping[int, Period] = field(repr=False)
    said: "Told" = field(repr=False)

    @property
    def last(self) -> Point:
        """The last period of which something was done, else the last that is expected."""
        return last_of(self.points)


@dataclass(frozen=True, slots=True)
class PartSaid:
    """What one unit has reached by the last period of a series; None: it told nothing for it."""

    level: Fraction | None
    said: Stated | None


Told = Mapping[int, Mapping[Basis, Stated]]
"""What was said by period and basis."""


def series_of(
    *,
    target: Target,
    seen_by: int,
    on: date,
    kind: str = "",
    parts: Sequence[int] | None = None,
    at: int | None = None,
) -> Series | None:
    """Return what was reached of a target in the periods of a kind, in their order.

    ``kind`` is a code; unless it has figures, the kind with most periods in the year that counts is
    taken: that of the day, or the one in which the target falls due where that is past. Of kinds
    that come once a year or less often all years are shown. ``parts`` are units of which the last
    level is wanted too; None: those right below. ``at`` is another unit than that of the target.
    None where nothing was told, or the account may not read figures at the unit.
    """
    measure = target.measure
    reach = units.reach(user_id=seen_by, action=Action.READ_FIGURE, on=on)
    sheets = sheets_of([measure]) if (at or target.unit_id or target.owed_to_id) in reach else []
    if not sheets:
        return None
    ground = ground_of(sheets[-1].period).ground
    places = [pk for pk in ((at,) if at else places_of(target, parts, ground)) if pk in reach]
    wanted = _children(places, ground) if parts is None else parts
    asked = {*places, *(pk for pk in wanted if pk in reach)}
    said = told_of([measure], sheets, asked)[measure.pk]
    place = next((pk for pk in places if pk in said), None)
    if place is None:
        return None
    by_id = _periods(sheets, said[place])
    known = by_id.values()
    by_kind = kinds_shown(known, year_of(target, on))
    if not by_kind:
        return None
    chosen = next((one for one in by_kind if one.code == kind), next(iter(by_kind)))
    adds_up = is_added_up(measure, chosen)
    points = points_of(by_kind[chosen], known, said[place], adds_up=adds_up)
    last = last_of(points)
    counted = [one.period for one in points if one.period.ends <= last.period.ends]
    below = _children([place], ground) if parts is None else ()
    of_parts = {
        pk: _part(said.get(pk, {}), counted, last, adds_up=adds_up)
        for pk in (below or wanted)
        if pk in reach
    }
    share = _counted(points) if adds_up else None
    children = tuple(units.units_by_ids(below).values()) if below else ()
    seen = (of_parts, children, place, ground, by_id, said[place])
    return Series(chosen, tuple(by_kind), points, adds_up, share, *seen)


def year_of(target: Target, on: date) -> int:
    """Return the year that counts: that of the day, or the one in which the target fell due."""
    return min(target.due.year, on.year) if target.due else on.year


def _periods(sheets: Iterable[TotalSheet], told: Told) -> dict[int, Period]:
    return {sheet.period_id: sheet.period for sheet in sheets if sheet.period_id in told}


def places_of(target: Target, parts: Sequence[int] | None, ground: Ground) -> tuple[int, ...]:
    """Return at which units the total of a target may stand, the first first.

    It is its own unit's. What units hold parts of counts at the unit above them all, or above their
    followers where they have ended; what nobody leads, or only its collector, counts at the first
    unit above that has figures: an office that gathers a measure has none itself.
    """
    own = target.unit_id or target.owed_to_id
    if target.allocation_id is not None:
        return (own,)
    if parts:
        whole = _above_all(parts, ground)
        return (own,) if whole is None else (own, whole)
    if target.unit_id in {None, target.measure.collected_by_id}:
        return tuple(ground.way(own)) or (own,)
    return (own,)


def _above_all(parts: Iterable[int], ground: Ground) -> int | None:
    """Return the lowest unit above all parts; None where one of them counts nowhere any more."""
    standing = [ground.lineage.followers(pk, ground.on) & ground.parents.keys() for pk in parts]
    if not all(standing):
        return None
    return ground.lowest_above(frozenset().union(*standing), beyond=False)


def _children(places: Sequence[int], ground: Ground) -> tuple[int, ...]:
    return tuple(sorted(pk for pk, above in ground.parents.items() if above in places))


def is_added_up(measure: Measure, kind: PeriodKind) -> bool:
    """Say whether the periods of a kind are added up from the beginning of each year.

    Only what is a sum, and is said not to grow through the year, is added; of a measure of which
    nobody has said how it goes, each period stands by itself.
    """
    rule = kind.rule
    within_year = rule is not None and not rule.is_cumulative and rule.every < YEAR
    return within_year and rollup_of(measure) is Rollup.SUM and measure.accumulates is False


def _part(told: Told, periods: Sequence[Period], last: Point, *, adds_up: bool) -> PartSaid:
    """Return what a unit has reached by the last period, on no firmer basis than the whole."""
    period = last.period
    point = points_of(periods, periods, told, adds_up=adds_up)[-1]
    said = told.get(period.pk, {})
    if last.actual is None:
        return PartSaid(point.expected, said.get(Basis.ESTIMATED))
    level = point.level
    if level is None and adds_up:
        level = _sum(_exact(_first(told.get(one.pk, {}), DONE)) for one in periods)
    return PartSaid(level, _first(said, DONE))


def last_of(points: Sequence[Point]) -> Point:
    """Return the last point of which something was done, else the last that is expected."""
    done = [point for point in points if point.actual is not None]
    return (done or points)[-1]


def sheets_of(measures: Iterable[Measure]) -> list[TotalSheet]:
    """Return the sheets that have a lane of one of the measures, the earliest period first."""
    waits = Delta.objects.filter(period=OuterRef("period"), basis=OuterRef("basis"))
    asked = [measure.pk for measure in measures]
    rows = TotalSheet.objects.filter(measures__overlap=asked, basis__in=_BASES)
    found = rows.select_related("period__kind").annotate(waits=Exists(waits))
    return list(found.order_by("period__ends", "period__starts", "period_id"))


def told_of(
    measures: Iterable[Measure], sheets: Iterable[TotalSheet], unit_ids: Iterable[int]
) -> dict[int, dict[int, dict[int, dict[Basis, Stated]]]]:
    """Return by measure, unit, period and basis what was told; who told nothing is not named.

    However many measures there are, it asks once.
    """
    by_id = {sheet.pk: sheet for sheet in sheets}
    known = {measure.pk: measure for measure in measures}
    found: dict[int, dict[int, dict[int, dict[Basis, Stated]]]] = {pk: {} for pk in known}
    for sheet_id, unit_id, lanes in read_lanes(by_id, unit_ids):
        sheet = by_id[sheet_id]
        for measure_id, cell in lanes:
            if cell.answers and measure_id in known:
                at = found[measure_id].setdefault(unit_id, {}).setdefault(sheet.period_id, {})
                at[Basis(sheet.basis)] = _stated(known[measure_id], sheet, cell)
    return found


def _stated(measure: Measure, sheet: TotalSheet, cell: Cell) -> Stated:
    exact, unsaid, numerator, denominator = read_cell(rollup_of(measure), cell)
    return Stated(
        Basis(sheet.basis),
        None if exact is None else exact * per_of(measure),
        unsaid,
        numerator,
        denominator,
        cell.answers,
        sheet.as_of,
        bool(getattr(sheet, "waits", False)),
    )


def kinds_shown(periods: Iterable[Period], year: int) -> dict[PeriodKind, list[Period]]:
    """Return the periods that are shown of each kind, the kind with most of them in the year first.

    Where nothing was told in the year, the last year of which something was is shown.
    """
    held = sorted(periods, key=lambda one: (one.ends, one.starts, one.pk))
    years = {one.rule.last.year for one in held}
    shown_year = year if year in years else max((one for one in years if one <= year), default=year)
    found: dict[PeriodKind, list[Period]] = {}
    within: dict[PeriodKind, int] = {}
    for one in held:
        is_within = one.rule.last.year == shown_year
        is_short = one.kind.rule is None or one.kind.rule.every < YEAR
        within[one.kind] = within.get(one.kind, 0) + is_within
        if is_within or not is_short:
            found.setdefault(one.kind, []).append(one)
    return dict(sorted(found.items(), key=lambda pair: (-within[pair[0]], pair[0].pk)))


def points_of(
    shown: Iterable[Period], known: Iterable[Period], told: Told, *, adds_up: bool
) -> tuple[Point, ...]:
    """Return the points of periods in their order; ``known`` are those of other years too."""
    days = {(one.kind_id, one.starts, one.ends): one.pk for one in known}
    sums: list[Fraction | None] = []
    before: list[Fraction | None] = []
    found = []
    for period in shown:
        said = told.get(period.pk, {})
        actual, estimate = _first(said, DONE), said.get(Basis.ESTIMATED)
        earlier = _year_before(period, days, told)
        if not adds_up:
            exact, expected = _exact(actual), _exact(estimate)
            found.append(Point(period, actual, estimate, exact, expected, earlier))
            continue
        so_far = _sum(sums)
        if actual is not None:
            sums.append(actual.exact)
            before.append(earlier)
        expected = None if estimate is None else _sum([so_far, estimate.exact])
        level = _sum(sums) if actual is not None else None
        same = _sum(before) if actual is not None and None not in before else None
        found.append(Point(period, actual, estimate, level, expected, same))
    return tuple(found)


def _year_before(
    period: Period, days: Mapping[tuple[int, date, date], int], told: Told
) -> Fraction | None:
    rule = a_year_before(period.rule)
    if rule is None:
        return None
    pk = days.get((period.kind_id, rule.since, rule.until))
    return None if pk is None else _exact(_first(told.get(pk, {}), DONE))


def _counted(points: Sequence[Point]) -> Share:
    """Count the periods that are told of, of those since the beginning of the last one's year."""
    done = [point.period for point in points if point.actual is not None]
    last = (done or [point.period for point in points])[-1]
    rule = last.kind.rule
    if rule is None:
        return Share(len(done), len(done))
    return Share(len(done), len(list(rule.between(date(last.rule.last.year, 1, 1), last.ends))))


def _first(said: Mapping[Basis, Stated], order: Iterable[Basis]) -> Stated | None:
    return next((said[basis] for basis in order if basis in said), None)


def _exact(said: Stated | None) -> Fraction | None:
    return None if said is None else said.exact


def _sum(parts: Iterable[Fraction | None]) -> Fraction | None:
    held = [part for part in parts if part is not None]
    return sum(held, Fraction(0)) if held else None
