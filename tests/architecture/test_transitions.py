"""The table of steps is the only one: services do what it says in every state, and nothing else."""

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from lotrinh.apps.duties import services
from lotrinh.apps.duties.models import Duty, DutyEvent
from lotrinh.rules.duty_states import TRANSITIONS, DutyState, Step, steps_from
from tests.architecture.inspecting import PACKAGE, public_functions
from tests.factories import NOW, TODAY, an_assignment, key, make_duty

pytestmark = pytest.mark.django_db

SERVICES = {
    Step.AMEND: services.amend_draft,
    Step.ISSUE: services.issue_duty,
    Step.WITHDRAW: services.withdraw_draft,
}


def duty_in(state, cast):
    """Return a duty that came into this state by the services."""
    duty = make_duty(
        owed_to=cast.city,
        user=cast.chi,
        unit=cast.ho_sen,
        person=cast.person(cast.ha),
        is_issued=state is DutyState.ISSUED,
    )
    return take(Step.WITHDRAW, duty, cast) if state is DutyState.WITHDRAWN else duty


def take(step, duty, cast):
    more = (
        {"assignment": an_assignment(cast.ho_sen, cast.person(cast.ha))}
        if step is Step.AMEND
        else {}
    )
    return SERVICES[step](
        duty_id=duty.pk,
        version=duty.version,
        user=cast.chi,
        client_key=key(),
        on=TODAY,
        at=NOW,
        **more,
    )


@pytest.mark.parametrize("state", DutyState)
@pytest.mark.parametrize("step", Step)
def test_a_service_leads_where_the_table_leads_and_nowhere_else(cast, state, step):
    duty = duty_in(state, cast)
    assert duty.state == state

    if step in steps_from(state):
        assert take(step, duty, cast).state == TRANSITIONS[state, step]
    else:
        with pytest.raises(services.StepNotOpen):
            take(step, duty, cast)


def test_every_step_has_one_service_named_after_it():
    verbs = {
        name.split("_")[0]
        for name in public_functions((PACKAGE / "apps/duties/services.py").read_text())
    }

    assert (
        verbs - {"draft", "add"}
        == {step.value for step in Step}
        == {step.value for step in SERVICES}
    )


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


def test_the_event_of_a_step_says_from_where_to_where(cast):
    for (state, step), target in TRANSITIONS.items():
        duty = take(step, duty_in(state, cast), cast)
        event = duty.events.order_by("-version")[0]
        assert (event.from_state, event.step, event.to_state) == (state, step, target)
