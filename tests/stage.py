"""Fixtures that several folders of tests share: the cast, and a store of blobs for one test."""

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from django.apps import apps
from django.db import connection
from django.test import override_settings

from lotrinh.apps.duties.models import TallyChange
from tests.cast import Cast, gather
from tests.unchanged import kept_models

Made = TypeVar("Made")
Rows = dict[str, frozenset[str]]

_seeded: dict[str, Rows] = {}
_remembered: dict[tuple[str, str], tuple[Any, Rows]] = {}


@pytest.fixture
def cast(db: None) -> Cast:
    """The people and units of the story, in a transaction that ends with the test."""
    return remembered("cast", gather)


def note_seeded() -> None:
    """Remember what the migrations have put into a database that nobody has used yet."""
    _seeded[str(connection.settings_dict["NAME"])] = _rows()


def remembered(name: str, build: Callable[[], Made]) -> Made:
    """Return what ``build`` makes through the services, and make it only once for each database.

    From then on the same rows are written back in one statement a table, which takes a tenth of
    the time. Where somebody has written before, or ``build`` changes what the migrations have put
    there, nothing is remembered.
    """
    database = str(connection.settings_dict["NAME"])
    if (database, name) not in _remembered:
        before = _rows()
        made = build()
        after = _rows()
        if before == _seeded[database] and all(before[table] <= after[table] for table in before):
            _remembered[database, name] = (
                made,
                {table: rows - before[table] for table, rows in after.items()},
            )
        return made
    known, rows = _remembered[database, name]
    _write(rows)
    again: Made = copy.deepcopy(known)
    return again


def is_remembered(name: str) -> bool:
    """Say whether what is called so needs not be built again in this database."""
    return (str(connection.settings_dict["NAME"]), name) in _remembered


def _rows() -> Rows:
    """Return for every table its rows, each as a JSON object."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for model in kept_models():
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT to_json(t)::text FROM {table} AS t")
            found[model._meta.db_table] = frozenset(row for (row,) in cursor.fetchall())
    return found


def _write(rows: Rows) -> None:
    """Write rows back; what the database makes itself of other rows it makes again.

    Applications come in their order, each after those that it builds on.
    """
    order = [config.label for config in apps.get_app_configs()]
    known = [model for model in kept_models() if model is not TallyChange]
    known.sort(key=lambda model: order.index(model._meta.app_label))
    made = {model._meta.db_table: model for model in known}
    with connection.cursor() as cursor:
        for name in made:
            content = rows.get(name)
            if not content:
                continue
            quote = connection.ops.quote_name
            fields = made[name]._meta.concrete_fields
            columns = ", ".join(quote(one.column) for one in fields if not one.generated)
            cursor.execute(
                f"INSERT INTO {quote(name)} ({columns}) OVERRIDING SYSTEM VALUE "
                f"SELECT {columns} FROM json_populate_recordset(NULL::{quote(name)}, %s)",
                [f"[{','.join(content)}]"],
            )


@pytest.fixture(autouse=True)
def blobs(tmp_path: Path) -> Iterator[Path]:
    """A folder of stored objects for this test alone."""
    folder = tmp_path / "blobs"
    with own_blobs(folder):
        yield folder


def own_blobs(folder: Path) -> override_settings:
    """Return a context in which stored objects lie in ``folder``."""
    return override_settings(
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
            "blobs": {
                "BACKEND": "lotrinh.apps.files.storage.DurableFolder",
                "OPTIONS": {"location": folder, "base_url": None},
            },
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        }
    )
