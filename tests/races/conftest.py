"""A database of its own for what cannot be rolled back: real connections, real commits."""

from collections.abc import Iterator

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from lotrinh.engine import Engine
from tests import cluster
from tests.cast import Cast, gather
from tests.stories import own_blobs


@pytest.fixture(scope="module")
def people(
    server: Engine, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Cast]:
    """The cast, committed to a fresh clone that every connection of this module leads to."""
    with (
        django_db_blocker.unblock(),
        cluster.fresh_clone(server, "races") as name,
        cluster.pointed_at(server, name),
        own_blobs(tmp_path_factory.mktemp("blobs")),
    ):
        yield gather()
        connections.close_all()
