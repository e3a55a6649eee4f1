"""Bytes that an earlier try left are handed in again while somebody clears up: they stay."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from lotrinh.apps.files import selectors, services
from lotrinh.apps.files.models import Blob
from lotrinh.apps.journal.services import SYSTEM
from tests.factories import NOW
from tests.races.together import failures, overlapping

LATER = NOW.replace(year=2100)


def left_behind(content: bytes) -> str:
    """Leave whole bytes without a row and return their digest."""
    digest = hashlib.sha256(content).hexdigest()
    storages["blobs"].save(f"{digest[:2]}/{digest[2:4]}/{digest}", ContentFile(content))
    return digest


def store(content: bytes):
    return lambda: services.store(content=content, media_type="text/plain", actor=SYSTEM, at=NOW)


def remove(digest: str):
    return lambda: services.remove_unclaimed(sha256=digest, before=LATER, at=NOW)


def test_what_is_being_handed_in_is_not_removed(people):
    digest = left_behind(b"first")

    outcomes = overlapping(store(b"first"), remove(digest))

    assert outcomes == [Blob.objects.get(sha256=digest), False]
    with selectors.opened(outcomes[0]) as stored:
        assert stored.read() == b"first"


def test_what_is_being_removed_is_written_again(people):
    digest = left_behind(b"second")

    outcomes = overlapping(remove(digest), store(b"second"))

    assert failures(outcomes) == []
    with selectors.opened(Blob.objects.get(sha256=digest)) as stored:
        assert stored.read() == b"second"
