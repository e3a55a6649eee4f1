"""The page of notices: what one was told, how the duty stands by now, and the ladder itself."""

from datetime import date

import pytest

from lotrinh.apps.duties import services
from lotrinh.apps.duties.models import Notice
from tests.factories import NOW, key, make_duty, make_officer
from tests.unchanged import nothing_changes
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.django_db

DUE = date(2024, 9, 29)


@pytest.fixture
def told(cast, settings):
    settings.LOTRINH_TODAY = date(2024, 9, 30)
    make_duty(
        owed_to=cast.city,
        user=cast.chi,
        unit=cast.ho_sen,
        person=cast.person(cast.ha),
        is_issued=True,
    )
    services.climb_ladder(on=date(2024, 9, 26), at=NOW)
    services.climb_ladder(on=date(2024, 9, 30), at=NOW)


def test_one_reads_what_one_was_told_the_latest_first(cast, told):
    answer = Visit(cast.ha).look("/notices/")

    lines = answer.context["notices"]
    assert [(line.rung_name, line.on, line.is_new, line.status.code) for line in lines] == [
        ("Quá hạn", date(2024, 9, 30), True, "late"),
        ("Sắp đến hạn", date(2024, 9, 26), True, "late"),
    ]
    page = text_of(answer)
    assert page.count(f"/duties/{lines[0].duty_uid}/") == 2
    assert "15 ngày sau hạn" in page


def test_nobody_reads_what_others_were_told(cast, told):
    for user in (cast.thach, cast.khe, cast.mai, cast.an):
        assert Visit(user).look("/notices/").context["notices"] == []


def test_one_marks_as_read_what_was_on_the_page_and_that_twice_is_once(cast, told):
    visit = Visit(cast.ha)
    shown = visit.look("/notices/")
    until = shown.context["newest"]
    assert "2 thông báo chưa đọc." in text_of(shown)
    make_duty(
        owed_to=cast.city,
        user=cast.chi,
        unit=cast.ho_sen,
        person=cast.person(cast.ha),
        is_issued=True,
    )
    services.climb_ladder(on=date(2024, 9, 30), at=NOW)

    visit.send("/notices/read/", {"until": until})
    stranger = Visit(cast.mai)
    with nothing_changes():
        visit.send("/notices/read/", {"until": until})
        for other in ("", "x", key()):
            visit.send("/notices/read/", {"until": other})
        stranger.send("/notices/read/", {"until": until})

    after = visit.look("/notices/")
    assert [line.is_new for line in after.context["notices"]] == [True, False, False]
    assert after.context["frame"].notices == 1
    assert visit.client.get("/notices/read/").status_code == 405


def test_beyond_a_hundred_unread_notices_the_page_says_that_there_are_more(cast, told):
    duty, reader = Notice.objects.all()[0].duty, cast.person(cast.ha)

    def tell(first: int, last: int) -> None:
        Notice.objects.bulk_create(
            Notice(duty=duty, rung=f"r{n}", due=DUE, on=DUE, person=reader, at=NOW)
            for n in range(first, last)
        )

    tell(0, 97)
    shown = Visit(cast.ha).look("/notices/")
    assert "99 thông báo chưa đọc." in text_of(shown)
    assert "(99)" in text_of(shown)

    tell(97, 98)
    shown = Visit(cast.ha).look("/notices/")
    assert "Hơn 99 thông báo chưa đọc." in text_of(shown)
    assert "(99+)" in text_of(shown)


def test_in_english_the_ladder_has_english_names(cast, told):
    user = make_officer(cast.ho_sen, language="en")
    visit = Visit(user)

    rungs = visit.look("/notices/").context["rungs"]
    named = {(rung.name, rung.day_text) for rung in rungs}
    assert ("Taken one level up", "15 days after the deadline") in named
    assert ("Overdue", "1 day after the deadline") in named


def test_the_page_costs_no_more_for_more_notices(cast, told):
    visit = Visit(cast.ha)
    before = visit.cost("/notices/")
    for _ in range(3):
        make_duty(
            owed_to=cast.city,
            user=cast.chi,
            unit=cast.ho_sen,
            person=cast.person(cast.ha),
            is_issued=True,
        )
    services.climb_ladder(on=date(2024, 9, 30), at=NOW)

    assert len(visit.look("/notices/").context["notices"]) == 5
    assert visit.cost("/notices/") == before <= 20
