"""The table of steps is the only one: services do what it says in every state, and nothing else."""

from inspect import signature

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client, override_settings
from django.urls import reverse

from lotrinh.apps.duties import services
from lotrinh.apps.duties.models import Duty, DutyEvent
from lotrinh.rules.duty_states import (
    TRANSITIONS,
    DutyState,
    Step,
    steps_from,
)
from tests.architecture.walking import SERVICES, duty_in, take
from tests.factories import TODAY

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("state", "step"), TRANSITIONS)
def test_a_service_leads_where_the_table_leads(cast, state, step):
    duty = duty_in(state, cast, step)
    assert duty.state == state

    taken = take(step, duty, cast)

    assert taken.state == TRANSITIONS[state, step]
    event = taken.events.order_by("-version")[0]
    assert (event.from_state, event.step, event.to_state) == (state, step, taken.state)


@pytest.mark.parametrize("state", DutyState)
def test_no_service_leads_where_the_table_does_not(cast, state):
    duty = duty_in(state, cast)
    assert duty.state == state

    for step in set(Step) - set(steps_from(state)):
        with pytest.raises(services.StepNotOpen), transaction.atomic():
            take(step, duty, cast)


def test_every_step_has_a_service_of_its_own():
    """And every other service drafts a duty, adds a passage to it or asks about it."""
    assert list(SERVICES) == list(Step)
    assert {step for _, step in TRANSITIONS} == set(Step)
    assert list(services.TAKEN_BY.items()) == list(SERVICES.items())
    named = {service.__name__ for service in SERVICES.values()}
    assert len(named) == len(Step)
    others = {
        "draft_duty",
        "draft_duties",
        "draft_conclusions",
        "import_duties",
        "add_source",
        "right_for",
        "ask_explanation",
        "break_down",
        "assign_part",
        "end_part",
        "cancel_parts",
        "owe_programmes",
        "owe_reports",
        "urge_duties",
    }
    others |= {"make_periods", "make_periods_of", "climb_ladder"}
    others |= {"collect_digests", "send_digest", "mark_read"}
    others |= {"enter_days", "load_days", "withdraw_day", "set_counting", "set_ladder"}
    others |= {"fold_tallies", "recount_duties"}
    assert named | others == {name for name in services.__all__ if name[0].islower()}


@pytest.mark.parametrize("step", Step)
def test_the_table_says_what_each_service_takes(step):
    taken = signature(services.TAKEN_BY[step]).parameters.values()
    beside = [one for one in taken if one.name not in {"duty_id", "act"}]

    assert tuple(one.name for one in beside) == services.TAKES[step]
    lacking = {one.name for one in beside if one.default is not one.empty}
    assert lacking == services.MAY_LACK[step]
    assert [one.name for one in taken][:2] == ["duty_id", "act"]


def test_the_database_refuses_a_way_that_the_table_does_not_have(cast):
    for state in DutyState:
        duty = duty_in(state, cast)
        open_ways = {to for (source, _), to in TRANSITIONS.items() if source is state}
        for other in set(DutyState) - open_ways - {state}:
            with pytest.raises(ProgrammingError), transaction.atomic():
                Duty.objects.filter(pk=duty.pk).update(state=other)


@pytest.mark.parametrize("state", DutyState)
def test_the_page_offers_a_step_exactly_where_the_table_has_it(cast, state):
    duty, client = duty_in(state, cast), Client()
    client.force_login(cast.chi, backend="allauth.account.auth_backends.AuthenticationBackend")

    with override_settings(LOTRINH_TODAY=TODAY):
        page = client.get(reverse("duty", args=[duty.uid])).content.decode()

    offered = f'action="{reverse("duty-issue", args=[duty.uid])}"' in page
    assert offered == (Step.ISSUE in steps_from(state))


def test_tables_know_the_same_states_and_steps():
    assert {value for value, _ in Duty._meta.get_field("state").choices} == set(DutyState)
    assert {value for value, _ in DutyEvent._meta.get_field("step").choices} == set(Step)
