"""One act that assigns a duty to 3,321 units, against assigning it to one unit after the other.

A scratch database gets the units, each with a person who holds its first post. One act carries a
draft to all of them; before it the page shows what it would do, and after it everything is taken
back. The baseline is what a register without groups does, with the services of this house:
``draft_duty`` and ``issue_duty`` for each unit, on a sample, extrapolated. Notices are
not in it: they are queued by what sends them. Run as ``python -m bench.cascade``.
"""

import json
import os
from importlib import import_module
from pathlib import Path

from bench.units import scratch

_GOAL_SECONDS = 10


def main() -> None:
    """Measure and print."""
    os.chdir(Path(__file__).resolve().parents[1])
    with scratch():
        acts = import_module("bench.cascade_acts")  # its tables need the installation
        officer = acts.fill()
        took = acts.carried(officer)
        sample = acts.one_by_one(officer)
    whole = sample["seconds"] / sample["units"] * acts.UNITS
    for step, seconds in took.items():
        print(f"{acts.UNITS} units in one act, {step:34}{seconds:9.2f} s")
    print(f"{sample['units']} units one by one{'':37}{sample['seconds']:9.2f} s")
    print(f"{acts.UNITS} units one by one, extrapolated{'':22}{whole:9.2f} s")
    report = {
        "name": "cascade",
        "compared": ["one act on a group", "draft and issue for each unit, extrapolated"],
        "figures": {
            "units": acts.UNITS,
            **{f"{step}, s": round(seconds, 2) for step, seconds in took.items()},
            "one by one, units measured": sample["units"],
            "one by one, s": round(sample["seconds"], 2),
            "one by one, extrapolated, s": round(whole, 2),
            "goal of the act, s": _GOAL_SECONDS,
        },
        "ratios": {"one act": round(whole / took["act"], 1)},
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
