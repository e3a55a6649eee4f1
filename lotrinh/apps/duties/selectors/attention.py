"""What needs somebody: decisions that wait for a leader, the latest overdue, and silence.

Silence is shown one level up on the day on which it begins: to those who judge where the duty is
owed to, before anybody has to be reminded.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q, QuerySet

from lotrinh.apps.duties.models import Duty
from lotrinh.apps.duties.selectors.seen import standing_filter, visible
from lotrinh.apps.duties.selectors.totals import silent_filter
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.duty_states import OPEN, DutyState
from lotrinh.rules.standing import Standing
from lotrinh.rules.tally import USUAL, Rhythm


class Decision(StrEnum):
    """What waits for a decision of those to whom a duty is owed."""

    CLAIM = "claim"
    REFUSAL = "refusal"
    MORE_TIME = "more_time"
    CONTEST = "contest"


@dataclass(frozen=True, slots=True)
class Morning:
    """What a leader finds in the morning: how many wait by decision, and the first of each list."""

    to_decide: Mapping[Decision, int]
    first: Mapping[Decision, tuple[Duty, ...]]
    overdue: int
    latest: tuple[Duty, ...]
    silent: int
    longest_silent: tuple[Duty, ...]


def awaiting(decision: Decision, *, seen_by: int, on: date) -> QuerySet[Duty]:
    """Return the duties in which this decision is the account's to take, the nearest due first.

    A contest, and any further extension, is judged one level above the creditor.
    """
    here = units.reach(user_id=seen_by, action=Action.JUDGE_DUTY, on=on)
    above = _judged_below(here, on=on)
    first, later = Q(owed_to__in=here), Q(owed_to__in=above)
    asked = Q(state__in=OPEN, asked_due__isnull=False)
    which = {
        Decision.CLAIM: Q(state=DutyState.CLAIMED) & first & ~Q(claimed_by=seen_by),
        Decision.REFUSAL: Q(state=DutyState.REFUSING) & first,
        Decision.MORE_TIME: asked & ((Q(extensions=0) & first) | (Q(extensions__gt=0) & later)),
        Decision.CONTEST: Q(state=DutyState.CONTESTED) & later & ~Q(claimed_by=seen_by),
    }
    return visible(seen_by=seen_by, on=on).filter(which[decision])


def overdue(*, seen_by: int, on: date) -> QuerySet[Duty]:
    """Return what is open past its deadline, the longest overdue first."""
    return visible(seen_by=seen_by, on=on).filter(standing_filter(Standing.OPEN_OVERDUE, on=on))


def silent(*, seen_by: int, on: date, rhythm: Rhythm = USUAL) -> QuerySet[Duty]:
    """Return the duties of which the unit has said nothing for longer than its rhythm bears."""
    return visible(seen_by=seen_by, on=on).filter(silent_filter(on=on, rhythm=rhythm))


def without_person(*, seen_by: int, on: date) -> QuerySet[Duty]:
    """Return open duties whose person holds no post any more."""
    return _held(seen_by=seen_by, on=on, elsewhere=False)


def phantom_owners(*, seen_by: int, on: date) -> QuerySet[Duty]:
    """Return open duties whose person holds a post, but none in the unit that answers for them."""
    return _held(seen_by=seen_by, on=on, elsewhere=True)


def morning(*, seen_by: int, on: date, most: int = 5, rhythm: Rhythm = USUAL) -> Morning:
    """Return what needs the account that morning; at most ``most`` duties of each list."""
    waiting = {one: awaiting(one, seen_by=seen_by, on=on) for one in Decision}
    late, quiet = overdue(seen_by=seen_by, on=on), silent(seen_by=seen_by, on=on, rhythm=rhythm)
    counted = {one: found.count() for one, found in waiting.items()}
    return Morning(
        to_decide=counted,
        first={one: tuple(found[:most]) if counted[one] else () for one, found in waiting.items()},
        overdue=late.count(),
        latest=tuple(late[:most]),
        silent=quiet.count(),
        longest_silent=tuple(quiet.order_by("updated_on", "issued_on", "pk")[:most]),
    )


def _held(*, seen_by: int, on: date, elsewhere: bool) -> QuerySet[Duty]:
    """Return the open duties whose person sits elsewhere, or (``elsewhere`` false) nowhere."""
    found = visible(seen_by=seen_by, on=on).filter(state__in=OPEN)
    rows = list(found.order_by().values_list("pk", "unit_id", "person_id"))
    seats = units.units_of_people({person for _, _, person in rows}, on=on)
    answers = units.answerable_for({unit for _, unit, _ in rows}, on=on) if rows else {}
    if elsewhere:
        held = [pk for pk, unit, who in rows if seats.get(who) and answers[unit] not in seats[who]]
    else:
        held = [pk for pk, _, who in rows if not seats.get(who)]
    return found.filter(pk__in=held)


def _judged_below(here: Collection[int], *, on: date) -> frozenset[int]:
    """Return the units whose next level up is among ``here``; the root has nobody above it.

    With the ended units for which such a unit answers.
    """
    if not here:
        return frozenset()
    judged = {one.id for one in units.tree_on(on=on) if one.path[-2:][0] in here}
    heirs = units.heirs_by(on=on)
    ended = {
        unit_id for unit_id, unit in units.answerable_for(heirs, on=on).items() if unit in judged
    }
    return frozenset(judged | ended)
