"""Nobody widens what he himself has, and somebody who may define roles is always left."""

from datetime import date, timedelta

import pytest

from lotrinh.apps.units import selectors, services
from lotrinh.apps.units.models import Placement, Role
from lotrinh.rules.actions import Action
from tests.factories import (
    NOW,
    READS,
    TODAY,
    appoint,
    give_mandate,
    make_officer,
    make_person,
    make_post,
    make_role,
    make_tree,
    make_unit,
    make_user,
)
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db

SOON, LATER = TODAY + timedelta(days=10), TODAY + timedelta(days=20)
DEFINES = [Action.DEFINE_ROLE, Action.APPOINT_PEOPLE, Action.CHANGE_UNIT]
BY_ANOTHER = "Nghị quyết số 1"


@pytest.fixture
def city():
    return make_unit("tp", kind="city")


@pytest.fixture
def office(city):
    return make_unit(parent=city)


@pytest.fixture
def admin(city, office):
    """The only account that may define roles, by a post of an office."""
    return make_officer(office, scope=city, actions=DEFINES)


def role_of(user):
    return selectors.first_post(user_id=user.pk, on=TODAY).post.role


def change(role, actions, user):
    return services.change_role(
        role=role, actions=actions, read=role.actions, user=user, on=TODAY, at=NOW
    )


def lent_to(user, lender, **days):
    person = selectors.person_of(user_id=user.pk)
    given = {"since": TODAY, "until": LATER} | days
    services.delegate(lender=lender, person=person, actor=user.named, at=NOW, **given)


def test_nobody_adds_to_the_role_of_a_post_that_he_holds(admin):
    role = role_of(admin)

    with nothing_changes(), pytest.raises(services.WidensOwnRole):
        change(role, [*role.actions, Action.ISSUE_DUTY], admin)
    with nothing_changes(), pytest.raises(services.WidensOwnRole):
        change(role, [Action.DEFINE_ROLE, Action.ISSUE_DUTY], admin)


def test_nobody_adds_to_a_role_that_is_lent_to_him(admin, city):
    lender = make_officer(city, actions=READS)
    lent_to(admin, selectors.first_post(user_id=lender.pk, on=TODAY))

    with nothing_changes(), pytest.raises(services.WidensOwnRole):
        change(role_of(lender), [*READS, Action.ISSUE_DUTY], admin)


def test_nobody_adds_to_a_role_that_will_be_his(admin, city):
    role = make_role("ngay-mai", actions=READS)
    appoint(selectors.person_of(user_id=admin.pk), make_post(city, role=role), since=LATER)

    with nothing_changes(), pytest.raises(services.WidensOwnRole):
        change(role, [*READS, Action.ISSUE_DUTY], admin)


def test_nobody_adds_to_the_role_of_his_mandate(admin, city):
    role = make_role("thanh-tra", actions=READS, purpose="inspection")
    give_mandate(selectors.person_of(user_id=admin.pk), city, role=role)

    with nothing_changes(), pytest.raises(services.WidensOwnRole):
        change(role, [*READS, Action.ISSUE_DUTY], admin)


def test_a_mandate_that_was_withdrawn_gave_no_role(admin, city):
    role = make_role("thanh-tra", actions=READS, purpose="inspection")
    person, other = selectors.person_of(user_id=admin.pk), make_officer(city, full_name="Lý Giao")
    mandate = give_mandate(person, city, role=role, since=date(2024, 9, 1))
    words = {"legal_basis": "Quyết định số 2", "user": other, "on": TODAY, "at": NOW}
    services.end_mandate(mandate=mandate, until=date(2024, 9, 1), **words)

    assert not selectors.holds_role(role, user_id=admin.pk, on=TODAY)
    assert Action.ISSUE_DUTY in change(role, [*READS, Action.ISSUE_DUTY], admin).actions


def test_what_one_held_once_may_be_widened(admin, city):
    role = make_role("truoc-day", actions=READS)
    person = selectors.person_of(user_id=admin.pk)
    appoint(person, make_post(city, role=role), since=date(2020, 1, 1), until=TODAY)

    assert Action.ISSUE_DUTY in change(role, [*READS, Action.ISSUE_DUTY], admin).actions


def test_somebody_else_who_defines_may_widen_it(admin, city):
    other = make_officer(city, actions=[Action.DEFINE_ROLE])
    role = role_of(admin)
    assert [post.role for post in selectors.others_who_define(role, on=TODAY)] == [role_of(other)]

    assert Action.ISSUE_DUTY in change(role, [*role.actions, Action.ISSUE_DUTY], other).actions


def test_only_those_are_named_who_do_not_have_the_role_themselves(admin, city):
    """The only administrator holds a second role too: nobody else may add to either."""
    second = make_role("viec-khac", actions=READS)
    appoint(selectors.person_of(user_id=admin.pk), make_post(city, role=second))

    assert selectors.others_who_define(second, on=TODAY) == ()
    other = make_officer(city, actions=[Action.DEFINE_ROLE])
    assert [one.role for one in selectors.others_who_define(second, on=TODAY)] == [role_of(other)]


def test_one_takes_from_his_own_role_while_somebody_else_could_give_it_back(admin, city):
    role = role_of(admin)
    fewer = [Action.DEFINE_ROLE, Action.CHANGE_UNIT]

    with nothing_changes(), pytest.raises(services.NobodyCouldRestore):
        change(role, fewer, admin)

    make_officer(city, actions=[Action.DEFINE_ROLE])
    assert set(change(role, fewer, admin).actions) == set(fewer)


def test_the_definition_of_roles_is_not_given_up_by_the_last_who_has_it(admin, city):
    role = role_of(admin)

    with nothing_changes(), pytest.raises(services.NobodyDefines):
        change(role, [Action.APPOINT_PEOPLE], admin)


def test_nor_by_one_whose_successor_leaves_before_he_would(admin, city):
    """Today two define roles; when the other leaves nobody would."""
    make_officer(city, actions=[Action.DEFINE_ROLE], until=SOON)
    role = role_of(admin)

    with nothing_changes(), pytest.raises(services.NobodyDefines):
        change(role, [Action.APPOINT_PEOPLE], admin)


def abolish(unit, receiver, user, day=SOON):
    return services.abolish_unit(
        unit=unit, receiver=receiver, day=day, legal_basis=BY_ANOTHER, user=user, on=TODAY, at=NOW
    )


def test_the_unit_of_the_last_who_defines_roles_is_not_abolished(admin, city, office):
    with nothing_changes(), pytest.raises(services.NobodyDefines):
        abolish(office, city, admin)

    make_officer(city, actions=[Action.DEFINE_ROLE], since=SOON)
    abolish(office, city, admin)
    assert selectors.somebody_defines(on=SOON)


def test_a_definer_who_leaves_later_does_not_stand_in_for_the_last(admin, city, office):
    make_officer(city, actions=[Action.DEFINE_ROLE], until=LATER)

    with nothing_changes(), pytest.raises(services.NobodyDefines):
        abolish(office, city, admin)


def test_a_unit_without_definers_is_abolished(admin, city, office):
    ward = make_unit(parent=office)
    make_officer(ward)

    abolish(ward, office, admin)


def test_the_head_of_the_organisation_is_not_put_under_another(admin, city, office):
    """Roles are defined at the head: put under another it would be the head no more."""
    other = make_unit("khac")
    role = make_role("chi-doi-don-vi", actions=[Action.CHANGE_UNIT])
    appoint(selectors.person_of(user_id=admin.pk), make_post(other, role=role))

    with nothing_changes(), pytest.raises(services.NobodyDefines):
        services.move_unit(
            unit=city,
            tree=make_tree(),
            parent=other,
            day=SOON,
            legal_basis=BY_ANOTHER,
            user=admin,
            on=TODAY,
            at=NOW,
        )
    assert Placement.objects.filter(unit=city).count() == 1


def test_a_role_that_nobody_of_these_holds_is_changed_freely(admin):
    role = make_role("cho-nguoi-khac", actions=READS)
    make_person("Lý Khác", user=make_user())

    assert change(role, [Action.ISSUE_DUTY], admin) == Role.objects.get(pk=role.pk)
