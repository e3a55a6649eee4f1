"""What the parts of an .xlsx file tell beside the values: how far sheets reach, and percentages.

A percentage is stored as its hundredth; only the format of the cell says that 0.95 is shown as
95%. And the parser keeps every place between the first and the last cell of a sheet in memory, so
a stray cell at the far end of a sheet has to be found before.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping

from lxml import etree

from lotrinh.reading.readers.refusals import Unreadable

MOST_ROWS = 100_000
MOST_PLACES = 3_000_000
Place = tuple[int, int]  # row and column from 0
_CELL = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d{1,7})"(?: s="(\d{1,6})")?')
_PERCENT_FORMATS = frozenset({9, 10})  # those that every workbook has
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def percentages(data: bytes) -> Mapping[str, frozenset[Place]]:
    """Return the places shown as percentages by the names of the sheets.

    Empty for other formats than .xlsx. Raises Unreadable (too_large) for a sheet beyond measure.
    """
    if not data.startswith(b"PK"):
        return {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = frozenset(archive.namelist())
        if "xl/workbook.xml" not in names:
            return {}
        shown = _percent_styles(archive) if "xl/styles.xml" in names else frozenset()
        found = {
            part: _places(archive.read(part), shown)
            for part in names
            if part.startswith("xl/worksheets/") and part.endswith(".xml")
        }
        return {
            sheet: found[part] for sheet, part in _sheet_parts(archive).items() if part in found
        }


def _tree(archive: zipfile.ZipFile, part: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(archive.read(part), parser)
    except (etree.XMLSyntaxError, KeyError):
        raise Unreadable("damaged", part=part) from None


def _percent_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """Return the cell styles whose number format has a percent sign."""
    root = _tree(archive, "xl/styles.xml")
    formats = {
        _whole(item.get("numFmtId"))
        for item in root.iter("{*}numFmt")
        if "%" in item.get("formatCode", "")
    }
    styles = root.find("{*}cellXfs")
    return frozenset(
        place
        for place, style in enumerate(() if styles is None else styles)
        if _whole(style.get("numFmtId")) in formats | _PERCENT_FORMATS
    )


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else -1


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return which part holds the sheet of a name."""
    relations = {
        item.get("Id"): posixpath.normpath(posixpath.join("/xl", item.get("Target", ""))).lstrip(
            "/"
        )
        for item in _tree(archive, "xl/_rels/workbook.xml.rels").iter("{*}Relationship")
    }
    return {
        item.get("name", ""): relations.get(item.get(_RELATION), "")
        for item in _tree(archive, "xl/workbook.xml").iter("{*}sheet")
    }


def _places(sheet: bytes, shown: frozenset[int]) -> frozenset[Place]:
    found: set[Place] = set()
    first: Place | None = None
    last = (0, 0)
    for match in _CELL.finditer(sheet):
        row, column = int(match.group(2)) - 1, _column(match.group(1))
        first = (min(first[0], row), min(first[1], column)) if first else (row, column)
        last = (max(last[0], row), max(last[1], column))
        if match.group(3) and int(match.group(3)) in shown:
            found.add((row, column))
    if first is not None:
        _check_reach(last[0] - first[0] + 1, last[1] - first[1] + 1)
    return frozenset(found)


def _check_reach(high: int, wide: int) -> None:
    if high > MOST_ROWS:
        raise Unreadable("too_large", what="rows", found=high, limit=MOST_ROWS)
    if high * wide > MOST_PLACES:
        raise Unreadable("too_large", what="cells", found=high * wide, limit=MOST_PLACES)


def _column(letters: bytes) -> int:
    found = 0
    for letter in letters:
        found = found * 26 + letter - ord("A") + 1
    return found - 1
