"""What a PDF holds beside its pages: titles, bookmarks, fields, files attached, things that act.

The words are for the secrecy gate alone. Scripts, calls of programs and attached files are never
touched; that there are some is told to the reader, because the original is kept as it came.
"""

import ctypes
import re
import zlib
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from lotrinh.reading.readers.pdf_pictures import all_words
from lotrinh.reading.readers.unseen import lines_of_file

_DESCRIBING = ("Title", "Subject", "Keywords", "Author")
_MOST_PAGES = 2_000
_MOST_ATTACHED = 200
_MOST_BOOKMARKS = 5_000
_LARGEST = 50_000_000  # bytes of one attached file, and of all the lists of objects together
_ESCAPED = re.compile(rb"#([0-9a-fA-F]{2})")
_OBJECTS = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
_ACTS = {
    "script": re.compile(rb"/(?:JavaScript|JS)\b"),
    "launch": re.compile(rb"/(?:Launch|SubmitForm|ImportData|RichMedia)\b"),
    "attachment": re.compile(rb"/EmbeddedFiles?\b"),
}


def words_of(data: bytes) -> Iterator[str]:
    """Yield all words of a PDF that lies inside another file; nothing of one that is broken."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        return
    try:
        yield from words_beside_pages(document)
        for place in range(min(len(document), _MOST_PAGES)):
            page = document[place]
            yield from all_words(page)
            page.close()
    except pdfium.PdfiumError:
        return
    finally:
        document.close()


def words_beside_pages(document: pdfium.PdfDocument) -> Iterator[str]:
    """Yield what describes the document, its bookmarks, and the words of the files in it.

    Raises Unreadable: encrypted, bomb, damaged and others, for an attached file.
    """
    yield from (document.get_metadata_value(key) for key in _DESCRIBING)
    for count, bookmark in enumerate(document.get_toc(max_depth=8)):
        if count >= _MOST_BOOKMARKS:
            break
        yield bookmark.get_title()
    for place in range(min(document.count_attachments(), _MOST_ATTACHED)):
        attached = document.get_attachment(place)
        yield attached.get_name()
        yield from lines_of_file(_content(attached), depth=1)


def _content(attached: pdfium.PdfAttachment) -> bytes:
    """Return an attached file; "" for one beyond measure."""
    length = ctypes.c_ulong()
    known = raw.FPDFAttachment_GetFile(attached.raw, None, 0, ctypes.byref(length))
    if not known or not 0 < length.value <= _LARGEST:
        return b""
    held = ctypes.create_string_buffer(length.value)
    raw.FPDFAttachment_GetFile(attached.raw, held, length.value, ctypes.byref(length))
    return held.raw[: length.value]


def acts_of(data: bytes) -> tuple[str, ...]:
    """Return which kinds of things that act by themselves the file names, in a sure order.

    "script", "launch" (programs, sending of fields, films), "attachment". Names are looked for in
    the file and in its packed lists of objects.
    """
    outside = _STREAM.sub(b"", data)
    texts = [_ESCAPED.sub(_letter, text) for text in (outside, *_object_lists(data))]
    return tuple(
        name for name, pattern in _ACTS.items() if any(pattern.search(text) for text in texts)
    )


def _letter(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 16)])


def _object_lists(data: bytes) -> Iterator[bytes]:
    room = _LARGEST
    for found in _OBJECTS.finditer(data):
        end = data.find(b"endstream", found.end())
        try:
            unpacked = zlib.decompressobj().decompress(data[found.end() : end], room)
        except zlib.error:
            continue
        room -= len(unpacked)
        yield unpacked
        if room <= 0:
            return
