"""A city of 618 units and 20,000 duties lives through two years, and everything is counted again.

Every step is taken by a service, day by day, with one seed. On several days of the second year and
at its end the board, the morning page and the silence finder are asked by three accounts and held
against a recount in plain Python over the events. Nothing may differ: a difference ends the run
with code 1. Then some duties run once more, with the rights asked anew for every question. Run as
``python -m bench.simulation [--units N] [--duties N] [--seed N] [--processes N]``.
"""

import argparse
import json
import os
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.units import scratch

_UNITS, _DUTIES, _SEED, _PROCESSES = 618, 20_000, 20240807, 2


def main() -> None:
    """Simulate, recount and print."""
    told = _asked_for()
    os.chdir(Path(__file__).resolve().parents[1])
    with scratch():
        run = import_module("bench.simulation_run")  # its tables need the installation
        found = run.measure(**vars(told))
    for asked, many in found.compared.counts.items():
        print(f"{asked:42}{many:10} compared, ours add up to {found.compared.ours[asked]}")
    print(json.dumps(_summary(told, found)))
    raise SystemExit(bool(found.compared.differences))


def _asked_for() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=_UNITS)
    parser.add_argument("--duties", type=int, default=_DUTIES)
    parser.add_argument("--seed", type=int, default=_SEED)
    parser.add_argument("--processes", type=int, default=_PROCESSES)
    return parser.parse_args()


def _summary(told: argparse.Namespace, found: Any) -> dict[str, Any]:
    return {
        "name": "simulation",
        "compared": ["selectors", "a recount over the events in plain Python"],
        "figures": {
            "units": told.units,
            "duties": told.duties,
            "seed": told.seed,
            **found.figures,
            "compared": sum(found.compared.counts.values()),
            "differences": len(found.compared.differences),
        },
        "ratios": found.ratios,
    }


if __name__ == "__main__":
    main()
