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
from lotrinh.apps.intake.services.deciding import confirm_target, confirm_task, reject_candidate
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
    READ_JOB,
    RunNotFailed,
    enqueue,
    give_up_run,
    read_again,
    read_run,
    resume_waiting_runs,
)
from lotrinh.apps.intake.services.submitting import Submission, refuse_secret, submit
from lotrinh.apps.intake.services.turns import AlreadyDecided, ReasonUnknown, WrongKind
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
    "AlreadyProposed",
    "Block",
    "BlockRefused",
    "DutyIssued",
    "LineDecided",
    "NameEnded",
    "NoPlaceToSplit",
    "NoReason",
    "NoWords",
    "NotAllowed",
    "NotNeighbours",
    "NothingToUndo",
    "ReasonUnknown",
    "Row",
    "RunNotFailed",
    "Submission",
    "SuccessorDecided",
    "Undone",
    "WrongKind",
    "add_candidate",
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
    "measure_line",
    "merge_candidates",
    "queue_measuring",
    "read_again",
    "read_run",
    "refuse_secret",
    "reject_block",
    "reject_candidate",
    "reopen_candidate",
    "resume_waiting_runs",
    "split_candidate",
    "submit",
    "take_file",
    "undo_act",
]
