"""What a page costs where there is one object of every kind at every unit, inspectors included."""

import pytest

from tests.web.visiting import Visit
from tests.web.world import World

pytestmark = pytest.mark.django_db
MOST = 20
"""So many queries a page may ask."""


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("chi", "?on=2023-12-31"),
        ("ha", ""),
        *(
            pytest.param(name, day, marks=pytest.mark.slow)
            for name, day in [("chi", ""), ("ha", "?on=2023-12-31"), ("nghiem", "")]
        ),
        pytest.param("nghiem", "?on=2023-12-31", marks=pytest.mark.slow),
    ],
)
def test_the_page_of_a_unit_costs_few_queries(world: World, name: str, day: str) -> None:
    visit = Visit(world.cast.named_users()[name])
    uids = {unit.code: unit.uid for unit in (world.cast.city, world.cast.ho_sen)}
    uids |= {unit.code: unit.uid for unit in (world.cast.sen_tay, world.cast.sen_cu)}

    costs = {code: visit.cost(f"/units/{uid}/{day}") for code, uid in uids.items()}

    assert {code: cost for code, cost in costs.items() if cost > MOST} == {}


def test_what_an_inspector_opens_costs_few_queries(world: World) -> None:
    visit = Visit(world.cast.nghiem)
    there = world.at["quan-ho-sen"]
    paths = [
        "/units/",
        "/people/",
        "/documents/",
        "/documents/?q=ve&narrow=1",
        "/documents/?q=9-NQ/TW&year=2024",
        "/duties/",
        "/targets/",
        "/targets/board/",
        "/reports/",
        "/regimes/",
        f"/regimes/{there.regime}/",
        f"/collections/{there.collection}/",
        "/rights/",
        "/groups/",
        "/mandates/",
        "/learning/names/",
        "/learning/lexicon/",
        "/learning/rules/",
        f"/documents/{there.document}/",
        f"/documents/{there.document}/desk/",
        f"/duties/{there.duty}/",
        f"/targets/{there.target}/",
        f"/people/{there.person}/",
        f"/posts/{there.post}/",
    ]

    costs = {path: visit.cost(path) for path in paths}

    assert {path: cost for path, cost in costs.items() if cost > MOST} == {}
