"""What one act asks of the rights of an account: once, inside the act, and never beyond it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lotrinh.apps.duties import services as duties
from lotrinh.apps.units import services
from lotrinh.apps.units.models import Appointment, Unit
from lotrinh.apps.units.selectors import may, reach, rights_asked_once, rights_asked_once_an_act
from lotrinh.rules.actions import Action
from tests.factories import NOW, TODAY, act, an_assignment, make_duty

pytestmark = pytest.mark.django_db


def ask(user, action, unit):
    return may(user_id=user.pk, action=action, unit_id=unit.pk, on=TODAY)


def test_an_act_is_told_what_a_page_is_told(cast):
    units = list(Unit.objects.all())
    for user in cast.named_users().values():
        with rights_asked_once_an_act():
            found = {
                (action, unit.pk) for action in Action for unit in units if ask(user, action, unit)
            }
        reached = {
            (action, pk)
            for action in Action
            for pk in reach(user_id=user.pk, action=action, on=TODAY)
        }
        assert found == reached


def test_an_act_asks_once_and_the_next_one_asks_anew(cast):
    with rights_asked_once_an_act(), CaptureQueriesContext(connection) as asked:
        assert ask(cast.chi, Action.ISSUE_DUTY, cast.city)
        assert ask(cast.chi, Action.JUDGE_DUTY, cast.ho_sen)
        assert not ask(cast.ha, Action.JUDGE_DUTY, cast.ho_sen)
    assert sum("units_appointment" in one["sql"] for one in asked.captured_queries) == 2

    held = Appointment.objects.get(person__user=cast.chi)
    services.end_appointment(appointment=held, until=TODAY, actor=cast.chi.named, at=NOW)
    with rights_asked_once_an_act():
        assert not ask(cast.chi, Action.ISSUE_DUTY, cast.city)


def test_a_page_within_an_act_learns_whole_reaches(cast):
    with rights_asked_once_an_act(), rights_asked_once():
        ask(cast.chi, Action.READ_DUTY, cast.city)
        with CaptureQueriesContext(connection) as asked:
            assert ask(cast.chi, Action.READ_DUTY, cast.sen_tay)
    assert len(asked) == 0


def test_a_step_asks_for_the_right_once_behind_the_lock(cast):
    words = an_assignment(cast.ho_sen, cast.person(cast.ha))
    draft = make_duty(owed_to=cast.city, user=cast.chi, assignment=words)
    with CaptureQueriesContext(connection) as asked:
        duty = duties.issue_duty(duty_id=draft.pk, act=act(cast.chi, draft.version))
    said = [one["sql"] for one in asked.captured_queries]
    lock = next(n for n, sql in enumerate(said) if "FOR UPDATE" in sql)
    rights = [n for n, sql in enumerate(said) if "units_mandate" in sql]
    assert len(rights) == 1 and rights[0] > lock

    with CaptureQueriesContext(connection) as asked:
        duties.report_progress(duty_id=duty.pk, act=act(cast.ha, duty.version), percent=10)
    assert len(asked) == 10
