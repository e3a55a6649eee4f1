"""What a migration changes in tables that are filled already."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from lotrinh.apps.units.models import Role
from lotrinh.rules.actions import Action
from tests.factories import make_role

pytestmark = pytest.mark.django_db

MANAGE = import_module("lotrinh.apps.units.migrations.0008_administrators_manage_accounts")
OLD = ["people.appoint", "people.read", "rights.explain", "role.define", "unit.change"]


def migrate() -> None:
    MANAGE.widen(apps, SimpleNamespace(connection=connection))


def carried(code: str) -> list[str]:
    return list(Role.objects.get(code=code).actions)


def test_administrators_of_older_installations_gain_what_they_lack_and_nobody_else() -> None:
    make_role("administrator", actions=OLD)
    make_role("organiser", actions=OLD)

    migrate()
    migrate()

    assert carried("administrator") == sorted([*OLD, "account.manage"])
    assert carried("organiser") == OLD


def test_a_role_that_carries_it_stays_as_it_is() -> None:
    make_role("administrator", actions=list(Action))
    before = carried("administrator")

    migrate()

    assert carried("administrator") == before


def test_an_installation_without_that_role_stays_as_it_is() -> None:
    migrate()

    assert Role.objects.count() == 0
