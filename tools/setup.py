"""Prepares a checkout: virtual environment, pinned packages, assets of the pages, catalogues.

Runs with the system's Python and its standard library alone. Each step leaves a stamp with the
digest of its inputs when it is whole, so a second run does nothing and a run that was killed
halfway is taken up where it broke. Two runs at once take turns.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
import venv
from collections.abc import Callable, Iterable
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
VENV = CHECKOUT / ".venv"
STATE = CHECKOUT / ".lotrinh"
PYTHON = VENV / "bin" / "python"
LOCK = CHECKOUT / "requirements" / "dev.txt"
OLDEST = (3, 11)


class Lacking(Exception):
    """Something that the machine must have; the message names it and the cure in one line."""


def main() -> int:
    """Prepare everything; return 0, or 3 with one line that names what is lacking."""
    try:
        require_machine()
        STATE.mkdir(mode=0o700, exist_ok=True)
        with (STATE / "make.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            step("packages", [LOCK, CHECKOUT / "pyproject.toml"], install_packages)
            build_assets()
            step("catalogues", sorted(CHECKOUT.glob("locale/*/LC_MESSAGES/*.po")), compile_messages)
    except Lacking as lacking:
        print(f"lotrinh: {lacking}", file=sys.stderr)
        return 3
    except subprocess.CalledProcessError as failed:
        print(f"lotrinh: this step failed: {' '.join(map(str, failed.cmd))}", file=sys.stderr)
        return 3
    return 0


def require_machine() -> None:
    """Raise Lacking for the first thing that is missing on this machine."""
    if sys.version_info < OLDEST:
        raise Lacking("Python 3.11 or later is needed (Debian: apt install python3 python3-venv)")
    try:
        __import__("ensurepip")
    except ImportError as missing:
        raise Lacking("the module venv is needed (Debian: apt install python3-venv)") from missing
    if not os.access(CHECKOUT, os.W_OK):
        raise Lacking(f"the checkout cannot be written by this user: {CHECKOUT}")


def step(name: str, inputs: Iterable[Path], work: Callable[[], None]) -> None:
    """Do ``work`` unless its stamp says that it was done with these inputs in this environment."""
    digest = hashlib.sha256(sys.version.encode() + os.fsencode(CHECKOUT))
    for path in inputs:
        digest.update(path.name.encode() + path.read_bytes())
    stamp = (VENV if name == "packages" else STATE) / f"{name}.done"
    if stamp.is_file() and stamp.read_text() == digest.hexdigest() and PYTHON.exists():
        return
    stamp.unlink(missing_ok=True)
    work()
    stamp.write_text(digest.hexdigest())


def install_packages() -> None:
    """Make the virtual environment and install exactly the pinned packages, then this project."""
    print("lotrinh: packages", flush=True)
    if not PYTHON.exists() or not _works([PYTHON, "-m", "pip", "-V"]):
        venv.create(VENV, clear=True, with_pip=True)
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", LOCK], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", CHECKOUT], check=True)


def _works(command: list[str | Path]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def build_assets() -> None:
    """Build the pages' styles, fonts and scripts; the build itself knows whether it must."""
    built = subprocess.run([PYTHON, CHECKOUT / "frontend" / "build.py"], check=False)
    if built.returncode:
        raise Lacking("the assets of the pages could not be built; the line above says why")


def compile_messages() -> None:
    """Compile the catalogues of both languages."""
    command = [VENV / "bin" / "pybabel", "-q", "compile", "-d", CHECKOUT / "locale", "-D", "django"]
    subprocess.run([*command], check=True)


if __name__ == "__main__":
    sys.exit(main())
