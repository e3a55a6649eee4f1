"""A connection that waited in the pool is used again while its server stands, else left alone."""

from typing import Any

import pytest
from django.db import connections

from lotrinh.config.database.base import DatabaseWrapper

pytestmark = pytest.mark.django_db


@pytest.fixture
def pooled():
    """A way into the database with a pool of its own."""
    said = {**connections["default"].settings_dict, "OPTIONS": {"pool": {"min_size": 1}}}
    wrapper: Any = DatabaseWrapper(said, "pooled")
    connections["pooled"] = wrapper
    yield wrapper
    wrapper.close()
    wrapper.close_pool()
    del connections["pooled"]


def backend(wrapper: Any) -> int:
    """Take a connection, say which it is, and give it back."""
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    wrapper.close()
    return int(pid)


def test_one_that_stands_is_used_again_and_one_whose_server_left_is_not(pooled) -> None:
    first = backend(pooled)
    assert backend(pooled) == first
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [first])
        assert cursor.fetchone() == (True,)
    assert backend(pooled) != first
