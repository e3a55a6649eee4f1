"""Finding one of 100,000 documents: by number, misspelt number, words, a rare word, filters.

A scratch database gets 100,000 documents in a tree of 631 units, each with a text of some hundred
words; every fifth was sent to another unit, every twentieth replaced an older one. An officer who
may read one district and what is below it asks; the office of the city, that may read everything,
asks too. The baseline is what registers commonly do: ILIKE over number and title, unaccent and
ILIKE over the text, both with the same rights and in the same database; where SQL knows no
baseline, a plain scan in Python over what the account may see. The better of several rounds
counts. Run as ``python -m bench.search``.
"""

import json
import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from bench.units import scratch

if TYPE_CHECKING:
    from bench.search_asked import Figure

_GOAL_MS = 50


def report(figures: list["Figure"], documents: int, indexed: float) -> dict[str, object]:
    """Return the object that is printed as the last line."""
    return {
        "name": "search",
        "compared": ["search entries", "ILIKE, unaccent ILIKE or a scan in Python"],
        "figures": {
            "documents": documents,
            "seconds to index": round(indexed, 1),
            "goal ms": _GOAL_MS,
            **{
                figure.question: {
                    "ms": round(figure.ours, 2),
                    "baseline ms": round(figure.baseline, 2),
                    "finds": figure.finds,
                }
                for figure in figures
            },
        },
        "ratios": {figure.question: round(figure.ratio, 1) for figure in figures},
    }


def main() -> None:
    """Measure and print."""
    os.chdir(Path(__file__).resolve().parents[1])
    with scratch():
        # these need Django, which reads its settings from what `scratch` has said
        work = import_module("bench.search_asked")
        users = work.fill()
        import_module("bench.units_asked").learn()
        figures = work.measure(users)
    print(f"{'question':54}{'ms':>9}{'baseline':>10}{'ratio':>8}{'finds':>7}  against")
    for figure in figures:
        print(
            f"{figure.question:54}{figure.ours:9.1f}{figure.baseline:10.1f}"
            f"{figure.ratio:8.1f}{figure.finds:7}  {figure.against}"
        )
    print(
        json.dumps(report(figures, work.DOCUMENTS, users["seconds to index"]), ensure_ascii=False)
    )


if __name__ == "__main__":
    main()
