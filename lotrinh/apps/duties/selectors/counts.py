"""How many duties an account sees, by how they stand: the numbers above its list of duties."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, Func, IntegerField, Q, QuerySet, Subquery, Value

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
_OPEN_ONES = (
    Standing.OPEN_IN_TERM,
    Standing.OPEN_OVERDUE,
    Standing.OPEN_WITHOUT_DEADLINE,
)
_TALLY = "duties: all that one sees"
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
    rest: Mapping[str, int]
    if unit_id is None:
        tally, rest = _in_all(seen_by=seen_by, on=on)
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
    ((numbers,),) = units.ask_alike(_numbers, user_id=seen_by, on=on)
    tally = _tally(numbers)
    note_tally(tally, seen_by=seen_by, on=on)
    return tally


def note_tally(tally: Tally, *, seen_by: int, on: date) -> None:
    """Keep for the rest of the page what ``tally_seen`` would say, where it was learnt otherwise.

    The frame of every page says how many of these duties are open.
    """
    units.learnt_here()[_TALLY, seen_by, on] = tally


def open_known(*, seen_by: int, on: date) -> int | None:
    """Return how many open duties one sees where this page has learnt it, else None."""
    tally: Tally | None = units.learnt_here().get((_TALLY, seen_by, on))
    return None if tally is None else sum(tally[one] for one in _OPEN_ONES)


def open_seen(*, seen_by: int, on: date) -> QuerySet[TallyDay]:
    """Return one row whose ``n`` is how many open duties one sees, to ask beside other rows."""
    return kept_open(reach=_reach(seen_by, on=on), on=on)


def _reach(seen_by: int, *, on: date) -> frozenset[int]:
    return units.reach(user_id=seen_by, action=Action.READ_DUTY, on=on)


def _in_all(*, seen_by: int, on: date) -> tuple[Tally, dict[str, int]]:
    """Return all that one sees: added up, and by name what no tally counts, in one question."""
    ((numbers, beside),) = units.ask_alike(_numbers_and_beside, user_id=seen_by, on=on)
    tally = _tally(numbers)
    note_tally(tally, seen_by=seen_by, on=on)
    return tally, dict(zip(_UNCOUNTED, beside or (0,) * len(_UNCOUNTED), strict=True))


def _numbers(*, seen_by: int, on: date) -> QuerySet[Any, Any]:
    return kept_in_all(reach=_reach(seen_by, on=on), on=on).values_list("numbers")


def _numbers_and_beside(*, seen_by: int, on: date) -> QuerySet[Any, Any]:
    states = [Count("pk", filter=condition) for condition in _UNCOUNTED.values()]
    beside = visible(seen_by=seen_by, on=on).order_by().filter(reduce(or_, _UNCOUNTED.values()))
    counted = beside.annotate(all=Value(1)).values("all").annotate(n=_Listed(*states)).values("n")
    kept = kept_in_all(reach=_reach(seen_by, on=on), on=on)
    rows: QuerySet[Any, Any] = kept.annotate(beside=Subquery(counted)).values_list(
        "numbers", "beside"
    )
    return rows


class _Listed(Func):
    """Several numbers as one column."""

    template = "ARRAY[%(expressions)s]"
    output_field = ArrayField(IntegerField())


def _tally(numbers: list[int] | None) -> Tally:
    return Tally() if numbers is None else Tally.of(tuple(numbers))


def _counted(
    which: Mapping[str, Q], seen_by: int, *, on: date, owing: tuple[int, ...]
) -> Mapping[str, int]:
    """Return by name how many of the duties that one sees of some units each condition holds of."""
    found = visible(seen_by=seen_by, on=on).order_by().filter(unit_id__in=owing)
    row: Mapping[str, int] = found.aggregate(
        **{name: Count("pk", filter=condition) for name, condition in which.items()}
    )
    return row
