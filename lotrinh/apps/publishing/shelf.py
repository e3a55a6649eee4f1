"""The folder beside the database: the newest publication as files, for when nobody answers.

Each publication has a folder of its own, and ``current`` leads to the newest. It is exchanged in
one step, after all is on the disk, so that whoever looks finds a whole publication: the one before
or the new one. The folder is a copy; the record in the database is what was decided.
"""

import contextlib
import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lotrinh.rules.publication.canonical import publication_of
from lotrinh.rules.publication.content import Publication

CURRENT: Final = "current"
CONTENT: Final = "publication.json"


def keep(place: Path, number: int, sha256: str, text: str) -> Path:
    """Leave a publication in a folder of its own, and let ``current`` lead there."""
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(place):
        return _kept(place, number, sha256, text)


@contextlib.contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Let nobody else change the shelf: two at once would clear away what the other links to."""
    with (place / ".lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _kept(place: Path, number: int, sha256: str, text: str) -> Path:
    folder = place / f"{mark_of(number, sha256)}-{secrets.token_hex(4)}"
    folder.mkdir(mode=0o700)
    with (folder / CONTENT).open("w", encoding="utf-8", newline="") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    _sync(folder)
    link = place / f".{secrets.token_hex(4)}"
    link.symlink_to(folder.name)
    before = kept_folder(place)
    link.replace(place / CURRENT)
    _sync(place)
    _clear(place, {folder.name, before})
    return folder


def mark_of(number: int, sha256: str) -> str:
    """Return how the folder of a publication begins: its number and the hash of its content."""
    return f"{number:06d}-{sha256[:16]}"


def kept_mark(place: Path) -> str:
    """Return the mark of the publication that ``current`` leads to; empty where there is none."""
    folder = kept_folder(place)
    return folder.rpartition("-")[0] if (place / folder / CONTENT).is_file() else ""


def kept_folder(place: Path) -> str:
    """Return the name of the folder that ``current`` leads to; empty where there is none."""
    with contextlib.suppress(OSError):
        return (place / CURRENT).readlink().name
    return ""


def kept(place: Path, folder: str = CURRENT) -> Publication | None:
    """Return the publication that lies in a folder, or None where none does that can be read."""
    with contextlib.suppress(OSError, ValueError):
        return publication_of((place / folder / CONTENT).read_text(encoding="utf-8"))
    return None


def _clear(place: Path, kept: set[str]) -> None:
    """Remove every folder but the newest and the one before, in which somebody may still read."""
    for one in place.iterdir():
        if one.is_dir() and not one.is_symlink() and one.name not in kept:
            shutil.rmtree(one, ignore_errors=True)


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
