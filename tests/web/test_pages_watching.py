"""Watching a conference: who may, what may be loaded, who may send, and what is presented now."""

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from lotrinh.apps.dissemination import services
from lotrinh.apps.dissemination.models import Broadcast
from lotrinh.apps.dissemination.services import ItemSaid
from lotrinh.rules.conferences.streams import stream_of
from lotrinh.rules.outward import networks
from lotrinh.web.pages import stream_gate
from lotrinh.web.refusing import MOST, Refusals
from lotrinh.web.stream_keys import keys_for
from tests.conferences import begin, call, plan
from tests.factories import NOW, TODAY, make_document
from tests.web.visiting import Visit, text_of

MOST_QUERIES = 20


@pytest.fixture
def conference(cast):
    paper = make_document(keeper=cast.city, user=cast.chi)
    held = plan(cast.city, paper, user=cast.chi, talk_url="https://room.example/42")
    call(held, [cast.sen_tay], user=cast.chi)
    held.refresh_from_db()
    services.set_agenda(
        conference_id=held.pk,
        version=held.version,
        items=[ItemSaid("Khai mạc", minutes=10), ItemSaid("Quán triệt", paper)],
        user=cast.chi,
        on=TODAY,
        at=NOW,
    )
    return held


@pytest.fixture(autouse=True)
def forgiven(monkeypatch):
    monkeypatch.setattr(stream_gate, "REFUSALS", Refusals())


def page(name, conference):
    return reverse(name, kwargs={"uid": conference.uid})


def asked(conference, *, key=None, call="publish", asking=None, near="127.0.0.1", **more):
    """Ask as the server of the stream does; return the status."""
    keys = keys_for(conference.uid)
    form = {
        "call": call,
        "name": stream_of(conference.uid),
        "key": keys.publishing if key is None else key,
        "addr": "10.1.2.3",
        **more,
    }
    header = keys.asking if asking is None else asking
    answer = Client(enforce_csrf_checks=True).post(
        "/streams/ask/", form, headers={stream_gate.ASKING: header}, REMOTE_ADDR=near
    )
    return answer.status_code


def sent(conference):
    return Broadcast.objects.filter(conference=conference, is_on=True).exists()


def test_it_is_watched_by_those_who_see_it_and_may_load_from_the_stream_alone(conference, cast):
    answer = Visit(cast.mai).look(page("conference-watch", conference))

    shown = text_of(answer)
    assert "Chưa bắt đầu: chưa có tín hiệu." in shown
    assert 'href="https://room.example/42"' in shown
    assert (
        "http://localhost:8935/" in shown and f"/{stream_of(conference.uid)}/picture.m3u8" in shown
    )
    policy = answer["Content-Security-Policy"]
    assert "connect-src 'self' http://localhost:8935;" in policy
    assert "media-src http://localhost:8935 blob:" in policy
    assert answer["Cache-Control"] == "private, no-store"
    plain = Visit(cast.mai).look(page("conference", conference))["Content-Security-Policy"]
    assert "8935" not in plain and "media-src" not in plain
    sound = text_of(Visit(cast.mai).look(page("conference-watch", conference) + "?as=sound"))
    assert "/sound.m3u8" in sound and "<audio" in sound and "<video" not in sound
    assert keys_for(conference.uid).publishing not in shown + sound
    Visit(cast.an).look(page("conference-watch", conference), status=404)


def test_the_key_is_shown_to_the_organiser_alone(conference, cast):
    shown = text_of(Visit(cast.chi).look(page("conference-stream", conference)))

    keys = keys_for(conference.uid)
    assert f"{stream_of(conference.uid)}?key={keys.publishing}" in shown
    assert keys.watching not in shown and keys.asking not in shown
    refused = Visit(cast.mai).look(page("conference-stream", conference), status=403)
    assert keys.publishing not in text_of(refused)
    Visit(cast.an).look(page("conference-stream", conference), status=404)
    Visit(cast.an).look(page("conference-watch-line", conference), status=404)


def test_only_the_right_key_sends_and_only_the_server_of_the_stream_asks(conference, cast, caplog):
    key = keys_for(conference.uid).publishing
    other = plan(cast.city, conference.documents.get(), user=cast.chi)

    wrong = {
        "key": asked(conference, key="wrong"),
        "none": asked(conference, key=""),
        "of another": asked(conference, key=keys_for(other.uid).publishing),
        "asker": asked(conference, asking="wrong"),
        "far": asked(conference, near="203.0.113.5"),
        "nowhere": asked(conference, near=""),
        "name": asked(conference, name="0" * 32),
        "odd name": asked(conference, name="../../etc"),
        "call": asked(conference, call="record"),
    }

    assert set(wrong.values()) == {403}
    assert not sent(conference)
    assert Client().get("/streams/ask/").status_code == 405
    assert asked(conference) == 204
    assert sent(conference)
    assert asked(conference, call="update_play", key="") == 204
    assert key not in caplog.text and "10.1.2.3" in caplog.text
    with override_settings(LOTRINH_STREAM_FROM=networks("203.0.113.0/24")):
        assert asked(conference, near="203.0.113.5", call="update_publish") == 204
    assert asked(conference, call="publish_done") == 204
    assert not sent(conference)


def test_a_stream_ends_with_its_conference_and_guessing_is_not_listened_to(conference, cast):
    begin(conference, user=cast.chi)
    assert asked(conference) == 204
    services.close_conference(conference_id=conference.pk, user=cast.chi, on=TODAY, at=NOW)

    assert asked(conference, call="update_publish") == 403
    assert [asked(conference, key="wrong") for _ in range(MOST + 1)] == [403] * MOST + [429]
    assert asked(conference, key="wrong", addr="10.1.2.4") == 403
    shown = text_of(Visit(cast.mai).look(page("conference-watch", conference)))
    assert "Hội nghị đã kết thúc" in shown and "<video" not in shown


def test_pages_that_watch_follow_the_run_sheet(conference, cast):
    chi, mai = Visit(cast.chi), Visit(cast.mai)
    chi.send(page("conference-item", conference), {"place": "1"})
    assert "Chưa lưu được" in text_of(chi.look(page("conference-stream", conference)))
    begin(conference, user=cast.chi)

    chi.send(page("conference-item", conference), {"place": "2"})

    second = conference.agenda.get(place=2)
    told = mai.look(page("conference-watch-now", conference)).json()
    assert told == {"sending": "not_begun", "item": str(second.uid)}
    shown = text_of(mai.look(page("conference-watch", conference)))
    assert f'<li data-item="{second.uid}" aria-current="step">' in shown
    chi.send(page("conference-item", conference), {"place": "7"})
    assert "Chương trình không có mục này." in text_of(
        chi.look(page("conference-stream", conference))
    )
    chi.send(page("conference-item", conference), {"place": ""})
    assert mai.look(page("conference-watch-now", conference)).json()["item"] == ""
    mai.send(page("conference-item", conference), {"place": "1"}, status=403)


def test_watching_asks_the_database_little(conference, cast):
    begin(conference, user=cast.chi)
    asked(conference)
    names = ("conference-watch", "conference-watch-now", "conference-stream")

    costs = {name: Visit(cast.chi).cost(page(name, conference)) for name in names}

    assert {name: cost for name, cost in costs.items() if cost > MOST_QUERIES} == {}
