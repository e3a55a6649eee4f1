"""What ``bench.rollup`` measures of approvals: sixteen clients at once, in turns two ways.

Clients are threads of four processes with a connection each; every unit is approved once for each
period of a run. Both ways write the same act, the same twenty figures and the same entry of the
journal in one statement, whose plan the database keeps, as the service does. One appends a line for
the fold with it, which a process of its own folds; the other locks the eighty totals above in the
order of their keys and updates them in one statement each, as a careful register does.
"""

import json
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from multiprocessing import get_context
from typing import Any

from django.db import connection, connections, transaction
from uuid_utils.compat import uuid7

from bench.rollup_anew import AT, ON, Ground
from lotrinh.apps.journal.statements import run
from lotrinh.apps.reporting import services
from lotrinh.apps.reporting.models import Delta, Period, PeriodKind
from lotrinh.apps.reporting.services import Entry, Told
from lotrinh.apps.units.models import Unit
from lotrinh.rules.figures import Basis

PROCESSES, THREADS, FIGURES, ROUNDS = 4, 4, 20, 2
PERIODS, SERVED = 1, 400
"""Periods of a run of statements; units of a run of the service, which has one period."""

_ACT = """
WITH act AS (
    INSERT INTO reporting_approval
        (uid, unit_id, period_id, basis, entered_by_id, entered_on, approved_by_id, "on", at,
        client_key)
    VALUES (%(key)s, %(unit)s, %(period)s, 'self_reported', %(one)s, %(on)s, %(other)s, %(on)s,
        %(at)s, %(key)s) RETURNING id
), told AS (
    INSERT INTO reporting_figure
        (uid, approval_id, unit_id, measure_id, period_id, basis, value, reason)
    SELECT uuidv7(), act.id, %(unit)s, m, %(period)s, 'self_reported', 42, ''
    FROM act, unnest(%(measures)s::bigint[]) AS m
), said AS (
    INSERT INTO journal_entry (uid, at, verb, actor_kind, object_kind, object_uid, payload, leaf)
    VALUES (%(key)s, %(at)s, 'figures.approved', 'user', 'approval', %(key)s, %(said)s, %(leaf)s)
)
"""
_WRITTEN = f"{_ACT} SELECT id FROM act"  # noqa: S608 - nothing but our own words
_APPENDED = f"""{_ACT}
INSERT INTO reporting_delta (approval_id, unit_id, period_id, basis, payload)
SELECT id, %(unit)s, %(period)s, 'self_reported', %(payload)s::jsonb FROM act
"""  # noqa: S608 - nothing but our own words
_LOCK = """
SELECT 1 FROM bench_total WHERE period = %(period)s AND unit = ANY(%(above)s)
    AND measure = ANY(%(measures)s) ORDER BY unit, measure FOR UPDATE
"""
_ADD = """
UPDATE bench_total SET value = value + 42, answers = answers + 1
WHERE period = %(period)s AND unit = ANY(%(above)s) AND measure = ANY(%(measures)s)
"""
_TOTALS = """
CREATE TABLE IF NOT EXISTS bench_total (period bigint, unit bigint, measure bigint,
    value numeric NOT NULL DEFAULT 0, answers bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (period, unit, measure));
GRANT SELECT, INSERT, UPDATE, DELETE ON bench_total TO lotrinh_app;
"""
_WAITS = """
SELECT extract(epoch FROM clock_timestamp() - min(act.recorded_at))
FROM reporting_delta AS delta JOIN reporting_approval AS act ON act.id = delta.approval_id
"""
Run = dict[str, float]


@dataclass(frozen=True, slots=True)
class Work:
    """One run: who approves what for which units and periods."""

    ground: Ground
    units: list[Unit]
    periods: list[Period]
    above: dict[int, list[int]]


Way = Callable[[Work, Unit, Period], None]


def measure(ground: Ground) -> dict[str, Run]:
    """Return for each way how many approvals a second, how long one takes, how late totals are."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(_TOTALS)
    connections["owner"].close()
    ways: dict[str, Way] = {
        "append and fold, statements": _append,
        "row locks, statements": _lock,
        "append and fold, service": _serve,
        "row locks, service": _serve_locked,
    }
    found: dict[str, list[Run]] = {what: [] for what in ways}
    for _ in range(ROUNDS):
        for what, way in ways.items():
            work = _work(ground, served="service" in what, locked="locks" in what)
            found[what].append(_run(work, way, folds="fold" in what))
            print(f"  {what}: {found[what][-1]}", flush=True)
            if "fold" in what:
                _check(work)
    return {
        what: {name: statistics.median(run[name] for run in runs) for name in runs[0]}
        for what, runs in found.items()
    }


def _work(ground: Ground, *, served: bool, locked: bool) -> Work:
    """Open periods that nobody has used, and the rows that will be locked."""
    kind = PeriodKind.objects.get(code="any")
    first = Period.objects.filter(kind=kind).count()
    days = [date(2000, 1, 1) + timedelta(days=first + n) for n in range(1 if served else PERIODS)]
    periods = Period.objects.bulk_create(
        Period(
            kind=kind,
            code=day.isoformat(),
            starts=day,
            ends=ON,
            data_from=day,
            data_to=ON,
        )
        for day in days
    )
    units = ground.units[-SERVED:] if served else ground.units
    with connection.cursor() as cursor:
        cursor.execute("SELECT unit_id, path::text FROM units_placement")
        above = {unit: [int(one) for one in path.split(".")] for unit, path in cursor.fetchall()}
        if locked:
            cursor.execute(
                "INSERT INTO bench_total (period, unit, measure) SELECT p, u.id, m"
                " FROM unnest(%s::bigint[]) AS p, units_unit AS u, unnest(%s::bigint[]) AS m",
                [[one.pk for one in periods], _measures(ground)],
            )
    return Work(ground, units, list(periods), above)


def _run(work: Work, way: Way, *, folds: bool) -> Run:
    """Let all clients approve what is theirs, while one folds."""
    connections.close_all()
    connections["default"].close_pool()
    context = get_context("fork")
    out, late = context.Queue(), context.Queue()
    stop = context.Event()
    clients = [
        context.Process(target=_client, args=(work, way, place, out)) for place in range(PROCESSES)
    ]
    worker = context.Process(target=_fold_until, args=(stop, late))
    begun = time.perf_counter()
    for process in (*clients, *([worker] if folds else ())):
        process.start()
    took = sorted(second for _ in clients for second in out.get())
    seconds = time.perf_counter() - begun
    for process in clients:
        process.join()
    stop.set()
    behind = late.get() if folds else 0.0
    if folds:
        worker.join()
    return {
        "a second": round(len(took) / seconds, 1),
        "p50 ms": round(1000 * took[len(took) // 2], 2),
        "p99 ms": round(1000 * took[int(len(took) * 0.99)], 2),
        "late s": round(behind, 3),
    }


def _client(work: Work, way: Way, place: int, out: Any) -> None:
    def approve(thread: int) -> list[float]:
        took = []
        own = work.units[place * THREADS + thread :: PROCESSES * THREADS]
        for period in work.periods:
            for unit in own:
                begun = time.perf_counter()
                way(work, unit, period)
                took.append(time.perf_counter() - begun)
        connections.close_all()
        return took

    with ThreadPoolExecutor(THREADS) as pool:
        out.put([second for part in pool.map(approve, range(THREADS)) for second in part])


def _fold_until(stop: Any, late: Any) -> None:
    """Fold until nothing waits and nobody approves; tell by how much totals were late at most."""
    behind = 0.0
    while True:
        was_over = stop.is_set()
        with connection.cursor() as cursor:
            cursor.execute(_WAITS)
            waited = float(cursor.fetchone()[0] or 0)
        begun = time.perf_counter()
        if services.fold_deltas(at=AT):
            behind = max(behind, waited + time.perf_counter() - begun)
        elif was_over:
            break
        else:
            time.sleep(0.02)
    connections.close_all()
    late.put(behind)


def _append(work: Work, unit: Unit, period: Period) -> None:
    run(_APPENDED, _given(work, unit, period))  # one statement is a transaction


def _lock(work: Work, unit: Unit, period: Period) -> None:
    given = _given(work, unit, period)
    with transaction.atomic():
        run(_WRITTEN, given)
        run(_LOCK, given)
        run(_ADD, given)


def _serve(work: Work, unit: Unit, period: Period) -> None:
    ground = work.ground
    services.approve_figures(
        figures=[Told(one, Decimal(42)) for one in ground.measures[:FIGURES]],
        unit=unit,
        period=period,
        basis=Basis.SELF_REPORTED,
        entry=Entry(ground.enters, ON),
        user=ground.approves,
        client_key=uuid7(),
        on=ON,
        at=AT,
    )


def _serve_locked(work: Work, unit: Unit, period: Period) -> None:
    """The same, with the totals moved in the transaction; nobody asks for a fold."""
    with transaction.atomic():
        _serve(work, unit, period)
        Delta.objects.filter(unit=unit, period=period).delete()
        transaction.get_connection().run_on_commit.clear()
        given = _given(work, unit, period)
        run(_LOCK, given)
        run(_ADD, given)


def _given(work: Work, unit: Unit, period: Period) -> dict[str, Any]:
    measures = _measures(work.ground)
    return {
        "key": uuid7(),
        "unit": unit.pk,
        "period": period.pk,
        "one": work.ground.enters.pk,
        "other": work.ground.approves.pk,
        "on": ON,
        "at": AT,
        "measures": measures,
        "above": work.above[unit.pk],
        "payload": json.dumps([[measure, 1, 42_000_000, 0] for measure in measures]),
        "said": "{}",
        "leaf": b"0" * 32,
    }


def _measures(ground: Ground) -> list[int]:
    return [one.pk for one in ground.measures[:FIGURES]]


def _check(work: Work) -> None:
    """Hold the totals of the first period against the rules: nothing lost, nothing doubled."""
    found = services.recount_totals(period_code=work.periods[0].code)
    assert found.figures == len(work.units) * FIGURES
    assert found.differences == ()
