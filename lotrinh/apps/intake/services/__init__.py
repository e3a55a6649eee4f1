"""Writes of intake: a text is submitted, read, and what reading proposes is decided."""

from lotrinh.apps.intake.rights import NotAllowed
from lotrinh.apps.intake.services.deciding import (
    AlreadyDecided,
    ReasonUnknown,
    WrongKind,
    confirm_target,
    confirm_task,
    reject_candidate,
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

__all__ = [
    "READ_JOB",
    "AlreadyDecided",
    "NotAllowed",
    "ReasonUnknown",
    "RunNotFailed",
    "Submission",
    "WrongKind",
    "confirm_target",
    "confirm_task",
    "enqueue",
    "give_up_run",
    "read_again",
    "read_run",
    "refuse_secret",
    "reject_candidate",
    "resume_waiting_runs",
    "submit",
]
