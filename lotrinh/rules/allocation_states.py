"""The life of an allocation: which step leads where, and who takes it.

A draft binds nobody; the units are consulted and each answers; a document decides, and from then on
the figures stand. What was decided is never changed: a new allocation takes its place, and the
old one stays readable. One frozen table serves services, pages and the guard in the database.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class AllocationState(StrEnum):
    """Where the paper of an allocation lies."""

    DRAFT = "draft"
    CONSULTING = "consulting"  # before the units, which answer
    DECIDED = "decided"  # by a document; every unit has its own target
    SUPERSEDED = "superseded"  # another one was decided since
    WITHDRAWN = "withdrawn"  # given up before it was decided


class AllocationStep(StrEnum):
    """What can be done to an allocation."""

    AMEND = "amend"
    CONSULT = "consult"
    ANSWER = "answer"  # by a unit, of its own share
    DECIDE = "decide"
    SUPERSEDE = "supersede"  # by deciding the next one
    WITHDRAW = "withdraw"


class AllocationMethod(StrEnum):
    """How the shares of an allocation come about."""

    EQUAL = "equal"
    PROPORTIONAL = "proportional"  # to a stated base
    AS_BEFORE = "as_before"  # in the proportions of the allocation before
    BY_HAND = "by_hand"


class ShareAnswer(StrEnum):
    """What a unit says of its share when it is consulted."""

    AGREES = "agrees"
    ASKS = "asks"  # for another figure, with the reason


OPEN_ALLOCATIONS = (AllocationState.DRAFT, AllocationState.CONSULTING)
"""The states in which figures may still change."""

SHOWN_TO_UNITS = (AllocationState.CONSULTING, AllocationState.DECIDED, AllocationState.SUPERSEDED)
"""The states in which a unit sees its own share."""

ALLOCATION_TRANSITIONS: Mapping[tuple[AllocationState, AllocationStep], AllocationState] = (
    MappingProxyType(
        {
            (AllocationState.DRAFT, AllocationStep.AMEND): AllocationState.DRAFT,
            (AllocationState.DRAFT, AllocationStep.CONSULT): AllocationState.CONSULTING,
            (AllocationState.DRAFT, AllocationStep.WITHDRAW): AllocationState.WITHDRAWN,
            (AllocationState.CONSULTING, AllocationStep.AMEND): AllocationState.CONSULTING,
            (AllocationState.CONSULTING, AllocationStep.ANSWER): AllocationState.CONSULTING,
            (AllocationState.CONSULTING, AllocationStep.DECIDE): AllocationState.DECIDED,
            (AllocationState.CONSULTING, AllocationStep.WITHDRAW): AllocationState.WITHDRAWN,
            (AllocationState.DECIDED, AllocationStep.SUPERSEDE): AllocationState.SUPERSEDED,
        }
    )
)


def steps_of(state: AllocationState) -> tuple[AllocationStep, ...]:
    """Return the steps that are open in a state, in the order of the table.

    >>> steps_of(AllocationState.DECIDED)
    (<AllocationStep.SUPERSEDE: 'supersede'>,)
    """
    return tuple(step for found, step in ALLOCATION_TRANSITIONS if found is state)
