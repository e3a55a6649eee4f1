"""Fixtures that several folders of tests share: the cast, and a store of blobs for one test."""

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from django.db import connection
from django.test import override_settings

from tests.cast import Cast, gather
from tests.unchanged import kept_models

Made = TypeVar("Made")

_remembered: dict[tuple[str, str], tuple[Any, dict[str, str]]] = {}


@pytest.fixture
def cast(db: None) -> Cast:
    """The people and units of the story, in a transaction that ends with the test."""
    return remembered("cast", gather)


def remembered(name: str, build: Callable[[], Made]) -> Made:
    """Return what ``build`` makes through the services, and make it only once for each database.

    From then on the same rows are written back in one statement a table, which takes a tenth of
    the time. Where the database is not empty at first nothing is remembered.
    """
    place = str(connection.settings_dict["NAME"]), name
    if place not in _remembered:
        is_first = all(content == "[]" for content in _rows().values())
        made = build()
        if is_first:
            _remembered[place] = made, _rows()
        return made
    known, rows = _remembered[place]
    _write(rows)
    again: Made = copy.deepcopy(known)
    return again


def _rows() -> dict[str, str]:
    """Return for every table its rows as one JSON array."""
    found: dict[str, str] = {}
    with connection.cursor() as cursor:
        for model in kept_models():
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT coalesce(json_agg(t), '[]')::text FROM {table} AS t")
            found[model._meta.db_table] = cursor.fetchone()[0]
    return found


def _write(rows: dict[str, str]) -> None:
    with connection.cursor() as cursor:
        for name, content in rows.items():
            if content == "[]":
                continue
            table = connection.ops.quote_name(name)
            cursor.execute(
                f"INSERT INTO {table} OVERRIDING SYSTEM VALUE "
                f"SELECT * FROM json_populate_recordset(NULL::{table}, %s)",
                [content],
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
