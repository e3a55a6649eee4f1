"""What the parts of an .xlsx file tell beside the values: how far sheets reach, and formats.

A percentage is stored as its hundredth; only the format of the cell says that 0.95 is shown as
95%. A month or a year is stored as its first day; only the format shows no day. And the parser
keeps every place between the first and the last cell of a sheet in memory, so a stray cell at the
far end of a sheet has to be found before.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping
from typing import Literal

from lxml import etree

from lotrinh.reading.readers.refusals import Unreadable

MOST_ROWS = 100_000
MOST_PLACES = 3_000_000
Place = tuple[int, int]  # row and column from 0
Form = Literal["percent", "month", "year"]
Read = Callable[[str], bytes]
"""Gives the bytes of a part by its name; KeyError where there is none."""

_CELL = re.compile(rb"<(?:\w+:)?c(\s[^>]*)>")
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,3})(\d{1,7})["']""")
_STYLE = re.compile(rb"""\ss\s*=\s*["'](\d{1,6})["']""")
_USUAL_FORMS: dict[int, Form] = {9: "percent", 10: "percent", 17: "month"}  # in every workbook
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_MONTH = re.compile(r"[^dhs]*m[^dhs]*", re.IGNORECASE)
_YEAR = re.compile(r"[^dhsmb]*y[^dhsmb]*", re.IGNORECASE)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def forms(data: bytes) -> Mapping[str, Mapping[Place, Form]]:
    """Return by the names of the sheets which places show a percentage, a month or a year.

    Empty for other formats than .xlsx. Raises Unreadable (too_large) for a sheet beyond measure.
    """
    if not data.startswith(b"PK"):
        return {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = frozenset(archive.namelist())
        if "xl/workbook.xml" not in names:
            return {}
        shown = styles(archive.read) if "xl/styles.xml" in names else {}
        found = {
            part: places(archive.read(part), shown)
            for part in names
            if part.startswith("xl/worksheets/") and part.endswith(".xml")
        }
        return {
            sheet: found[part] for sheet, part in sheet_parts(archive.read).items() if part in found
        }


def _tree(read: Read, part: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(read(part), parser)
    except (etree.XMLSyntaxError, KeyError):
        raise Unreadable("damaged", part=part) from None


def styles(read: Read) -> dict[int, Form]:
    """Return what the cell styles show, by their numbers. Raises Unreadable (damaged)."""
    root = _tree(read, "xl/styles.xml")
    formats = dict(_USUAL_FORMS)
    for item in root.iter("{*}numFmt"):
        form = _form(item.get("formatCode", ""))
        if form:
            formats[_whole(item.get("numFmtId"))] = form
    styles = root.find("{*}cellXfs")
    return {
        place: formats[number]
        for place, style in enumerate(() if styles is None else styles)
        if (number := _whole(style.get("numFmtId"))) in formats
    }


def _form(code: str) -> Form | None:
    """Return what a number format shows; words and signs that it merely adds do not count."""
    signs = _LITERAL.sub("", code).split(";")[0]
    if "%" in signs:
        return "percent"
    if "y" not in signs.lower():
        return None
    if _YEAR.fullmatch(signs):
        return "year"
    return "month" if _MONTH.fullmatch(signs) else None


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else -1


def sheet_parts(read: Read) -> dict[str, str]:
    """Return which part holds the sheet of a name. Raises Unreadable (damaged)."""
    relations = {
        item.get("Id"): posixpath.normpath(posixpath.join("/xl", item.get("Target", ""))).lstrip(
            "/"
        )
        for item in _tree(read, "xl/_rels/workbook.xml.rels").iter("{*}Relationship")
    }
    return {
        item.get("name", ""): relations.get(item.get(_RELATION), "")
        for item in _tree(read, "xl/workbook.xml").iter("{*}sheet")
    }


def places(sheet: bytes, shown: Mapping[int, Form]) -> dict[Place, Form]:
    """Return which places of a sheet have a style that shows something.

    Raises Unreadable (too_large) for a sheet beyond measure.
    """
    found: dict[Place, Form] = {}
    first: Place | None = None
    last = (0, 0)
    for match in _CELL.finditer(sheet):
        reference, style = _REFERENCE.search(match[1]), _STYLE.search(match[1])
        if reference is None:
            continue
        row, column = int(reference[2]) - 1, _column(reference[1])
        first = (min(first[0], row), min(first[1], column)) if first else (row, column)
        last = (max(last[0], row), max(last[1], column))
        if style is not None and int(style[1]) in shown:
            found[row, column] = shown[int(style[1])]
    if first is not None:
        _check_reach(last[0] - first[0] + 1, last[1] - first[1] + 1)
    return found


def _check_reach(high: int, wide: int) -> None:
    if high > MOST_ROWS:
        raise Unreadable("too_large", what="rows", found=high, limit=MOST_ROWS)
    if high * wide > MOST_PLACES:
        raise Unreadable("too_large", what="cells", found=high * wide, limit=MOST_PLACES)


def place_of(reference: bytes) -> Place:
    """Return the row and column of a cell by its name.

    >>> place_of(b"AB12")
    (11, 27)
    """
    letters = reference.rstrip(b"0123456789")
    return int(reference[len(letters) :]) - 1, _column(letters)


def _column(letters: bytes) -> int:
    found = 0
    for letter in letters:
        found = found * 26 + letter - ord("A") + 1
    return found - 1
