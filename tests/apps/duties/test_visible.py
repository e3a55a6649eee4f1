"""A duty is seen where it is owed to and, once it is issued, where it is owed; standings add up."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from lotrinh.apps.duties import selectors, services
from lotrinh.apps.duties.models import DutyPart
from lotrinh.rules.actions import Action
from lotrinh.rules.standing import Standing, standing
from lotrinh.rules.why import Places
from tests.factories import (
    TODAY,
    act,
    an_assignment,
    appoint,
    make_document,
    make_duty,
    make_person,
    make_post,
    make_rendition,
    make_unit,
)

pytestmark = pytest.mark.django_db


def readers(cast, duty, *, on=TODAY):
    return {
        name
        for name, user in cast.named_users().items()
        if selectors.duty_by_uid(duty.uid, seen_by=user.pk, on=on) is not None
    }


def readers_before_and_after_issuing(cast, *, owed_to, unit, holder):
    """Return who sees the draft, and who sees the duty once it binds the unit."""
    words = {"unit": unit, "person": cast.person(holder)}
    draft = make_duty(owed_to=owed_to, user=cast.chi, **words)
    before = readers(cast, draft)
    return before, readers(cast, issue(cast, draft))


def issue(cast, draft):
    return services.issue_duty(duty_id=draft.pk, act=act(cast.chi, 1))


def test_a_duty_of_a_district_towards_the_city(cast):
    draft, issued = readers_before_and_after_issuing(
        cast, owed_to=cast.city, unit=cast.ho_sen, holder=cast.ha
    )

    assert draft == {"chi", "thach", "nghiem"}
    assert issued == {"chi", "thach", "nghiem", "ha"}


def test_a_duty_of_a_ward_towards_its_district(cast):
    draft, issued = readers_before_and_after_issuing(
        cast, owed_to=cast.ho_sen, unit=cast.sen_tay, holder=cast.mai
    )

    assert draft == {"chi", "thach", "nghiem", "ha"}
    assert issued == {"chi", "thach", "nghiem", "ha", "mai"}


def test_a_duty_between_two_districts_is_seen_in_both_once_it_binds(cast):
    draft, issued = readers_before_and_after_issuing(
        cast, owed_to=cast.ho_sen, unit=cast.dong_gao, holder=cast.khe
    )

    assert draft == {"chi", "thach", "nghiem", "ha"}
    assert issued == {"chi", "thach", "nghiem", "ha", "khe", "bach"}


def test_a_draft_that_was_given_up_was_never_the_debtors_to_see(cast):
    draft = make_duty(owed_to=cast.city, user=cast.chi, unit=cast.ho_sen)

    withdrawn = services.withdraw_draft(duty_id=draft.pk, act=act(cast.chi, 1))

    assert readers(cast, withdrawn) == {"chi", "thach", "nghiem"}


def test_no_list_and_no_count_tells_the_debtor_of_a_draft(cast):
    draft = make_duty(owed_to=cast.city, user=cast.chi, unit=cast.ho_sen)
    document = selectors.sources_of(duty=draft)[0].rendition.document

    def found(user):
        asked = {"seen_by": user.pk, "on": TODAY}
        of_unit = {"unit_id": cast.ho_sen.pk, **asked}
        return (
            len(selectors.owed_by(**of_unit)),
            selectors.owed_on(as_of=TODAY, **of_unit).count(),
            selectors.counts(**of_unit).drafts,
            len(selectors.from_document(document=document, **asked)),
            len(selectors.by_ids([draft.pk], **asked)),
        )

    assert found(cast.chi) == (1, 1, 1, 1, 1)
    assert found(cast.ha) == (0, 0, 0, 0, 0)


def test_a_draft_that_names_no_unit_yet_is_seen_where_it_is_owed_to(cast):
    rendition = make_rendition(make_document(keeper=cast.ho_sen, user=cast.ha))

    duty = make_duty(owed_to=cast.ho_sen, user=cast.ha, rendition=rendition)

    assert readers(cast, duty) == {"chi", "thach", "nghiem", "ha"}


def test_a_duty_of_an_abolished_ward_stays_with_the_district(cast):
    ends = date(2024, 9, 1)
    ward, person = make_unit(parent=cast.ho_sen, until=ends), make_person("Lý Ở Lại")
    appoint(person, make_post(ward))

    duty = make_duty(owed_to=cast.city, user=cast.chi, unit=ward, person=person, is_issued=True)

    assert readers(cast, duty, on=ends) == {"chi", "thach", "nghiem", "ha"}


def test_a_reader_of_the_neighbour_sees_the_neighbours_alone(cast):
    given = {"owed_to": cast.city, "user": cast.chi, "is_issued": True}
    theirs = make_duty(unit=cast.dong_gao, person=cast.person(cast.khe), **given)
    make_duty(unit=cast.ho_sen, person=cast.person(cast.ha), **given)
    make_duty(owed_to=cast.city, user=cast.chi, unit=cast.dong_gao)

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

    open_ones = (
        Standing.OPEN_IN_TERM,
        Standing.OPEN_OVERDUE,
        Standing.OPEN_WITHOUT_DEADLINE,
    )
    found = (counted.issued, *(counted.by_standing[one] for one in open_ones))
    assert found == figures
    assert sum(counted.by_standing.values()) == counted.issued


def test_the_counts_of_a_list_are_those_of_its_rows_for_everybody(cast, issued):
    make_duty(owed_to=cast.city, user=cast.chi, unit=cast.dong_gao)
    make_duty(owed_to=cast.ho_sen, user=cast.ha, unit=cast.ho_sen)
    DutyPart.objects.create(duty=issued[0], unit=cast.dong_gao, part="coordinate", since=TODAY)
    seen = {}
    for name, user in cast.named_users().items():
        for unit_id in (None, cast.ho_sen.pk, cast.dong_gao.pk):
            asked = {"seen_by": user.pk, "on": TODAY}
            rows = selectors.visible(**asked)
            rows = rows if unit_id is None else rows.filter(unit_id=unit_id)
            counted = selectors.counts(**asked, unit_id=unit_id)

            assert counted.by_standing == {
                one: rows.filter(selectors.standing_filter(one, on=TODAY)).count()
                for one in Standing
            }
            assert counted.drafts == rows.filter(state="draft").count()
            seen[name, unit_id] = counted.issued, counted.drafts

    assert seen["chi", None] == (6, 2)
    assert seen["khe", None] == (2, 0)
    assert seen["khe", cast.ho_sen.pk] == (1, 0)
    assert seen["an", None] == (0, 0)


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
    given = {"owed_to": cast.city, "user": cast.chi, "rendition": rendition, "is_issued": True}
    ours = make_duty(unit=cast.ho_sen, person=cast.person(cast.ha), **given)
    theirs = make_duty(unit=cast.dong_gao, person=cast.person(cast.khe), **given)

    def found(user):
        asked = {"document": rendition.document, "seen_by": user.pk, "on": TODAY}
        return set(selectors.from_document(**asked))

    assert found(cast.chi) == {ours, theirs}
    assert found(cast.ha) == {ours}
    assert set(selectors.by_ids([ours.pk, theirs.pk], seen_by=cast.ha.pk, on=TODAY)) == {ours.pk}


def test_a_right_over_a_duty_is_judged_on_the_side_that_uses_it(cast):
    duty = make_duty(
        owed_to=cast.city,
        user=cast.chi,
        unit=cast.ho_sen,
        person=cast.person(cast.ha),
        is_issued=True,
    )

    places = {
        action: selectors.judged_at(uid=duty.uid, action=action)
        for action in (Action.DO_DUTY, Action.JUDGE_DUTY, Action.ISSUE_DUTY)
    }

    assert places == {
        Action.DO_DUTY: Places((cast.ho_sen.pk,)),
        Action.JUDGE_DUTY: Places((cast.city.pk,)),
        Action.ISSUE_DUTY: Places((cast.city.pk, cast.ho_sen.pk), all_of_them=True),
    }
