"""What somebody opens who inspects by mandate is kept, by whichever method he asked for it."""

import json

import pytest

from lotrinh.apps.accounts.models import User
from lotrinh.apps.journal.models import Entry
from lotrinh.rules.actions import Action
from tests.cast import Cast
from tests.factories import READS, give_mandate, key, make_person, make_role, make_user
from tests.web.visiting import Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspecting(cast: Cast) -> User:
    """Somebody whose mandate over Hồ Sen lets him change units: he has no post at all."""
    role = make_role("thanh-tra", actions=[*READS, Action.CHANGE_UNIT], purpose="inspection")
    user = make_user("thanh-tra")
    give_mandate(make_person("Tạ Bình", user=user), cast.ho_sen, role=role)
    return user


def kept(user: User) -> list[tuple[str, str | None]]:
    """Return the pages that are kept of him, with the object of each."""
    rows = Entry.objects.filter(verb="mandate.used", actor_uid=user.uid).order_by("pk")
    told = [json.loads(row.payload)["data"] for row in rows]
    return [(data["page"], data["object"]) for data in told]


def test_the_preview_of_a_change_is_kept_as_a_reading(cast: Cast, inspecting: User) -> None:
    path = f"/units/{cast.sen_tay.uid}/change/abolish/"
    words = {"client_key": str(key()), "day": "1/10/2024", "legal_basis": "Nghị quyết số 1"}
    uid = str(cast.sen_tay.uid)
    visit = Visit(inspecting)

    visit.send(path, {**words, "receiver": "Quận Hồ Sen"}, status=200)
    assert kept(inspecting) == [("unit-change", uid)]

    visit.send(path, {**words, "receiver": "Không Có"}, status=422)
    assert kept(inspecting) == [("unit-change", uid)] * 2


def test_what_only_leads_on_is_kept_where_it_leads(cast: Cast, inspecting: User) -> None:
    visit = Visit(inspecting)
    path = f"/units/{cast.sen_tay.uid}/change/rename/"
    words = {"client_key": str(key()), "day": "1/10/2024", "legal_basis": "Nghị quyết số 1"}
    names = {"name_vi": "Phường Khác", "name_en": "Other Ward"}
    shown = visit.send(path, words | names, status=200)

    made = visit.send(path, words | names | {"confirm": shown.context["form"].said})
    visit.look(made["Location"])

    assert [page for page, _ in kept(inspecting)] == ["unit-change", "change"]


def test_what_is_refused_is_no_reading(cast: Cast, inspecting: User) -> None:
    visit = Visit(inspecting)

    visit.send(f"/units/{cast.dong_gao.uid}/change/rename/", {}, status=403)
    visit.look("/documents/khong-co/", status=404)

    assert kept(inspecting) == []


def test_nothing_is_kept_of_those_who_hold_no_mandate(cast: Cast) -> None:
    Visit(cast.chi).send(f"/units/{cast.sen_tay.uid}/change/rename/", {}, status=422)

    assert kept(cast.chi) == []
