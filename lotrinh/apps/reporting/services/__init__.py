"""Writes of reporting: periods are opened, figures approved and corrected, totals kept."""

from lotrinh.apps.reporting.services.approving import Entry, Told, approve_figures
from lotrinh.apps.reporting.services.correcting import correct_figure
from lotrinh.apps.reporting.services.folding import BATCH, fold_deltas
from lotrinh.apps.reporting.services.keeping import (
    follow_changes,
    rebuild_totals,
    recount_totals,
)
from lotrinh.apps.reporting.services.opening import open_collection, open_period
from lotrinh.apps.reporting.services.queueing import FOLD_JOB, queue_fold
from lotrinh.apps.reporting.services.refusals import (
    AlreadyApproved,
    EnteredLater,
    EnteredTwice,
    FigureSuperseded,
    KeyTaken,
    NobodyAsked,
    NoReason,
    NotAllowed,
    NothingCorrected,
    NothingEntered,
    SamePerson,
    UnitNotThere,
    WrongPeriod,
)
from lotrinh.rules.ledger import FigureTooLarge, WrongFigureForm

__all__ = [
    "BATCH",
    "FOLD_JOB",
    "AlreadyApproved",
    "EnteredLater",
    "EnteredTwice",
    "Entry",
    "FigureSuperseded",
    "FigureTooLarge",
    "KeyTaken",
    "NoReason",
    "NobodyAsked",
    "NotAllowed",
    "NothingCorrected",
    "NothingEntered",
    "SamePerson",
    "Told",
    "UnitNotThere",
    "WrongFigureForm",
    "WrongPeriod",
    "approve_figures",
    "correct_figure",
    "fold_deltas",
    "follow_changes",
    "open_collection",
    "open_period",
    "queue_fold",
    "rebuild_totals",
    "recount_totals",
]
