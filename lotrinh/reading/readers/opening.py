"""Opening a document: the kind of file decides which reader takes it.

The readers load heavy libraries, so each is loaded when the first file of its kind comes.
"""

import importlib
from typing import Protocol, cast

from lotrinh.reading.paper import Paper
from lotrinh.reading.readers.kinds import Kind, tell_kind
from lotrinh.reading.readers.refusals import Unreadable

_READERS: dict[Kind, str] = {
    "text": "text_file",
    "html": "web_page",
    "word": "word",
    "workbook": "workbook",
    "pdf": "pdf",
}


class _Reader(Protocol):
    def read(self, data: bytes, *, ocr: bool) -> Paper: ...


def open_document(data: bytes, name: str, *, ocr: bool = False) -> Paper:
    """Return the document in a file; ``name`` helps only to tell texts apart.

    With ``ocr`` the pages of a PDF that are mere pictures are read by tesseract. Raises
    Unreadable. Nothing limits what a hostile file may cost here: see ``open_safely``.
    """
    kind = tell_kind(data, name)
    module = importlib.import_module(f"lotrinh.reading.readers.{_READERS[kind]}")
    try:
        return cast(_Reader, module).read(data, ocr=ocr)
    except Unreadable:
        raise
    except (MemoryError, RecursionError) as error:
        raise Unreadable("too_heavy") from error
    except Exception as error:
        # Whatever a library stumbles over inside a broken file, the file is what is broken.
        raise Unreadable("damaged", part=kind) from error
