"""The pages of own programmes: who owes one, a unit's own, questions, letters before they go."""

from typing import Any

import pytest
from django.urls import reverse

from lotrinh.apps.dissemination import services
from lotrinh.apps.dissemination.models import ProgrammeLink, ProgrammeQuestion, ProgrammeReview
from lotrinh.apps.duties.models import Notice
from tests.apps.dissemination.test_comparing import call
from tests.cast import Cast
from tests.factories import NOW, key
from tests.programmes import ask, held, link, of, owe, parent_of, written
from tests.web.visiting import Visit, text_of

__all__ = ["call"]

pytestmark = pytest.mark.django_db
MOST = 20
SEES_ALL = {"chi", "thach", "nghiem"}
SEES_MINE = SEES_ALL | {"ha"}
"""Who sees what the district Hồ Sen owes the city."""
NAMES = ("chi", "thach", "nghiem", "ha", "khe", "mai", "bach", "tung", "an")


def page(name: str, uid: object) -> str:
    return reverse(name, kwargs={"uid": uid})


def expected(member: str, sees: set[str], may: set[str]) -> int:
    if member not in sees:
        return 404
    return 303 if member in may else 403


def sent(**more: str) -> dict[str, Any]:
    return {"client_key": str(key()), **more}


def test_units_owe_after_a_look_at_who_would(cast: Cast) -> None:
    paper = parent_of(cast)
    conference = held(cast, paper)
    path, chi = page("programmes-owe", conference.uid), Visit(cast.chi)
    form = sent(document=str(paper.uid), due="30/8/2024", without=cast.dong_gao.name_vi)

    shown = text_of(chi.send(path, form | {"look": "1"}, status=200))
    assert cast.ho_sen.name_vi in shown and "Các cấp ủy, cơ quan, đơn vị" in shown
    assert not conference.programme_calls.exists()
    chi.send(path, form)

    assert [one.unit for one in conference.programme_calls.get().programmes.all()] == [cast.ho_sen]
    past = chi.send(path, form | {"due": "1/8/2024"}, status=422)
    assert "Chọn hôm nay hoặc một ngày sắp tới." in text_of(past)
    listed = text_of(chi.look(page("conference-programmes", conference.uid)))
    assert "0/1 đơn vị đã ban hành; 1 đơn vị chưa có gì." in listed
    for member, answer in (("ha", 403), ("nghiem", 403), ("an", 404)):
        Visit(cast.named_users()[member]).look(path, status=answer)


@pytest.mark.parametrize("member", NAMES)
def test_each_sees_and_does_as_far_as_he_may(call: Any, cast: Cast, member: str) -> None:
    visit, mine = Visit(cast.named_users()[member]), of(call, cast.ho_sen)
    question = ask(mine, user=cast.chi)
    sees_call = 200 if member in SEES_MINE | {"khe", "bach"} else 404
    posts = {
        "programme-link": (mine.uid, {"chi", "ha"}),
        "programme-review": (mine.uid, {"chi"}),
        "programme-ask": (mine.uid, {"chi"}),
        "programme-answer": (question.uid, {"chi", "ha"}),
        "programme-close": (question.uid, {"chi"}),
    }

    looks = {
        name: visit.client.get(page(name, call.uid)).status_code
        for name in ("programmes", "programmes-file", "programmes-coverage")
    }
    own = visit.client.get(page("programme", mine.uid)).status_code
    letters = visit.client.get(page("programmes-remind", call.uid)).status_code
    empty = {
        name: visit.client.post(page(name, uid), {}).status_code for name, (uid, _) in posts.items()
    }

    assert set(looks.values()) == {sees_call}
    assert own == (200 if member in SEES_MINE else 404)
    assert letters == (200 if member == "chi" else 403 if sees_call == 200 else 404)
    assert empty == {
        name: 422 if member in may else expected(member, SEES_MINE, may)
        for name, (_uid, may) in posts.items()
    }


def test_a_unit_links_is_asked_and_answers(call: Any, cast: Cast) -> None:
    chi, ha, mine = Visit(cast.chi), Visit(cast.ha), of(call, cast.ho_sen)
    path = page("programme", mine.uid)
    paper = written(cast.ho_sen, user=cast.ha, number="77/KH-UBND")
    shown = text_of(chi.look(path))
    assert "<b>2/4</b>" in shown and "đơn giản hóa ít nhất 25%" in shown
    assert "không được đọc" not in shown

    chi.send(page("programme-ask", mine.uid), sent(text="Số liệu của ai?", passage="0"))
    question = ProgrammeQuestion.objects.get()
    assert "đơn giản hóa ít nhất 25%" not in text_of(ha.look(path))
    early = sent(outcome="explained", note="Rõ.")
    chi.send(page("programme-close", question.uid), early)
    ha.send(page("programme-answer", question.uid), sent(text="Của cả quận."))
    chi.send(page("programme-close", question.uid), early)
    ha.send(page("programme-link", mine.uid), sent(document=str(paper.uid)))
    chi.send(page("programme-review", mine.uid), sent(note="Đã đọc."))

    told = text_of(ha.look(path))
    assert "Số liệu của ai?" in told and "Của cả quận." in told and "Rõ." in told
    assert "77/KH-UBND" in told and "Đã đọc." in told
    assert (ProgrammeLink.objects.count(), ProgrammeReview.objects.count()) == (3, 1)
    other = written(cast.dong_gao, user=cast.khe, number="78/KH-UBND")
    ha.send(page("programme-link", mine.uid), sent(document=str(other.uid)), status=422)


def test_letters_are_shown_in_the_language_of_their_reader_and_sent_once(cast: Cast) -> None:
    paper = parent_of(cast)
    call = owe(held(cast, paper), paper, user=cast.chi)
    cast.khe.language, cast.khe.email = "en", "khe@example.org"
    cast.khe.save()
    path, chi = page("programmes-remind", call.uid), Visit(cast.chi)
    form = sent(note="Đề nghị ban hành trong tuần này.", whom="nothing")

    shown = text_of(chi.send(path, form | {"look": "0"}, status=200))
    assert "Dear " in shown and "Kính gửi" in shown
    assert shown.count("Đề nghị ban hành trong tuần này.") == 3
    assert not Notice.objects.exists()
    chi.send(path, form)
    chi.send(path, form)

    assert Notice.objects.count() == 2


def test_lists_are_narrowed_and_cost_little(call: Any, cast: Cast) -> None:
    chi, path = Visit(cast.chi), page("programmes", call.uid)
    link(of(call, cast.ho_sen), written(cast.ho_sen, user=cast.ha), user=cast.ha)
    services.compare_programmes(call_id=call.pk, at=NOW)

    drafts = text_of(chi.look(f"{path}?show=draft"))
    assert "0/2 đơn vị đã ban hành; 2 dự thảo." in drafts
    assert f"under={cast.ho_sen.uid}" in drafts
    below = text_of(chi.look(f"{path}?under={cast.ho_sen.uid}"))
    assert "0/1 đơn vị đã ban hành" in below and cast.dong_gao.name_vi not in below
    assert chi.look(page("programmes-file", call.uid)).content[:2] == b"PK"
    costs = {
        name: chi.cost(page(name, uid))
        for name, uid in {
            "conference-programmes": call.conference.uid,
            "programmes": call.uid,
            "programmes-coverage": call.uid,
            "programmes-remind": call.uid,
            "programme": of(call, cast.ho_sen).uid,
        }.items()
    }
    assert {name: cost for name, cost in costs.items() if cost > MOST} == {}
