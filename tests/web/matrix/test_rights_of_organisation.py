"""Units and their changes: who may only look, and who may change."""

from uuid import uuid4

import pytest
from django.urls import reverse

from tests.factories import key
from tests.web.matrix.asking import MEMBERS, previewed, signed_in, undone
from tests.web.world import CHANGES, PLACES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("member", MEMBERS)
def test_the_organisation_is_changed_by_exactly_those_who_may(world, member):
    client, wrong = signed_in(world, member), []
    rename = {
        "client_key": str(key()),
        "name_vi": "Khác",
        "name_en": "Other",
        "day": "1/1/2031",
        "legal_basis": "Nghị quyết số 2",
    }
    for place in PLACES:
        may = place in CHANGES[member]
        form = reverse("unit-change", args=[world.at[place].unit, "rename"])
        undo = reverse("change-undo", args=[world.at[place].change])
        found = (
            client.get(form).status_code,
            undone(client, form, rename)[0],
            undone(client, form, {**rename, "confirm": previewed(client, form, rename)})[0],
            client.get(undo).status_code,
            undone(client, undo, {})[0],
            client.get(reverse("change", args=[world.at[place].change])).status_code,
        )
        expected = (200, 200, 303, 405, 303, 200) if may else (403, 403, 403, 405, 403, 200)
        if found != expected:
            wrong.append(f"{member} {place}: {found}")

    assert wrong == []
    assert client.get(reverse("change", args=[uuid4()])).status_code == 404
    assert client.get(reverse("unit-change", args=[uuid4(), "rename"])).status_code == 404


@pytest.mark.parametrize("member", MEMBERS)
def test_units_come_from_a_sheet_by_those_who_change_the_whole_and_go_to_all(world, member):
    client, path = signed_in(world, member), reverse("units-import")

    may = member == "chi"
    assert client.get(path).status_code == (200 if may else 403)
    assert undone(client, path, {"step": "import"})[0] == (422 if may else 403)
    for ending in ("csv", "xlsx"):
        given = client.get(reverse("units-export", kwargs={"ending": ending}))
        assert given.status_code == 200
        assert given["Content-Disposition"].startswith("attachment")
