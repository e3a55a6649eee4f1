"""A report as a workbook: what stands in it, and whose it is."""

from decimal import Decimal

from lotrinh.apps.reporting.books import signed
from lotrinh.apps.reporting.models import Figure, Report
from lotrinh.apps.reporting.selectors.forms import cell_units
from lotrinh.apps.reporting.selectors.reports import Grid
from lotrinh.rules.books import Book, BookKey, BookRow
from lotrinh.rules.formats import number
from lotrinh.rules.measure_words import measure_word
from lotrinh.rules.period_words import period_name


def book_key(*, report: Report, language: str) -> BookKey:
    """Return whose a workbook of the report is, as it stands now."""
    period = report.collection.period
    return BookKey(
        sheet=str(report.uid),
        unit_code=report.unit.code,
        period_code=f"{period.kind.code}:{period.code}",
        basis=report.collection.basis,
        language=language,
        version=report.version,
    )


def book_rows(*, grid: Grid, language: str) -> tuple[BookRow, ...]:
    """Return the lines of a report as rows of its workbook, in their order."""
    scales = cell_units(row.measure for row in grid.rows)
    return tuple(
        BookRow(
            measure_key=str(row.measure.uid),
            name=row.measure.name,
            unit_words=measure_word(row.measure.unit_of_measure, language=language),
            cell_unit=scales[row.measure.pk],
            plan=row.plan.value if row.plan else None,
            previous=_told(row.previous, language),
            year_before=_told(row.year_before, language),
            typed_text=row.cell.text if row.cell else None,
            told=_told(row.elsewhere, language) if row.is_spared else None,
            comment=row.cell.comment if row.cell else "",
        )
        for row in grid.rows
    )


def book_of(*, grid: Grid, language: str) -> Book:
    """Return the workbook of a report in a language; what is typed into it is read in that one."""
    report = grid.report
    key = book_key(report=report, language=language)
    regime = report.collection.regime
    return Book(
        key=signed(key),
        unit_code=report.unit.code,
        unit_name=report.unit.name_vi if language == "vi" else report.unit.name_en,
        period_name=period_name(report.collection.period.rule, language=language),
        period_code=key.period_code,
        basis=key.basis,
        regime_name=regime.name if regime else "",
        language=language,
        version=key.version,
        rows=book_rows(grid=grid, language=language),
    )


def _told(figure: Figure | None, language: str) -> Decimal | str | None:
    """Return a figure as a workbook shows it: a pair in words, with both its numbers."""
    if figure is None or figure.numerator is None or figure.denominator is None:
        return figure.value if figure else None
    both = (figure.numerator, figure.denominator)
    return "/".join(number(one, language=language) for one in both)
