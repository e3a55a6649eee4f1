"""Duties climb the ladder of reminders, once a legal day, and people are told."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from lotrinh.apps.duties.models import Duty, LadderRung, Notice
from lotrinh.apps.duties.selectors.heads import Heads, heads_around
from lotrinh.apps.journal import services as journal
from lotrinh.apps.journal.services import SYSTEM, Act
from lotrinh.apps.journal.turns import take_turn
from lotrinh.rules.duty_states import DutyState
from lotrinh.rules.reminders import REMINDED, Informed, Rung, ladder_for, rung_reached


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
    heads = heads_around((step.duty for step in reached), on=on)
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
    told = Notice.objects.filter(urging=None, duty__state__in=REMINDED).order_by("on", "pk")
    for duty_id, deadline, code, day in told.values_list("duty_id", "due", "rung", "on"):
        if deadline is not None:  # a rung is climbed before or after a deadline
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


def _told(step: _Climb, heads: Heads) -> tuple[int, ...]:
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
            people += heads.or_head(named, unit_id)
    return tuple(dict.fromkeys(people))


def _entry(step: _Climb) -> Act:
    duty = step.duty
    unit_uid = duty.unit.uid if duty.unit else None
    data: dict[str, journal.Value] = {"rung": step.rung.code, "due": step.due.isoformat()}
    return Act("duty.rung_reached", duty.named, unit_uid, data)
