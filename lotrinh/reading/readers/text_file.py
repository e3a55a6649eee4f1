"""Plain text and Markdown, whose text is left exactly as it is.

Only old letters are turned into modern ones; then offsets count in the text so made.
"""

from lotrinh.reading.paper import Note, Paper
from lotrinh.reading.readers.old_letters import convert, decode_old
from lotrinh.reading.readers.plain_text import to_text
from lotrinh.reading.readers.refusals import Unreadable
from lotrinh.reading.readers.soundness import check_letters
from lotrinh.reading.readers.text_tables import find_tables


def read(data: bytes, *, ocr: bool = False) -> Paper:
    """Return the text of the file unchanged but for a byte order mark and old letters.

    Raises Unreadable: empty, binary, encoding, legacy_encoding, damaged_text.
    """
    encoding: str | None = None
    try:
        text = to_text(data)
    except Unreadable as refusal:
        if refusal.code != "encoding":
            raise
        text, encoding = decode_old(data)
    if encoding is None:
        lines, encoding = convert(text.split("\n"))
        text = "\n".join(lines)
    check_letters(text)
    notes = (Note("converted", {"encoding": encoding}),) if encoding else ()
    tables = tuple(table for table in find_tables(text) if table.is_within_bounds())
    return Paper(text, tables, notes)
