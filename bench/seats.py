"""A database server for each bench: two of one checkout run at once, and neither ends the other's.

The seats are clusters by the names ``bench``, ``bench2`` and so on. A bench holds the first that is
free until its process ends, however it ends: the kernel lets go of the lock.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from lotrinh.engine import Engine, layout_for
from lotrinh.engine.folders import try_lock

_FOLDER = Path(__file__).resolve().parents[1] / ".lotrinh"
_SEATS = 8


@cache
def seat() -> str:
    """Return the name of the cluster that belongs to this process until it ends."""
    _FOLDER.mkdir(mode=0o700, exist_ok=True)
    for number in range(1, _SEATS + 1):
        name = "bench" if number == 1 else f"bench{number}"
        if try_lock(_FOLDER / f"{name}.lock") is not None:  # never closed: it is ours for good
            return name
    raise SystemExit(
        f"{_SEATS} benches of this checkout are running; wait until one has ended, or stop one"
    )


@contextmanager
def own_engine() -> Iterator[Engine]:
    """Run the server of our seat until the block ends; our processes find it by its name."""
    with Engine(layout_for(name=seat())) as engine:
        os.environ["LOTRINH_CLUSTER"] = seat()
        yield engine
