"""Another count of the same duties: from their events alone, in plain Python.

Written from what a board, a morning and silence promise, and sharing nothing with the rules and the
selectors that keep the promise: the rows of the tables are read as they are, and every question is
answered by walking over them. A difference between the two is a fault in one of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

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
    by_periods: bool = False
    """It is owed for periods: these count, and not it beside them."""

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
    stands: dict[int, int | None] = {unit: above for unit, above, days in rows if on in days}
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
    recurring = set(Duty.objects.exclude(period="").values_list("superior_id", flat=True))
    found: dict[int, Told] = {}
    fields = ("duty_id", "step", "to_state", "on", "by_id", "words_after")
    rows = DutyEvent.objects.order_by("duty_id", "version").values_list(*fields)
    for duty, step, state, day, by, words in rows.iterator(chunk_size=5000):
        if day > on:
            continue
        told = found.setdefault(duty, Told(duty, owed_to[duty], by_periods=duty in recurring))
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
