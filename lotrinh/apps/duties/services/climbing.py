"""Duties climb the ladder of reminders, once a legal day, and people are told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from lotrinh.apps.duties.models import Duty, LadderRung, Notice
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import SYSTEM, Act
from lotrinh.apps.journal.turns import take_turn
from lotrinh.apps.units import selectors as units
from lotrinh.rules.duty_states import DutyState
from lotrinh.rules.reminders import REMINDED, Informed, Rung, ladder_for, rung_reached


@dataclass(frozen=True, slots=True)
class _Heads:
    """Who is where on the day: by unit its path, and who can sign in there."""

    paths: dict[int, tuple[int, ...]]
    present: dict[int, tuple[tuple[int, int], ...]]

    def of(self, unit_id: int, *, above: int = 0) -> tuple[int, ...]:
        """Return the head of the unit, or of the one so many levels above it."""
        path = self.paths.get(unit_id, ())
        return units.head_of(path[: max(len(path) - above, 1)], self.present)

    def holds_a_post(self, person_id: int | None, unit_id: int) -> bool:
        """Say whether somebody can sign in for the unit, or for the one that answers for it."""
        there = {unit_id, *self.paths.get(unit_id, ())[-1:]}
        return any(person_id == held for one in there for _, held in self.present.get(one, ()))


@dataclass(frozen=True, slots=True)
class _Climb:
    """That a duty climbs a rung of the deadline that holds."""

    duty: Duty
    rung: Rung
    due: date


@transaction.atomic
def climb_ladder(*, on: date, at: datetime) -> int:
    """Let every duty climb the rung that it has reached that day, and return how many did.

    Those whom the rung names have a notice then. A duty climbs one rung a day at most, and each
    rung of one deadline once: doing it again on the same day changes nothing, and of two at once
    the second waits and finds nothing left to do. A rung that would reach nobody is not climbed.
    """
    take_turn("ladder", "duties")
    rungs = [row.as_rule for row in LadderRung.objects.filter(valid__contains=on)]
    reached = _reached(rungs, on=on)
    heads = _heads(reached, on=on)
    notices, climbed = [], []
    for step in reached:
        people = _told(step, heads)
        if people:
            climbed.append(step)
        notices += [
            Notice(duty=step.duty, rung=step.rung.code, due=step.due, on=on, person_id=one, at=at)
            for one in people
        ]
    Notice.objects.bulk_create(notices, batch_size=1000)
    if climbed:
        journal.record_all(acts=map(_entry, climbed), actor=SYSTEM, at=at)
    return len(climbed)


def _reached(rungs: list[Rung], *, on: date) -> list[_Climb]:
    """Return the duties that climb that day with their rungs, in the order of their deadlines."""
    found = Duty.objects.filter(state__in=REMINDED, binding_due__isnull=False)
    rows = list(found.select_related("unit").order_by("binding_due", "pk"))
    days: dict[tuple[int, date], dict[str, date]] = {}
    told = Notice.objects.filter(duty__state__in=REMINDED).order_by("on", "pk")
    for duty_id, deadline, code, day in told.values_list("duty_id", "due", "rung", "on"):
        days.setdefault((duty_id, deadline), {})[code] = day
    reached: list[_Climb] = []
    for duty in rows:
        due = duty.binding_due
        climbed = days.get((duty.pk, due), {}) if due else {}
        if due is None or on in climbed.values():
            continue
        rung = rung_reached(
            ladder_for(duty.kind, rungs),
            state=DutyState(duty.state),
            due=due,
            climbed=climbed,
            on=on,
        )
        if rung is not None:
            reached.append(_Climb(duty, rung, due))
    return reached


def _heads(reached: Iterable[_Climb], *, on: date) -> _Heads:
    """Return who is at the units concerned and above them; ended ones are answered for."""
    concerned = {
        unit for step in reached for unit in (step.duty.unit_id, step.duty.owed_to_id) if unit
    }
    answering = units.answerable_for(concerned, on=on)
    paths = units.paths_on(answering.values(), on=on)
    around = {one for path in paths.values() for one in path}
    present = units.present_in(around | concerned, on=on)
    return _Heads({unit: paths.get(answering[unit], ()) for unit in concerned}, present)


def _told(step: _Climb, heads: _Heads) -> tuple[int, ...]:
    """Return the ids of the people whom a rung of the duty tells, each once."""
    duty = step.duty
    unit_id = duty.unit_id or duty.owed_to_id
    people: list[int] = []
    for informed in step.rung.informed:
        if informed is Informed.CREDITOR:
            people += heads.of(duty.owed_to_id)
        elif informed is Informed.ABOVE:
            people += heads.of(unit_id, above=1)
        else:
            named = duty.person_id if informed is Informed.PERSON else duty.leader_id
            is_there = named is not None and heads.holds_a_post(named, unit_id)
            people += [named] if is_there and named else heads.of(unit_id)
    return tuple(dict.fromkeys(people))


def _entry(step: _Climb) -> Act:
    duty = step.duty
    unit_uid = duty.unit.uid if duty.unit else None
    data: dict[str, journal.Value] = {"rung": step.rung.code, "due": step.due.isoformat()}
    return Act("duty.rung_reached", duty.named, unit_uid, data)
