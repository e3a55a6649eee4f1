"""A database of its own in which tables are brought from an older state to the newest."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from pytest_django.plugin import DjangoDbBlocker

from lotrinh.apps.journal.grants import grant_application_role, grant_on_published
from lotrinh.engine import APP_ROLE, PUBLIC_ROLE, Engine, drop_database, ensure_database
from tests import cluster


@contextmanager
def empty_database(server: Engine, blocker: DjangoDbBlocker, label: str) -> Iterator[None]:
    """Let both connections lead to a database without a table, dropped at the end."""
    name = f"test_migrations_{label}"
    drop_database(server, name)
    ensure_database(server, name)
    try:
        with blocker.unblock(), cluster.pointed_at(server, name):
            yield
            connections.close_all()
    finally:
        drop_database(server, name)


def migrate(targets: list[tuple[str, str]] | None = None) -> Any:
    """Bring the tables to a state, the newest by default; return its models."""
    executor = MigrationExecutor(connections["owner"])
    wanted = targets or executor.loader.graph.leaf_nodes()
    executor.migrate(wanted)
    if targets is None:
        grant_application_role(using="owner", role=APP_ROLE)
        grant_on_published(using="owner", app=APP_ROLE, public=PUBLIC_ROLE)
    return MigrationExecutor(connections["owner"]).loader.project_state(wanted).apps
