"""Zip archives, examined by their list of contents before anything in them is unpacked.

A small file can unpack into a very large one. The list says how large every part will be; a part
that lies about it is cut off by the reader's memory limit. Archives inside are never opened.
"""

import io
import re
import zipfile
import zlib

from lotrinh.reading.readers.refusals import Unreadable

MOST_ENTRIES = 2_000
MOST_UNPACKED = 200_000_000
HIGHEST_RATIO = 100
_SMALL = 1_000_000  # bytes: below this any ratio is harmless
_ENCRYPTED_FLAG = 1
_XML = (".xml", ".rels", ".vml")
_DECLARES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_OPENING = 4096


def part_names(data: bytes) -> frozenset[str]:
    """Return the names of the parts. Raises Unreadable: damaged, bomb, encrypted, declarations."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_sizes(entries)
            for entry in entries:
                if entry.filename.endswith(_XML):
                    _check_opening(archive, entry)
    except (zipfile.BadZipFile, EOFError, zlib.error, OSError, ValueError, NotImplementedError):
        raise Unreadable("damaged", part="zip") from None
    return frozenset(entry.filename for entry in entries)


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise Unreadable("bomb", what="entries", found=len(entries), limit=MOST_ENTRIES)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MOST_UNPACKED:
        raise Unreadable("bomb", what="unpacked", found=unpacked, limit=MOST_UNPACKED)
    for entry in entries:
        ratio = entry.file_size // max(entry.compress_size, 1)
        if entry.file_size > _SMALL and ratio > HIGHEST_RATIO:
            raise Unreadable("bomb", what="ratio", found=ratio, limit=HIGHEST_RATIO)
        if entry.flag_bits & _ENCRYPTED_FLAG:
            raise Unreadable("encrypted")


def _check_opening(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """A document type stands before the first element, or nowhere."""
    with archive.open(entry) as part:
        opening = part.read(_OPENING).replace(b"\0", b"")
    if _DECLARES.search(opening):
        raise Unreadable("declarations", part=entry.filename)
