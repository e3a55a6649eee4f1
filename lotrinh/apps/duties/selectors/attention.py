"""What needs somebody: decisions that wait for a leader, the latest overdue, and silence.

Silence is shown one level up on the day on which it begins: to those who judge where the duty is
owed to, before anybody has to be reminded.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Count, Q, QuerySet, Value

from lotrinh.apps.duties.models import Duty
from lotrinh.apps.duties.models.duty import LAST_WORD, TO_DECIDE
from lotrinh.apps.duties.selectors.counting import rhythms_on
from lotrinh.apps.duties.selectors.counts import tally_seen
from lotrinh.apps.duties.selectors.issuing import ready_filter
from lotrinh.apps.duties.selectors.owners import away_among, held_by
from lotrinh.apps.duties.selectors.rows import in_rows
from lotrinh.apps.duties.selectors.seen import standing_filter, visible
from lotrinh.apps.duties.selectors.totals import silent_filter
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.duty_states import OPEN, DutyState
from lotrinh.rules.standing import Standing
from lotrinh.rules.tally import Rhythm

_LATE, _QUIET, _READY = "late", "quiet", "ready"


class Decision(StrEnum):
    """What waits for a decision of those to whom a duty is owed."""

    CLAIM = "claim"
    REFUSAL = "refusal"
    MORE_TIME = "more_time"
    CONTEST = "contest"


@dataclass(frozen=True, slots=True)
class Morning:
    """What a leader finds in the morning: how many wait by decision, and the first of each list.

    ``rhythms`` are those of that day: see ``rhythms_on``.
    """

    to_decide: Mapping[Decision, int]
    first: Mapping[Decision, tuple[Duty, ...]]
    overdue: int
    latest: tuple[Duty, ...]
    silent: int
    longest_silent: tuple[Duty, ...]
    without_person: int
    phantom_owners: int
    rhythms: Mapping[int, Rhythm]
    to_issue: int
    ready: tuple[Duty, ...]


def awaiting(decision: Decision, *, seen_by: int, on: date) -> QuerySet[Duty]:
    """Return the duties in which this decision is the account's to take, the nearest due first.

    A contest, and any further extension, is judged one level above the creditor.
    """
    which = _decisions(seen_by=seen_by, on=on)
    return visible(seen_by=seen_by, on=on).filter(which[decision])


def waiting_at(
    decision: Decision, *, unit_ids: Collection[int], seen_by: int, on: date
) -> QuerySet[Duty]:
    """Return the duties in which these units have this decision to take."""
    found = visible(seen_by=seen_by, on=on)
    return found.filter(_decided(unit_ids, _judged_below(unit_ids, on=on))[decision])


def count_waiting(*, unit_ids: Collection[int], seen_by: int, on: date) -> Mapping[Decision, int]:
    """Return how many duties ``waiting_at`` holds, by decision, in one query."""
    which = _decided(unit_ids, _judged_below(unit_ids, on=on))
    return _counted(visible(seen_by=seen_by, on=on), which)


def overdue(*, seen_by: int, on: date) -> QuerySet[Duty]:
    """Return what is open past its deadline, the longest overdue first."""
    return visible(seen_by=seen_by, on=on).filter(standing_filter(Standing.OPEN_OVERDUE, on=on))


def silent(*, seen_by: int, on: date) -> QuerySet[Duty]:
    """Return the duties of which the unit has said nothing for longer than its rhythm bears."""
    return visible(seen_by=seen_by, on=on).filter(silent_filter(on=on))


def without_person(*, seen_by: int, on: date) -> QuerySet[Duty]:
    """Return open duties whose person holds no post any more."""
    found = visible(seen_by=seen_by, on=on)
    return found.filter(pk__in=held_by(away_among(found, on=on).gone, found))


def phantom_owners(*, seen_by: int, on: date) -> QuerySet[Duty]:
    """Return open duties whose person holds a post, but none in the unit that answers for them."""
    found = visible(seen_by=seen_by, on=on)
    return found.filter(pk__in=held_by(away_among(found, on=on).elsewhere, found))


def morning(*, seen_by: int, on: date, most: int = 5) -> Morning:
    """Return what needs the account that morning; at most ``most`` duties of each list."""
    decisions = _decisions(seen_by=seen_by, on=on)
    rhythms = rhythms_on(on=on)
    late = standing_filter(Standing.OPEN_OVERDUE, on=on)
    quiet = silent_filter(on=on, rhythms=rhythms)
    lists = {**{str(one): which for one, which in decisions.items()}, _LATE: late, _QUIET: quiet}
    lists[_READY] = ready_filter(seen_by=seen_by, on=on)
    found = visible(seen_by=seen_by, on=on)
    bare = found.select_related(None).prefetch_related(None)
    firsts = [
        (bare.order_by(LAST_WORD, "pk") if name == _QUIET else bare)
        .filter(which)
        .annotate(what=Value(name))
        .values_list("what", "pk")[:most]
        for name, which in lists.items()
    ]
    pairs = list(firsts[0].union(*firsts[1:], all=True))
    duties = {duty.pk: duty for duty in in_rows(found.filter(pk__in={pk for _, pk in pairs}))}
    first = {name: tuple(duties[pk] for what, pk in pairs if what == name) for name in lists}
    away = away_among(found, on=on)
    sizes = _sizes(found, {name: lists[name] for name in (_QUIET, _READY)})
    return Morning(
        to_decide=_counted(found, decisions),
        first={one: first[one] for one in Decision},
        overdue=tally_seen(seen_by=seen_by, on=on).overdue,
        latest=first[_LATE],
        silent=sizes[_QUIET],
        longest_silent=first[_QUIET],
        without_person=sum(away.gone.values()),
        phantom_owners=sum(away.elsewhere.values()),
        rhythms=rhythms,
        to_issue=sizes[_READY],
        ready=first[_READY],
    )


def _sizes(found: QuerySet[Duty], which: Mapping[str, Q]) -> Mapping[str, int]:
    """Return of how many of these each condition holds, each found in its own way, in one query."""
    counted = [
        found.filter(condition)
        .order_by()
        .values(what=Value(name))
        .annotate(n=Count("pk"))
        .values_list("what", "n")
        for name, condition in which.items()
    ]
    sizes = dict(counted[0].union(*counted[1:], all=True))
    return {name: sizes.get(name, 0) for name in which}


def _counted(found: QuerySet[Duty], which: Mapping[Decision, Q]) -> Mapping[Decision, int]:
    """Return of how many of these each decision is asked for, in one query."""
    asked = {str(one): Count("pk", filter=condition) for one, condition in which.items()}
    row = found.filter(TO_DECIDE).order_by().aggregate(**asked)
    return {one: row[str(one)] for one in Decision}


def _decisions(*, seen_by: int, on: date) -> dict[Decision, Q]:
    """Return by decision the condition that it is the account's to take."""
    here = units.reach(user_id=seen_by, action=Action.JUDGE_DUTY, on=on)
    found = _decided(here, _judged_below(here, on=on))
    own = Q(claimed_by=seen_by, claimed_by__isnull=False)
    for one in (Decision.CLAIM, Decision.CONTEST):
        found[one] &= ~own
    return found


def _decided(here: Collection[int], below: Collection[int]) -> dict[Decision, Q]:
    """Return by decision the condition that these units take it; ``below`` is right below."""
    first, later = units.at_any("owed_to", here), units.at_any("owed_to", below)
    asked = Q(state__in=OPEN, asked_due__isnull=False)
    return {
        Decision.CLAIM: Q(state=DutyState.CLAIMED) & first,
        Decision.REFUSAL: Q(state=DutyState.REFUSING) & first,
        Decision.MORE_TIME: asked & ((Q(extensions=0) & first) | (Q(extensions__gt=0) & later)),
        Decision.CONTEST: Q(state=DutyState.CONTESTED) & later,
    }


def _judged_below(here: Collection[int], *, on: date) -> frozenset[int]:
    """Return the units whose next level up is among ``here``; the root has nobody above it.

    With the ended units for which such a unit answers.
    """
    if not here:
        return frozenset()
    judged = {pk for pk, above in units.superiors_on(on=on).items() if (above or pk) in here}
    heirs = units.heirs_by(on=on)
    ended = {
        unit_id for unit_id, unit in units.answerable_for(heirs, on=on).items() if unit in judged
    }
    return frozenset(judged | ended)
