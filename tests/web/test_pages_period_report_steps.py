"""A report of figures from hand to hand at its pages: what is read is what is approved.

Mai enters for ward Sen Tây and Tâm approves there; Hà enters for district Hồ Sen above it, where
Thạch approves.
"""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lotrinh.apps.accounts.models import User
from lotrinh.apps.reporting import selectors, services
from lotrinh.apps.reporting.models import Figure, Report, ReportEvent, ReportEvidence
from lotrinh.apps.targets.models import Measure
from tests.cast import Cast
from tests.factories import NOW, TODAY, key, make_officer
from tests.reports import (
    BY_DISTRICT,
    BY_UNIT,
    HAND_IN,
    approve,
    by,
    fill,
    fresh,
    hand_in,
    make_group,
    make_regime,
    open_month,
)
from tests.web.visiting import Visit, text_of

MOST = 20
MINUTES = "Biên bản họp tổ dân phố số 5 ngày 30/7/2024".encode()


@pytest.fixture
def filled(report: Report, cast: Cast, families: Measure, schooled: Measure) -> Report:
    fill(report, cast.mai, {families: "120", schooled: "18/23"})
    return fresh(report)


def path_of(report: Report, step: str = "") -> str:
    return f"/reports/{report.uid}/step/{step}/" if step else f"/reports/{report.uid}/"


def sent(report: Report, **words: Any) -> dict[str, Any]:
    content = selectors.content_of(report=report)
    return {"client_key": str(key()), "content": content, "note": "", **words}


def state(report: Report) -> tuple[str, int]:
    now = fresh(report)
    return now.state, now.passed


def codes(visit: Visit, report: Report) -> dict[str, str]:
    offers = visit.look(path_of(report)).context["offers"]
    return {one.code: one.refused_text for one in offers}


def test_a_report_is_handed_in_and_approved_by_forms(
    filled: Report, cast: Cast, tam: User, families: Measure
) -> None:
    mai, judge = Visit(cast.mai), Visit(tam)
    assert codes(mai, filled) == {"hand_in": ""}
    mai.send(path_of(filled, "hand_in"), sent(filled))
    assert codes(judge, filled) == {"approve": "", "return": ""}

    shown = judge.look(path_of(filled, "approve"))
    assert [line.read_text for line in shown.context["lines"]] == ["120 hộ", "18/23 (78,26%)"]
    assert shown.context["form"].initial["content"] == selectors.content_of(report=filled)
    judge.send(path_of(filled, "approve"), sent(filled))

    assert state(filled) == ("approved", 2)
    assert Figure.objects.get(measure=families).value == 120
    page = text_of(judge.look(path_of(filled)))
    assert "Phê duyệt báo cáo" in page
    assert "Bùi Thị Tâm" in page


def test_what_is_missing_is_listed_with_a_way_to_its_cell(
    report: Report, cast: Cast, families: Measure, schooled: Measure
) -> None:
    fill(report, cast.mai, {families: "khoảng 120"})
    visit = Visit(cast.mai)

    shown = visit.look(path_of(report, "hand_in"))
    page = text_of(shown)

    assert [line.wants for line in shown.context["barred"]] == ["refused", "missing"]
    for measure in (families, schooled):
        assert f'href="/reports/{report.uid}/#c-{measure.uid}"' in page
    assert shown.context["is_still_open"] is False
    refused = visit.send(path_of(report, "hand_in"), sent(report), status=422)
    assert "Có 1 ô chưa đọc được thành một số." in text_of(refused)
    assert state(report) == ("open", 0)


def test_whoever_took_part_is_told_before_the_click(filled: Report, cast: Cast, tam: User) -> None:
    both = make_officer(cast.sen_tay, full_name="Lò Văn Tư")
    hand_in(filled, both)
    visit = Visit(both)

    refused = codes(visit, filled)["approve"]
    answer = visit.send(path_of(filled, "approve"), sent(filled), status=422)

    assert refused.startswith("Ông, bà đã nhập số liệu hoặc đã thực hiện một bước")
    assert refused in text_of(answer)
    assert state(filled) == ("handed_in", 1)


def test_a_figure_that_changed_meanwhile_is_read_before_it_is_handed_in(
    filled: Report, cast: Cast, families: Measure
) -> None:
    form = sent(filled, note="Đủ số liệu")
    fill(filled, cast.ha, {families: "125"})

    answer = Visit(cast.mai).send(path_of(filled, "hand_in"), form, status=409)

    page = text_of(answer)
    for words in ("Phan Thu Hà", "125 hộ", "Đủ số liệu"):
        assert words in page
    assert state(filled) == ("open", 0)
    again = answer.context["form"].data
    renewed = {name: again[name] for name in ("client_key", "content", "note")}
    Visit(cast.mai).send(path_of(filled, "hand_in"), renewed)
    assert state(filled) == ("handed_in", 1)


def test_a_step_that_somebody_else_took_says_by_whom(filled: Report, cast: Cast, tam: User) -> None:
    hand_in(filled, cast.mai)
    form = sent(filled)
    other = make_officer(cast.sen_tay, full_name="Lò Văn Tư")
    approve(fresh(filled), other)

    answer = Visit(tam).send(path_of(filled, "approve"), form, status=409)

    assert "Lò Văn Tư" in text_of(answer)
    led = Visit(tam).look(path_of(filled, "approve"), status=303)
    assert led["Location"] == path_of(filled)


def test_a_report_comes_back_with_words_beside_its_figure(
    filled: Report, cast: Cast, tam: User, families: Measure, schooled: Measure
) -> None:
    hand_in(filled, cast.mai)
    words = {"note": "Chưa khớp biên bản", f"a-{families.uid}": "Biên bản ghi 118 hộ"}

    Visit(tam).send(path_of(filled, "return"), sent(filled, note=" "), status=422)
    Visit(tam).send(path_of(filled, "return"), sent(filled, **words))

    shown = Visit(cast.mai).look(path_of(filled))
    asked = {line.uid: line.returned for line in shown.context["lines"]}
    assert asked == {families.uid: "Biên bản ghi 118 hộ", schooled.uid: ""}
    assert "Chưa khớp biên bản" in text_of(shown)
    assert [line.wants for line in shown.context["open_lines"]] == ["returned"]
    story = text_of(Visit(cast.mai).look(f"{path_of(filled)}history/"))
    assert "Biên bản ghi 118 hộ" in story


def test_words_of_a_return_that_was_refused_stay(
    filled: Report, cast: Cast, tam: User, families: Measure
) -> None:
    hand_in(filled, cast.mai)
    form = sent(filled, note="", **{f"a-{families.uid}": "Biên bản ghi 118 hộ"})

    answer = Visit(tam).send(path_of(filled, "return"), form, status=422)

    assert "Biên bản ghi 118 hộ</textarea>" in text_of(answer)


def test_what_is_approved_is_unlocked_with_a_reason(filled: Report, cast: Cast, tam: User) -> None:
    hand_in(filled, cast.mai)
    approve(fresh(filled), tam)

    Visit(cast.mai).look(path_of(filled, "unlock"), status=403)
    Visit(cast.mai).send(path_of(filled, "unlock"), sent(filled, note="Sai"), status=403)
    Visit(tam).send(path_of(filled, "unlock"), sent(filled), status=422)
    Visit(tam).send(path_of(filled, "unlock"), sent(filled, note="Trùng ba hộ"))

    assert state(filled) == ("open", 0)
    assert Figure.objects.count() == 2


def test_units_below_are_named_and_left_out_by_a_tick(
    filled: Report, cast: Cast, families: Measure, schooled: Measure
) -> None:
    above = filled.collection.reports.get(unit=cast.ho_sen)
    fill(above, cast.ha, {families: "7", schooled: "1/1"})
    hand_in(above, cast.ha)
    visit, named = Visit(cast.thach), [str(cast.sen_tay.uid)]

    shown = visit.look(path_of(above, "approve"))
    assert shown.context["missing"] == [(cast.sen_tay.uid, "Phường Sen Tây")]
    refused = visit.send(path_of(above, "approve"), sent(above, without=named), status=422)
    assert "Các đơn vị cấp dưới chưa được phê duyệt: Phường Sen Tây." in text_of(refused)
    visit.send(path_of(above, "approve"), sent(above, without=named, is_without="on"))

    event = ReportEvent.objects.get(report=above, step="approve")
    assert event.details == {"without": named}
    assert "Thiếu:" in text_of(visit.look(path_of(above)))


def test_a_closed_collection_takes_no_step(filled: Report, cast: Cast) -> None:
    form = sent(filled)
    services.close_collection(collection_id=filled.collection.pk, user=cast.chi, on=TODAY, at=NOW)

    Visit(cast.mai).send(path_of(filled, "hand_in"), form, status=409)

    assert state(filled) == ("open", 0)
    assert codes(Visit(cast.mai), filled) == {}


def test_who_may_is_said_of_steps_that_are_for_others(filled: Report, cast: Cast) -> None:
    shown = Visit(cast.nghiem).look(path_of(filled))

    assert shown.context["offers"] == ()
    ((names, who),) = shown.context["others"]
    assert names == "Gửi báo cáo"
    assert who.startswith("Người được làm việc này: Chuyên viên, Phường Sen Tây")


def test_a_file_lies_beside_its_figure_and_is_opened(
    filled: Report, cast: Cast, families: Measure
) -> None:
    visit, path = Visit(cast.mai), f"{path_of(filled)}files/"
    assert visit.look(f"{path}?line={families.uid}").context["form"].initial["line"] == str(
        families.uid
    )

    file = SimpleUploadedFile("bien-ban.txt", MINUTES)
    form = {"client_key": str(key()), "line": str(families.uid), "file": file}
    visit.send(path, form)

    kept = ReportEvidence.objects.get()
    assert (kept.measure, kept.name) == (families, "bien-ban.txt")
    opened = visit.look(f"/reports/files/{kept.uid}/")
    assert opened.content == MINUTES
    assert "attachment" in opened["Content-Disposition"]
    assert f"/reports/files/{kept.uid}/" in text_of(visit.look(path_of(filled)))
    Visit(cast.khe).look(f"/reports/files/{kept.uid}/", status=404)


def test_a_file_that_bears_a_mark_of_secrecy_is_not_kept(filled: Report, cast: Cast) -> None:
    file = SimpleUploadedFile("mat.txt", "MẬT\nBiên bản họp".encode())
    form = {"client_key": str(key()), "line": "", "file": file}

    Visit(cast.mai).send(f"{path_of(filled)}files/", form, status=422)

    assert not ReportEvidence.objects.exists()


def test_no_file_is_no_file(filled: Report, cast: Cast) -> None:
    form = {"client_key": str(key()), "line": ""}

    answer = Visit(cast.mai).send(f"{path_of(filled)}files/", form, status=422)

    assert "Chọn ít nhất một tệp." in text_of(answer)


def test_the_same_file_used_twice_is_noticed_by_whoever_sees_both(
    filled: Report, cast: Cast, families: Measure
) -> None:
    above = filled.collection.reports.get(unit=cast.ho_sen)
    for each, user in ((above, cast.ha), (filled, cast.mai)):
        file = SimpleUploadedFile("bien-ban.txt", MINUTES)
        form = {"client_key": str(key()), "line": str(families.uid), "file": file}
        Visit(user).send(f"/reports/{each.uid}/files/", form)

    def also(user: User) -> list[str]:
        shown = Visit(user).look(path_of(filled))
        lines = {line.uid: line for line in shown.context["lines"]}
        return [one.name for one in lines[families.uid].files[0].also]

    assert also(cast.ha) == ["báo cáo của Quận Hồ Sen, tháng 7/2024"]
    assert also(cast.mai) == []


def test_the_story_tells_each_figure_as_it_was_typed(
    filled: Report, cast: Cast, families: Measure, schooled: Measure
) -> None:
    fill(filled, cast.ha, {families: "1.250 hộ"}, comment="Đã rà soát")
    visit = Visit(cast.mai)

    whole = visit.look(f"{path_of(filled)}history/").context["moments"]
    one = visit.look(f"{path_of(filled)}history/?line={schooled.uid}").context["moments"]

    assert [row.moment.by_name for row in whole] == ["Phan Thu Hà", "Vũ Thị Mai"]
    newest = whole[0].entered[0]
    assert (newest.figure, newest.typed, newest.comment) == ("1.250 hộ", "1.250 hộ", "Đã rà soát")
    assert [[cell.typed for cell in row.entered] for row in one] == [["18/23"]]


def test_a_report_of_three_stages_costs_few_queries(
    cast: Cast, tam: User, families: Measure, schooled: Measure
) -> None:
    make_group(cast.ho_sen, cast.sen_tay)
    regime = make_regime(
        owed_to=cast.city,
        measures=[families, schooled],
        user=cast.chi,
        stages=[HAND_IN, BY_UNIT, BY_DISTRICT],
    )
    report = open_month(regime, user=cast.chi).reports.get(unit=cast.sen_tay)
    fill(report, cast.mai, {families: "120", schooled: "18/23"})
    visits = {"mai": Visit(cast.mai), "tam": Visit(tam), "thach": Visit(cast.thach)}
    costs = {"open": visits["mai"].cost(path_of(report))}
    hand_in(report, cast.mai)
    costs["handed in"] = visits["tam"].cost(path_of(report))
    costs["to approve"] = visits["tam"].cost(path_of(report, "approve"))
    services.return_report(report_id=report.pk, act=by(tam, note="Kiểm tra lại"))
    costs["returned"] = visits["mai"].cost(path_of(report))
    hand_in(fresh(report), cast.mai)
    approve(fresh(report), tam)
    costs["higher up"] = visits["thach"].cost(path_of(report))

    assert {name: cost for name, cost in costs.items() if cost > MOST} == {}
