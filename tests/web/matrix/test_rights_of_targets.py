"""Dividing a target: who begins it, who takes its steps, and who answers for whom."""

import pytest
from django.urls import reverse

from lotrinh.apps.targets import services
from lotrinh.apps.targets.models import Allocation
from tests.factories import NOW, TODAY, key
from tests.web.matrix.asking import ASKERS, signed_in, undone
from tests.web.world import CITY, DECIDES, DONG_GAO, HO_SEN, PLACES, SEES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("member", ASKERS)
def test_a_target_is_divided_by_exactly_those_who_assign_where_it_is_held(world, member):
    client, wrong = signed_in(world, member), []
    for place in PLACES:
        path = reverse("target-divide", args=[world.at[place].target])
        words = {"client_key": str(key()), "group": "nhom-giao", "as_of": "7/8/2024"}
        found = client.get(path).status_code, undone(client, path, {**words, "method": "equal"})[0]
        refused = 403 if place in SEES[member] else 404
        expected = (200, 422) if place in DECIDES[member] else (refused, refused)
        if found != expected:  # 422: a draft of it is there already, and is told
            wrong.append(f"{member} {place}: {found} for {expected}")

    assert wrong == []


@pytest.mark.parametrize("member", ASKERS)
def test_steps_of_an_allocation_are_taken_by_those_who_assign(world, member):
    client, wrong = signed_in(world, member), []
    for place in PLACES:
        path = reverse("allocation", args=[world.at[place].allocation])
        for act in ("consult", "withdraw", "no-such-act"):
            words = {"client_key": str(key()), "version": "1", "act": act}
            status, _body = undone(client, path, words)
            may = place in DECIDES[member] and act != "no-such-act"
            expected = 303 if may else 403 if place in SEES[member] else 404
            if status != expected:
                wrong.append(f"{member} {place} {act}: {status} for {expected}")

    assert wrong == []


ANSWERS = {"chi": {HO_SEN, DONG_GAO}, "ha": {HO_SEN}, "khe": {DONG_GAO}}


@pytest.mark.parametrize("member", ASKERS)
def test_each_answers_for_his_own_unit_alone(world, member):
    allocation = Allocation.objects.get(uid=world.at[CITY].allocation)
    services.consult_units(
        allocation_id=allocation.pk,
        version=1,
        answers_due=None,
        user=world.cast.chi,
        client_key=key(),
        on=TODAY,
        at=NOW,
    )
    client, path = signed_in(world, member), reverse("allocation", args=[allocation.uid])
    answered = set()
    for share in allocation.shares.select_related("unit"):
        words = {"client_key": str(key()), "version": "1", "act": "answer"}
        words |= {"share": str(share.uid), "answer": "agrees"}
        if undone(client, path, words)[0] == 303:
            answered.add(share.unit.code)

    assert answered == ANSWERS.get(member, set())
