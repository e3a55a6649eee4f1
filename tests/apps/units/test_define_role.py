"""A role carries exactly the actions named last, and only actions that the product asks for."""

import pytest

from lotrinh.apps.journal.models import Entry
from lotrinh.apps.units import selectors, services
from lotrinh.rules.actions import Action
from tests.factories import TODAY, make_officer, make_role, make_unit
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db


def test_defining_a_role_again_replaces_what_it_carries():
    make_role("leader", actions=[Action.READ_DUTY, Action.ISSUE_DUTY])

    role = make_role("leader", actions=[Action.READ_DUTY])

    assert role.actions == ["duty.read"]
    assert Entry.objects.filter(verb="role.defined").count() == 2


def test_taking_an_action_from_a_role_takes_it_from_everyone_who_holds_it():
    unit = make_unit()
    user = make_officer(unit, actions=[Action.ISSUE_DUTY])
    role = selectors.first_post(user_id=user.pk, on=TODAY).post.role

    make_role(role.code, actions=[])

    assert not selectors.may(user_id=user.pk, action=Action.ISSUE_DUTY, unit_id=unit.pk, on=TODAY)


def test_an_action_that_nobody_asks_for_is_refused():
    with nothing_changes(), pytest.raises(services.ActionUnknown, match=r"duty\.delete"):
        make_role("leader", actions=["duty.read", "duty.delete"])
