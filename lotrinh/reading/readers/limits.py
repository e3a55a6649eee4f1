"""What a process that reads foreign files may use: little memory and time, and no network.

It cannot fill a file or start programs, and memory and processor time end. Where the system does
not allow a limit the others still hold. For root the system does not count programs, and a root
with all its powers may raise every limit again. What its user may read, rename or remove, the
process may as well, the other processes of that user among it. So a server should run under a
user of its own that is not root.
"""

import contextlib
import ctypes
import os
import resource

MEMORY = 1_000_000_000  # bytes of address space, libraries included
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


def leave_network() -> bool:
    """Move into a network without any connection. False where the system does not allow it."""
    unshare = getattr(ctypes.CDLL(None, use_errno=True), "unshare", None)
    if unshare is None:
        return False
    flags = _NEW_NETWORK if os.geteuid() == 0 else _NEW_NETWORK | _NEW_USER
    return bool(unshare(flags) == 0)


def allow_seconds(seconds: int) -> None:
    """Let the process use this much more processor time; then the system ends it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + seconds
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


def _lower(which: int, limit: int) -> None:
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(which, (limit, limit))
