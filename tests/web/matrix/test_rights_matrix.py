"""Every address, opened by everyone of the cast, for an object of every relation.

Hidden and missing are the same answer to the last byte. What the tables beside this file expect
was written by hand; a new address without an entry fails here before anybody can open it.
"""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from tests.factories import TEXT, key
from tests.web.matrix.asking import (
    ASKERS,
    KEPT_OUT,
    MEMBERS,
    READERS,
    acted_on,
    break_the_filter,
    filled,
    filled_in,
    listed,
    looked_at,
    named_addresses,
    one_of,
    seen,
    signed_in,
    undone,
)
from tests.web.matrix.table import DONE, FILLED_IN, LISTED, PUBLIC, SHOWN, TABLE
from tests.web.world import PLACES, REGISTERS, RELATIONS, SEES, SEES_PEOPLE

pytestmark = pytest.mark.django_db


def test_every_address_has_an_entry():
    entries = [name for part in TABLE for name in part.names()]

    assert sorted(named_addresses()) == sorted(entries)


def test_every_relation_is_in_the_matrix():
    assert {"own", "parent", "child", "sibling", "abolished", "nobody"} == set(RELATIONS.values())
    assert {member for member, _ in RELATIONS} <= set(SEES)
    usual = {kind for (member, _), kind in RELATIONS.items() if member in ASKERS}
    assert usual == set(RELATIONS.values())


@pytest.mark.parametrize("member", READERS)
@pytest.mark.parametrize("name", sorted(SHOWN))
def test_a_page_of_an_object_is_seen_by_exactly_those_who_may(world, name, member):
    assert looked_at(world, member, name) == []


@pytest.mark.parametrize("member", ASKERS)
@pytest.mark.parametrize("name", sorted(DONE))
def test_an_act_on_an_object_is_done_by_exactly_those_who_may(world, name, member):
    assert acted_on(world, member, name) == []


@pytest.mark.parametrize("member", ASKERS)
@pytest.mark.parametrize("name", sorted(FILLED_IN))
def test_a_form_about_an_object_is_for_exactly_those_who_may(world, name, member):
    assert filled(world, member, name) == []


@pytest.mark.parametrize("member", READERS)
@pytest.mark.parametrize("name", sorted(LISTED))
def test_a_list_shows_exactly_what_one_sees(world, name, member):
    assert listed(world, member, name) == []


@pytest.mark.parametrize("member", KEPT_OUT)
def test_no_page_lets_slip_what_is_hidden(world, member):
    """Numbers, titles and names of what is hidden appear on no page that the member can open."""
    client = signed_in(world, member)
    paths = [reverse(name) for name in (*LISTED, "units", "rights", "why")]
    paths += [reverse("unit", args=[world.at[place].unit]) for place in PLACES]
    paths += [
        reverse(name, args=[getattr(world.at[place], kind)])
        for name, kind in SHOWN.items()
        for place in seen(name, member)
    ]

    read = "".join(
        (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
        for answer in map(client.get, paths)
    )

    hidden = [world.at[place] for place in PLACES if place not in SEES[member]]
    marks = [mark for each in hidden for mark in (each.number, each.duty_title, each.target_title)]
    marks += [world.at[each].person_name for each in PLACES if each not in SEES_PEOPLE[member]]
    assert marks != []
    assert [mark for mark in marks if mark in read] == []


@pytest.mark.parametrize("member", ASKERS)
def test_every_unit_is_known_to_all_but_its_people_only_to_those_who_may(world, member):
    client = signed_in(world, member)
    holders = {"quan-ho-sen": "Phan Thu Hà", "phuong-sen-tay": "Vũ Thị Mai"}
    board = client.get(reverse("unit", args=[world.cast.election_board.uid]))

    assert board.status_code == 200
    assert client.get(reverse("unit", args=[uuid4()])).status_code == 404
    for place in PLACES:
        answer = client.get(reverse("unit", args=[world.at[place].unit]))
        assert answer.status_code == 200
        if (
            place in holders
            and world.cast.person(world.cast.named_users()[member]).full_name != holders[place]
        ):
            named = holders[place] in answer.content.decode()
            assert named == (place in SEES_PEOPLE[member] or place in SEES[member])


FIRST_PAGES = {
    **{"chi": "morning", "thach": "morning"},
    **dict.fromkeys(("ha", "khe", "mai", "bach"), "units"),
    "nghiem": "duties",
}
"""Who judges what others owe begins with the morning, who owes reports with the unit's work."""


@pytest.mark.parametrize("member", ASKERS)
def test_everyone_has_a_first_page_and_the_tree(world, member):
    client = signed_in(world, member)

    assert client.get(reverse("units")).status_code == 200
    first = client.get(reverse("home"))
    assert first.status_code == 302
    assert client.get(first["Location"]).status_code == 200
    leads_to = FIRST_PAGES.get(member, "documents")
    assert first["Location"].startswith(reverse(leads_to))


@pytest.mark.parametrize("member", ASKERS)
def test_documents_are_handed_in_by_exactly_those_who_register(world, member):
    client, path = signed_in(world, member), reverse("document-new")
    form = {"client_key": str(key()), "text": TEXT.replace("97-CTr/TU", "777-CTr/TU")}

    may = member in REGISTERS
    assert client.get(path).status_code == (200 if may else 403)
    assert undone(client, path, form)[0] == (303 if may else 403)


@pytest.mark.parametrize("member", ASKERS)
def test_what_became_of_files_is_shown_to_whoever_handed_them_in(world, member):
    client, sent_under = signed_in(world, member), key()
    path = reverse("arrivals", args=[sent_under])
    texts = [TEXT.replace("97-CTr/TU", number).encode() for number in ("771-CTr/TU", "772-CTr/TU")]
    files = [SimpleUploadedFile(f"{number}.txt", text) for number, text in enumerate(texts)]

    with transaction.atomic():
        sent = client.post(reverse("document-new"), {"client_key": sent_under, "file": files})
        own = client.get(path).status_code
        others = [
            signed_in(world, other).get(path).status_code for other in MEMBERS if other != member
        ]
        transaction.set_rollback(True)

    may = member in REGISTERS
    assert (sent.status_code, own) == ((303, 200) if may else (403, 404))
    assert set(others) == {404}


@pytest.mark.parametrize("name", sorted(named_addresses() - PUBLIC))
def test_a_stranger_is_sent_to_the_sign_in(world, name):
    path = filled_in(world, name)

    for method in ("get", "post"):
        answer = getattr(Client(), method)(path)
        assert answer.status_code == 302
        assert answer["Location"] == f"{reverse('account_login')}?next={path}"


@pytest.mark.parametrize("name", ["account_login", "account_logout"])
def test_signing_in_and_out_needs_no_account(world, name):
    assert Client().get(reverse(name), follow=True).status_code == 200


def test_changing_the_language_is_sent_and_never_looked_at():
    assert Client().get(reverse("set_language")).status_code == 405
    assert Client().post(reverse("set_language"), {"language": "en"}).status_code == 302


def test_choosing_whom_to_be_exists_in_a_demonstration_alone(world):
    path = reverse("roles")
    with override_settings(LOTRINH_DEMO=False):
        assert Client().get(path).status_code == 404
        assert Client().post(path, {"sign_in": "van-phong"}).status_code == 404
    with override_settings(LOTRINH_DEMO=True):
        assert Client().get(path).status_code == 200
        assert Client().post(path, {"sign_in": "van-phong"}).status_code == 303
        assert Client().post(path, {"sign_in": "nguoi-cu"}).status_code == 404


@pytest.mark.parametrize("name", one_of(SHOWN))
def test_the_matrix_fails_where_the_filter_lets_everything_through(world, monkeypatch, name):
    """A mutation: "below one of these paths" becomes "anywhere". The matrix must notice."""
    break_the_filter(monkeypatch)

    wrong = looked_at(world, "khe", name)

    assert sorted(wrong) == sorted(
        f"khe {name} {place}: 200 for 404" for place in PLACES if place not in seen(name, "khe")
    )


@pytest.mark.parametrize("name", one_of(DONE))
def test_the_matrix_fails_where_acts_ask_no_right(world, monkeypatch, name):
    break_the_filter(monkeypatch)

    assert acted_on(world, "mai", name) != []


@pytest.mark.parametrize("name", one_of(FILLED_IN))
def test_the_matrix_fails_where_forms_ask_no_right(world, monkeypatch, name):
    break_the_filter(monkeypatch)

    assert filled(world, "mai", name) != []


@pytest.mark.parametrize("name", one_of(LISTED))
def test_the_matrix_fails_where_a_list_shows_too_much(world, monkeypatch, name):
    break_the_filter(monkeypatch)

    assert len(listed(world, "mai", name)) == 4


def test_the_matrix_fails_where_hidden_and_missing_differ(world, monkeypatch):
    """A mutation: the error page tells which address was asked for."""
    client_get = Client.get

    def telling(self, path, *args, **kwargs):
        answer = client_get(self, path, *args, **kwargs)
        if answer.status_code == 404:
            answer.content += path.encode()
        return answer

    monkeypatch.setattr(Client, "get", telling)

    assert "mai duty quan-ho-sen: hidden does not look like missing" in looked_at(
        world, "mai", "duty"
    )
