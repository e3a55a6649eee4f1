"""How many questions the pages ask that everybody opens each day: no more than was reached."""

from datetime import timedelta

import pytest

from lotrinh.rules.duty_states import Step
from tests.architecture.walking import walked
from tests.cast import Cast
from tests.factories import TODAY
from tests.web.test_pages_duties import owed
from tests.web.test_pages_totals import everywhere
from tests.web.visiting import Visit

pytestmark = pytest.mark.django_db

MOST = {
    "/duties/": 6,
    "/duties/?class=open_overdue": 6,
    "/duties/counted/?class=open_overdue": 6,
    "/duties/board/": 7,
    "/duties/morning/": 15,
    "/duties/silent/": 15,
}
"""Session, account and rights are three of them, the counts of the frame one."""


@pytest.mark.parametrize("reader", ["thach", "ha"])
def test_a_page_of_every_day_costs_so_many_queries(cast: Cast, reader: str) -> None:
    everywhere(cast)
    walked(cast, (Step.ISSUE, Step.CLAIM))
    visit = Visit(cast.named_users()[reader])

    costs = {path: visit.cost(path) for path in MOST}

    assert {path: cost for path, cost in costs.items() if cost > MOST[path]} == {}


def test_a_long_list_costs_no_more(cast: Cast) -> None:
    for days in range(1, 9):
        owed(cast, TODAY - timedelta(days=days))

    assert Visit(cast.chi).cost("/duties/?class=open_overdue") == 6
