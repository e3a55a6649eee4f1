"""What one account is to be told of the recounted duties: its board, its decisions, its silence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bench.recount import AT_THE_UNIT, CLASSES, City, Told
from lotrinh.apps.units.models import Appointment


def rights(user: int, on: date) -> Mapping[str, set[int]]:
    """Return by action the units at which an account holds it by a post: the units themselves."""
    held = Appointment.objects.filter(person__user_id=user)
    rows = held.values_list("valid", "post__scope_id", "post__role__actions")
    found: dict[str, set[int]] = {}
    for days, scope, actions in rows:
        for action in actions if on in days else ():
            found.setdefault(action, set()).add(scope)
    return found


@dataclass(frozen=True, slots=True)
class Seen:
    """What one account sees that day."""

    city: City
    user: int
    reads_at: set[int]
    judges_at: set[int]

    def judges(self, unit: int) -> bool:
        """Say whether the account judges what a unit is owed."""
        return not self.judges_at.isdisjoint(self.city.chain(unit))

    def duties(self) -> list[Told]:
        """Return the issued duties that the account sees."""
        return [
            told
            for told in self.city.duties
            if not self.reads_at.isdisjoint(self.city.chain(told.owed_to))
            or not self.reads_at.isdisjoint(self.city.chain(told.unit))
        ]

    def waits(self, told: Told) -> list[str]:
        """Return which decisions in a duty are this account's to take."""
        here, higher = self.judges(told.owed_to), self.judges(self.city.above(told.owed_to))
        others = told.claimant != self.user
        found = {
            "claim": told.state == "claimed" and here and others,
            "refusal": told.state == "refusing" and here,
            "more_time": told.is_open and told.wants_time and (higher if told.granted else here),
            "contest": told.state == "contested" and higher and others,
        }
        return [one for one, holds in found.items() if holds]


def seen_by(user: int, city: City) -> Seen:
    """Return what an account sees, by the posts that it holds."""
    held = rights(user, city.on)
    return Seen(city, user, held.get("duty.read", set()), held.get("duty.judge", set()))


def board(seen: Seen) -> dict[int, tuple[dict[str, int], dict[str, int]]]:
    """Return by unit that stands its duties in each class: its own, and with all below."""
    city = seen.city
    found: dict[int, Any] = {
        unit: (dict.fromkeys(CLASSES, 0), dict.fromkeys(CLASSES, 0)) for unit in city.parent
    }
    for told in seen.duties():
        stands, answering = told.stands(city.on), city.answers(told.unit)
        is_elsewhere = told.by_periods and (told.is_open or told.state == "done")
        if answering not in found or is_elsewhere:
            continue
        found[answering][0][stands] += 1
        for above in city.chain(told.unit):
            found[above][1][stands] += 1
    return found


def reasons(told: Told, city: City) -> dict[str, date | None]:
    """Return why nobody is to be heard of a duty, each reason with its first day."""
    found: dict[str, date | None] = {}
    if not told.is_open:
        return found
    patience, heard = city.patience[told.owed_to], told.heard
    by_periods = told.recurrence not in ("", "continuous")
    if told.state in AT_THE_UNIT and heard and not by_periods and city.on - heard > patience:
        found["no_word"] = heard + patience + timedelta(days=1)
    unit = city.answers(told.unit)
    left = city.left.get(told.person, {})
    if told.person not in city.seats:
        found["no_person"] = max(left.values(), default=None)
    elif unit not in city.seats[told.person]:
        found["elsewhere"] = left.get(unit)
    if unit not in city.parent:
        found["unit_ended"] = city.was_under[unit][1]
    return found
