"""The life of a duty: which step leads where, and who takes it.

One table serves every kind of duty. It is frozen and is the only one: services, buttons,
documentation and the guard in the database are made from it. How a duty stands on a day is derived
from the steps that were taken and never stored.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class DutyState(StrEnum):
    """Where the paper of a duty lies."""

    DRAFT = "draft"  # proposed and confirmed, not yet binding
    SPREAD = "spread"  # a draft on a group, carried to its units: they owe, it does not count
    WITHDRAWN = "withdrawn"  # given up before it bound, or taken back before anybody acted
    ISSUED = "issued"  # binding, not yet accepted by the unit
    REFUSING = "refusing"  # the unit says that it is not its business; open until that is judged
    REFUSED = "refused"  # and that was accepted: nobody owes it
    ACCEPTED = "accepted"  # the unit works on it
    CLAIMED = "claimed"  # said to be done, waiting for somebody else to verify
    RETURNED = "returned"  # not found done
    CONTESTED = "contested"  # the unit contests the return; a level higher judges
    DONE = "done"  # verified
    SUSPENDED = "suspended"  # stands still by a document
    CANCELLED = "cancelled"  # ended by a document; never done


class Step(StrEnum):
    """What can be done to a duty."""

    AMEND = "amend"
    ISSUE = "issue"
    WITHDRAW = "withdraw"
    SPREAD = "spread"  # to every unit of a group
    GATHER = "gather"  # take that back, as long as nobody has acted
    ACCEPT = "accept"
    REFUSE = "refuse"
    RELEASE = "release"  # accept the refusal
    UPHOLD = "uphold"  # not accept it
    REPORT = "report"
    CLAIM = "claim"
    VERIFY = "verify"
    RETURN = "return"
    CONTEST = "contest"
    OVERRULE = "overrule"  # the contested return was wrong: done
    DISMISS = "dismiss"  # it was right
    REOPEN = "reopen"
    ASK = "ask"  # for more time
    EXTEND = "extend"
    DECLINE = "decline"  # to extend
    SUSPEND = "suspend"
    RESUME = "resume"
    CANCEL = "cancel"
    TRANSFER = "transfer"  # to another unit
    HAND = "hand"  # to another person of the unit
    INSTRUCT = "instruct"
    REMIND = "remind"


EXPLANATION = "explanation"
"""The kind of a duty that asks why another stands as it does; it serves that one, as no part."""


class Side(StrEnum):
    """On whose behalf a step is taken."""

    OWER = "ower"  # the unit that owes
    CREDITOR = "creditor"  # the unit to which it is owed
    ABOVE = "above"  # the unit one level above the creditor


WORKED_ON = (DutyState.ISSUED, DutyState.ACCEPTED, DutyState.RETURNED)
"""The states in which it is for the unit to move."""

OPEN = (
    DutyState.ISSUED,
    DutyState.REFUSING,
    DutyState.ACCEPTED,
    DutyState.CLAIMED,
    DutyState.RETURNED,
    DutyState.CONTESTED,
    DutyState.SUSPENDED,
)
"""The states of a duty that binds and is not done."""

BINDING = (*OPEN, DutyState.DONE)
"""The states that count: the population of every share."""

SENT = (*BINDING, DutyState.REFUSED, DutyState.CANCELLED)
"""The states in which the unit that owes, or owed, has the duty before it."""

LEFT_THE_DESK = (*SENT, DutyState.SPREAD)
"""The states in which what was confirmed binds somebody, and is not undone where it was read."""


def _kept(step: Step, states: tuple[DutyState, ...]) -> dict[tuple[DutyState, Step], DutyState]:
    return {(state, step): state for state in states}


def _led(
    step: Step, states: tuple[DutyState, ...], to: DutyState
) -> dict[tuple[DutyState, Step], DutyState]:
    return {(state, step): to for state in states}


TRANSITIONS: Mapping[tuple[DutyState, Step], DutyState] = MappingProxyType(
    {
        (DutyState.DRAFT, Step.AMEND): DutyState.DRAFT,
        (DutyState.DRAFT, Step.ISSUE): DutyState.ISSUED,
        (DutyState.DRAFT, Step.WITHDRAW): DutyState.WITHDRAWN,
        (DutyState.DRAFT, Step.SPREAD): DutyState.SPREAD,
        (DutyState.SPREAD, Step.GATHER): DutyState.DRAFT,
        (DutyState.ISSUED, Step.GATHER): DutyState.WITHDRAWN,
        (DutyState.ISSUED, Step.ACCEPT): DutyState.ACCEPTED,
        (DutyState.ISSUED, Step.REFUSE): DutyState.REFUSING,
        (DutyState.REFUSING, Step.RELEASE): DutyState.REFUSED,
        (DutyState.REFUSING, Step.UPHOLD): DutyState.ACCEPTED,
        (DutyState.ISSUED, Step.REPORT): DutyState.ACCEPTED,
        (DutyState.ACCEPTED, Step.REPORT): DutyState.ACCEPTED,
        (DutyState.RETURNED, Step.REPORT): DutyState.RETURNED,
        **_led(Step.CLAIM, WORKED_ON, DutyState.CLAIMED),
        (DutyState.CLAIMED, Step.VERIFY): DutyState.DONE,
        (DutyState.CLAIMED, Step.RETURN): DutyState.RETURNED,
        (DutyState.RETURNED, Step.CONTEST): DutyState.CONTESTED,
        (DutyState.CONTESTED, Step.OVERRULE): DutyState.DONE,
        (DutyState.CONTESTED, Step.DISMISS): DutyState.RETURNED,
        (DutyState.DONE, Step.REOPEN): DutyState.RETURNED,
        **_kept(Step.ASK, WORKED_ON),
        **_kept(Step.EXTEND, OPEN),
        **_kept(Step.DECLINE, OPEN),
        **_led(Step.SUSPEND, WORKED_ON, DutyState.SUSPENDED),
        (DutyState.SUSPENDED, Step.RESUME): DutyState.ACCEPTED,
        **_led(Step.CANCEL, OPEN, DutyState.CANCELLED),
        **_led(
            Step.TRANSFER,
            (*WORKED_ON, DutyState.REFUSING, DutyState.SUSPENDED),
            DutyState.ISSUED,
        ),
        **_kept(Step.HAND, WORKED_ON),
        **_kept(Step.INSTRUCT, OPEN),
        **_kept(Step.REMIND, OPEN),
    }
)

_OWER_TAKES = (
    Step.ACCEPT,
    Step.REFUSE,
    Step.REPORT,
    Step.CLAIM,
    Step.CONTEST,
    Step.ASK,
    Step.HAND,
)
_TAKEN_ABOVE = (Step.OVERRULE, Step.DISMISS)

WHO: Mapping[Step, Side] = MappingProxyType(
    {
        **dict.fromkeys(Step, Side.CREDITOR),
        **dict.fromkeys(_OWER_TAKES, Side.OWER),
        **dict.fromkeys(_TAKEN_ABOVE, Side.ABOVE),
    }
)
"""Who takes a step. A second extension is judged above the creditor: see ``side_of``."""

OTHER_THAN: Mapping[Step, tuple[Step, ...]] = MappingProxyType(
    {
        Step.VERIFY: (Step.CLAIM,),
        Step.RETURN: (Step.CLAIM,),
        Step.OVERRULE: (Step.CLAIM, Step.RETURN, Step.CONTEST),
        Step.DISMISS: (Step.RETURN, Step.CONTEST),
        Step.RELEASE: (Step.REFUSE,),
        Step.UPHOLD: (Step.REFUSE,),
        Step.EXTEND: (Step.ASK,),
        Step.DECLINE: (Step.ASK,),
    }
)
"""Two people: a step on the left is not for who took the last of the steps on the right."""

WITH_REASON = frozenset(
    {
        Step.REFUSE,
        Step.UPHOLD,
        Step.RETURN,
        Step.CONTEST,
        Step.OVERRULE,
        Step.DISMISS,
        Step.REOPEN,
        Step.ASK,
        Step.DECLINE,
        Step.SUSPEND,
        Step.CANCEL,
        Step.TRANSFER,
        Step.INSTRUCT,
    }
)
"""The steps that say why, or say something, in own words."""

COUNTED_ANEW = frozenset(
    {Step.TRANSFER, Step.RESUME, Step.REOPEN, Step.DISMISS, Step.RETURN, Step.UPHOLD}
)
"""The steps that lay the work before a unit anew: from them on it has time to be heard."""

BY_DOCUMENT = frozenset({Step.SUSPEND, Step.CANCEL})
"""The steps that a registered document must order."""


def steps_from(state: DutyState) -> tuple[Step, ...]:
    """Return what can be done to a duty in this state."""
    return tuple(step for (source, step) in TRANSITIONS if source is state)


def side_of(step: Step, *, extensions: int) -> Side:
    """Return who takes the step; ``extensions`` is how often the duty has got more time before.

    The assigner grants the first extension, the level above him any further one.
    """
    if step in {Step.EXTEND, Step.DECLINE} and extensions:
        return Side.ABOVE
    return WHO[step]
