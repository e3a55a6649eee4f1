"""How the matrix asks: as whom, by which address, and what it takes for an answer."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from lotrinh.apps.units.models import Unit
from lotrinh.apps.units.selectors import rights
from lotrinh.web import addresses
from tests.web.matrix.table import (
    DONE,
    FILLED_IN,
    FORMS,
    KINDS,
    LISTED,
    OF_PEOPLE,
    SHOWN,
    WORDS,
)
from tests.web.world import PLACES, SEES, SEES_PEOPLE, SEN_CU, World

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MEMBERS = sorted(SEES)
_RELATED = {"chi", "ha", "nghiem", "an"}


def _asking(member: str) -> Any:
    return member if member in _RELATED else pytest.param(member, marks=pytest.mark.slow)


KEPT_OUT = [
    _asking(member)
    for member in MEMBERS
    if not SEES[member] == SEES_PEOPLE[member] == frozenset(PLACES)
]
"""Those from whom something is hidden."""
ASKERS = [_asking(member) for member in MEMBERS]
"""Everybody; who repeats what another one stands for is asked only where everything is.

Hà has every relation to a unit there is, Ẩn has none, Chi may everything, Nghiêm looks on.
"""


READERS = [
    pytest.param(member, marks=pytest.mark.slow) if member == "nghiem" else asker
    for member, asker in zip(MEMBERS, ASKERS, strict=True)
]
"""Those who only look: there Nghiêm repeats Chi."""


def one_of(names: Iterable[str]) -> list[Any]:
    """Return all names; where not everything is asked the first five stand for the others."""
    first, others = sorted(names)[:5], sorted(names)[5:]
    return [*first, *(pytest.param(name, marks=pytest.mark.slow) for name in others)]


def named_addresses() -> set[str]:
    """Return the names of every address."""
    return {str(pattern.name) for pattern in addresses.urlpatterns}


def signed_in(world: World, member: str) -> Client:
    """Return the browser of a member of the cast."""
    client = Client(raise_request_exception=False)
    client.force_login(world.cast.named_users()[member], backend=BACKEND)
    return client


def sent(name: str) -> dict[str, str]:
    """Return a form that the address would accept from somebody who may send it."""
    return FORMS[name]() if name in FORMS else {}


def undone(client: Client, path: str, data: dict[str, str]) -> tuple[int, bytes]:
    """Send a form, and take back whatever came of it."""
    with transaction.atomic():
        answer = client.post(path, data)
        transaction.set_rollback(True)
    return answer.status_code, answer.content


def seen(name: str, member: str) -> frozenset[str]:
    """Return where the member sees what an address is about."""
    return (SEES_PEOPLE if name in OF_PEOPLE else SEES)[member]


def looked_at(world: World, member: str, name: str) -> list[str]:
    """Return where a page of one object answers otherwise than the table says."""
    client, kind = signed_in(world, member), SHOWN[name]
    nothing = client.get(reverse(name, args=[uuid4()]))
    wrong = (
        [] if nothing.status_code == 404 else [f"{member} {name} missing: {nothing.status_code}"]
    )
    for place in PLACES:
        answer = client.get(reverse(name, args=[getattr(world.at[place], kind)]))
        expected = 200 if place in seen(name, member) else 404
        if answer.status_code != expected:
            wrong.append(f"{member} {name} {place}: {answer.status_code} for {expected}")
        elif expected == 404 and answer.content != nothing.content:
            wrong.append(f"{member} {name} {place}: hidden does not look like missing")
    return wrong


def acted_on(world: World, member: str, name: str) -> list[str]:
    """Return where an act on one object answers otherwise than the table says."""
    client, (kind, allowed) = signed_in(world, member), DONE[name]
    _, nothing = undone(client, reverse(name, args=[uuid4()]), sent(name))
    wrong = []
    for place in PLACES:
        path = reverse(name, args=[getattr(world.at[place], kind)])
        status, body = undone(client, path, sent(name))
        expected = act_expected(
            name, place, seen=place in SEES[member], may=place in allowed[member]
        )
        if status != expected:
            wrong.append(f"{member} {name} {place}: {status} for {expected}")
        elif expected == 404 and body != nothing:
            wrong.append(f"{member} {name} {place}: hidden does not look like missing")
    if client.get(path).status_code != 405:
        wrong.append(f"{member} {name}: may be looked at")
    return wrong


def filled(world: World, member: str, name: str) -> list[str]:
    """Return where a form about one object answers otherwise than the table says."""
    client, (kind, allowed) = signed_in(world, member), FILLED_IN[name]
    wrong = []
    for place in PLACES:
        path = reverse(name, args=[getattr(world.at[place], kind)])
        refused = 403 if place in SEES[member] else 404
        may = place in allowed[member]
        answers = client.get(path).status_code, undone(client, path, sent(name))[0]
        if answers != ((200, 303) if may else (refused, refused)):
            wrong.append(f"{member} {name} {place}: {answers}")
    return wrong


def act_expected(name: str, place: str, *, seen: bool, may: bool) -> int:
    """Work out the answer: nobody acts for the abolished ward, so its duty is never clear."""
    if not seen:
        return 404
    if not may:
        return 403
    if name == "proposal-keep":
        return 204
    return 422 if (name, place) == ("duty-issue", SEN_CU) else 303


LEADS_TO = {"target-board": "targets"}
"""Lists whose rows have their pages under another name."""


def listed(world: World, member: str, name: str) -> list[str]:
    """Return what a list shows too much or too little."""
    answer = signed_in(world, member).get(reverse(name))
    if answer.status_code != 200:
        return [f"{member} {name}: {answer.status_code}"]
    kind, path = LISTED[name], LEADS_TO.get(name, name)
    linked = set(re.findall(rf"/{path}/([0-9a-f-]{{36}})/", answer.content.decode()))
    shown = {place for place in PLACES if str(getattr(world.at[place], kind)) in linked}
    return [f"{member} {name}: {place}" for place in shown ^ seen(name, member)]


def filled_in(world: World, name: str) -> str:
    """Return the address with an object of the district and a word wherever it takes one."""
    pattern = next(found for found in addresses.urlpatterns if found.name == name)
    place, slots = world.at["quan-ho-sen"], str(pattern.pattern)
    uid: list[UUID] = [getattr(place, KINDS[name])] if "<uuid" in slots else []
    word = [each for slot, each in WORDS.items() if slot in slots]
    return reverse(name, args=[*uid, *word])


def break_the_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let "at or below one of these paths" mean "anywhere", in lists and for single units."""

    def everywhere(asked: object, paths: tuple[str, ...], *, on: date) -> frozenset[int]:
        return frozenset(Unit.objects.values_list("pk", flat=True)) if paths else frozenset()

    monkeypatch.setattr(rights, "_reached", everywhere)
    monkeypatch.setattr(rights, "at_or_below", lambda path, scope: True)


def previewed(client: Client, path: str, words: dict[str, str]) -> str:
    """Return the mark that a preview gives to what it shows; empty where nothing is shown."""
    answer = client.post(path, words)
    return answer.context["form"].said if answer.status_code == 200 else ""
