"""A pretix as its documentation runs one: gunicorn, a worker of Celery, Redis, PostgreSQL.

Its database lies in a server of its own of the PostgreSQL that ours runs on, with the same
settings, so that what either spends there is known apart. It is migrated once and kept for the next
run. Everything listens on the loopback or on a socket, and ends with the program that asked for it.
"""

import json
import os
import secrets
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import psycopg

from lotrinh.engine import PORT as DATABASE_PORT
from lotrinh.engine import Engine, ensure_database, layout_for
from lotrinh.engine.children import spawn

HOME = Path(os.environ.get("PEERS_HOME") or Path(tempfile.gettempdir(), "lotrinh-peers"), "pretix")
DATABASE = "pretix"
PORT, REDIS_PORT = 8465, 8466
PATIENCE = 180
PACKAGES = ("pretix", "django", "djangorestframework", "gunicorn", "celery", "psycopg2-binary")
SAY_VERSIONS = """
import json, platform, sys
from importlib.metadata import version
told = {name: version(name) for name in sys.argv[1:]}
print(json.dumps(told | {"Python": platform.python_version()}))
"""
FOUND = """
import os
from django_scopes import scopes_disabled
from pretix.base.models import Organizer
with scopes_disabled():
    organizer = Organizer.objects.create(name="Peers", slug="peers")
    team = organizer.teams.create(
        name="All", all_events=True, all_event_permissions=True, all_organizer_permissions=True
    )
    team.tokens.create(name="bench", token=os.environ["PEERS_TOKEN"])
"""
"""What has no way in over the wire: whoever organises, and the key by which all else is made."""


@dataclass(frozen=True, slots=True)
class Site:
    """A pretix that runs but for its web server."""

    programs: Path
    engine: Engine
    token: str
    worker: int
    redis: int

    @property
    def database(self) -> int:
        """Return the process of its database server."""
        return int((self.engine.layout.data / "postmaster.pid").read_text().split()[0])

    def connect(self) -> "psycopg.Connection[tuple[object, ...]]":
        """Return a connection of the superuser, each statement on its own."""
        return psycopg.connect(self.engine.url(DATABASE, "postgres"), autocommit=True)

    @contextmanager
    def served(self, workers: int) -> Iterator[int]:
        """Run the web server with so many workers, and give its process."""
        program: list[str | Path] = [self.programs / "gunicorn", "pretix.wsgi", "--name", "pretix"]
        program += ["--workers", str(workers), "--bind", f"127.0.0.1:{PORT}"]
        with _kept("gunicorn", program, self.programs) as pid:
            _await(PORT)
            yield pid


@contextmanager
def running(programs: Path) -> Iterator[Site]:
    """Run a pretix that is installed there; make its database at the first time."""
    HOME.mkdir(parents=True, exist_ok=True)
    with Engine(layout_for(HOME, name=DATABASE)) as engine:
        ensure_database(engine, DATABASE, owner=DATABASE, app=DATABASE)
        _configure(engine)
        redis = ["redis-server", "--bind", "127.0.0.1", "--port", str(REDIS_PORT), "--save", ""]
        with _kept("redis", [*redis, "--dir", HOME], programs) as redis_pid:
            token = _installed(programs)
            celery = [programs / "celery", "-A", "pretix.celery_app", "worker", "-l", "warning"]
            with _kept("celery", celery, programs) as worker:
                yield Site(programs, engine, token, worker, redis_pid)


def versions(site: Site) -> dict[str, str]:
    """Return the versions of pretix and of what it runs on."""
    told: dict[str, str] = json.loads(
        _printed([site.programs / "python", "-c", SAY_VERSIONS, *PACKAGES])
    )
    with site.connect() as connection:
        row = connection.execute("SHOW server_version").fetchone()
    redis = _printed(["redis-server", "--version"]).partition("v=")[2].split()[0]
    return told | {"Redis": redis, "PostgreSQL": str(row[0]) if row else ""}


def _configure(engine: Engine) -> None:
    (HOME / "data").mkdir(exist_ok=True)
    redis = f"redis://127.0.0.1:{REDIS_PORT}"
    said = {
        "pretix": {
            "instance_name": "Peers",
            "url": f"http://localhost:{PORT}",
            "datadir": HOME / "data",
        },
        "django": {"debug": "off"},
        "database": {
            "backend": "postgresql",
            "name": DATABASE,
            "user": DATABASE,
            "host": engine.layout.socket,
            "port": DATABASE_PORT,
        },
        "redis": {"location": f"{redis}/0", "sessions": "true"},
        "celery": {"backend": f"{redis}/1", "broker": f"{redis}/2"},
    }
    with (HOME / "pretix.cfg").open("w") as out:
        for section, values in said.items():
            out.writelines([f"[{section}]\n", *(f"{name}={one}\n" for name, one in values.items())])


def _installed(programs: Path) -> str:
    """Leave a migrated database with an organiser; return the key of its team."""
    kept = HOME / "token"
    if kept.exists():
        return kept.read_text()
    token = secrets.token_hex(32)
    pretix = [programs / "python", "-m", "pretix"]
    env = _environment(programs) | {"PEERS_TOKEN": token}
    for words in (["migrate", "-v", "0"], ["shell", "-c", FOUND]):
        subprocess.run([*pretix, *words], env=env, cwd=HOME, check=True)
    kept.write_text(token)
    return token


def _environment(programs: Path) -> dict[str, str]:
    """Return what pretix is to know, and nothing of ours."""
    return {
        "PATH": f"{programs}:/usr/bin:/bin",
        "HOME": str(HOME),
        "LC_ALL": "C.UTF-8",
        "PRETIX_CONFIG_FILE": str(HOME / "pretix.cfg"),
        "DJANGO_SETTINGS_MODULE": "pretix.settings",
    }


@contextmanager
def _kept(name: str, program: list[str | Path], programs: Path) -> Iterator[int]:
    """Run a program as long as the block lasts; give the process that keeps it."""
    log = HOME / f"{name}.log"
    keeper = spawn(program, env=_environment(programs), log=log, folder=HOME)
    try:
        yield keeper.pid
    finally:
        keeper.terminate()
        keeper.wait(60)


def _await(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        line = HTTPConnection("localhost", port, timeout=60)
        try:
            line.request("GET", "/api/v1/version")
            line.getresponse().read()
        except OSError:
            time.sleep(0.5)
        else:
            return
        finally:
            line.close()
    raise SystemExit(f"pretix does not answer: see the logs in {HOME}")


def _printed(program: list[str | Path]) -> str:
    return subprocess.run(program, capture_output=True, text=True, check=True).stdout.strip()
