"""Zip archives, examined before any reader sees them.

A small file can unpack into a very large one, its list of contents may lie about that, and two
programs may read one archive in two ways. So the list is judged first, then every part is unpacked
once, piece by piece, and counted: what does not agree with the list is broken. Parts that will be
read as XML have no document type, since entities grow and fetch. Nothing is ever written under
the name that a part claims to have.
"""

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from xml.parsers import expat

from lotrinh.reading.readers.refusals import Unreadable

MOST_ENTRIES = 2_000
MOST_UNPACKED = 200_000_000
HIGHEST_RATIO = 100
DEEPEST = 1  # archives inside an archive, such as the workbook behind a chart
XML_ENDINGS = (".xml", ".rels", ".vml")
"""Only parts with such a name are ever given to a parser of XML."""

_SMALL = 1_000_000  # bytes: below this any ratio is harmless
_ENCRYPTED_FLAG = 1
_PIECE = 65_536
_SIP = 512  # bytes for the parser at a time: the first element stands in the very first ones
_LOCAL = struct.Struct("<4s22xHH")  # the mark of a part, the lengths of its name and its extras
_MACROS = re.compile(r"(^|/)vba(project|data)|(^|/)(xl/macrosheets|basic|scripts)/", re.IGNORECASE)
_MACRO_TYPES = (b"macroenabled", b"ms-office.vbaproject", b"intlmacrosheet")
_TYPES = "[Content_Types].xml"


def part_names(data: bytes) -> frozenset[str]:
    """Return the names of the parts.

    Raises Unreadable: damaged, bomb, encrypted, declarations, macros.
    """
    return frozenset(checked_parts(data, keep=lambda name: False))


def checked_parts(data: bytes, *, keep: Callable[[str], bool]) -> dict[str, bytes]:
    """Return the parts by their names; those that are not kept are empty.

    Raises Unreadable: damaged, bomb, encrypted, declarations, macros.
    """
    parts: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_sizes(entries)
            _check_names(entries)
            types = b""
            for entry in entries:
                name, is_kept = entry.filename, keep(entry.filename)
                part = _check_part(data, entry, is_kept=is_kept or name == _TYPES)
                parts[name] = part if is_kept else b""
                if name == _TYPES:
                    types = part
            _check_macros(parts, types)
    except (zipfile.BadZipFile, EOFError, zlib.error, OSError, ValueError, NotImplementedError):
        raise Unreadable("damaged", part="zip") from None
    except struct.error:
        raise Unreadable("damaged", part="zip") from None
    return parts


def unpacked_size(data: bytes) -> int:
    """Return how many bytes the list of contents promises. Raises Unreadable (damaged)."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError):
        raise Unreadable("damaged", part="zip") from None


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


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    """No part leads out of the archive, is a link, or bears the name of another."""
    met: set[str] = set()
    for entry in entries:
        name = entry.orig_filename
        steps = name.replace("\\", "/").split("/")
        leads_out = ".." in steps or steps[0] == "" or ":" in steps[0] or "\0" in name
        is_link = stat.S_ISLNK(entry.external_attr >> 16)
        if leads_out or is_link or name.casefold() in met:
            raise Unreadable("damaged", part="zip")
        met.add(name.casefold())


def _check_part(data: bytes, entry: zipfile.ZipInfo, *, is_kept: bool) -> bytes:
    """Unpack a part once and count what really comes out of it; return it if it is kept."""
    prolog: _Prolog | None = None
    size = checksum = 0
    kept: list[bytes] = []
    for piece in _pieces(data, entry):
        if size == 0 and entry.filename.endswith(XML_ENDINGS) and not _begins_well(piece[:_SIP]):
            prolog = _Prolog(entry.filename)
        size += len(piece)
        if size > entry.file_size:
            raise Unreadable("damaged", part="zip")
        checksum = zlib.crc32(piece, checksum)
        if prolog is not None and not prolog.is_over:
            prolog.feed(piece)
        if is_kept:
            kept.append(piece)
    if size != entry.file_size or checksum != entry.CRC:
        raise Unreadable("damaged", part="zip")
    return b"".join(kept)


def _pieces(data: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield what a part unpacks to, whatever the list says of its length."""
    mark, name_length, extra_length = _LOCAL.unpack_from(data, entry.header_offset)
    name_at = entry.header_offset + _LOCAL.size
    name = data[name_at : name_at + name_length]
    if mark != b"PK\x03\x04" or name not in _spellings(entry.orig_filename):
        raise Unreadable("damaged", part="zip")
    begin = name_at + name_length + extra_length
    packed = data[begin : begin + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        yield packed
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        waiting = packed
        while not unpacker.eof:
            piece = unpacker.decompress(waiting, _PIECE)
            waiting = unpacker.unconsumed_tail
            if not piece and not waiting:
                break
            yield piece
    else:
        raise Unreadable("damaged", part="zip")


def _spellings(name: str) -> set[bytes]:
    """Return how a name may stand before its part: old archives have letters of their own."""
    return {name.encode("utf-8"), name.encode("cp437", "replace")}


class _Prolog:
    """Reads the begin of an XML part up to its first element."""

    def __init__(self, name: str) -> None:
        self.is_over = False
        self._name = name
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._declare
        self._parser.StartElementHandler = self._begin

    def feed(self, piece: bytes) -> None:
        """Take the next bytes. Raises Unreadable: declarations, damaged."""
        for begin in range(0, len(piece), _SIP):
            if self.is_over:
                return
            try:
                self._parser.Parse(piece[begin : begin + _SIP])
            except (expat.ExpatError, LookupError):
                if not self.is_over:
                    raise Unreadable("damaged", part=self._name) from None

    def _declare(self, *_: object) -> None:
        raise Unreadable("declarations", part=self._name)

    def _begin(self, *_: object) -> None:
        self.is_over = True


@lru_cache(maxsize=1_000)
def _begins_well(head: bytes) -> bool:
    """Tell whether the first element begins within these bytes, and nothing before it is refused.

    Kept in mind, for parts of one kind begin alike in most files.
    """
    prolog = _Prolog("")
    try:
        prolog.feed(head)
    except Unreadable:
        return False
    return prolog.is_over


def _check_macros(names: Iterable[str], types: bytes) -> None:
    """Programs of a file betray themselves by a part, or by the type that the file claims."""
    claimed = types.lower()
    if any(map(_is_program, names)) or any(word in claimed for word in _MACRO_TYPES):
        raise Unreadable("macros")


@lru_cache(maxsize=1_000)  # most files of a kind have the same parts
def _is_program(name: str) -> bool:
    return _MACROS.search(name) is not None
