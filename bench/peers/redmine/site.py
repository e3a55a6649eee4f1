"""The two sites that are compared, on one PostgreSQL of Debian: theirs on puma, ours as it serves.

``up`` makes what is missing and starts everything on the loopback, ``down`` ends it, ``away``
also forgets the data. Run as root, for the accounts ``postgres`` and ``www-data`` that Debian's
packages bring: ``python -m bench.peers.redmine.site up``.
"""

import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from shutil import chown, rmtree

import psycopg
from psycopg import sql

HOME = Path(os.environ.get("PEERS_HOME") or Path(tempfile.gettempdir(), "lotrinh-peers"))
CHECKOUT = Path(__file__).resolve().parents[3]
PROGRAMS = Path("/usr/lib/postgresql/15/bin")
REDMINE = Path("/usr/share/redmine")
INSTANCE = Path("/var/lib/redmine/lotrinh-peers")
"""Where Debian's package looks for a site of this name: a link to a folder of ours."""

DATABASE_PORT, REDMINE_PORT, OUR_PORT, OUR_SECOND_PORT = 5460, 8461, 8462, 8463
TODAY = "2024-08-07"
EXTENSIONS = ("ltree", "btree_gist", "unaccent", "pg_trgm")
SERVER = {
    "listen_addresses": "127.0.0.1",
    "port": str(DATABASE_PORT),
    "unix_socket_directories": str(HOME / "postgres"),
    "shared_buffers": "512MB",
    "jit": "off",
}
PATIENCE = 90


def our_environment(database: str) -> dict[str, str]:
    """Return the environment in which ours serves one database of the common server."""
    address = f"127.0.0.1:{DATABASE_PORT}/{database}"
    return {
        **os.environ,
        "PYTHONPATH": str(CHECKOUT),
        "DATABASE_URL": f"postgresql://lotrinh_app@{address}",
        "DATABASE_OWNER_URL": f"postgresql://lotrinh_owner@{address}",
        "LOTRINH_STATE": str(HOME / "ours"),
        "LOTRINH_TODAY": TODAY,
    }


def their_environment() -> dict[str, str]:
    """Return the environment in which Redmine runs our site of it."""
    return {
        **os.environ,
        "REDMINE_INSTANCE": INSTANCE.name,
        "REDMINE_LANG": "en",
        "RAILS_ENV": "production",
        "HOME": str(HOME / "redmine"),
        "PEERS_SHARED": str(HOME / "shared"),
        "SCHEMA": str(HOME / "redmine/schema.rb"),  # else it is written beside the package's code
        "VERBOSE": "false",
    }


def connect(database: str = "postgres") -> "psycopg.Connection[tuple[object, ...]]":
    """Return a connection of the superuser, each statement on its own."""
    address = f"postgresql://postgres@127.0.0.1:{DATABASE_PORT}/{database}"
    return psycopg.connect(address, autocommit=True)


def as_user(account: str, program: list[str], folder: Path, env: Mapping[str, str]) -> None:
    """Run a program to its end as another account."""
    subprocess.run(_for(account, program), cwd=folder, env=env, check=True)


def fill_theirs(script: str) -> None:
    """Run one of our Ruby scripts inside Redmine."""
    program = [str(REDMINE / "bin/rails"), "runner", str(HOME / "shared" / script)]
    (HOME / "shared" / script).write_text((Path(__file__).parent / script).read_text())
    as_user("www-data", program, REDMINE, their_environment())


def ours(module: str, database: str) -> None:
    """Run one of our modules on one of our databases."""
    program = [sys.executable, "-m", f"bench.peers.redmine.{module}"]
    subprocess.run(program, cwd=CHECKOUT, env=our_environment(database), check=True)


def up() -> None:
    """Leave both sites filled and answering."""
    _start_server()
    _make_database("redmine", "redmine", ())
    for database in ("lotrinh_board", "lotrinh_cascade"):
        _make_database(database, "lotrinh_owner", EXTENSIONS)
    shared = HOME / "shared"
    shared.mkdir(exist_ok=True)
    shared.chmod(0o777)  # both accounts write for each other there
    if not (shared / "duties.csv").exists():
        ours("fill_board", "lotrinh_board")
    if not (shared / "cascade.json").exists():
        ours("fill_cascade", "lotrinh_cascade")
    if not (shared / "redmine.json").exists():
        _make_redmine()
        fill_theirs("fill.rb")
    for database in ("redmine", "lotrinh_board", "lotrinh_cascade"):
        with connect(database) as connection:
            connection.execute("VACUUM ANALYZE")
    serve()


def serve() -> None:
    """Start the web servers of both."""
    puma = ["puma", "-e", "production", "-w", "2", "-t", "4:4", "--preload"]
    address = f"tcp://127.0.0.1:{REDMINE_PORT}"
    command = _for("www-data", [*puma, "-b", address, "config.ru"])
    _start("redmine", command, REDMINE, their_environment(), REDMINE_PORT)
    for name, port in (("board", OUR_PORT), ("cascade", OUR_SECOND_PORT)):
        program = [sys.executable, "-m", "lotrinh.cli", "serve", "--port", str(port)]
        _start(name, program, CHECKOUT, our_environment(f"lotrinh_{name}"), port)


def down() -> None:
    """End what ``up`` has started, by its ids."""
    for path in sorted(HOME.glob("*.pid")):
        pid = int(path.read_text())
        try:
            os.kill(pid, signal.SIGTERM)
            _until_gone(pid)
        except ProcessLookupError:
            pass
        path.unlink()
    if (HOME / "postgres/data/postmaster.pid").exists():
        _control("stop", "-m", "fast")


def away() -> None:
    """End everything and leave nothing behind but Debian's packages."""
    down()
    INSTANCE.unlink(missing_ok=True)
    rmtree(HOME, ignore_errors=True)


def _for(account: str, program: list[str]) -> list[str]:
    ids = ["setpriv", f"--reuid={account}", f"--regid={account}", "--init-groups"]
    return [*ids, *program]


def _control(*words: str) -> None:
    data, log = str(HOME / "postgres/data"), str(HOME / "postgres/log")
    program = [str(PROGRAMS / "pg_ctl"), "-D", data, "-l", log, "-w", *words]
    as_user("postgres", program, HOME, os.environ)


def _start_server() -> None:
    """Start the common server, made at the first time: every account of this machine may enter."""
    folder = HOME / "postgres"
    if not (folder / "data").exists():
        folder.mkdir(parents=True, exist_ok=True)
        HOME.chmod(0o755)
        _give(folder, "postgres")
        init = [str(PROGRAMS / "initdb"), "-D", str(folder / "data"), "-A", "trust"]
        as_user("postgres", [*init, "-E", "UTF8", "--locale", "C.UTF-8"], folder, dict(os.environ))
        with (folder / "data/postgresql.conf").open("a") as out:
            out.writelines(f"{name} = '{value}'\n" for name, value in SERVER.items())
    if not (folder / "data/postmaster.pid").exists():
        _control("start")


def _give(folder: Path, account: str) -> None:
    """Give a folder and what is in it to an account."""
    for path in (folder, *folder.rglob("*")):
        chown(path, account, account)


def _make_database(name: str, owner: str, extensions: tuple[str, ...]) -> None:
    with connect() as connection:
        roles = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        for role in {owner, "lotrinh_app"} - roles:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if found.fetchone():
            return
        words = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0")
        connection.execute(words.format(sql.Identifier(name), sql.Identifier(owner)))
    with connect(name) as connection:
        for extension in extensions:
            named = sql.Identifier(extension)
            connection.execute(sql.SQL("CREATE EXTENSION {}").format(named))


def _make_redmine() -> None:
    """Leave a configured, migrated site of Redmine without any rows but its own."""
    folder = HOME / "redmine"
    for name in ("files", "log", "tmp", "public", "config"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    said = {
        "adapter": "postgresql",
        "database": "redmine",
        "host": "127.0.0.1",
        "port": DATABASE_PORT,
        "username": "redmine",
        "encoding": "utf8",
        "pool": 8,
    }
    (folder / "config/database.yml").write_text(json.dumps({"production": said}))
    (folder / "config/secret_key.txt").write_text(secrets.token_hex(64))
    _give(folder, "www-data")
    INSTANCE.unlink(missing_ok=True)
    INSTANCE.symlink_to(folder)
    for task in ("db:migrate", "redmine:load_default_data"):
        program = [str(REDMINE / "bin/rake"), "--quiet", task]
        as_user("www-data", program, REDMINE, their_environment())


def _start(name: str, command: list[str], folder: Path, env: Mapping[str, str], port: int) -> None:
    """Start a server and wait until it answers."""
    with (HOME / f"{name}.log").open("ab") as log:
        process = subprocess.Popen(
            command, cwd=folder, env=env, stdout=log, stderr=log, start_new_session=True
        )
    (HOME / f"{name}.pid").write_text(str(process.pid))
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/", timeout=20):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.5)
    raise SystemExit(f"{name} does not answer at {port}: see {HOME / name}.log")


def _until_gone(pid: int) -> None:
    for _ in range(PATIENCE * 2):
        os.kill(pid, 0)
        time.sleep(0.5)


def main() -> None:
    """Do what is asked for."""
    asked = {"up": up, "serve": serve, "down": down, "away": away}
    if len(sys.argv) != 2 or sys.argv[1] not in asked:
        raise SystemExit(f"say one of: {', '.join(asked)}")
    asked[sys.argv[1]]()


if __name__ == "__main__":
    main()
