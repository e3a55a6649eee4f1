"""What the tests of rights share: one object of every kind at every unit, and its originals."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stage import own_blobs, remembered
from tests.web.world import World, build_world


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the originals lie that the world remembers."""
    return tmp_path_factory.mktemp("blobs")


@pytest.fixture(autouse=True)
def blobs(folder: Path) -> Iterator[Path]:
    """One store of blobs for the whole matrix."""
    with own_blobs(folder):
        yield folder


@pytest.fixture
def world(db: None) -> World:
    """One object of every kind at every unit."""
    return remembered("world", build_world)
