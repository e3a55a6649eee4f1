"""The result file: what was measured last, with the machine and the versions it was measured on."""

import json
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.peers.kept import keep_in
from bench.peers.redmine import site

RESULT = Path(__file__).parent / "result-2026-11.json"


def keep(part: str, told: dict[str, Any]) -> None:
    """Leave a part of the comparison in the result file; the other parts stay."""
    keep_in(RESULT, versions(), part, told)


def versions() -> dict[str, str]:
    """Return the versions of both sites and of what they run on."""
    theirs = json.loads((site.HOME / "shared/redmine.json").read_text())["versions"]
    with site.connect() as connection:
        row = connection.execute("SHOW server_version").fetchone()
    puma = _printed("/usr/bin/puma", "--version")
    return {
        "Redmine": theirs["redmine"],
        "Rails": theirs["rails"],
        "Ruby": theirs["ruby"],
        "puma": puma.rpartition(" ")[2],
        "Lotrinh, commit": _printed("/usr/bin/git", "rev-parse", "--short", "HEAD"),
        "Django": version("django"),
        "granian": version("granian"),
        "Python": platform.python_version(),
        "PostgreSQL": str(row[0]) if row else "",
    }


def _printed(*program: str) -> str:
    done = subprocess.run(program, cwd=site.CHECKOUT, capture_output=True, text=True, check=True)
    return done.stdout.strip()
