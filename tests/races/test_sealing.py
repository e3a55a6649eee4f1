"""No entry slips behind a seal, whatever number it has and however late it is committed."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, LiteralString

import psycopg
import pytest
from django.db import connection, connections, transaction
from pytest_django.plugin import DjangoDbBlocker

from lotrinh.apps.journal import selectors, services
from lotrinh.apps.journal.jobs import seal_what_waits
from lotrinh.apps.journal.models import Entry, Seal, SealMark
from lotrinh.apps.journal.services import SYSTEM, Named, sealing
from lotrinh.engine import Engine
from lotrinh.rules.sealing import Finding, Flaw
from tests import cluster
from tests.factories import NOW, TODAY, key
from tests.races.together import at_once, failures


@pytest.fixture
def journal(server: Engine, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """An empty journal that is committed to; the address of its database."""
    with (
        django_db_blocker.unblock(),
        cluster.fresh_clone(server, "sealing") as name,
        cluster.pointed_at(server, name),
    ):
        yield server.url(name, "lotrinh_app")
        connections.close_all()


def write() -> int:
    services.record("unit.created", Named("unit", key()), actor=SYSTEM, at=NOW)
    return Entry.objects.latest("id").id


def seal() -> services.Outcome:
    return services.seal_entries(on=TODAY, at=NOW)


_INSERT = """
INSERT INTO journal_entry (uid, at, verb, actor_kind, object_kind, object_uid, payload, leaf)
VALUES (gen_random_uuid(), now(), 'unit.created', 'system', 'unit', gen_random_uuid(), '{}',
    sha256('\\x00'::bytea || '{}'::bytea)) RETURNING id
"""


@contextmanager
def writing(address: str) -> Iterator[psycopg.Connection]:
    """Give a connection on which an entry was written and not committed."""
    with psycopg.connect(address) as other:
        other.execute(_INSERT)
        yield other


def whole() -> selectors.Audited:
    """Return the audit, columns apart: what is written here past the services has none."""
    found = selectors.audit_journal(trusted=[], held=None)
    found.findings = [one for one in found.findings if one.flaw != "column_changed"]
    return found


def test_an_entry_of_a_lower_number_that_is_committed_later_is_in_its_place(journal: str) -> None:
    with writing(journal) as late:
        higher = write()
        assert seal() == services.Outcome(waits=True)
        late.commit()

    sealed = seal().seal

    assert sealed is not None
    assert (sealed.said.count, sealed.said.through) == (2, higher)
    assert sorted(Entry.objects.values_list("id", flat=True)) == [higher - 1, higher]
    assert whole().findings == []


def test_a_sealer_that_did_not_ask_who_writes_would_be_found_out(
    journal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "_writers", set)
    with writing(journal) as late:
        write()
        assert seal().seal is not None
        late.commit()

    assert whole().findings == [Finding(Flaw.BATCH_CHANGED, "1")]


def test_a_number_that_is_rolled_back_is_a_gap_and_no_tampering(journal: str) -> None:
    write()
    with writing(journal) as given_up:
        higher = write()
        seal()
        given_up.rollback()

    sealed = seal().seal

    assert sealed is not None
    assert (sealed.said.count, sealed.said.through) == (2, higher)
    assert list(Entry.objects.order_by("id").values_list("id", flat=True)) == [higher - 2, higher]
    assert whole().findings == []


def test_who_begins_later_holds_up_no_seal_of_what_was_before(journal: str) -> None:
    """One long transaction after another, so that there is always one; seals are made yet."""
    first = write()
    with writing(journal) as one:
        assert seal().waits
        with writing(journal):
            later = write()
            assert seal().waits
            one.commit()
            sealed = seal().seal
            assert sealed is not None
            assert (sealed.said.count, sealed.said.through) == (1, first)
            assert seal().waits  # for the second, which has drawn a number below the last
    sealed = seal().seal
    assert sealed is not None
    assert (sealed.said.count, sealed.said.through) == (3, later)
    assert SealMark.objects.count() == 0
    assert whole().findings == []


def _number_drawn_before_writing(slow: psycopg.Connection) -> int:
    """Draw a number as an INSERT does, in a transaction that has none of its own yet.

    One draw in 32, and the first after a checkpoint, is logged and gives the transaction its
    number: such a one is given up, and the next is taken.
    """
    for _ in range(5):
        slow.execute("LOCK TABLE journal_entry IN ROW EXCLUSIVE MODE")  # as every INSERT begins
        (drawn,) = one(slow, "SELECT nextval(pg_get_serial_sequence('journal_entry', 'id'))")
        (assigned,) = one(slow, "SELECT pg_current_xact_id_if_assigned()")
        if assigned is None:
            return int(drawn)
        slow.rollback()
    pytest.fail("every drawing of a number gave the transaction a number of its own")


def one(slow: psycopg.Connection, statement: LiteralString) -> tuple[Any, ...]:
    row = slow.execute(statement).fetchone()
    assert row is not None
    return row


def test_a_number_is_waited_for_though_its_transaction_has_no_number_yet(journal: str) -> None:
    """The moment between drawing a number and writing the row, held open: no snapshot knows it.

    A transaction gets a number of its own when it writes; its lock on the table it has before.
    """
    write()
    seal()
    with psycopg.connect(journal) as slow:
        drawn = _number_drawn_before_writing(slow)
        higher = write()
        assert drawn == higher - 1
        assert seal().waits
        slow.execute(_INSERT.replace("(uid,", "(id, uid,", 1).replace("(gen", f"({drawn}, gen", 1))
        assert seal().waits
        slow.commit()

    sealed = seal().seal

    assert sealed is not None
    assert (sealed.said.count, sealed.said.through) == (2, higher)
    assert whole().findings == []


def test_who_only_reads_or_writes_elsewhere_holds_up_nothing(journal: str) -> None:
    with psycopg.connect(journal) as reader, psycopg.connect(journal) as elsewhere:
        reader.execute("SELECT count(*) FROM journal_entry")
        elsewhere.execute(
            "INSERT INTO journal_subject (uid, salt, name) VALUES (gen_random_uuid(), '\\x00', 'a')"
        )
        write()

        sealed = seal().seal

        assert sealed is not None
        assert sealed.said.count == 1


def test_what_the_sealers_own_transaction_has_written_is_sealed_with_it(journal: str) -> None:
    with transaction.atomic():
        number = write()
        sealed = seal().seal

    assert sealed is not None
    assert sealed.said.through == number
    assert whole().findings == []


def test_two_sealers_at_once_make_one_chain(journal: str) -> None:
    for _ in range(5):
        write()

    outcomes = at_once(*(seal for _ in range(4)))

    assert failures(outcomes) == []
    assert [one.seal is not None for one in outcomes].count(True) == 1  # type: ignore[attr-defined]
    assert Seal.objects.count() == 1


def test_numbers_are_drawn_one_by_one(journal: str) -> None:
    """A connection that took several in advance could use a low one long after the lock is gone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seqcache, seqincrement, seqcycle FROM pg_sequence WHERE seqrelid ="
            " pg_get_serial_sequence('journal_entry', 'id')::regclass"
        )
        assert cursor.fetchone() == (1, 1, False)


def hammer(address: str, writes: int) -> Callable[[], int]:
    """Write in transactions of different length, some of which are rolled back."""

    def run() -> int:
        kept = 0
        with psycopg.connect(address) as own:
            for number in range(writes):
                for _ in range(1 + number % 3):
                    own.execute(_INSERT)
                    time.sleep(0.001 * (number % 4))
                if number % 5 == 4:
                    own.rollback()
                else:
                    own.commit()
                    kept += 1 + number % 3
        return kept

    return run


@pytest.mark.slow
def test_eight_who_write_while_it_is_sealed_lose_nothing(journal: str) -> None:
    over = threading.Event()

    def keep_sealing() -> int:
        while not over.is_set():
            seal()
        return 0

    def write_all() -> list[object]:
        try:
            return at_once(*(hammer(journal, 60) for _ in range(8)))
        finally:
            over.set()

    written, sealer = at_once(write_all, keep_sealing)
    seal_what_waits_now()

    assert sealer == 0
    assert failures(written) == []  # type: ignore[arg-type]
    assert sum(written) == Entry.objects.count()  # type: ignore[arg-type]
    found = whole()
    assert found.findings == []
    assert (found.counted.entries, found.counted.unsealed) == (sum(written), 0)  # type: ignore[arg-type]
    assert found.counted.seals > 5
    assert Seal.objects.latest("number").through == Entry.objects.latest("id").id


def seal_what_waits_now() -> None:
    while services.seal_entries(on=TODAY, at=NOW + timedelta(hours=1)).seal is not None:
        continue


def test_the_job_waits_a_while_for_who_writes_and_leaves_it_to_the_next(
    journal: str, tmp_path, settings
) -> None:
    settings.LOTRINH_SEALS_HELD = tmp_path / "seals"
    with writing(journal) as late:
        write()
        seal_what_waits(patience=0.2)
        assert Seal.objects.count() == 0
        threading.Timer(0.3, late.commit).start()
        seal_what_waits(patience=30)

    assert Seal.objects.get().count == 2
    assert (tmp_path / "seals").read_text().startswith("seal 1 ")
