"""The grid of a report of figures: what is typed is kept, asked about or given back, never lost.

Mai enters for ward Sen Tây and Tâm approves there; Hà is the officer of the district above.
"""

from typing import Any

from lotrinh.apps.accounts.models import User
from lotrinh.apps.reporting import selectors, services
from lotrinh.apps.reporting.models import Report, ReportCell
from lotrinh.apps.targets.models import Measure
from tests.cast import Cast
from tests.factories import NOW, TODAY, key
from tests.ledgers import approve as approve_alone
from tests.ledgers import make_measure, make_period, told
from tests.reports import JULY, fill, fresh, make_group, make_regime, open_month
from tests.web.visiting import Visit, text_of

MOST = 20
MANY = 60


def path_of(report: Report) -> str:
    return f"/reports/{report.uid}/"


def sent(language: str = "vi", **words: str) -> dict[str, str]:
    return {"client_key": str(key()), "language": language, **words}


def cell(measure: Measure, typed: str, over: ReportCell | None = None) -> dict[str, str]:
    return {f"c-{measure.uid}": typed, f"o-{measure.uid}": str(over.pk) if over else ""}


def counting(report: Report, measure: Measure) -> ReportCell | None:
    return selectors.cells_of(report=report).get(measure.pk)


def line(answer: Any, measure: Measure) -> Any:
    return next(one for one in answer.context["lines"] if one.uid == measure.uid)


def test_the_page_says_what_is_asked_by_when_and_how_far_it_is(report: Report, cast: Cast) -> None:
    page = text_of(Visit(cast.mai).look(path_of(report)))

    for words in (
        "Báo cáo tình hình gia đình văn hóa: tháng 7/2024",
        "Kế hoạch số 15/KH-UBND",
        "Phường Sen Tây",
        "0/2",
        "16/7/2024",
        f"{(TODAY - JULY[0].replace(day=16)).days} ngày",
    ):
        assert words in page


def test_all_changed_cells_are_kept_in_one_act(
    report: Report, cast: Cast, families: Measure, schooled: Measure
) -> None:
    words = {**cell(families, "1.270 hộ"), **cell(schooled, "18/23")}
    Visit(cast.mai).send(path_of(report), sent(**words))

    first, second = counting(report, families), counting(report, schooled)
    assert first is not None and second is not None
    assert (first.value, second.numerator, second.denominator) == (1270, 18, 23)
    assert first.event == second.event
    shown = Visit(cast.mai).look(path_of(report))
    assert line(shown, families).read_text == "1.270 hộ"
    assert line(shown, schooled).read_text == "18/23 (78,26%)"
    assert (shown.context["filled"], shown.context["whole"]) == (2, 2)


def test_what_was_not_changed_is_not_entered_anew(
    report: Report, cast: Cast, families: Measure
) -> None:
    fill(report, cast.mai, {families: "1.270"})
    entry = counting(report, families)
    assert entry is not None
    vi, en = cell(families, "1.270", entry), cell(families, "1,270", entry)

    Visit(cast.mai).send(path_of(report), sent(**vi))
    Visit(cast.mai).send(path_of(report), sent("en", **en))

    assert ReportCell.objects.count() == 1


def test_a_figure_is_shown_in_the_language_of_the_page(
    report: Report, cast: Cast, families: Measure
) -> None:
    fill(report, cast.mai, {families: "1.270,5"})
    visit = Visit(cast.mai)
    visit.send("/language/", {"language": "en", "next": "/"}, status=302)

    shown = line(visit.look(path_of(report)), families)

    assert (shown.text, shown.read_text) == ("1,270.5", "1,270.5 hộ")


def test_the_same_form_twice_is_once(report: Report, cast: Cast, families: Measure) -> None:
    form = sent(**cell(families, "120"))
    for _ in range(2):
        Visit(cast.mai).send(path_of(report), form)

    assert ReportCell.objects.count() == 1


def test_what_cannot_be_read_is_kept_with_its_cure(
    report: Report, cast: Cast, families: Measure
) -> None:
    Visit(cast.mai).send(path_of(report), sent(**cell(families, "khoảng 20")))

    shown = line(Visit(cast.mai).look(path_of(report)), families)
    assert (shown.kind, shown.text, shown.wants) == ("refused", "khoảng 20", "refused")
    assert shown.refusal.startswith("số áng chừng không cộng được")


def test_what_may_mean_two_figures_is_chosen_by_a_button(
    report: Report, cast: Cast, families: Measure
) -> None:
    visit = Visit(cast.mai)
    visit.send(path_of(report), sent(**cell(families, "68,457")))
    shown = line(visit.look(path_of(report)), families)
    assert (shown.kind, shown.choices) == ("asked", ("68 phẩy 457", "68 nghìn 457"))

    entry = counting(report, families)
    choice = {"choose": f"{families.uid}:1", **cell(families, "68,457", entry)}
    visit.send(path_of(report), sent(**choice))

    chosen = counting(report, families)
    assert chosen is not None
    assert (chosen.kind, chosen.value, chosen.text) == ("figure", 68457, "68457")


def test_a_choice_that_there_is_not_chooses_nothing(
    report: Report, cast: Cast, families: Measure
) -> None:
    fill(report, cast.mai, {families: "68,457"})
    entry = counting(report, families)
    for choice in (f"{families.uid}:9", f"{families.uid}:x", "nothing:0", f"{families.uid}:²"):
        words = {"choose": choice, **cell(families, "68,457", entry)}
        Visit(cast.mai).send(path_of(report), sent(**words))

    assert ReportCell.objects.count() == 1


def test_two_officers_see_both_figures_and_neither_is_lost(
    report: Report, cast: Cast, families: Measure, schooled: Measure
) -> None:
    fill(report, cast.mai, {families: "120"})
    words = {**cell(families, "125"), **cell(schooled, "18/23")}

    answer = Visit(cast.ha).send(path_of(report), sent(**words), status=409)

    both = line(answer, families).overtaken
    assert (both.by_name, both.theirs, both.mine) == ("Vũ Thị Mai", "120", "125")
    assert line(answer, families).text == "125"
    theirs = counting(report, families)
    assert theirs is not None and theirs.text == "120"
    assert counting(report, schooled) is not None

    Visit(cast.ha).send(path_of(report), sent(**cell(families, "125", theirs)))
    mine = counting(report, families)
    assert mine is not None and (mine.text, mine.event.by) == ("125", cast.ha)


def test_the_same_officer_at_two_windows_is_asked_too(
    report: Report, cast: Cast, families: Measure
) -> None:
    visit = Visit(cast.mai)
    visit.send(path_of(report), sent(**cell(families, "120")))

    asked = visit.send(path_of(report), sent(**cell(families, "125")), status=409)

    both = line(asked, families).overtaken
    assert (both.is_own, both.theirs, both.mine) == (True, "120", "125")
    page = text_of(asked)
    assert "Chính ông, bà đã nhập 120 ở một cửa sổ hoặc thiết bị khác" in page
    theirs = counting(report, families)
    assert theirs is not None and theirs.text == "120"
    visit.send(path_of(report), sent(**cell(families, "125", theirs)))
    assert counting(report, families).text == "125"  # type: ignore[union-attr]


def test_whoever_types_what_counts_already_is_not_asked(
    report: Report, cast: Cast, families: Measure
) -> None:
    fill(report, cast.mai, {families: "120"})

    Visit(cast.ha).send(path_of(report), sent(**cell(families, "120")))

    assert ReportCell.objects.count() == 1


def test_what_is_wrong_with_an_entry_quotes_the_entry_and_not_the_reader(
    report: Report, cast: Cast, families: Measure
) -> None:
    fill(report, cast.mai, {families: "khoảng 120"}, comment="Chưa rà soát")

    answer = Visit(cast.ha).send(path_of(report), sent(**cell(families, "125")), status=409)

    shown = line(answer, families)
    assert (shown.text, shown.entered) == ("125", "khoảng 120")
    assert (shown.overtaken.by_name, shown.overtaken.is_own) == ("Vũ Thị Mai", False)
    assert (shown.overtaken.theirs, shown.overtaken.mine) == ("khoảng 120; Chưa rà soát", "125")
    assert f"“khoảng 120”: {shown.refusal}" in text_of(answer)
    assert 'data-keep="khoảng 120"' in text_of(answer)


def test_the_other_figure_is_kept_by_its_button(
    report: Report, cast: Cast, families: Measure
) -> None:
    fill(report, cast.mai, {families: "120"})
    words = {"keep": str(families.uid), **cell(families, "125", counting(report, families))}
    Visit(cast.ha).send(path_of(report), sent(**words))

    kept = counting(report, families)
    assert kept is not None and (kept.text, ReportCell.objects.count()) == ("120", 1)


def test_a_script_gets_the_lines_that_it_sent_and_what_is_open(
    report: Report, cast: Cast, families: Measure, schooled: Measure
) -> None:
    form = sent(**cell(families, "120"), **{"as": "lines"})

    answer = Visit(cast.mai).send(path_of(report), form, status=200)

    page = text_of(answer)
    assert [one.uid for one in answer.context["lines"]] == [families.uid]
    assert f'id="line-{families.uid}"' in page
    assert f'id="line-{schooled.uid}"' not in page
    assert [one.uid for one in answer.context["open_lines"]] == [schooled.uid]
    assert "1/2" in page


def test_a_script_is_told_of_the_other_officer(
    report: Report, cast: Cast, families: Measure
) -> None:
    fill(report, cast.mai, {families: "120"})
    form = sent(**cell(families, "125"), **{"as": "lines"})

    answer = Visit(cast.ha).send(path_of(report), form, status=409)

    assert line(answer, families).overtaken.theirs == "120"
    assert counting(report, families).text == "120"  # type: ignore[union-attr]


def test_a_pasted_block_goes_down_the_lines_and_what_is_left_over_is_given_back(
    report: Report, cast: Cast, families: Measure, schooled: Measure
) -> None:
    block = "1.270\tđã rà soát\r\n18/23\r\n999\r\n"
    form = sent(paste=block, paste_at=str(families.uid))

    Visit(cast.mai).send(path_of(report), form)

    first, second = counting(report, families), counting(report, schooled)
    assert first is not None and second is not None
    assert (first.value, first.comment, second.numerator) == (1270, "đã rà soát", 18)
    visit = Visit(cast.mai)
    over = {f"o-{schooled.uid}": str(second.pk)}
    visit.send(path_of(report), sent(paste=block, paste_at=str(schooled.uid), **over))
    told_back = text_of(visit.look(path_of(report)))
    assert "dòng 2, cột 1: 18/23; dòng 3, cột 1: 999" in told_back


def test_a_cell_that_is_too_long_comes_back_whole(
    report: Report, cast: Cast, families: Measure
) -> None:
    typed = "1" * 401
    answer = Visit(cast.mai).send(path_of(report), sent(**cell(families, typed)), status=422)

    assert typed in text_of(answer)
    assert not ReportCell.objects.exists()


def test_what_is_sent_to_a_report_that_lies_elsewhere_is_given_back(
    report: Report, cast: Cast, families: Measure, schooled: Measure, tam: User
) -> None:
    fill(report, cast.mai, {families: "120", schooled: "18/23"})
    visit = Visit(cast.mai)
    content = selectors.content_of(report=report)
    words = {"client_key": str(key()), "content": content}
    visit.send(f"{path_of(report)}step/hand_in/", words)

    form = sent(**cell(families, "121", counting(report, families)))
    answer = Visit(tam).send(path_of(report), form, status=409)

    page = text_of(answer)
    assert "Vũ Thị Mai" in page
    assert "121" in page
    assert counting(report, families).text == "120"  # type: ignore[union-attr]


def test_a_closed_collection_gives_back_what_was_typed(
    report: Report, cast: Cast, families: Measure
) -> None:
    services.close_collection(collection_id=report.collection.pk, user=cast.chi, on=TODAY, at=NOW)
    form = sent(**cell(families, "121"))

    answer = Visit(cast.mai).send(path_of(report), form, status=409)

    assert "121" in text_of(answer)
    assert answer.context["may_enter"] is False


def test_nobody_from_elsewhere_enters(report: Report, cast: Cast, families: Measure) -> None:
    form = sent(**cell(families, "121"))

    Visit(cast.thach).send(path_of(report), form, status=403)
    Visit(cast.khe).send(path_of(report), form, status=404)
    Visit(cast.khe).look(path_of(report), status=404)
    assert not ReportCell.objects.exists()


def test_whoever_only_reads_sees_no_field(report: Report, cast: Cast, families: Measure) -> None:
    fill(report, cast.mai, {families: "120"})

    page = text_of(Visit(cast.thach).look(path_of(report)))

    assert f'name="c-{families.uid}"' not in page
    assert "120 hộ" in page
    assert "build/grid.js" not in page


def test_a_question_stands_beside_its_cell_until_somebody_says_why(
    report: Report, cast: Cast, families: Measure, tam: User
) -> None:
    june = make_period(starts=JULY[0].replace(month=6), ends=JULY[0])
    approve_alone(cast.sen_tay, [told(families, 120)], period=june, entered_by=cast.mai, user=tam)
    fill(report, cast.mai, {families: "120.000"})

    asked = line(Visit(cast.mai).look(path_of(report)), families)
    assert (asked.wants, asked.previous_text) == ("question", "120 hộ")
    assert asked.told == (
        "Gấp khoảng 1.000 lần các kỳ khác: có nhầm đơn vị tính không? Nếu nhầm, số đúng là 120.",
    )

    entry = counting(report, families)
    words = {f"k-{families.uid}": "Đã rà soát", **cell(families, "120.000", entry)}
    Visit(cast.mai).send(path_of(report), sent(**words))
    answered = line(Visit(cast.mai).look(path_of(report)), families)
    assert (answered.wants, answered.comment) == ("", "Đã rà soát")


def test_the_duty_leads_to_its_figures_and_they_lead_back(report: Report, cast: Cast) -> None:
    assert report.duty is not None
    visit = Visit(cast.mai)

    assert f'href="{path_of(report)}"' in text_of(visit.look(f"/duties/{report.duty.uid}/"))
    assert f"/duties/{report.duty.uid}/" in text_of(visit.look(path_of(report)))
    led = visit.look(f"/duties/{report.duty.uid}/report/", status=303)
    assert led["Location"] == path_of(report)


def test_many_lines_cost_no_more(cast: Cast) -> None:
    make_group(cast.sen_tay)
    measures = [make_measure(owed_to=cast.city, user=cast.chi) for _ in range(MANY)]
    regime = make_regime(owed_to=cast.city, measures=measures, user=cast.chi)
    long = open_month(regime, user=cast.chi).reports.get()
    fill(long, cast.mai, dict.fromkeys(measures[::2], "1.270"))
    visit = Visit(cast.mai)

    assert visit.cost(path_of(long)) <= MOST
    assert visit.cost(f"{path_of(long)}step/hand_in/") <= MOST
    assert visit.cost(f"{path_of(long)}history/") <= MOST
    shown = visit.look(path_of(long))
    assert (shown.context["filled"], shown.context["whole"]) == (MANY // 2, MANY)
    assert fresh(long).version == 2
