"""Deciding what is public: chosen, shown exactly as it would be, and decided with a number."""

import re

import pytest

from lotrinh.apps.publishing.models import PublicationRecord
from tests.factories import key
from tests.publications import make_city, publish
from tests.web.visiting import Visit, text_of

pytestmark = pytest.mark.django_db
NEW = "/publications/new/"


@pytest.fixture
def city(cast):
    return make_city(cast)


def sent(page, **more):
    """Return what the page that shows the content sends."""
    shown = page.content.decode()
    content = re.search(r'name="content" value="([0-9a-f]{64})"', shown)
    assert content is not None
    targets = re.findall(r'name="target" value="([^"]+)"', shown)
    given = {"act": "publish", "content": content[1], "target": targets, "client_key": str(key())}
    return given | {"number": "17-QĐ/TU", "decided_on": "5/8/2024"} | more


def test_what_is_ticked_is_shown_as_it_would_be_and_then_published(city):
    visit = Visit(city.cast.chi)
    assert "97-CTr/TU" in text_of(visit.look(NEW))

    look = visit.send(NEW, {"act": "look", "target": [str(city.families.uid)]}, status=200)

    assert "<b>120 hộ</b>" in text_of(look)
    assert "Số cán bộ được bồi dưỡng" not in text_of(look)
    assert PublicationRecord.objects.count() == 0
    done = visit.send(NEW, sent(look))
    made = PublicationRecord.objects.get()
    assert done["Location"] == f"/publications/{made.uid}/"
    assert made.sha256 in text_of(visit.look(f"/publications/{made.uid}/"))
    assert "17-QĐ/TU" in text_of(visit.look("/publications/"))


def test_a_look_says_of_how_many_a_number_is_held_back(city):
    look = Visit(city.cast.chi).send(NEW, {"target": [str(city.trained.uid)]}, status=200)

    assert "<b>1</b> chỉ tiêu có số không công bố vì số người quá ít." in text_of(look)


def test_what_has_moved_since_the_look_is_shown_again(city):
    visit = Visit(city.cast.chi)
    look = visit.send(NEW, {"target": [str(city.families.uid)]}, status=200)

    again = visit.send(NEW, sent(look, target=[str(city.untold.uid)]), status=409)

    assert "Nội dung sẽ công bố đã thay đổi" in text_of(again)
    assert PublicationRecord.objects.count() == 0


def test_withdrawing_without_a_reason_asks_for_one(city):
    publish(*city.all, user=city.cast.chi)
    visit = Visit(city.cast.chi)
    look = visit.send(NEW, {"target": [str(city.families.uid)]}, status=200)

    asked = visit.send(NEW, sent(look), status=422)

    assert "đề nghị ghi lý do" in text_of(asked)
    visit.send(NEW, sent(look, reason="Chưa kiểm tra"))
    assert PublicationRecord.objects.count() == 2


@pytest.mark.parametrize(
    "typed", [{"number": ""}, {"decided_on": "31/2/2024"}, {"decided_on": "8/8/2024"}]
)
def test_a_decision_without_number_or_day_publishes_nothing(city, typed):
    visit = Visit(city.cast.chi)
    look = visit.send(NEW, {"target": [str(city.families.uid)]}, status=200)

    visit.send(NEW, sent(look, **typed), status=422)

    assert PublicationRecord.objects.count() == 0


@pytest.mark.parametrize("name", ["thach", "ha", "khe", "mai", "nghiem", "bach", "tung", "an"])
def test_only_who_decides_for_the_whole_city_opens_these_pages(city, name):
    made = publish(city.families, user=city.cast.chi)
    visit = Visit(getattr(city.cast, name))

    for path in ("/publications/", NEW, f"/publications/{made.uid}/"):
        visit.look(path, status=403)
    visit.send(NEW, {"act": "publish"}, status=403)
    assert PublicationRecord.objects.count() == 1


def test_the_pages_ask_few_questions(city):
    publish(*city.all, user=city.cast.chi)
    visit = Visit(city.cast.chi)

    costs = {path: visit.cost(path) for path in ("/publications/", NEW)}

    assert {path: cost for path, cost in costs.items() if cost > 20} == {}


def test_words_that_are_no_uid_choose_nothing(city):
    look = Visit(city.cast.chi).send(NEW, {"target": ["không", "\x00", ""]}, status=200)

    assert "Chưa chọn nội dung nào" in text_of(look)
