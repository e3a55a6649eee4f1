"""Two people divide, answer and decide at one instant: one act holds, the other is told."""

from collections.abc import Callable

import pytest

from lotrinh.apps.targets import services
from lotrinh.apps.targets.models import AllocationShare
from lotrinh.apps.targets.services import Among
from lotrinh.rules.allocation_states import ShareAnswer
from tests.apps.targets.dividing import (
    ON,
    by_bases,
    consulted,
    decided,
    districts,
    drafted,
    families,
)
from tests.cast import Cast
from tests.factories import TODAY, key, make_document
from tests.races.together import at_once, failures


def drafting(people: Cast) -> Callable[[], object]:
    target, group = families(people), districts(people)
    return lambda: services.draft_allocation(
        target_id=target.pk,
        among=Among(group, TODAY),
        division=by_bases(people),
        user=people.chi,
        client_key=key(),
        **ON,
    )


def answering(people: Cast) -> Callable[[], object]:
    allocation = consulted(people, drafted(people, families(people)))
    share = AllocationShare.objects.get(allocation=allocation, unit=people.ho_sen)
    return lambda: services.answer_consultation(
        share_id=share.pk,
        version=1,
        answer=ShareAnswer.AGREES,
        asked=None,
        reason="",
        user=people.ha,
        client_key=key(),
        **ON,
    )


def deciding(people: Cast) -> Callable[[], object]:
    allocation = consulted(people, drafted(people, families(people)))
    basis = make_document(keeper=people.city, user=people.chi)
    return lambda: decided(people, allocation, basis=basis)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("begin", "told"),
    [
        (drafting, "AllocationOpen"),
        (answering, "AllocationChangedMeanwhile"),
        (deciding, "StepNotOpen"),
    ],
)
def test_one_act_holds_and_the_others_are_told(people: Cast, begin, told: str) -> None:
    act = begin(people)

    outcomes = at_once(*[act] * 4)

    assert failures(outcomes) == [told] * 3
    assert sum(not isinstance(outcome, Exception) for outcome in outcomes) == 1
