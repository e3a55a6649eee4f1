"""What many tests stand on is built once for each database; else a run takes twice as long."""

import pytest

from tests.stage import is_remembered

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("cast")
def test_the_cast_is_written_back_although_migrations_filled_some_tables():
    assert is_remembered("cast")
