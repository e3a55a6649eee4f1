"""The figures of a whole collection that are unlike those before them, judged all at once.

The same questions as on the page of each report (``selectors.questions``), for those who collect:
only figures beside which nobody has said a word.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lotrinh.apps.reporting.models import Collection, Period, Report, ReportCell
from lotrinh.apps.reporting.selectors.forms import lines_of
from lotrinh.apps.reporting.selectors.ledger import standing
from lotrinh.apps.reporting.selectors.past import is_same_year, past_of, periods_before
from lotrinh.apps.reporting.selectors.questions import thresholds
from lotrinh.apps.targets.models import Measure
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.figure_checks import Entered, FigureQuestion, Thresholds, is_usual, questions
from lotrinh.rules.typed_cells import CellKind

_NUMBERS = ("value", "numerator", "denominator")
Told = dict[tuple[int, int], Entered]
"""By unit and measure, what was told."""


@dataclass(frozen=True, slots=True)
class Outlier:
    """A figure that raises questions; ``last`` is that of the period before, None of none."""

    report: Report
    measure: Measure
    entered: Entered
    last: Entered | None
    questions: tuple[FigureQuestion, ...]


def outliers_of(*, collection: Collection, seen_by: int, on: date) -> tuple[Outlier, ...]:
    """Return what is to be asked about the figures of a collection, in the order of its form.

    Of the units whose figures the account may read, within a line by their names. Nothing where
    nobody has said how much is much.
    """
    much = thresholds(on=on)
    if much is None:
        return ()
    reach = units.reach(user_id=seen_by, action=Action.READ_FIGURE, on=on)
    rows = Report.objects.filter(units.at_any("unit", reach), collection=collection)
    reports = {one.pk: one for one in rows.select_related("unit")}
    places = {line.measure_id: place for place, line in enumerate(lines_of(collection=collection))}
    found = [one for one in _judged(collection, reports, much) if one.measure.pk in places]
    return tuple(
        sorted(
            found,
            key=lambda one: (places[one.measure.pk], one.report.unit.sort_key, one.report.pk),
        )
    )


def _judged(
    collection: Collection, reports: dict[int, Report], much: Thresholds
) -> Iterator[Outlier]:
    """Yield the figures that raise questions, among those of the reports."""
    measures = {line.measure_id: line.measure for line in lines_of(collection=collection)}
    previous, year = periods_before(collection.period)
    of_previous = _told(collection, previous, measures)
    of_year = _told(collection, year, measures)
    days = previous.rule if previous else None
    same_year = is_same_year(days, year.rule if year else None)
    for report_id, measure_id, *numbers in _entered(collection):
        report, measure = reports.get(report_id), measures.get(measure_id)
        entered = _as_entered(*numbers)
        if report is None or measure is None or entered is None:
            continue
        key = report.unit_id, measure_id
        last = of_previous.get(key)
        past = past_of(last, of_year.get(key), is_grown=bool(measure.accumulates) and same_year)
        if is_usual(entered, past=past, thresholds=much):
            continue
        asked = questions(entered, past=past, thresholds=much)
        if asked:
            yield Outlier(report, measure, entered, last, asked)


def _entered(collection: Collection) -> Iterator[tuple[int, int, *tuple[Decimal | None, ...]]]:
    """Yield report, measure and numbers of the figures that count and bear no comment."""
    latest = (
        ReportCell.objects.filter(report__collection=collection)
        .order_by("report", "measure", "-id")
        .distinct("report", "measure")
    )
    rows = ReportCell.objects.filter(pk__in=latest.values("pk"), kind=CellKind.FIGURE, comment="")
    yield from rows.values_list("report", "measure", *_NUMBERS).iterator(chunk_size=20_000)


def _told(collection: Collection, period: Period | None, measures: dict[int, Measure]) -> Told:
    if period is None:
        return {}
    rows = standing(period=period, basis=collection.basis).filter(measure__in=list(measures))
    found = {}
    for unit_id, measure_id, *numbers in rows.values_list("unit", "measure", *_NUMBERS):
        entered = _as_entered(*numbers)
        if entered is not None:
            found[unit_id, measure_id] = entered
    return found


def _as_entered(
    value: Decimal | None, numerator: Decimal | None, denominator: Decimal | None
) -> Entered | None:
    if value is not None:
        return Entered(value)
    return None if numerator is None else Entered(numerator, denominator)
