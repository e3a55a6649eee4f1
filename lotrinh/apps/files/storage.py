"""A folder as content store, which answers only when the bytes are on the disk."""

import contextlib
import os
import re
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

_NAME = re.compile(r"[0-9a-f]{64}")
"""What a whole object is called, a SHA-256 in hexadecimal."""


class DurableFolder(FileSystemStorage):
    """Django's folder storage, with fsync before the final name appears.

    A crash leaves either the whole object under its name or a stray ``.part`` file, never half
    an object under the name of a whole one. Files and folders are for our own user alone.
    """

    def _save(self, name: str, content: "File[Any]") -> str:
        target = Path(self.path(name))
        self._make_folder(target.parent)
        part = target.with_name(f".{secrets.token_hex(8)}.part")
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                for chunk in content.chunks():
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        _sync(target.parent)
        return name

    def _make_folder(self, folder: Path) -> None:
        """Make the folder and those above it; that they are there is durable as well."""
        missing = [folder, *folder.parents]
        missing = missing[: next(place for place, one in enumerate(missing) if one.is_dir())]
        for one in reversed(missing):
            one.mkdir(mode=0o700, exist_ok=True)
            _sync(one.parent)

    def remove_strays(self, before: datetime) -> int:
        """Remove the parts that were last written before that instant; return how many."""
        removed = 0
        for part in Path(self.location).glob("??/??/.*.part"):
            with contextlib.suppress(FileNotFoundError):
                if part.stat().st_mtime < before.timestamp():
                    part.unlink()
                    removed += 1
        return removed

    def whole(self) -> Iterator[tuple[str, int, datetime]]:
        """Tell of every whole object its last name, its size and when it was written."""
        for found in Path(self.location).glob("??/??/*"):
            with contextlib.suppress(FileNotFoundError):
                about = found.stat()
                if _NAME.fullmatch(found.name):
                    yield found.name, about.st_size, datetime.fromtimestamp(about.st_mtime, tz=UTC)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Return ``name`` itself: one content has one name, so writing it again is harmless."""
        return name


def _sync(folder: Path) -> None:
    """Return when the names in a folder are on the disk."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
