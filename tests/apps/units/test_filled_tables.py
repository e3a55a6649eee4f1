"""A filled installation of the first day is brought to the newest tables, and nothing is lost."""

import hashlib
import json
from datetime import date
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from pytest_django.plugin import DjangoDbBlocker

from lotrinh.apps.journal.models import Entry
from lotrinh.apps.units import selectors
from lotrinh.apps.units.models import Appointment, Person, Post, Role, Unit, UnitName
from lotrinh.engine import Engine
from lotrinh.rules.actions import Action
from tests.factories import NOW, TODAY, make_unit
from tests.migrating import empty_database, migrate

FIRST = [("units", "0001_initial")]
LAST_BEFORE_ROLES = [("units", "0005_people_are_found"), ("journal", "0001_initial")]
LONG_AGO, ABOLISHED = date(2008, 8, 1), date(2024, 1, 1)
DEFINED_LATER = ["administrator", "organiser"]
GAINED_FIRST = ["people.appoint", "people.read", "rights.explain", "role.define", "unit.change"]
GAINED_LAST = sorted([*GAINED_FIRST, "account.manage", "mandate.give"])


def fill_first(apps: Any) -> None:
    """Write what an installation of the first day held: a city, a district, a ward that ended."""

    def rows(name: str, app: str = "units") -> Any:
        return apps.get_model(app, name).objects.using("owner")

    tree = rows("Tree").create(code="political-system", name_vi="Hệ thống", name_en="System")
    units: list[Any] = []
    for code, name, until in (
        ("tp", "Thành phố Hồ Sen", None),
        ("quan", "Quận Hồ Sen", None),
        ("phuong", "Phường Sen Cũ", ABOLISHED),
    ):
        unit = rows("Unit").create(
            code=code,
            kind="commune",
            name_vi=name,
            name_en=f"{code} in English",
            aliases=[f"UBND {name}"],
            name_keys=[],
            sort_key=code,
        )
        above = units[-1] if units else None
        units.append(unit)
        rows("Placement").create(
            unit=unit,
            tree=tree,
            parent=above,
            path=".".join(str(one.pk) for one in units),
            valid=DateRange(LONG_AGO, until),
            legal_basis=f"Nghị quyết lập {code}",
        )
    leader = rows("Role").create(
        code="leader", name_vi="Lãnh đạo riêng", name_en="Own leader", actions=["duty.read"]
    )
    for number, unit in enumerate(units):
        user = rows("User", "accounts").create(
            sign_in_name=f"nguoi-{number}", password="!", created_at=NOW
        )
        person = rows("Person").create(full_name=f"Trần Mộc Chi {number}", sort_key="x", user=user)
        post = rows("Post").create(
            unit=unit, scope=unit, role=leader, title_vi="Chủ tịch", title_en="Chair", rank=number
        )
        rows("Appointment").create(
            person=person,
            post=post,
            valid=DateRange(date(2020, 1, 1), ABOLISHED if number == 2 else None),
        )


def uids(apps: Any) -> dict[str, list[Any]]:
    """Return the lasting identities of everything that has one."""
    return {
        name: sorted(
            apps.get_model("units", name).objects.using("owner").values_list("uid", flat=True)
        )
        for name in ("Unit", "Person", "Post", "Appointment")
    }


@pytest.mark.slow
def test_what_an_installation_of_the_first_day_held_is_all_there(
    server: Engine, django_db_blocker: DjangoDbBlocker
) -> None:
    with empty_database(server, django_db_blocker, "filled"):
        first = migrate(FIRST)
        fill_first(first)
        before = uids(first)
        assert [len(found) for found in before.values()] == [3, 3, 3, 3]

        assert uids(migrate()) == before

        city, district, ward = Unit.objects.order_by("pk")
        assert [unit.id for unit in selectors.tree_on(on=TODAY)] == [city.pk, district.pk]
        path = [unit.name_vi for unit in selectors.lineage(unit_id=ward.pk, on=date(2023, 12, 31))]
        assert path == ["Thành phố Hồ Sen", "Quận Hồ Sen", "Phường Sen Cũ"]
        assert selectors.unit_named("ubnd phường sen cũ") == ward
        assert selectors.units_found("quan ho sen")[0][0] == district
        names = UnitName.objects.filter(unit=ward, kind="official").order_by("language")
        assert [(row.text, row.valid.lower) for row in names] == [
            ("phuong in English", LONG_AGO),
            ("Phường Sen Cũ", LONG_AGO),
        ]
        assert Person.objects.filter(search_key="tran moc chi 1").count() == 1
        held = Appointment.objects.get(post__unit=ward)
        assert (held.valid.upper, held.held_as, held.actions) == (ABOLISHED, "appointed", None)
        ends = [Post.objects.get(unit=unit).valid.upper for unit in (city, district, ward)]
        assert ends == [None, None, ABOLISHED]
        user = Person.objects.get(full_name="Trần Mộc Chi 0").user
        asked = {"user_id": user.pk, "action": Action.READ_DUTY, "on": TODAY}
        assert selectors.reach(**asked) == {city.pk, district.pk, ward.pk}

        _check_roles()


def _check_roles() -> None:
    """The role that was there stays, those that came later are added and in the journal."""
    leader, administrator, organiser = (
        Role.objects.get(code=code) for code in ("leader", *DEFINED_LATER)
    )
    assert (leader.name_vi, leader.actions) == ("Lãnh đạo riêng", ["duty.read"])
    assert administrator.actions == GAINED_LAST
    assert (administrator.purpose, organiser.purpose) == ("administration", "personnel")
    assert organiser.actions == ["people.appoint", "people.read", "rights.explain", "unit.change"]
    rows = list(Entry.objects.order_by("pk"))
    told = [json.loads(row.payload)["data"] for row in rows]
    assert [(one["code"], one["actions"]) for one in told] == [
        ("organiser", organiser.actions),
        ("administrator", GAINED_FIRST),
        ("administrator", sorted([*GAINED_FIRST, "account.manage"])),
        ("administrator", GAINED_LAST),
    ]
    for row in rows:
        assert row.verb == "role.defined"
        assert row.leaf == hashlib.sha256(b"\x00" + row.payload.encode()).digest()
        assert json.loads(row.payload)["actor"] == {"kind": "system", "ref": "system"}


@pytest.mark.django_db
def test_an_empty_installation_gets_no_role_before_it_is_founded() -> None:
    assert not Role.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.slow
def test_a_role_of_ones_own_stays_and_what_was_undone_before_frees_its_code(
    server: Engine, django_db_blocker: DjangoDbBlocker
) -> None:
    with empty_database(server, django_db_blocker, "undone"):
        fill_first(migrate(FIRST))
        apps = migrate(LAST_BEFORE_ROLES)

        def rows(name: str) -> Any:
            return apps.get_model("units", name).objects.using("owner")

        own = {"name_vi": "Riêng", "name_en": "Own", "actions": ["duty.read"]}
        for code in ("administrator", "planning_officer"):
            rows("Role").create(code=code, **own)
        names = {"kind": "commune", "name_vi": "Phường Mới", "name_en": "Moi", "sort_key": "m"}
        unit = rows("Unit").create(code="moi", **names)
        rows("UnitName").create(
            unit=unit,
            kind="official",
            language="vi",
            text="Phường Mới",
            key="phường mới",
            search_key="phuong moi",
            valid=DateRange(TODAY, None),
        )
        change = rows("Change").create(
            kind="create", day=TODAY, legal_basis="NQ", recorded_at=NOW, undone_at=NOW
        )
        change.units.add(unit)

        migrate()

        role = Role.objects.get(code="administrator")
        assert (role.name_vi, role.purpose) == ("Riêng", "work")
        assert role.actions == ["duty.read"]
        assert Role.objects.get(code="planning_officer").actions == ["duty.read"]
        told = [json.loads(row.payload)["data"]["code"] for row in Entry.objects.all()]
        assert told == ["organiser"]
        assert selectors.unit_by_code("moi") is None
        assert selectors.units_found("phuong moi") == ()
        found = selectors.establishment_undone(unit_id=unit.pk)
        assert found is not None and found.uid == change.uid
        again = make_unit("moi", since=None)
        assert selectors.unit_by_code("moi") == again
