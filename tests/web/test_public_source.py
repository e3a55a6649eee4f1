"""What is public is held against its hash once, and is then asked for by that hash alone."""

import psycopg
import pytest
from django.db import connections
from django.test import override_settings

from lotrinh.apps.publishing import shelf
from lotrinh.apps.publishing.selectors import newest
from lotrinh.engine import OWNER_ROLE
from lotrinh.rules.publication.canonical import canonical, digest
from lotrinh.web import public_source
from lotrinh.web.public_source import served
from tests import cluster
from tests.publications import published_city


@pytest.fixture
def database(server, django_db_setup, django_db_blocker, tmp_path):
    """A database of its own in which a city has published."""
    with (
        override_settings(LOTRINH_PUBLISHED=tmp_path / "published"),
        django_db_blocker.unblock(),
        cluster.fresh_clone(server, "public_source") as name,
        cluster.pointed_at(server, name),
    ):
        published_city()
        yield name
        for alias in connections:
            connections[alias].close()


def test_a_row_that_was_changed_behind_the_decision_is_never_served(server, database, tmp_path):
    published = newest()
    asked = []

    def count(execute, sql, *rest):
        asked.append(sql)
        return execute(sql, *rest)

    first = served()
    with connections["public"].execute_wrapper(count):
        again = served()
    with psycopg.connect(server.url(database, OWNER_ROLE)) as owner:
        owner.execute("UPDATE published.promise SET actual = 999 WHERE actual IS NOT NULL")
    same_process = served()
    public_source._proved.clear()  # as a process that starts now
    new_process = served()

    assert (first.publication, first.sha256) == (published, digest(canonical(published)))
    assert (again, len(asked)) == (first, 1)
    assert same_process == first
    assert (new_process.publication, new_process.is_kept) == (published, True)
    (tmp_path / "published" / shelf.CURRENT / shelf.CONTENT).write_text(
        canonical(published).replace('"120"', '"121"')
    )
    public_source._proved.clear()
    assert served().publication is None
