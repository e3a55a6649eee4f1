"""Reads of files. The right is checked by whoever owns the document that the file belongs to."""

from django.core.files.base import File
from django.core.files.storage import storages

from lotrinh.apps.files.models import Blob


def opened(blob: Blob) -> "File[bytes]":
    """Return the stored bytes of ``blob``, open for reading; the caller closes them."""
    return storages["blobs"].open(blob.path)
