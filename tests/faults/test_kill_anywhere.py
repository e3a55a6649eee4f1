"""kill -9 of web server, worker and database anywhere between an upload and its confirmation.

The points are drawn by lot from a fixed seed: the step that the officer is about to begin, and how
far into it the blow falls.
"""

import hashlib
import random
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.utils import timezone

from lotrinh.apps.intake import services as intake
from lotrinh.engine import Engine
from tests import cluster
from tests.faults.client import Client
from tests.faults.house import DATABASE, SIGN_IN, House, house, recoveries
from tests.faults.officer import STEPS, TASKS, Officer

pytestmark = pytest.mark.kill

VICTIMS = ("web", "worker", "database")
LONGEST = {"upload": 0.25, "read": 0.3, "confirm": 0.25}
"""Seconds that a step takes at most while nothing is wrong."""
ONCE = [pytest.param("web", 1, marks=pytest.mark.slow), ("database", 1)]
OFTEN = [pytest.param(victim, 50, marks=pytest.mark.slow) for victim in VICTIMS]


@pytest.fixture(scope="module")
def running(
    server: Engine, tmp_path_factory: pytest.TempPathFactory, django_db_blocker
) -> Iterator[House]:
    """One house for all of them."""
    with django_db_blocker.unblock(), house(server, tmp_path_factory.mktemp("house")) as found:
        yield found


@pytest.mark.parametrize(("victim", "times"), [*ONCE, *OFTEN])
def test_what_was_answered_is_there_once_and_every_text_is_read(
    running: House, victim: str, times: int
) -> None:
    chance = random.Random(f"{victim} {times}")  # noqa: S311 - the same points each time
    before = recoveries(running.engine)
    client = Client(running.site.address)
    client.sign_in(SIGN_IN)
    officer = Officer(client, first=1000 * (1 + VICTIMS.index(victim)) + 500 * (times > 2))
    officer.start()
    begun, blows = time.monotonic(), Counter[str]()
    for _ in range(times):
        step = chance.choice(STEPS)
        point = chance.uniform(0, LONGEST[step])
        if officer.await_step(step):
            time.sleep(point)
        blows[step] += 1
        running.kill(victim, chance)
    officer.over.set()
    officer.join(120)

    print(
        f"{victim}: {times} kills in {time.monotonic() - begun:.0f} s ({dict(blows)}), "
        f"{len(officer.sent)} files, {len(officer.decided)} decisions answered"
    )
    assert not officer.is_alive()
    assert officer.failed is None
    assert recoveries(running.engine) - before == (times if victim == "database" else 0)
    await_readings(running)
    with psycopg.connect(running.site.url()) as connection:
        assert_files_are_whole(running, officer, connection)
        assert_each_once(officer, connection)
    assert_everything_is_visible(officer)


def await_readings(running: House) -> None:
    """Let every text be read; what a dead worker held is queued again without the usual pause."""
    deadline = time.monotonic() + 60
    with cluster.pointed_at(running.engine, DATABASE):
        while intake.resume_waiting_runs(before=timezone.now() + timedelta(days=1)):
            assert time.monotonic() < deadline, "runs still wait"
            running.mend()
            time.sleep(0.3)


def assert_files_are_whole(
    running: House, officer: Officer, connection: psycopg.Connection
) -> None:
    """Every stored file is whole and belongs to a text; none is kept twice or without a row."""
    rows = connection.execute(
        "SELECT b.sha256, count(t.id) FROM files_blob b "
        "LEFT JOIN documents_rendition t ON t.blob_id = b.id GROUP BY 1"
    ).fetchall()
    sent = {hashlib.sha256(file.content).hexdigest() for file in officer.sent}
    assert len(sent) == len(officer.sent)
    assert {count for _, count in rows} == {1}
    assert sent <= {digest for digest, _ in rows}
    kept = [path for path in (running.state / "blobs").glob("??/??/*") if path.suffix != ".part"]
    assert {path.name for path in kept} == {digest for digest, _ in rows}
    assert all(hashlib.sha256(path.read_bytes()).hexdigest() == path.name for path in kept)
    assert spooled(running.state) == []


def spooled(state: Path) -> list[Path]:
    """Return the uploads that still wait to be judged."""
    return list((state / "spool").glob("*"))


def assert_each_once(officer: Officer, connection: psycopg.Connection) -> None:
    """Each file is one document with one reading of three tasks; each decision was taken once."""
    numbers = [file.number for file in officer.sent]
    texts = connection.execute(
        "SELECT d.number, count(DISTINCT d.id), count(DISTINCT r.id), min(r.state), count(c.id) "
        "FROM documents_document d JOIN documents_rendition t ON t.document_id = d.id "
        "JOIN intake_run r ON r.rendition_id = t.id "
        "LEFT JOIN intake_candidate c ON c.run_id = r.id "
        "WHERE d.number = ANY(%s) GROUP BY 1",
        [numbers],
    ).fetchall()
    assert sorted(texts) == sorted((number, 1, 1, "done", TASKS) for number in numbers)
    verdicts = {"accept": "confirmed", "reject": "rejected"}
    decided = connection.execute(
        "SELECT i.client_key, i.verdict FROM intake_decision i "
        "JOIN intake_candidate c ON c.id = i.candidate_id JOIN intake_run r ON r.id = c.run_id "
        "JOIN documents_rendition t ON t.id = r.rendition_id "
        "JOIN documents_document d ON d.id = t.document_id WHERE d.number = ANY(%s)",
        [numbers],
    ).fetchall()
    assert sorted(decided) == sorted(
        (key, verdicts[verdict]) for key, verdict in officer.decided.items()
    )
    doubled = connection.execute(
        "SELECT rendition_id, start FROM duties_source GROUP BY 1, 2 HAVING count(*) > 1"
    ).fetchall()
    undecided = connection.execute(
        "SELECT d.id FROM duties_duty d WHERE NOT EXISTS "
        "(SELECT 1 FROM intake_decision i WHERE i.duty_id = d.id)"
    ).fetchall()
    assert (doubled, undecided) == ([], [])


def assert_everything_is_visible(officer: Officer) -> None:
    """Who handed the files in opens each of them, byte by byte."""
    for file in officer.sent:
        assert officer.client.bytes_of(f"/documents/{file.document}/original/") == file.content
