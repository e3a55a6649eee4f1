"""What the tests of rights share: one object of every kind at every unit, and its originals."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stories import LIBRARY, own_blobs, tell
from tests.web.world import World, build_world

tell("world", build_world)


@pytest.fixture(autouse=True)
def blobs(django_db_setup: None, pytestconfig: pytest.Config) -> Iterator[Path]:
    """The store of blobs in which the originals of the world lie."""
    folder = pytestconfig.stash[LIBRARY].folder_of("world")
    with own_blobs(folder):
        yield folder


@pytest.fixture
def world(db: None, pytestconfig: pytest.Config) -> World:
    """One object of every kind at every unit."""
    made: World = pytestconfig.stash[LIBRARY].made("world")
    return made
