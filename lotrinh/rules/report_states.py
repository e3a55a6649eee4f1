"""The life of a report of figures: who enters, hands in, checks and approves, at which level.

A regime names the stages one after another: handing in, then checks and approvals, each by the unit
itself or by one so many levels above it. One table says what may be done in which state; how many
stages there are is data. Figures count once the last stage is passed. Nobody takes two stages of
one round, and nobody passes a figure that he has entered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class ReportState(StrEnum):
    """Where the paper of a report lies."""

    OPEN = "open"  # with the unit, which enters
    HANDED_IN = "handed_in"  # with those who check and approve
    APPROVED = "approved"  # its figures count; it is locked


class ReportStep(StrEnum):
    """What can be done to a report."""

    ENTER = "enter"  # type, paste, take over a sheet, comment
    ATTACH = "attach"  # a file that supports a figure
    HAND_IN = "hand_in"
    CHECK = "check"
    APPROVE = "approve"
    RETURN = "return"  # to the unit, saying which figures are in question
    UNLOCK = "unlock"  # what is approved, saying why


PASSING = (ReportStep.CHECK, ReportStep.APPROVE)
"""The steps by which a stage after the first is passed."""

WITH_WORDS = (ReportStep.RETURN, ReportStep.UNLOCK)
"""The steps that say why."""

REPORT_STEPS: Mapping[ReportState, frozenset[ReportStep]] = MappingProxyType(
    {
        ReportState.OPEN: frozenset({ReportStep.ENTER, ReportStep.ATTACH, ReportStep.HAND_IN}),
        ReportState.HANDED_IN: frozenset({ReportStep.CHECK, ReportStep.APPROVE, ReportStep.RETURN}),
        ReportState.APPROVED: frozenset({ReportStep.UNLOCK}),
    }
)
"""What may be done in which state."""

REPORT_MOVES = frozenset(
    {
        (ReportState.OPEN, ReportState.HANDED_IN),
        (ReportState.HANDED_IN, ReportState.APPROVED),
        (ReportState.HANDED_IN, ReportState.OPEN),
        (ReportState.APPROVED, ReportState.OPEN),
    }
)
"""From which state to which other one a report moves; the guard in the database is made of it."""


class WrongChain(ValueError):
    """These stages make no way from the officer to a figure that counts; ``why`` is a code."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a regime: what is done, how many levels above the unit that reports."""

    step: ReportStep
    height: int = 0


def require_chain(stages: Sequence[Stage]) -> None:
    """Raise WrongChain unless the stages lead from handing in up to an approval.

    >>> require_chain([Stage(ReportStep.HAND_IN), Stage(ReportStep.APPROVE)])
    """
    if not stages or stages[0] != Stage(ReportStep.HAND_IN):
        raise WrongChain("begins_with_handing_in")
    if any(stage.step not in PASSING for stage in stages[1:]):
        raise WrongChain("checks_and_approvals")
    if stages[-1].step is not ReportStep.APPROVE:
        raise WrongChain("ends_with_approval")
    heights = [stage.height for stage in stages]
    if heights != sorted(heights) or heights[0] < 0:
        raise WrongChain("upwards")


def next_step(stages: Sequence[Stage], passed: int) -> Stage | None:
    """Return the stage that comes after ``passed`` ones; None after the last."""
    return stages[passed] if passed < len(stages) else None


def leaves_unit(stages: Sequence[Stage], passed: int) -> bool:
    """Say whether a report that has just passed so many stages leaves its unit by that."""
    return passed == sum(1 for stage in stages if stage.height == 0)


def state_after(stages: Sequence[Stage], passed: int) -> ReportState:
    """Return where a report lies that has passed so many stages."""
    if passed == 0:
        return ReportState.OPEN
    return ReportState.APPROVED if passed == len(stages) else ReportState.HANDED_IN


def may_follow(state: ReportState, step: ReportStep, stages: Sequence[Stage], passed: int) -> bool:
    """Say whether a step is open: by the state and, of a stage, in its turn."""
    if step not in REPORT_STEPS[state]:
        return False
    if step in PASSING or step is ReportStep.HAND_IN:
        coming = next_step(stages, passed)
        return coming is not None and coming.step is step
    return True
