"""What ``bench.sealing`` measures: rounds of writers, with the sealer, without it, and chained."""

import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from functools import partial
from multiprocessing import get_context
from typing import Any

from django.db import connection, connections, transaction
from uuid_utils.compat import uuid7

from lotrinh.apps.journal import selectors, services
from lotrinh.apps.journal.services import SYSTEM, Named, Outcome

PROCESSES, THREADS, SECONDS, ROUNDS = 4, 8, 6.0, 3
EVERY = 1.0
"""Seconds between two passes of the sealer."""

LOADS = {"bare": 0.0, "20 ms of work": 0.02}
ON, AT = date(2024, 8, 7), datetime(2024, 8, 7, 2, 30, tzinfo=UTC)

_HEAD = """
CREATE TABLE IF NOT EXISTS bench_head (head bytea NOT NULL);
INSERT INTO bench_head VALUES (sha256(''));
GRANT SELECT, UPDATE ON bench_head TO lotrinh_app;
"""
_CHAIN = "UPDATE bench_head SET head = sha256(head || %s)"
_LATE = """
SELECT coalesce(extract(epoch FROM clock_timestamp() - min(recorded_at)), 0)
FROM journal_entry WHERE id > coalesce((SELECT max(through) FROM journal_seal), 0)
"""
Run = dict[str, float]


def measure() -> dict[str, Run]:
    """Return for each load and way the entries a second, how long one took, how late seals are."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(_HEAD)
    connections["owner"].close()
    ways = {"alone": (False, False), "sealed beside": (True, False), "chained": (False, True)}
    found: dict[str, list[Run]] = {f"{load}, {way}": [] for load in LOADS for way in ways}
    for _ in range(ROUNDS):
        for load, work in LOADS.items():
            for way, (seals, chains) in ways.items():
                one = _round(partial(_write, work=work, chains=chains), seals=seals)
                found[f"{load}, {way}"].append(one)
                print(f"  {load}, {way}: {one}", flush=True)
                while services.seal_entries(on=ON, at=AT).seal is not None:
                    continue  # the next round begins with nothing to seal
    return {
        what: {name: statistics.median(run[name] for run in runs) for name in runs[0]}
        for what, runs in found.items()
    }


def verify() -> dict[str, int]:
    """Hold all that was written against its seals: nothing lost, nothing out of place."""
    found = selectors.audit_journal(trusted=[], held=None)
    assert found.findings == []
    assert found.counted.unsealed == 0
    return {"entries": found.counted.entries, "seals": found.counted.seals}


def _round(write: Callable[[], None], *, seals: bool) -> Run:
    """Let all clients write for some seconds, while one seals."""
    connections.close_all()
    connections["default"].close_pool()
    context = get_context("fork")
    out, late, stop = context.Queue(), context.Queue(), context.Event()
    clients = [context.Process(target=_client, args=(write, out)) for _ in range(PROCESSES)]
    sealer = context.Process(target=_seal_until, args=(stop, late))
    for process in (*clients, *([sealer] if seals else ())):
        process.start()
    took = sorted(second for _ in clients for second in out.get())
    for process in clients:
        process.join()
    stop.set()
    behind = late.get() if seals else 0.0
    if seals:
        sealer.join()
    return {
        "a second": round(len(took) / SECONDS, 1),
        "p99 ms": round(1000 * took[int(len(took) * 0.99)], 2),
        "late s": round(behind, 2),
    }


def _client(write: Callable[[], None], out: Any) -> None:
    def keep_writing(_: int) -> list[float]:
        took = []
        until = time.perf_counter() + SECONDS
        while (begun := time.perf_counter()) < until:
            write()
            took.append(time.perf_counter() - begun)
        connections.close_all()
        return took

    with ThreadPoolExecutor(THREADS) as pool:
        out.put([second for part in pool.map(keep_writing, range(THREADS)) for second in part])


def _write(*, work: float, chains: bool) -> None:
    thing = uuid7()
    with transaction.atomic():
        services.record("duty.issued", Named("duty", thing), actor=SYSTEM, at=AT)
        if chains:
            with connection.cursor() as cursor:
                cursor.execute(_CHAIN, [thing.bytes])
        if work:
            time.sleep(work)


def _seal_until(stop: Any, late: Any) -> None:
    """Seal every second until all has been written; tell how late it was at worst."""
    behind = 0.0
    while not stop.is_set():
        with connection.cursor() as cursor:
            cursor.execute(_LATE)
            waited = float(cursor.fetchone()[0])
        begun = time.perf_counter()
        while not _is_over(services.seal_entries(on=ON, at=AT)):
            continue
        behind = max(behind, waited + time.perf_counter() - begun)
        time.sleep(max(0.0, EVERY - (time.perf_counter() - begun)))
    connections.close_all()
    late.put(behind)


def _is_over(outcome: Outcome) -> bool:
    """Say whether a pass is over, as the job does: nothing waits but what has come since."""
    if outcome.seal is not None:
        return outcome.seal.said.count < services.BATCH
    if outcome.waits:
        time.sleep(0.05)
    return not outcome.waits
