"""Erasing a person forgets the name and breaks no proof."""

import pytest

from lotrinh.apps.journal import selectors, services
from lotrinh.apps.journal.models import Entry, Subject
from lotrinh.apps.journal.services import SYSTEM, Named
from tests.factories import NOW, key, make_person, make_user
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db


def test_entries_and_leaves_stay_as_they_are():
    user = make_user("can-bo")
    services.record("duty.issued", Named("duty", key()), actor=user.named, at=NOW)
    before = list(Entry.objects.order_by("id").values_list("payload", "leaf"))

    services.erase_subject(uid=user.uid, actor=SYSTEM, at=NOW)

    after = list(Entry.objects.order_by("id").values_list("payload", "leaf"))
    assert after[: len(before)] == before
    assert all(services.leaf_hash(payload) == bytes(leaf) for payload, leaf in after)


def test_name_and_salt_are_gone_and_nothing_can_be_joined_any_more():
    user, thing = make_user("can-bo"), Named("duty", key())
    services.record("duty.issued", thing, actor=user.named, at=NOW)

    services.erase_subject(uid=user.uid, actor=SYSTEM, at=NOW)

    kept = Subject.objects.get(uid=user.uid)
    assert (kept.name, kept.salt, kept.erased_at) == ("", None, NOW)
    assert [line.actor_name for line in selectors.history(object_uid=thing.uid)] == [""]
    assert selectors.names_of([user.uid]) == {}


def test_the_erasure_itself_is_recorded():
    person = make_person("Nguyễn Văn Lãng")

    services.erase_subject(uid=person.uid, actor=SYSTEM, at=NOW)

    last = Entry.objects.order_by("-id")[0]
    assert (last.verb, last.object_kind, last.object_uid) == (
        "subject.erased",
        "subject",
        person.uid,
    )


def test_what_is_not_kept_cannot_be_erased_nor_erased_twice():
    user = make_user()
    services.erase_subject(uid=user.uid, actor=SYSTEM, at=NOW)

    with nothing_changes(), pytest.raises(services.SubjectUnknown):
        services.erase_subject(uid=user.uid, actor=SYSTEM, at=NOW)
    with nothing_changes(), pytest.raises(services.SubjectUnknown):
        services.erase_subject(uid=key(), actor=SYSTEM, at=NOW)


def test_the_erased_do_not_act():
    user = make_user()
    services.erase_subject(uid=user.uid, actor=SYSTEM, at=NOW)

    with nothing_changes(), pytest.raises(services.SubjectUnknown):
        services.record("duty.issued", Named("duty", key()), actor=user.named, at=NOW)
