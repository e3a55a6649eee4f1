"""kill -9 of web server, worker and database while reports are entered, handed in and approved.

Three wards work at once over HTTP. The points are drawn by lot from a fixed seed: the step that
somebody is about to begin, and how far into it the blow falls. Afterwards everything that was
answered is there exactly once, and the totals are those of a recount from the ledger.
"""

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from uuid import UUID

import psycopg
import pytest

from lotrinh.apps.reporting import services as reporting
from lotrinh.engine import Engine
from lotrinh.rules.report_states import ReportStep
from tests import cluster
from tests.faults.house import DATABASE, House, house, recoveries
from tests.faults.reporters import (
    AT_ONCE,
    MEASURES,
    STEPS,
    Blows,
    Reporters,
    Ward,
    populate,
    wards_owing,
)

pytestmark = pytest.mark.kill

VICTIMS = ("web", "worker", "database")
LONGEST = 0.3
"""Seconds that a step takes about, while nothing is wrong."""
FOLDED = 150
"""Seconds in which the worker folds what a killed one left, by its round of every minute."""
WHILE_IT_STARTS = 1.0
"""Seconds between two reports where a worker has to come up before it is killed once more."""
ONCE = [pytest.param("worker", 1, marks=pytest.mark.slow)]
"""The quick run kills the database and the web server once in `test_kill_anywhere`."""
OFTEN = [pytest.param(victim, 20, marks=pytest.mark.slow) for victim in VICTIMS]


@pytest.fixture(scope="module")
def running(
    server: Engine, tmp_path_factory: pytest.TempPathFactory, django_db_blocker
) -> Iterator[House]:
    """One house for all of them."""
    with (
        django_db_blocker.unblock(),
        house(server, tmp_path_factory.mktemp("reports"), populate) as found,
    ):
        yield found


@pytest.mark.parametrize(("victim", "times"), [*ONCE, *OFTEN])
def test_what_was_answered_is_there_once_and_the_recount_agrees(
    running: House, victim: str, times: int
) -> None:
    chance = random.Random(f"reports {victim} {times}")  # noqa: S311 - the same points each time
    before, killed = recoveries(running.engine), running.killed[victim]
    blows, begun, struck = Blows(), time.monotonic(), Counter[str]()
    crew = crew_of(running, victim, blows, skip=8 if times > 1 else 0)
    for one in crew:
        one.start()
    for _ in range(times):
        step = chance.choice(STEPS)
        point = chance.uniform(0, LONGEST)
        if victim == "worker":
            running.await_worker()
        assert blows.await_step(step, 120), [one.failed for one in crew]
        time.sleep(point)
        struck[step] += 1
        running.kill(victim, chance)
    blows.await_step(ReportStep.APPROVE, 120)  # they go on afterwards
    for one in crew:
        one.over.set()
    for one in crew:
        one.join(180)

    print(
        f"{victim}: {times} kills in {time.monotonic() - begun:.0f} s ({dict(struck)}), "
        f"{sum(len(one.answered.steps) for one in crew)} forms answered, "
        f"{sum(one.faults for one in crew)} sent again"
    )
    assert [one.failed for one in crew] == [None] * AT_ONCE
    assert not any(one.is_alive() for one in crew)
    if victim == "database":
        assert recoveries(running.engine) - before == times
    else:
        assert recoveries(running.engine) == before
        assert running.killed[victim] - killed == times
    await_folds(running)
    with psycopg.connect(running.site.url()) as connection:
        assert_steps_once(connection, crew)
        assert_figures_once(connection, crew)
    assert_recounted(running)


def crew_of(running: House, victim: str, blows: Blows, *, skip: int) -> list[Reporters]:
    """Return those who work: three wards that nobody else in this file gives work to."""
    with cluster.pointed_at(running.engine, DATABASE):
        wards: Sequence[Ward] = wards_owing()
    first = AT_ONCE * VICTIMS.index(victim)
    own = wards[first : first + AT_ONCE]
    pause = WHILE_IT_STARTS if victim == "worker" else 0
    return [Reporters(running.site.address, ward, blows, skip=skip, pause=pause) for ward in own]


def await_folds(running: House) -> None:
    """Wait until the worker has folded everything, also what a killed one held."""
    deadline = time.monotonic() + FOLDED
    while True:
        with psycopg.connect(running.site.url()) as connection:
            (waiting,) = connection.execute("SELECT count(*) FROM reporting_delta").fetchone()
        if not waiting:
            return
        assert time.monotonic() < deadline, f"{waiting} approvals wait to be folded"
        running.mend()
        time.sleep(0.5)


def assert_steps_once(connection: psycopg.Connection, crew: Sequence[Reporters]) -> None:
    """Each form that was answered is one step of its report, and no report has another."""
    answered = {key: told for one in crew for key, told in one.answered.steps.items()}
    assert len(answered) >= 2 * len(STEPS)
    reports = list({uid for uid, _ in answered.values()})
    found = connection.execute(
        "SELECT e.client_key, r.uid, e.step FROM reporting_report_event e "
        "JOIN reporting_report r ON r.id = e.report_id WHERE r.uid = ANY(%s)",
        [reports],
    ).fetchall()
    assert sorted(found) == sorted((key, uid, str(step)) for key, (uid, step) in answered.items())


def assert_figures_once(connection: psycopg.Connection, crew: Sequence[Reporters]) -> None:
    """Each cell is kept once as it was typed, and each approved report counts once with it."""
    entered = {told: value for one in crew for told, value in one.answered.figures.items()}
    approved = {uid for one in crew for uid in one.answered.approved}
    cells = connection.execute(
        "SELECT r.uid, m.uid, c.text FROM reporting_report_cell c "
        "JOIN reporting_report r ON r.id = c.report_id "
        "JOIN targets_measure m ON m.id = c.measure_id WHERE r.uid = ANY(%s)",
        [list({uid for uid, _ in entered})],
    ).fetchall()
    assert sorted(cells) == sorted((*told, f"{value}") for told, value in entered.items())
    counted = connection.execute(
        "SELECT a.source, m.uid, f.value::bigint FROM reporting_figure f "
        "JOIN reporting_approval a ON a.id = f.approval_id "
        "JOIN targets_measure m ON m.id = f.measure_id WHERE a.source = ANY(%s)",
        [list(approved)],
    ).fetchall()
    assert sorted(counted) == sorted(
        (*told, value) for told, value in entered.items() if told[0] in approved
    )
    acts: Counter[UUID] = Counter(uid for uid, _, _ in counted)
    assert acts == dict.fromkeys(approved, MEASURES)


def assert_recounted(running: House) -> None:
    """Every total of every unit is what the ledger makes, counted anew by the rules."""
    with cluster.pointed_at(running.engine, DATABASE):
        found = reporting.recount_totals()
    assert found.figures > 0
    assert found.differences == ()
