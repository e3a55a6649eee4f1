"""A server of our own that runs while something is measured."""

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen
from urllib.request import urlopen

from lotrinh.engine.children import spawn

_START = 120


@contextmanager
def served(program: Sequence[str], port: int, log: Path) -> Iterator[int]:
    """Run a program of Python that answers at a port; give its process."""
    keeper = spawn([sys.executable, "-m", *program], log=log)
    try:
        _await(f"http://localhost:{port}/account/sign-in/", keeper, log)
        yield keeper.pid
    finally:
        keeper.terminate()
        keeper.wait(60)


def _await(address: str, keeper: "Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + _START
    while time.monotonic() < deadline and keeper.poll() is None:
        try:
            urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"the server did not start: {log.read_text(errors='replace')[-2000:]}")
