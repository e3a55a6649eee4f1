"""Packs a Word file so that equal contents have equal bytes."""

import io
import zipfile

_FIRST = "[Content_Types].xml"
_THEN = (1980, 1, 1, 0, 0, 0)  # the earliest day that such a file can name


def packed(document: bytes) -> bytes:
    """Return the same Word file with its parts in a fixed order and without days of writing."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document)) as before,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in sorted(before.namelist(), key=lambda name: (name != _FIRST, name)):
            part = zipfile.ZipInfo(name, _THEN)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            after.writestr(part, before.read(name))
    return written.getvalue()
