"""Which limits of the reading process hold on this machine, found out by trying to break them.

Systems differ: some let nobody leave the network, and for root they do not count programs. So a
process is confined as a reader is, tries each thing once, and says what it could not do.
"""

import contextlib
import json
import os
import resource
import socket
import subprocess
import sys
import tempfile

from lotrinh.reading.readers.limits import MEMORY, allow_seconds, confine

LIMITS = ("memory", "time", "file", "programs", "network", "user")
MUST_HOLD = frozenset({"memory", "time"})
"""Without these a foreign file may stop the machine."""
_PATIENCE = 30


def what_holds() -> frozenset[str]:
    """Return those of ``LIMITS`` that hold for a process that reads foreign files."""
    path = os.pathsep.join(filter(None, sys.path))
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        tempfile.TemporaryDirectory() as folder,
    ):
        os.chmod(folder, 0o777)  # noqa: S103 - so that only the limit keeps the file away
        command = [sys.executable, "-P", "-m", __name__, str(listener.getsockname()[1]), folder]
        try:
            done = subprocess.run(
                command,
                env={"PYTHONPATH": path, "PATH": os.environ.get("PATH", "")},
                capture_output=True,
                timeout=_PATIENCE,
                check=True,
            )
        except (subprocess.SubprocessError, OSError):
            return frozenset()
    return frozenset(json.loads(done.stdout))


def _main(port: int, folder: str) -> None:
    confine(programs=False)
    allow_seconds(_PATIENCE, _PATIENCE)
    held = {
        "memory": not _can_hoard(),
        "time": resource.getrlimit(resource.RLIMIT_CPU)[0] != resource.RLIM_INFINITY,
        "file": not _can_write(os.path.join(folder, "probe")),
        "programs": not _can_start(),
        "network": not _can_call(port),
        "user": os.geteuid() != 0,
    }
    sys.stdout.write(json.dumps([limit for limit in LIMITS if held[limit]]))


def _can_hoard() -> bool:
    try:
        return bool(bytearray(2 * MEMORY))
    except MemoryError:
        return False


def _can_write(path: str) -> bool:
    with contextlib.suppress(OSError), open(path, "wb") as file:
        file.write(b"x")
        file.flush()
        return True
    return False


def _can_start() -> bool:
    try:
        child = os.fork()
    except OSError:
        return False
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return True


def _can_call(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5):
        return True
    return False


if __name__ == "__main__":
    _main(int(sys.argv[1]), sys.argv[2])
