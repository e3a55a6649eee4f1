"""Starting a process that cannot outlive us, and telling one process from another.

A process number alone names nobody: it is given to somebody else once its owner has ended, and
stays taken by a dead process that its parent has not buried. Here a process is its number
together with the tick of the clock at which it started, and a dead one is dead whether or not
somebody has buried it.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from lotrinh.engine.errors import EngineError

LAUNCHER: Final = Path(__file__).with_name("launch.py")
PF_EXITING: Final = 0x4  # of the kernel's flags in /proc/PID/stat


@dataclass(frozen=True, slots=True)
class Process:
    """One process among all that ever have its number: ``started`` in ticks since the boot."""

    pid: int
    started: int

    @property
    def alive(self) -> bool:
        """Whether it still runs; a zombie does not."""
        found = look_at(self.pid)
        return found is not None and found.process == self and found.running


@dataclass(frozen=True, slots=True)
class Look:
    """What the kernel tells of a process at one moment."""

    process: Process
    parent: int
    running: bool


def look_at(pid: int) -> Look | None:
    """Return what is known of the process with this number, None where there is none.

    One that is on its way out no longer runs: it has let go of its files, and its back ends or
    clients may have noticed before the kernel calls it a zombie.
    """
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    fields = text.rpartition(")")[2].split()  # the name before it may hold spaces and brackets
    running = fields[0] not in ("Z", "X") and not int(fields[6]) & PF_EXITING
    return Look(Process(pid, int(fields[19])), int(fields[1]), running)


def ourselves() -> Process:
    """Return the process that asks. Raises EngineError on a system without /proc."""
    found = look_at(os.getpid())
    if found is None:
        raise EngineError("platform", platform=sys.platform)
    return found.process


def command_lines(uid: int) -> Iterator[tuple[Look, list[str]]]:
    """Yield the running processes of an account with the words of their command lines."""
    for name in os.listdir("/proc"):
        if not name.isdecimal():
            continue
        place = Path("/proc", name)
        try:
            if place.stat().st_uid != uid:
                continue
            words = os.fsdecode((place / "cmdline").read_bytes()).split("\0")
        except OSError:
            continue  # it ended while we looked
        found = look_at(int(name))
        if found is not None and found.running:
            yield found, words


def launch(
    program: Sequence[str | Path],
    *,
    death_signal: int,
    folder: Path,
    env: Mapping[str, str],
    output: int | IO[bytes] | None,
    account: tuple[int, int] | None = None,
    grace: float | None = None,
    keep_open: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own that gets ``death_signal`` when we die.

    It runs in ``folder`` as ``account`` (uid, gid; None: our own). With ``grace`` a keeper stays
    between us and it, which kills it and its descendants that many seconds after a request to
    stop. ``output`` takes both of its streams; None lets it write to ours.

    The kernel sends the death signal when the *thread* that started the process ends, so only
    the main thread may call this; any other gets a RuntimeError.
    """
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("processes are started from the main thread: it lives the longest")
    words = [
        *(sys.executable, "-I", "-S", str(LAUNCHER)),
        str(os.getpid()),
        str(int(death_signal)),
        ":".join(map(str, account or ())),
        str(folder),
        "" if grace is None else str(grace),
        *map(str, program),
    ]
    return subprocess.Popen(
        words,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        env=dict(env),
        pass_fds=keep_open,
        start_new_session=True,
    )
