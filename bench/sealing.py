"""What sealing costs those who write: thirty-two connections, with and without the sealer beside.

Each client writes one entry of the journal a transaction, through the service, as fast as it can;
then the same with 20 ms of other work in each transaction, during which its lock is held. The
sealer makes a pass every second, sixty times as often as the job does. Beside both stands what a
chain of row upon row costs: each writer locks its head. Ways take turns, the median of the rounds
counts, and in the end the whole journal is verified: nothing may be unsealed or out of place. Run
as ``python -m bench.sealing``.
"""

import json
import os
from importlib import import_module
from pathlib import Path

from bench.units import scratch

_GOAL_LOST = 15


def main() -> None:
    """Measure and print."""
    os.chdir(Path(__file__).resolve().parents[1])
    with scratch():
        run = import_module("bench.sealing_run")  # its tables need the installation
        found = run.measure()
        audited = run.verify()
    print(f"{'32 who write':34}{'entries a second':>18}{'p99 ms':>9}{'late s':>8}")
    for what, one in found.items():
        print(f"{what:34}{one['a second']:18.0f}{one['p99 ms']:9.1f}{one['late s']:8.2f}")
    rate = {what: one["a second"] for what, one in found.items()}
    lost = {
        load: round(100 * (1 - rate[f"{load}, sealed beside"] / rate[f"{load}, alone"]), 1)
        for load in run.LOADS
    }
    summary = {
        "name": "sealing",
        "compared": ["alone", "sealed beside", "chained row by row"],
        "figures": {**found, "verified": audited, "goal, % lost": _GOAL_LOST},
        "ratios": {
            **{f"{load}, % lost to sealing": share for load, share in lost.items()},
            **{
                f"{load}, sealed / chained": round(
                    rate[f"{load}, sealed beside"] / rate[f"{load}, chained"], 1
                )
                for load in run.LOADS
            },
        },
    }
    print(json.dumps(summary))


if __name__ == "__main__":
    main()
