"""The board of targets by unit and document: its numbers are those of the lists behind them.

The city's plan is 1,000 households, of which Hồ Sen holds a part; Đồng Gạo has a target of its own.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from lotrinh.apps.targets.models import Measure, Target
from lotrinh.rules.figures import Basis
from lotrinh.rules.target_terms import Comparator, Rollup
from tests.cast import Cast
from tests.factories import (
    a_promise,
    appoint,
    make_document,
    make_person,
    make_post,
    make_rendition,
    make_role,
    make_target,
    make_user,
)
from tests.ledgers import approve, fold, make_period, told
from tests.web.visiting import Visit, text_of

MOST = 20
JULY = date(2024, 7, 1), date(2024, 8, 1)


def promised(cast: Cast, name: str, value: str, **given) -> Target:
    promise = replace(
        a_promise(given.pop("unit", None)),
        measure=name,
        value=Decimal(value),
        unit_of_measure="hộ",
        comparator=Comparator.AT_LEAST,
        rollup=Rollup.SUM,
        baseline=None,
        due=date(2024, 7, 31),
    )
    target = make_target(owed_to=cast.city, user=cast.chi, promise=promise, **given)
    Measure.objects.filter(pk=target.measure_id).update(accumulates=True)
    return target


def tell(cast: Cast, unit, target: Target, number: int, *, month=JULY, basis=Basis.SELF_REPORTED):
    period = make_period(starts=month[0], ends=month[1])
    approve(
        unit,
        [told(target.measure, number)],
        period=period,
        entered_by=cast.chi,
        user=cast.thach,
        basis=basis,
    )
    return period


@pytest.fixture
def paper(cast: Cast):
    return make_rendition(make_document(keeper=cast.city, user=cast.chi, number="12-CTr/TU"))


@pytest.fixture
def story(cast: Cast, paper) -> dict[str, Target]:
    """Four targets: one passed, one met, one missed, one of which nothing is known."""
    found = {
        "households": promised(cast, "Số hộ văn hóa", "1000", rendition=paper),
        "villages": promised(cast, "Số làng văn hóa", "40", rendition=paper),
        "schools": promised(cast, "Số trường đạt chuẩn", "9", unit=cast.dong_gao),
        "parks": promised(cast, "Số công viên", "5", unit=cast.dong_gao),
    }
    tell(cast, cast.ho_sen, found["households"], 1200)
    tell(cast, cast.ho_sen, found["villages"], 40)
    tell(cast, cast.dong_gao, found["schools"], 7)
    fold()
    return found


def board(cast: Cast, asked: str = "", language: str = "vi", user=None):
    visit = Visit(user or cast.chi)
    visit.send("/language/", {"language": language, "next": "/targets/board/"}, status=302)
    return visit.look("/targets/board/" + asked)


def cells(shown) -> dict[str, list]:
    return {
        row.name: [(one.reached, one.total, one.rest_text) if one else None for one in row.cells]
        for row in shown.context["rows"]
    }


def test_the_board_counts_what_came_of_the_targets_of_each_unit_and_document(
    cast: Cast, story: dict[str, Target]
) -> None:
    shown = board(cast)

    own = make_columns(shown)
    assert own[0] == "12-CTr/TU"
    found = cells(shown)
    assert found["Tất cả"][:2] == [(2, 4, "1 vượt; 1 không đạt; 1 chưa đánh giá"), (2, 2, "1 vượt")]
    assert found["Huyện Đồng Gạo"][:2] == [(0, 2, "1 không đạt; 1 chưa đánh giá"), None]
    assert shown.context["summary"] == (
        "2/4 chỉ tiêu đạt, trong đó 1 vượt; 1 không đạt; 1 chưa đánh giá"
    )


def make_columns(shown) -> list[str]:
    return [name for name, _url in shown.context["columns"]]


def test_it_is_said_in_english_too(cast: Cast, story: dict[str, Target]) -> None:
    shown = board(cast, language="en")

    assert shown.context["summary"] == (
        "2 of 4 targets met, 1 of them exceeded; 1 missed; 1 not yet judged"
    )
    assert cells(shown)["All together"][1] == (2, 2, "1 above plan")


def opens_its_lists(cast: Cast) -> int:
    """Open the list behind every number of the board; return how many there were."""
    visit = Visit(cast.chi)
    found = [cell for row in board(cast).context["rows"] for cell in row.cells if cell]
    for cell in found:
        listed = visit.look(cell.url.partition("#")[0])
        assert listed.context["total"] == cell.total, cell
        counts = {one.code: one.count for one in listed.context["filters"]}
        assert counts.get("reached", 0) == cell.reached
        for each in listed.context["filters"]:
            narrow = visit.look(each.url.partition("#")[0])
            assert narrow.context["total"] == each.count == len(narrow.context["targets"])
    return len(found)


def test_every_number_opens_the_list_of_exactly_those(cast: Cast, story: dict[str, Target]) -> None:
    assert opens_its_lists(cast) == 9


def test_a_target_that_serves_another_counts_with_its_own_document(
    cast: Cast, story: dict[str, Target]
) -> None:
    other = make_rendition(make_document(keeper=cast.city, user=cast.chi, number="9-KH/TU"))
    serves = promised(cast, "Số hộ gương mẫu", "10", rendition=other)
    Target.objects.filter(pk=serves.pk).update(superior=story["households"])

    shown = board(cast)

    column = make_columns(shown).index("9-KH/TU") + 1
    assert cells(shown)["Tất cả"][column] == (0, 1, "1 chưa đánh giá")
    assert cells(shown)["Tất cả"][0][:2] == (2, 4)
    assert opens_its_lists(cast) == 11


def test_the_list_says_what_was_reached_and_opens_its_figures(
    cast: Cast, story: dict[str, Target]
) -> None:
    shown = board(cast, "?came=exceeded")

    (row,) = shown.context["targets"]
    assert (row.title, row.actual_text, row.of_plan_text, row.sign.word, row.period_text) == (
        "Số hộ văn hóa",
        "1.200 hộ",
        "120%",
        "vượt",
        "tháng 7/2024",
    )
    behind = text_of(Visit(cast.chi).look(row.actual_url))
    assert "1.200" in behind


def test_a_part_is_its_units_and_is_not_counted_beside_its_whole(
    cast: Cast, story: dict[str, Target]
) -> None:
    part = promised(cast, "Số hộ văn hóa", "900", unit=cast.ho_sen)
    Target.objects.filter(pk=part.pk).update(
        superior=story["households"], measure=story["households"].measure
    )

    found = cells(board(cast))

    assert found["Tất cả"][0][:2] == (2, 4)
    assert found["Quận Hồ Sen"][:1] == [(1, 1, "1 vượt")]


def test_a_chosen_period_counts_by_its_own_figures(cast: Cast, story: dict[str, Target]) -> None:
    june = tell(
        cast,
        cast.ho_sen,
        story["households"],
        500,
        month=(date(2024, 6, 1), date(2024, 7, 1)),
    )
    fold()

    shown = board(cast, f"?period={june.uid}")

    told_of = {row.title: row.actual_text for row in shown.context["targets"]}
    assert told_of == {
        "Số hộ văn hóa": "500 hộ",
        "Số làng văn hóa": "",
        "Số trường đạt chuẩn": "",
        "Số công viên": "",
    }
    assert cells(shown)["Tất cả"][0] == (0, 4, "4 chưa đánh giá")


def test_an_estimate_is_counted_as_expected(cast: Cast, story: dict[str, Target]) -> None:
    tell(cast, cast.dong_gao, story["parks"], 3, basis=Basis.ESTIMATED)
    fold()

    shown = board(cast, language="en")

    assert cells(shown)["All together"][0] == (
        2,
        4,
        "1 above plan; 1 missed; 1 expected to be missed",
    )


def test_a_document_that_is_chosen_stands_alone(
    cast: Cast, paper, story: dict[str, Target]
) -> None:
    shown = board(cast, f"?document={paper.document.uid}")

    assert make_columns(shown) == ["12-CTr/TU"]
    assert shown.context["summary"] == "2/2 chỉ tiêu đạt, trong đó 1 vượt"
    assert {row.title for row in shown.context["targets"]} == {"Số hộ văn hóa", "Số làng văn hóa"}


def test_who_may_read_targets_but_no_figures_sees_no_outcome(
    cast: Cast, story: dict[str, Target]
) -> None:
    role = make_role("chi-doc-chi-tieu", actions=["target.read"])
    user = make_user()
    appoint(make_person("Tạ Văn Kín", user=user), make_post(cast.city, role=role))

    shown = board(cast, user=user)

    assert [row.actual_text for row in shown.context["targets"]] == ["", "", "", ""]
    assert cells(shown)["Tất cả"][0] == (0, 4, "4 chưa đánh giá")
    assert text_of(shown).count("1.200") == 0


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_list_is_a_file_too(cast: Cast, story: dict[str, Target], ending: str) -> None:
    answer = Visit(cast.chi).look(f"/targets/board.{ending}?came=missed")

    if ending == "xlsx":
        sheet = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0)
        rows = sheet.to_python()
    else:
        rows = [line.split(",") for line in answer.content.decode("utf-8-sig").splitlines()]
    assert len(rows) == 2
    assert rows[1][0] == "Số trường đạt chuẩn"
    assert "không đạt" in rows[1]


def test_it_costs_no_more_for_many_targets(cast: Cast, story: dict[str, Target]) -> None:
    visit = Visit(cast.chi)
    before = visit.cost("/targets/board/")
    for place in range(12):
        target = promised(cast, f"Chỉ tiêu {place}", "10", unit=cast.ho_sen)
        tell(cast, cast.ho_sen, target, place)
    fold()

    assert visit.cost("/targets/board/") == before <= MOST
