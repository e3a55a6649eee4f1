"""Whoever owns the database and changes what was sealed is found, by both verifiers, every time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from django.db import connection, connections, transaction
from pytest_django.plugin import DjangoDbBlocker

from lotrinh.apps.journal import selectors, services
from lotrinh.apps.journal.held import hold_day, hold_seal
from lotrinh.apps.journal.services import SYSTEM, Named
from lotrinh.apps.journal.signing import public_key
from lotrinh.engine import OWNER_ROLE, Engine
from lotrinh.rules.sealing import Finding, Flaw
from tests import cluster
from tests.apps.journal import tampering
from tests.factories import NOW, TODAY, key, make_user
from tools import verify_journal

KEY = bytes(range(32))
PUBLIC = public_key(KEY)


@dataclass(frozen=True, slots=True)
class Kept:
    """A sealed journal to which the owner of the database is connected, and the file beside it."""

    held: Path

    def ours(self) -> list[Finding]:
        return selectors.audit_journal(trusted=[PUBLIC], held=self.held).findings

    def theirs(self, keys: frozenset[str] = frozenset({PUBLIC.hex()})) -> list[str]:
        lines = selectors.exported(public_key=PUBLIC)
        held = self.held.read_text().splitlines()
        return list(verify_journal.check(lines, keys, held))


@pytest.fixture(scope="module")
def kept(
    server: Engine, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Kept]:
    """Eight seals over three days, two signed, gaps in the numbers, two entries unsealed."""
    held = tmp_path_factory.mktemp("state") / "seals"
    with (
        django_db_blocker.unblock(),
        cluster.fresh_clone(server, "tampering") as name,
        cluster.pointed_at(server, name),
    ):
        _write_and_seal(held)
        connections.close_all()
        connections["default"].settings_dict["USER"] = OWNER_ROLE
        with connection.cursor() as cursor:
            for table in ("journal_entry", "journal_seal", "journal_day_signature"):
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield Kept(held)
        connections.close_all()


def _write_and_seal(held: Path) -> None:
    user = make_user()
    for number in range(8):
        for place in range(3 + number % 4):
            actor = user.named if place % 2 else SYSTEM
            with transaction.atomic():
                services.record("duty.issued", Named("duty", key()), actor=actor, at=NOW)
                transaction.set_rollback(place == 1 and number % 2 == 0)
        on = TODAY + timedelta(days=number // 3)
        seal = services.seal_entries(on=on, at=NOW + timedelta(minutes=number)).seal
        assert seal is not None
        hold_seal(held, seal.said.number, seal.head)
    for day in services.sign_days(before=on, key=KEY, at=NOW):
        hold_day(held, day.day, day.signature)
    for _ in range(2):
        services.record("duty.issued", Named("duty", key()), actor=SYSTEM, at=NOW)


def chance(number: int) -> Random:
    """Return what chooses an act by its number, the same each time."""
    return Random(number)  # noqa: S311 - nothing is kept secret by it


def overlooked(kept: Kept, numbers: range) -> list[str]:
    """Return which of so many acts one of the verifiers did not find."""
    missed = []
    for number in numbers:
        way = tampering.WAYS[number % len(tampering.WAYS)]
        with transaction.atomic():
            way(chance(number))
            if not kept.ours():
                missed.append(f"{number} {way.__name__}: lotrinh verify")
            if not kept.theirs():
                missed.append(f"{number} {way.__name__}: stand-alone")
            transaction.set_rollback(True)
    return missed


def test_both_find_it_whole_while_nobody_has_touched_it(kept: Kept) -> None:
    found = selectors.audit_journal(trusted=[PUBLIC], held=kept.held)

    assert found.findings == []
    assert kept.theirs() == []
    assert (found.counted.seals, found.counted.unsealed) == (8, 2)
    assert found.signed_through == TODAY + timedelta(days=1)


def test_tampering_is_found_by_both(kept: Kept) -> None:
    assert overlooked(kept, range(10_000, 10_000 + 5 * len(tampering.WAYS))) == []
    assert kept.ours() == []


@pytest.mark.slow
def test_a_thousand_of_a_thousand_are_found_by_both(kept: Kept) -> None:
    assert overlooked(kept, range(1000)) == []
    assert kept.ours() == []
    assert kept.theirs() == []


@pytest.mark.parametrize(
    ("statement", "flaw", "said"),
    [
        (
            "UPDATE journal_entry SET payload = payload || ' ' WHERE id = 7",
            Finding(Flaw.ENTRY_CHANGED, "7"),
            "entry 7 does not fit its hash",
        ),
        (
            "DELETE FROM journal_entry WHERE id = 7",
            Finding(Flaw.BATCH_CHANGED, "2"),
            "the entries of seal 2 are not those that were sealed",
        ),
        (
            "UPDATE journal_seal SET root = head WHERE number = 2",
            Finding(Flaw.SEAL_CHANGED, "2"),
            "seal 2 was changed",
        ),
        (
            "UPDATE journal_seal SET previous = root WHERE number = 2",
            Finding(Flaw.CHAIN_BROKEN, "2"),
            "seal 2 does not follow the one before",
        ),
        (
            "DELETE FROM journal_seal WHERE number = 8",
            Finding(Flaw.SEAL_MISSING, "8"),
            "seal 8 was held elsewhere and is not there like that",
        ),
        (
            "DELETE FROM journal_day_signature WHERE number = 6",
            Finding(Flaw.SIGNATURE_MISSING, "2024-08-08"),
            "day 2024-08-08 was held elsewhere and is not there like that",
        ),
        (
            "UPDATE journal_day_signature SET signature = signed_at::text::bytea WHERE number = 6",
            Finding(Flaw.SIGNATURE_FALSE, "2024-08-08"),
            "the signature of 2024-08-08 is false",
        ),
    ],
)
def test_both_say_what_was_done(kept: Kept, statement: str, flaw: Finding, said: str) -> None:
    with transaction.atomic():
        tampering.do(statement)

        assert flaw in kept.ours()
        assert said in kept.theirs()
        transaction.set_rollback(True)


def test_what_is_forged_down_to_the_signatures_is_told_by_the_key_alone(kept: Kept) -> None:
    """Even without the file: the signatures are by a key that nobody trusts."""
    with transaction.atomic():
        tampering.do("DELETE FROM journal_entry WHERE id = %(id)s", id=tampering.sealed_ids()[0])
        tampering.forge_chain()
        tampering.forge_signatures()

        ours = selectors.audit_journal(trusted=[PUBLIC], held=None).findings
        theirs = verify_journal.check(
            selectors.exported(public_key=PUBLIC), {PUBLIC.hex()}, iter(())
        )

        days = [TODAY.isoformat(), (TODAY + timedelta(days=1)).isoformat()]
        assert ours == [Finding(Flaw.KEY_UNKNOWN, day) for day in days]
        assert list(theirs) == [f"the signature of {day} is by an unknown key" for day in days]
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "change",
    [
        "verb = 'duty.closed'",
        "at = at + interval '1 us'",
        "actor_kind = 'person'",
        "actor_uid = gen_random_uuid(), actor_kind = 'user'",
        "object_kind = 'target'",
        "object_uid = gen_random_uuid()",
        "unit_uid = gen_random_uuid()",
    ],
)
def test_a_column_that_finds_an_entry_says_what_the_entry_says(kept: Kept, change: str) -> None:
    with transaction.atomic():
        first = tampering.sealed_ids()[0]
        tampering.do(f"UPDATE journal_entry SET {change} WHERE id = %(id)s", id=first)

        assert kept.ours() == [Finding(Flaw.COLUMN_CHANGED, str(first))]
        transaction.set_rollback(True)


def test_somebody_elses_deed_is_not_put_on_another_account(kept: Kept) -> None:
    other = key()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_subject (uid, salt, name) VALUES (%s, %s, 'khác')",
            [other, b"s" * 16],
        )
        cursor.execute("UPDATE journal_entry SET actor_uid = %s WHERE actor_kind = 'user'", [other])
        assert cursor.rowcount > 5

        assert {one.flaw for one in kept.ours()} == {Flaw.COLUMN_CHANGED}
        transaction.set_rollback(True)
