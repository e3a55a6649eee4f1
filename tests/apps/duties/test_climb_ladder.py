"""Duties climb the ladder by themselves: who is told what on which day, once, in the journal."""

from datetime import date, timedelta

import pytest

from lotrinh.apps.duties import selectors, services
from lotrinh.apps.duties.models import Notice
from lotrinh.apps.journal.models import Entry
from lotrinh.rules.reminders import Informed
from tests.factories import NOW, TODAY, act, make_duty, make_officer
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db

DUE = date(2024, 9, 29)


@pytest.fixture
def duty(cast):
    return make_duty(
        owed_to=cast.city,
        user=cast.chi,
        unit=cast.ho_sen,
        person=cast.person(cast.ha),
        is_issued=True,
    )


def climb(on):
    return services.climb_ladder(on=on, at=NOW)


def told(on):
    rows = Notice.objects.filter(on=on).select_related("person__user")
    return {(row.rung, row.person.user.sign_in_name) for row in rows}


def test_the_ladder_of_a_new_installation():
    rungs = [
        (rung.code, rung.days, rung.informed, rung.kind) for rung in selectors.ladder_on(on=TODAY)
    ]

    person, leader = Informed.PERSON, Informed.LEADER
    assert rungs == [
        ("due_soon", -3, [person], ""),
        ("overdue", 1, [person, leader], ""),
        ("reminder_1", 4, [person], ""),
        ("reminder_2", 8, [person, leader], ""),
        ("reminder_3", 12, [person, leader], ""),
        ("escalation", 15, [leader, Informed.CREDITOR, Informed.ABOVE], ""),
    ]


def test_from_the_warning_to_one_level_up(cast, duty):
    for days in range(-10, 30):
        climb(DUE + timedelta(days=days))

    found = {(row.on - DUE).days: told(row.on) for row in Notice.objects.all()}
    ha, thach = "can-bo-ho-sen", "lanh-dao"
    assert found == {
        -3: {("due_soon", ha)},
        1: {("overdue", ha)},
        4: {("reminder_1", ha)},
        8: {("reminder_2", ha)},
        12: {("reminder_3", ha)},
        15: {("escalation", ha), ("escalation", thach)},
    }


def test_the_same_day_again_changes_nothing(duty):
    assert climb(DUE + timedelta(days=1)) == 1

    with nothing_changes():
        assert climb(DUE + timedelta(days=1)) == 0


def test_each_rung_is_in_the_journal_without_a_name(cast, duty):
    climb(DUE - timedelta(days=3))

    entry = Entry.objects.get(verb="duty.rung_reached")
    assert (entry.actor_kind, entry.object_uid, entry.unit_uid) == (
        "system",
        duty.uid,
        cast.ho_sen.uid,
    )
    assert '"data":{"due":"2024-09-29","rung":"due_soon"}' in entry.payload


def test_a_draft_and_what_was_handed_in_climb_nothing(cast, duty):
    make_duty(owed_to=cast.city, user=cast.chi, unit=cast.ho_sen, person=cast.person(cast.ha))
    services.claim_duty(duty_id=duty.pk, act=act(cast.ha, duty.version, note="Đã xong"))

    assert climb(DUE + timedelta(days=20)) == 0


def test_where_the_person_has_left_the_head_of_the_unit_is_told(cast):
    gone = make_officer(cast.ho_sen, full_name="Lý An", until=date(2024, 9, 1))
    make_duty(
        owed_to=cast.city,
        user=cast.chi,
        unit=cast.ho_sen,
        person=cast.person(gone),
        is_issued=True,
    )

    assert climb(DUE - timedelta(days=3)) == 1
    assert told(DUE - timedelta(days=3)) == {("due_soon", "can-bo-ho-sen")}


def test_a_later_deadline_begins_the_ladder_anew(cast, duty):
    climb(DUE - timedelta(days=3))
    asked = services.ask_extension(
        duty_id=duty.pk,
        act=act(cast.ha, duty.version, on=DUE - timedelta(days=2), note="Chờ số liệu"),
        until=date(2024, 10, 31),
    )
    services.extend_duty(
        duty_id=duty.pk,
        act=act(cast.chi, asked.version, on=DUE - timedelta(days=1)),
        until=date(2024, 10, 31),
    )

    assert climb(DUE + timedelta(days=1)) == 0
    assert climb(date(2024, 10, 28)) == 1
    assert told(date(2024, 10, 28)) == {("due_soon", "can-bo-ho-sen")}


def test_notices_are_of_those_who_were_told_and_still_see_the_duty(cast, duty):
    on = DUE + timedelta(days=1)
    climb(on)

    def seen(user, day=on):
        return [row.rung for row in selectors.notices_of(seen_by=user.pk, on=day)]

    assert seen(cast.ha) == ["overdue"]
    assert [seen(user) for user in (cast.khe, cast.mai, cast.thach, cast.an)] == [[], [], [], []]
