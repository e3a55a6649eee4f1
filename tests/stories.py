"""What many tests stand on, told once to a database of its own and rolled back to by each test.

A test names its story by asking for a fixture of that name. Before its transaction begins, Django's
connections are led to the database in which the story was told and committed; a test without one
stands in a database that holds what the migrations have put there, and nothing else.
"""

import copy
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connections, transaction
from django.test import override_settings

from lotrinh.engine import Engine
from tests import cluster

BUILDERS: dict[str, Callable[[], Any]] = {}
_END_SESSIONS = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s
"""
LIBRARY = pytest.StashKey["Library"]()


@dataclass(frozen=True, slots=True)
class Story:
    """What was made, the database that holds it, and how many entries its journal has."""

    made: Any
    database: str
    entries: int


class StrayedError(Exception):
    """The connections lead to a database of somebody's own, or a story is not what was told."""


@dataclass(slots=True)
class Library:
    """The stories of one worker, each told when it is first asked for."""

    server: Engine
    worker: str
    empty: str
    folder: Path
    stack: ExitStack
    told: dict[str, Story] = field(default_factory=dict)
    open_name: str | None = None

    def story(self, name: str) -> Story:
        """Return a story, told to a fresh database if this is the first time."""
        if name not in self.told:
            label = f"{self.worker}_{name}"
            database = self.stack.enter_context(cluster.fresh_clone(self.server, label))
            with (
                cluster.pointed_at(self.server, database),
                own_blobs(self.folder_of(name)),
                transaction.atomic(),
            ):
                made = BUILDERS[name]()
            self.told[name] = Story(made, database, self._entries(database))
        return self.told[name]

    def copy_of(self, name: str, label: str) -> AbstractContextManager[str]:
        """Give the name of a copy of a story's database, dropped at the end of the block.

        A database is copied while nobody is in it: neither a test of before nor an autovacuum.
        """
        story = self.story(name)
        connections.close_all()
        with psycopg.connect(self.server.url("postgres", "postgres"), autocommit=True) as superuser:
            superuser.execute(_END_SESSIONS, [story.database])
        return cluster.fresh_clone(self.server, label, template=story.database)

    def folder_of(self, name: str) -> Path:
        """Return where the stored objects of a story lie."""
        return self.folder / name

    def open(self, name: str | None) -> None:
        """Lead Django's connections to a story, or to the empty database."""
        self.require_given_back()
        if name == self.open_name:
            return
        database = self._database_of(name)
        for alias in cluster.ROLES:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = database
        self.open_name = name

    def require_given_back(self) -> None:
        """Raise StrayedError where the connections do not lead to the open story.

        A test that began now would stand in somebody else's database, and not know it.
        """
        borrowed = cluster.borrowed()
        if borrowed is not None:
            raise StrayedError(f"a fixture still keeps the connections in {borrowed}")
        stray = cluster.led_to() - {self._database_of(self.open_name)}
        if stray:
            raise StrayedError(f"not in {self.open_name or 'the empty database'}, but in {stray}")

    def require_untouched(self) -> None:
        """Raise StrayedError where a test left something in a story that others stand in."""
        touched = [
            name
            for name, story in self.told.items()
            if self._entries(story.database) > story.entries
        ]
        if touched:
            raise StrayedError(f"a test committed to what many stand on: {', '.join(touched)}")

    def _entries(self, database: str) -> int:
        with psycopg.connect(self.server.url(database, "postgres")) as superuser:
            (count,) = superuser.execute("SELECT count(*) FROM journal_entry").fetchone() or (0,)
        return int(count)

    def _database_of(self, name: str | None) -> str:
        return self.empty if name is None else self.story(name).database

    def made(self, name: str) -> Any:
        """Return what the open story made, for one test to change as it likes."""
        if name != self.open_name:
            raise LookupError(f"{name} was not open when this test began, but {self.open_name}")
        return copy.deepcopy(self.told[name].made)


def tell(name: str, build: Callable[[], Any]) -> None:
    """Let tests that ask for a fixture of this name stand on what ``build`` makes."""
    BUILDERS[name] = build


def story_of(item: pytest.Item) -> str | None:
    """Return the story that a test asks for."""
    wanted = getattr(item, "fixturenames", ())
    return next((name for name in reversed(BUILDERS) if name in wanted), None)


@contextmanager
def own_blobs(folder: Path) -> Iterator[None]:
    """Let stored objects lie in ``folder`` for a while, and what is published beside it."""
    with override_settings(
        LOTRINH_PUBLISHED=folder.with_name(f"{folder.name}-published"),
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
            "blobs": {
                "BACKEND": "lotrinh.apps.files.storage.DurableFolder",
                "OPTIONS": {"location": folder, "base_url": None},
            },
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
    ):
        yield
