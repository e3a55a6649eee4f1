"""Sealing takes what was written, once, in the order of its numbers; days are signed once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import override_settings

from lotrinh.apps.journal import jobs, selectors, services
from lotrinh.apps.journal.held import HeldUnreadable, hold_day, hold_seal, read_held
from lotrinh.apps.journal.models import DaySignature, Entry, Seal, SealMark
from lotrinh.apps.journal.services import SYSTEM, Act, Named
from lotrinh.apps.journal.services import sealing as sealing_services
from lotrinh.apps.journal.signing import is_signed, public_key
from lotrinh.rules import merkle
from lotrinh.rules.sealing import NOTHING, Finding, Flaw, Held, day_statement, head_of
from tests.factories import NOW, TODAY, key, make_user
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db

KEY = bytes(range(32))


def write(count=1):
    acts = [Act("unit.created", Named("unit", key())) for _ in range(count)]
    services.record_all(acts=acts, actor=SYSTEM, at=NOW)


def seal(day=TODAY, at=NOW):
    return services.seal_entries(on=day, at=at).seal


def findings(**given):
    own = {"trusted": [public_key(KEY)], "held": None} | given
    return selectors.audit_journal(**own).findings


def test_a_seal_closes_what_was_written_and_names_the_one_before():
    write(3)
    first = seal()
    write(2)

    second = seal(at=NOW + timedelta(minutes=1))

    leaves = [bytes(leaf) for leaf in Entry.objects.order_by("id").values_list("leaf", flat=True)]
    last = Entry.objects.latest("id").id
    assert (first.said.number, first.said.previous, first.said.count) == (1, NOTHING, 3)
    assert first.said.root == merkle.root(leaves[:3])
    assert (second.said.number, second.said.previous) == (2, first.head)
    assert (second.said.count, second.said.through) == (2, last)
    assert second.said.root == merkle.root(leaves[3:])
    assert second.head == head_of(second.said)
    assert bytes(Seal.objects.get(number=2).head) == second.head
    assert findings() == []


def test_where_nothing_is_new_nothing_is_sealed():
    assert seal() is None
    write()
    seal()

    with nothing_changes():
        outcome = services.seal_entries(on=TODAY, at=NOW)

    assert outcome == services.Outcome(seal=None, waits=False)


def test_a_seal_takes_so_many_and_the_next_goes_on(monkeypatch):
    monkeypatch.setattr(sealing_services, "BATCH", 2)
    write(5)

    counts = [seal().said.count for _ in range(3)]

    assert counts == [2, 2, 1]
    assert seal() is None
    assert findings() == []


def test_the_last_seal_is_told_for_printing():
    assert selectors.seal_on() is None
    write()
    first = seal()
    write()
    second = seal(at=NOW + timedelta(minutes=1))

    assert selectors.seal_on(at=NOW - timedelta(seconds=1)) is None
    assert selectors.seal_on(at=NOW).number == 1
    last = selectors.seal_on()
    assert (last.number, last.root, last.head) == (2, second.said.root, second.head)
    assert (last.through, last.day, last.sealed_at) == (
        second.said.through,
        TODAY,
        NOW + timedelta(minutes=1),
    )
    assert first.head != second.head


def test_what_waits_for_a_seal_is_counted():
    write(2)
    later = datetime(2100, 1, 1, tzinfo=UTC)

    assert selectors.unsealed_since(before=later) == 2
    assert selectors.unsealed_since(before=NOW) == 0
    seal()
    assert selectors.unsealed_since(before=later) == 0


def test_a_day_is_signed_once_it_has_ended_and_only_once():
    before = TODAY - timedelta(days=1)
    write()
    seal(day=before, at=NOW - timedelta(days=1))
    write()
    at_its_end = seal(day=before, at=NOW - timedelta(days=1))
    write()
    seal()

    (signed,) = services.sign_days(before=TODAY, key=KEY, at=NOW)

    assert (signed.day, signed.number, signed.head) == (before, 2, at_its_end.head)
    text = day_statement(before, 2, at_its_end.head, NOTHING)
    assert is_signed(public_key(KEY), text, signed.signature)
    assert not is_signed(public_key(bytes(32)), text, signed.signature)
    assert not is_signed(public_key(KEY), text + b" ", signed.signature)
    assert not is_signed(b"", text, signed.signature)
    with nothing_changes():
        assert services.sign_days(before=TODAY, key=KEY, at=NOW) == ()


def test_days_that_nobody_signed_in_time_are_signed_later_in_their_order():
    for days in (3, 2, 1):
        write()
        seal(day=TODAY - timedelta(days=days))

    signed = services.sign_days(before=TODAY, key=KEY, at=NOW)

    assert [one.day for one in signed] == [TODAY - timedelta(days=n) for n in (3, 2, 1)]
    assert len({one.previous for one in signed}) == 3
    assert findings() == []
    assert selectors.audit_journal(trusted=[], held=None).findings == [
        Finding(Flaw.KEY_UNKNOWN, one.day.isoformat()) for one in signed
    ]


def test_what_a_clock_that_went_back_sealed_on_a_signed_day_is_vouched_for_by_the_next():
    write()
    seal(day=TODAY)
    services.sign_days(before=TODAY + timedelta(days=1), key=KEY, at=NOW)
    write()
    seal(day=TODAY)
    write()
    seal(day=TODAY + timedelta(days=1))

    (signed,) = services.sign_days(before=TODAY + timedelta(days=2), key=KEY, at=NOW)

    assert (signed.day, signed.number) == (TODAY + timedelta(days=1), 3)
    assert DaySignature.objects.count() == 2
    assert findings() == []


def test_the_jobs_hold_what_they_made_beside_the_database(tmp_path: Path):
    file = tmp_path / "state" / "seals"
    yesterday = TODAY - timedelta(days=1)
    write()
    seal(day=yesterday)
    services.sign_days(before=TODAY, key=KEY, at=NOW)
    write(2)
    with override_settings(LOTRINH_SEALS_HELD=file, LOTRINH_SEAL_KEY=KEY):
        jobs.seal(0)
        jobs.sign(0)

    last = Seal.objects.latest("number")
    assert last.number == 2
    assert read_held(file) == Held(heads=((2, bytes(last.head)),))
    assert file.stat().st_mode & 0o777 == 0o600
    assert SealMark.objects.count() == 0


def test_the_signing_job_signs_the_days_before_the_real_one(tmp_path: Path):
    file = tmp_path / "seals"
    write()
    seal(day=TODAY)

    with override_settings(LOTRINH_SEALS_HELD=file, LOTRINH_SEAL_KEY=KEY):
        jobs.sign(0)
        jobs.sign(0)

    signature = bytes(DaySignature.objects.get(day=TODAY).signature)
    assert read_held(file) == Held(signatures=((TODAY, signature),))


def test_what_is_held_and_not_there_is_found(tmp_path: Path):
    file = tmp_path / "seals"
    write()
    one = seal()
    hold_seal(file, 1, one.head)
    assert findings(held=file) == []

    hold_seal(file, 2, bytes(32))
    hold_day(file, TODAY, bytes(64))

    assert findings(held=file) == [
        Finding(Flaw.SEAL_MISSING, "2"),
        Finding(Flaw.SIGNATURE_MISSING, TODAY.isoformat()),
    ]


def test_a_line_that_a_crash_cut_off_says_nothing_and_spoils_no_other(tmp_path: Path):
    file = tmp_path / "seals"
    hold_seal(file, 1, bytes(32))
    with file.open("a") as out:
        out.write("seal 2 00")

    assert read_held(file).heads == ((1, bytes(32)),)
    hold_seal(file, 3, bytes(32))
    assert read_held(file).heads == ((1, bytes(32)), (3, bytes(32)))

    file.write_text("seal 1 00\n")
    with pytest.raises(HeldUnreadable, match="seals:1"):
        read_held(file)
    assert read_held(tmp_path / "none") == Held()


def test_an_entry_is_proved_by_its_path():
    user = make_user()
    for _ in range(5):
        services.record("duty.issued", Named("duty", key()), actor=user.named, at=NOW)
    entry = Entry.objects.order_by("id")[2]
    assert selectors.proof_of(entry_uid=entry.uid) is None
    sealed = seal()
    write(2)
    seal()

    proof = selectors.proof_of(entry_uid=entry.uid)

    leaf = merkle.leaf(proof.row.payload.encode())
    assert merkle.root_above(leaf, proof.place, 5, proof.beside) == sealed.said.root
    assert (proof.seal, proof.row.payload) == (sealed, entry.payload)
    assert selectors.proof_of(entry_uid=key()) is None


def test_erasing_somebody_breaks_no_seal():
    user = make_user()
    services.record("duty.issued", Named("duty", key()), actor=user.named, at=NOW)
    seal()

    services.erase_subject(uid=user.uid, actor=SYSTEM, at=NOW)

    seal()
    assert findings() == []
