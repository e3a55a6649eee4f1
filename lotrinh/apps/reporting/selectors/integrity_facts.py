"""What the questions of integrity about a collection are made from.

Only figures that count, of the same basis and the same kind of period, as far back as the rules
look; of all units that told them, since what is usual among them is the yardstick.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta, tzinfo
from decimal import Decimal

from django.db.models import Max

from lotrinh.apps.reporting.models import Collection, Period, ReportEvent, ReportEvidence
from lotrinh.apps.reporting.selectors.forms import lines_of
from lotrinh.apps.reporting.selectors.ledger import standing_of
from lotrinh.apps.reporting.selectors.measuring import per_of
from lotrinh.apps.targets.models import InterimValue, Measure, Target
from lotrinh.rules.integrity import Facts, HandedIn, Shown, Split, Told
from lotrinh.rules.periods import YEAR, make_up
from lotrinh.rules.report_states import ReportState, ReportStep
from lotrinh.rules.target_terms import Comparator, Reckoning, Rollup
from lotrinh.rules.totals import QUOTIENTS

BACK = 24
"""So many periods before the one that is looked at are read: two years of months."""
_COMPARED = {
    Comparator.AT_LEAST: False,
    Comparator.AT_MOST: True,
}
"""What a target says that a figure may lie just over, and whether less is better."""
_ONE_DAY = timedelta(days=1)

Plans = Mapping[tuple[int, int, int], tuple[Decimal, bool]]
"""By unit, measure and period what was planned, and whether less is better."""


def facts_of(*, collection: Collection, zone: tzinfo) -> Facts:
    """Return what is known of the units of a collection; ``zone`` is where its days are days."""
    periods = _periods_back(collection.period)
    measures = {line.measure_id: line.measure for line in lines_of(collection=collection)}
    plans = _plans(measures, periods)
    told = tuple(_told(collection, measures, periods, plans))
    return Facts(
        told=told,
        shown=tuple(_shown(periods)),
        handed_in=tuple(_handed_in(collection, periods, zone)),
        splits=tuple(_splits(collection, measures, told)),
    )


def season_of(period: Period) -> int:
    """Return how many periods of its kind make a year; 1 where they come less often, or anyhow."""
    kind = period.kind.rule
    return max(1, YEAR // kind.every) if kind else 1


def _periods_back(period: Period) -> dict[int, int]:
    """Return by period how many of its kind lie between it and the one that is looked at."""
    kind = period.kind.rule
    if kind is None:
        return {period.pk: 0}
    known = {
        (one.starts, one.ends): one.pk
        for one in Period.objects.filter(kind=period.kind, ends__lte=period.ends)
    }
    found, days = {}, period.rule
    for back in range(BACK + 1):
        if (days.since, days.until) in known:
            found[known[days.since, days.until]] = back
        days = kind.previous(days)
    return found


def _told(
    collection: Collection,
    measures: Mapping[int, Measure],
    periods: Mapping[int, int],
    plans: Plans,
) -> Iterator[Told]:
    rows = standing_of(basis=collection.basis).filter(
        period__in=list(periods), measure__in=list(measures)
    )
    names = ("uid", "unit_id", "measure_id", "period_id", "value", "numerator", "denominator")
    for uid, unit, measure, period, value, numerator, denominator in rows.values_list(
        *names
    ).iterator(chunk_size=20_000):
        amount = value if value is not None else numerator
        if amount is not None:
            planned, at_most = plans.get((unit, measure, period), (None, False))
            back = periods[period]
            yield Told(f"figure:{uid}", unit, measure, back, amount, denominator, planned, at_most)


def _plans(measures: Mapping[int, Measure], periods: Mapping[int, int]) -> Plans:
    """Return what units were to reach by the last day of a period, or within it.

    Of an amount that each period tells by itself there is no such thing, but in a whole year.
    """
    days = list(Period.objects.filter(pk__in=list(periods)))
    found: dict[tuple[int, int, int], tuple[Decimal, bool]] = {}
    rows = Target.objects.filter(
        measure__in=list(measures),
        unit__isnull=False,
        withdrawn_on=None,
        value__isnull=False,
        reckoning=Reckoning.LEVEL,
        comparator__in=list(_COMPARED),
    )
    targets = {one.pk: one for one in rows}
    stated = [(one.pk, one.due, one.value) for one in targets.values() if one.due]
    steps = InterimValue.objects.filter(target__in=list(targets)).order_by("id")
    latest = {(pk, day): value for pk, day, value in steps.values_list("target_id", "day", "value")}
    stated += [(pk, day, value) for (pk, day), value in latest.items()]
    for pk, day, value in stated:
        target = targets[pk]
        measure = measures[target.measure_id]
        for period in days:
            is_in = period.starts <= day < period.ends
            if is_in and value and target.unit_id and _is_compared(measure, period):
                planned = value / per_of(measure)
                key = target.unit_id, target.measure_id, period.pk
                found[key] = planned, _COMPARED[Comparator(target.comparator)]
    return found


def _is_compared(measure: Measure, period: Period) -> bool:
    days = period.rule
    is_year = days.since.year == days.last.year and (days.until - days.since).days > 364
    return bool(measure.accumulates) or measure.rollup in QUOTIENTS or is_year


def _shown(periods: Mapping[int, int]) -> Iterator[Shown]:
    """Yield the evidence of these periods; a report that is still open may yet drop its files."""
    rows = ReportEvidence.objects.filter(report__collection__period__in=list(periods))
    rows = rows.exclude(report__state=ReportState.OPEN).exclude(blob__size=0)
    names = ("uid", "blob_id", "report__unit_id", "report__collection__period_id", "measure_id")
    for uid, blob, unit, period, measure in rows.values_list(*names).order_by("id"):
        yield Shown(f"evidence:{uid}", str(blob), unit, periods[period], measure)


def _handed_in(
    collection: Collection, periods: Mapping[int, int], zone: tzinfo
) -> Iterator[HandedIn]:
    """Yield when reports of the same regime were handed in for the last time, before their day."""
    if collection.regime_id is None:
        return
    asked = Collection.objects.filter(regime=collection.regime_id, period__in=list(periods))
    due = dict(asked.filter(stages__position=0).values_list("pk", "stages__due"))
    rows = ReportEvent.objects.filter(
        report__collection__in=list(due), step=ReportStep.HAND_IN
    ).order_by()
    names = (
        "report__uid",
        "report__unit_id",
        "report__collection_id",
        "report__collection__period_id",
    )
    for uid, unit, pk, period, at in rows.values_list(*names).annotate(last=Max("at")):
        ends = datetime.combine(due[pk] + _ONE_DAY, time(0), zone)
        yield HandedIn(f"report:{uid}", unit, periods[period], ends - at)


def _splits(
    collection: Collection, measures: Mapping[int, Measure], told: tuple[Told, ...]
) -> Iterator[Split]:
    """Yield figures of the period beside those of the shorter periods that make it up."""
    added = [
        pk
        for pk, measure in measures.items()
        if measure.rollup == Rollup.SUM and not measure.accumulates
    ]
    wholes = {(one.unit, one.measure): one for one in told if not one.back}
    for parts in _shorter(collection.period) if added and wholes else ():
        rows = standing_of(basis=collection.basis).filter(
            period__in=parts, measure__in=added, value__isnull=False
        )
        held: dict[tuple[int, int], list[Told]] = defaultdict(list)
        for uid, unit, measure, value in rows.values_list("uid", "unit_id", "measure_id", "value"):
            if value is not None:
                held[unit, measure].append(Told(f"figure:{uid}", unit, measure, 0, value))
        for key, own in held.items():
            if key in wholes and len(own) == len(parts):
                yield Split(wholes[key], tuple(own))


def _shorter(period: Period) -> Iterator[list[int]]:
    """Yield, by kind, the shorter periods that together are this one."""
    rows = Period.objects.filter(starts__gte=period.starts, ends__lte=period.ends)
    by_kind: dict[int, list[Period]] = defaultdict(list)
    for one in rows.exclude(kind=period.kind_id).select_related("kind"):
        by_kind[one.kind_id].append(one)
    for held in by_kind.values():
        if len(held) > 1 and make_up([one.rule for one in held], period.rule):
            yield [one.pk for one in held]
