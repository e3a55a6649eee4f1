"""Carrying down: who sees the forms, and to whom a duty may be given by them."""

import pytest
from django.urls import reverse

from lotrinh.apps.duties import services
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units.services import Choice, save_group
from tests.factories import NOW, TODAY, act, key, make_duty, make_tree
from tests.web.matrix.asking import ASKERS, previewed, signed_in, undone
from tests.web.world import CITY, DECIDES, HO_SEN, ISSUES, PLACES, SEES, SEN_CU

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("member", ASKERS)
def test_a_draft_is_carried_to_a_group_by_exactly_those_who_issue(world, member):
    choice = Choice(name_vi="Quận", name_en="D", tree=make_tree(), added=(world.cast.ho_sen,))
    save_group(code="quan", choice=choice, actor=SYSTEM, at=NOW)
    client, wrong = signed_in(world, member), []
    for place in PLACES:
        path = reverse("duty-spread", args=[world.at[place].duty])
        words = {
            "client_key": str(key()),
            "version": "1",
            "group": "quan",
            "as_of": TODAY.isoformat(),
        }
        may = place in ISSUES[member]
        found = client.get(path).status_code
        mark = previewed(client, path, words) if may else ""
        found = found, undone(client, path, {**words, "confirm": mark})[0]
        refused = 403 if place in SEES[member] else 404
        if found != ((200, 303) if may else (refused, refused)):
            wrong.append(f"{member} {place}: {found}")

    assert wrong == []


@pytest.mark.parametrize("member", ASKERS)
def test_a_unit_comes_to_take_part_by_exactly_those_who_assign(world, member):
    client, wrong = signed_in(world, member), []
    for place in PLACES:
        path = reverse("duty-part-new", args=[world.at[place].duty])
        may, refused = place in DECIDES[member], 403 if place in SEES[member] else 404
        shown = client.get(path).status_code
        words = {"client_key": str(key()), "unit": SEN_CU, "part": "coordinate"}
        sent = undone(client, path, words)[0]
        partner = SEN_CU in DECIDES[member] and place != SEN_CU
        expected = (200, 303 if partner else 422) if may else (refused, refused)
        if (shown, sent) != expected:
            wrong.append(f"{member} {place}: {(shown, sent)} for {expected}")

    assert wrong == []


@pytest.mark.parametrize("member", ASKERS)
def test_what_a_unit_owes_is_broken_down_by_exactly_those_who_assign_there(world, member):
    """Whoever only reads it is refused; whoever sees nothing finds nothing."""
    cast = world.cast
    duty: Duty = make_duty(
        owed_to=cast.city,
        user=cast.chi,
        unit=cast.ho_sen,
        person=cast.person(cast.ha),
        is_issued=True,
    )
    client, path = signed_in(world, member), reverse("duty-break-down", args=[duty.uid])
    words = {"client_key": str(key()), "title": "Một phần", "unit": HO_SEN}
    answers = client.get(path).status_code, undone(client, path, words)[0]

    sees = {HO_SEN, CITY} & SEES[member]
    refused = 403 if sees else 404
    may = HO_SEN in DECIDES[member]
    assert answers == ((200, 303) if may else (refused, refused))


def test_a_carried_duty_is_gathered_by_its_creditor_and_by_no_unit_that_owes_it(world):
    cast = world.cast
    choice = Choice(name_vi="Quận", name_en="D", tree=make_tree(), added=(cast.ho_sen,))
    group = save_group(code="quan", choice=choice, actor=SYSTEM, at=NOW)
    duty = make_duty(owed_to=cast.city, user=cast.chi)
    services.spread_duty(
        duty_id=duty.pk, act=act(cast.chi, 1), carrying=services.Carrying(group=group, as_of=TODAY)
    )
    path = reverse("duty-gather", args=[duty.uid])
    answers = {}
    for member in ("ha", "nghiem", "thach"):
        client = signed_in(world, member)
        answers[member] = undone(client, path, {"client_key": str(key())})[0]

    assert answers == {"ha": 404, "nghiem": 403, "thach": 303}
