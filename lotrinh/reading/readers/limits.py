"""What a process that reads foreign files may use: little memory and time, and no network.

It cannot fill a file or start programs, and memory and processor time end; so does the time on the
clock, also when nobody waits for it any more. Started by root it becomes a user without rights,
where everybody may read what it has to load; what that user may not touch, it may not either. Where
the system does not allow a limit the others still hold: `probing` tells which do. A process of an
ordinary user may touch what its user may, so a server should run under a user of its own.
"""

import contextlib
import ctypes
import os
import resource
import signal
import stat
import sys
from pathlib import Path

MEMORY = 1_000_000_000  # bytes of address space, libraries included
NOBODY = 65_534
_NEW_USER = 0x10000000
_NEW_NETWORK = 0x40000000


def confine(*, programs: bool) -> None:
    """Give up everything that reading does not need; ``programs`` keeps the right to start some.

    Must be called before the process has threads.
    """
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_AS, MEMORY)
    if not programs:
        _lower(resource.RLIMIT_NPROC, 0)
    leave_network()
    leave_root()


def leave_network() -> bool:
    """Move into a network without any connection. False where the system does not allow it."""
    unshare = getattr(ctypes.CDLL(None, use_errno=True), "unshare", None)
    if unshare is None:
        return False
    flags = _NEW_NETWORK if os.geteuid() == 0 else _NEW_NETWORK | _NEW_USER
    return bool(unshare(flags) == 0)


def leave_root() -> bool:
    """Become a user without rights. False where that user could not load the readers."""
    if os.geteuid() != 0:
        return True
    needed = [Path(sys.prefix), Path(sys.base_prefix), *map(Path, filter(None, sys.path))]
    if not all(_is_open_to_all(path) for path in needed if path.exists()):
        return False
    try:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    except OSError:
        return False
    return True


def _is_open_to_all(path: Path) -> bool:
    """Tell whether everybody may go to a folder and list it, or read a file."""
    whole = path.resolve()
    if not whole.stat().st_mode & stat.S_IROTH:
        return False
    folders = [*whole.parents, whole] if whole.is_dir() else whole.parents
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in folders)


def allow_seconds(seconds: int, patience: int) -> None:
    """Let the process use this much more processor time, and ``patience`` seconds on the clock.

    Then the system ends it, whether anybody waits for it or not.
    """
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + seconds
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
    signal.alarm(patience)


def _lower(which: int, limit: int) -> None:
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(which, (limit, limit))
