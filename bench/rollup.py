"""Totals: all of them anew, and approvals of many at once with the fold beside them.

The tree has 3,356 units (a nation, 34 provinces, 3,321 communes in four storeys) and a hundred
measures. All totals are made anew from stored numbers to stored numbers; the baseline is what most
registers do, a refresh in SQL (closure, GROUP BY, insert), in the same database and in turns with
it. Then sixteen clients approve reports of twenty figures while one worker folds; the baseline
writes the same rows and, in the place of the line for the fold, locks the eighty totals above in
their order and updates them. Both as bare statements and through the service, which adds
the rights, the journal and Django. Run as ``python -m bench.rollup``.
"""

import json
import os
from importlib import import_module
from pathlib import Path

from bench.units import scratch

_GOALS = {"anew": 20, "approvals": 8, "lag p99, s": 1}


def main() -> None:
    """Measure and print."""
    os.chdir(Path(__file__).resolve().parents[1])
    with scratch():
        asked = import_module("bench.rollup_anew")  # its tables need the installation
        together = import_module("bench.rollup_together")
        ground = asked.fill()
        anew = asked.measure(ground)
        for what, seconds in anew.items():
            print(f"{what:44}{seconds * 1000:12.1f} ms", flush=True)
        approved = together.measure(ground)
    print(f"{'approvals, 16 clients':28}{'a second':>12}{'p50 ms':>9}{'p99 ms':>9}{'late s':>9}")
    for what, run in approved.items():
        print(
            f"{what:28}{run['a second']:12.0f}{run['p50 ms']:9.1f}{run['p99 ms']:9.1f}"
            f"{run['late s']:9.2f}"
        )
    rate = {what: run["a second"] for what, run in approved.items()}
    summary = {
        "name": "rollup",
        "compared": ["packed rows and a fold", "SQL refresh", "sorted row locks"],
        "figures": {
            "units": asked.UNITS,
            "measures": asked.MEASURES,
            **{f"{what}, ms": round(seconds * 1000, 1) for what, seconds in anew.items()},
            "approvals": approved,
            "goals": _GOALS,
        },
        "ratios": {
            "SQL refresh / folded anew": round(anew["SQL refresh"] / anew["folded anew"], 1),
            "approvals, statements": round(
                rate["append and fold, statements"] / rate["row locks, statements"], 2
            ),
            "approvals, service": round(
                rate["append and fold, service"] / rate["row locks, service"], 2
            ),
        },
    }
    print(json.dumps(summary))


if __name__ == "__main__":
    main()
