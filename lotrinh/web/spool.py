"""Where a large upload waits until it has been judged: a private file without a name.

Before the gate has seen a file nobody knows whether it bears a mark of secrecy. A file without a
name is gone with the last process that holds it, also if that process is killed or the machine
loses its power.
"""

import tempfile
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


def make_spool() -> Path:
    """Make the folder of the spool, readable to our own user alone, and return it."""
    folder = Path(settings.UPLOAD_SPOOL)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


class NamelessFileHandler(FileUploadHandler):
    """Takes an upload that is too large for memory."""

    _spooled: IO[bytes]

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Open the file of the next upload."""
        super().new_file(*args, **kwargs)
        self._spooled = tempfile.TemporaryFile(dir=make_spool())  # noqa: SIM115 - outlives us

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Write the next bytes; no other handler gets them."""
        self._spooled.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> "UploadedFile[bytes]":
        """Return the upload, to be read from its begin."""
        self._spooled.seek(0)
        return UploadedFile(
            file=self._spooled,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def upload_interrupted(self) -> None:
        """Drop what came of an upload that was cut off."""
        if hasattr(self, "_spooled"):
            self._spooled.close()
