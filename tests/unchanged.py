"""Whether anything was written: every table of Lotrinh, by number of rows and by content."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection, models

State = dict[str, tuple[int, str]]


def kept_models() -> list[type[models.Model]]:
    """Return the models of Lotrinh's own applications, in a fixed order."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("lotrinh.apps.")
    ]
    return sorted(found, key=lambda model: model._meta.db_table)


def state_of_tables() -> State:
    """Return for every table how many rows it has and a digest of all that they hold."""
    state: State = {}
    with connection.cursor() as cursor:
        for model in kept_models():
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT t::text FROM {table} AS t ORDER BY 1")
            rows = [row[0] for row in cursor.fetchall()]
            state[model._meta.db_table] = (
                len(rows),
                hashlib.sha256("\n".join(rows).encode()).hexdigest(),
            )
    return state


def changed(before: State, after: State) -> set[str]:
    """Return the names of the tables in which something was added, changed or removed."""
    return {table for table in before | after if before.get(table) != after.get(table)}


@contextmanager
def nothing_changes() -> Iterator[None]:
    """Assert that what is done within leaves every table as it was."""
    before = state_of_tables()
    yield
    touched = changed(before, state_of_tables())
    if touched:
        raise AssertionError(f"written to: {', '.join(sorted(touched))}")
