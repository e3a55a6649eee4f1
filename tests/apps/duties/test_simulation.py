"""Two simulated years: the board, the morning and silence equal a recount over the events.

The recount is plain Python over the rows of the events and shares nothing with the selectors; the
bench of the same name asks it of a whole city.
"""

from datetime import date, timedelta

import pytest

from bench.recount import read
from bench.recount_compared import compare
from lotrinh.apps.duties.models import Duty, DutyEvent
from lotrinh.apps.units import services as units
from lotrinh.apps.units.models import Appointment
from lotrinh.demo.simulation import Authority, Party, Simulation, Years
from tests.cast import LEADER, OFFICER
from tests.factories import (
    NOW,
    appoint,
    make_document,
    make_officer,
    make_person,
    make_post,
    make_rendition,
    make_role,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.django_db
YEARS = Years(date(2022, 8, 1), date(2024, 8, 1))


def parties_of(cast, many):
    """Return officers of so many units, five communes to a district that is owed to as well."""
    role, found = make_role("commune_officer", actions=OFFICER), []
    city = authority_of(cast.city, cast.chi, cast.thach)
    owed = (city,)
    for n in range(many):
        if n % 6 == 0:
            unit = make_unit(f"quan-{n}", parent=cast.city, kind="district")
            planner = make_officer(unit, actions=(*OFFICER, *LEADER))
            local = authority_of(unit, planner, cast.thach)
        else:
            unit = make_unit(f"xa-{n}", parent=local.unit, kind="commune")
        owed = (city, local) if n % 6 else (city,)
        user = make_user(f"can-bo-{n}")
        person = make_person(f"Cán bộ {n}", user=user)
        appoint(person, make_post(unit, role=role))
        found.append(Party(unit, person, user, owed))
    return found


def authority_of(unit, planner, leader):
    rendition = make_rendition(make_document(keeper=unit, user=planner))
    return Authority(unit, planner, leader, rendition)


def leave(party, day, to=None):
    """Let an officer leave his post; ``to`` is the unit in which he holds one from that day on."""
    held = Appointment.objects.get(person=party.person)
    units.end_appointment(appointment=held, until=day, actor=party.user.named, at=NOW)
    if to is not None:
        appoint(party.person, make_post(to, role=held.post.role), since=day)


def differences(users, on):
    return [told for user in users for told in compare(user.pk, on=on).differences]


def test_a_small_town_of_two_years_is_counted_as_its_events_say(cast):
    parties = parties_of(cast, 6)
    town = Simulation(parties, YEARS, duties=20, seed=5)
    town.run(until=date(2023, 12, 1))
    leave(parties[2], date(2023, 12, 1))
    leave(parties[3], date(2023, 12, 1), to=parties[4].unit)
    town.run(until=YEARS.last)

    found = compare(cast.thach.pk, on=YEARS.last + timedelta(30))
    assert found.differences == []
    assert found.ours["duties of the silence finder"] > 0 < found.ours["numbers of the morning"]


@pytest.mark.slow
def test_a_city_of_two_years_is_counted_as_its_events_say(cast):
    parties = parties_of(cast, 60)
    city = Simulation(parties, YEARS, duties=500, seed=7)
    asking = (cast.thach, parties[1].owes[1].planner, parties[1].user)

    for on in (date(2023, 10, 1), date(2024, 4, 1), YEARS.last):
        city.run(until=on)
        assert differences(asking, on) == []
        leave(parties[on.month], on + timedelta(1))
        leave(parties[on.month + 20], on + timedelta(1), to=parties[0].unit)

    assert city.taken > 1500
    states = set(Duty.objects.values_list("state", flat=True))
    assert states >= {"done", "accepted", "claimed", "cancelled", "suspended"}
    assert differences(asking, YEARS.last + timedelta(100)) == []


def test_a_difference_is_told(cast):
    parties = parties_of(cast, 3)
    Simulation(parties, YEARS, duties=3, seed=5).run(until=YEARS.last)
    counted = read(YEARS.last)
    forgotten = counted.duties.pop()

    found = compare(cast.thach.pk, on=YEARS.last, city=counted).differences
    stands = f"({forgotten.unit}, 'own', '{forgotten.stands(YEARS.last)}')"
    assert any(stands in told for told in found)


def test_the_same_seed_takes_the_same_steps(cast):
    parties = parties_of(cast, 3)

    def told(seed):
        before = set(Duty.objects.values_list("pk", flat=True))
        Simulation(parties, YEARS, duties=5, seed=seed).run(until=YEARS.last)
        events = DutyEvent.objects.exclude(duty__in=before).order_by("duty_id", "version")
        return [(event.step, event.on, event.version) for event in events]

    assert told(3) == told(3) != told(4)
