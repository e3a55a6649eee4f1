"""Scenarios of reporting: before, and the one call that is watched."""

from collections.abc import Callable

from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.reporting import services
from lotrinh.apps.reporting.models import Figure
from lotrinh.rules.figures import Basis
from tests.cast import Cast
from tests.factories import NOW, TODAY, key
from tests.ledgers import JULY, approve, correct, fold, make_measure, make_period, told

Act = Callable[[], object]

NO_REPORTING_SERVICE = {
    "reporting.fold_deltas": "writes only what can be made anew from the ledger",
    "reporting.follow_changes": "the same, along a tree that has changed",
    "reporting.recount_totals": "counts anew and writes nothing",
    "reporting.queue_fold": "queues a job that can be found again from the lines that wait",
    "reporting.take_fold_turn": "waits for others and writes nothing",
    "reporting.known_act": "asks for an act by its key and writes nothing",
    "reporting.require_two": "asks rights and writes nothing",
    "reporting.keep_act": "a step of approving and correcting, which are watched",
    "reporting.keep_delta": "a step of approving and correcting, which are watched",
    "reporting.keep_entry": "writes the entry of an approval",
    "reporting.row_of": "pure: the row of what is told, not written yet",
    "reporting.said_by": "pure: the numbers of a figure as words",
    "reporting.sheet_of": "a step of folding: opens what can be made anew",
    "reporting.refold": "a step of folding and of following changes",
    "reporting.rebuild": "a step of rebuild_totals, which is watched, and of folding",
    "reporting.picked_anew": "reads the ledger for a fold and writes nothing",
    "reporting.write_rows": "a step of folding: writes what can be made anew",
    "reporting.replace_rows": "a step of folding: writes what can be made anew",
    "reporting.make_room": "a step of folding: the same numbers in wider lanes",
}


def told_by_sen_tay(cast: Cast) -> Figure:
    """Let a figure of Sen Tây count in July 2024."""
    families = make_measure(owed_to=cast.city, user=cast.chi)
    by = {"period": make_period(), "entered_by": cast.chi, "user": cast.thach}
    return approve(cast.sen_tay, [told(families, 120)], **by).figures.get()


def open_period(cast: Cast) -> Act:
    return lambda: services.open_period(
        kind="month", starts=JULY[0], ends=JULY[1], on=TODAY, actor=SYSTEM, at=NOW
    )


def open_collection(cast: Cast) -> Act:
    families, month = make_measure(owed_to=cast.city, user=cast.chi), make_period()
    return lambda: services.open_collection(
        period=month,
        basis=Basis.SELF_REPORTED,
        measures=[families],
        unit_ids=[cast.sen_tay.pk],
        user=cast.chi,
        client_key=key(),
        on=TODAY,
        at=NOW,
    )


def approve_figures(cast: Cast) -> Act:
    families, month = make_measure(owed_to=cast.city, user=cast.chi), make_period()
    by = {"period": month, "entered_by": cast.chi, "user": cast.thach}
    return lambda: approve(cast.sen_tay, [told(families, 120)], **by)


def correct_figure(cast: Cast) -> Act:
    figure = told_by_sen_tay(cast)
    by = {"entered_by": cast.chi, "user": cast.thach}
    return lambda: correct(figure, told(figure.measure, 100), **by)


def rebuild_totals(cast: Cast) -> Act:
    told_by_sen_tay(cast)
    fold()
    return lambda: services.rebuild_totals(at=NOW)


REPORTING_SCENARIOS: dict[str, Callable[[Cast], Act]] = {
    "reporting.open_period": open_period,
    "reporting.open_collection": open_collection,
    "reporting.approve_figures": approve_figures,
    "reporting.correct_figure": correct_figure,
    "reporting.rebuild_totals": rebuild_totals,
}
