"""Reads of files. The right is checked by whoever owns the document that the file belongs to."""

from django.core.files.base import File
from django.core.files.storage import storages
from django.db.models import QuerySet

from lotrinh.apps.files.models import Blob, Declaration


def opened(blob: Blob) -> "File[bytes]":
    """Return the stored bytes of ``blob``, open for reading; the caller closes them."""
    return storages["blobs"].open(blob.path)


def declarations_of(blob: Blob) -> QuerySet[Declaration]:
    """Return who declared parts of the file free of State secrets, the first one first."""
    return blob.declarations.select_related("declared_by").order_by("id")
