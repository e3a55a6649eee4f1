"""Finding and ending the server process of one data folder, whoever started it.

The file ``postmaster.pid`` is not believed: after a kill its number may belong to anybody. A
server is recognised by its account and its command line, which names the data folder and, in
the setting ``lotrinh.owner``, the process that started it; a back end by the cluster's name in
its title. Both may be read by root in a container that may read nothing else of a process.

Whether *anything* of a cluster still runs is answered by a lock instead: the server and all its
back ends inherit an open, locked file, and the kernel frees it when the last of them has ended.
"""

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from lotrinh.engine.errors import EngineError
from lotrinh.engine.layout import Layout
from lotrinh.engine.processes import Look, Process, command_lines

OWNER: Final = "lotrinh.owner"
# What is asked in turn, and for how many seconds: fast shutdown, immediate shutdown (recovery at
# the next start), the kernel. None of them loses a committed row.
REQUESTS: Final = ((signal.SIGINT, 60.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 5.0))


@dataclass(frozen=True, slots=True)
class Postmaster:
    """A running server. ``owner`` started it; None where that cannot be told."""

    process: Process
    owner: Process | None

    @property
    def has_owner(self) -> bool:
        """Whether the process that started it is still there to end it."""
        return self.owner is not None and self.owner.alive


def find_postmaster(layout: Layout, uid: int) -> Postmaster | None:
    """Return the server that runs on the data folder, None where there is none.

    ``uid`` is the account it must belong to: nobody else's process is taken for ours.
    """
    found: dict[int, tuple[Look, list[str]]] = {
        look.process.pid: (look, words)
        for look, words in command_lines(uid)
        if _serves(words, str(layout.data))
    }
    for look, words in found.values():
        if look.parent not in found:  # a back end that was forked just now looks the same
            return Postmaster(look.process, _owner(words))
    return None


def _serves(words: list[str], data: str) -> bool:
    """Whether a command line is that of a server on this data folder."""
    if os.path.basename(words[0]) not in ("postgres", "postmaster"):
        return False
    return any(pair == ("-D", data) for pair in pairwise(words))


def _owner(words: list[str]) -> Process | None:
    for word in words:
        name, _, value = word.partition("=")
        pid, _, started = value.partition(":")
        if name == OWNER and pid.isdecimal() and started.isdecimal():
            return Process(int(pid), int(started))
    return None


def owner_setting(owner: Process) -> str:
    """Return the value of the setting by which a server names the process that started it."""
    return f"{owner.pid}:{owner.started}"


def is_ready(layout: Layout, process: Process) -> bool:
    """Whether this very server has written that it takes connections."""
    try:
        lines = (layout.data / "postmaster.pid").read_text(errors="replace").splitlines()
    except OSError:
        return False
    return len(lines) >= 8 and lines[0] == str(process.pid) and lines[7].strip() == "ready"


def end_postmaster(layout: Layout, process: Process, reap: Callable[[], object]) -> None:
    """Leave the server ended, politely where it listens. Raises EngineError where nothing helps.

    ``reap`` buries it if it is our child.
    """
    for request, patience in REQUESTS:
        if send(process, request) and waited_for(lambda: _gone(process, reap), patience):
            return
        if not process.alive:
            return
    raise EngineError("stop-failed", pid=process.pid, log=layout.log)


def _gone(process: Process, reap: Callable[[], object]) -> bool:
    reap()
    return not process.alive


def send(process: Process, request: signal.Signals) -> bool:
    """Send a signal to this process and to no other that has its number; tell if it was there."""
    if not process.alive:
        return False
    try:
        os.kill(process.pid, request)
    except ProcessLookupError:
        return False
    return True


def waited_for(happened: Callable[[], bool], patience: float) -> bool:
    """Wait until something has happened, at most ``patience`` seconds; tell if it has."""
    deadline = time.monotonic() + patience
    while not happened():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def end_orphans(layout: Layout, uid: int) -> None:
    """Kill what a killed server left behind: back ends that compute on and have not noticed.

    They could block the next start for as long as their query runs. Their server is dead, so
    the next start recovers from the log whatever they were doing.
    """
    title = f"postgres: {layout.cluster}: "
    for look, words in command_lines(uid):
        if words[0].startswith(title):
            send(look.process, signal.SIGKILL)
