"""The demonstration, built once for its own tests and for those of the browser."""

from collections.abc import Iterator

import pytest

from lotrinh.demo.city import Summary
from tests.city import Step
from tests.stories import LIBRARY, own_blobs


@pytest.fixture
def demo(db: None, pytestconfig: pytest.Config) -> Iterator[tuple[Summary, list[Step]]]:
    """The city with its summary and what was told while it was built."""
    library = pytestconfig.stash[LIBRARY]
    with own_blobs(library.folder_of("demo")):
        yield library.made("demo")
