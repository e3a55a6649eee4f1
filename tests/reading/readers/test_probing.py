"""What a reading process is kept from is found out by trying, not by trusting the settings."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lotrinh.reading.readers import probing
from lotrinh.reading.readers.limits import leave_root
from lotrinh.reading.readers.probing import LIMITS, MUST_HOLD, what_holds


def test_what_every_machine_holds_is_held() -> None:
    held = what_holds()

    assert held <= set(LIMITS)
    assert held >= MUST_HOLD | {"file"}


def test_without_limits_nothing_is_held(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The same process with a confinement that does nothing finds every door open."""
    script = (
        "import sys\n"
        "from lotrinh.reading.readers import probing\n"
        "probing.confine = lambda programs: None\n"
        "probing.MEMORY = 1000\n"
        "probing.allow_seconds = lambda *_: None\n"
        "probing._main(int(sys.argv[1]), sys.argv[2])\n"
    )
    (tmp_path / "open.py").write_text(script)
    real = subprocess.run

    def run(command: list[str], **options: object) -> object:
        return real([sys.executable, str(tmp_path / "open.py"), *command[4:]], **options)

    monkeypatch.setattr(probing.subprocess, "run", run)
    assert what_holds() <= {"user"}


def test_a_probe_that_dies_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probing.sys, "executable", "/bin/false")

    assert what_holds() == frozenset()


def test_a_reader_that_nobody_waits_for_ends_by_the_clock() -> None:
    program = (
        "import time\n"
        "from lotrinh.reading.readers.limits import allow_seconds\n"
        "allow_seconds(60, 1)\n"
        "time.sleep(60)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], timeout=50, check=False)
    assert done.returncode == -signal.SIGALRM


@pytest.mark.skipif(os.geteuid() == 0, reason="root is somebody to leave")
def test_nobody_but_root_has_anything_to_leave() -> None:
    assert leave_root()
