"""People, their posts, and what roles carry: who may see, appoint, define and ask."""

from uuid import uuid4

import pytest
from django.urls import reverse

from tests.factories import key
from tests.web.matrix.asking import ASKERS, break_the_filter, signed_in, undone
from tests.web.matrix.people import APPOINTED
from tests.web.world import (
    APPOINTS,
    DEFINES,
    GIVES,
    KNOWS_MANDATES,
    PLACES,
    SEES_PEOPLE,
    SEN_CU,
    World,
)

pytestmark = pytest.mark.django_db


def appointing(world: World, member: str) -> list[str]:
    """Return where a form about people answers otherwise than the table says."""
    client, wrong = signed_in(world, member), []
    decision = {"client_key": str(key()), "since": "8/8/2024", "legal_basis": "QĐ 1"}
    unit, post = world.at["quan-ho-sen"].unit, str(world.at["quan-ho-sen"].post)
    lent = {"person": world.at["phuong-sen-tay"].person_name, "actions": "duty.read"}
    forms = {
        "person-appoint": (f"?unit={unit}", {**decision, "post": post, "acting": "on"}),
        "appointment-lend": ("", {**decision, **lent, "last": "31/8/2024"}),
        "appointment-end": ("", {"client_key": str(key()), "last": "31/8/2024"}),
    }
    for name, kind in APPOINTED.items():
        asked, form = forms[name]
        for place in PLACES:
            path = reverse(name, args=[getattr(world.at[place], kind)]) + asked
            found = client.get(path).status_code, undone(client, path, form)[0]
            may = place in APPOINTS[member]
            refused = 403 if place in SEES_PEOPLE[member] else 404
            if found != (appointed(name, place) if may else (refused, refused)):
                wrong.append(f"{member} {name} {place}: {found}")
    return wrong


def appointed(name: str, place: str) -> tuple[int, int]:
    """Work out the answer to whoever may: what has ended, or is held already, stays as it is."""
    done = 303
    if (name, place) in {("person-appoint", "quan-ho-sen"), ("appointment-end", SEN_CU)}:
        done = 422
    return 200, 422 if name == "appointment-lend" else done


@pytest.mark.parametrize("member", ASKERS)
def test_people_are_appointed_by_exactly_those_who_may(world, member):
    assert appointing(world, member) == []
    client = signed_in(world, member)
    for name in APPOINTED:
        assert client.get(reverse(name, args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("member", ASKERS)
def test_somebody_new_is_registered_by_exactly_those_who_may(world, member):
    client, at = signed_in(world, member), world.at["quan-ho-sen"]
    path = f"{reverse('person-new')}?unit={at.unit}"
    form = {"client_key": str(key()), "full_name": "Lý Mới", "post": str(at.post)}
    form |= {"since": "8/8/2024", "legal_basis": "QĐ 1"}

    may = bool(APPOINTS[member])
    assert client.get(path).status_code == (200 if may else 403)
    assert undone(client, path, form)[0] == (303 if may else 403)


@pytest.mark.parametrize("member", ASKERS)
def test_roles_are_defined_by_exactly_those_who_may(world, member):
    client, path = signed_in(world, member), reverse("role", args=["reader"])
    read = "document.read,duty.read,figure.read,review.read,target.read"
    form = {"actions": ["duty.read"], "read": read, "confirm": "1"}

    may = member in DEFINES
    assert client.get(path).status_code == (200 if may else 403)
    assert undone(client, path, form)[0] == (303 if may else 403)
    for name in ("rights", "why"):
        assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("member", ASKERS)
def test_why_is_answered_about_oneself_and_by_those_who_may_explain(world, member):
    client, explains = signed_in(world, member), member == "chi"
    asked = {"action": "duty.read", "unit": "Quận Hồ Sen"}

    for name, user in world.cast.named_users().items():
        answer = client.get(reverse("why"), {**asked, "who": user.sign_in_name})
        told = "answer" in answer.context
        assert told == (name == member or (explains and name != "an")), name


def test_the_matrix_fails_where_appointing_asks_no_right(world, monkeypatch):
    break_the_filter(monkeypatch)

    assert appointing(world, "mai") != []


def inspected(world: World, member: str) -> list[str]:
    """Return where ending or reading a mandate answers otherwise than the table says."""
    client, wrong = signed_in(world, member), []
    for place in PLACES:
        read, end = (
            reverse(name, args=[world.at[place].mandate])
            for name in ("mandate-readings", "mandate-end")
        )
        form = {"client_key": str(key()), "last": "31/8/2024", "legal_basis": "QĐ 2"}
        found = (
            client.get(read).status_code,
            client.get(end).status_code,
            undone(client, end, form)[0],  # it has ended long ago
        )
        refused = 403 if place in KNOWS_MANDATES[member] else 404
        if found != ((200, 200, 422) if place in GIVES[member] else (refused,) * 3):
            wrong.append(f"{member} {place}: {found}")
    return wrong


@pytest.mark.parametrize("member", ASKERS)
def test_mandates_are_ended_and_read_by_exactly_those_who_give_them(world, member):
    assert inspected(world, member) == []
    client = signed_in(world, member)
    for name in ("mandate-readings", "mandate-end"):
        assert client.get(reverse(name, args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("member", ASKERS)
def test_a_mandate_is_given_by_exactly_those_who_may(world, member):
    client, path = signed_in(world, member), reverse("mandate-new")
    form = {
        "client_key": str(key()),
        "subject": "Giao việc",
        "scope": "Quận Hồ Sen",
        "person_1": world.at["phuong-sen-tay"].person_name,
        "role": "inspector",
        "since": "8/8/2024",
        "last": "31/8/2024",
        "legal_basis": "QĐ 1",
    }

    may = bool(GIVES[member])
    assert client.get(path).status_code == (200 if may else 403)
    assert undone(client, path, form)[0] == (303 if may else 403)


def test_the_matrix_fails_where_mandates_ask_no_right(world, monkeypatch):
    break_the_filter(monkeypatch)

    assert inspected(world, "mai") != []
