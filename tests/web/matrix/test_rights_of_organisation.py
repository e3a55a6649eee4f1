"""Units and their changes: who may only look, and who may change."""

from uuid import uuid4

import pytest
from django.urls import reverse

from lotrinh.apps.journal.services import SYSTEM
from lotrinh.apps.units.models import Unit
from lotrinh.apps.units.services import Choice, save_group
from tests.factories import NOW, key, make_tree
from tests.web.matrix.asking import ASKERS, previewed, signed_in, undone
from tests.web.world import CHANGES, PLACES, SEN_CU

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("member", ASKERS)
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


@pytest.mark.parametrize("member", ASKERS)
def test_units_come_from_a_sheet_by_those_who_change_the_whole_and_go_to_all(world, member):
    client, path = signed_in(world, member), reverse("units-import")

    may = member == "chi"
    assert client.get(path).status_code == (200 if may else 403)
    assert undone(client, path, {"step": "import"})[0] == (422 if may else 403)
    for ending in ("csv", "xlsx"):
        given = client.get(reverse("units-export", kwargs={"ending": ending}))
        assert given.status_code == 200
        assert given["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("member", ASKERS)
def test_groups_are_known_to_all_and_changed_by_exactly_those_who_may(world, member):
    client, may, wrong = signed_in(world, member), member == "chi", []
    for code in ("tat-ca-phuong", *PLACES):
        below = None if code not in PLACES else Unit.objects.get(uid=world.at[code].unit)
        may_here = may if below is None else code in CHANGES[member]
        group = save_group(
            code=code,
            choice=Choice(
                name_vi=code, name_en=code, tree=make_tree(), kinds=["commune"], below=below
            ),
            actor=SYSTEM,
            at=NOW,
        )
        read = str(group.uid)
        words = {"client_key": str(key()), "name_vi": "A", "name_en": "B", "kinds": "commune"}
        words |= {"tree": "political-system", "since": "1/1/2031", "read": read}
        end = {"client_key": str(key()), "last": "1/1/2031", "read": read}
        change = reverse("group-change", args=[code])
        found = (
            client.get(reverse("group", args=[code])).status_code,
            client.get(change).status_code,
            undone(client, change, {**words, "confirm": previewed(client, change, words)})[0],
            client.get(reverse("group-end", args=[code])).status_code,
            undone(client, reverse("group-end", args=[code]), end)[0],
            client.get(reverse("group-export", kwargs={"code": code, "ending": "csv"})).status_code,
        )
        expected = (200, 200, 303, 200, 303, 200) if may_here else (200, 403, 403, 403, 403, 200)
        if found != expected:
            wrong.append(f"{member} {code}: {found}")

    assert wrong == []
    assert client.get(reverse("groups")).status_code == 200
    assert client.get(reverse("group-new")).status_code == (200 if may else 403)
    assert undone(client, reverse("group-new"), {})[0] == (422 if may else 403)
    for name in ("group", "group-export"):
        given = {"code": "khong-co", **({"ending": "csv"} if name == "group-export" else {})}
        assert client.get(reverse(name, kwargs=given)).status_code == 404
    for name in ("group-change", "group-end"):
        assert client.get(reverse(name, args=["khong-co"])).status_code == 404


@pytest.mark.parametrize("member", ASKERS)
def test_units_are_numbered_by_exactly_those_who_may_change_them(world, member):
    client = signed_in(world, member)
    form = {"client_key": str(key()), "system": "decision-20-2020", "code": "H26.7"}
    for place in PLACES:
        path = reverse("unit-code", args=[world.at[place].unit])
        since = "1/6/2023" if place == SEN_CU else "8/8/2024"
        found = client.get(path).status_code, undone(client, path, {**form, "since": since})[0]
        assert found == ((200, 303) if place in CHANGES[member] else (403, 403)), place
    assert client.get(reverse("unit-code", args=[uuid4()])).status_code == 404
