"""Reads of files. The right is checked by whoever owns the document that the file belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.core.files.base import File
from django.core.files.storage import storages
from django.db.models import QuerySet

from lotrinh.apps.files.models import Blob, Declaration
from lotrinh.apps.files.storage import DurableFolder

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """Stored bytes without a row: what handed them in was ended before it was done.

    ``size`` is in bytes, ``since`` the instant at which they were written.
    """

    sha256: str
    size: int
    since: datetime


def opened(blob: Blob) -> "File[bytes]":
    """Return the stored bytes of ``blob``, open for reading; the caller closes them."""
    return storages["blobs"].open(blob.path)


def declarations_of(blob: Blob) -> QuerySet[Declaration]:
    """Return who declared parts of the file free of State secrets, the first one first."""
    return blob.declarations.select_related("declared_by").order_by("id")


def unclaimed() -> tuple[Unclaimed, ...] | None:
    """Return the whole files that no row knows, the oldest first; None of a store elsewhere.

    For whoever looks after the installation: of what such a file holds nothing is told.
    """
    storage = storages["blobs"]
    if not isinstance(storage, DurableFolder):
        return None
    found = (Unclaimed(*each) for each in storage.whole())
    return tuple(sorted(_without_row(found), key=lambda one: (one.since, one.sha256)))


def _without_row(found: Iterable[Unclaimed]) -> Iterable[Unclaimed]:
    rest = iter(found)
    while part := list(islice(rest, _AT_ONCE)):
        names = [one.sha256 for one in part]
        known = set(Blob.objects.filter(sha256__in=names).values_list("sha256", flat=True))
        yield from (one for one in part if one.sha256 not in known)
