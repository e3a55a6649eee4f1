"""What a page learns of an account in one question is what the single questions say."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lotrinh.apps.units import selectors
from lotrinh.apps.units.models import Unit
from lotrinh.apps.units.selectors import (
    first_post,
    known_as,
    may,
    reach,
    rights_asked_once,
    rights_asked_once_an_act,
)
from lotrinh.apps.units.selectors.ended import ended_units
from lotrinh.apps.units.selectors.held import learn, rights_held
from lotrinh.rules.actions import Action
from tests.factories import READS, TODAY, make_officer, make_user

pytestmark = pytest.mark.django_db
DAYS = [date(2019, 6, 1), date(2023, 12, 31), TODAY, date(2025, 7, 1)]


@pytest.mark.parametrize("on", DAYS)
def test_all_that_is_learnt_at_once_is_what_is_asked_one_by_one(cast, on):
    for user in cast.named_users().values():
        learnt = learn(user_id=user.pk, on=on)
        held = rights_held(user_id=user.pk, on=on)
        if learnt is None:
            assert held == []
            continue
        assert learnt.rights == held
        assert learnt.ended == ended_units(on=on)
        assert learnt.below.keys() == {path for _, _, path, *_ in held if path is not None}
        with rights_asked_once_an_act():
            by_act = {
                (action, unit.pk)
                for action in Action
                for unit in Unit.objects.all()
                if may(user_id=user.pk, action=action, unit_id=unit.pk, on=on)
            }
        with rights_asked_once():
            by_page = {
                (action, pk)
                for action in Action
                for pk in reach(user_id=user.pk, action=action, on=on)
            }
        assert by_page == by_act


@pytest.mark.parametrize("on", DAYS)
def test_an_account_is_known_by_its_first_post(cast, on):
    for user in cast.named_users().values():
        held = first_post(user_id=user.pk, on=on)
        known = known_as(user_id=user.pk, on=on)
        with rights_asked_once():
            assert known_as(user_id=user.pk, on=on) == known
        if held is None:
            assert known is None
            continue
        assert (known.person_name, known.title_vi, known.title_en) == (
            held.person.full_name,
            held.post.title_vi,
            held.post.title_en,
        )
        unit = held.post.unit
        assert (known.unit_id, known.unit_uid) == (unit.pk, unit.uid)
        assert (known.name_vi, known.name_en) == (unit.name_vi, unit.name_en)


def test_a_page_learns_all_of_it_in_one_question(cast):
    with rights_asked_once(), CaptureQueriesContext(connection) as asked:
        for action in Action:
            reach(user_id=cast.chi.pk, action=action, on=TODAY)
        known_as(user_id=cast.chi.pk, on=TODAY)
        ended_units(on=TODAY)
        selectors.inspections(user_id=cast.chi.pk, on=TODAY)
    assert len(asked) == 1


def test_who_has_no_right_is_nobody_and_reaches_nothing(cast):
    nobody = make_user("khong-ai")
    with rights_asked_once():
        assert known_as(user_id=nobody.pk, on=TODAY) is None
        assert reach(user_id=nobody.pk, action=Action.READ_DUTY, on=TODAY) == frozenset()


def test_the_next_page_asks_for_the_rights_anew(cast):
    officer = make_officer(cast.ho_sen, actions=READS)
    asked = {"user_id": officer.pk, "action": Action.READ_DUTY, "on": TODAY}
    with rights_asked_once():
        assert cast.ho_sen.pk in reach(**asked)
        type(officer).objects.filter(pk=officer.pk).update(is_active=False)
        assert cast.ho_sen.pk in reach(**asked)
    with rights_asked_once():
        assert reach(**asked) == frozenset()
