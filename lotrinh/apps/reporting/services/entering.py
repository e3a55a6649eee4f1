"""Entering figures into a report: cell by cell or many at once, each kept as it was typed.

Two officers may work on one report, or one at two windows: what is entered for different measures
stands side by side. Where the same measure is entered over something that was not shown, the second
is told what the first one wrote, and nothing of his own is lost: it comes back to him beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from lotrinh.apps.reporting.models import Report, ReportCell, ReportEvidence
from lotrinh.apps.reporting.selectors.cells import cells_of
from lotrinh.apps.reporting.selectors.forms import cell_units, lines_of
from lotrinh.apps.reporting.services.refusals import NothingEntered, NotInForm
from lotrinh.apps.reporting.services.report_steps import (
    ReportAct,
    keep_event,
    locked_report,
    require_step,
    step_taken,
)
from lotrinh.apps.targets.models import Measure
from lotrinh.rules.amounts_typed import CellUnit
from lotrinh.rules.figures_in_sheets import read_number, read_share
from lotrinh.rules.figures_typed import Typed, read_figure
from lotrinh.rules.report_states import ReportStep
from lotrinh.rules.target_terms import Rollup
from lotrinh.rules.typed_cells import CellKind, CellRead, cell_read

ROOM_FOR_TEXT = 400


@dataclass(frozen=True, slots=True)
class CellTyped:
    """What somebody enters for a measure.

    ``typed`` is a text in the language of the form, or the number of a sheet's cell, which
    ``is_share`` says to be shown in percent there; ``weight`` the text of what it weighs. None
    leaves the figure, the weight or the comment as it is. ``over`` is the id of the entry that was
    shown (None: there was none), so that nothing is overwritten unseen.
    """

    measure_id: int
    typed: str | float | None = None
    weight: str | None = None
    comment: str | None = None
    over: int | None = None
    is_share: bool = False


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of an act of entering.

    ``cells`` are the entries that count now, by measure; ``meanwhile`` those that had been written
    over what was shown, by whomever, and say something else: their place was not taken. ``holding``
    are the ids of the entries that hold what this act said: its own, whatever was entered over
    them since, or those that had said the same before.
    """

    report: Report
    cells: Mapping[int, ReportCell]
    meanwhile: Mapping[int, ReportCell]
    holding: Mapping[int, int]


@transaction.atomic
def enter_cells(
    *, report_id: int, cells: Sequence[CellTyped], language: str, act: ReportAct
) -> Entered:
    """Keep what was entered, and return the report with what counts now; the same key is once.

    Sent again, an act is told once more what it was told: whose place it did not take then.
    Raises NotAllowed, CollectionClosed, ReportStepNotOpen, NotInForm and NothingEntered.
    """
    report = locked_report(report_id=report_id)
    known = cells_of(report=report)
    measures = {line.measure_id: line.measure for line in lines_of(collection=report.collection)}
    if step_taken(report=report, act=act):
        own = _taken_before(report, act)
        rest = [cell for cell in cells if cell.measure_id in measures.keys() - own.keys()]
        meanwhile = _meanwhile(_rows(rest, measures, known, language), known)
        return Entered(report, known, meanwhile, _holding(rest, meanwhile, known) | own)
    require_step(report=report, step=ReportStep.ENTER, act=act)
    strangers = [cell.measure_id for cell in cells if cell.measure_id not in measures]
    if strangers:
        raise NotInForm(", ".join(map(str, strangers)))
    if not cells:
        raise NothingEntered(str(report.uid))
    rows = _rows(cells, measures, known, language)
    meanwhile = _meanwhile(rows, known)
    made = [row for cell, row in rows if cell.measure_id not in meanwhile]
    if made:
        event = keep_event(
            report=report,
            step=ReportStep.ENTER,
            act=act,
            passed=report.passed,
            details={"measures": [str(row.measure.uid) for row in made]},
        )
        for row in made:
            row.event, row.report = event, report
        ReportCell.objects.bulk_create(made)
        known = cells_of(report=report)
    return Entered(report, known, meanwhile, _holding(cells, meanwhile, known))


@transaction.atomic
def attach_evidence(
    *, report_id: int, measure_id: int | None, act: ReportAct
) -> tuple[ReportEvidence, ...]:
    """Keep files beside a figure, or beside the whole report, and return those that are new.

    A file that lies there already is not kept twice. Raises NotAllowed, CollectionClosed,
    ReportStepNotOpen, NotInForm and NothingEntered.
    """
    report = locked_report(report_id=report_id)
    if step_taken(report=report, act=act):
        return ()
    require_step(report=report, step=ReportStep.ATTACH, act=act)
    if not act.blobs:
        raise NothingEntered(str(report.uid))
    lines = {line.measure_id for line in lines_of(collection=report.collection)}
    if measure_id is not None and measure_id not in lines:
        raise NotInForm(str(measure_id))
    held = report.evidence.filter(measure=measure_id).values_list("blob", flat=True)
    named = {blob.pk: (blob, name) for blob, name in act.blobs}
    new = {pk: named[pk] for pk in named if pk not in set(held)}
    if not new:
        return ()
    event = keep_event(
        report=report,
        step=ReportStep.ATTACH,
        act=act,
        passed=report.passed,
        details={"files": [blob.sha256 for blob, _ in new.values()]},
    )
    return tuple(
        ReportEvidence.objects.bulk_create(
            ReportEvidence(
                event=event, report=report, measure_id=measure_id, blob=blob, name=name[:200]
            )
            for blob, name in new.values()
        )
    )


def _rows(
    cells: Sequence[CellTyped],
    measures: Mapping[int, Measure],
    known: Mapping[int, ReportCell],
    language: str,
) -> "list[tuple[CellTyped, ReportCell]]":
    """Return the entries to write; there is none where a cell says what counts already."""
    scales = cell_units(measures.values())
    found = [
        (cell, _row(cell, measures, scales, known.get(cell.measure_id), language)) for cell in cells
    ]
    return [(cell, row) for cell, row in found if row is not None]


def _meanwhile(
    rows: "Sequence[tuple[CellTyped, ReportCell]]", known: Mapping[int, ReportCell]
) -> dict[int, ReportCell]:
    """Return the entries that are newer than what was shown, also those of the same account."""
    return {
        cell.measure_id: known[cell.measure_id]
        for cell, _ in rows
        if cell.measure_id in known and known[cell.measure_id].pk != cell.over
    }


def _holding(
    cells: Sequence[CellTyped],
    meanwhile: Mapping[int, ReportCell],
    known: Mapping[int, ReportCell],
) -> dict[int, int]:
    """Return by measure the entries that say what was entered, where its place was taken."""
    taken = [cell.measure_id for cell in cells if cell.measure_id not in meanwhile]
    return {pk: known[pk].pk for pk in taken if pk in known}


def _taken_before(report: Report, act: ReportAct) -> dict[int, int]:
    """Return by measure the entries that this act had made when it was sent first."""
    cells = ReportCell.objects.filter(report=report)
    own = cells.filter(event__client_key=act.client_key, event__by=act.user)
    return dict(own.values_list("measure_id", "pk"))


def _row(
    cell: CellTyped,
    measures: Mapping[int, Measure],
    scales: Mapping[int, CellUnit],
    before: ReportCell | None,
    language: str,
) -> ReportCell | None:
    """Return the entry to write; None where it says what counts already."""
    measure, scale = measures[cell.measure_id], scales[cell.measure_id]
    row = ReportCell(measure=measure, language=language, kind=CellKind.EMPTY)
    if before is not None:
        for name in ("kind", "text", "weight_text", "language", "comment"):
            setattr(row, name, getattr(before, name))
        for name in ("value", "numerator", "denominator", "weight"):
            setattr(row, name, getattr(before, name))
    if cell.comment is not None:
        row.comment = cell.comment.strip()[:2000]
    if cell.weight is not None:
        row.weight_text = cell.weight.strip()[:ROOM_FOR_TEXT]
    if cell.typed is not None:
        row.text, row.language = _text(cell.typed), language
    if cell.typed is not None or cell.weight is not None:
        _read_into(row, cell, scale)
    return None if before is not None and _same(row, before) else row


def _text(typed: str | float) -> str:
    if isinstance(typed, str):
        return typed.strip()[:ROOM_FOR_TEXT]
    return f"{Decimal(repr(typed)).normalize():f}"


def _read_into(row: ReportCell, cell: CellTyped, scale: CellUnit) -> None:
    """Put the numbers that the texts say into the row; it keeps its texts in every case."""
    typed: Typed
    if isinstance(cell.typed, float):
        typed = (read_share if cell.is_share else read_number)(cell.typed, unit=scale)
    else:
        typed = read_figure(row.text, language=row.language, unit=scale)
    read = cell_read(typed)
    row.weight = None
    if row.measure.rollup == Rollup.WEIGHTED and read.kind is CellKind.FIGURE:
        weighed = cell_read(read_figure(row.weight_text, language=row.language, unit=CellUnit("")))
        if weighed.kind is not CellKind.FIGURE or (weighed.value or 0) < 0:
            read = CellRead(CellKind.REFUSED)
        row.weight = weighed.value if read.kind is CellKind.FIGURE else None
    row.kind, row.value = read.kind, read.value
    row.numerator, row.denominator = read.numerator, read.denominator


def _same(row: ReportCell, before: ReportCell) -> bool:
    names = ("kind", "text", "weight_text", "comment")
    return all(getattr(row, name) == getattr(before, name) for name in names)
