"""Making the database of an installation ready: server, roles, tables, rights.

It is run at every start and does only what is missing. Nothing here imports the applications:
Django is set up first, then ``lotrinh.cli`` calls what needs it.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import django
import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from lotrinh.apps.journal.grants import grant_application_role, grant_on_published
from lotrinh.engine import APP_ROLE, PUBLIC_ROLE, Engine, drop_database, ensure_database, layout_for

PACKAGE = Path(__file__).resolve().parents[1]
SHAPING = (
    "**/migrations/*.py",
    "demo/**/*.py",
    "demo/**/*.toml",
    "demo/**/*.txt",
    "demo/**/*.csv",
    "apps/**/*.toml",
)
READING = ("reading/**/*.py", "reading/**/*.toml")


def embedded_engine() -> Engine | None:
    """Return the embedded server of this checkout, or None where DATABASE_URL names another."""
    if os.environ.get("DATABASE_URL"):
        return None
    return Engine(layout_for(name=os.environ.get("LOTRINH_CLUSTER", "main")))


def set_up_django() -> None:
    """Load the settings; after this the applications can be imported and used.

    Assets are collected under names that carry their hash, here and in every child.
    """
    os.environ["LOTRINH_COLLECTED"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lotrinh.config.settings")
    django.setup()


def ensure_tables() -> None:
    """Leave every table migrated and the application role with exactly its rights."""
    call_command("migrate", database="owner", verbosity=0)
    role = connections["default"].settings_dict["USER"] or APP_ROLE
    grant_application_role(using="owner", role=role)
    public = connections["public"].settings_dict["USER"] or PUBLIC_ROLE
    grant_on_published(using="owner", app=role, public=public)
    connections["owner"].close()


def ensure_installation(engine: Engine | None) -> None:
    """Leave the database of a real installation migrated; its rows are never touched."""
    set_up_django()
    with one_at_a_time():
        if engine is not None:
            ensure_database(engine, settings.DATABASES["default"]["NAME"])
        ensure_tables()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let a second start of the same checkout wait until the first has made everything ready."""
    state = Path(settings.STATIC_ROOT).parent
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (state / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def demo_fingerprint(unit_count: int | None) -> str:
    """Return a digest of everything that decides what the demonstration's database holds."""
    digest = hashlib.sha256(f"{unit_count}".encode())
    patterns = (*SHAPING, *READING)
    for path in sorted({path for pattern in patterns for path in PACKAGE.glob(pattern)}):
        digest.update(path.relative_to(PACKAGE).as_posix().encode())
        digest.update(path.read_bytes())
    for package in ("django", "procrastinate", "django-allauth"):
        digest.update(version(package).encode())
    return digest.hexdigest()


def built_fingerprint(engine: Engine, database: str) -> str | None:
    """Return the fingerprint that a finished demonstration left on its database, or None."""
    with psycopg.connect(engine.url("postgres", "postgres"), autocommit=True) as connection:
        row = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [database],
        ).fetchone()
    return str(row[0]) if row and row[0] else None


def mark_built(engine: Engine, database: str, fingerprint: str) -> None:
    """Leave the fingerprint on a database whose demonstration is whole."""
    with psycopg.connect(engine.url("postgres", "postgres"), autocommit=True) as connection:
        connection.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(
                sql.Identifier(database), sql.Literal(fingerprint)
            )
        )


def rebuild_database(engine: Engine, database: str) -> None:
    """Leave an empty, migrated database in the place of whatever was there. Demonstration only."""
    connections.close_all()
    drop_database(engine, database)
    ensure_database(engine, database)
    ensure_tables()
