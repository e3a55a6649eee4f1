"""How far a unit is with its own programme, and how many are how far.

A state follows from what is linked and is never set by hand: nothing, a document without number or
day of issue, an issued document, one that the office has reviewed. Being late is no state but a
mark beside it, since a programme may be issued late.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ProgrammeState(StrEnum):
    """How far a unit is with the programme that it owes."""

    NONE = "none"  # no document is linked
    DRAFT = "draft"  # the document has no number yet, or no day of issue
    ISSUED = "issued"
    REVIEWED = "reviewed"  # the office has read it; this says nothing of its worth


class ProgrammeOutcome(StrEnum):
    """How a question about a programme was closed. None of these says that anybody did wrong."""

    EXPLAINED = "explained"  # what the unit said explains it
    REVISED = "revised"  # the unit has linked another text since
    DISCUSSED = "discussed"  # office and unit talk it over elsewhere


NEEDS_ANSWER = frozenset({ProgrammeOutcome.EXPLAINED})
"""What nobody can find before the unit has spoken."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many units owe a programme and how far they are; the four states add up to ``owed``.

    ``issued_late`` are among those issued or reviewed, ``overdue`` among the others.
    """

    none: int = 0
    draft: int = 0
    issued: int = 0
    reviewed: int = 0
    issued_late: int = 0
    overdue: int = 0

    @property
    def owed(self) -> int:
        """How many owe one."""
        return self.none + self.draft + self.issued + self.reviewed

    @property
    def out(self) -> int:
        """How many have issued theirs, reviewed or not."""
        return self.issued + self.reviewed


def is_late(state: ProgrammeState, *, issued_on: date | None, due: date | None, on: date) -> bool:
    """Say whether a programme came after its day, or is not there although the day has passed.

    Without a day nothing is late.

    >>> day = date(2024, 8, 30)
    >>> is_late(ProgrammeState.ISSUED, issued_on=date(2024, 8, 31), due=day, on=day)
    True
    >>> is_late(ProgrammeState.DRAFT, issued_on=None, due=day, on=day)
    False
    """
    if due is None:
        return False
    is_out = state in {ProgrammeState.ISSUED, ProgrammeState.REVIEWED}
    reached = issued_on if is_out and issued_on is not None else on
    return reached > due


def counted(rows: Iterable[tuple[ProgrammeState, bool]]) -> Counted:
    """Count programmes, each by its state and whether it is late."""
    found = {state: [0, 0] for state in ProgrammeState}
    for state, late in rows:
        found[state][0] += 1
        found[state][1] += late
    none, draft, issued, reviewed = (found[state] for state in ProgrammeState)
    return Counted(
        none[0],
        draft[0],
        issued[0],
        reviewed[0],
        issued_late=issued[1] + reviewed[1],
        overdue=none[1] + draft[1],
    )
