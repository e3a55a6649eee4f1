"""The pages of conferences: planned, called, opened, told for, seen; no count of nothing."""

import pytest
from django.urls import reverse

from lotrinh.apps.dissemination.models import Conference, Headcount, Signal
from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units.services import Choice, save_group
from tests.conferences import begin, call, count, plan, site_at
from tests.factories import NOW, key, make_document, make_tree
from tests.web.visiting import Visit, text_of

MOST = 20


@pytest.fixture
def paper(cast):
    return make_document(keeper=cast.city, user=cast.chi)


@pytest.fixture
def conference(cast, paper):
    held = plan(cast.city, paper, user=cast.chi)
    call(held, [cast.ho_sen, cast.dong_gao, cast.sen_tay], user=cast.chi)
    return held


def page(name, uid):
    return reverse(name, kwargs={"uid": uid})


def test_it_is_planned_from_a_form_once(paper, cast):
    chi = Visit(cast.chi)
    chi.look(reverse("conference-new"))
    form = {
        "client_key": str(key()),
        "title": "Hội nghị quán triệt",
        "unit": cast.city.name_vi,
        "day": "9/8/2024",
        "begins": "14h00",
        "place": "Hội trường",
        "counting": "headcount",
        "documents": [str(paper.uid)],
    }

    chi.send(reverse("conference-new"), form)
    chi.send(reverse("conference-new"), form)

    made = Conference.objects.get()
    assert (made.title, made.begins.hour, made.day.day) == ("Hội nghị quán triệt", 14, 9)
    past = chi.send(
        reverse("conference-new"), form | {"client_key": str(key()), "day": "1/8/2024"}, status=422
    )
    assert "Chọn hôm nay hoặc một ngày sắp tới." in text_of(past)
    Visit(cast.nghiem).look(reverse("conference-new"), status=403)


def test_a_group_is_called_and_who_is_left_out_is_named(paper, cast):
    held = plan(cast.city, paper, user=cast.chi)
    choice = Choice(
        name_vi="Quận, phường",
        name_en="Districts, wards",
        tree=make_tree(),
        added=[cast.ho_sen, cast.dong_gao, cast.sen_tay],
    )
    save_group(code="quan-phuong", choice=choice, actor=SYSTEM, at=NOW)
    form = {"group": "quan-phuong", "without": "Huyện Chưa Có", "n-delegates": "40"}
    chi = Visit(cast.chi)

    wrong = chi.send(page("conference-call", held.uid), form, status=422)
    assert "Huyện Chưa Có" in text_of(wrong)
    assert held.sites.count() == 1
    chi.send(page("conference-call", held.uid), form | {"without": cast.dong_gao.name_vi})

    assert set(held.sites.values_list("unit", flat=True)) == {
        cast.city.pk,
        cast.ho_sen.pk,
        cast.sen_tay.pk,
    }


def test_a_site_tells_and_the_room_adds_up(conference, cast):
    chi, mai = Visit(cast.chi), Visit(cast.mai)
    site = site_at(conference, cast.sen_tay)
    shown = text_of(mai.look(page("site", site.uid)))
    assert "Số người dự được đếm sau khi hội nghị khai mạc." in shown
    chi.send(page("conference-open", conference.uid), {})

    form = {"client_key": str(key()), "n-delegates": "27"}
    mai.send(page("site-link", site.uid), {"client_key": str(key()), "link": "connected"})
    mai.send(page("site-count", site.uid), form)
    mai.send(page("site-count", site.uid), form)

    assert (Headcount.objects.count(), Signal.objects.count()) == (1, 1)
    shown = text_of(chi.look(page("conference", conference.uid)))
    assert "hội nghị kết nối 1/4 điểm cầu, với 27 đại biểu tham dự." in shown
    assert "3 điểm cầu chưa báo số người dự." in shown
    assert text_of(chi.look(page("conference-room", conference.uid))).startswith('<div id="room"')
    empty = mai.send(page("site-count", site.uid), {"client_key": str(key())}, status=422)
    assert "Nhập số người có mặt" in text_of(empty)
    odd = mai.send(page("site-count", site.uid), form | {"n-delegates": "hai"}, status=422)
    assert "Nhập số nguyên" in text_of(odd)


def test_what_is_over_is_told_and_nothing_is_kept(conference, cast):
    begin(conference, user=cast.chi)
    site = site_at(conference, cast.sen_tay)
    chi, mai = Visit(cast.chi), Visit(cast.mai)
    chi.send(page("conference-close", conference.uid), {})

    mai.send(page("site-count", site.uid), {"client_key": str(key()), "n-delegates": "27"})

    assert not Headcount.objects.exists()
    assert "Chưa lưu được" in text_of(mai.look(page("site", site.uid)))
    chi.send(page("conference-open", conference.uid), {})
    conference.refresh_from_db()
    assert conference.state == "closed"


def test_strangers_see_none_of_it_and_a_site_sees_its_own(conference, cast):
    begin(conference, user=cast.chi)
    count(site_at(conference, cast.dong_gao), 31, user=cast.chi)

    shown = text_of(Visit(cast.mai).look(page("conference", conference.uid)))
    assert cast.dong_gao.name_vi not in shown and "với 0/30 đại biểu" in shown
    Visit(cast.mai).look(page("site", site_at(conference, cast.dong_gao).uid), status=404)
    Visit(cast.an).look(page("conference", conference.uid), status=404)


def test_pages_ask_the_database_little(conference, cast):
    begin(conference, user=cast.chi)
    count(site_at(conference, cast.sen_tay), 27, user=cast.mai)
    chi = Visit(cast.chi)

    costs = {
        name: chi.cost(path)
        for name, path in {
            "list": reverse("conferences"),
            "conference": page("conference", conference.uid),
            "room": page("conference-room", conference.uid),
            "site": page("site", site_at(conference, cast.sen_tay).uid),
        }.items()
    }

    assert {name: cost for name, cost in costs.items() if cost > MOST} == {}


def test_a_site_is_called_otherwise_or_taken_back_until_it_begins(conference, cast):
    chi, site = Visit(cast.chi), site_at(conference, cast.dong_gao)
    main = conference.sites.get(is_main=True)
    chi.send(page("site-summons", site.uid), {"n-delegates": "12"})
    assert [one.number for one in site.summons.all()] == [12]
    chi.send(page("site-summons", site.uid), {"n-delegates": "-1"}, status=422)
    chi.send(page("site-drop", main.uid), {})
    assert "Điểm cầu chính" in text_of(chi.look(page("site", main.uid)))
    chi.send(page("site-drop", site.uid), {})
    assert not conference.sites.filter(pk=site.pk).exists()
    other = site_at(conference, cast.sen_tay)
    begin(conference, user=cast.chi)

    chi.send(page("site-drop", other.uid), {})

    assert conference.sites.filter(pk=other.pk).exists()


def test_single_units_are_called_besides_a_group(paper, cast):
    held = plan(cast.city, paper, user=cast.chi)
    chi, path = Visit(cast.chi), page("conference-call", held.uid)

    nobody = chi.send(path, {"n-delegates": "5"}, status=422)
    assert "Chọn một nhóm, hoặc nêu tên các đơn vị." in text_of(nobody)
    chi.send(path, {"also": f"{cast.sen_tay.name_vi}\n{cast.ho_sen.name_vi}", "n-delegates": "5"})

    assert set(held.sites.values_list("unit", flat=True)) == {
        cast.city.pk,
        cast.ho_sen.pk,
        cast.sen_tay.pk,
    }


def test_a_city_names_its_own_classes(conference, cast):
    chi, path = Visit(cast.chi), reverse("attendee-classes")
    chi.look(path)
    chi.send(path, {"code": "Leaders", "name_vi": "Lãnh đạo", "name_en": "Leaders"})
    chi.send(path, {"code": "xa xa", "name_vi": "Lãnh đạo", "name_en": ""}, status=422)
    Visit(cast.mai).look(path, status=403)
    assert "Lãnh đạo" in text_of(chi.look(page("conference-call", conference.uid)))

    old = {"code": "leaders", "name_vi": "Lãnh đạo", "name_en": "Leaders", "until": "1/8/2024"}
    chi.send(path, old)

    assert "Lãnh đạo" not in text_of(chi.look(page("conference-call", conference.uid)))
