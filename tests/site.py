"""A whole running site for tests: a database of its own, the city in it, web server and worker."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from lotrinh.demo.cast import day_of_demo
from lotrinh.engine import APP_ROLE, OWNER_ROLE, PUBLIC_ROLE, Engine
from lotrinh.engine.children import spawn
from tests.city import DEMO
from tests.stories import Library


@dataclass(frozen=True)
class Site:
    """Where the site answers and which database stands behind it."""

    address: str
    database: str
    server: Engine
    environment: dict[str, str]

    def url(self, role: str = APP_ROLE) -> str:
        """Return the address of the site's database."""
        return self.server.url(self.database, role)


@contextmanager
def running_site(library: Library, label: str, *, state: Path) -> Iterator[Site]:
    """Run the demonstration city on a copy of its story until the block ends."""
    server = library.server
    with ExitStack() as stack:
        database = stack.enter_context(library.copy_of(DEMO, label))
        shutil.copytree(library.folder_of(DEMO), state / "blobs")
        site = Site(
            address=f"http://localhost:{free_port()}",
            database=database,
            server=server,
            environment=environment(server, database, state),
        )
        collect = [sys.executable, "-m", "django", "collectstatic", "--noinput", "-v0"]
        subprocess.run(collect, env=site.environment, check=True)
        for name, program in programs(site).items():
            child = spawn(program, env=site.environment, log=state / f"{name}.log")
            stack.callback(child.wait)
            stack.callback(child.terminate)
        wait_for(site.address)
        yield site


def environment(server: Engine, database: str, state: Path) -> dict[str, str]:
    """Return what the site's processes are told."""
    return {
        **os.environ,
        "DATABASE_URL": server.url(database, APP_ROLE),
        "DATABASE_OWNER_URL": server.url(database, OWNER_ROLE),
        "DATABASE_PUBLIC_URL": server.url(database, PUBLIC_ROLE),
        "LOTRINH_ADDRESS": "http://localhost:8000",
        "LOTRINH_COLLECTED": "1",
        "LOTRINH_DEMO": "1",
        "LOTRINH_TODAY": day_of_demo().isoformat(),
        "LOTRINH_STATE": str(state),
        "DJANGO_SETTINGS_MODULE": "tests.site_settings",
    }


def programs(site: Site) -> dict[str, list[str]]:
    """Return the command lines of the web server and the worker."""
    port = site.address.rsplit(":", 1)[1]
    web = ["granian", "--interface", "asginl", "--host", "127.0.0.1", "--port", port]
    return {
        "web": [sys.executable, "-m", *web, "--no-ws", "lotrinh.config.asgi:application"],
        "worker": [sys.executable, "-m", "lotrinh.cli", "worker"],
    }


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(address: str, patience: float = 60) -> None:
    """Return when the site answers; raise TimeoutError otherwise."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(address)
