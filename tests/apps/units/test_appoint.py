"""A person holds a post from a day to the day before another, never twice on one day."""

import json
from datetime import date

import pytest

from lotrinh.apps.journal.models import Entry
from lotrinh.apps.units import selectors, services
from lotrinh.rules.actions import Action
from tests.cast import LEFT_ON
from tests.factories import (
    TODAY,
    appoint,
    make_officer,
    make_person,
    make_post,
    make_unit,
    make_user,
)
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db


def test_an_appointment_begins_and_ends_on_its_days():
    unit = make_unit()
    person = make_person()
    appoint(person, make_post(unit), since=date(2020, 1, 1), until=date(2024, 1, 1))

    days = (date(2019, 12, 31), date(2020, 1, 1), date(2023, 12, 31), date(2024, 1, 1))
    assert [selectors.people_in(unit_id=unit.pk, on=day) for day in days] == [
        (),
        (person,),
        (person,),
        (),
    ]


def test_the_same_post_twice_on_one_day_is_refused():
    person, post = make_person(), make_post(make_unit())
    appoint(person, post, since=date(2020, 1, 1), until=date(2024, 1, 1))

    with nothing_changes(), pytest.raises(services.AlreadyAppointed):
        appoint(person, post, since=date(2023, 12, 31))


def test_a_person_may_come_back_to_a_post():
    person, post = make_person(), make_post(make_unit())
    appoint(person, post, since=date(2020, 1, 1), until=date(2022, 1, 1))

    appoint(person, post, since=date(2022, 1, 1))

    assert Entry.objects.filter(verb="person.appointed").count() == 2


def test_two_persons_of_one_name_stay_two():
    unit = make_unit()
    one, other = make_person("Nguyễn Văn An"), make_person("Nguyễn Văn An")
    appoint(one, make_post(unit))
    appoint(other, make_post(unit))

    assert selectors.people_in(unit_id=unit.pk, on=TODAY) == (one, other)


def test_people_stand_in_the_order_of_given_names():
    unit = make_unit()
    for name in ("Trần Mộc Chi", "Lê An", "Phan Bình"):
        appoint(make_person(name), make_post(unit))

    names = [person.full_name for person in selectors.people_in(unit_id=unit.pk, on=TODAY)]
    assert names == ["Lê An", "Phan Bình", "Trần Mộc Chi"]


def test_posts_show_holders_and_vacancies_to_those_who_may_see_people(cast):
    make_post(cast.ho_sen, title_vi="Chủ tịch", rank=9)

    seen = selectors.posts_of(unit_id=cast.ho_sen.pk, as_of=TODAY, on=TODAY, seen_by=cast.ha.pk)

    assert [(post.title_vi, post.person_name) for post in seen.held] == [
        ("Chuyên viên", "Phan Thu Hà"),
        ("Chủ tịch", ""),
    ]


def test_posts_of_a_unit_are_hidden_from_its_neighbour_and_from_readers(cast):
    days = {"as_of": TODAY, "on": TODAY}
    assert selectors.posts_of(unit_id=cast.ho_sen.pk, seen_by=cast.khe.pk, **days) is None
    assert selectors.posts_of(unit_id=cast.dong_gao.pk, seen_by=cast.bach.pk, **days) is None


def test_somebody_who_has_left_sees_nobody_of_any_day(cast):
    """Tùng could see the posts while he served; the day he asks about gives nothing back."""
    served, left = date(2024, 6, 30), LEFT_ON
    asked = {"unit_id": cast.ho_sen.pk, "seen_by": cast.tung.pk}

    for day in (served, left, TODAY):
        assert selectors.posts_of(**asked, as_of=day, on=TODAY) is None
    for day in (served, left, TODAY):
        assert selectors.posts_of(**asked, as_of=day, on=served) is not None


def test_the_holders_shown_are_those_of_the_day_asked_about(cast):
    def held(day):
        posts = selectors.posts_of(unit_id=cast.office.pk, as_of=day, seen_by=cast.chi.pk, on=TODAY)
        return [post.person_name for post in posts.held]

    assert held(date(2024, 6, 30)) == ["Trần Mộc Chi", "Ngô Tùng"]
    assert held(LEFT_ON) == ["Trần Mộc Chi", ""]
    assert held(date(2019, 12, 31)) == ["", ""]


def test_a_right_ends_on_the_day_the_post_is_left(cast):
    asked = {"user_id": cast.tung.pk, "action": Action.READ_DUTY, "unit_id": cast.ho_sen.pk}

    assert selectors.may(**asked, on=date(2024, 6, 30))
    assert not selectors.may(**asked, on=LEFT_ON)


def test_a_person_may_be_known_without_an_account_and_an_account_without_a_post(cast):
    assert selectors.first_post(user_id=cast.an.pk, on=TODAY) is None
    assert selectors.person_of(user_id=cast.an.pk).full_name == "Đỗ Ẩn"
    assert selectors.person_of(user_id=make_user().pk) is None


def test_roles_to_choose_from_are_the_posts_held_today_by_open_accounts():
    unit = make_unit()
    held = make_officer(unit)
    make_officer(unit, until=date(2024, 1, 1))
    appoint(make_person(), make_post(unit))

    found = selectors.accounts_with_posts(on=TODAY)

    assert [appointment.person.user for appointment in found] == [held]


def test_payloads_name_persons_by_pseudonym_alone():
    person = make_person("Nguyễn Thị Riêng Biệt")
    appoint(person, make_post(make_unit()))

    payloads = list(Entry.objects.values_list("payload", flat=True))
    assert "Riêng" not in "".join(payloads)
    assert str(person.uid) not in "".join(payloads)
    objects = [json.loads(payload)["object"] for payload in payloads]
    (registered, appointed) = [found for found in objects if found["kind"] == "person"]
    assert registered == appointed
    assert set(registered) == {"kind", "ref"}
    assert len(registered["ref"]) == 64
