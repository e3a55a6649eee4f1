"""Of a refused text the journal keeps who, when, where and the hash; no word of it."""

import hashlib

import pytest

from lotrinh.apps.intake import services
from lotrinh.apps.journal.models import Entry
from tests.factories import NOW
from tests.unchanged import changed, state_of_tables

pytestmark = pytest.mark.django_db


def test_one_line_is_written_and_nothing_else(cast):
    digest = hashlib.sha256(b"MAT").hexdigest()
    before = state_of_tables()

    services.refuse_secret(sha256=digest, keeper=cast.ho_sen, user=cast.ha, at=NOW)

    assert changed(before, state_of_tables()) == {"journal_entry"}
    entry = Entry.objects.get(verb="text.refused_secret")
    assert (entry.actor_uid, entry.unit_uid, entry.at) == (cast.ha.uid, cast.ho_sen.uid, NOW)
    assert f'"data":{{"sha256":"{digest}"}}' in entry.payload
