"""The morning of a leader: what changed since a day, what comes this week, which reports wait."""

from datetime import timedelta

import pytest

from lotrinh.rules.duty_states import Step
from tests.apps.duties.test_totals import drafted, step_on
from tests.cast import Cast
from tests.factories import TODAY
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.django_db
MORNING = "/duties/morning/"


def some_days(cast: Cast) -> None:
    """Last week one was issued and claimed; yesterday one fell overdue; today two were issued."""
    before = TODAY - timedelta(7)
    duty = step_on(drafted(cast), Step.ISSUE, cast, before)
    step_on(duty, Step.CLAIM, cast, before)
    step_on(drafted(cast, TODAY - timedelta(1)), Step.ISSUE, cast, TODAY - timedelta(20))
    step_on(drafted(cast, TODAY + timedelta(2)), Step.ISSUE, cast, TODAY)
    step_on(drafted(cast), Step.ISSUE, cast, TODAY)


def test_the_morning_tells_what_changed_since_yesterday(cast: Cast) -> None:
    some_days(cast)
    visit = Visit(cast.thach)

    shown = visit.look(MORNING).context

    assert [(words, n) for words, n, _ in shown["news"]] == [("đã giao", 2)]
    assert (shown["fell"], shown["coming"]) == (1, 1)
    assert "1 trong 4 nhiệm vụ chưa xong đã quá hạn" in text_of(visit.look(MORNING))
    doors = [(url, n) for _, n, url in shown["news"]]
    doors += [(shown["fell_url"], 1), (shown["coming_url"], 1)]
    assert [url for url, n in doors if visit.look(url).context["total"] != n] == []


def test_one_may_ask_for_the_news_of_a_week(cast: Cast) -> None:
    some_days(cast)
    visit = Visit(cast.thach)
    week = next(url for _, url, _ in visit.look(MORNING).context["sinces"][1:])

    shown = visit.look(week).context

    assert [(words, n) for words, n, _ in shown["news"]] == [
        ("đã giao", 3),
        ("đã báo cáo hoàn thành", 1),
    ]
    assert [visit.look(url).context["total"] for _, _, url in shown["news"]] == [3, 1]


def test_news_are_of_what_one_sees(cast: Cast) -> None:
    some_days(cast)

    shown = Visit(cast.khe).look(MORNING).context

    assert (shown["news"], shown["fell"], shown["coming"]) == ([], 0, 0)
    assert "Không có gì thay đổi." in text_of(Visit(cast.khe).look(MORNING))


def test_nothing_that_is_none_is_shouted(cast: Cast) -> None:
    page = text_of(Visit(cast.thach).look(MORNING))

    assert "Không có việc nào chờ ông, bà quyết định." in page
    assert "đến hạn tuần này" not in page


def test_a_report_that_waits_for_approval_is_told(cast: Cast, handed_in: object) -> None:
    shown = Visit(cast.thach).look(MORNING).context

    assert shown["reports"] == len(shown["first_reports"]) == 1
    assert Visit(cast.thach).look("/reports/").context["waiting"] == 1


def test_the_morning_costs_few_queries_with_reports_too(cast: Cast, handed_in: object) -> None:
    some_days(cast)

    assert Visit(cast.thach).cost(MORNING) <= 20
    assert Visit(cast.thach).cost("/targets/pace/?as=line") <= 20


def test_targets_that_will_be_missed_have_a_page(cast: Cast) -> None:
    shown = Visit(cast.thach).look("/targets/pace/").context

    assert (shown["total"], shown["rows"]) == (0, [])
    line = text_of(Visit(cast.thach).look("/targets/pace/?as=line"))
    assert "chưa có chỉ tiêu nào được dự báo là không đạt" in line
