"""From a sentence to a deadline on the page: counted, kept as said, never guessed silently."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from lotrinh.apps.duties import selectors as duties
from lotrinh.apps.duties import services
from lotrinh.apps.duties.models import Duty
from lotrinh.apps.duties.selectors import OwnCounting
from lotrinh.apps.duties.services import Passage
from lotrinh.apps.intake import selectors as readings
from lotrinh.rules.due_days import Before, Due, Precision
from lotrinh.web.formatting import ordinal
from lotrinh.web.presenters.standing import recurrence_text
from tests.cast import Cast
from tests.factories import NOW, TODAY, an_assignment, key, make_duty, make_run
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.django_db

PLAN = """ỦY BAN NHÂN DÂN
THÀNH PHỐ HỒ SEN
Số: 41/KH-UBND
Hồ Sen, ngày 02 tháng 7 năm 2024

KẾ HOẠCH
Về việc đào tạo cán bộ

Điều 1. Giao Ủy ban nhân dân Quận Hồ Sen {words}.
"""


def card(cast: Cast, words: str):
    run = make_run(keeper=cast.city, user=cast.chi, text=PLAN.format(words=words))
    page = f"/documents/{run.rendition.document.uid}/desk/"
    (found,) = [one for one in Visit(cast.chi).look(page).context["cards"] if one.kind == "task"]
    return run, found


def count_so(cast: Cast, **own) -> None:
    services.set_counting(
        unit=cast.city,
        own=OwnCounting(**own),
        since=TODAY,
        read=None,
        user=cast.chi,
        client_key=key(),
        on=TODAY,
        at=NOW,
    )


@pytest.mark.parametrize(
    ("words", "due", "recurrence"),
    [
        ("xây dựng kế hoạch đào tạo trong tháng 9 năm 2024", "30/9/2024", ""),
        ("xây dựng kế hoạch đào tạo trước ngày 30/9/2024", "29/9/2024", ""),
        ("xây dựng kế hoạch đào tạo trước ngày 15/6", "14/6/2025", ""),
        ("báo cáo kết quả đào tạo trước ngày 20 hằng tháng", "", "monthly:19"),
        ("báo cáo kết quả đào tạo định kỳ 3 tháng/lần", "", "quarterly"),
        ("xây dựng kế hoạch đào tạo", "", ""),
    ],
)
def test_the_desk_fills_in_the_last_day_and_how_often(
    cast: Cast, words: str, due: str, recurrence: str
) -> None:
    run, found = card(cast, words)
    sent = {"client_key": str(key()), "title": "Đào tạo", "unit": "Quận Hồ Sen", "due": found.due}
    (row,) = [one for one in readings.candidates_of(run=run) if one.kind == "task"]
    Visit(cast.chi).send(f"/proposals/{row.uid}/accept/", sent)

    made = Duty.objects.get()
    assert (found.due, made.recurrence) == (due, recurrence)


def test_working_days_from_receipt_are_counted_by_the_calendar(cast: Cast) -> None:
    words = "báo cáo kết quả chậm nhất 05 ngày làm việc kể từ ngày nhận được văn bản"
    _run, found = card(cast, words)

    assert found.due == "14/8/2024"  # Wednesday a week after
    assert any("7/8/2024" in look.why for look in found.looks)


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("xây dựng kế hoạch đào tạo", "19/8/2024"),  # the 17th is a Saturday
        ("báo cáo kết quả hằng tháng", ""),
        ("xây dựng kế hoạch đào tạo trong tháng 9 năm 2024", "30/9/2024"),
    ],
)
def test_an_office_gives_its_own_days_only_where_nothing_is_said(
    cast: Cast, words: str, due: str
) -> None:
    count_so(cast, default_days=10)

    assert card(cast, words)[1].due == due


def test_an_inferred_year_is_asked_about_and_shown_as_inferred(cast: Cast) -> None:
    run, found = card(cast, "xây dựng kế hoạch đào tạo trước ngày 15/6")
    assert "year" in found.questions
    (row,) = [one for one in readings.candidates_of(run=run) if one.kind == "task"]
    visit = Visit(cast.chi)
    sent = {"client_key": str(key()), "title": "Đào tạo", "unit": "Quận Hồ Sen", "due": found.due}
    visit.send(f"/proposals/{row.uid}/accept/", sent)

    shown = visit.look(f"/duties/{Duty.objects.get().uid}/")
    (stated,) = shown.context["deadlines"]
    assert (stated.stated_text, stated.is_inferred) == ("15/6", True)
    assert stated.bound_text == "đến hết ngày 14/6/2025"
    assert "năm suy ra" in text_of(shown)


def test_all_sources_are_shown_and_the_earliest_is_named(cast: Cast) -> None:
    duty = make_duty(owed_to=cast.city, user=cast.chi, unit=cast.ho_sen)
    text = duty.sources.get().rendition
    for start, iso in ((30, "2024-09"), (60, "2024-Q3"), (90, "2024-08-15")):
        passage = Passage(rendition=text, start=start, end=start + 5, stated_due=iso)
        services.add_source(duty=duty, passage=passage, actor=cast.chi.named, at=NOW)

    rows = Visit(cast.chi).look(f"/duties/{duty.uid}/").context["deadlines"]
    assert [(row.stated_text, row.bound_text, row.is_earliest) for row in rows] == [
        ("tháng\xa09/2024", "đến hết ngày 30/9/2024", False),
        ("quý\xa0III/2024", "đến hết ngày 30/9/2024", False),
        ("15/8/2024", "đến hết ngày 15/8/2024", True),
    ]


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ({}, "đến hết ngày 14/6/2025"),
        ({"before": Before.START_OF_DAY}, "đến 0 giờ ngày 15/6/2025"),
        ({"before": Before.START_OF_DAY, "closes_at": 17}, "đến 17 giờ ngày 14/6/2025"),
    ],
)
def test_before_a_day_is_said_as_the_office_says_it(cast: Cast, own: dict, words: str) -> None:
    count_so(cast, **own)
    duty = make_duty(owed_to=cast.city, user=cast.chi, unit=cast.ho_sen)
    passage = Passage(
        rendition=duty.sources.get().rendition,
        start=30,
        end=35,
        stated_due="2025-06-15",
        due=Due(date(2025, 6, 14), Precision.DAY),
    )
    services.add_source(duty=duty, passage=passage, actor=cast.chi.named, at=NOW)

    (row,) = Visit(cast.chi).look(f"/duties/{duty.uid}/").context["deadlines"]
    assert row.bound_text == words


def test_due_soon_is_as_soon_as_the_unit_says(cast: Cast) -> None:
    words = an_assignment(cast.ho_sen, cast.person(cast.ha))
    make_duty(
        owed_to=cast.city,
        user=cast.chi,
        assignment=replace(words, due=date(2024, 8, 20)),
        is_issued=True,
    )
    visit = Visit(cast.ha)

    def status(path: str) -> str:
        context = visit.look(path).context
        rows = context.get("duties") or context["bands"][0].rows
        return rows[0].status.code

    pages = ("/duties/", f"/units/{cast.ho_sen.uid}/")
    assert [status(page) for page in pages] == ["open", "open"]
    count_so(cast, soon_days=14)
    assert [status(page) for page in pages] == ["soon", "soon"]


def test_what_recurs_shows_its_periods_and_a_period_leads_back(cast: Cast) -> None:
    words = an_assignment(cast.ho_sen, cast.person(cast.ha))
    duty = make_duty(
        owed_to=cast.city,
        user=cast.chi,
        assignment=replace(words, recurrence="monthly:20", due=None),
        is_issued=True,
    )
    services.make_periods(on=date(2024, 9, 2), at=NOW)
    visit = Visit(cast.ha)

    shown = visit.look(f"/duties/{duty.uid}/").context
    assert shown["duty"].due_text == "hằng tháng, chậm nhất ngày 20"
    assert [(row.name, row.due_on, row.status.code) for row in shown["periods"]] == [
        ("tháng\xa09/2024", date(2024, 9, 20), "open"),
        ("tháng\xa08/2024", date(2024, 8, 20), "open"),
    ]
    period = visit.look(shown["periods"][0].url).context
    assert (period["period_text"], period["recurring"].uid) == ("tháng\xa09/2024", duty.uid)
    assert (period["duty"].due_on, period["duty"].due_text) == (shown["periods"][0].due_on, None)
    listed = visit.look("/duties/").context["duties"]
    assert {row.sub_text for row in listed} == {"tháng\xa08/2024", "tháng\xa09/2024"}


def test_a_duty_without_a_stated_deadline_has_no_such_table(cast: Cast) -> None:
    duty = make_duty(owed_to=cast.city, user=cast.chi, unit=cast.ho_sen)

    assert Visit(cast.chi).look(f"/duties/{duty.uid}/").context["deadlines"] == ()
    assert duties.sources_of(duty=duty)[0].precision == Precision.NONE


def test_a_day_of_the_month_is_said_as_people_say_it() -> None:
    said = [1, 2, 3, 11, 12, 13, 19, 21, 22, 23, 31]

    with translation.override("en"):
        english = [ordinal(day) for day in said]
        often = recurrence_text("monthly:19")
    with translation.override("vi"):
        vietnamese = ordinal(19)

    assert english == [
        "1st",
        "2nd",
        "3rd",
        "11th",
        "12th",
        "13th",
        "19th",
        "21st",
        "22nd",
        "23rd",
        "31st",
    ]
    assert (often, vietnamese) == ("every month by the 19th", "19")
