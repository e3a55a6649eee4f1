"""From the bytes of a file to a `Paper`, or a refusal that names the cure.

``open_document`` reads text, Markdown, HTML, Word, Excel, OpenDocument sheets and PDF. The type
is told by what the file holds, so a wrong ending of its name does no harm. What reading cannot
rely on is refused: broken files, letters that may be wrong ones, pictures of text. Foreign files
go through ``open_safely`` or a `Crew`, which read them in child processes under limits.
"""

from lotrinh.reading.readers.cells import Cells
from lotrinh.reading.readers.folders import Gathered, gather
from lotrinh.reading.readers.grids import Grid, Grids
from lotrinh.reading.readers.ocr import has_ocr
from lotrinh.reading.readers.opening import open_document
from lotrinh.reading.readers.plain_text import decode
from lotrinh.reading.readers.refusals import REFUSALS, Unreadable
from lotrinh.reading.readers.safely import (
    LONGEST_SHEETS,
    Crew,
    open_cells_safely,
    open_grids_safely,
    open_safely,
)

__all__ = [
    "LONGEST_SHEETS",
    "REFUSALS",
    "Cells",
    "Crew",
    "Gathered",
    "Grid",
    "Grids",
    "Unreadable",
    "decode",
    "gather",
    "has_ocr",
    "open_cells_safely",
    "open_document",
    "open_grids_safely",
    "open_safely",
]
