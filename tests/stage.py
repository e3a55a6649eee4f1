"""Fixtures that several folders of tests share: the cast, and a store of blobs for one test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cast import Cast, gather
from tests.stories import LIBRARY, own_blobs, tell

CAST = "cast"
tell(CAST, gather)


@pytest.fixture
def cast(db: None, pytestconfig: pytest.Config) -> Cast:
    """The people and units of the story, in a transaction that ends with the test."""
    made: Cast = pytestconfig.stash[LIBRARY].made(CAST)
    return made


@pytest.fixture(autouse=True)
def blobs(tmp_path: Path) -> Iterator[Path]:
    """A folder of stored objects for this test alone."""
    folder = tmp_path / "blobs"
    with own_blobs(folder):
        yield folder
