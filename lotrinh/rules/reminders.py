"""The ladder of reminders: which rung an open duty has reached on a day.

A ladder is reference data: rungs counted in days from the deadline that holds. A duty climbs one
rung a day at most, from the lowest that it has not climbed, so that nobody is named to his
superiors before he has been reminded; what a deadline that has passed makes pointless is left out.
A later deadline begins the ladder anew.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lotrinh.rules.duty_states import DutyState

REMINDED = (DutyState.ISSUED, DutyState.ACCEPTED, DutyState.RETURNED)
"""The states in which it is for the unit that owes to move: only then is it reminded."""


class Informed(StrEnum):
    """Who is told when a rung is reached."""

    PERSON = "person"  # the one in charge; where he is no longer there, the head of the unit
    LEADER = "leader"  # the accountable leader, else the head of the unit
    CREDITOR = "creditor"  # the head of the unit to which it is owed
    ABOVE = "above"  # the head of the unit one level above the one that owes


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung. ``days`` after the deadline, negative before it; no ``kind`` means every one."""

    code: str
    days: int
    informed: tuple[Informed, ...]
    kind: str = ""


MOST_DAYS = 366
"""So many days from the deadline a rung may lie."""


class LadderFault(StrEnum):
    """Why rungs make no ladder."""

    EMPTY = "empty"  # nobody would ever be reminded
    NOBODY = "nobody"  # a rung tells nobody
    SAME_DAY = "same_day"  # a duty climbs one rung a day: of two the second would come late
    TOO_FAR = "too_far"


def ladder_fault(rungs: Iterable[Rung]) -> LadderFault | None:
    """Return why these rungs of one kind make no ladder, or None where they do.

    >>> ladder_fault([Rung("a", 1, (Informed.PERSON,)), Rung("b", 1, (Informed.LEADER,))])
    <LadderFault.SAME_DAY: 'same_day'>
    """
    every = tuple(rungs)
    days = {rung.days for rung in every}
    if not every:
        return LadderFault.EMPTY
    if not all(rung.informed for rung in every):
        return LadderFault.NOBODY
    if len(days) < len(every):
        return LadderFault.SAME_DAY
    return LadderFault.TOO_FAR if max(map(abs, days)) > MOST_DAYS else None


def ladder_for(kind: str, rungs: Iterable[Rung]) -> tuple[Rung, ...]:
    """Return the rungs of one kind of duty, the lowest first: its own, else those of every kind."""
    every = tuple(rungs)
    own = [rung for rung in every if rung.kind == kind and kind]
    found = own or [rung for rung in every if not rung.kind]
    return tuple(sorted(found, key=lambda rung: (rung.days, rung.code)))


def rung_reached(
    ladder: Iterable[Rung],
    *,
    state: DutyState,
    due: date | None,
    climbed: Mapping[str, date],
    on: date,
) -> Rung | None:
    """Return the rung that a duty climbs on ``on``, or None.

    ``climbed`` says on which days it has climbed which rungs of this deadline. After days that
    were missed the rungs after the deadline keep the distance that the ladder gives them.

    >>> soon, late = Rung("due_soon", -3, ()), Rung("overdue", 1, ())
    >>> rung_reached((soon, late), state=DutyState.ACCEPTED, due=date(2024, 8, 9), climbed={},
    ...     on=date(2024, 8, 7)).code
    'due_soon'
    """
    if due is None or state not in REMINDED:
        return None
    rungs = tuple(ladder)
    highest = max((rank for rank, rung in enumerate(rungs) if rung.code in climbed), default=-1)
    for rung in rungs[highest + 1 :]:
        if rung.days <= 0 < (on - due).days:
            continue
        before = rungs[highest] if highest >= 0 else None
        return rung if on >= _earliest(rung, before, due=due, climbed=climbed) else None
    return None


def _earliest(rung: Rung, before: Rung | None, *, due: date, climbed: Mapping[str, date]) -> date:
    """Return the day from which a rung may be climbed."""
    stated = due + timedelta(days=rung.days)
    if before is None:
        return stated
    if before.days <= 0:
        return max(stated, climbed[before.code] + timedelta(days=1))
    return max(stated, climbed[before.code] + timedelta(days=max(rung.days - before.days, 1)))
