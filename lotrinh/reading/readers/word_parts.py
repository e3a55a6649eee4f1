"""The parts of a Word file: the zip archive behind it, its relations and its XML.

Parts are read straight from the archive, because files with a broken relation to some picture
are common and their text is whole.
"""

import io
import posixpath
import zipfile
import zlib
from functools import cached_property

from lxml import etree

from lotrinh.reading.readers.archives import XML_ENDINGS
from lotrinh.reading.readers.refusals import Unreadable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT_W = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_STRICT_R = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN = "word/document.xml"


class Parts:
    """The XML parts of one Word file."""

    def __init__(self, data: bytes) -> None:
        """Open the archive, which has been examined before. Raises Unreadable (damaged)."""
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._names = frozenset(self._archive.namelist())

    @cached_property
    def main(self) -> etree._Element:
        """The document itself. Raises Unreadable (damaged)."""
        root = self._tree(_MAIN)
        if root is None:
            raise Unreadable("damaged", part=_MAIN)
        return root

    def of_type(self, kind: str) -> etree._Element | None:
        """Return the part that the document names once: styles, numbering, footnotes."""
        for type_, target in self._relations.values():
            if type_.endswith("/" + kind):
                return self._tree(target)
        return None

    def by_relation(self, relation: str) -> etree._Element | None:
        """Return the part behind a relation's id; None where there is none."""
        _, target = self._relations.get(relation, ("", ""))
        return self._tree(target) if target else None

    @cached_property
    def _relations(self) -> dict[str, tuple[str, str]]:
        root = self._tree("word/_rels/document.xml.rels")
        if root is None:
            return {}
        return {
            item.get("Id", ""): (
                item.get("Type", ""),
                posixpath.normpath(posixpath.join("/word", item.get("Target", ""))).lstrip("/"),
            )
            for item in root.iter(_RELATIONSHIP)
            if item.get("TargetMode") != "External"
        }

    def _tree(self, name: str) -> etree._Element | None:
        if name not in self._names or not name.endswith(XML_ENDINGS):
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
        )
        try:
            data = self._archive.read(name)
            data = data.replace(_STRICT_W, W[1:-1].encode()).replace(_STRICT_R, R[1:-1].encode())
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, EOFError, OSError):
            raise Unreadable("damaged", part=name) from None


def value(element: etree._Element | None, path: str) -> str | None:
    """Return the ``w:val`` of the element that ``path`` ("numPr/numId") leads to."""
    for step in path.split("/"):
        if element is None:
            return None
        element = element.find(W + step)
    return None if element is None else element.get(W + "val", "")


def is_on(element: etree._Element | None, path: str) -> bool:
    """Tell whether a switch such as ``caps`` is there and not turned off."""
    said = value(element, path)
    return said is not None and said not in {"0", "false", "off", "none"}


def number(element: etree._Element | None, path: str, default: int) -> int:
    """Return a ``w:val`` as a whole number, or ``default`` where there is none."""
    said = value(element, path)
    return int(said) if said and said.lstrip("-").isdecimal() else default
