"""Two texts that seem to be one document, each kept by another unit: who sees it, who answers.

It takes both documents to see that they may be one, and the right over both to say so.
"""

from itertools import combinations
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from lotrinh.apps.documents.models import Document, Rendition
from lotrinh.apps.intake.models import Likeness
from lotrinh.rules.actions import Action
from lotrinh.web.presenters.refusals import who_may
from tests.factories import (
    NOW,
    READS,
    TODAY,
    appoint,
    key,
    make_person,
    make_post,
    make_role,
    make_user,
)
from tests.web.matrix.asking import ASKERS, BACKEND, break_the_filter, signed_in, undone
from tests.web.world import DECIDES, DISTRICT, PLACES, SEES, World

pytestmark = pytest.mark.django_db
_KEEPS = (Action.REGISTER_DOCUMENT, Action.DECIDE_CANDIDATE)
PAIRS = tuple(combinations(PLACES, 2))


@pytest.fixture
def found(world: World) -> dict[tuple[str, str], Likeness]:
    """Return for every two units what was found of a document of the one and one of the other."""
    texts = {place: Rendition.objects.get(uid=world.at[place].text) for place in PLACES}
    return {
        (one, other): Likeness.objects.create(
            text=texts[one], other=texts[other], verdict="same", score=1, shared=9, at=NOW
        )
        for one, other in PAIRS
    }


def looked_at(world: World, member: str, found: dict[tuple[str, str], Likeness]) -> list[str]:
    """Return between which units the page answers otherwise than the table says."""
    client = signed_in(world, member)
    nothing = client.get(reverse("likeness", args=[uuid4()]))
    assert nothing.status_code == 404
    wrong = []
    for pair, likeness in found.items():
        answer = client.get(reverse("likeness", args=[likeness.uid]))
        expected = 200 if SEES[member].issuperset(pair) else 404
        if answer.status_code != expected:
            wrong.append(f"{pair}: {answer.status_code} for {expected}")
        elif expected == 404 and answer.content != nothing.content:
            wrong.append(f"{pair}: hidden does not look like missing")
        elif expected == 200:
            offered = reverse("likeness-answer", args=[likeness.uid]) in answer.content.decode()
            wrong += [f"{pair}: offered"] * (offered != DECIDES[member].issuperset(pair))
    return wrong


def answered(world: World, member: str, found: dict[tuple[str, str], Likeness]) -> list[str]:
    """Return between which units an answer is taken otherwise than the table says."""
    client = signed_in(world, member)
    missing = reverse("likeness-answer", args=[uuid4()])
    _status, nothing = undone(client, missing, {"client_key": str(key()), "into": ""})
    wrong = []
    for pair, likeness in found.items():
        path = reverse("likeness-answer", args=[likeness.uid])
        for into in ("", *(str(world.at[place].document) for place in pair)):
            words = {"client_key": str(key()), "into": into, "kind": "translation"}
            status, body = undone(client, path, words)
            expected = 404 if not SEES[member].issuperset(pair) else 403
            expected = 303 if DECIDES[member].issuperset(pair) else expected
            if status != expected:
                wrong.append(f"{pair} {into and 'into'}: {status} for {expected}")
            elif expected == 404 and body != nothing:
                wrong.append(f"{pair}: hidden does not look like missing")
    return wrong


@pytest.mark.parametrize("member", ASKERS)
def test_it_is_seen_by_exactly_those_who_see_both(world, found, member):
    assert looked_at(world, member, found) == []


@pytest.mark.parametrize("member", ASKERS)
def test_it_is_answered_by_exactly_those_who_may_for_both(world, found, member):
    assert answered(world, member, found) == []


@pytest.fixture
def registrar(world: World) -> Client:
    """Return the browser of somebody who reads everywhere and registers for the district alone."""
    cast, user = world.cast, make_user("van-thu")
    person = make_person("Lê Văn Thư", user=user)
    for actions, scope in ((READS, cast.city), ((*READS, *_KEEPS), cast.ho_sen)):
        role = make_role(f"van_thu_{scope.code}", actions=actions)
        appoint(person, make_post(cast.office, role=role, scope=scope))
    client = Client(raise_request_exception=False)
    client.force_login(user, backend=BACKEND)
    return client


def test_who_keeps_one_of_the_two_sees_both_and_answers_nothing(world, found, registrar):
    for pair, likeness in found.items():
        path = reverse("likeness-answer", args=[likeness.uid])
        may = DISTRICT.issuperset(pair)

        page = registrar.get(reverse("likeness", args=[likeness.uid]))
        status, _body = undone(registrar, path, {"client_key": str(key()), "into": ""})

        assert (page.status_code, path in page.content.decode()) == (200, may), pair
        assert status == (303 if may else 403), pair
        other = next((place for place in pair if place not in DISTRICT), None)
        if other is not None:  # of whose document he may not say it, and who may
            unit = Document.objects.get(uid=world.at[other].document).keeper_id
            who = who_may(Action.REGISTER_DOCUMENT, unit_id=unit, on=TODAY)
            assert page.context["refused_text"] == who, pair


def test_the_district_sees_some_of_them_and_not_others():
    """The table is worth asking: of one member some pairs are seen whole, some by half."""
    halves = [len(SEES["ha"].intersection(pair)) for pair in PAIRS]

    assert {number: halves.count(number) for number in set(halves)} == {0: 1, 1: 6, 2: 3}


def test_the_matrix_fails_where_the_filter_lets_everything_through(world, found, monkeypatch):
    break_the_filter(monkeypatch)

    assert len(looked_at(world, "ha", found)) == 7
    assert len(answered(world, "mai", found)) == 30
