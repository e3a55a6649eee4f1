"""The first steps of every process of ours, taken in the new process itself.

Run as a script (``python -I -S launch.py``) by ``processes.launch``, it needs the standard
library alone. It changes to the account, ties its life to that of the process that started it,
and becomes the program. The order matters: the kernel forgets the death signal whenever a
process changes its account, and nobody sends it for a parent that died before it was asked for.

As a *keeper* it stays, as the parent of the program, and sees to it that the end is an end:
asked to stop, or orphaned, it passes the request on, waits for a grace period and then kills
the program and everything the program started.

The engine's programs are never run with a shell between, so nothing else has to die first.
"""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Iterator
from typing import Final, NoReturn

CANNOT_ENTER: Final = 125  # the account may not enter the working folder
CANNOT_RUN: Final = 126  # the program is there but may not be run
NOT_FOUND: Final = 127
PR_SET_PDEATHSIG: Final = 1
PR_SET_CHILD_SUBREAPER: Final = 36
ORPHAN_GRACE: Final = 3.0  # seconds; whoever asked for a longer one is dead
REQUESTS: Final = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGHUP})


def main(arguments: list[str]) -> NoReturn:
    """Become what ``processes.launch`` asked for: parent, signal, account, folder, grace, ..."""
    parent, death_signal, account, folder, grace, *program = arguments
    _forget_signals()
    if account:
        uid, gid = map(int, account.split(":"))
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    _tie_to_parent(int(parent), int(death_signal))
    try:
        os.chdir(folder)
    except OSError as error:
        _give_up(CANNOT_ENTER, folder, error)
    if grace:
        _keep(program, int(parent), float(grace))
    _become(program)


def _forget_signals() -> None:
    """Undo what was inherited: a background job of a shell ignores SIGINT, and so on."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP, signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])


def _prctl(option: int, argument: int) -> None:
    if ctypes.CDLL(None, use_errno=True).prctl(option, argument, 0, 0, 0) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _tie_to_parent(parent: int, death_signal: int) -> None:
    """Ask for ``death_signal`` when the parent dies, and end at once where it is dead already."""
    _prctl(PR_SET_PDEATHSIG, death_signal)
    if os.getppid() != parent:
        os._exit(128 + death_signal)


def _become(program: list[str]) -> NoReturn:
    try:
        os.execvp(program[0], program)  # noqa: S606 - the point of this module
    except FileNotFoundError as error:
        _give_up(NOT_FOUND, program[0], error)
    except OSError as error:
        _give_up(CANNOT_RUN, program[0], error)


def _give_up(code: int, what: str, error: OSError) -> NoReturn:
    os.write(2, f"{what}: {error.strerror}\n".encode(errors="surrogateescape"))
    os._exit(code)


def _keep(program: list[str], parent: int, grace: float) -> NoReturn:
    """Run ``program`` as a child, end with its exit code (128 + n for signal n), leave nothing."""
    watched = REQUESTS | {signal.SIGCHLD}
    signal.pthread_sigmask(signal.SIG_BLOCK, watched)
    _prctl(PR_SET_CHILD_SUBREAPER, 1)  # grandchildren that lose their parent become ours
    keeper = os.getpid()
    child = os.fork()
    if child == 0:
        _forget_signals()
        _tie_to_parent(keeper, signal.SIGKILL)
        _become(program)
    deadline: float | None = None
    while (code := _exit_code(child)) is None:
        patience = 3600.0 if deadline is None else max(0.0, deadline - time.monotonic())
        news = signal.sigtimedwait(watched, patience)
        if news is not None and news.si_signo in REQUESTS:
            wait = _time_left(parent, grace, asked_before=deadline is not None)
            deadline = time.monotonic() + wait
            os.kill(child, signal.SIGTERM)
        if deadline is not None and time.monotonic() >= deadline:
            os.kill(child, signal.SIGKILL)
            deadline = None
    _kill_descendants()
    os._exit(code)


def _time_left(parent: int, grace: float, *, asked_before: bool) -> float:
    """Return how long the program may take to end: no time at all when asked a second time."""
    if asked_before:
        return 0.0
    return grace if os.getppid() == parent else min(grace, ORPHAN_GRACE)


def _exit_code(child: int) -> int | None:
    """Reap whatever has ended; return the exit code of ``child`` where it is among them."""
    code = None
    while True:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == child:
            return_code = os.waitstatus_to_exitcode(status)
            code = return_code if return_code >= 0 else 128 - return_code
            return code
        if pid == 0:
            return code


def _kill_descendants() -> None:
    """Kill and reap until no child is left; the kernel hands us the children of the killed."""
    while True:
        for pid in _children():
            os.kill(pid, signal.SIGKILL)
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def _children() -> Iterator[int]:
    """Yield our own children, dead ones that nobody reaped included."""
    own = str(os.getpid())
    for name in os.listdir("/proc"):
        if name.isdecimal():
            try:
                with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as stat:
                    parent = stat.read().rpartition(")")[2].split()[1]
            except OSError:
                continue  # it ended while we looked
            if parent == own:
                yield int(name)


if __name__ == "__main__":
    main(sys.argv[1:])
