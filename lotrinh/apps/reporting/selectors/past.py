"""What a unit told before of the measures of a report: in the period before, and a year before.

Only figures that count are looked at, of the same basis: an estimate is not held against what was
done.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from lotrinh.apps.reporting.models import Figure, Period, Report
from lotrinh.apps.reporting.selectors.ledger import standing_of
from lotrinh.rules.figure_checks import Entered, Past
from lotrinh.rules.periods import Period as PeriodRule
from lotrinh.rules.periods import a_year_before, just_before


@dataclass(frozen=True, slots=True)
class Before:
    """The figures of a report's unit by measure: of the period before, and of a year before.

    ``previous`` and ``year`` are the days of those periods; None where there are none.
    """

    previous: PeriodRule | None
    year: PeriodRule | None
    of_previous: dict[int, Figure]
    of_year: dict[int, Figure]

    def past(self, measure_id: int, *, accumulates: bool) -> Past:
        """Return what a new figure of a measure is held against."""
        return past_of(
            _entered(self.of_previous.get(measure_id)),
            _entered(self.of_year.get(measure_id)),
            is_grown=accumulates and is_same_year(self.previous, self.year),
        )


def before_of(*, report: Report, measure_ids: list[int]) -> Before:
    """Return what the unit told of these measures before the report's period."""
    period = report.collection.period
    earlier, year = _earlier(period), a_year_before(period.rule)
    figures = _figures(report, (earlier, year), measure_ids)
    return Before(earlier, year, _those_of(figures, earlier), _those_of(figures, year))


def periods_before(period: Period) -> tuple[Period | None, Period | None]:
    """Return the period before one of its kind, and that of a year before, as far as known."""
    return _known(period, _earlier(period)), _known(period, a_year_before(period.rule))


def is_same_year(previous: PeriodRule | None, year: PeriodRule | None) -> bool:
    """Say whether what grew through the year until ``previous`` grows on in the period after it."""
    return previous is not None and year is not None and previous.since > year.since


def past_of(last: Entered | None, year_before: Entered | None, *, is_grown: bool) -> Past:
    """Return what a figure is held against; ``is_grown``: it cannot be less than the last one."""
    return Past(last=last, year_before=year_before, since_new_year=last if is_grown else None)


def _earlier(period: Period) -> PeriodRule:
    kind = period.kind.rule
    return kind.previous(period.rule) if kind is not None else just_before(period.rule)


def _known(period: Period, days: PeriodRule | None) -> Period | None:
    if days is None:
        return None
    rows = Period.objects.select_related("kind").filter(kind=period.kind)
    return rows.filter(starts=days.since, ends=days.until).first()


def _figures(
    report: Report, periods: Iterable[PeriodRule | None], measure_ids: list[int]
) -> tuple[Figure, ...]:
    """Return what the unit told of both periods, asked for at once."""
    asked, kind_id = Q(pk__in=[]), report.collection.period.kind_id
    for days in periods:
        if days is not None:
            asked |= Q(starts=days.since, ends=days.until)
    known = {one.pk: one for one in Period.objects.filter(asked, kind=kind_id)}
    if not known:
        return ()
    rows = standing_of(basis=report.collection.basis).filter(
        period__in=list(known), unit=report.unit_id, measure__in=measure_ids
    )
    figures = tuple(rows)
    for figure in figures:
        figure.period = known[figure.period_id]
    return figures


def _those_of(figures: Iterable[Figure], days: PeriodRule | None) -> dict[int, Figure]:
    if days is None:
        return {}
    wanted = (days.since, days.until)
    return {one.measure_id: one for one in figures if _days_of(one) == wanted}


def _days_of(figure: Figure) -> tuple[date, date]:
    return figure.period.starts, figure.period.ends


def _entered(figure: Figure | None) -> Entered | None:
    if figure is None:
        return None
    if figure.value is not None:
        return Entered(figure.value)
    if figure.numerator is None:
        return None
    return Entered(figure.numerator, figure.denominator)
