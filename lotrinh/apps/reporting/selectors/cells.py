"""What a report says: the latest entry of each measure, and the mark of all of it."""

import hashlib
import json
from collections.abc import Iterable
from decimal import Decimal

from lotrinh.apps.reporting.models import Report, ReportCell, ReportEvidence
from lotrinh.rules.typed_cells import CellKind


def cells_of(*, report: Report) -> dict[int, ReportCell]:
    """Return the entry that counts of each measure, by the measure's id."""
    rows = (
        ReportCell.objects.filter(report=report)
        .select_related("measure", "event__by")
        .order_by("measure", "-id")
        .distinct("measure")
    )
    return {cell.measure_id: cell for cell in rows}


def content_of(*, report: Report) -> str:
    """Return the hash of all that a report says: figures, words and files.

    Two reports with one hash say the same; whoever approves names the one that he has read.
    """
    files = report.evidence.select_related("blob", "measure").order_by("id")
    return content_mark(cells_of(report=report).values(), files)


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
