"""Erasing a person forgets the name and breaks no proof."""

import json

import pytest

from lotrinh.apps.accounts.services import choose_language
from lotrinh.apps.journal import selectors, services
from lotrinh.apps.journal.models import Entry, Subject
from lotrinh.apps.journal.services import SYSTEM, Named
from tests.factories import NOW, appoint, key, make_person, make_post, make_unit, make_user
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


def test_no_payload_ever_held_the_uid_of_anybody():
    """Register, appoint, act and erase: what is left joins nothing to a person or an account."""
    user = make_user("can-bo")
    person, actor = make_person("Nguyễn Văn Lãng", user=user), make_user()
    appoint(person, make_post(make_unit()))
    choose_language(user_id=user.pk, language="en", at=NOW)
    services.record("duty.issued", Named("duty", key()), actor=user.named, at=NOW)

    services.erase_subject(uid=person.uid, actor=actor.named, at=NOW)
    services.erase_subject(uid=user.uid, actor=actor.named, at=NOW)

    payloads = list(Entry.objects.order_by("id").values_list("payload", flat=True))
    told = [json.loads(payload) for payload in payloads]
    assert {"person.registered", "person.appointed", "user.created", "subject.erased"} <= {
        entry["verb"] for entry in told
    }
    for uid in (person.uid, user.uid, actor.uid):
        for written in (str(uid), uid.hex):
            assert not any(written in payload for payload in payloads)
    somebody = [entry["object"] for entry in told if entry["object"]["kind"] in services.SOMEBODY]
    assert len(somebody) == 7
    assert all(set(found) == {"kind", "ref"} and len(found["ref"]) == 64 for found in somebody)
    assert all(set(entry["actor"]) == {"kind", "ref"} for entry in told)


def test_before_erasure_the_pseudonym_joins_what_was_done_to_one_person():
    one, other = make_person(), make_person()
    appoint(one, make_post(make_unit()))
    services.erase_subject(uid=one.uid, actor=SYSTEM, at=NOW)

    def refs(person):
        rows = Entry.objects.filter(object_uid=person.uid).values_list("payload", flat=True)
        return [json.loads(payload)["object"]["ref"] for payload in rows]

    assert len(refs(one)) == 3
    assert len(set(refs(one))) == 1
    assert set(refs(one)).isdisjoint(refs(other))


def test_the_erased_do_not_act():
    user = make_user()
    services.erase_subject(uid=user.uid, actor=SYSTEM, at=NOW)

    with nothing_changes(), pytest.raises(services.SubjectUnknown):
        services.record("duty.issued", Named("duty", key()), actor=user.named, at=NOW)
