"""Many people judge one duty at one instant: one of them does, the others are told who."""

import pytest

from lotrinh.apps.duties import services
from lotrinh.apps.duties.models import Duty, DutyEvent
from tests.architecture.life_scenarios import issued
from tests.factories import NOW, TODAY, key
from tests.races.together import at_once

ON = {"on": TODAY, "at": NOW}


def claimed(people):
    return services.claim_duty(
        duty_id=issued(people).pk,
        version=2,
        user=people.ha,
        client_key=key(),
        note="Kế hoạch số 12",
        **ON,
    )


def verify(duty, user):
    return lambda: services.verify_duty(
        duty_id=duty.pk, version=3, user=user, client_key=key(), **ON
    )


def judged(people, count):
    """Let so many verify at once; return who did, and what the others were told."""
    duty = claimed(people)
    users = [(people.chi, people.thach)[turn % 2] for turn in range(count)]
    outcomes = at_once(*(verify(duty, user) for user in users))
    winners = [user for user, one in zip(users, outcomes, strict=True) if isinstance(one, Duty)]
    told = [(type(one).__name__, one.event.by) for one in outcomes if isinstance(one, Exception)]
    steps = DutyEvent.objects.filter(duty=duty, step="verify").count()
    return winners, told, (Duty.objects.get(pk=duty.pk).state, steps)


@pytest.mark.parametrize("count", [4, pytest.param(50, marks=pytest.mark.slow)])
def test_one_verifies_and_the_others_are_told_who(people, count):
    winners, told, left = judged(people, count)

    assert len(winners) == 1
    assert told == [("StepNotOpen", winners[0])] * (count - 1)
    assert left == ("done", 1)
