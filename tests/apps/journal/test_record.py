"""An entry says who did what to which thing; its payload is canonical and names nobody."""

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from lotrinh.apps.journal import selectors, services
from lotrinh.apps.journal.models import Entry
from lotrinh.apps.journal.services import SYSTEM, Named
from tests.factories import NOW, key, make_person, make_user
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db


def test_the_payload_is_canonical_json_and_the_leaf_its_hash():
    thing, unit = Named("duty", key()), key()

    services.record("duty.issued", thing, actor=SYSTEM, at=NOW, unit_uid=unit, data={"version": 2})

    entry = Entry.objects.get()
    assert entry.payload == (
        '{"actor":{"kind":"system","ref":"system"},"at":"2024-08-07T02:30:00+00:00",'
        f'"data":{{"version":2}},"object":{{"kind":"duty","uid":"{thing.uid}"}},'
        f'"unit":"{unit}","verb":"duty.issued","version":1}}'
    )
    assert bytes(entry.leaf) == hashlib.sha256(b"\x00" + entry.payload.encode()).digest()


def test_letters_of_any_alphabet_stand_in_the_payload_as_themselves():
    services.record("unit.placed", Named("unit", key()), actor=SYSTEM, at=NOW, data={"code": "Đ"})

    assert '"code":"Đ"' in Entry.objects.get().payload


@pytest.mark.parametrize("data", [{"z": 1, "a": [2, 3]}, {"a": [2, 3], "z": 1}])
def test_the_order_in_which_data_is_given_does_not_count(data):
    services.record("role.defined", Named("role", key()), actor=SYSTEM, at=NOW, data=data)

    payload = Entry.objects.get().payload
    assert '"data":{"a":[2,3],"z":1}' in payload
    assert list(json.loads(payload)) == [
        "actor",
        "at",
        "data",
        "object",
        "unit",
        "verb",
        "version",
    ]


def test_the_leaf_is_the_leaf_of_a_merkle_tree():
    """The first test vector of RFC 6962: the leaf of nothing."""
    assert services.leaf_hash("").hex() == (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    )


def test_the_columns_for_finding_an_entry_say_what_the_payload_says():
    user, thing, unit = make_user(), Named("duty", key()), key()

    services.record("duty.issued", thing, actor=user.named, at=NOW, unit_uid=unit)

    entry = Entry.objects.get(verb="duty.issued")
    assert (entry.actor_kind, entry.actor_uid) == ("user", user.uid)
    assert (entry.object_kind, entry.object_uid, entry.unit_uid) == ("duty", thing.uid, unit)
    assert entry.at == NOW


def test_the_database_says_when_it_was_recorded_not_the_caller():
    long_ago = datetime(2001, 1, 1, tzinfo=UTC)

    services.record("unit.created", Named("unit", key()), actor=SYSTEM, at=long_ago)

    entry = Entry.objects.get()
    assert entry.at == long_ago
    assert entry.recorded_at - long_ago > timedelta(days=365 * 20)


def test_a_payload_carries_no_name_of_a_person():
    user = make_user("ten-dang-nhap-rieng")
    make_person("Nguyễn Thị Riêng Biệt", user=user)

    services.record("duty.issued", Named("duty", key()), actor=user.named, at=NOW)

    payloads = "".join(Entry.objects.values_list("payload", flat=True))
    assert "Riêng" not in payloads
    assert "ten-dang-nhap-rieng" not in payloads


def test_two_acts_of_one_person_bear_the_same_pseudonym_and_not_the_uid():
    user, other = make_user(), make_user()
    for actor in (user, user, other):
        services.record("duty.issued", Named("duty", key()), actor=actor.named, at=NOW)

    entries = Entry.objects.filter(verb="duty.issued").order_by("id")
    refs = [json.loads(entry.payload)["actor"]["ref"] for entry in entries]
    assert refs[0] == refs[1] != refs[2]
    assert str(user.uid) not in entries[0].payload


def test_somebody_without_a_kept_name_can_do_nothing():
    with nothing_changes(), pytest.raises(services.SubjectUnknown):
        services.record("duty.issued", Named("duty", key()), actor=Named("user", key()), at=NOW)


def test_history_reads_oldest_first_with_the_names_that_are_kept():
    user, thing = make_user("can-bo"), Named("duty", key())
    services.record("duty.drafted", thing, actor=SYSTEM, at=NOW)
    services.record("duty.issued", thing, actor=user.named, at=NOW + timedelta(hours=1))

    lines = selectors.history(object_uid=thing.uid)

    assert [(line.verb, line.actor_kind, line.actor_name) for line in lines] == [
        ("duty.drafted", "system", ""),
        ("duty.issued", "user", "can-bo"),
    ]


def test_one_instant_told_in_two_zones_is_one_instant_in_the_columns():
    services.record("unit.created", Named("unit", key()), actor=SYSTEM, at=NOW)
    hanoi = NOW.astimezone(timezone(timedelta(hours=7)))
    services.record("unit.created", Named("unit", key()), actor=SYSTEM, at=hanoi)

    assert len(set(Entry.objects.values_list("at", flat=True))) == 1


def test_reference_data_has_the_same_uid_wherever_it_is_installed():
    leader = services.reference("role", "leader")

    assert leader == Named("role", UUID("924e4ff7-7793-5e1f-83e9-c54caf0414e9"))
    assert leader.uid != services.reference("tree", "leader").uid
