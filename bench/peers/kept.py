"""The result file of a peer: what was measured last, with the machine and the versions."""

import json
import os
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


def keep_in(result: Path, versions: Mapping[str, str], part: str, told: Mapping[str, Any]) -> None:
    """Leave a part of a comparison in a result file; the other parts stay."""
    known = json.loads(result.read_text()) if result.exists() else {}
    known["machine"] = machine()
    known["versions"] = dict(versions)
    known[part] = {"measured": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC", **told}
    result.write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n")


def machine() -> dict[str, object]:
    """Return what both sites, the database and the asking program share."""
    cpu = next(
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    )
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "processor": cpu,
        "cores": os.cpu_count(),
        "memory, GB": round(pages / 1e9),
        "system": platform.freedesktop_os_release()["PRETTY_NAME"],
    }
