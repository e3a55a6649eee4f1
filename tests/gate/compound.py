"""Old workbooks (.xls), built byte by byte: a compound file with one stream of records."""

import struct
from collections.abc import Mapping

_SECTOR = 512
_SMALLEST = 4096  # a shorter stream would lie among the small ones
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_NONE = 0xFFFFFFFF
_STREAM, _ROOT = 2, 5


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file with these streams in its root."""
    names = sorted(streams, key=lambda name: (len(name), name.upper()))
    contents = [streams[name].ljust(_SMALLEST, b"\0") for name in names]
    sectors = [-(-len(content) // _SECTOR) for content in contents]
    directory_sectors = -(-(len(names) + 1) // 4)
    table = [_TABLE]
    table += [place + 1 for place in range(1, directory_sectors)] + [_END]
    starts = []
    for count in sectors:
        starts.append(len(table))
        table += [len(table) + step + 1 for step in range(count - 1)] + [_END]
    if len(table) > _SECTOR // 4:
        raise ValueError("one sector of the table is not enough")
    table += [_FREE] * (_SECTOR // 4 - len(table))
    entries = [_entry("Root Entry", _ROOT, child=1, start=_END, size=0)]
    for place, (name, content) in enumerate(zip(names, contents, strict=True)):
        after = place + 2 if place + 1 < len(names) else _NONE
        entries.append(_entry(name, _STREAM, right=after, start=starts[place], size=len(content)))
    directory = b"".join(entries).ljust(directory_sectors * _SECTOR, b"\0")
    padded = [content.ljust(-(-len(content) // _SECTOR) * _SECTOR, b"\0") for content in contents]
    return _head() + struct.pack(f"<{len(table)}I", *table) + directory + b"".join(padded)


def _head() -> bytes:
    mark = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    numbers = struct.pack("<5H6x9I", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, _SMALLEST, _END, 0, _END, 0)
    return mark + numbers + struct.pack("<109I", 0, *[_FREE] * 108)


def _entry(name: str, kind: int, *, right: int = _NONE, child: int = _NONE, start: int, size: int):
    spelt = name.encode("utf-16-le") + b"\0\0"
    return (
        spelt.ljust(64, b"\0")
        + struct.pack("<HBB3I", len(spelt), kind, 1, _NONE, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def _record(number: int, content: bytes) -> bytes:
    return struct.pack("<HH", number, len(content)) + content


def _words(text: str, *, length: str = "<H", wide: bool = True) -> bytes:
    spelt = text.encode("utf-16-le") if wide else text.encode("latin-1")
    return struct.pack(length, len(text)) + bytes([wide]) + spelt


def old_workbook(
    cells: list[list[str]],
    *,
    sheet: str = "Trang 1",
    header: str = "",
    comment: str = "",
    is_narrow: bool = False,
    extra: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return an .xls file; with ``is_narrow`` header and comment have one byte a letter."""
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    body = b""
    if header:
        body += _record(0x0014, _words(header, wide=not is_narrow))
    for row, line in enumerate(cells):
        for column, text in enumerate(line):
            body += _record(0x0204, struct.pack("<HHH", row, column, 0) + _words(text))
    if comment:
        letters = comment.encode("latin-1" if is_narrow else "utf-16-le")
        body += _record(0x01B6, bytes(18)) + _record(0x003C, bytes([not is_narrow]) + letters)
    page = begin + body + _record(0x000A, b"")
    name = struct.pack("<H", 0) + _words(sheet, length="<B")
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    start += _record(0x0042, struct.pack("<H", 1200))
    place = len(start) + 4 + 4 + len(name) + 4
    start += _record(0x0085, struct.pack("<I", place) + name) + _record(0x000A, b"")
    return compound({"Workbook": start + page, **(extra or {})})
