"""The same bytes are kept once, under their hash, and are on the disk before a row says so."""

import errno
import hashlib
import json
import os
import stat
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.storage import InMemoryStorage
from django.db import transaction
from django.test import override_settings

from lotrinh.apps.files import selectors, services
from lotrinh.apps.files.models import Blob
from lotrinh.apps.files.storage import DurableFolder
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


def test_nobody_else_on_the_machine_may_read_what_is_stored(blobs):
    blob = store()

    path = blobs / blob.path
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in (path.parent, path.parents[1])} == {
        0o700
    }


def test_what_an_earlier_try_left_in_part_is_written_anew(blobs):
    path = blobs / DIGEST[:2] / DIGEST[2:4] / DIGEST
    path.parent.mkdir(parents=True)
    path.write_bytes(CONTENT[:3])

    store()

    assert path.read_bytes() == CONTENT


class FullDisk(DurableFolder):
    """A folder on a disk that is full after the first bytes."""

    def _save(self, name, content):
        super()._save(name, Failing(content))


class Failing:
    def __init__(self, content):
        self.content = content

    def chunks(self):
        yield self.content.read(2)
        raise OSError(errno.ENOSPC, "No space left on device")


class LostBucket(InMemoryStorage):
    """A store elsewhere that keeps the object but whose answer is lost."""

    def _save(self, name, content):
        super()._save(name, content)
        raise ConnectionError("reset by peer")


def elsewhere(backend, **options):
    return override_settings(
        STORAGES={**settings.STORAGES, "blobs": {"BACKEND": backend, "OPTIONS": options}}
    )


def test_a_full_disk_leaves_neither_a_row_nor_a_piece(blobs):
    with elsewhere(f"{__name__}.FullDisk", location=blobs), pytest.raises(OSError, match="space"):
        store()

    assert Blob.objects.count() + Entry.objects.filter(verb="blob.stored").count() == 0
    assert [path for path in blobs.rglob("*") if path.is_file()] == []
    assert store().sha256 == DIGEST


def test_a_store_that_does_not_answer_leaves_no_row_and_the_next_try_ends_well():
    with elsewhere(f"{__name__}.LostBucket"):
        with pytest.raises(ConnectionError):
            store()
        assert Blob.objects.count() == 0

        blob = store()  # the object is there already: it is not sent again

        assert Blob.objects.get() == blob
        with selectors.opened(blob) as stored:
            assert stored.read() == CONTENT


def test_parts_of_writes_that_were_cut_off_are_removed_after_a_day(blobs):
    blob = store()
    old, young = (blobs / blob.path).with_name(".1.part"), (blobs / blob.path).with_name(".2.part")
    for part in (old, young):
        part.write_bytes(b"half")
    os.utime(old, (NOW.timestamp() - 90_000, NOW.timestamp() - 90_000))
    os.utime(young, (NOW.timestamp(), NOW.timestamp()))

    removed = services.clear_strays(before=NOW - timedelta(days=1), at=NOW)

    assert removed == 1
    assert [path.name for path in blobs.rglob("*.part")] == [".2.part"]
    assert (blobs / blob.path).read_bytes() == CONTENT
    assert Entry.objects.filter(verb="blob.strays_removed").count() == 1
    with nothing_changes():
        assert services.clear_strays(before=NOW - timedelta(days=1), at=NOW) == 0


def left_behind(blobs, content, *, hours):
    """Leave whole bytes without a row, as a killed upload does, written so many hours ago."""
    digest = hashlib.sha256(content).hexdigest()
    path = blobs / digest[:2] / digest[2:4] / digest
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    written = NOW.timestamp() - 3600 * hours
    os.utime(path, (written, written))
    return digest


def test_bytes_without_a_row_are_listed_and_removed_when_older_than_a_day(blobs):
    blob = store()
    (blobs / blob.path).with_name(".1.part").write_bytes(b"half")
    old = left_behind(blobs, b"old", hours=25)
    young = left_behind(blobs, b"young", hours=23)
    assert [(one.sha256, one.size) for one in selectors.unclaimed()] == [(old, 3), (young, 5)]

    day = {"before": NOW - timedelta(days=1), "at": NOW}
    gone = [services.remove_unclaimed(sha256=one, **day) for one in (old, young, DIGEST, old)]

    assert gone == [True, False, False, False]
    assert [one.sha256 for one in selectors.unclaimed()] == [young]
    assert (blobs / blob.path).read_bytes() == CONTENT
    assert json.loads(Entry.objects.get(verb="blob.unclaimed_removed").payload)["data"] == {
        "sha256": old,
        "size": 3,
    }


def test_a_store_elsewhere_clears_its_own_strays():
    with elsewhere("django.core.files.storage.InMemoryStorage"), nothing_changes():
        assert services.clear_strays(before=NOW, at=NOW) == 0
        assert selectors.unclaimed() is None
        assert not services.remove_unclaimed(sha256=DIGEST, before=NOW, at=NOW)


def test_a_declaration_says_who_when_and_of_which_parts(cast):
    blob = store()

    services.declare_no_secret(blob=blob, pages="3, 4", pictures=2, user=cast.ha, at=NOW)

    (row,) = selectors.declarations_of(blob)
    assert (row.declared_by, row.declared_at, row.pages, row.pictures) == (cast.ha, NOW, "3, 4", 2)
    entry = Entry.objects.get(verb="blob.declared")
    assert (entry.actor_uid, entry.object_uid) == (cast.ha.uid, blob.uid)
