"""What a migration changes in tables that are filled already."""

from datetime import date
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from lotrinh.apps.journal.models import Entry
from lotrinh.apps.units import services
from lotrinh.apps.units.models import Post, Role
from lotrinh.rules.actions import Action
from tests.cast import Cast
from tests.factories import NOW, TODAY, make_role

pytestmark = pytest.mark.django_db

MANAGE = import_module("lotrinh.apps.units.migrations.0008_administrators_manage_accounts")
ENDS = import_module("lotrinh.apps.units.migrations.0012_posts_end_with_their_unit")
OLD = ["people.appoint", "people.read", "rights.explain", "role.define", "unit.change"]


def migrate() -> None:
    MANAGE.widen(apps, SimpleNamespace(connection=connection))


def carried(code: str) -> list[str]:
    return list(Role.objects.get(code=code).actions)


def test_administrators_of_older_installations_gain_what_they_lack_and_nobody_else() -> None:
    make_role("administrator", actions=OLD)
    make_role("organiser", actions=OLD)
    entries = Entry.objects.count()

    migrate()
    migrate()

    assert Entry.objects.count() == entries + 1
    told = Entry.objects.latest("pk")
    assert (told.verb, told.actor_kind, told.actor_uid) == ("role.defined", "system", None)
    assert carried("administrator") == sorted([*OLD, "account.manage"])
    assert carried("organiser") == OLD


def test_a_role_that_carries_it_stays_as_it_is() -> None:
    make_role("administrator", actions=list(Action))
    before = carried("administrator")

    migrate()

    assert carried("administrator") == before


def test_a_role_of_ones_own_with_that_code_gains_nothing() -> None:
    make_role("administrator", actions=["duty.read"])
    entries = Entry.objects.count()

    migrate()

    assert carried("administrator") == ["duty.read"]
    assert Entry.objects.count() == entries


def test_posts_end_with_their_unit_and_come_back_with_it(cast: Cast) -> None:
    """As in an installation whose changes of before did not end posts."""
    day, by = date(2024, 10, 1), {"user": cast.chi, "on": TODAY, "at": NOW}
    words = {"unit": cast.sen_tay, "receiver": cast.ho_sen, "legal_basis": "NQ"}
    change = services.abolish_unit(day=day, **words, **by)
    change.ended = [row for row in change.ended if row["table"] != "post"]
    change.save(update_fields=["ended"])
    posts = Post.objects.filter(unit=cast.sen_tay)
    posts.update(valid=DateRange(None, None))
    others = Post.objects.exclude(unit__in=[cast.sen_tay, cast.sen_cu]).order_by("pk")
    before = list(others.values("pk", "valid"))

    for _ in range(2):
        ENDS.end_posts(apps, SimpleNamespace(connection=connection))

    assert {post.valid.upper for post in posts} == {day}
    assert list(others.values("pk", "valid")) == before
    services.undo_change(change=change, **by)
    assert {post.valid.upper for post in posts.all()} == {None}


def test_an_installation_without_that_role_stays_as_it_is() -> None:
    migrate()

    assert Role.objects.count() == 0
