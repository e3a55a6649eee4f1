"""How many duties an account sees, by how they stand: the numbers above its list of duties."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Count, Q, QuerySet

from lotrinh.apps.duties.models import TallyDay
from lotrinh.apps.duties.selectors.seen import BESIDE, answering_for, standing_filter, visible
from lotrinh.apps.duties.selectors.tallies import kept_in_all, kept_open
from lotrinh.apps.units import selectors as units
from lotrinh.rules.actions import Action
from lotrinh.rules.duty_states import DutyState
from lotrinh.rules.standing import Standing
from lotrinh.rules.tally import Tally

_UNCOUNTED = {
    "drafts": Q(state=DutyState.DRAFT),
    "suspended": Q(state=DutyState.SUSPENDED),
    "withdrawn": Q(state=DutyState.WITHDRAWN),
    "carried": BESIDE["carried"],
    "recurring": BESIDE["recurring"],
}
"""What no tally counts, or not apart from others."""
_ASIDE = {name: BESIDE[name] for name in ("refused", "cancelled")}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many duties one account sees. The six standings add up to ``issued``.

    Refused, cancelled and withdrawn ones stand beside that total, never in it; so do those that are
    ``carried`` to a group or ``recurring``, for which others are counted.
    """

    drafts: int
    issued: int
    by_standing: Mapping[Standing, int]
    suspended: int
    refused: int
    cancelled: int
    withdrawn: int
    carried: int
    recurring: int

    @property
    def open(self) -> int:
        """How many bind and are not done."""
        return Tally(self.by_standing).open

    @property
    def overdue(self) -> int:
        """How many are open and late."""
        return self.by_standing[Standing.OPEN_OVERDUE]


def counts(*, seen_by: int, on: date, unit_id: int | None = None) -> Counts:
    """Count the duties that the account may see, by how they stand on that day.

    With ``unit_id`` only those that this unit owes: they are few and are counted one by one.
    """
    if unit_id is None:
        tally, rest = tally_seen(seen_by=seen_by, on=on), _counted(_UNCOUNTED, seen_by, on=on)
    else:
        standings = {str(one): standing_filter(one, on=on) for one in Standing}
        owing = answering_for(unit_id, on=on)
        rest = _counted(_UNCOUNTED | standings | _ASIDE, seen_by, on=on, owing=owing)
        by_standing = {one: rest[str(one)] for one in Standing}
        tally = Tally(by_standing, refused=rest["refused"], cancelled=rest["cancelled"])
    return Counts(
        issued=tally.total,
        by_standing={one: tally[one] for one in Standing},
        refused=tally.refused,
        cancelled=tally.cancelled,
        **{name: rest[name] for name in _UNCOUNTED},
    )


def tally_seen(*, seen_by: int, on: date) -> Tally:
    """Return all duties that the account may see added up."""
    return kept_in_all(reach=_reach(seen_by, on=on), on=on)


def open_seen(*, seen_by: int, on: date) -> QuerySet[TallyDay]:
    """Return one row whose ``n`` is how many open duties one sees, to ask beside other rows."""
    return kept_open(reach=_reach(seen_by, on=on), on=on)


def _reach(seen_by: int, *, on: date) -> frozenset[int]:
    return units.reach(user_id=seen_by, action=Action.READ_DUTY, on=on)


def _counted(
    which: Mapping[str, Q], seen_by: int, *, on: date, owing: tuple[int, ...] | None = None
) -> Mapping[str, int]:
    """Return by name how many of the duties that one sees each condition holds of."""
    found = visible(seen_by=seen_by, on=on).order_by()
    if owing is None:
        found = found.filter(reduce(or_, _UNCOUNTED.values()))
    else:
        found = found.filter(unit_id__in=owing)
    row: Mapping[str, int] = found.aggregate(
        **{name: Count("pk", filter=condition) for name, condition in which.items()}
    )
    return row
