"""The table of steps is the only one: services do what it says in every state, and nothing else."""

from datetime import date

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client, override_settings
from django.urls import reverse

from lotrinh.apps.duties import services
from lotrinh.apps.duties.models import Duty, DutyEvent
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units.models import Group
from lotrinh.apps.units.services import Choice, save_group
from lotrinh.rules.duty_states import (
    BY_DOCUMENT,
    TRANSITIONS,
    WHO,
    WITH_REASON,
    DutyState,
    Side,
    Step,
    steps_from,
)
from tests.factories import NOW, TODAY, an_assignment, key, make_duty, make_tree

pytestmark = pytest.mark.django_db

SERVICES = {
    Step.AMEND: services.amend_draft,
    Step.ISSUE: services.issue_duty,
    Step.WITHDRAW: services.withdraw_draft,
    Step.SPREAD: services.spread_duty,
    Step.GATHER: services.gather_duty,
    Step.ACCEPT: services.accept_duty,
    Step.REFUSE: services.refuse_duty,
    Step.RELEASE: services.release_duty,
    Step.UPHOLD: services.uphold_duty,
    Step.REPORT: services.report_progress,
    Step.CLAIM: services.claim_duty,
    Step.VERIFY: services.verify_duty,
    Step.RETURN: services.return_duty,
    Step.CONTEST: services.contest_return,
    Step.OVERRULE: services.overrule_return,
    Step.DISMISS: services.dismiss_contest,
    Step.REOPEN: services.reopen_duty,
    Step.ASK: services.ask_extension,
    Step.EXTEND: services.extend_duty,
    Step.DECLINE: services.decline_extension,
    Step.SUSPEND: services.suspend_duty,
    Step.RESUME: services.resume_duty,
    Step.CANCEL: services.cancel_duty,
    Step.TRANSFER: services.transfer_duty,
    Step.HAND: services.hand_to_person,
    Step.INSTRUCT: services.instruct_on,
    Step.REMIND: services.remind_of,
}
ASKED = date(2025, 3, 1)


def way_to(state):
    """Return the fewest steps that lead from a draft to a state."""
    ways = {DutyState.DRAFT: ()}
    while state not in ways:
        for (source, step), to in TRANSITIONS.items():
            if source in ways and to not in ways:
                ways[to] = (*ways[source], step)
    return ways[state]


def duty_in(state, cast, step=None):
    """Return a duty that came into this state by the services, with more time asked for.

    For ``GATHER``, which is for what nobody has acted on, a duty that a group was given.
    """
    duty = make_duty(
        owed_to=cast.city, user=cast.chi, unit=cast.ho_sen, person=cast.person(cast.ha)
    )
    if (state, step) == (DutyState.ISSUED, Step.GATHER):
        return take(Step.SPREAD, duty, cast).parts.get()
    for step in way_to(state):
        duty = take(step, duty, cast)
        if step is Step.ISSUE:
            duty = take(Step.ASK, duty, cast)
    return duty


def more_for(step, duty, cast):
    """Return what a step needs beside the duty and who takes it."""
    more = {}
    if step in WITH_REASON:
        more["note"] = "vì lý do đã nêu"
    if step is Step.AMEND:
        more["assignment"] = an_assignment(cast.ho_sen, cast.person(cast.ha))
    if step is Step.CLAIM:
        more["note"] = "kế hoạch đã ban hành"
    if step is Step.ASK:
        more["until"] = ASKED
    if step in BY_DOCUMENT:
        more["basis"] = duty.sources.get().rendition.document
    if step is Step.TRANSFER:
        more |= {"unit": cast.dong_gao, "person": cast.person(cast.khe)}
    if step is Step.HAND:
        more["person"] = cast.person(cast.ha)
    if step is Step.SPREAD:
        more["carrying"] = services.Carrying(group=group_of(cast), as_of=TODAY)
    return more


def group_of(cast):
    """Return the saved group of one district."""
    known = Group.objects.filter(code="mot-quan").first()
    return known or save_group(
        code="mot-quan",
        choice=Choice(name_vi="Một quận", name_en="One", tree=make_tree(), added=[cast.ho_sen]),
        actor=SYSTEM,
        at=NOW,
    )


def take(step, duty, cast):
    user = {Side.OWER: cast.ha, Side.CREDITOR: cast.chi, Side.ABOVE: cast.thach}[WHO[step]]
    return SERVICES[step](
        duty_id=duty.pk,
        version=duty.version,
        user=user,
        client_key=key(),
        on=TODAY,
        at=NOW,
        **more_for(step, duty, cast),
    )


@pytest.mark.parametrize("state", DutyState)
@pytest.mark.parametrize("step", Step)
def test_a_service_leads_where_the_table_leads_and_nowhere_else(cast, state, step):
    duty = duty_in(state, cast, step)
    assert duty.state == state

    if step in steps_from(state):
        assert take(step, duty, cast).state == TRANSITIONS[state, step]
    else:
        with pytest.raises(services.StepNotOpen):
            take(step, duty, cast)


def test_every_step_has_a_service_of_its_own():
    """And every other service drafts a duty, or adds a passage or somebody who takes part."""
    assert list(SERVICES) == list(Step)
    named = {service.__name__ for service in SERVICES.values()}
    assert len(named) == len(Step)
    others = {"draft_duty", "add_source", "right_for", "break_down", "assign_part", "end_part"}
    assert named | others == {name for name in services.__all__ if name[0].islower()}


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


def test_the_event_of_a_step_says_from_where_to_where(cast):
    for (state, step), target in TRANSITIONS.items():
        duty = take(step, duty_in(state, cast, step), cast)
        event = duty.events.order_by("-version")[0]
        assert (event.from_state, event.step, event.to_state) == (state, step, target)
