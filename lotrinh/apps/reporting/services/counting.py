"""Letting the figures of a report count: new ones are approved, changed ones correct the old.

What another report has told is left alone: there it was approved, and there it is corrected.

A figure whose report was unlocked stays in the ledger; what is approved then supersedes it with the
words of the unlocking, and what says the same as before writes nothing.
"""

from collections.abc import Mapping
from uuid import UUID, uuid5

from lotrinh.apps.reporting.models import Figure, Report, ReportCell
from lotrinh.apps.reporting.selectors.asked_once import told_elsewhere, told_otherwise
from lotrinh.apps.reporting.selectors.ledger import standing
from lotrinh.apps.reporting.services.approving import approve_figures, take_turn_of
from lotrinh.apps.reporting.services.correcting import correct_figure
from lotrinh.apps.reporting.services.refusals import ToldOtherwise
from lotrinh.apps.reporting.services.report_steps import ReportAct, last_event
from lotrinh.apps.reporting.services.telling import Entry, Told, said_by
from lotrinh.rules.figures import Basis
from lotrinh.rules.report_states import ReportStep
from lotrinh.rules.typed_cells import CellKind


def let_count(*, report: Report, act: ReportAct, cells: Mapping[int, ReportCell]) -> None:
    """Write what the report says into the ledger, approved by whoever passed the last stage.

    ``cells`` are the entries that count. Raises ToldOtherwise, and what ``approve_figures`` and
    ``correct_figure`` raise.
    """
    take_turn_of(unit=report.unit, period=report.collection.period, basis=report.collection.basis)
    elsewhere = told_elsewhere(report=report)
    if otherwise := told_otherwise(cells=cells, elsewhere=elsewhere):
        raise ToldOtherwise(tuple(otherwise.values()))
    period, basis = report.collection.period, Basis(report.collection.basis)
    if report.handed_in_by is None or report.handed_in_on is None:
        raise LookupError(str(report.uid))
    entry = Entry(report.handed_in_by, report.handed_in_on, report.uid)
    held = {
        figure.measure_id: figure
        for figure in standing(period=period, basis=basis).filter(
            unit=report.unit, measure__in=cells.keys() - elsewhere.keys()
        )
    }
    told = {pk: _told(cell) for pk, cell in cells.items() if cell.kind == CellKind.FIGURE}
    new = [one for pk, one in told.items() if pk not in held and pk not in elsewhere]
    for pk, figure in held.items():
        _correct(figure, told.get(pk), report=report, entry=entry, act=act)
    if new:
        approve_figures(
            figures=new,
            unit=report.unit,
            period=period,
            basis=basis,
            entry=entry,
            user=act.user,
            client_key=_key(act.client_key, report.uid),
            on=act.on,
            at=act.at,
        )


def _correct(
    figure: Figure, told: Told | None, *, report: Report, entry: Entry, act: ReportAct
) -> None:
    """Let what is told now take the place of a figure; the same again writes nothing."""
    if told is not None and said_by(figure=figure) == said_by(figure=told):
        return
    unlocked = last_event(report=report, steps=(ReportStep.UNLOCK, ReportStep.RETURN))
    correct_figure(
        figure_id=figure.pk,
        told=told,
        reason=unlocked.note if unlocked is not None else act.note,
        entry=entry,
        user=act.user,
        client_key=_key(act.client_key, figure.uid),
        on=act.on,
        at=act.at,
    )


def _told(cell: ReportCell) -> Told:
    return Told(cell.measure, cell.value, cell.numerator, cell.denominator, cell.weight)


def _key(client_key: UUID, of: UUID) -> UUID:
    return uuid5(client_key, str(of))
