"""Reads of the letters that remind: what waits to be told, to be sent, and who has no address."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from lotrinh.apps.duties.models import Digest, Notice
from lotrinh.apps.duties.selectors.seen import visible
from lotrinh.apps.units import selectors as units
from lotrinh.apps.units.models import Unit
from lotrinh.rules.duty_states import OPEN
from lotrinh.rules.letters import CARRIED

_REACHED = Q(person__user__is_active=True) & ~Q(person__user__email="")


@dataclass(frozen=True, slots=True)
class WaitingAt:
    """Who of a unit has a letter waiting, and who has no address for one, by name.

    ``unit`` is None for those who hold no post that day.
    """

    unit: Unit | None
    letters: tuple[str, ...]
    without_address: tuple[str, ...]


def untold(*, on: date) -> QuerySet[Notice]:
    """Return the notices that stand in no letter and were not read, of people with an address."""
    return _open_notices(on=on).filter(_REACHED)


def without_address(*, on: date) -> frozenset[int]:
    """Return the ids of people who can sign in and would have a letter if they had an address."""
    silent = _open_notices(on=on).filter(person__user__is_active=True, person__user__email="")
    return frozenset(silent.values_list("person_id", flat=True))


def waiting() -> QuerySet[Digest]:
    """Return the letters that have not gone out and can, the one that waits longest first."""
    found = Digest.objects.filter(_REACHED, sent_at=None, dropped_at=None)
    return found.select_related("person__user").order_by("next_at", "pk")


def sendable(*, at: datetime) -> QuerySet[Digest]:
    """Return those that wait and may be tried by that instant."""
    return waiting().filter(next_at__lte=at)


def lines_of(digest: Digest, *, on: date) -> list[Notice]:
    """Return what a letter tells: what its reader has not read, of open duties he may see then."""
    seen_by = digest.person.user_id
    if seen_by is None:
        return []
    seen = visible(seen_by=seen_by, on=on).filter(state__in=OPEN).order_by().values("pk")
    rows = Notice.objects.filter(digest_line__digest=digest, reading=None, duty__in=seen)
    return list(rows.select_related("duty__unit", "urging__by").order_by("due", "pk"))


def waiting_by_unit(*, on: date) -> tuple[WaitingAt, ...]:
    """Return where those sit whose letters wait, or who have no address, the most letters first."""
    letters = set(waiting().values_list("person_id", flat=True))
    silent = without_address(on=on)
    where = units.first_units(letters | silent, on=on)
    reached: dict[int | None, list[str]] = {}
    unreached: dict[int | None, list[str]] = {}
    for person in units.people_by_ids(letters | silent):
        for people, held in ((letters, reached), (silent, unreached)):
            if person.pk in people:
                held.setdefault(where.get(person.pk), []).append(person.full_name)
    known = units.units_by_ids({unit for unit in where.values() if unit})
    rows = [
        WaitingAt(
            known.get(unit or 0), tuple(reached.get(unit, ())), tuple(unreached.get(unit, ()))
        )
        for unit in reached.keys() | unreached.keys()
    ]
    return tuple(sorted(rows, key=_order))


def _order(row: WaitingAt) -> tuple[int, int, str]:
    return -len(row.letters), -len(row.without_address), row.unit.code if row.unit else ""


def _open_notices(*, on: date) -> QuerySet[Notice]:
    """Return the notices of the latest days that stand in no letter and were not read."""
    return Notice.objects.filter(digest_line=None, reading=None, on__gt=on - CARRIED, on__lte=on)
