"""The organisation of any day, what a unit owes in bands of urgency, and who holds its posts."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from lotrinh.apps.duties.models import Duty
from lotrinh.apps.units.models import Unit
from lotrinh.rules.actions import Action
from tests.cast import Cast
from tests.factories import READS, TODAY, an_assignment, key, make_duty, make_officer, make_unit
from tests.web.visiting import Visit, text_of


def page_of(unit: Unit) -> str:
    return f"/units/{unit.uid}/"


def owed(cast: Cast, due: date | None, *, is_issued: bool = True) -> Duty:
    """Let Hồ Sen owe something by a day; without one, every month."""
    words = replace(
        an_assignment(cast.ho_sen, cast.person(cast.ha)),
        due=due,
        recurrence="" if due else "continuous",
    )
    return make_duty(owed_to=cast.office, user=cast.chi, assignment=words, is_issued=is_issued)


def test_the_tree_of_a_day_holds_what_stood_that_day(cast: Cast) -> None:
    visit = Visit(cast.an)

    def names(query: str) -> list[tuple[str, int]]:
        shown = visit.look(f"/units/{query}")
        assert shown.context["total"] == len(shown.context["branches"])
        return [
            (node.name, node.level)
            for node in (branch.node for branch in shown.context["branches"])
        ]

    today = [
        ("Thành phố Hồ Sen", 0),
        ("Văn phòng Thành ủy", 1),
        ("Huyện Đồng Gạo", 1),
        ("Quận Hồ Sen", 1),
        ("Phường Sen Tây", 2),
    ]
    assert names("") == today
    assert names("?on=7/8/2024") == today
    assert names("?on=2024-01-01") == today
    assert names("?on=31/12/2023") == [*today[:4], ("Phường Sen Cũ", 2), today[4]]
    assert names("?on=1/1/1990") == []


@pytest.mark.parametrize("typed", ["30/2/2024", "hôm qua", "2024", "7/8/24", "0/0/0"])
def test_a_bad_day_is_named_and_today_is_shown(cast: Cast, typed: str) -> None:
    shown = Visit(cast.chi).look(f"/units/?on={typed}")
    of_unit = Visit(cast.chi).look(f"{page_of(cast.ho_sen)}?on={typed}")

    assert shown.context["on"] == of_unit.context["on"] == TODAY
    assert typed in shown.context["date_error_text"]
    assert "usa-alert--error" in text_of(of_unit)


def test_the_tree_counts_only_what_the_reader_sees(cast: Cast) -> None:
    for days in (-1, 0, 10):
        owed(cast, TODAY + timedelta(days=days))
    owed(cast, TODAY, is_issued=False)

    def counts(visit: Visit) -> dict[str, tuple[int, int]]:
        nodes = [branch.node for branch in visit.look("/units/").context["branches"]]
        return {node.name: (node.open, node.late) for node in nodes if node.open or node.late}

    assert counts(Visit(cast.chi)) == {"Quận Hồ Sen": (3, 1)}
    assert counts(Visit(cast.ha)) == {"Quận Hồ Sen": (3, 1)}
    assert counts(Visit(cast.khe)) == {}
    assert counts(Visit(cast.an)) == {}


def test_ones_own_unit_is_marked_and_is_where_home_leads(cast: Cast) -> None:
    visit = Visit(cast.ha)

    home = visit.client.get("/")
    nodes = [branch.node for branch in visit.look("/units/").context["branches"]]

    assert home["Location"] == page_of(cast.ho_sen)
    assert [node.name for node in nodes if node.is_mine] == ["Quận Hồ Sen"]
    assert visit.look(page_of(cast.ho_sen)).context["is_mine"] is True
    assert visit.look(page_of(cast.sen_tay)).context["is_mine"] is False
    assert Visit(cast.an).client.get("/")["Location"] == "/documents/"


def test_home_leads_to_what_the_unit_owes_else_to_what_the_post_is_for(cast: Cast) -> None:
    personnel = make_officer(cast.city, actions=(*READS, Action.CHANGE_UNIT), full_name="Lê Sen")
    inspector = cast.nghiem

    def homes() -> list[str]:
        return [Visit(one).client.get("/")["Location"] for one in (personnel, cast.chi, inspector)]

    assert homes() == ["/units/", "/units/", page_of(cast.city)]
    owed(cast, TODAY)
    assert homes() == ["/units/", "/duties/morning/", "/duties/"]


def test_home_is_the_morning_for_whoever_judges_or_issues_what_other_units_owe(
    cast: Cast,
) -> None:
    judges = make_officer(cast.city, actions=(*READS, Action.JUDGE_DUTY), full_name="Tô Sen")
    below = make_officer(cast.ho_sen, actions=(*READS, Action.JUDGE_DUTY), full_name="Vũ Sen")

    def homes() -> list[str]:
        asked = (cast.thach, judges, below, cast.ha)
        return [Visit(one).client.get("/")["Location"] for one in asked]

    own = page_of(cast.ho_sen)
    assert "/duties/morning/" not in homes()
    owed(cast, TODAY)
    assert homes() == ["/duties/morning/", "/duties/morning/", own, own]


def test_what_is_owed_stands_in_its_band(cast: Cast) -> None:
    sunday = date(2024, 8, 11)  # today is a Wednesday
    by_band = {
        "late": [owed(cast, TODAY - timedelta(days=30)), owed(cast, TODAY - timedelta(days=1))],
        "week": [owed(cast, TODAY), owed(cast, sunday)],
        "later": [owed(cast, sunday + timedelta(days=1))],
        "undated": [owed(cast, None)],
        "draft": [owed(cast, TODAY, is_issued=False)],
    }

    shown = Visit(cast.chi).look(page_of(cast.ho_sen))

    bands = shown.context["bands"]
    assert [(band.code, band.count) for band in bands] == [
        (code, len(duties)) for code, duties in by_band.items()
    ]
    for band in bands:
        assert [row.uid for row in band.rows] == [duty.uid for duty in by_band[band.code]]
    counts = {
        name: shown.context[name] for name in ("open", "late", "week", "later", "undated", "drafts")
    }
    assert counts == {"open": 6, "late": 2, "week": 2, "later": 1, "undated": 1, "drafts": 1}
    assert bands[1].until == sunday
    of_debtor = Visit(cast.ha).look(page_of(cast.ho_sen)).context
    assert [(band.code, band.count) for band in of_debtor["bands"]] == [
        (code, len(duties)) for code, duties in by_band.items() if code != "draft"
    ]
    assert (of_debtor["open"], of_debtor["drafts"], of_debtor["frame"].mine) == (6, 0, 6)


def test_a_long_band_opens_the_full_list(cast: Cast) -> None:
    for _each in range(51):
        owed(cast, TODAY - timedelta(days=3))
    visit = Visit(cast.ha)

    (band,) = visit.look(page_of(cast.ho_sen)).context["bands"]
    behind = visit.look(band.more_url)

    assert (band.count, len(band.rows)) == (51, 50)
    assert {one.code: one.count for one in behind.context["classes"] if one.is_current} == {
        "open_overdue": 51
    }


def test_an_earlier_day_knows_nothing_of_what_was_issued_later(cast: Cast) -> None:
    owed(cast, TODAY + timedelta(days=3))
    visit = Visit(cast.ha)

    def counts(day: date) -> tuple[int, int]:
        shown = visit.look(f"{page_of(cast.ho_sen)}?on={day.isoformat()}")
        return shown.context["open"], shown.context["late"]

    assert counts(TODAY - timedelta(days=1)) == (0, 0)
    assert counts(TODAY) == (1, 0)
    assert counts(TODAY + timedelta(days=3)) == (1, 0)
    assert counts(TODAY + timedelta(days=4)) == (1, 1)


def test_an_abolished_unit_keeps_its_page_and_its_last_place(cast: Cast) -> None:
    shown = Visit(cast.chi).look(page_of(cast.sen_cu)).context["unit"]
    before = Visit(cast.chi).look(f"{page_of(cast.sen_cu)}?on=2023-06-01").context["unit"]

    assert (shown.until, shown.crumbs) == (date(2023, 12, 31), ())
    assert [crumb.name for crumb in before.crumbs] == ["Thành phố Hồ Sen", "Quận Hồ Sen"]


def test_who_holds_which_post_is_for_those_who_may_know(cast: Cast) -> None:
    def people(visit: Visit) -> list[tuple[str, str]]:
        posts = visit.look(page_of(cast.dong_gao)).context["posts"]
        return [(row.person_name, row.post_text) for row in posts]

    assert people(Visit(cast.khe)) == [
        ("Lê Minh Khê", "Chuyên viên"),
        ("Hoàng Bách", "Chuyên viên"),
    ]
    assert people(Visit(cast.bach)) == []
    assert people(Visit(cast.ha)) == []


def test_the_calendar_marks_the_days_of_the_month(cast: Cast) -> None:
    owed(cast, TODAY - timedelta(days=2))
    for _each in range(2):
        owed(cast, TODAY + timedelta(days=1))
    owed(cast, TODAY + timedelta(days=60))
    owed(cast, TODAY + timedelta(days=1), is_issued=False)

    calendar = Visit(cast.ha).look(page_of(cast.ho_sen)).context["calendar"]

    days = [day for week in calendar.weeks for day in week if day.number]
    assert (len(days), {len(week) for week in calendar.weeks}) == (31, {7})
    assert [(day.number, day.count, day.is_late, day.url) for day in days if day.count] == [
        (5, 1, True, "#late"),
        (8, 2, False, "#week"),
    ]
    assert [day.number for day in days if day.is_today] == [7]


def test_a_unit_that_never_was_is_not_found(cast: Cast) -> None:
    Visit(cast.chi).look(f"/units/{key()}/", status=404)


def test_names_follow_the_language(cast: Cast) -> None:
    visit = Visit(cast.chi)
    visit.send("/language/", {"language": "en", "next": "/units/"}, status=302)

    nodes = [branch.node for branch in visit.look("/units/").context["branches"]]

    assert [(node.name, node.kind_text) for node in nodes][:3] == [
        ("Ho Sen City", "City"),
        ("Office of the City Party Committee", "Party office"),
        ("Dong Gao District", "District"),
    ]


def test_cost_does_not_grow_with_the_tree(cast: Cast) -> None:
    owed(cast, TODAY)
    visit = Visit(cast.chi)
    few = visit.cost("/units/"), visit.cost(page_of(cast.ho_sen))
    for _each in range(10):
        make_unit(parent=cast.ho_sen)
        owed(cast, TODAY)

    assert few == (10, 16)
    assert (visit.cost("/units/"), visit.cost(page_of(cast.ho_sen))) == few


def test_a_comparison_names_every_unit_page_by_page(cast: Cast) -> None:
    for number in range(130):
        make_unit(parent=cast.dong_gao, since=date(2024, 2, 1), name_vi=f"Khối {number:03}")
    visit = Visit(cast.an)

    def page(path: str):
        return visit.look(path).context["differences"][0]

    first = page("/units/?on=2024-08-07&since=2023-12-31")
    second = page(first.after_url)
    third = page(second.after_url)

    pages = (first, second, third)
    assert [(one.first, one.last, one.count) for one in pages] == [
        (1, 60, 130),
        (61, 120, 130),
        (121, 130, 130),
    ]
    assert [one.is_open for one in pages] == [False, True, True]
    assert (first.before_url, third.after_url) == (None, None)
    assert page(third.before_url).units == second.units
    named = [unit.name for one in pages for unit in one.units]
    assert named == [f"Khối {number:03}" for number in range(130)]
    for strange in ("0", "99", "x", "-1", "9" * 400):
        assert page(f"/units/?on=2024-08-07&since=2023-12-31&diff=come&page={strange}").first == 1
