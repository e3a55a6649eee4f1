"""Another count of the same duties: from their events alone, in plain Python.

Written from what a board, a morning and silence promise, and sharing nothing with the rules and the
selectors that keep the promise: the rows of the tables are read as they are, and every question is
answered by walking over them. A difference between the two is a fault in one of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from lotrinh.apps.duties.models import CountingRule, Duty, DutyEvent
from lotrinh.apps.units.models import Appointment, Person, Placement, Succession, Unit

OPEN = ("issued", "refusing", "accepted", "claimed", "returned", "contested", "suspended")
AT_THE_UNIT = ("issued", "accepted", "returned")
CLASSES = (
    "done_on_time",
    "done_late",
    "open_in_term",
    "open_overdue",
    "done_without_deadline",
    "open_without_deadline",
    "refused",
    "cancelled",
)
_WORDS_OF_THE_UNIT = ("report", "claim")
_LAID_ANEW = ("transfer", "resume", "reopen", "dismiss", "return", "uphold")


@dataclass(slots=True)
class Told:
    """What the events say of one duty by a day."""

    pk: int
    owed_to: int
    unit: int = 0
    person: int = 0
    state: str = ""
    due: date | None = None
    recurrence: str = ""
    issued: date | None = None
    word: date | None = None
    anew: date | None = None
    claimed: date | None = None
    claimant: int = 0
    wants_time: bool = False
    granted: int = 0

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def heard(self) -> date | None:
        """The day from which silence is counted."""
        return max((day for day in (self.issued, self.word, self.anew) if day), default=None)

    def stands(self, on: date) -> str:
        """Return the one of the eight classes in which it counts that day."""
        if self.state in ("refused", "cancelled"):
            return self.state
        if self.state == "done":
            if self.due is None:
                return "done_without_deadline"
            return "done_on_time" if self.claimed and self.claimed <= self.due else "done_late"
        if self.due is None:
            return "open_without_deadline"
        return "open_in_term" if on <= self.due else "open_overdue"


@dataclass(slots=True)
class City:
    """The rows of the tables, read once, as they are on one day (``on``)."""

    on: date
    duties: list[Told]
    parent: dict[int, int | None]
    """By unit that stands that day, the unit above it."""
    heirs: dict[int, int]
    """By unit that has ended, the one that answers since."""
    was_under: dict[int, tuple[int, date]]
    """By unit that has ended, the unit above its last place and the first day without it."""
    seats: dict[int, set[int]]
    """By person the units in which he holds a post that day."""
    left: dict[int, dict[int, date]]
    """By person and unit the first day after the last post that he held there and has left."""
    patience: dict[int, timedelta] = field(default_factory=dict)
    """By unit for how long it need not hear of what it is owed, where that is not two months."""

    def answers(self, unit: int) -> int:
        """Return the unit that answers for this one."""
        while unit in self.heirs:
            unit = self.heirs[unit]
        return unit

    def chain(self, unit: int) -> list[int]:
        """Return the unit that answers for this one and all above it, the nearest first."""
        found: list[int] = []
        here: int | None = self.answers(unit)
        while here is not None:
            found.append(here)
            here = self.parent[here] if here in self.parent else self.was_under[here][0]
        return found

    def above(self, unit: int) -> int:
        """Return the unit one level above the one that answers; of the root itself."""
        return self.chain(unit)[:2][-1]


def read(on: date) -> City:
    """Read the tables as plain rows; what happens after ``on`` is left out."""
    places = Placement.objects.filter(tree__code="political-system")
    rows = list(places.values_list("unit_id", "parent_id", "valid"))
    stands = {unit: above for unit, above, days in rows if on in days}
    ended: dict[int, tuple[int, date]] = {}
    for unit, above, days in sorted(rows, key=lambda row: row[2].lower):
        if unit not in stands and days.upper is not None and days.upper <= on:
            ended[unit] = (above, days.upper)
    followed = Succession.objects.filter(answers=True, change__undone_at=None)
    seats: dict[int, set[int]] = {}
    left: dict[int, dict[int, date]] = {}
    held = Appointment.objects.values_list("person_id", "post__unit_id", "valid")
    for person, unit, days in held:
        if on in days:
            seats.setdefault(person, set()).add(unit)
        elif days.upper is not None and days.upper <= on:
            known = left.setdefault(person, {})
            known[unit] = max(known.get(unit, days.upper), days.upper)
    city = City(
        on=on,
        duties=list(_duties(on)),
        parent=stands,
        heirs=dict(followed.filter(change__day__lte=on).values_list("source_id", "target_id")),
        was_under=ended,
        seats=seats,
        left=left,
    )
    city.patience = _patience(city)
    return city


def _duties(on: date) -> Iterable[Told]:
    """Give every duty that was issued by the day as its events tell it."""
    units = {str(uid): pk for pk, uid in Unit.objects.values_list("pk", "uid")}
    people = {str(uid): pk for pk, uid in Person.objects.values_list("pk", "uid")}
    owed_to = dict(Duty.objects.values_list("pk", "owed_to_id"))
    found: dict[int, Told] = {}
    fields = ("duty_id", "step", "to_state", "on", "by_id", "words_after")
    rows = DutyEvent.objects.order_by("duty_id", "version").values_list(*fields)
    for duty, step, state, day, by, words in rows.iterator(chunk_size=5000):
        if day > on:
            continue
        told = found.setdefault(duty, Told(duty, owed_to[duty]))
        told.state, told.recurrence = state, words["recurrence"]
        told.unit, told.person = units[words["unit"]], people[words["person"]]
        until = words.get("approved_due") or words["due"]
        told.due = date.fromisoformat(until) if until and not told.recurrence else None
        _tell(told, step, day, by)
    return found.values()


def _tell(told: Told, step: str, day: date, by: int) -> None:
    """Add what one step says about days, claims and requests."""
    if step == "issue":
        told.issued = day
    if step in _WORDS_OF_THE_UNIT:
        told.word = day
    if step in _LAID_ANEW:
        told.anew = day
    if step == "claim":
        told.claimed, told.claimant = day, by
    if step == "ask":
        told.wants_time = True
    if step in ("extend", "decline", "transfer"):
        told.wants_time = False
    told.granted += step == "extend"


def _patience(city: City) -> dict[int, timedelta]:
    """Return by unit for how long it need not hear, as the nearest unit above it has said."""
    said: dict[int, tuple[int | None, int | None]] = {
        row.unit_id: (row.report_days, row.silent_periods)
        for row in CountingRule.objects.all()
        if city.on in row.valid
    }
    found = {}
    for unit in {told.owed_to for told in city.duties}:
        heard = [said[one] for one in city.chain(unit) if one in said]
        days = next((one[0] for one in heard if one[0] is not None), 30)
        periods = next((one[1] for one in heard if one[1] is not None), 2)
        found[unit] = timedelta(days=days * periods)
    return found


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
        if answering not in found:
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
