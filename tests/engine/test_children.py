"""Children that are kept alive, and that cannot outlive whoever keeps them."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lotrinh.engine import Engine, Layout, ensure_database
from lotrinh.engine.children import ChildSpec, Supervisor, spawn
from tests.engine.observing import ask, eventually, first_line, python, running_with

pytestmark = [pytest.mark.engine, pytest.mark.kill]

# A child that will not end when asked, with a grandchild that has left its session.
STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
code = "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(600)"
subprocess.Popen([sys.executable, "-c", code, sys.argv[1], "grandchild"], start_new_session=True)
print("ready", flush=True)
time.sleep(600)
"""

PARENT = f"""
import sys, time
from lotrinh.engine.children import spawn
child = spawn([sys.executable, "-c", {STUBBORN!r}, sys.argv[1]], grace=60)
time.sleep(600)
"""

SUPERVISE = """
import logging, os, sys
from pathlib import Path
from lotrinh.engine import Engine, layout_for
from lotrinh.engine.children import ChildSpec, Supervisor
logging.basicConfig(stream=sys.stderr)
mark = sys.argv[2]
engine = Engine(layout_for(Path(sys.argv[1])))
programs = {"web": "import time; time.sleep(600)", "worker": "import time; time.sleep(601)"}
children = [
    ChildSpec(name, [sys.executable, "-c", program, mark, name], grace=2)
    for name, program in programs.items()
]
supervisor = Supervisor(engine, children)
sys.exit(supervisor.run_forever(ready=lambda: print("ready", flush=True)))
"""


def python_words(code: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", code, *arguments]


def pid_of(mark: str) -> int:
    """Return the number of the one process whose command line ends with this mark."""
    found = [line for line in running_with(mark) if line.endswith(f"{mark} ")]
    programs = [line for line in found if "launch.py" not in line]
    return int(programs[0].split()[0]) if programs else 0


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import sys; sys.exit(0)", 0),
        ("import sys; sys.exit(2)", 2),
        ("import os; os.kill(os.getpid(), 9)", 137),
    ],
)
def test_the_exit_code_of_a_child_is_told(code: str, expected: int) -> None:
    assert spawn(python_words(code)).wait(timeout=120) == expected


def test_a_program_that_is_missing_is_told(tmp_path: Path) -> None:
    log = tmp_path / "log"
    assert spawn(["/không/có"], log=log).wait(timeout=120) == 127
    assert log.read_text() == "/không/có: No such file or directory\n"


def test_a_child_appends_both_streams_to_its_log_and_has_the_environment_it_is_given(
    tmp_path: Path,
) -> None:
    log = tmp_path / "log"
    log.write_text("trước\n")
    code = "import os, sys; print(os.environ['VIỆC']); print(os.getcwd(), file=sys.stderr)"
    child = spawn(python_words(code), log=log, env={"VIỆC": "giao"}, folder=tmp_path)

    assert child.wait(timeout=120) == 0
    assert sorted(log.read_text().splitlines()) == sorted(["trước", "giao", str(tmp_path)])


def test_a_child_that_will_not_end_is_killed_with_all_its_own() -> None:
    mark = f"stubborn-child-{os.getpid()}"
    child = spawn(python_words(STUBBORN, mark), grace=0.5, log=Path(os.devnull))
    assert eventually(lambda: running_with(f"{mark} grandchild"))
    child.terminate()

    assert child.wait(timeout=120) == 137
    assert running_with(mark) == []


def test_a_second_request_is_not_kept_waiting() -> None:
    mark = f"impatient-parent-{os.getpid()}"
    child = spawn(python_words(STUBBORN, mark), grace=600, log=Path(os.devnull))
    assert eventually(lambda: running_with(f"{mark} grandchild"))
    child.terminate()
    with pytest.raises(subprocess.TimeoutExpired):
        child.wait(timeout=0.3)
    child.terminate()

    assert child.wait(timeout=5) == 137
    assert running_with(mark) == []


def test_nothing_outlives_a_parent_that_was_killed() -> None:
    mark = f"orphaned-child-{os.getpid()}"
    with python(PARENT, mark) as parent:
        assert eventually(lambda: running_with(f"{mark} grandchild"))
        os.kill(parent.pid, signal.SIGKILL)
        parent.wait()
        assert eventually(lambda: not running_with(mark), 6)


def test_a_child_does_not_outlive_its_keeper() -> None:
    mark = f"kept-child-{os.getpid()}"
    keeper = spawn(python_words("import time; time.sleep(600)", mark))
    assert eventually(lambda: pid_of(mark))
    keeper.kill()

    assert keeper.wait(timeout=5) == -signal.SIGKILL
    assert eventually(lambda: not running_with(mark), 2)


def test_a_supervisor_starts_again_what_dies_and_ends_all_in_order(
    checkout: Path, new_layout: Callable[..., Layout]
) -> None:
    mark, engine = f"supervised-{os.getpid()}", Engine(new_layout())
    with python(SUPERVISE, checkout, mark) as supervisor:
        assert first_line(supervisor) == "ready"
        assert eventually(lambda: pid_of(f"{mark} web") and pid_of(f"{mark} worker"))
        ensure_database(engine, "lotrinh")
        ask(engine, "SELECT 618 AS sites INTO conference", "lotrinh_owner", "lotrinh")

        web = pid_of(f"{mark} web")
        os.kill(web, signal.SIGKILL)
        assert eventually(lambda: pid_of(f"{mark} web") not in (0, web))

        server = int((engine.layout.data / "postmaster.pid").read_text().split()[0])
        os.kill(server, signal.SIGKILL)
        assert eventually(lambda: not engine.is_running())
        assert eventually(engine.is_running)
        kept = ask(engine, "SELECT sites FROM conference", "lotrinh_owner", "lotrinh")
        assert kept == [(618,)]

        os.kill(supervisor.pid, signal.SIGTERM)
        _, told = supervisor.communicate(timeout=120)
        assert supervisor.returncode == 0
        assert "web ended with code 137" in told
        assert "the database had died and was started again" in told
    assert running_with(mark) == []
    assert running_with(engine.layout.cluster) == []


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["serving", "starting"])
def test_nothing_outlives_a_supervisor_that_was_killed(
    checkout: Path, new_layout: Callable[..., Layout], moment: str
) -> None:
    mark, layout = f"killed-while-{moment}-{os.getpid()}", new_layout()
    with python(SUPERVISE, checkout, mark) as supervisor:
        if moment == "serving":
            assert first_line(supervisor) == "ready"
            assert eventually(lambda: pid_of(f"{mark} web") and pid_of(f"{mark} worker"))
        else:
            assert eventually(lambda: running_with(f"postgres -D {layout.data}"))
        os.kill(supervisor.pid, signal.SIGKILL)
        supervisor.wait()
        assert eventually(lambda: not running_with(mark) and not running_with(layout.cluster), 5)

    with Engine(layout) as engine:
        assert ask(engine, "SELECT 1") == [(1,)]


@pytest.mark.slow
def test_a_child_that_never_settles_is_given_up() -> None:
    supervisor = Supervisor(None, [ChildSpec("web", python_words("raise SystemExit(1)"))])
    before = signal.getsignal(signal.SIGTERM)

    assert supervisor.run_forever() == 3
    assert signal.getsignal(signal.SIGTERM) == before
