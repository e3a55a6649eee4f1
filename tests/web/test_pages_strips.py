"""How punctual units were, month by month and period by period: every cell opens what it counts."""

from datetime import date, timedelta

import pytest

from lotrinh.rules.duty_states import Step
from tests.apps.duties.test_totals import drafted, step_on
from tests.cast import Cast
from tests.factories import TODAY
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.django_db

JULY, JUNE = date(2024, 7, 20), date(2024, 6, 10)


def done_on(cast: Cast, due: date, claimed: date, **whose: object) -> None:
    """Issue a duty that is claimed on a day and verified."""
    duty = step_on(drafted(cast, due, **whose), Step.ISSUE, cast, date(2024, 5, 2))
    duty = step_on(duty, Step.CLAIM, cast, claimed)
    step_on(duty, Step.VERIFY, cast, claimed + timedelta(1))


def a_summer(cast: Cast) -> None:
    """Hồ Sen: one on time and one late in July, one open in August; its ward: one overdue, June."""
    done_on(cast, JULY, JULY)
    done_on(cast, JULY, JULY + timedelta(1))
    step_on(drafted(cast, TODAY + timedelta(3)), Step.ISSUE, cast, TODAY)
    step_on(drafted(cast, JUNE, cast.sen_tay, cast.mai), Step.ISSUE, cast, date(2024, 5, 2))


def told(line: object) -> list[tuple[str, str, str]]:
    return [
        (cell.head, cell.code, f"{cell.on_time}/{cell.total}") for cell in line.cells if cell.total
    ]


def test_a_strip_tells_each_month_of_a_unit_and_of_those_below(cast: Cast) -> None:
    a_summer(cast)

    shown = Visit(cast.thach).look(f"/units/{cast.ho_sen.uid}/strip/").context

    whole, own, ward = shown["lines"]
    assert told(own) == [("7/2024", "most", "1/2"), ("8/2024", "awaited", "0/1")]
    assert told(ward) == [("6/2024", "none", "0/1")]
    assert told(whole) == told(ward) + told(own)
    assert (whole.share.part, whole.share.whole) == (1, 3)
    assert [one.due for one in shown["lines"]] == [4, 3, 1]
    assert (own.share.whole, own.due) == (2, 3)
    assert [head.text for head in shown["heads"]][::11] == ["9/2023", "8/2024"]
    assert (shown["below"], [code for code, _ in shown["shades"]]) == (
        1,
        ["most", "none", "awaited", "nothing"],
    )


@pytest.mark.parametrize("name", ["thach", "ha", "mai"])
def test_every_cell_opens_as_many_duties_as_fell_due(cast: Cast, name: str) -> None:
    a_summer(cast)
    visit = Visit(getattr(cast, name))

    for unit in (cast.city, cast.ho_sen, cast.sen_tay):
        shown = visit.look(f"/units/{unit.uid}/strip/").context
        cells = [cell for line in shown["lines"] for cell in line.cells if cell.url]
        assert [
            (cell.url, cell.total)
            for cell in cells
            if visit.look(cell.url).context["total"] != cell.total
        ] == []


def test_units_with_nothing_due_are_folded(cast: Cast) -> None:
    a_summer(cast)
    visit = Visit(cast.thach)

    shown = visit.look(f"/units/{cast.city.uid}/strip/").context
    unfolded = visit.look(shown["unfold_url"]).context

    assert ([line.name for line in shown["lines"]], shown["folded"]) == (
        ["Thành phố Hồ Sen", "Quận Hồ Sen"],
        2,
    )
    assert ([line.name for line in unfolded["lines"]][1:], unfolded["folded"]) == (
        ["Huyện Đồng Gạo", "Quận Hồ Sen", "Văn phòng Thành ủy"],
        0,
    )


def test_a_strip_of_reports_opens_the_room_narrowed(cast: Cast, report: object) -> None:
    visit = Visit(cast.thach)
    first = visit.look(f"/units/{cast.city.uid}/strip/")
    url = first.context["ways"][1][1]

    shown = visit.look(url).context

    cells = [cell for line in shown["lines"] for cell in line.cells if cell.url]
    assert [cell.total for cell in cells] == [2, 2]
    for cell in cells:
        room = visit.look(cell.url).context
        assert (room["asked"], room["shown"]) == (2, 2)
    assert (
        visit.look(cells[0].url.split("?")[0] + f"?under={cast.dong_gao.uid}").context["asked"] == 0
    )


def test_a_unit_that_stands_no_more_has_no_strip(cast: Cast) -> None:
    shown = Visit(cast.thach).look(f"/units/{cast.sen_cu.uid}/strip/").context

    assert shown["lines"] == ()


def test_a_strip_shows_what_its_reader_sees(cast: Cast) -> None:
    a_summer(cast)

    shown = Visit(cast.khe).look(f"/units/{cast.ho_sen.uid}/strip/").context

    assert {cell.total for line in shown["lines"] for cell in line.cells} == {0}


def test_the_months_before_are_a_link_away(cast: Cast) -> None:
    a_summer(cast)
    visit = Visit(cast.thach)
    here = f"/units/{cast.ho_sen.uid}/strip/"

    before = visit.look(visit.look(here).context["earlier_url"])

    assert before.context["heads"][-1].text == "8/2023"
    after = visit.look(before.context["later_url"]).context
    assert (after["heads"][-1].text, after["later_url"]) == ("8/2024", None)


def test_a_strip_is_read_without_colour(cast: Cast) -> None:
    a_summer(cast)

    page = text_of(Visit(cast.thach).look(f"/units/{cast.ho_sen.uid}/strip/"))

    assert '1/2<span class="usa-sr-only">, từ một nửa trở lên đúng hạn</span>' in page
    key, cells = 3, 3 + 2 + 1  # of the whole, of the district itself, of its ward
    assert page.count('<svg class="lt-heat__sign"') == key + cells


def test_a_strip_costs_few_queries(cast: Cast) -> None:
    a_summer(cast)

    assert Visit(cast.thach).cost(f"/units/{cast.city.uid}/strip/") <= 13
