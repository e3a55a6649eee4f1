"""What one unit's round of reporting costs the server: work, questions and bytes of each answer.

What the clients of ``bench.reporting`` do for one unit is played against the application itself,
without a network, one answer after another. The processor's time is that of this process, the
database not counted: it says the same on a busy machine. Run as ``python -m bench.reporting_cost``;
``--profile grid.prof`` keeps where the time of the answers went, by function.
"""

import argparse
import cProfile
import json
import os
import pstats
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from importlib import import_module
from pathlib import Path

from bench.units import scratch


def main() -> None:
    """Measure and print."""
    os.chdir(Path(__file__).resolve().parents[1])
    told = _asked_for()
    with tempfile.TemporaryDirectory(prefix="lotrinh-bench-") as state:
        os.environ |= {"LOTRINH_STATE": state, "LOTRINH_TODAY": "2024-08-07"}
        with scratch():
            # these need Django, which reads its settings from what was said just now
            inside = import_module("bench.reporting_inside")
            city = import_module("bench.reporting_city").fill(told.units + inside.WARM)
            with _profiled(told.profile) if told.profile else nullcontext():
                cost = inside.play(city)
    rows = {kind: cost.row(kind) for kind in cost.seconds}
    heads = ("count", "ms", "statements", "kB", "kB sent")
    print(f"{'kind':28}" + "".join(f"{head:>12}" for head in heads))
    for kind, row in rows.items():
        print(f"{kind:28}" + "".join(f"{row[head]:12}" for head in heads))
    whole = sum(sum(one) for one in cost.seconds.values()) / told.units
    print(f"a unit's round: {1000 * whole:.0f} ms of processor")
    figures = {"units": told.units, "answers": rows, "a unit's round, ms": round(1000 * whole, 1)}
    print(json.dumps({"name": "reporting_cost", "figures": figures, "ratios": {}}))


def _asked_for() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=8, help="how many units report")
    parser.add_argument("--profile", type=Path, help="where to keep the time of each function")
    return parser.parse_args()


@contextmanager
def _profiled(path: Path) -> Iterator[None]:
    """Keep where the time goes in the threads in which the views run: each answer has its own."""
    found: list[cProfile.Profile] = []

    def begin(*_: object) -> None:
        found.append(cProfile.Profile())
        found[-1].enable()

    threading.setprofile(begin)
    try:
        yield
    finally:
        threading.setprofile(None)
        whole = pstats.Stats(*found)
        whole.dump_stats(path)


if __name__ == "__main__":
    main()
