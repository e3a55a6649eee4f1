"""Taking over a workbook that came back: what was changed in it is entered, the rest is left.

The signs say whose it is. What somebody else has entered since it was downloaded is not written
over: both are given back, as for two who enter at once.
"""

from dataclasses import dataclass

from lotrinh.apps.reporting.models import ReportCell
from lotrinh.apps.reporting.selectors.cells import cells_of
from lotrinh.apps.reporting.selectors.forms import lines_of
from lotrinh.apps.reporting.selectors.report_books import book_key, book_rows
from lotrinh.apps.reporting.selectors.reports import Grid
from lotrinh.apps.reporting.services.entering import CellTyped, Entered, enter_cells
from lotrinh.apps.reporting.services.report_steps import ReportAct
from lotrinh.rules.books import BookCell, BookFault, ReadBook, held_against


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a workbook. ``entered`` is None where it says nothing new.

    ``changed`` lines of the report were entered from it.
    """

    entered: Entered | None
    faults: tuple[BookFault, ...]
    changed: int = 0


def take_book(*, grid: Grid, read: ReadBook, act: ReportAct) -> Taken:
    """Enter what was changed in a workbook of a report, and return it with all faults.

    Good rows are taken though others are at fault; the same key again is once. Raises BookRefused
    for a book of another unit, period, basis or form, and what ``enter_cells`` raises.
    """
    report = grid.report
    rows = book_rows(grid=grid, language=read.key.language)
    held = held_against(read, key=book_key(report=report, language=read.key.language), rows=rows)
    lines = {
        str(line.measure.uid): line.measure_id for line in lines_of(collection=report.collection)
    }
    known = cells_of(report=report)
    typed = [
        cell
        for uid, measure_id in lines.items()
        for cell in [_typed(uid, measure_id, held, known.get(measure_id))]
        if cell is not None
    ]
    if not typed:
        return Taken(None, held.faults)
    entered = enter_cells(report_id=report.pk, cells=typed, language=read.key.language, act=act)
    return Taken(entered, held.faults, len(typed) - len(entered.meanwhile))


def _typed(
    uid: str, measure_id: int, held: ReadBook, before: ReportCell | None
) -> CellTyped | None:
    """Return what a row of the book enters; None where it was left as it was downloaded."""
    cell, comment = held.cells.get(uid), held.comments.get(uid)
    new_cell = cell is not None and cell.is_changed
    new_comment = comment is not None and comment.is_changed
    if not new_cell and not new_comment:
        return None
    return CellTyped(
        measure_id,
        typed=cell.value if cell is not None and new_cell else None,
        is_share=bool(cell is not None and new_cell and cell.is_share),
        comment=comment.text if comment is not None and new_comment else None,
        over=_over(cell if new_cell else None, comment if new_comment else None, before),
    )


def _over(cell: BookCell | None, comment: BookCell | None, before: ReportCell | None) -> int | None:
    """Return the entry that stood in the book: the one that counts, if it says the same still."""
    if before is None:
        return None
    same = cell is None or cell.before.strip() == before.text
    same = same and (comment is None or comment.before.strip() == before.comment)
    return before.pk if same else None
