"""The reports of a whole city in a quarter of an hour, while files are fetched.

618 units with two hundred figures each: over HTTP on this machine, against the very server that
``lotrinh serve`` starts, one person of each unit enters and hands in, another approves, and a
hundred files are fetched meanwhile. Everybody is signed in beforehand. Nothing may be lost or
doubled; the totals must be the sums of what was typed, and the recount must agree. Then as many
workbooks come back and are read beside openpyxl (``bench.books``). Run as
``python -m bench.reporting``; ``--units 60`` is a small city at the same pace.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.served import served
from bench.units import scratch
from lotrinh.cli.serving import choose_port
from lotrinh.engine.layout import layout_for

if TYPE_CHECKING:
    from bench.reporting_clients import Log
    from bench.reporting_seen import Found, Spent

_UNITS = 618
_MINUTES = 14.0
_GOALS = {"p95, s": 1.0, "all within, minutes": 15, "lost": 0, "doubled": 0, "books": 8}


def main() -> None:
    """Measure and print."""
    os.chdir(Path(__file__).resolve().parents[1])
    told = _asked_for()
    with tempfile.TemporaryDirectory(prefix="lotrinh-bench-") as state:
        os.environ |= {"LOTRINH_STATE": state, "LOTRINH_TODAY": "2024-08-07"}
        with scratch():
            # these need Django, which reads its settings from what was said just now
            begun = time.perf_counter()
            city = import_module("bench.reporting_city").fill(told.units)
            print(f"{told.units} units stand after {time.perf_counter() - begun:.0f} s", flush=True)
            log, seconds, spent, found = _reported(city, told, Path(state))
            books = _books(told.units) if told.books else {}
    taken = _taken(log)
    _print(taken, log, found, spent)
    print(json.dumps(_summary(told, taken, log, seconds, spent, found, books)))
    if log.failed or not found.is_right:
        raise SystemExit(1)


def _asked_for() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=_UNITS, help="how many units report")
    parser.add_argument(
        "--minutes", type=float, help="over how long they begin; default: 14 for 618"
    )
    parser.add_argument(
        "--processes",
        type=int,
        default=min(4, len(os.sched_getaffinity(0))),
        help="how many processes make the pages; default: one a core, four at most",
    )
    parser.add_argument(
        "--no-books", dest="books", action="store_false", help="leave workbooks out"
    )
    told = parser.parse_args()
    told.minutes = told.minutes or _MINUTES * told.units / _UNITS
    return told


def _reported(
    city: Any, told: argparse.Namespace, state: Path
) -> "tuple[Log, float, dict[str, float], Found]":
    """Let everybody report, and look at what became of it."""
    clients, seen = import_module("bench.reporting_clients"), import_module("bench.reporting_seen")
    with _served(state, told.processes) as (port, pid):
        watched: dict[str, Spent] = {
            "web and worker": seen.Spent(pid),
            "database": seen.Spent(_database()),
        }
        begun, own = time.perf_counter(), time.process_time()
        log: Log = clients.run(city, port=port, minutes=told.minutes)
        seconds = time.perf_counter() - begun
        found: Found = seen.look(city, log.approved)
        spent = {what: one.seconds() for what, one in watched.items()}
        spent["clients"] = time.process_time() - own
    return log, seconds, spent, found


@contextmanager
def _served(state: Path, processes: int) -> Iterator[tuple[int, int]]:
    """Run what ``lotrinh serve`` runs on our database; give its port and its process."""
    port, log = choose_port(None), state / "serve.log"
    program = ["lotrinh.cli", "serve", "--port", str(port), "--processes", str(processes)]
    try:
        with served(program, port, log) as pid:
            yield port, pid
    finally:
        sys.stderr.write(log.read_text(errors="replace")[-4000:])


def _database() -> int:
    """Return the process of the database server."""
    data = layout_for(name=os.environ["LOTRINH_CLUSTER"]).data
    return int((data / "postmaster.pid").read_text().split()[0])


def _books(units: int) -> dict[str, Any]:
    """Let as many workbooks come back, and read them beside openpyxl."""
    books = import_module("bench.books")
    found = books.measure(books.sides(books.make_files(units)))
    report: dict[str, Any] = books.report(found, units)
    for name, times in found.items():
        print(f"{units} workbooks, {name:24}{times['in all']:8.2f} s", flush=True)
    return report


def _taken(log: "Log") -> dict[str, dict[str, float]]:
    """Return by kind how many answers there were, and how long they took."""
    found = {kind: _shares(took) for kind, took in sorted(log.took.items())}
    for kind, row in found.items():
        row["kB"] = round(log.bytes[kind] / row["count"] / 1000, 1)
    return found | {"all": _shares([one for took in log.took.values() for one in took])}


def _shares(took: list[float]) -> dict[str, float]:
    ordered = sorted(took)

    def at(share: float) -> float:
        return round(1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1)

    return {
        "count": len(ordered),
        "p50 ms": at(0.5),
        "p95 ms": at(0.95),
        "p99 ms": at(0.99),
        "most ms": at(1),
    }


def _print(
    taken: dict[str, dict[str, float]], log: "Log", found: "Found", spent: dict[str, float]
) -> None:
    heads = ("count", "p50 ms", "p95 ms", "p99 ms", "most ms", "kB")
    print(f"{'kind':28}" + "".join(f"{head:>10}" for head in heads) + f"{'again':>7}")
    for kind, row in taken.items():
        again = log.again.total() if kind == "all" else log.again[kind]
        print(f"{kind:28}" + "".join(f"{row.get(head, 0):10.0f}" for head in heads) + f"{again:7}")
    print(f"found afterwards: {found}")
    for what, seconds in spent.items():
        print(f"processors, {what:20}{seconds:8.1f} s")
    print(f"begun late by at most {log.late:.1f} s; failed: {log.failed[:5]}")


def _summary(
    told: argparse.Namespace,
    taken: dict[str, dict[str, float]],
    log: "Log",
    seconds: float,
    spent: dict[str, float],
    found: "Found",
    books: dict[str, Any],
) -> dict[str, Any]:
    return {
        "name": "reporting",
        "compared": ["reports entered and approved over HTTP while files are fetched"],
        "figures": {
            "units": told.units,
            "minutes over which they begin": round(told.minutes, 2),
            "all done after, minutes": round(seconds / 60, 2),
            "answers": taken,
            "sent again": log.again.total(),
            "failed": len(log.failed),
            "begun late by at most, s": round(log.late, 2),
            "approved": found.approved,
            "lost": found.lost,
            "doubled": found.doubled,
            "wrong": found.wrong,
            "differences of the recount": found.differences,
            "totals are the sums of what was typed": found.total_is_right,
            "folded after, s": round(found.folded_after, 2),
            "processors, s": {what: round(one, 1) for what, one in spent.items()},
            "processes of the web server": told.processes,
            "cores": len(os.sched_getaffinity(0)),
            "books": books.get("figures", {}),
            "goals": _GOALS,
        },
        "ratios": books.get("ratios", {}),
    }


if __name__ == "__main__":
    main()
