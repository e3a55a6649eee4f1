"""What a report says: the latest entry of each measure, and the mark of all of it."""

import hashlib
import json
from decimal import Decimal

from lotrinh.apps.reporting.models import Report, ReportCell


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
    cells = ReportCell.objects.filter(report=report).order_by("measure", "-id").distinct("measure")
    said = [
        [
            str(uid),
            kind,
            text if kind != "figure" else "",
            *(_number(number) for number in numbers),
            comment,
        ]
        for uid, kind, text, *numbers, comment in cells.values_list(
            "measure__uid",
            "kind",
            "text",
            "value",
            "numerator",
            "denominator",
            "weight",
            "comment",
        )
    ]
    files = report.evidence.order_by("id").values_list("measure__uid", "blob__sha256")
    whole = [said, [[str(uid or ""), digest] for uid, digest in files]]
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
