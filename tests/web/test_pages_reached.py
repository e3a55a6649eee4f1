"""The page of a target says what was reached, and its numbers open down to the evidence.

Hồ Sen has the ward Sen Tây below it; the city has Hồ Sen and Đồng Gạo.
"""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from lotrinh.apps.reporting import selectors, services
from lotrinh.apps.targets.models import Measure, Target
from lotrinh.rules.figures import Basis
from tests.cast import Cast
from tests.factories import appoint, make_officer, make_person, make_post, make_role, make_user
from tests.ledgers import approve, correct, fold, make_measure, make_period, told
from tests.reports import (
    a_file,
    by,
    fill,
    fresh,
    hand_in,
    make_group,
    make_regime,
    open_month,
)
from tests.reports import approve as approve_report
from tests.web.visiting import Visit, text_of

MOST = 20


def month(number: int, year: int = 2024):
    return make_period(
        starts=date(year, number, 1), ends=date(year + number // 12, number % 12 + 1, 1)
    )


def tell(cast: Cast, unit, target: Target, *numbers, period, basis=Basis.SELF_REPORTED):
    act = approve(
        unit,
        [told(target.measure, *numbers)],
        period=period,
        entered_by=cast.chi,
        user=cast.thach,
        basis=basis,
    )
    return act.figures.get()


@pytest.fixture
def target(cast: Cast) -> Target:
    """Plan: 1,000 households by the end of 2025, told month by month and added up."""
    measure = make_measure(owed_to=cast.city, user=cast.chi)
    Measure.objects.filter(pk=measure.pk).update(accumulates=False, unit_of_measure="household")
    return measure.targets.get()


@pytest.fixture
def reached(cast: Cast, target: Target) -> Target:
    """Hồ Sen told 100 and 50, its ward 30, Đồng Gạo nothing; a year before 90 in all."""
    tell(cast, cast.ho_sen, target, 60, period=month(6, 2023))
    tell(cast, cast.ho_sen, target, 30, period=month(7, 2023))
    tell(cast, cast.ho_sen, target, 100, period=month(6))
    tell(cast, cast.ho_sen, target, 50, period=month(7))
    tell(cast, cast.sen_tay, target, 30, period=month(7))
    fold()
    return target


def page(cast: Cast, target: Target, user=None, language="vi", asked=""):
    visit = Visit(user or cast.chi)
    path = f"/targets/{target.uid}/"
    visit.send("/language/", {"language": language, "next": path}, status=302)
    return visit.look(path + asked)


def said(shown) -> str:
    return "".join(piece.text for piece in shown.context["reached"]["sentence"])


def test_the_sentence_says_how_far_in_both_languages(cast: Cast, reached: Target) -> None:
    assert said(page(cast, reached)) == (
        "Đến 31/7/2024 đạt 180 hộ, bằng 18% kế hoạch, gấp 2 lần cùng kỳ năm trước."
    )
    assert said(page(cast, reached, language="en")) == (
        "By 31\xa0Jul\xa02024: 180 households, 18% of the plan, 2 times the same period last year."
    )


def test_the_table_says_what_the_drawing_says(cast: Cast, reached: Target) -> None:
    told_of = page(cast, reached).context["reached"]

    rows = [
        (row.name, row.planned_text, row.actual_text, row.of_plan_text, row.before_text)
        for row in told_of["rows"]
    ]
    assert rows == [
        ("tháng 6/2024", "", "100 hộ", "10%", "60 hộ"),
        ("tháng 7/2024", "", "180 hộ", "18%", "90 hộ"),
    ]
    assert [row.is_last for row in told_of["rows"]] == [False, True]
    assert told_of["caption"] == "cộng dồn từ ngày 1/1; mới có số của 2/7 kỳ"
    kinds = {line.kind: len(line.points.split()) for line in told_of["chart"].lines}
    assert kinds == {"plan": 2, "before": 3, "actual": 3}


def test_parts_stand_by_their_share_with_a_door_each(cast: Cast, reached: Target) -> None:
    parts = page(cast, reached).context["reached"]["parts"]

    (part,) = parts
    assert (part.name, part.actual_text, part.told_on) == (
        "Quận Hồ Sen",
        "180 hộ",
        date(2024, 8, 7),
    )
    behind = Visit(cast.chi).look(part.door)
    added = [(name, text) for name, text, _url in behind.context["added"]]
    assert added == [("tháng 6/2024", "100 hộ"), ("tháng 7/2024", "80 hộ")]
    assert [(row.unit_name, row.value_text) for row in behind.context["rows"]] == [
        ("Phường Sen Tây", "30 hộ"),
        ("Quận Hồ Sen", "50 hộ"),
    ]


def test_three_clicks_lead_to_the_evidence(cast: Cast, target: Target) -> None:
    make_group(cast.sen_tay, cast.dong_gao)
    regime = make_regime(owed_to=cast.city, measures=[target.measure], user=cast.chi)
    collection = open_month(regime, user=cast.chi)
    paper = collection.reports.get(unit=cast.sen_tay)
    writer, leader = make_officer(cast.sen_tay), make_officer(cast.sen_tay, full_name="Lò Văn Tự")
    fill(paper, writer, {target.measure: "340"})
    services.attach_evidence(
        report_id=paper.pk, measure_id=target.measure_id, act=by(writer, blobs=(a_file(),))
    )
    hand_in(fresh(paper), writer)
    approve_report(fresh(paper), leader)
    fold()
    visit = Visit(cast.chi)

    first = visit.look(f"/targets/{target.uid}/").context["reached"]
    door = next(piece.url for piece in first["sentence"] if piece.text == "340 hộ")
    (row,) = visit.look(door).context["rows"]
    figure = visit.look(row.url)

    assert (first["answered"], first["owed"], first["missing"]) == (1, 2, 1)
    behind = visit.look(door).context
    assert [name for name, _uid in behind["missing"]] == ["Huyện Đồng Gạo"]
    assert [name for name, _url in figure.context["evidence"]] == ["bien-ban.jpg"]
    assert "bien-ban.jpg" in text_of(figure)
    assert (figure.context["row"].approved_by, figure.context["row"].value_text) == (
        "Lò Văn Tự",
        "340 hộ",
    )
    assert selectors.report_by_uid(paper.uid, seen_by=cast.chi.pk, on=date(2024, 8, 7)) == paper


def test_a_figure_tells_its_corrections(cast: Cast, target: Target) -> None:
    old = tell(cast, cast.ho_sen, target, 120, period=month(7))
    new = correct(
        old, told(target.measure, 100), entered_by=cast.chi, user=cast.thach, reason="Nhập nhầm"
    )
    fold()
    visit = Visit(cast.chi)

    before, after = visit.look(f"/figures/{old.uid}/"), visit.look(f"/figures/{new.uid}/")

    assert (before.context["counts"], after.context["counts"]) == (False, True)
    assert before.context["latest_url"] == f"/figures/{new.uid}/"
    history = [(row.value_text, row.reason) for row, _here in after.context["history"]]
    assert history == [("100 hộ", "Nhập nhầm"), ("120 hộ", "")]


def test_an_estimate_is_said_to_be_one(cast: Cast, target: Target) -> None:
    tell(cast, cast.ho_sen, target, 400, period=month(7), basis=Basis.ESTIMATED)
    fold()

    shown = page(cast, target)

    assert said(shown) == "Đến 31/7/2024 ước đạt 400 hộ, bằng 40% kế hoạch."
    (row,) = shown.context["reached"]["rows"]
    assert row.is_estimated


def test_whoever_may_not_read_figures_sees_the_page_without_them(
    cast: Cast, reached: Target
) -> None:
    role = make_role("chi-doc-chi-tieu", actions=["target.read"])
    user = make_user()
    appoint(make_person("Tạ Văn Kín", user=user), make_post(cast.city, role=role))

    shown = page(cast, reached, user=user)

    assert shown.context["reached"] is None
    assert "180 hộ" not in text_of(shown)
    Visit(user).look(f"/targets/{reached.uid}/figures/", status=404)
    Visit(user).look(f"/targets/{reached.uid}/periods.xlsx", status=404)


def test_another_kind_of_period_can_be_shown(cast: Cast, reached: Target) -> None:
    quarter = make_period("quarter", date(2024, 4, 1), date(2024, 7, 1))
    tell(cast, cast.ho_sen, reached, 111, period=quarter)
    fold()

    shown = page(cast, reached, asked="?kind=quarter").context["reached"]

    assert [row.actual_text for row in shown["rows"]] == ["111 hộ"]
    assert [is_shown for _name, _url, is_shown in shown["kinds"]] == [False, True]


def test_the_table_is_given_as_a_file(cast: Cast, reached: Target) -> None:
    answer = Visit(cast.chi).look(f"/targets/{reached.uid}/periods.xlsx?kind=month")

    (sheet,) = CalamineWorkbook.from_filelike(BytesIO(answer.content)).sheet_names
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_name(sheet)
    assert book.to_python()[1:] == [
        ["tháng 6/2024", "", "100 hộ", "", "10%", "60 hộ"],
        ["tháng 7/2024", "", "180 hộ", "", "18%", "90 hộ"],
    ]


def test_a_share_never_stands_without_what_it_is_a_share_of(cast: Cast, target: Target) -> None:
    Measure.objects.filter(pk=target.measure_id).update(
        rollup="ratio_of_sums", unit_of_measure="%", decimals=1
    )
    Target.objects.filter(pk=target.pk).update(value=Decimal(62))
    target = Target.objects.select_related("measure").get(pk=target.pk)
    tell(cast, cast.sen_tay, target, 650, 1000, period=month(7))
    fold()

    assert said(page(cast, target)) == (
        "Tháng 7/2024 đạt 65% (650/1.000), tăng 3 điểm % so với kế hoạch."
    )


def test_what_makes_no_total_says_so(cast: Cast, target: Target) -> None:
    Measure.objects.filter(pk=target.measure_id).update(rollup="none")
    target = Target.objects.select_related("measure").get(pk=target.pk)
    tell(cast, cast.ho_sen, target, 9, period=month(7))
    fold()

    assert said(page(cast, target)) == (
        "Tháng 7/2024: các đơn vị đã báo cáo, nhưng không có số chung."
    )


def test_pages_cost_few_queries(cast: Cast, reached: Target) -> None:
    visit = Visit(cast.chi)
    door = page(cast, reached).context["reached"]["behind_url"]
    (figure, *_rest) = visit.look(door).context["rows"]

    costs = {path: visit.cost(path) for path in (f"/targets/{reached.uid}/", door, figure.url)}

    assert {path: cost for path, cost in costs.items() if cost > MOST} == {}


@pytest.fixture
def steady(cast: Cast, target: Target) -> Target:
    """Plan: 1,500 households by the end of 2024; 100 a month since January of the year before."""
    Target.objects.filter(pk=target.pk).update(value=1500, due=date(2024, 12, 31))
    for year, last in ((2023, 12), (2024, 7)):
        for number in range(1, last + 1):
            tell(cast, cast.ho_sen, target, 100, period=month(number, year))
    fold()
    return target


def test_where_it_is_heading_is_said_and_drawn_as_a_forecast(cast: Cast, steady: Target) -> None:
    told_of = page(cast, steady).context["reached"]
    heading = told_of["heading"]

    assert heading.sentence == (
        "Theo cùng kỳ các năm trước và nhịp của 12 tháng gần nhất, mỗi tháng còn lại thêm khoảng "
        "100 hộ, cần 160 hộ mới đạt; dự báo đến 31/12/2024 là 1.200 hộ (từ 1.200 hộ đến 1.200 hộ); "
        "khả năng đạt dưới 5%, theo 10 lần thử lại ở cùng khoảng cách trên số liệu đã qua."
    )
    assert heading.rows == (
        ("mức phải đạt đến 31/7/2024 theo tiến độ", "872,95 hộ"),
        ("dự báo đến 31/12/2024", "1.200 hộ"),
        ("khoảng của 8 trong 10 lần thử lại trên số liệu đã qua", "1.200 hộ – 1.200 hộ"),
        ("khả năng đạt", "dưới 5%"),
    )
    assert heading.record_text == (
        "Chưa có đủ chỉ tiêu cùng loại đã hết hạn để đối chiếu: mới dự báo lại được 0, cần ít nhất "
        "10."
    )
    kinds = {line.kind: len(line.points.split()) for line in told_of["chart"].lines}
    assert kinds["forecast"] == 2
    assert len(told_of["chart"].band.split()) == 3
    assert sum(row.actual_text != "" for row in told_of["rows"]) == 7  # no row is of a forecast


def test_where_it_is_heading_is_said_in_english_within_the_queries(
    cast: Cast, steady: Target
) -> None:
    shown = page(cast, steady, language="en")

    assert shown.context["reached"]["heading"].sentence == (
        "By the same periods of years before and the pace of the last 12 months, each month to "
        "come adds about 100 households, where 160 households is needed; 1,200 households is "
        "forecast by 31\xa0Dec\xa02024 (between 1,200 households and 1,200 households); the chance "
        "of meeting the target is below 5%, by 10 trials on the past at the same distance."
    )
    assert "a forecast, no result" in text_of(shown)
    visit = Visit(cast.chi)
    assert visit.cost(f"/targets/{steady.uid}/") <= MOST


def test_of_few_periods_nothing_is_forecast_and_the_page_says_why(
    cast: Cast, reached: Target
) -> None:
    heading = page(cast, reached).context["reached"]["heading"]

    assert heading.sentence == "Không dự báo, vì mới có số của 4 kỳ, cần ít nhất 5 kỳ."
    assert (heading.rows, heading.record_text) == ((), "")
