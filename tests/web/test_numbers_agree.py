"""Every number beside a door is the number that the page behind it tells first, whoever looks.

And a duty that recurs is one duty in all of them: its periods stand for it. The recount here is
made from the rows alone.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import override_settings

from lotrinh.apps.duties import selectors, services
from lotrinh.apps.duties.models import Duty
from lotrinh.rules.duty_states import BINDING, OPEN, Step
from tests.apps.duties.test_totals import drafted, step_on
from tests.architecture.walking import walked
from tests.cast import Cast
from tests.factories import NOW, TODAY, act, an_assignment, make_duty
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.django_db

NAMES = ("chi", "thach", "ha", "khe", "mai", "nghiem", "bach", "tung", "an")
ASKED = [
    name if name in {"chi", "ha", "nghiem", "an"} else pytest.param(name, marks=pytest.mark.slow)
    for name in NAMES
]
"""Who repeats what another one stands for is asked in the long run."""
LATER = TODAY + timedelta(40)


@pytest.fixture(autouse=True)
def city(cast: Cast) -> None:
    """Let some things be owed, late, done, drafted, cancelled, and some every month."""
    late = TODAY - timedelta(days=1)
    for due, unit, holder in (
        (late, cast.ho_sen, cast.ha),
        (TODAY, cast.ho_sen, cast.ha),
        (late, cast.sen_tay, cast.mai),
        (None, cast.dong_gao, cast.khe),
        (None, cast.ho_sen, cast.ha),
    ):
        step_on(drafted(cast, due, unit, holder), Step.ISSUE, cast, TODAY)
    drafted(cast)
    walked(cast, (Step.ISSUE, Step.ACCEPT, Step.CLAIM, Step.VERIFY))
    walked(cast, (Step.ISSUE, Step.CANCEL))
    ended = walked(cast, (Step.ISSUE, Step.ACCEPT))
    services.claim_duty(duty_id=ended.pk, act=act(cast.ha, ended.version, note="đã nộp"))
    words = replace(an_assignment(cast.ho_sen, cast.person(cast.ha)), due=None)
    make_duty(
        owed_to=cast.city,
        user=cast.chi,
        assignment=replace(words, recurrence="continuous"),
        is_issued=True,
    )


@pytest.fixture
def next_month(city: None) -> Iterator[None]:
    """Let another month have begun, and with it another period of what recurs."""
    services.make_periods(on=LATER, at=NOW)
    with override_settings(LOTRINH_TODAY=LATER):
        yield


def told_first(page: Any) -> int:
    """Return the number with which the sentence under the heading begins; 0 where it has none."""
    (said,) = re.findall(r'<p class="lt-say">(.*?)</p>', text_of(page), re.S)[:1]
    found = re.search(r"<b>([\d.,]+)</b>", said)
    return int(re.sub(r"\D", "", found[1])) if found else 0


def counted(name: str, cast: Cast) -> list[Duty]:
    """Return the duties that count once each, as the account sees them, recounted from the rows."""
    seen = selectors.visible(seen_by=getattr(cast, name).pk, on=LATER)
    with_periods = {one.superior_id for one in Duty.objects.exclude(period="")}
    return [one for one in seen if one.state in BINDING and one.pk not in with_periods]


@pytest.mark.parametrize("name", ASKED)
def test_every_number_of_the_rail_stands_at_the_top_of_its_page(cast: Cast, name: str) -> None:
    visit = Visit(getattr(cast, name))
    frame = visit.look("/duties/").context["frame"]
    doors = {
        "/duties/": frame.duties,
        "/documents/": frame.documents,
        "/targets/": frame.targets,
    }
    if frame.unit_uid is not None:
        doors[f"/units/{frame.unit_uid}/"] = frame.mine

    assert {path: told_first(visit.look(path)) for path in doors} == doors


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.usefixtures("next_month")
def test_what_recurs_is_one_duty_in_every_number(cast: Cast, name: str) -> None:
    rows = counted(name, cast)
    still = [one for one in rows if one.state in OPEN]
    overdue = [one for one in still if one.binding_due and one.binding_due < LATER]
    user = getattr(cast, name)
    visit = Visit(user)

    listed = visit.look("/duties/").context
    frame = listed["frame"]

    assert (listed["total_issued"], listed["total_open"]) == (len(rows), len(still))
    assert frame.duties == len(still)
    assert len(listed["duties"]) == len(rows) + listed["drafts"]
    board = visit.look("/duties/board/").context
    assert board["totals"].whole.count == len(rows)
    morning = visit.look("/duties/morning/").context
    assert morning["overdue"] == len(overdue)
    if frame.unit_uid is not None:
        own = [one for one in still if one.unit and one.unit.uid == frame.unit_uid]
        page = visit.look(f"/units/{frame.unit_uid}/").context
        assert (page["open"], frame.mine) == (len(own), len(own))
        glance = visit.look(f"/units/{frame.unit_uid}/glance/").context
        assert glance["sides"][0].totals.whole.count == len(
            [one for one in rows if one.unit and one.unit.uid == frame.unit_uid]
        )


def test_the_duty_that_recurs_is_reached_from_its_period_and_from_the_work_of_its_unit(
    cast: Cast,
) -> None:
    visit = Visit(cast.khe)
    (recurring,) = Duty.objects.filter(unit=cast.dong_gao, counted_by_periods=True)
    (period,) = Duty.objects.filter(superior=recurring)

    work = visit.look(f"/units/{cast.dong_gao.uid}/")

    rows = [row.uid for band in work.context["bands"] for row in band.rows]
    assert rows == [period.uid]
    door = visit.look(work.context["recurring_url"]).context
    assert [row.uid for row in door["duties"]] == [recurring.uid]
    assert f'href="/duties/{recurring.uid}/"' in text_of(visit.look(f"/duties/{period.uid}/"))


def test_every_class_and_all_that_stands_beside_opens_exactly_its_duties(cast: Cast) -> None:
    services.make_periods(on=LATER, at=NOW)
    visit = Visit(cast.chi)
    shown = visit.look("/duties/").context

    for one in (*shown["classes"], *shown["beside"]):
        assert len(visit.look(one.url).context["duties"]) == one.count
    assert {one.code: one.count for one in shown["beside"]} == {"recurring": 2, "cancelled": 1}
    found = visit.look(f"/duties/?unit={cast.dong_gao.uid}").context
    assert (found["total_issued"], len(found["duties"])) == (2, 2)
    assert [one.due_on for one in found["duties"]] == [date(2024, 8, 31), date(2024, 9, 30)]
