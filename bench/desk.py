"""How long a plan with an appendix takes from the upload to drafts that somebody stands by.

A plan of twenty pages with a table of 140 rows goes through the pages as an officer sends it: the
file is handed in, read, its table shown as a block and accepted in one act; then the act is undone.
The baseline is the same table accepted row by row by the form of each proposal. Run as
``python -m bench.desk``.
"""

import importlib
import json
import os
from pathlib import Path

from bench.documents import ROWS
from bench.units import scratch

_GOAL_SECONDS = 15


def main() -> None:
    """Measure and print."""
    os.chdir(Path(__file__).resolve().parents[1])
    os.environ.setdefault("LOTRINH_HOSTS", "testserver")
    with scratch():
        # Only now does the database have its name, by which the settings are read.
        steps = importlib.import_module("bench.desk_steps")
        figures = steps.measure()
    whole = sum(figures[step] for step in ("upload", "read", "desk", "preview", "accept"))
    for step, seconds in figures.items():
        print(f"{step:24}{seconds:9.2f} s")
    print(f"{'upload to drafts':24}{whole:9.2f} s")
    summary = {
        "name": "desk",
        "compared": [f"{ROWS} rows accepted in one act", "each row by its own form"],
        "figures": {
            **{step: round(seconds, 2) for step, seconds in figures.items()},
            "whole": round(whole, 2),
            "goal": _GOAL_SECONDS,
            "rows": ROWS,
        },
        "ratios": {
            "one by one / block": round(
                figures["one by one"] / (figures["preview"] + figures["accept"]), 1
            )
        },
    }
    print(json.dumps(summary))


if __name__ == "__main__":
    main()
