"""What a report need not ask: the figure counts already, since another report has told it.

A figure belongs to its unit, measure, period and basis, not to a report. The first report that
tells it answers for it; every other one takes it over, and a correction is made where it was told.
"""

from collections.abc import Iterable, Mapping

from django.db.models import Exists, OuterRef

from lotrinh.apps.journal.statements import run
from lotrinh.apps.reporting.models import Figure, Report, ReportCell
from lotrinh.apps.reporting.selectors.forms import lines_of
from lotrinh.apps.reporting.selectors.ledger import standing
from lotrinh.rules.typed_cells import CellKind

_SPARED = """
SELECT report.id, count(*)
FROM reporting_report AS report
JOIN reporting_collection AS asked ON asked.id = report.collection_id
JOIN reporting_approval AS act ON act.unit_id = report.unit_id
    AND act.period_id = asked.period_id AND act.basis = asked.basis
    AND act.source IS DISTINCT FROM report.uid
JOIN reporting_figure AS figure ON figure.approval_id = act.id
JOIN reporting_collection_line AS line ON line.collection_id = asked.id
    AND line.measure_id = figure.measure_id
WHERE report.id = ANY(%(reports)s::bigint[])
    AND (figure.value IS NOT NULL OR figure.numerator IS NOT NULL)
    AND NOT EXISTS (
        SELECT 1 FROM reporting_figure AS later WHERE later.supersedes_id = figure.id
    )
    AND NOT EXISTS (
        SELECT 1 FROM reporting_report_cell AS cell
        WHERE cell.report_id = report.id AND cell.measure_id = figure.measure_id
            AND cell.kind <> %(empty)s
    )
GROUP BY report.id
"""


def told_elsewhere(*, report: Report) -> dict[int, Figure]:
    """Return by measure the figures of a report's lines that count and were never told by it."""
    own = Figure.objects.filter(
        **{name: OuterRef(name) for name in ("period", "basis", "unit", "measure")},
        approval__source=report.uid,
    )
    measures = [line.measure_id for line in lines_of(collection=report.collection)]
    rows = standing(period=report.collection.period, basis=report.collection.basis)
    rows = rows.filter(~Exists(own), unit=report.unit_id, measure__in=measures)
    return {one.measure_id: one for one in rows.select_related("approval")}


def told_otherwise(
    *, cells: Mapping[int, ReportCell], elsewhere: Mapping[int, Figure]
) -> dict[int, Figure]:
    """Return those of ``told_elsewhere`` beside which the report says something else."""
    return {
        pk: figure
        for pk, figure in elsewhere.items()
        if pk in cells and not says_nothing_else(cells[pk], figure)
    }


def says_nothing_else(cell: ReportCell | None, figure: Figure) -> bool:
    """Say whether an entry leaves a figure as it is: it is empty, or says the same."""
    if cell is None or cell.kind == CellKind.EMPTY:
        return True
    numbers = ("value", "numerator", "denominator", "weight")
    return cell.kind == CellKind.FIGURE and all(
        getattr(cell, name) == getattr(figure, name) for name in numbers
    )


def spared_lines(*, report_ids: Iterable[int]) -> dict[int, int]:
    """Return by report how many of its lines are told elsewhere and say nothing here."""
    return dict(run(_SPARED, {"reports": list(report_ids), "empty": str(CellKind.EMPTY)}))


def reports_that_told(figures: Iterable[Figure]) -> dict[int, Report]:
    """Return by figure the report with which it was told; one that came by itself is absent."""
    sources = {one.pk: one.approval.source for one in figures if one.approval.source}
    if not sources:
        return {}
    rows = Report.objects.filter(uid__in=set(sources.values()))
    known = {
        one.uid: one
        for one in rows.select_related("unit", "collection__period__kind", "collection__regime")
    }
    return {pk: known[uid] for pk, uid in sources.items() if uid in known}
