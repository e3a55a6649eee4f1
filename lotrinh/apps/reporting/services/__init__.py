"""Writes of reporting: regimes, reports from entry to approval, figures, totals."""

from lotrinh.apps.reporting.services.approving import approve_figures
from lotrinh.apps.reporting.services.collecting import (
    close_collection,
    open_reports,
    reopen_collection,
)
from lotrinh.apps.reporting.services.correcting import correct_figure
from lotrinh.apps.reporting.services.entering import (
    CellTyped,
    Entered,
    attach_evidence,
    enter_cells,
)
from lotrinh.apps.reporting.services.folding import BATCH, fold_deltas
from lotrinh.apps.reporting.services.integrity import (
    QuestionAct,
    answer_question,
    close_question,
    raise_questions,
)
from lotrinh.apps.reporting.services.keeping import (
    follow_changes,
    rebuild_totals,
    recount_totals,
)
from lotrinh.apps.reporting.services.opening import open_collection, open_period
from lotrinh.apps.reporting.services.passing import (
    hand_in_report,
    pass_report,
    return_report,
    unlock_report,
)
from lotrinh.apps.reporting.services.queueing import (
    FOLD_JOB,
    QUESTIONS_JOB,
    queue_fold,
    queue_questions,
)
from lotrinh.apps.reporting.services.refusals import (
    AlreadyApproved,
    BelowMissing,
    CellsMissing,
    CellsUnsettled,
    CollectionClosed,
    EnteredLater,
    EnteredTwice,
    FigureSuperseded,
    KeyTaken,
    NobodyAsked,
    NoReason,
    NotAllowed,
    NotAnswered,
    NothingCorrected,
    NothingEntered,
    NotInForm,
    NoWords,
    QuestionClosed,
    QuestionsOpen,
    RegimeChangedMeanwhile,
    RegimeEnds,
    ReportChangedMeanwhile,
    ReportStepNotOpen,
    SamePerson,
    ToldOtherwise,
    TookPart,
    UnitNotThere,
    WrongPeriod,
)
from lotrinh.apps.reporting.services.regimes import (
    RegimeSaid,
    StageSaid,
    end_regime,
    set_regime,
)
from lotrinh.apps.reporting.services.report_steps import (
    ReportAct,
)
from lotrinh.apps.reporting.services.taking_books import Taken, take_book
from lotrinh.apps.reporting.services.telling import Entry, Told
from lotrinh.rules.ledger import FigureTooLarge, WrongFigureForm

__all__ = [
    "BATCH",
    "FOLD_JOB",
    "QUESTIONS_JOB",
    "AlreadyApproved",
    "BelowMissing",
    "CellTyped",
    "CellsMissing",
    "CellsUnsettled",
    "CollectionClosed",
    "Entered",
    "EnteredLater",
    "EnteredTwice",
    "Entry",
    "FigureSuperseded",
    "FigureTooLarge",
    "KeyTaken",
    "NoReason",
    "NoWords",
    "NobodyAsked",
    "NotAllowed",
    "NotAnswered",
    "NotInForm",
    "NothingCorrected",
    "NothingEntered",
    "QuestionAct",
    "QuestionClosed",
    "QuestionsOpen",
    "RegimeChangedMeanwhile",
    "RegimeEnds",
    "RegimeSaid",
    "ReportAct",
    "ReportChangedMeanwhile",
    "ReportStepNotOpen",
    "SamePerson",
    "StageSaid",
    "Taken",
    "Told",
    "ToldOtherwise",
    "TookPart",
    "UnitNotThere",
    "WrongFigureForm",
    "WrongPeriod",
    "answer_question",
    "approve_figures",
    "attach_evidence",
    "close_collection",
    "close_question",
    "correct_figure",
    "end_regime",
    "enter_cells",
    "fold_deltas",
    "follow_changes",
    "hand_in_report",
    "open_collection",
    "open_period",
    "open_reports",
    "pass_report",
    "queue_fold",
    "queue_questions",
    "raise_questions",
    "rebuild_totals",
    "recount_totals",
    "reopen_collection",
    "return_report",
    "set_regime",
    "take_book",
    "unlock_report",
]
