"""What a unit told before of the measures of a report: in the period before, and a year before.

Only figures that count are looked at, of the same basis: an estimate is not held against what was
done.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from lotrinh.apps.reporting.models import Figure, Period, Report
from lotrinh.apps.reporting.selectors.ledger import standing
from lotrinh.rules.figure_checks import Entered, Past
from lotrinh.rules.periods import Period as PeriodRule
from lotrinh.rules.periods import a_year_before, just_before


@dataclass(frozen=True, slots=True)
class Before:
    """The figures of a report's unit by measure: of the period before, and of a year before.

    ``previous`` and ``year`` are those periods; None where none of these days is known.
    """

    previous: Period | None
    year: Period | None
    of_previous: dict[int, Figure]
    of_year: dict[int, Figure]

    def past(self, measure_id: int, *, accumulates: bool) -> Past:
        """Return what a new figure of a measure is held against."""
        last = _entered(self.of_previous.get(measure_id))
        same_year = (
            self.previous is not None
            and self.year is not None
            and self.previous.starts > self.year.starts
        )
        grown = last if accumulates and same_year else None
        return Past(
            last=last, year_before=_entered(self.of_year.get(measure_id)), since_new_year=grown
        )


def before_of(*, report: Report, measure_ids: list[int]) -> Before:
    """Return what the unit told of these measures before the report's period."""
    period, basis = report.collection.period, report.collection.basis
    earlier, year = _earlier(period), a_year_before(period.rule)
    previous, year_before = _known(period, earlier, year)
    figures = _figures(report, (previous, year_before), basis, measure_ids)
    return Before(
        previous,
        year_before,
        {one.measure_id: one for one in figures if previous and one.period_id == previous.pk},
        {one.measure_id: one for one in figures if year_before and one.period_id == year_before.pk},
    )


def _earlier(period: Period) -> PeriodRule:
    kind = period.kind.rule
    return kind.previous(period.rule) if kind is not None else just_before(period.rule)


def _known(
    period: Period, earlier: PeriodRule | None, year: PeriodRule | None
) -> tuple[Period | None, Period | None]:
    """Return the periods of these days that are known, asked for at once."""
    wanted = [(days.since, days.until) if days is not None else None for days in (earlier, year)]
    asked = Q(pk__in=[])
    for days in wanted:
        if days is not None:
            asked |= Q(starts=days[0], ends=days[1])
    rows = Period.objects.select_related("kind").filter(asked, kind=period.kind)
    found = {(one.starts, one.ends): one for one in rows}
    first, second = (found.get(days) if days is not None else None for days in wanted)
    return first, second


def _figures(
    report: Report, periods: Iterable[Period | None], basis: str, measure_ids: list[int]
) -> tuple[Figure, ...]:
    rows = Figure.objects.none()
    for period in periods:
        if period is not None:
            rows = rows | standing(period=period, basis=basis)
    return tuple(rows.filter(unit=report.unit_id, measure__in=measure_ids))


def _entered(figure: Figure | None) -> Entered | None:
    if figure is None:
        return None
    if figure.value is not None:
        return Entered(figure.value)
    if figure.numerator is None:
        return None
    return Entered(figure.numerator, figure.denominator)
