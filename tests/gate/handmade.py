"""PDFs and zip archives written byte by byte, so that they can be wrong in one chosen place."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from docx import Document

from tests.reading.readers.samples import saved

WORDS = "BT /F1 13 Tf 72 700 Td (Trong cay xanh nam 2025) Tj ET"


def plain_pdf(
    more: Mapping[int, bytes | str] | None = None,
    *,
    catalog: str = "",
    page: str = "",
    content: bytes = WORDS.encode(),
    box: str = "0 0 595 842",
    trailer: str = "",
) -> bytes:
    """Return a PDF of one page: 1 catalog, 2 pages, 3 page, 4 content, 5 font; ``more`` adds."""
    objects: dict[int, bytes | str] = {
        1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R {page} "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        4: stream(content),
        5: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        **(more or {}),
    }
    return _written(objects, trailer)


def stream(content: bytes, entries: str = "") -> bytes:
    return f"<< /Length {len(content)} {entries} >>\nstream\n".encode() + content + b"\nendstream"


def packed(content: bytes, entries: str = "") -> bytes:
    return stream(zlib.compress(content, 9), f"/Filter /FlateDecode {entries}")


def _written(objects: Mapping[int, bytes | str], trailer: str) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, content in sorted(objects.items()):
        places[number] = len(out)
        body = content.encode() if isinstance(content, str) else content
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    begin, size = len(out), max(objects) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n".encode()
    for number in range(1, size):
        out += f"{places.get(number, 0):010} 00000 {'n' if number in places else 'f'} \n".encode()
    out += (
        f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{begin}\n%%EOF\n".encode()
    )
    return bytes(out)


def word(line: str = "Trồng cây xanh") -> bytes:
    document = Document()
    document.add_paragraph(line)
    return saved(document)


def archive(
    *parts: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """Return an archive of a Word file's least parts and these, twice where a name comes twice."""
    held = io.BytesIO()
    body = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    with zipfile.ZipFile(held, "w", method) as out:
        out.writestr("word/document.xml", body)
        for name, data in parts:
            out.writestr(name, data, compress_type=method)
    return held.getvalue()


def with_listed_size(data: bytes, name: str, size: int) -> bytes:
    """Return the archive with another unpacked size of a part in its list of contents."""
    place = data.rindex(name.encode()) - 46
    return data[: place + 24] + struct.pack("<I", size) + data[place + 28 :]


def with_local_name(data: bytes, name: str, other: str) -> bytes:
    """Return the archive in which a part bears another name, of equal length, than in the list."""
    place = data.index(name.encode())
    return data[:place] + other.encode() + data[place + len(name) :]


def with_scanned_page(more: Mapping[int, bytes | str] | None = None) -> bytes:
    """Return a PDF whose second page is a picture without a word."""
    picture = "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceRGB"
    return plain_pdf(
        {
            2: "<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 >>",
            6: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 7 0 R "
            "/Resources << /XObject << /I 8 0 R >> >> >>",
            7: stream(b"595 0 0 842 0 0 cm /I Do"),
            8: stream(b"\xf0\xf0\xf0", f"{picture} /BitsPerComponent 8"),
            **(more or {}),
        }
    )
