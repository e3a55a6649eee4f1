"""The board of 618 units, and what is overdue below a unit, with 20,000 and 100,000 duties.

The baseline is what most registers do: one query for each unit, under the same rights. Both count
in the same database, one after the other, and must agree. A leader at the root is compared with an
officer of one ward: his page should be as fast. Then the pages of that leader are opened, with
session and layout. Beside the time that passes stands the work of the processor, ours and the
server's, which other programs on the machine do not lengthen by waiting. Run as
``python -m bench.board``.
"""

import json
import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from bench.units import scratch

if TYPE_CHECKING:
    from bench.board_asked import Figure

_SIZES = (20_000, 100_000)


def ratios(figures: dict[str, "Figure"]) -> dict[str, float]:
    """Return how many times faster the board is, and how much slower the root than a ward."""
    board, naive = figures["board"], figures["board, unit by unit"]
    root, ward = figures["overdue, root"], figures["overdue, ward"]
    return {
        "board": round(naive.ms / board.ms, 1),
        "root against ward": round(root.ms / ward.ms, 2),
    }


def main() -> None:
    """Measure and print."""
    os.chdir(Path(__file__).resolve().parents[1])
    found: dict[int, dict[str, Figure]] = {}
    with scratch():
        place = import_module("bench.board_city")  # its tables need the installation
        asked = import_module("bench.board_asked")
        city = place.fill()
        for size in _SIZES:
            place.fill_duties(city, size)
            found[size] = {figure.question: figure for figure in asked.measure(city)}
    print(f"{'duties':>8}  {'question':26}{'ms':>10}{'work':>9}{'queries':>9}{'rows':>7}")
    for size, figures in found.items():
        for one in figures.values():
            taken = f"{one.ms:10.2f}{one.work:9.2f}"
            print(f"{size:8}  {one.question:26}{taken}{one.queries:9}{one.rows:7}")
    summary = {
        "name": "board",
        "compared": ["kept tally", "one GROUP BY", "one query per unit"],
        "figures": {
            str(size): {
                one.question: {
                    "ms": round(one.ms, 2),
                    "work": round(one.work, 2),
                    "queries": one.queries,
                }
                for one in figures.values()
            }
            for size, figures in found.items()
        }
        | {"units": place.UNITS, "goals": {"board": 100, "ms": 15, "queries": 3}},
        "ratios": {str(size): ratios(figures) for size, figures in found.items()},
    }
    print(json.dumps(summary))


if __name__ == "__main__":
    main()
