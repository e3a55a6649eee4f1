"""The tree of 17,000 units and its days: asked by paths, and by the parents alone.

A scratch database gets 52,000 placements through the tables and is asked three things. The baseline
is what most registers do: rows (unit, parent, valid) of their own with an index on either end, and
a recursive query. Both run in the same database, one after the other, the better of several rounds
counts, and both must give the same answer. Then the sheet of 3,321 units is taken over from an
Excel file, as an officer sends it. Run as ``python -m bench.units``.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import connections

from bench.seats import own_engine
from lotrinh.cli import installation
from lotrinh.engine import drop_database

if TYPE_CHECKING:
    from bench.units_asked import Figure

_GOAL_SECONDS = 30


@contextmanager
def scratch() -> Iterator[None]:
    """Give an empty, migrated database on a server of our own, and drop it afterwards."""
    os.environ["LOTRINH_DATABASE"] = f"lotrinh_bench_{os.getpid()}"
    with own_engine() as engine:
        installation.ensure_installation(engine)
        try:
            yield
        finally:
            connections.close_all()
            drop_database(engine, os.environ["LOTRINH_DATABASE"])


def report(
    size: dict[str, int], figures: list["Figure"], taken: dict[str, float]
) -> dict[str, object]:
    """Return the object that is printed as the last line."""
    return {
        "name": "units",
        "compared": ["paths and intervals", "recursive query over (unit, parent, valid)"],
        "figures": {
            "units": size["units"],
            "placements": size["placements"],
            **{
                figure.question: {
                    "ms": round(figure.ours, 2),
                    "recursive ms": round(figure.recursive, 2),
                    "rows": figure.rows,
                }
                for figure in figures
            },
            f"import of {size['sheet']} units, s": {
                key: round(took, 2) for key, took in taken.items()
            }
            | {"goal": _GOAL_SECONDS},
        },
        "ratios": {figure.question: round(figure.ratio, 2) for figure in figures},
    }


def main() -> None:
    """Measure and print."""
    os.chdir(Path(__file__).resolve().parents[1])
    with scratch():
        asked = import_module("bench.units_asked")  # its tables need the installation
        taken = asked.measure_import()
    with scratch():
        ids = asked.fill()
        asked.learn()
        figures = asked.measure(ids)
    size = {"units": asked.UNITS, "placements": asked.PLACEMENTS, "sheet": asked.SHEET}
    print(f"{'question':28}{'ms':>9}{'recursive':>11}{'ratio':>7}{'rows':>8}")
    for figure in figures:
        print(
            f"{figure.question:28}{figure.ours:9.2f}{figure.recursive:11.2f}"
            f"{figure.ratio:7.1f}{figure.rows:8}"
        )
    for step, seconds in taken.items():
        print(f"{asked.SHEET} units from Excel, {step:8}{seconds:8.2f} s")
    print(json.dumps(report(size, figures, taken)))


if __name__ == "__main__":
    main()
