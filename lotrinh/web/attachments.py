"""Stored files on their way out: kept by the reader, never shown as a page of this site.

The address names a document, never a path. Whatever the bytes are, the browser is told to keep
them as a file, to take the stated type as it is, and to run nothing in them.
"""

import re
import unicodedata
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import content_disposition_header, parse_etags

from lotrinh.apps.files import selectors as files

if TYPE_CHECKING:
    from lotrinh.apps.files.models import Blob

_UNSAFE = re.compile(r"[^\w .()-]+")  # in a name of plain letters
_MARKED = "filename*=utf-8''"
_SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"


def attachment(request: HttpRequest, blob: "Blob", name: str) -> HttpResponse:
    """Return the answer that hands out a file under ``name``; the caller has checked the right.

    A file is given whole: who asks for a part of it gets all of it, which HTTP allows. Raises
    Http404 where the storage has lost the bytes.
    """
    tag = f'"{blob.sha256}"'
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        return _guarded(HttpResponseNotModified(), tag)
    answer = HttpResponse(content_type=blob.media_type)
    if request.method != "HEAD":
        try:
            with files.opened(blob) as stored:
                answer.content = stored.read()
        except FileNotFoundError:
            raise Http404 from None
    answer["Content-Length"] = str(blob.size)
    answer["Content-Disposition"] = kept_as(name)
    answer["Accept-Ranges"] = "none"
    return _guarded(answer, tag)


def kept_as(name: str) -> str:
    """Return the header that lets the reader keep a file under ``name``.

    Programs that read plain letters only get the name without its marks beside the whole one.

    >>> kept_as("Báo cáo đợt 1.pdf").split("; ")[1]
    'filename="Bao cao dot 1.pdf"'
    """
    said = content_disposition_header(True, name) or "attachment"
    if _MARKED not in said:
        return said
    marked = name.replace("đ", "d").replace("Đ", "D")
    plain = unicodedata.normalize("NFKD", marked).encode("ascii", "ignore").decode()
    plain = _UNSAFE.sub("-", plain).strip()
    return said.replace(_MARKED, f'filename="{plain}"; {_MARKED}', 1) if plain else said


def _guarded(answer: HttpResponse, tag: str) -> HttpResponse:
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = _SANDBOX
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
