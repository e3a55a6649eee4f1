"""Writes of intake: a text is submitted, read, and what it proposes is decided."""

from lotrinh.apps.intake.rights import NotAllowed
from lotrinh.apps.intake.services.arriving import take_file
from lotrinh.apps.intake.services.blocks import (
    Block,
    BlockRefused,
    Row,
    confirm_block,
    reject_block,
)
from lotrinh.apps.intake.services.carrying import Carried, TextNotRead, take_text
from lotrinh.apps.intake.services.deciding import confirm_target, confirm_task, reject_candidate
from lotrinh.apps.intake.services.evidence import take_evidence, take_figure_evidence
from lotrinh.apps.intake.services.keeping import be_present, keep_typed, keep_typed_for_all
from lotrinh.apps.intake.services.learning import NameEnded, NoReason, end_learned_name
from lotrinh.apps.intake.services.lexicon import (
    MEASURE_JOB,
    LineDecided,
    decide_line,
    find_lines,
    measure_line,
    queue_measuring,
)
from lotrinh.apps.intake.services.likening import (
    AlreadyOne,
    AnsweredMeanwhile,
    HasCommitments,
    answer_likeness,
    liken,
)
from lotrinh.apps.intake.services.parting import part_document
from lotrinh.apps.intake.services.queueing import READ_JOB, enqueue
from lotrinh.apps.intake.services.rereading import NothingNewer, reread, reread_for_all
from lotrinh.apps.intake.services.reshaping import (
    AlreadyProposed,
    NoPlaceToSplit,
    NotNeighbours,
    NoWords,
    add_candidate,
    merge_candidates,
    split_candidate,
)
from lotrinh.apps.intake.services.runs import (
    RunNotFailed,
    give_up_run,
    read_again,
    read_run,
    resume_waiting_runs,
)
from lotrinh.apps.intake.services.settling import (
    AlreadySettled,
    NotADifference,
    NothingToTake,
    Taken,
    settle_difference,
)
from lotrinh.apps.intake.services.submitting import Submission, refuse_secret, submit
from lotrinh.apps.intake.services.tallying import recount_rules
from lotrinh.apps.intake.services.turns import (
    AlreadyDecided,
    AnotherTextCounts,
    ReasonUnknown,
    WrongKind,
)
from lotrinh.apps.intake.services.undoing import (
    DutyIssued,
    NothingToUndo,
    SuccessorDecided,
    Undone,
    reopen_candidate,
    undo_act,
)

__all__ = [
    "MEASURE_JOB",
    "READ_JOB",
    "AlreadyDecided",
    "AlreadyOne",
    "AlreadyProposed",
    "AlreadySettled",
    "AnotherTextCounts",
    "AnsweredMeanwhile",
    "Block",
    "BlockRefused",
    "Carried",
    "DutyIssued",
    "HasCommitments",
    "LineDecided",
    "NameEnded",
    "NoPlaceToSplit",
    "NoReason",
    "NoWords",
    "NotADifference",
    "NotAllowed",
    "NotNeighbours",
    "NothingNewer",
    "NothingToTake",
    "NothingToUndo",
    "ReasonUnknown",
    "Row",
    "RunNotFailed",
    "Submission",
    "SuccessorDecided",
    "Taken",
    "TextNotRead",
    "Undone",
    "WrongKind",
    "add_candidate",
    "answer_likeness",
    "be_present",
    "confirm_block",
    "confirm_target",
    "confirm_task",
    "decide_line",
    "end_learned_name",
    "enqueue",
    "find_lines",
    "give_up_run",
    "keep_typed",
    "keep_typed_for_all",
    "liken",
    "measure_line",
    "merge_candidates",
    "part_document",
    "queue_measuring",
    "read_again",
    "read_run",
    "recount_rules",
    "refuse_secret",
    "reject_block",
    "reject_candidate",
    "reopen_candidate",
    "reread",
    "reread_for_all",
    "resume_waiting_runs",
    "settle_difference",
    "split_candidate",
    "submit",
    "take_evidence",
    "take_figure_evidence",
    "take_file",
    "take_text",
    "undo_act",
]
