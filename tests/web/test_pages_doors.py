"""Doors and delegates: passes are made for those who are called, and let in by the door alone."""

import io
import json
import logging
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import reverse

from lotrinh.apps.dissemination import services
from lotrinh.apps.dissemination.models import CheckIn, Delegate
from lotrinh.apps.dissemination.passes import door_of, keys_of
from lotrinh.rules.conferences import Counting
from lotrinh.web.discretion import Discreet
from tests.conferences import CLASS, begin, call, name, plan, site_at
from tests.factories import NOW, TODAY, key, make_document
from tests.web.visiting import Visit, text_of

SECRET = settings.SECRET_KEY.encode()


@pytest.fixture
def conference(cast):
    paper = make_document(keeper=cast.city, user=cast.chi)
    held = plan(cast.city, paper, user=cast.chi, counting=Counting.PERSON)
    call(held, [cast.ho_sen, cast.sen_tay], user=cast.chi)
    return held


@pytest.fixture
def site(conference, cast):
    return site_at(conference, cast.sen_tay)


@pytest.fixture
def people(conference, site, cast):
    found = name(site, "An", "Bình", "Cúc", user=cast.mai)
    begin(conference, user=cast.chi)
    return found


def door(site):
    return reverse("door", kwargs={"key": door_of(SECRET, site)})


def passed(delegate):
    keys = keys_of(SECRET, delegate.conference.uid)
    return keys.pass_of(delegate.uid, delegate.version).written()


def send(site, *passes, device=None, at=NOW):
    said = {"device": str(device or key()), "passes": [[one, at.isoformat()] for one in passes]}
    return Visit().client.post(
        reverse("door-passes", kwargs={"key": door_of(SECRET, site)}),
        json.dumps(said),
        content_type="application/json",
    )


def test_people_are_called_by_name_and_their_passes_printed(conference, site, cast):
    mai, here = Visit(cast.mai), reverse("site-delegates", kwargs={"uid": site.uid})
    mai.look(here)
    mai.send(here, {"attendees": CLASS, "names": "Nguyễn  Thị An\n\nTrần Bình\n"})
    mai.send(here, {"attendees": CLASS, "names": " \n"}, status=422)
    mai.send(here, {"attendees": CLASS, "names": "A" * 201}, status=422)

    an, binh = Delegate.objects.order_by("pk")
    assert (an.name, binh.name) == ("Nguyễn Thị An", "Trần Bình")
    shown = text_of(mai.look(here))
    assert door(site) in shown
    printed = text_of(mai.look(reverse("site-passes", kwargs={"uid": site.uid})))
    assert printed.count("<svg") >= 2
    assert passed(an) in printed
    mai.send(reverse("delegate-renew", kwargs={"uid": an.uid}), {})
    assert passed(an) not in text_of(mai.look(reverse("site-passes", kwargs={"uid": site.uid})))


@pytest.mark.parametrize("address", ["site-delegates", "site-passes"])
def test_names_are_for_those_alone_who_tell_for_the_site(site, people, cast, address):
    path = reverse(address, kwargs={"uid": site.uid})
    renewed = reverse("delegate-renew", kwargs={"uid": people[0].uid})

    Visit(cast.an).look(path, status=404)
    Visit(cast.an).send(renewed, {}, status=404)
    Visit(cast.nghiem).look(path, status=403)
    Visit(cast.nghiem).send(renewed, {}, status=403)
    Visit(cast.chi).look(path)


def test_where_heads_are_counted_there_is_no_list_of_names(cast):
    paper = make_document(keeper=cast.city, user=cast.chi)
    site = plan(cast.city, paper, user=cast.chi).sites.get()

    Visit(cast.chi).look(reverse("site-delegates", kwargs={"uid": site.uid}), status=404)


def test_a_typed_pass_is_answered_on_the_page(site, people):
    visit = Visit()
    shown = text_of(visit.look(door(site)))
    assert "An" not in shown.split("<h1>")[1].split("</h1>")[0]

    assert "Kính chào: đã điểm danh." in text_of(
        visit.send(door(site), {"pass": passed(people[0]).lower()}, status=200)
    )
    again = text_of(visit.send(door(site), {"pass": passed(people[0])}, status=200))
    wrong = text_of(visit.send(door(site), {"pass": "LABC"}, status=422))

    assert CheckIn.objects.count() == 1
    assert "<b data-present>1</b>" in again
    assert "Đây không phải thẻ của hội nghị này." in wrong


def test_a_batch_is_answered_pass_by_pass_and_again_alike(site, people):
    device = key()
    first = send(site, passed(people[0]), passed(people[1]), "LNONE", device=device)
    again = send(site, passed(people[0]), passed(people[1]), "LNONE", device=device)

    told = {passed(people[0]): "admitted", passed(people[1]): "admitted", "LNONE": "unknown"}
    assert json.loads(first.content) == {"answers": told} == json.loads(again.content)
    assert CheckIn.objects.count() == 2


def test_a_clock_that_runs_ahead_is_put_back(site, people):
    send(site, passed(people[0]), at=NOW + timedelta(days=900))

    assert CheckIn.objects.get().at < NOW + timedelta(days=900)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "[]",
        "{}",
        '{"device": 1, "passes": []}',
        '{"device": "@", "passes": 7}',
        '{"device": "@", "passes": [["L", "now"]]}',
        '{"device": "@", "passes": [["L", "2024-08-07T02:00"]]}',
        '{"device": "@", "passes": [[["L"], 5]]}',
        "[" * 100_000,
        json.dumps({"device": "@", "passes": [["L", "x"]] * 201}),
    ],
)
def test_what_is_no_batch_is_refused_and_says_what_to_send(site, people, said):
    answer = Visit().client.post(
        reverse("door-passes", kwargs={"key": door_of(SECRET, site)}),
        said.replace("@", str(key())),
        content_type="application/json",
    )

    assert answer.status_code == 400
    assert "200" in json.loads(answer.content)["error"]
    assert not CheckIn.objects.exists()


def test_a_key_opens_its_own_door_on_its_day_alone(site, people, conference, cast, monkeypatch):
    other = site_at(conference, cast.ho_sen)
    whole = urlsplit(door(site)).path
    Visit().look(door(other))
    Visit().look(whole[:-3] + "aa/", status=404)
    Visit().look(reverse("door", kwargs={"key": "a" * 77}), status=404)
    Visit().look("/doors/ü1/", status=404)
    monkeypatch.setattr("lotrinh.web.clock.today", lambda: TODAY + timedelta(days=1))

    Visit().look(whole, status=404)
    assert send(site, passed(people[0])).status_code == 404


def test_after_closing_nobody_is_let_in(site, people, conference, cast):
    services.close_conference(conference_id=conference.pk, user=cast.chi, on=TODAY, at=NOW)

    told = json.loads(send(site, passed(people[0])).content)["answers"]

    assert told == {passed(people[0]): "not_now"}
    assert not CheckIn.objects.exists()


def test_the_log_never_holds_the_key_of_a_door(site):
    told = io.StringIO()
    handler = logging.StreamHandler(told)
    handler.addFilter(Discreet())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        Visit().look(door(site).rstrip("/")[:-2] + "aa/", status=404)
    finally:
        logger.removeHandler(handler)

    assert told.getvalue() == "Not Found: /doors/…/\n"
