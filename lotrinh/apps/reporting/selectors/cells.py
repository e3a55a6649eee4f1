"""What a report says: the latest entry of each measure, and the mark of all of it."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal

from lotrinh.apps.reporting.models import Report, ReportCell, ReportEvent, ReportEvidence
from lotrinh.apps.reporting.selectors.forms import lines_of
from lotrinh.rules.typed_cells import CellKind


def cells_of(*, report: Report) -> dict[int, ReportCell]:
    """Return the entry that counts of each measure, by the measure's id.

    Hundreds of entries come from a few acts: what stands behind them is read once, not with each.
    """
    rows = ReportCell.objects.filter(report=report).order_by("measure", "-id").distinct("measure")
    cells = {cell.measure_id: cell for cell in rows}
    events = ReportEvent.objects.select_related("by").in_bulk(
        {cell.event_id for cell in cells.values()}
    )
    measures = {line.measure_id: line.measure for line in lines_of(collection=report.collection)}
    for cell in cells.values():
        cell.event, cell.measure = events[cell.event_id], measures[cell.measure_id]
    return cells


def content_of(*, report: Report, cells: Mapping[int, ReportCell] | None = None) -> str:
    """Return the hash of all that a report says: figures, words and files.

    Two reports with one hash say the same; whoever approves names the one that he has read.
    ``cells`` are those of ``cells_of``, where they are at hand.
    """
    files = report.evidence.select_related("blob", "measure").order_by("id")
    counting = cells_of(report=report) if cells is None else cells
    return content_mark(counting.values(), files)


def content_mark(cells: Iterable[ReportCell], files: Iterable[ReportEvidence]) -> str:
    """Return the hash of entries and files that are at hand: ``content_of`` of their report."""
    said = [
        [
            str(cell.measure.uid),
            cell.kind,
            cell.text if cell.kind != CellKind.FIGURE else "",
            *map(_number, (cell.value, cell.numerator, cell.denominator, cell.weight)),
            cell.comment,
        ]
        for cell in sorted(cells, key=lambda cell: cell.measure_id)
    ]
    handed = [[str(one.measure.uid) if one.measure else "", one.blob.sha256] for one in files]
    text = json.dumps([said, handed], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
