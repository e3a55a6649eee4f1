"""A figure is opened by exactly those who may read figures of its unit."""

from datetime import date

import pytest
from django.urls import reverse

from tests.ledgers import approve, make_measure, make_period, told
from tests.web.matrix.asking import ASKERS, signed_in
from tests.web.world import PLACES, SEES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("member", ASKERS)
def test_a_figure_is_shown_where_the_reader_sees_and_else_missing(world, member):
    people = world.cast
    units = {
        unit.code: unit
        for unit in (people.city, people.ho_sen, people.dong_gao, people.sen_tay, people.sen_cu)
    }
    measure = make_measure(owed_to=people.city, user=people.chi)
    period = make_period(starts=date(2023, 12, 1), ends=date(2024, 1, 1))
    client, wrong = signed_in(world, member), []
    for place in PLACES:
        act = approve(
            units[place],
            [told(measure, 7)],
            period=period,
            entered_by=people.chi,
            user=people.thach,
        )
        path = reverse("figure", args=[act.figures.get().uid])
        found, expected = client.get(path).status_code, 200 if place in SEES[member] else 404
        if found != expected:
            wrong.append(f"{member} {place}: {found} for {expected}")

    assert wrong == []


@pytest.mark.parametrize("member", ASKERS)
def test_the_periods_of_a_target_are_given_to_exactly_those_who_see_it(world, member):
    client = signed_in(world, member)

    found = {
        place: client.get(reverse("target-file", args=[world.at[place].target])).status_code
        for place in PLACES
    }

    assert found == {place: 200 if place in SEES[member] else 404 for place in PLACES}
