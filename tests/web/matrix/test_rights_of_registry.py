"""The registry: who says what a document is, puts its relations right, and dates the terms."""

import pytest
from django.urls import reverse

from lotrinh.apps.documents import services as registry
from lotrinh.apps.journal.services import SYSTEM
from tests.factories import NOW
from tests.web.matrix.asking import ASKERS, signed_in, undone
from tests.web.matrix.registry import related
from tests.web.world import DECIDES, DEFINES, PLACES, SEES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("member", ASKERS)
def test_what_a_document_is_is_said_by_exactly_those_who_keep_it(world, member):
    client, wrong = signed_in(world, member), []
    for place in PLACES:
        path = reverse("document-describe", args=[world.at[place].document])
        shown = client.get(path)
        form = {"was": shown.context["was"]} if shown.status_code == 200 else {}
        found = shown.status_code, undone(client, path, {**form, "title": "Khác"})[0]
        refused = 403 if place in SEES[member] else 404
        if found != ((200, 303) if place in DECIDES[member] else (refused, refused)):
            wrong.append(f"{member} {place}: {found}")

    assert wrong == []


@pytest.mark.parametrize("member", ASKERS)
def test_a_relation_is_put_right_by_exactly_those_who_keep_it(world, member):
    client, wrong = signed_in(world, member), []
    for place in PLACES:
        path = reverse("relation", args=[world.at[place].relation])
        refused = 403 if place in SEES[member] else 404
        status = undone(client, path, related("45-NQ/TW"))[0]
        if status != (303 if place in DECIDES[member] else refused):
            wrong.append(f"{member} {place}: {status}")

    assert wrong == []


@pytest.mark.parametrize("member", ASKERS)
def test_the_days_of_a_term_are_entered_by_exactly_those_who_define(world, member):
    registry.define_term(code="XIII", ordinal=13, actor=SYSTEM, at=NOW)
    client, path = signed_in(world, member), reverse("term", args=["XIII"])

    may = member in DEFINES
    assert client.get(path).status_code == (200 if may else 403)
    assert undone(client, path, {"begins_on": "2/2/2021"})[0] == (303 if may else 403)
