"""Accounts and posts: who is let in and shut out by whom, and who opens and ends posts."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from lotrinh.rules.actions import Action
from tests.factories import key, make_officer
from tests.web.matrix.accounts import KEPT
from tests.web.matrix.asking import ASKERS, BACKEND, break_the_filter, signed_in, undone
from tests.web.world import (
    APPOINTS,
    HO_SEN,
    MANAGES,
    PLACES,
    SEES_PEOPLE,
    SEN_CU,
    SEN_TAY,
    World,
)

pytestmark = pytest.mark.django_db

KEEPER = "keeper"
READERS = [*ASKERS, KEEPER]
MANAGED = MANAGES | {KEEPER: frozenset({HO_SEN, SEN_TAY})}
SEEN = SEES_PEOPLE | {KEEPER: frozenset({HO_SEN, SEN_TAY, SEN_CU})}
"""The keeper looks after the accounts of Hồ Sen; whose posts have ended is the root's."""


def reading(world: World, member: str) -> Client:
    """Return the browser of a member of the cast, or of somebody who keeps accounts in Hồ Sen."""
    if member != KEEPER:
        return signed_in(world, member)
    client = Client(raise_request_exception=False)
    actions = [Action.READ_PEOPLE, Action.MANAGE_ACCOUNT]
    client.force_login(make_officer(world.cast.ho_sen, actions=actions), backend=BACKEND)
    return client


def kept(world: World, member: str) -> list[str]:
    """Return where a form about an account answers otherwise than the table says."""
    client, wrong = reading(world, member), []
    sent = {"client_key": str(key()), "reason": "left"}
    done = {"account-close": 303, "account-reopen": 422, "account-password": 200}
    for name, kind in KEPT.items():
        nothing = client.get(reverse(name, args=[uuid4()])).content
        for place in PLACES:
            path = reverse(name, args=[getattr(world.at[place], kind)])
            answer = client.get(path)
            found = answer.status_code, undone(client, path, sent)[0]
            may = place in MANAGED[member]
            if found != ((200, done[name]) if may else (404, 404)):
                wrong.append(f"{member} {name} {place}: {found}")
            elif not may and answer.content != nothing:
                wrong.append(f"{member} {name} {place}: hidden does not look like missing")
    return wrong


def let_in(world: World, member: str) -> list[str]:
    """Return where somebody is let in otherwise than the table says."""
    client, wrong = reading(world, member), []
    sent = {"client_key": str(key()), "sign_in_name": "moi-vao", "language": "vi"}
    for place in PLACES:
        path = reverse("account-open", args=[world.at[place].person])
        found = client.get(path).status_code, undone(client, path, sent)[0]
        refused = 403 if place in SEEN[member] else 404
        if found != ((200, 200) if place in MANAGED[member] else (refused, refused)):
            wrong.append(f"{member} {place}: {found}")
    return wrong


def listed(world: World, member: str) -> set[str] | None:
    """Return of which places the list of accounts shows the account; None where it is refused."""
    answer = reading(world, member).get(reverse("accounts"))
    if answer.status_code != 200:
        return None
    shown = {str(row.uid) for row in answer.context["accounts"]}
    return {place for place in PLACES if str(world.at[place].account) in shown}


@pytest.mark.parametrize("member", READERS)
def test_accounts_are_kept_by_exactly_those_who_may(world, member):
    assert kept(world, member) == []
    assert let_in(world, member) == []
    expected = MANAGED[member]
    assert listed(world, member) == (set(expected) if expected else None)


@pytest.mark.parametrize("member", READERS)
def test_everybody_changes_his_own_password(world, member):
    assert reading(world, member).get(reverse("account_change_password")).status_code == 200


@pytest.mark.parametrize("member", ASKERS)
def test_posts_are_opened_and_ended_by_exactly_those_who_may(world, member):
    client, wrong = signed_in(world, member), []
    words = {"title_vi": "Văn thư", "role": "reader", "since": "8/8/2024", "legal_basis": "QĐ 1"}
    for place in PLACES:
        may = place in APPOINTS[member]
        new = reverse("post-new", args=[world.at[place].unit])
        end = reverse("post-end", args=[world.at[place].post])
        last = {"client_key": str(key()), "last": "31/8/2024"}
        found = (
            client.get(new).status_code,
            undone(client, new, {**words, "client_key": str(key())})[0],
            client.get(end).status_code,
            undone(client, end, last)[0],
        )
        gone = place == SEN_CU
        allowed = (200, 422 if gone else 303, 200, 303 if gone else 422)
        unseen = 403 if place in SEES_PEOPLE[member] else 404
        if found != (allowed if may else (403, 403, unseen, unseen)):
            wrong.append(f"{member} {place}: {found}")

    assert wrong == []
    for name in ("post-new", "post-end"):
        assert client.get(reverse(name, args=[uuid4()])).status_code == 404


def test_the_matrix_fails_where_accounts_ask_no_right(world, monkeypatch):
    break_the_filter(monkeypatch)

    assert kept(world, KEEPER) != []
    assert let_in(world, KEEPER) != []
    assert listed(world, KEEPER) == set(PLACES)
