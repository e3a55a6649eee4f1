"""The same bytes are kept once, under their hash, and are on the disk before a row says so."""

import hashlib

import pytest
from django.db import transaction

from lotrinh.apps.files import selectors, services
from lotrinh.apps.files.models import Blob
from lotrinh.apps.journal.models import Entry
from lotrinh.apps.journal.services import SYSTEM
from tests.factories import NOW
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db

CONTENT = "Nghị quyết".encode()
DIGEST = hashlib.sha256(CONTENT).hexdigest()


def store(content=CONTENT):
    return services.store(content=content, media_type="text/plain", actor=SYSTEM, at=NOW)


def test_bytes_lie_under_their_hash_and_come_back_unchanged(blobs):
    blob = store()

    path = blobs / DIGEST[:2] / DIGEST[2:4] / DIGEST
    assert path.read_bytes() == CONTENT
    assert (blob.sha256, blob.size, blob.media_type) == (DIGEST, len(CONTENT), "text/plain")
    with selectors.opened(blob) as stored:
        assert stored.read() == CONTENT


def test_the_same_bytes_again_are_the_same_row_and_nothing_is_written():
    first = store()

    with nothing_changes():
        assert store() == first


def test_storing_is_recorded_once():
    store()
    store()

    assert Entry.objects.filter(verb="blob.stored").count() == 1


def test_a_row_that_is_rolled_back_leaves_only_a_harmless_object(blobs):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        store()
        raise ZeroDivisionError

    assert Blob.objects.count() == 0
    assert store().sha256 == DIGEST
    assert [path.name for path in blobs.rglob("*") if path.is_file()] == [DIGEST]


def test_no_half_written_object_keeps_its_final_name(blobs):
    store()

    assert [path.name for path in blobs.rglob("*.part")] == []
