"""A duty is seen where it is owed and where it is owed to; standings add up for every reader."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from lotrinh.apps.duties import selectors
from lotrinh.rules.duty_states import Standing, standing
from tests.factories import (
    TODAY,
    an_assignment,
    make_document,
    make_duty,
    make_rendition,
)

pytestmark = pytest.mark.django_db


def readers(cast, duty):
    return {
        name
        for name, user in cast.named_users().items()
        if selectors.duty_by_uid(duty.uid, seen_by=user.pk, on=TODAY) is not None
    }


def test_a_duty_of_a_district_towards_the_city(cast):
    duty = make_duty(owed_to=cast.city, user=cast.chi, unit=cast.ho_sen)

    assert readers(cast, duty) == {"chi", "thach", "nghiem", "ha"}


def test_a_duty_of_a_ward_towards_its_district(cast):
    rendition = make_rendition(make_document(keeper=cast.ho_sen, user=cast.ha))

    duty = make_duty(owed_to=cast.ho_sen, user=cast.ha, unit=cast.sen_tay, rendition=rendition)

    assert readers(cast, duty) == {"chi", "thach", "nghiem", "ha", "mai"}


def test_a_duty_between_two_districts_is_seen_in_both(cast):
    rendition = make_rendition(make_document(keeper=cast.ho_sen, user=cast.chi))

    duty = make_duty(owed_to=cast.ho_sen, user=cast.chi, unit=cast.dong_gao, rendition=rendition)

    assert readers(cast, duty) == {"chi", "thach", "nghiem", "ha", "khe", "bach"}


def test_a_draft_that_names_no_unit_yet_is_seen_where_it_is_owed_to(cast):
    rendition = make_rendition(make_document(keeper=cast.ho_sen, user=cast.ha))

    duty = make_duty(owed_to=cast.ho_sen, user=cast.ha, rendition=rendition)

    assert readers(cast, duty) == {"chi", "thach", "nghiem", "ha"}


def test_a_duty_of_an_abolished_ward_stays_with_the_district(cast):
    duty = make_duty(owed_to=cast.city, user=cast.chi, unit=cast.sen_cu)

    assert readers(cast, duty) == {"chi", "thach", "nghiem", "ha"}


def test_a_reader_of_the_neighbour_sees_the_neighbours_alone(cast):
    theirs = make_duty(owed_to=cast.city, user=cast.chi, unit=cast.dong_gao)
    make_duty(owed_to=cast.city, user=cast.chi, unit=cast.ho_sen)

    assert list(selectors.visible(seen_by=cast.bach.pk, on=TODAY)) == [theirs]


@pytest.fixture
def issued(cast):
    """Issue five duties to Hồ Sen and one to Đồng Gạo, with deadlines around today."""
    ha, khe = cast.person(cast.ha), cast.person(cast.khe)
    plan = [
        (cast.ho_sen, ha, TODAY - timedelta(1), ""),
        (cast.ho_sen, ha, TODAY - timedelta(40), ""),
        (cast.ho_sen, ha, TODAY, ""),
        (cast.ho_sen, ha, date(2024, 12, 31), ""),
        (cast.ho_sen, ha, None, "hằng tháng"),
        (cast.dong_gao, khe, TODAY - timedelta(1), ""),
    ]
    return [
        make_duty(
            owed_to=cast.city,
            user=cast.chi,
            is_issued=True,
            assignment=replace(an_assignment(unit, person), due=due, recurrence=recurrence),
        )
        for unit, person, due, recurrence in plan
    ]


@pytest.mark.parametrize(
    ("name", "figures"),
    [
        ("chi", (6, 2, 3, 1)),
        ("ha", (5, 2, 2, 1)),
        ("khe", (1, 0, 1, 0)),
        ("mai", (0, 0, 0, 0)),
        ("an", (0, 0, 0, 0)),
    ],
)
def test_the_standings_of_what_one_sees_add_up(cast, issued, name, figures):
    counted = selectors.counts(seen_by=cast.named_users()[name].pk, on=TODAY)

    found = (counted.issued, counted.in_term, counted.overdue, counted.without_deadline)
    assert found == figures
    assert counted.in_term + counted.overdue + counted.without_deadline == counted.issued


def test_the_database_judges_each_duty_as_the_rule_does(cast, issued):
    for day in (TODAY - timedelta(41), TODAY, TODAY + timedelta(1), date(2025, 1, 1)):
        for wanted in Standing:
            found = selectors.visible(seen_by=cast.chi.pk, on=TODAY).filter(
                selectors.standing_filter(wanted, on=day)
            )
            assert {duty.pk for duty in found} == {
                duty.pk for duty in issued if standing(duty.due, day) is wanted
            }


def test_a_worklist_begins_with_the_earliest_deadline_and_ends_without_one(cast, issued):
    dues = [
        duty.due for duty in selectors.owed_by(unit_id=cast.ho_sen.pk, seen_by=cast.ha.pk, on=TODAY)
    ]

    assert dues == [
        TODAY - timedelta(40),
        TODAY - timedelta(1),
        TODAY,
        date(2024, 12, 31),
        None,
    ]


def test_duties_from_a_document_are_those_the_reader_may_see(cast):
    rendition = make_rendition(make_document(keeper=cast.city, user=cast.chi))
    given = {"owed_to": cast.city, "user": cast.chi, "rendition": rendition}
    ours, theirs = make_duty(unit=cast.ho_sen, **given), make_duty(unit=cast.dong_gao, **given)

    def found(user):
        asked = {"document": rendition.document, "seen_by": user.pk, "on": TODAY}
        return set(selectors.from_document(**asked))

    assert found(cast.chi) == {ours, theirs}
    assert found(cast.ha) == {ours}
    assert set(selectors.by_ids([ours.pk, theirs.pk], seen_by=cast.ha.pk, on=TODAY)) == {ours.pk}
