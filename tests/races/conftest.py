"""A database of its own for what cannot be rolled back: real connections, real commits."""

import copy
from collections.abc import Iterator

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from lotrinh.engine import Engine
from tests import cluster
from tests.cast import Cast
from tests.stage import CAST
from tests.stories import LIBRARY, own_blobs


@pytest.fixture(scope="module")
def people(
    server: Engine,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    pytestconfig: pytest.Config,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Cast]:
    """The cast, in a copy of its story that every connection of this module leads to."""
    library = pytestconfig.stash[LIBRARY]
    with (
        django_db_blocker.unblock(),
        library.copy_of(CAST, "races") as name,
        cluster.pointed_at(server, name),
        own_blobs(tmp_path_factory.mktemp("blobs")),
    ):
        yield copy.deepcopy(library.story(CAST).made)
        connections.close_all()
