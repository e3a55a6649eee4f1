"""The board, a document at a glance, the morning page: every number opens what it counts."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from lotrinh.rules.duty_states import Step
from lotrinh.rules.standing import Standing
from lotrinh.rules.tally import Tally
from lotrinh.web.presenters.totals import shares_of
from tests.apps.duties.test_totals import drafted, step_on
from tests.architecture.walking import walked
from tests.cast import Cast
from tests.factories import TODAY
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.django_db


def everywhere(cast: Cast) -> None:
    """Issue to Hồ Sen two duties, one late; to its ward a late one; to Đồng Gạo a monthly one."""
    late = TODAY - timedelta(days=1)
    step_on(drafted(cast, late), Step.ISSUE, cast, TODAY)
    step_on(drafted(cast), Step.ISSUE, cast, TODAY)
    step_on(drafted(cast, late, cast.sen_tay, cast.mai), Step.ISSUE, cast, TODAY)
    step_on(drafted(cast, None, cast.dong_gao, cast.khe), Step.ISSUE, cast, TODAY)
    walked(cast, (Step.ISSUE, Step.ACCEPT, Step.CLAIM, Step.VERIFY))
    walked(cast, (Step.ISSUE, Step.CANCEL))


def doors(totals: Any) -> list[Any]:
    return [*totals.numbers, totals.whole, totals.refused, totals.cancelled]


@pytest.mark.parametrize(
    "name", ["thach", *(pytest.param(name, marks=pytest.mark.slow) for name in ("ha", "mai"))]
)
def test_every_number_of_the_board_opens_exactly_so_many_duties(cast: Cast, name: str) -> None:
    everywhere(cast)
    visit = Visit(getattr(cast, name))
    for path in ("/duties/board/", f"/duties/board/?under={cast.ho_sen.uid}"):
        shown = visit.look(path).context
        held = doors(shown["totals"])
        held += [one for line in shown["lines"] for one in doors(line.totals)]
        assert [
            (one.url, one.count)
            for one in held
            if visit.look(one.url).context["total"] != one.count
        ] == []
        assert shown["totals"].whole.count == sum(
            line.totals.whole.count for line in shown["lines"]
        )


def test_the_board_prints_its_shares_with_their_denominators(cast: Cast) -> None:
    everywhere(cast)
    shown = Visit(cast.thach).look("/duties/board/")

    assert [
        (one.code, one.part, one.whole, one.percent_text) for one in shown.context["shares"]
    ] == [
        ("done_of_judged", 1, 3, "33,3"),
        ("on_time_of_judged", 1, 3, "33,3"),
        ("on_time_of_all", 1, 5, "20"),
        ("overdue_of_judged", 2, 3, "66,7"),
    ]
    assert shown.context["totals"].cancelled.count == 1
    assert "1/3" in text_of(shown)
    assert text_of(shown).count('<svg class="lt-swatch"') == 6  # the key of what is drawn


def test_a_small_share_is_printed_with_two_decimals() -> None:
    told = shares_of(
        Tally(
            {
                Standing.DONE_ON_TIME: 14_068,
                Standing.DONE_LATE: 1_983,
                Standing.OPEN_IN_TERM: 5_640,
                Standing.OPEN_OVERDUE: 223,
            }
        )
    )

    assert [one.percent_text for one in told] == ["98,6", "86,4", "64,2", "1,37"]


def test_a_board_with_nothing_on_it_says_so_instead_of_a_share(cast: Cast) -> None:
    shown = Visit(cast.an).look("/duties/board/")

    assert shown.context["totals"].whole.count == 0
    assert {one.percent_text for one in shown.context["shares"]} == {None}


def test_a_document_at_a_glance_opens_its_own_duties_only(cast: Cast) -> None:
    everywhere(cast)
    duty = step_on(drafted(cast), Step.ISSUE, cast, TODAY)
    document = duty.sources.get().rendition.document
    visit = Visit(cast.thach)

    shown = visit.look(f"/documents/{document.uid}/glance/").context

    assert shown["totals"].whole.count == 1
    opened = visit.look(shown["totals"].whole.url).context
    assert [row.uid for row in opened["duties"]] == [duty.uid]
    Visit(cast.khe).look(f"/duties/counted/?document={document.uid}", status=404)


def test_the_morning_page_counts_what_its_lists_hold(cast: Cast) -> None:
    everywhere(cast)
    step_on(drafted(cast), Step.ISSUE, cast, date(2024, 1, 2))
    for steps in ((Step.CLAIM,), (Step.REFUSE,), (Step.ASK,)):
        walked(cast, (Step.ISSUE, *steps))
    walked(cast, (Step.ISSUE, Step.CLAIM, Step.RETURN, Step.CONTEST))
    visit = Visit(cast.thach)

    shown = visit.look("/duties/morning/").context

    assert [(code, n) for code, n, _, _ in shown["decisions"]] == [
        ("claim", 1),
        ("refusal", 1),
        ("more_time", 1),
        ("contest", 1),
    ]
    opened = {url: visit.look(url).context["total"] for _, _, url, _ in shown["decisions"]}
    assert set(opened.values()) == {1}
    assert (shown["overdue"], shown["silent"]) == (2, 1)
    assert visit.look(shown["overdue_url"]).context["total"] == 2
    assert visit.look(shown["silent_url"]).context["total"] == 1
    assert visit.look(shown["without_person_url"]).context["total"] == shown["without_person"]
    assert visit.look(shown["elsewhere_url"]).context["total"] == shown["elsewhere"]


def test_each_row_of_the_morning_says_what_is_to_be_done(cast: Cast) -> None:
    everywhere(cast)
    claimed, refused, asked, contested = (
        walked(cast, (Step.ISSUE, *steps))
        for steps in (
            (Step.CLAIM,),
            (Step.REFUSE,),
            (Step.ASK,),
            (Step.CLAIM, Step.RETURN, Step.CONTEST),
        )
    )
    visit = Visit(cast.thach)

    answer = visit.look("/duties/morning/")

    shown = answer.context
    acts = {row.uid: row.act for _, _, _, rows in shown["decisions"] for row in rows}
    assert acts == {
        claimed.uid: "verify",
        refused.uid: "decide",
        asked.uid: "decide",
        contested.uid: "decide",
    }
    assert {row.act for row in shown["latest"]} == {"urge"}
    verify = f"/duties/{claimed.uid}/step/verify/"
    assert [words in text_of(answer) for words in (verify, ">Xác nhận<", ">Quyết định<")] == [
        True
    ] * 3
    assert visit.look(verify).context["refused_text"] == ""
    reader = Visit(cast.nghiem).look("/duties/morning/").context
    assert {row.act for row in reader["latest"]} == {""}


def test_who_judges_nothing_decides_nothing_in_the_morning(cast: Cast) -> None:
    walked(cast, (Step.ISSUE, Step.CLAIM))

    assert Visit(cast.ha).look("/duties/morning/").context["to_decide"] == 0


def test_the_list_behind_a_number_is_given_as_a_file_with_days_as_days(cast: Cast) -> None:
    everywhere(cast)
    answer = Visit(cast.thach).look("/duties/counted.xlsx?class=open_overdue")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    days = [row[5] for row in rows.to_python()[1:]]

    assert days == [TODAY - timedelta(days=1)] * 2
    told = Visit(cast.khe).look("/duties/counted.csv").content.decode("utf-8-sig")
    assert len(told.splitlines()) == 1 + len(("the period of August of the monthly duty",))


@pytest.mark.parametrize("path", ["/duties/morning/", "/duties/board/", "/duties/silent/"])
def test_a_page_of_totals_costs_few_queries(cast: Cast, path: str) -> None:
    everywhere(cast)
    walked(cast, (Step.ISSUE, Step.CLAIM))

    assert Visit(cast.thach).cost(path) <= 20


def test_the_page_of_silence_holds_its_duties_by_unit_and_gives_them_as_a_file(cast: Cast) -> None:
    everywhere(cast)
    quiet = step_on(drafted(cast), Step.ISSUE, cast, date(2024, 1, 2))
    visit = Visit(cast.thach)

    shown = visit.look("/duties/silent/").context

    assert [(one.name, one.count) for one in shown["groups"]] == [("Quận Hồ Sen", 1)]
    ((row,),) = [one.rows for one in shown["groups"]]
    assert (row.row.uid, row.heard_on, row.issued_on) == (quiet.uid, None, date(2024, 1, 2))
    assert [(one.since, row.ask_text) for one in row.reasons] == [
        (date(2024, 3, 3), cast.person(cast.ha).full_name)
    ]
    assert {code: n for code, _, n, _ in shown["whys"]}["no_word"] == shown["total"] == 1
    assert shown["total"] == visit.look("/duties/morning/").context["silent"]
    assert visit.look("/duties/silent/?why=elsewhere").context["total"] == 0
    lines = visit.look("/duties/silent.csv").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "2024-03-03" in lines[1]
    assert Visit(cast.khe).look("/duties/silent/").context["total"] == 0


def test_units_that_owe_nothing_are_folded_into_one_line_that_opens(cast: Cast) -> None:
    step_on(drafted(cast), Step.ISSUE, cast, TODAY)
    visit = Visit(cast.thach)

    shown = visit.look("/duties/board/").context
    opened = visit.look(shown["unfold_url"]).context

    assert [line.name for line in shown["lines"]] == ["Thành phố Hồ Sen", "Quận Hồ Sen"]
    assert len(opened["lines"]) == len(shown["lines"]) + shown["folded"]
    assert (shown["folded"], opened["folded"]) == (2, 0)


def test_every_number_of_a_unit_at_a_glance_opens_exactly_so_many_duties(cast: Cast) -> None:
    everywhere(cast)
    step_on(drafted(cast), Step.ISSUE, cast, date(2024, 1, 2))
    for steps in ((Step.CLAIM,), (Step.REFUSE,), (Step.ASK,)):
        walked(cast, (Step.ISSUE, *steps))
    visit = Visit(cast.thach)

    shown = {
        unit: visit.look(f"/units/{getattr(cast, unit).uid}/glance/").context
        for unit in ("city", "ho_sen")
    }

    told = [side for found in shown.values() for side in found["sides"]]
    held = [one for side in told for one in (*doors(side.totals), side.silent)]
    held_urls = [(one.count, one.url) for one in held]
    held_urls += [(n, url) for found in shown.values() for _, n, url in found["decisions"]]
    assert [(n, url) for n, url in held_urls if visit.look(url).context["total"] != n] == []
    assert [side.totals.whole.count for side in told] == [0, 9, 7, 0]
    assert [side.silent.count for side in told] == [0, 1, 1, 0]
    assert [found["to_decide"] for found in shown.values()] == [3, 0]
    assert visit.cost(f"/units/{cast.city.uid}/glance/") <= 20


def test_the_morning_opens_the_clear_drafts_that_wait_to_be_issued(cast: Cast) -> None:
    drafted(cast)
    leader, officer = Visit(cast.thach), Visit(cast.ha)

    shown = leader.look("/duties/morning/")
    listed = leader.look(shown.context["to_issue_url"])

    assert shown.context["to_issue"] == listed.context["total"] == 1
    assert officer.look("/duties/morning/").context["to_issue"] == 0
    assert officer.look(shown.context["to_issue_url"]).context["total"] == 0
