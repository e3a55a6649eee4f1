"""Setting up regimes, opening their periods and ending them: for whom it is reported to alone."""

import pytest
from django.urls import reverse

from tests.factories import key
from tests.web.matrix.asking import ASKERS, signed_in, undone
from tests.web.world import DECIDES, NOWHERE, PLACES, SEES

pytestmark = pytest.mark.django_db
OPENS = {"chi": DECIDES["chi"]}
"""Where a period is opened: by those who assign and issue, since every unit owes a duty then."""


@pytest.mark.parametrize("member", ASKERS)
def test_a_regime_is_known_to_all_and_ended_by_those_who_assign_where_it_is_owed(world, member):
    client, wrong = signed_in(world, member), []
    for place in PLACES:
        uid = world.at[place].regime
        assert client.get(reverse("regime", args=[uid])).status_code == 200
        path = reverse("regime-end", args=[uid])
        form = {"client_key": str(key()), "version": "1", "last": "31/12/2024"}
        found = client.get(path).status_code, undone(client, path, form)[0]
        if found != ((200, 303) if place in DECIDES[member] else (403, 403)):
            wrong.append(f"{member} {place}: {found}")

    assert wrong == []


@pytest.mark.parametrize("member", ASKERS)
def test_a_period_is_opened_by_those_who_assign_and_issue(world, member):
    client, wrong = signed_in(world, member), []
    for place in PLACES:
        path = reverse("regime-open", args=[world.at[place].regime])
        form = {"client_key": str(key()), "first": "2024-06-01", "last": "2024-06-30"}
        found = client.get(path, form).status_code, undone(client, path, form)[0]
        may = place in OPENS.get(member, NOWHERE)
        if found != ((200, 303) if may else (403, 403)):
            wrong.append(f"{member} {place}: {found}")

    assert wrong == []


@pytest.mark.parametrize("member", ASKERS)
def test_a_regime_is_set_up_by_those_who_assign_somewhere(world, member):
    answer = signed_in(world, member).get(reverse("regime-new"))

    assert answer.status_code == (200 if DECIDES[member] else 403)


@pytest.mark.parametrize("member", ASKERS)
def test_the_page_of_reports_leads_to_the_rooms_that_one_may_enter(world, member):
    body = signed_in(world, member).get(reverse("reports")).content.decode()

    led = {place for place in PLACES if f"/collections/{world.at[place].collection}/" in body}
    assert led == SEES[member]
