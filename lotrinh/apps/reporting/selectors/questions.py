"""The questions that the figures of a report raise, and which of them nobody has answered.

How much is much is reference data (``CheckSetting``). An answer is the comment beside the figure.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from lotrinh.apps.reporting.models import CheckSetting, Report, ReportCell
from lotrinh.apps.reporting.selectors.past import Before, before_of
from lotrinh.rules.figure_checks import (
    Entered,
    FigureQuestion,
    Thresholds,
    is_usual,
    questions,
)
from lotrinh.rules.typed_cells import CellKind

Questions = dict[int, tuple[FigureQuestion, ...]]


def thresholds(*, on: date) -> Thresholds | None:
    """Return how much is much on a day; None where nobody has said so, and nothing is asked."""
    row = CheckSetting.objects.filter(since__lte=on).order_by("-since").first()
    if row is None:
        return None
    return Thresholds(
        jump=Fraction(row.jump),
        slip_within=Fraction(row.slip_within),
        parts_within=Fraction(row.parts_within),
    )


def questions_of(*, cells: Mapping[int, ReportCell], before: Before, on: date) -> Questions:
    """Return by measure what there is to ask about the figures that were entered."""
    much = thresholds(on=on)
    if much is None:
        return {}
    found: Questions = {}
    for measure_id, cell in cells.items():
        entered = entered_of(cell)
        if entered is None:
            continue
        past = before.past(measure_id, accumulates=bool(cell.measure.accumulates))
        if is_usual(entered, past=past, thresholds=much):
            continue
        asked = questions(entered, past=past, thresholds=much)
        if asked:
            found[measure_id] = asked
    return found


def open_questions(*, report: Report, cells: Mapping[int, ReportCell], on: date) -> Questions:
    """Return the questions of ``questions_of`` beside whose figure there is no comment."""
    before = before_of(report=report, measure_ids=list(cells))
    found = questions_of(cells=cells, before=before, on=on)
    return {pk: asked for pk, asked in found.items() if not cells[pk].comment}


def entered_of(cell: ReportCell) -> Entered | None:
    """Return the figure of a cell as the checks know it; None where there is none."""
    if cell.kind != CellKind.FIGURE:
        return None
    if cell.value is not None:
        return Entered(cell.value)
    return Entered(cell.numerator, cell.denominator) if cell.numerator is not None else None
