"""Everybody reads on while the database is down: its server is really stopped and started again."""

import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import override_settings

from lotrinh.apps.publishing.models import PublicPromise
from lotrinh.engine import Engine
from tests.faults.house import PATIENCE, House, house
from tests.publications import published_city

pytestmark = [pytest.mark.kill, pytest.mark.slow]

FILES = ("data/promises.csv", "data/publication.json", "data/datapackage.json", "data/dcat.jsonld")


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered, and whether nobody on the way may keep it."""

    text: str
    stands_in: bool


@pytest.fixture
def running(server: Engine, tmp_path_factory, django_db_blocker) -> Iterator[House]:
    state = tmp_path_factory.mktemp("public")
    with (
        override_settings(LOTRINH_PUBLISHED=state / "published"),
        django_db_blocker.unblock(),
        house(server, state, published_city) as found,
    ):
        yield found


def ask(running: House, path: str) -> Answer:
    with urllib.request.urlopen(f"{running.site.address}/en/{path}", timeout=PATIENCE) as answer:
        assert answer.status == 200, path
        return Answer(answer.read().decode(), answer.headers["Cache-Control"] == "no-store")


def test_each_public_page_answers_without_the_server_and_with_it_again(running):
    promise = PublicPromise.objects.select_related("paper").order_by("pk")[0]
    pages = ("", f"documents/{promise.paper.uid}/", f"promises/{promise.uid}/", "data/")
    every = (*pages, *FILES, "feed.atom")
    before = {path: ask(running, path) for path in every}

    running.engine.stop()
    try:
        lost = {path: ask(running, path) for path in every}
    finally:
        running.engine.start()

    assert {path for path, answer in before.items() if answer.stands_in} == set()
    assert {path for path, answer in lost.items() if not answer.stands_in} == set()
    for path in pages:
        assert "The database does not answer at present." in lost[path].text
    assert promise.title in lost[pages[2]].text
    for path in FILES:
        assert lost[path].text == before[path].text
    deadline = time.monotonic() + PATIENCE
    while {path: ask(running, path) for path in every} != before:
        assert time.monotonic() < deadline, "the pages do not come back from the copy"
        time.sleep(0.2)
