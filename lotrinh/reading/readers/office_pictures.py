"""Pictures in Word files and workbooks that are large enough to be pages of text.

A scanned page is often laid into a Word file as it is. Nobody reads such a picture here, so the
reader is told how many there are; emblems and signatures are smaller.
"""

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

_HALF_PAGE = 7_560_000 * 10_692_000 // 2  # of A4, in English Metric Units
_UNITS_OF = {"pt": 12_700, "in": 914_400, "cm": 360_000, "mm": 36_000, "px": 9_525}
_LENGTH = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]{1,9})(pt|in|cm|mm|px)")
_DRAWN = (b"imagedata", b":pic", b"<pic")
_MOST = 100_000


def large_pictures(data: bytes) -> int:
    """Return how many pictures cover half a page or more; the archive has been examined before."""
    found = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith(("word/", "xl/drawings/")) and name.endswith((".xml", ".vml")):
                part = archive.read(name)
                if any(sign in part for sign in _DRAWN):
                    found += sum(size >= _HALF_PAGE for size in _sizes(part))
    return min(found, _MOST)


def _sizes(part: bytes) -> Iterator[float]:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, recover=True
    )
    root = etree.fromstring(part, parser)
    if root is None:
        return
    for picture in root.iter("{*}pic"):
        extents = (extent for extent in picture.iterdescendants("{*}ext") if extent.get("cx"))
        for extent in extents:
            yield _whole(extent.get("cx")) * _whole(extent.get("cy"))
    for image in root.iter("{*}imagedata"):
        shape = image.getparent()
        yield _drawn(shape.get("style", "")) if shape is not None else 0


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 12 else 0


def _drawn(style: str) -> float:
    """Return the area that a style in VML says."""
    said = {
        side: float(length) * _UNITS_OF[unit]
        for side, length, unit in _LENGTH.findall(style)
        if length.count(".") <= 1 and length != "."
    }
    return said.get("width", 0.0) * said.get("height", 0.0)
