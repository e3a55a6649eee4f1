"""The server and its starter killed with signal 9: what was committed stays, nothing lingers."""

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psycopg
import pytest

from lotrinh.engine import Engine, Layout
from lotrinh.engine.account import account_of
from lotrinh.engine.cluster import ENVIRONMENT
from lotrinh.engine.processes import launch
from tests.engine.observing import ask, eventually, first_line, python, running_with

pytestmark = [pytest.mark.engine, pytest.mark.kill]

START_AND_SLEEP = """
import sys, time
from pathlib import Path
from lotrinh.engine import Engine, layout_for
engine = Engine(layout_for(Path(sys.argv[1])))
engine.start()
print((engine.layout.data / "postmaster.pid").read_text().split()[0], flush=True)
while True:
    time.sleep(1)
"""


def server_pid(engine: Engine) -> int:
    return int((engine.layout.data / "postmaster.pid").read_text().split()[0])


def kill_server(engine: Engine) -> None:
    os.kill(server_pid(engine), signal.SIGKILL)


@contextmanager
def process_of_the_account(engine: Engine, *program: str | Path) -> Iterator[int]:
    """Run a program as the account of the server, in the cluster's folder; yield its number."""
    layout = engine.layout
    process = launch(
        program,
        death_signal=signal.SIGKILL,
        folder=layout.folder,
        env=ENVIRONMENT,
        output=subprocess.DEVNULL,
        account=account_of(layout.os_user) if layout.os_user else None,
    )
    try:
        yield process.pid
    finally:
        process.kill()
        process.wait()


def ask_in_vain(engine: Engine, question: str) -> None:
    with pytest.raises(psycopg.OperationalError):
        ask(engine, question)


def has_more_than(count: int, rows: list[int]) -> bool:
    return len(rows) > count


def insert_until_cut(engine: Engine, committed: list[int]) -> None:
    """Commit numbered rows one by one, noting each that the server has confirmed."""
    try:
        with psycopg.connect(engine.url("postgres", "postgres"), autocommit=True) as connection:
            for number in range(1_000_000):
                connection.execute("INSERT INTO act VALUES (%s)", [number])
                committed.append(number)
    except psycopg.OperationalError:
        return


@pytest.mark.parametrize("rounds", [2, pytest.param(12, marks=pytest.mark.slow)])
def test_every_committed_row_survives_the_death_of_the_server(engine: Engine, rounds: int) -> None:
    for _ in range(rounds):
        ask(engine, "DROP TABLE IF EXISTS act; CREATE TABLE act (number int)")
        committed: list[int] = []
        client = threading.Thread(target=insert_until_cut, args=(engine, committed))
        client.start()
        assert eventually(partial(has_more_than, 200, committed))
        kill_server(engine)
        client.join()

        assert engine.restart_if_dead() is True
        assert engine.restart_if_dead() is False
        kept = [number for (number,) in ask(engine, "SELECT number FROM act ORDER BY number")]
        # at most the one row that was on its way may be there unconfirmed
        assert kept[: len(committed)] == committed
        assert len(kept) - len(committed) in (0, 1)


@pytest.mark.parametrize("then", ["restart", pytest.param("stop", marks=pytest.mark.slow)])
def test_a_back_end_that_computes_on_is_ended(engine: Engine, then: str) -> None:
    numbers = "generate_series(1, 30000) a, generate_series(1, 100000) b"
    client = threading.Thread(
        target=ask_in_vain, args=(engine, f"SELECT sum(sqrt(a + b)) FROM {numbers}")
    )
    client.start()
    busy = f"postgres: {engine.layout.cluster}: postgres postgres [local] SELECT"
    assert eventually(lambda: running_with(busy))
    kill_server(engine)
    assert eventually(lambda: not engine.is_running())
    assert running_with(busy), "the back end should have outlived its server"

    if then == "restart":
        assert engine.restart_if_dead() is True
        assert ask(engine, "SELECT 1") == [(1,)]
    else:
        engine.release()
        assert running_with(engine.layout.cluster) == []
    client.join()
    assert running_with(busy) == []


@pytest.mark.slow
def test_a_process_that_was_given_the_old_number_is_left_alone(engine: Engine) -> None:
    kill_server(engine)
    assert eventually(lambda: not engine.is_running())
    claims = (engine.layout.data / "postmaster.pid", engine.layout.socket / ".s.PGSQL.5432.lock")
    with process_of_the_account(engine, "/bin/sleep", "60") as innocent:
        assert eventually(lambda: running_with("/bin/sleep 60"))
        for stale in claims:
            lines = stale.read_text().splitlines()
            stale.write_text("\n".join([str(innocent), *lines[1:]]) + "\n")
        assert not engine.is_running()

        engine.start()
        assert engine.is_running()
        assert server_pid(engine) != innocent
        os.kill(innocent, 0)


@pytest.mark.slow
def test_a_server_that_nobody_buried_is_dead(
    checkout: Path, new_layout: Callable[..., Layout]
) -> None:
    with python(START_AND_SLEEP, checkout) as careless:
        pid = int(first_line(careless))
        os.kill(pid, signal.SIGKILL)
        engine = Engine(new_layout())
        assert eventually(lambda: not engine.is_running())
        assert Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"

        with engine:
            assert engine.owned
            assert ask(engine, "SELECT 1") == [(1,)]


def test_a_starter_that_is_killed_takes_its_server_along(
    checkout: Path, new_layout: Callable[..., Layout]
) -> None:
    layout = new_layout()
    with python(START_AND_SLEEP, checkout) as starter:
        first_line(starter)
        assert running_with(layout.cluster)
        os.kill(starter.pid, signal.SIGKILL)
        starter.wait()
        assert eventually(lambda: not running_with(layout.cluster), 5)


@pytest.mark.slow
def test_whoever_adopted_takes_over_when_the_starter_is_killed(
    checkout: Path, new_layout: Callable[..., Layout]
) -> None:
    with python(START_AND_SLEEP, checkout) as starter:
        first_line(starter)
        engine = Engine(new_layout())
        engine.start()
        assert not engine.owned
        ask(engine, "SELECT 24 AS directive INTO kept")
        os.kill(starter.pid, signal.SIGKILL)
        starter.wait()

        engine.start()  # at once: the old server may be on its way out
        assert engine.owned
        assert ask(engine, "SELECT directive FROM kept") == [(24,)]
        engine.release()
        assert not engine.is_running()


@pytest.mark.slow
def test_a_server_without_an_owner_is_ended_and_started_anew(engine: Engine) -> None:
    layout = engine.layout
    engine.stop()
    words: list[str | Path] = [
        layout.binaries / "postgres",
        "-D",
        layout.data,
        "-c",
        "listen_addresses=",
    ]
    words += ["-c", f"unix_socket_directories={layout.socket}"]
    with process_of_the_account(engine, *words) as by_hand:
        assert eventually(engine.is_running)
        assert server_pid(engine) == by_hand

        engine.start()
        assert server_pid(engine) != by_hand
        assert engine.owned
        assert ask(engine, "SELECT 1") == [(1,)]


def test_a_thread_may_not_start_what_would_die_with_it(new_layout: Callable[..., Layout]) -> None:
    engine = Engine(new_layout())
    refused: list[BaseException] = []

    def start() -> None:
        try:
            engine.start()
        except RuntimeError as error:
            refused.append(error)

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    assert [str(error) for error in refused] == [
        "processes are started from the main thread: it lives the longest"
    ]
    assert not engine.is_running()
