"""How forecasts did: what would have been said of targets whose time is over, by the ledger then.

Nothing of it is kept. Figures that count bear the day on which they were approved and are never
changed, so the ledger of any day is read again from them, each laid where the totals lay it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from lotrinh.apps.reporting.models import Figure, Period
from lotrinh.apps.reporting.selectors.forecasts import aim_of, flow_of
from lotrinh.apps.reporting.selectors.ledger import Telling, as_counted
from lotrinh.apps.reporting.selectors.measuring import measured, per_of, rollup_of
from lotrinh.apps.reporting.selectors.series import places_of
from lotrinh.apps.targets import selectors as planned
from lotrinh.apps.targets.models import Measure, Target
from lotrinh.rules.figures import DONE, Basis
from lotrinh.rules.forecasting import (
    Closed,
    Ledger,
    Record,
    Saying,
    has_rhythm,
    number_of_period,
    record_of,
    setting_on,
)
from lotrinh.rules.ledger import PLACES, Counted, Ground
from lotrinh.rules.target_terms import Rollup
from lotrinh.rules.totals import ADDED

_NUMBERS = ("value", "numerator", "denominator", "weight")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One figure as the ledger holds it, with the numbers in whose place it stands."""

    measure_id: int
    unit_id: int
    period_id: int
    basis: Basis
    on: date
    now: tuple[Decimal | None, ...]
    before: tuple[Decimal | None, ...]


def forecast_record(*, target: Target, ground: Ground, seen_by: int, on: date) -> Record | None:
    """Return how forecasts of targets like one did, made as long before their due day as today is.

    ``ground`` is the tree of a day near this one: a target of a unit that stands no more in it is
    passed over. None where nobody has said how to forecast, or the target has no due day before it.
    Of measures that are no sums nothing is known of how they stood then, and there is no record.
    """
    setting = setting_on(on)
    if setting is None or target.due is None or rollup_of(target.measure) not in ADDED:
        return None
    closed = planned.closed_like(target=target, most=setting.record_targets, seen_by=seen_by, on=on)
    ledgers = ledgers_of(targets=closed, ground=ground, on=on) if closed else {}
    way = planned.interim_of_all(targets=closed) if ledgers else {}
    known = [
        Closed(aim_of(one, way.get(one.pk, ())), ledgers[one.pk])
        for one in closed
        if one.pk in ledgers
    ]
    return record_of(known, ahead=(target.due - on).days, setting=setting)


def ledgers_of(*, targets: Sequence[Target], ground: Ground, on: date) -> dict[int, Ledger]:
    """Return by target the ledger of its total; of several kinds of period that told of most.

    What came to count after the day is not in it. A target of which nothing was told is absent.
    """
    held = planned.units_with_parts_of(targets=targets)
    places = {one.pk: places_of(one, held.get(one.pk, ()), ground) for one in targets}
    wanted: dict[int, set[int]] = {}
    for one in targets:
        wanted.setdefault(one.measure_id, set()).update(places[one.pk])
    periods: dict[int, Period] = {}
    measures = {one.measure_id: one.measure for one in targets}
    laid = _laid(_entries(measures, periods, on), measures, periods, ground, wanted)
    found = {}
    for one in targets:
        said = next(
            (laid[one.measure_id, at] for at in places[one.pk] if (one.measure_id, at) in laid),
            None,
        )
        if said is not None:
            found[one.pk] = _ledger(one.measure, said, periods)
    return found


def _entries(measures: Iterable[int], periods: dict[int, Period], on: date) -> Iterator[_Entry]:
    """Yield what was approved by a day, and put its periods into ``periods``."""
    rows = Figure.objects.filter(measure__in=list(measures), basis__in=DONE, approval__on__lte=on)
    known = Period.objects.select_related("kind").in_bulk(
        list(rows.order_by().values_list("period", flat=True).distinct())
    )
    periods |= {pk: one for pk, one in known.items() if has_rhythm(one.kind.rule)}
    names = (*_NUMBERS, *(f"supersedes__{name}" for name in _NUMBERS))
    keys = ("measure", "unit", "period", "basis", "approval__on")
    asked = rows.filter(period__in=list(periods)).values_list(*keys, *names)
    for measure, unit, period, basis, day, *numbers in asked.iterator(chunk_size=20_000):
        now, before = tuple(numbers[:4]), tuple(numbers[4:])
        yield _Entry(measure, unit, period, Basis(basis), day, now, before)


_Sums = dict[tuple[int, Basis, date], list[int]]


def _laid(
    entries: Iterable[_Entry],
    measures: Mapping[int, Measure],
    periods: Mapping[int, Period],
    ground: Ground,
    wanted: Mapping[int, set[int]],
) -> dict[tuple[int, int], _Sums]:
    """Return by measure and unit what changed when, as far as that unit's total is wanted."""
    grounds = {pk: replace(ground, told_until=one.ends) for pk, one in periods.items()}
    found: dict[tuple[int, int], _Sums] = {}
    for entry in entries:
        at, measure = grounds[entry.period_id], measures[entry.measure_id]
        for unit, amount, base, answers in _changes(entry, measure, at):
            for above in at.way(unit):
                if above in wanted[entry.measure_id]:
                    sums = found.setdefault((entry.measure_id, above), {})
                    key = entry.period_id, entry.basis, entry.on
                    held = sums.setdefault(key, [0, 0, 0])
                    held[0], held[1] = held[0] + amount, held[1] + base
                    held[2] += answers
    return found


def _changes(
    entry: _Entry, measure: Measure, ground: Ground
) -> Iterator[tuple[int, int, int, int]]:
    """Yield by how much an entry changes amount, base and answers at which unit."""
    rollup, answers = rollup_of(measure), 0
    for sign, numbers in ((1, entry.now), (-1, entry.before)):
        what = _counted(entry, numbers, rollup)
        if what is None:
            continue
        answers += sign
        for laid in ground.lay(rollup, entry.unit_id, what, measured(measure).places):
            yield laid.unit, sign * laid.counted.amount, sign * laid.counted.base, 0
    if answers:
        for unit, count in ground.answers(entry.unit_id).items():
            yield unit, 0, 0, answers * count


def _counted(entry: _Entry, numbers: tuple[Decimal | None, ...], rollup: Rollup) -> Counted | None:
    told = Telling(entry.unit_id, entry.measure_id, *numbers)
    if told.value is None and told.numerator is None:
        return None
    return as_counted(told, rollup)


def _ledger(measure: Measure, sums: _Sums, periods: Mapping[int, Period]) -> Ledger:
    """Return what changed when, of the kind of period told most, of equals the shortest."""
    by_kind: dict[int, set[int]] = {}
    for period_id, _basis, _day in sums:
        by_kind.setdefault(periods[period_id].kind_id, set()).add(period_id)
    kinds = {periods[pk].kind_id: periods[pk].kind for key in by_kind.values() for pk in key}
    kind = min(kinds.values(), key=lambda one: (-len(by_kind[one.pk]), one.every, one.pk))
    sayings = tuple(
        Saying(number_of_period(periods[pk].rule, kind.every), day, amount, base, answers, basis)
        for (pk, basis, day), (amount, base, answers) in sorted(sums.items())
        if periods[pk].kind_id == kind.pk
    )
    per = {
        Rollup.SUM: Fraction(0),
        Rollup.WEIGHTED: Fraction(1, 10**PLACES),
    }.get(rollup_of(measure), Fraction(per_of(measure)))
    return Ledger(kind.every, flow_of(measure, kind), sayings, per)
