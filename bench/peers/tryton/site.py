"""A Tryton for one run: given where it is installed, with a database of its own, on the loopback.

It lies in a folder for temporary files, which is forgotten afterwards.
"""

import json
import os
import secrets
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from bench.peers.tryton.interface import Interface

PORT = 8471
DATABASE = "truth"
MODULES = ("project", "project_plan", "stock", "analytic_budget", "quality")
PACKAGES = ("trytond", *(f"trytond_{name}" for name in (*MODULES, "timesheet", "analytic_account")))
PATIENCE = 120
SAY_VERSIONS = """
import json, platform, sqlite3, sys
from importlib.metadata import version
told = {name: version(name) for name in sys.argv[1:]}
told |= {"Python": platform.python_version(), "SQLite": sqlite3.sqlite_version}
print(json.dumps(told))
"""


@contextmanager
def running(programs: Path) -> Iterator[Interface]:
    """Install the modules into an empty database of SQLite, serve it, and end it again."""
    with tempfile.TemporaryDirectory(prefix="lotrinh-tryton-") as folder:
        home = Path(folder)
        password = secrets.token_urlsafe(12)
        configuration = home / "trytond.conf"
        configuration.write_text(
            f"[database]\nuri = sqlite://\npath = {home}\n[web]\nlisten = localhost:{PORT}\n"
        )
        (home / f"{DATABASE}.sqlite").touch()
        (home / "password").write_text(password)
        env = os.environ | {"TRYTONPASSFILE": str(home / "password")}
        of = ["-c", str(configuration), "-d", DATABASE]
        admin = [str(programs / "trytond-admin"), *of]
        found = [*admin, "--all", "--email", "admin@example.com"]
        subprocess.run(found, env=env, check=True)
        subprocess.run([*admin, "-u", *MODULES, "--activate-dependencies"], env=env, check=True)
        with (home / "log").open("w") as log:
            server = subprocess.Popen([str(programs / "trytond"), *of], stdout=log, stderr=log)
        try:
            _await(server)
            yield Interface(PORT, DATABASE, "admin", password)
        finally:
            server.terminate()
            server.wait(timeout=PATIENCE)


def versions(programs: Path) -> dict[str, str]:
    """Return the versions of Tryton and of what it runs on."""
    program = [str(programs / "python"), "-c", SAY_VERSIONS, *PACKAGES]
    done = subprocess.run(program, capture_output=True, text=True, check=True)
    told: dict[str, str] = json.loads(done.stdout)
    return told


def _await(server: "subprocess.Popen[bytes]") -> None:
    """Return once the server answers."""
    until = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < until:
        line = HTTPConnection("localhost", PORT, timeout=10)
        try:
            line.request("GET", "/")
            line.getresponse()
        except ConnectionError:
            time.sleep(0.5)
        else:
            return
        finally:
            line.close()
    raise RuntimeError("Tryton does not answer")
