"""The collection room: who is how far, every number with its list; urging, closing, the file."""

import re
from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from lotrinh.apps.reporting import services
from lotrinh.apps.reporting.models import Collection
from lotrinh.rules.report_states import ReportStep, Stage
from tests.factories import NOW, TODAY, key, make_officer, make_unit
from tests.ledgers import approve as approve_alone
from tests.ledgers import make_period, told
from tests.reports import (
    BY_DISTRICT,
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

pytestmark = pytest.mark.django_db
JUNE = date(2024, 6, 1), date(2024, 7, 1)


@pytest.fixture
def collection(cast, families, schooled):
    make_group(cast.ho_sen, cast.sen_tay, cast.dong_gao, cast.sen_cu)
    regime = make_regime(owed_to=cast.city, measures=[families, schooled], user=cast.chi)
    return open_month(regime, user=cast.chi)


@pytest.fixture
def path(collection):
    return f"/collections/{collection.uid}/"


@pytest.fixture
def ward(collection, cast):
    return collection.reports.get(unit=cast.sen_tay)


@pytest.fixture
def handed_in(ward, cast, families, schooled):
    fill(ward, cast.mai, {families: "120", schooled: "18/23"})
    return hand_in(ward, cast.mai)


def in_english(user):
    visit = Visit(user)
    visit.send("/language/", {"language": "en", "next": "/"}, status=302)
    return visit


def counts(answer):
    return {code: one.count for code, one in answer.context["count"].items()}


def names(answer):
    return [line.unit_name for line in answer.context["lines"]]


def test_the_room_says_how_far_each_unit_is(cast, path, handed_in, collection, families):
    district = collection.reports.get(unit=cast.ho_sen)
    fill(district, cast.ha, {families: "khoảng 7"})

    answer = in_english(cast.chi).look(path)

    assert names(answer) == ["Dong Gao District", "Ho Sen District", "Sen Tay Ward"]
    silent, entering, waiting = answer.context["lines"]
    assert (silent.code, silent.filled, silent.lines, silent.late) == ("silent", 0, 2, 22)
    assert (entering.code, entering.unsettled, entering.last_by) == ("entering", 1, "Phan Thu Hà")
    assert (waiting.code, waiting.due) == ("approve", date(2024, 7, 18))
    assert (waiting.handed_in_late, waiting.writer_text) == (22, "Vũ Thị Mai")
    assert waiting.above == "Ho Sen District"
    assert counts(answer) == {
        "silent": 1,
        "entering": 1,
        "returned": 0,
        "check": 0,
        "approve": 1,
        "open": 2,
        "handed_in": 1,
        "approved": 0,
        "late": 3,
        "unsettled": 1,
    }
    said = " ".join(re.sub(r"<[^>]+>", "", text_of(answer)).split())
    assert "0/3 units approved, 1 handed in, 3 late, 1 not begun." in said
    assert "All days have passed; the last was 18 Jul 2024." in said


def test_every_number_opens_the_list_of_exactly_those_units(cast, path, handed_in, tam):
    visit = Visit(cast.chi)
    services.return_report(report_id=handed_in.pk, act=by(tam, note="Chưa khớp biên bản"))

    whole = visit.look(path)
    for code, one in whole.context["count"].items():
        narrowed = visit.look(one.url)
        assert narrowed.context["shown"] == one.count == len(narrowed.context["lines"]), code

    assert [one.code for one in visit.look(f"{path}?show=returned").context["lines"]] == [
        "returned"
    ]


def test_what_was_approved_is_neither_late_nor_waiting(cast, path, handed_in, tam):
    approve(handed_in, tam)
    found = counts(Visit(cast.chi).look(path))
    assert (found["approved"], found["handed_in"], found["late"], found["approve"]) == (1, 1, 2, 0)


def test_a_check_and_an_approval_are_waited_for_apart(cast, families):
    make_group(cast.sen_tay, cast.ho_sen)
    check = services.StageSaid(Stage(ReportStep.CHECK), 17)
    regime = make_regime(
        owed_to=cast.city,
        measures=[families],
        user=cast.chi,
        stages=[HAND_IN, check, BY_DISTRICT],
    )
    made = open_month(regime, user=cast.chi)
    report = made.reports.get(unit=cast.sen_tay)
    fill(report, cast.mai, {families: "120"})
    hand_in(report, cast.mai)

    answer = in_english(cast.chi).look(f"/collections/{made.uid}/?show=check")
    assert names(answer) == ["Sen Tay Ward"]
    assert answer.context["lines"][0].stage_text == "check, the unit itself"
    assert [one.passed for one in answer.context["stages"]] == [1, 0, 0]


def test_a_unit_that_ended_before_the_period_is_not_missed(cast, path, collection):
    assert "Phường Sen Cũ" not in names(Visit(cast.chi).look(path))
    assert counts(Visit(cast.chi).look(path))["silent"] == 3
    assert not collection.reports.filter(unit=cast.sen_cu).exists()


def test_a_unit_that_ended_since_is_still_named_with_its_day(cast, families):
    ended = make_unit(
        "phuong-sen-nho",
        parent=cast.ho_sen,
        until=date(2024, 7, 20),
        kind="commune",
        name_vi="Phường Sen Nhỏ",
        name_en="Sen Nho Ward",
    )
    make_group(cast.sen_tay, ended)
    regime = make_regime(owed_to=cast.city, measures=[families], user=cast.chi)
    made = services.open_reports(
        regime_id=regime.pk,
        starts=date(2024, 7, 1),
        ends=date(2024, 8, 1),
        user=cast.chi,
        client_key=key(),
        on=date(2024, 7, 10),
        at=NOW,
    )

    answer = in_english(cast.chi).look(f"/collections/{made.uid}/")

    assert names(answer) == ["Sen Tay Ward", "Sen Nho Ward"]
    assert answer.context["lines"][1].ended_on == date(2024, 7, 20)
    assert "ended 20 Jul 2024" in text_of(answer)
    assert answer.context["asked"] == 2


def test_the_timer_counts_to_the_next_stage(cast, families):
    make_group(cast.sen_tay)
    regime = make_regime(owed_to=cast.city, measures=[families], user=cast.chi)
    made = open_month(regime, user=cast.chi, days=(date(2024, 8, 1), date(2024, 9, 1)))

    answer = in_english(cast.chi).look(f"/collections/{made.uid}/")

    assert answer.context["days_left"] == 9
    assert [one.is_next for one in answer.context["stages"]] == [True, False]
    assert "days left to the next day" in text_of(answer)


def test_who_reads_only_below_does_not_find_the_room(cast, path):
    Visit(cast.mai).look(path, status=404)
    Visit(cast.khe).look(path, status=404)
    Visit(cast.nghiem).look(path)


def test_the_late_are_ticked_and_urged_on_the_page_of_urging(cast, path, handed_in, collection):
    visit = Visit(cast.chi)
    shown = visit.look(f"{path}?show=silent")
    ticked = re.findall(r'name="duty" value="([0-9a-f-]+)"[^>]* checked', text_of(shown))
    duties = {str(one.duty.uid) for one in collection.reports.exclude(unit=cast.sen_tay)}
    assert set(ticked) == duties

    urged = visit.look("/duties/urge/?" + "&".join(f"duty={uid}" for uid in ticked))
    assert urged.context["count"] == 2
    assert not re.search(r'name="duty"[^>]* checked', text_of(visit.look(path)))


def test_who_may_not_judge_ticks_nothing(cast, path):
    answer = Visit(cast.nghiem).look(f"{path}?show=late")
    assert 'name="duty"' not in text_of(answer)


def test_closing_says_what_is_missing_and_takes_nothing_more(cast, path, handed_in, families):
    visit = in_english(cast.chi)
    shown = visit.look(f"{path}close/")
    assert counts(shown)["open"] == 2
    assert "2 units have not handed in" in text_of(shown)

    visit.send(f"{path}close/", {"client_key": str(key())})
    visit.send(f"{path}close/", {"client_key": str(key())})
    assert Collection.objects.get().closed_on == TODAY
    assert "it takes nothing more in" in text_of(visit.look(path))
    with pytest.raises(services.CollectionClosed):
        fill(fresh(handed_in), cast.mai, {families: "121"})


def test_what_somebody_else_has_closed_is_told(cast, path, collection):
    services.close_collection(collection_id=collection.pk, user=cast.chi, on=TODAY, at=NOW)
    other = make_officer(cast.city, full_name="Quách Văn Ba")
    answer = in_english(other).send(f"{path}close/", {"client_key": str(key())}, status=422)
    assert "Somebody else closed it on 7 Aug 2024" in text_of(answer)


def test_opening_again_needs_a_reason_that_stays_readable(cast, path, collection):
    services.close_collection(collection_id=collection.pk, user=cast.chi, on=TODAY, at=NOW)
    visit = in_english(cast.chi)
    bare = visit.send(f"{path}reopen/", {"client_key": str(key()), "note": " "}, status=422)
    assert list(bare.context["form"].errors) == ["note"]
    assert Collection.objects.get().closed_on == TODAY

    visit.send(f"{path}reopen/", {"client_key": str(key()), "note": "Hai phường gửi muộn"})
    assert Collection.objects.get().closed_on is None
    events = visit.look(path).context["events"]
    assert [one.words_text for one in events] == [
        "Collection opened again",
        "Collection closed",
        "Period opened",
    ]
    assert [one.reason for one in events] == ["Hai phường gửi muộn", None, None]


@pytest.mark.parametrize("act", ["close", "reopen"])
def test_only_those_it_is_owed_to_close_and_reopen(cast, path, act):
    form = {"client_key": str(key()), "note": "Vì"}
    for user, status in ((cast.nghiem, 403), (cast.thach, 403), (cast.ha, 404)):
        Visit(user).look(f"{path}{act}/", status=status)
        Visit(user).send(f"{path}{act}/", form, status=status)
    assert Collection.objects.get().closed_on is None


def test_the_file_holds_the_same_list_with_days_as_days(cast, path, handed_in):
    answer = in_english(cast.chi).look(f"{path}room.xlsx?show=handed_in")
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0][:3] == ["Unit", "Under", "Status"]
    assert len(rows) == 2
    assert rows[1][:5] == [
        "Sen Tay Ward",
        "Ho Sen District",
        "Awaits approval",
        "approval, the unit itself",
        date(2024, 7, 18),
    ]
    assert text_of(in_english(cast.chi).look(f"{path}room.csv")).count("\n") == 4


def test_unusual_figures_of_all_units_stand_on_one_page(cast, path, collection, tam, families):
    june = make_period(starts=JUNE[0], ends=JUNE[1])
    approve_alone(cast.sen_tay, [told(families, 120)], period=june, entered_by=cast.mai, user=tam)
    ward = collection.reports.get(unit=cast.sen_tay)
    fill(ward, cast.mai, {families: "120.000"})
    fill(collection.reports.get(unit=cast.ho_sen), cast.ha, {families: "7"})

    answer = in_english(cast.chi).look(f"{path}outliers/")
    (line,) = answer.context["lines"]
    assert (line.unit_name, answer.context["units"]) == ("Sen Tay Ward", 1)
    assert "About 1,000 times the other periods" in line.questions[0]
    assert line.last_text.startswith("120 ")

    fill(ward, cast.mai, {families: "120.000"}, comment="Đã rà soát")
    assert Visit(cast.chi).look(f"{path}outliers/").context["total"] == 0


def test_many_units_are_paged_and_cost_no_more(cast, families, schooled):
    wards = [make_unit(f"phuong-{n}", parent=cast.dong_gao, kind="commune") for n in range(230)]
    make_group(*wards)
    regime = make_regime(owed_to=cast.city, measures=[families, schooled], user=cast.chi)
    made = open_month(regime, user=cast.chi)
    visit, path = Visit(cast.chi), f"/collections/{made.uid}/"

    assert visit.cost(path) <= 20
    first = visit.look(path)
    assert (first.context["asked"], len(first.context["lines"])) == (230, 100)
    second = visit.look(first.context["next_url"])
    third = visit.look(second.context["next_url"])
    assert (len(third.context["lines"]), third.context["next_url"]) == (30, None)
    shown = {line.unit_uid for page in (first, second, third) for line in page.context["lines"]}
    assert len(shown) == 230
    for page in ("outliers/", "close/", "?show=late&page=2"):
        assert visit.cost(path + page) <= 20, page
    assert visit.cost("/reports/") <= 20
