"""Folders and locks: made whole or not at all, and never touched unless we made them.

Everything that takes time to build (the data folder, the copy of the programs) is built in a
sibling whose name starts with ``.new-`` and renamed when it is complete, so that a run killed
halfway leaves either nothing or a whole, and a leftover that the next run removes. Rights are
set on folders in the moment we make them and on no other.
"""

import fcntl
import os
import secrets
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from lotrinh.engine.errors import EngineError, from_os_error

UNFINISHED = ".new-"


def make_folder(path: Path, mode: int, owner: tuple[int, int] | None = None) -> None:
    """Leave ``path`` a folder; where it was missing, with this mode and owner (uid, gid).

    Missing ancestors are made with 0755. Folders that exist stay exactly as they are.
    """
    missing = [path, *path.parents]
    missing = missing[: next(i for i, each in enumerate(missing) if each.is_dir())]
    for folder in reversed(missing):
        last = folder == path
        _make_one(folder, mode if last else 0o755, owner if last else None)


def _make_one(folder: Path, mode: int, owner: tuple[int, int] | None) -> None:
    """Make a folder that has its rights from its first moment, whatever the umask is."""
    building = folder.parent / f"{UNFINISHED}{folder.name}-{secrets.token_hex(4)}"
    try:
        building.mkdir(mode=0o700)
        if owner is not None:
            os.chown(building, *owner)
        building.chmod(mode)
        building.rename(folder)
    except OSError as error:
        with suppress(OSError):
            building.rmdir()
        if not folder.is_dir():  # else somebody was faster, and has begun to use it
            raise OSError(error.errno, error.strerror, str(folder)) from error


def make_private_folder(path: Path, owner: tuple[int, int], user: str) -> None:
    """Leave ``path`` a folder that only ``owner`` may enter.

    Raises EngineError where something else has that name: a folder in a shared place like /tmp
    may have been laid there by another account to catch our socket.
    """
    if not os.path.lexists(path):
        make_folder(path, 0o700, owner)
    found = path.lstat()
    private = stat.S_ISDIR(found.st_mode) and stat.S_IMODE(found.st_mode) == 0o700
    if not private or found.st_uid != owner[0]:
        raise EngineError("foreign-folder", folder=path, user=user)


@contextmanager
def unfinished_sibling(path: Path) -> Iterator[Path]:
    """Yield an unused name beside ``path`` to build in; it becomes ``path`` when the block ends.

    Where the block raises, what was built is removed. The caller holds the lock that keeps two
    builders apart, so leftovers of builders that were killed are removed first.
    """
    start = f"{UNFINISHED}{path.name}-"
    for leftover in path.parent.glob(f"{start}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    building = path.parent / f"{start}{secrets.token_hex(4)}"
    try:
        yield building
        building.rename(path)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    _write_through(path.parent)


def _write_through(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def open_private(path: Path, flags: int) -> int:
    """Open a file of ours for reading and writing, made with 0600 where it is missing."""
    return os.open(path, flags | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)


def try_lock(path: Path) -> int | None:
    """Return a descriptor that holds the lock of this file, or None where somebody has it.

    The lock lasts until every copy of the descriptor is closed, in whatever process: the
    kernel lets go of it however those processes end.
    """
    descriptor = open_private(path, os.O_RDWR)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


@contextmanager
def locked(path: Path, patience: float) -> Iterator[None]:
    """Hold the lock of this file for the length of the block.

    Raises EngineError after waiting for ``patience`` seconds.
    """
    deadline = time.monotonic() + patience
    try:
        while (descriptor := try_lock(path)) is None:
            if time.monotonic() > deadline:
                raise EngineError("busy", holder=_holder(path), seconds=round(patience))
            time.sleep(0.02)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"process {os.getpid()}\n".encode())
    except OSError as error:
        raise from_os_error(error, path) from error
    try:
        yield
    finally:
        os.close(descriptor)


def _holder(path: Path) -> str:
    """Return who wrote his name into a lock file last."""
    return path.read_text(errors="replace").strip() or "unknown"


def closed_folder(path: Path, uid: int, gid: int) -> Path | None:
    """Return the topmost folder on the way to ``path`` that this account may not enter.

    None where the rights of every folder let it pass.
    """
    for folder in reversed([path, *path.parents]):
        if not folder.is_dir():
            continue
        found = folder.stat()
        bit = (
            stat.S_IXUSR
            if found.st_uid == uid
            else stat.S_IXGRP
            if found.st_gid == gid
            else stat.S_IXOTH
        )
        if not found.st_mode & bit:
            return folder
    return None
