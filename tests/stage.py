"""Fixtures that several folders of tests share: the cast, and a store of blobs for one test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from tests.cast import Cast, gather


@pytest.fixture
def cast(db: None) -> Cast:
    """The people and units of the story, in a transaction that ends with the test."""
    return gather()


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
