"""Two simulated years: the board, the morning and silence equal a recount over the events.

The recount is plain Python over the rows of the events and shares nothing with the selectors.
"""

from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest

from lotrinh.apps.duties import selectors
from lotrinh.apps.duties.models import Duty, DutyEvent
from lotrinh.demo.simulation import Authority, Party, Years, simulate
from lotrinh.rules.standing import Standing
from tests.cast import OFFICER
from tests.factories import (
    NOW,
    appoint,
    make_document,
    make_person,
    make_post,
    make_rendition,
    make_role,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.django_db
YEARS = Years(date(2022, 8, 1), date(2024, 8, 1), NOW)


def parties_of(cast, many):
    """Return officers of so many communes, five to a district."""
    role, found = make_role("commune_officer", actions=OFFICER), []
    district = cast.ho_sen
    for n in range(many):
        if n % 6 == 0:
            district = make_unit(f"quan-{n}", parent=cast.city, kind="district")
        unit = district if n % 6 == 0 else make_unit(f"xa-{n}", parent=district, kind="commune")
        user = make_user(f"can-bo-{n}")
        person = make_person(f"Cán bộ {n}", user=user)
        appoint(person, make_post(unit, role=role))
        found.append(Party(unit, person, user))
    return found


def authority_of(cast):
    rendition = make_rendition(make_document(keeper=cast.city, user=cast.chi))
    return Authority(cast.city, cast.chi, cast.thach, rendition)


def histories():
    found = defaultdict(list)
    for event in DutyEvent.objects.order_by("duty_id", "version"):
        found[event.duty_id].append(event)
    return found


def judged(first_due, events, on):
    """Return by hand: the class or what stands beside, what waits, and whether nothing is heard."""
    due, claimed, heard, asked = first_due, None, events[0].on, False
    times = 0
    for event in events:
        if event.step == "claim":
            claimed = event.on
        if event.step in ("claim", "report", "transfer", "resume", "reopen", "dismiss"):
            heard = event.on
        asked = {"ask": True, "extend": False, "decline": False}.get(event.step, asked)
        if event.step == "extend":
            due = date.fromisoformat(event.words_after["approved_due"])
            times += 1
    state = events[-1].to_state
    waits = {"claimed": "claim", "refusing": "refusal", "contested": "contest"}.get(state)
    silent = state in ("issued", "accepted", "returned") and (on - heard).days > 60
    is_open = state not in ("done", "refused", "cancelled")
    if state in ("refused", "cancelled"):
        stands = state
    elif due is None:
        stands = "done_without_deadline" if state == "done" else "open_without_deadline"
    elif state == "done":
        stands = "done_late" if claimed > due else "done_on_time"
    else:
        stands = "open_overdue" if on > due else "open_in_term"
    return stands, {waits} | ({"more_time"} if asked and is_open else set()), silent


def recounted(on):
    owed, waiting, silent, dues = Counter(), Counter(), set(), {}
    rows = {pk: (unit, due) for pk, unit, due in Duty.objects.values_list("pk", "unit_id", "due")}
    monthly = set(Duty.objects.filter(recurrence="monthly").values_list("pk", flat=True))
    for pk, events in histories().items():
        unit, due = rows[pk]
        stands, waits, is_silent = judged(due, events, on)
        owed[unit, stands] += 1
        waiting.update(waits - {None})
        silent |= {pk} - monthly if is_silent else set()
        dues[pk] = stands
    return owed, waiting, silent, dues


def check(cast, on):
    owed, waiting, silent, dues = recounted(on)
    rows = selectors.board(seen_by=cast.thach.pk, on=on)
    counted = Counter()
    for row in rows:
        for one in Standing:
            counted[row.unit.id, str(one)] += row.own[one]
        counted[row.unit.id, "refused"] += row.own.refused
        counted[row.unit.id, "cancelled"] += row.own.cancelled
    assert +counted == owed
    morning = selectors.morning(seen_by=cast.thach.pk, on=on)
    assert {str(one): n for one, n in morning.to_decide.items() if n} == dict(waiting)
    assert morning.overdue == sum(one == "open_overdue" for one in dues.values())
    assert morning.silent == len(silent)
    found = selectors.silent(seen_by=cast.thach.pk, on=on).values_list("pk", flat=True)
    assert set(found) == silent


def test_a_small_town_of_two_years_is_counted_as_its_events_say(cast):
    simulate(parties_of(cast, 6), authority_of(cast), YEARS, duties=20, seed=5)

    check(cast, YEARS.last + timedelta(30))


@pytest.mark.slow
def test_a_city_of_two_years_is_counted_as_its_events_say(cast):
    taken = simulate(parties_of(cast, 60), authority_of(cast), YEARS, duties=500, seed=7)

    assert taken > 1500
    states = set(Duty.objects.values_list("state", flat=True))
    assert states >= {"done", "accepted", "claimed", "cancelled", "suspended"}
    for on in (YEARS.last, YEARS.last + timedelta(100)):
        check(cast, on)


def test_the_same_seed_takes_the_same_steps(cast):
    parties, authority = parties_of(cast, 3), authority_of(cast)

    def told(seed):
        before = set(Duty.objects.values_list("pk", flat=True))
        simulate(parties, authority, YEARS, duties=5, seed=seed)
        events = DutyEvent.objects.exclude(duty__in=before).order_by("duty_id", "version")
        return [(event.step, event.on, event.version) for event in events]

    assert told(3) == told(3) != told(4)
