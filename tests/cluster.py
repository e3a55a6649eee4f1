"""The databases of the tests: a cluster of their own, one template, one clone for each worker.

The template is migrated once by the owner and named after a fingerprint of everything that shapes
it, so a second run finds it ready. Tests then work as the application role in a clone; ordinary
ones roll back, those that cannot (browser, races, kills) take a fresh clone for themselves.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import IO

import psycopg
from django.core.management import call_command
from django.db import connections

from lotrinh.apps.journal.grants import grant_application_role, grant_on_published
from lotrinh.engine import (
    APP_ROLE,
    OWNER_ROLE,
    PORT,
    PUBLIC_ROLE,
    Engine,
    clone_database,
    drop_database,
    ensure_database,
    layout_for,
)

CHECKOUT = Path(__file__).resolve().parents[1]
PREFIX = "template_"
LOCK = 7_316_402
SEAT = "LOTRINH_TESTS_CLUSTER"
ROLES = {"default": APP_ROLE, "owner": OWNER_ROLE, "public": PUBLIC_ROLE}
_pointed: list[str] = []


def engine() -> Engine:
    """Return the server of this test run, not yet started."""
    return Engine(layout_for(CHECKOUT, name=os.environ.get(SEAT, "tests")))


def take_seat() -> IO[str]:
    """Choose a cluster that no other run of this checkout uses, for this process and its workers.

    The seat is held as long as the file that is returned stays open.
    """
    folder = CHECKOUT / ".lotrinh"
    folder.mkdir(mode=0o700, exist_ok=True)
    for number in range(1, 9):
        name = "tests" if number == 1 else f"tests{number}"
        lock = (folder / f"{name}.lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            continue
        os.environ[SEAT] = name
        return lock
    raise RuntimeError("eight test runs of this checkout are going on already")


def fingerprint() -> str:
    """Return a digest of all that decides what a freshly migrated database looks like."""
    digest = hashlib.sha256()
    shaping = [
        *CHECKOUT.glob("lotrinh/apps/*/migrations/*.py"),
        *CHECKOUT.glob("lotrinh/apps/*/models.py"),
        *CHECKOUT.glob("lotrinh/apps/*/models/*.py"),
    ]
    for path in sorted([*shaping, CHECKOUT / "lotrinh/apps/journal/grants.py"]):
        digest.update(path.read_bytes())
    for package in ("django", "procrastinate", "django-allauth", "django-pgtrigger"):
        digest.update(version(package).encode())
    return digest.hexdigest()[:12]


def ensure_template(server: Engine) -> str:
    """Return the name of a migrated database that nobody is connected to."""
    name = PREFIX + fingerprint()
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        names = [row[0] for row in connection.execute("SELECT datname FROM pg_database")]
        if name in names:
            return name
        for stale in [old for old in names if old.startswith(PREFIX)]:
            drop_database(server, stale)
        building = f"building_{name}"
        drop_database(server, building)
        ensure_database(server, building)
        with pointed_at(server, building):
            call_command("migrate", database="owner", verbosity=0)
            grant_application_role(using="owner", role=APP_ROLE)
            grant_on_published(using="owner", app=APP_ROLE, public=PUBLIC_ROLE)
        connection.execute(f'ALTER DATABASE "{building}" RENAME TO "{name}"')
    return name


@contextmanager
def pointed_at(server: Engine, database: str) -> Iterator[None]:
    """Let Django's connections lead to ``database`` of the tests' server for a while."""
    before = {alias: dict(connections[alias].settings_dict) for alias in ROLES}
    for alias, role in ROLES.items():
        connections[alias].close()
        connections[alias].settings_dict.update(
            NAME=database,
            USER=role,
            HOST=str(server.layout.socket),
            PASSWORD="",
            PORT=PORT,
            OPTIONS=before["public"]["OPTIONS"] if alias == "public" else {},
        )
    _pointed.append(database)
    try:
        yield
    finally:
        _pointed.pop()
        for alias, settings in before.items():
            connections[alias].close()
            connections[alias].settings_dict.update(settings)


def borrowed() -> str | None:
    """Return the database of its own that a fixture leads the connections to, None if none does.

    The first that they are led to is the worker's own, in which every test stands by and by.
    """
    return _pointed[-1] if len(_pointed) > 1 else None


def led_to() -> set[str]:
    """Return the databases to which Django's connections lead at present."""
    return {str(connections[alias].settings_dict["NAME"]) for alias in ROLES}


@contextmanager
def fresh_clone(server: Engine, label: str, *, template: str | None = None) -> Iterator[str]:
    """Give the name of a new copy of the template or of another database, dropped at the end."""
    name = f"test_{label}_{os.getpid()}"
    drop_database(server, name)
    clone_database(server, template or ensure_template(server), name)
    try:
        yield name
    finally:
        drop_database(server, name)
